"""Which hosts lie in a network of one's own, where a page from outside must not lead."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from diptych.errors import UnreachableError

__all__ = ["is_outside", "is_private", "refuse_private"]


def is_private(host: str) -> bool:
    """Whether a host, as it is written, is this machine or in its own network: no name is looked up."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        name = host.rstrip(".").casefold()
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))


def is_outside(url: str) -> bool:
    """Whether this is an address on the public web, as it is written."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.hostname is not None and not is_private(parts.hostname)
    except ValueError:
        return False


def refuse_private(address: str) -> None:
    """Raise :class:`~diptych.errors.UnreachableError` where a web address leads into the own network.

    Its host's name is looked up; one that is not known passes, because then nothing is asked, or a proxy looks it up.
    """
    host = urlsplit(address).hostname or ""
    if is_private(host) or any(is_private(found) for found in _addresses(host)):
        raise UnreachableError(
            f"{address} leads into your own network, and a page or feed from outside named it",
            "Give it by itself if you trust it",
        )


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return set()
