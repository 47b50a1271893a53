"""Web addresses to bytes: redirects followed one by one, time and size bounded while the answer streams in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from diptych.errors import NotFound, TooLarge, UnreachableError
from diptych.read.limits import ReadLimits, in_megabytes
from diptych.version import __version__

__all__ = ["Page", "fetch"]

USER_AGENT = f"diptych/{__version__}"
_ACCEPT = "text/html,application/xhtml+xml,text/plain,text/markdown,application/pdf,*/*;q=0.5"
_REASONS = {
    401: "asks for a login",
    402: "asks for payment",
    403: "refuses access",
    429: "gets too many requests",
    451: "is blocked for legal reasons",
}


@dataclass(frozen=True)
class Page:
    """An answer: the address it came from in the end, its bytes, and what the server says they are."""

    url: str
    body: bytes
    content_type: str | None
    charset: str | None


def fetch(url: str, limits: ReadLimits) -> Page:
    """Return what the server answers under ``url``.

    Raises :class:`~diptych.errors.NotFound` for 404 and 410, :class:`~diptych.errors.TooLarge` over the size limit,
    and :class:`~diptych.errors.UnreachableError` for everything else that keeps the page away.
    """
    deadline = time.monotonic() + limits.total_timeout
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    try:
        with httpx.Client(
            timeout=timeout, follow_redirects=False, headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT}
        ) as client:
            return _follow(client, url, limits, deadline)
    except httpx.ConnectTimeout as error:
        raise _unreachable(url, f"does not answer within {limits.connect_timeout:g} seconds") from error
    except httpx.TimeoutException as error:
        raise _unreachable(url, f"stopped answering for {limits.read_timeout:g} seconds") from error
    except httpx.ConnectError as error:
        raise _unreachable(url, _why_no_connection(error)) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
        raise UnreachableError(f"{url} is no valid web address", "Check how it is written") from error
    except httpx.DecodingError as error:
        raise _unreachable(url, "sends compressed data that cannot be unpacked") from error
    except httpx.HTTPError as error:
        raise _unreachable(url, f"broke the answer off ({type(error).__name__})") from error


def _follow(client: httpx.Client, url: str, limits: ReadLimits, deadline: float) -> Page:
    seen = {url}
    at = httpx.URL(url)
    for _ in range(limits.max_redirects + 1):
        with client.stream("GET", at) as answer:
            if not answer.has_redirect_location:
                return _read(answer, url, limits, deadline)
            at = at.join(answer.headers["location"])
        if at.scheme not in ("http", "https"):
            raise _unreachable(url, f"redirects to an address of the kind {at.scheme}://")
        if str(at) in seen:
            raise UnreachableError(
                f"{url} redirects in a loop",
                "Open it in a browser, and give the address it ends at or save the page as a file",
            )
        seen.add(str(at))
        if time.monotonic() > deadline:
            raise _unreachable(url, f"did not answer in full within {limits.total_timeout:g} seconds")
    raise UnreachableError(
        f"{url} redirects more than {limits.max_redirects} times",
        "Open it in a browser, and give the address it ends at or save the page as a file",
    )


def _read(answer: httpx.Response, url: str, limits: ReadLimits, deadline: float) -> Page:
    if answer.status_code in (404, 410):
        raise NotFound(
            f"There is no page at {url} (HTTP {answer.status_code})",
            "Check the address, or look for the page in a web archive",
        )
    if not answer.is_success:
        reason = _REASONS.get(answer.status_code) or ("has an error" if answer.status_code >= 500 else "refuses")
        raise _unreachable(url, f"{reason} (HTTP {answer.status_code})")
    announced = answer.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limits.max_bytes:
        raise _too_large(url, limits)
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > limits.max_bytes:
            raise _too_large(url, limits)
        if time.monotonic() > deadline:
            raise _unreachable(url, f"did not answer in full within {limits.total_timeout:g} seconds")
    return Page(str(answer.url), bytes(body), answer.headers.get("content-type"), answer.charset_encoding)


def _too_large(url: str, limits: ReadLimits) -> TooLarge:
    return TooLarge(
        f"{url} has more than the {in_megabytes(limits.max_bytes)} that are read",
        "Give the address of one text, or raise the size limit",
    )


def _unreachable(url: str, why: str) -> UnreachableError:
    host = urlsplit(url).hostname or url
    return UnreachableError(
        f"{url} cannot be read: {host} {why}", "Try again later, or open it in a browser and save the page as a file"
    )


def _why_no_connection(error: httpx.ConnectError) -> str:
    text = str(error).casefold()
    if any(words in text for words in ("name or service", "getaddrinfo", "nodename", "name resolution", "no address")):
        return "is not known (no such host)"
    if "refused" in text:
        return "refuses the connection"
    if "certificate" in text or "ssl" in text:
        return "has no valid certificate"
    return "cannot be connected to"
