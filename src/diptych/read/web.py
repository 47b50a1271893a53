"""Web addresses to bytes: redirects followed one by one, time and size bounded while the answer streams in."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from diptych.errors import NotFound, TooLarge, UnreachableError
from diptych.read.limits import ReadLimits, in_megabytes
from diptych.version import __version__

__all__ = ["USER_AGENT", "Page", "TryLater", "fetch"]

PROJECT = "https://github.com/diptych-project/diptych"
#: What servers are told of who asks, everywhere.
USER_AGENT = f"diptych/{__version__} (+{PROJECT})"
_ACCEPT = (
    "text/html,application/xhtml+xml,text/plain,text/markdown,application/pdf,application/rss+xml,"
    "application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
)
_REASONS = {
    401: "asks for a login",
    402: "asks for payment",
    403: "refuses access",
    429: "gets too many requests",
    451: "is blocked for legal reasons",
}
#: Statuses that another try may not meet again.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Page:
    """An answer: the address it came from in the end, its bytes, and what the server says they are.

    ``etag`` and ``last_modified`` are for asking again whether it has changed; ``unchanged`` is the answer that it has
    not, and then there are no bytes.
    """

    url: str
    body: bytes
    content_type: str | None
    charset: str | None
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False


class TryLater(UnreachableError):
    """What keeps the page away may pass: ``after`` is how many seconds the server asks to wait (None: it does not)."""

    def __init__(self, happened: str, remedy: str, after: float | None = None) -> None:
        super().__init__(happened, remedy)
        self.after = after


def fetch(
    url: str,
    limits: ReadLimits,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    before: Callable[[str], None] | None = None,
) -> Page:
    """Return what the server answers under ``url``.

    ``etag`` and ``last_modified`` are those of an earlier answer: the server then sends only what has changed.
    ``before`` is called with every address that is about to be asked, redirects included, and may wait or raise.

    Raises :class:`~diptych.errors.NotFound` for 404 and 410, :class:`~diptych.errors.TooLarge` over the size limit,
    :class:`TryLater` for what may pass, and :class:`~diptych.errors.UnreachableError` for everything else that keeps
    the page away.
    """
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    try:
        with httpx.Client(timeout=timeout, follow_redirects=False, headers=headers) as client:
            return _follow(client, url, limits, before or (lambda address: None))
    except httpx.ConnectTimeout as error:
        raise _later(url, f"does not answer within {limits.connect_timeout:g} seconds") from error
    except httpx.TimeoutException as error:
        raise _later(url, f"stopped answering for {limits.read_timeout:g} seconds") from error
    except httpx.ConnectError as error:
        raise _unreachable(url, _why_no_connection(error)) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
        raise UnreachableError(f"{url} is no valid web address", "Check how it is written") from error
    except httpx.DecodingError as error:
        raise _unreachable(url, "sends compressed data that cannot be unpacked") from error
    except httpx.HTTPError as error:
        raise _later(url, f"broke the answer off ({type(error).__name__})") from error


def _follow(client: httpx.Client, url: str, limits: ReadLimits, before: Callable[[str], None]) -> Page:
    seen = {url}
    at = httpx.URL(url)
    left = limits.total_timeout
    for _ in range(limits.max_redirects + 1):
        before(str(at))  # its waiting is not the server's time
        asked = time.monotonic()
        deadline = asked + left
        with client.stream("GET", at) as answer:
            if not answer.has_redirect_location:
                return _read(answer, url, limits, deadline)
            at = at.join(answer.headers["location"])
        left -= time.monotonic() - asked
        if at.scheme not in ("http", "https"):
            raise _unreachable(url, f"redirects to an address of the kind {at.scheme}://")
        if str(at) in seen:
            raise UnreachableError(
                f"{url} redirects in a loop",
                "Open it in a browser, and give the address it ends at or save the page as a file",
            )
        seen.add(str(at))
        if left <= 0:
            raise _later(url, f"did not answer in full within {limits.total_timeout:g} seconds")
    raise UnreachableError(
        f"{url} redirects more than {limits.max_redirects} times",
        "Open it in a browser, and give the address it ends at or save the page as a file",
    )


def _read(answer: httpx.Response, url: str, limits: ReadLimits, deadline: float) -> Page:
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.status_code == 304:
        return Page(str(answer.url), b"", None, None, etag, modified, unchanged=True)
    if answer.status_code in (404, 410):
        raise NotFound(
            f"There is no page at {url} (HTTP {answer.status_code})",
            "Check the address, or look for the page in a web archive",
        )
    if not answer.is_success:
        reason = _REASONS.get(answer.status_code) or ("has an error" if answer.status_code >= 500 else "refuses")
        told = f"{reason} (HTTP {answer.status_code})"
        if answer.status_code in _PASSING:
            raise _later(url, told, _retry_after(answer))
        raise _unreachable(url, told)
    announced = answer.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limits.max_bytes:
        raise _too_large(url, limits)
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > limits.max_bytes:
            raise _too_large(url, limits)
        if time.monotonic() > deadline:
            raise _later(url, f"did not answer in full within {limits.total_timeout:g} seconds")
    return Page(
        str(answer.url), bytes(body), answer.headers.get("content-type"), answer.charset_encoding, etag, modified
    )


def _retry_after(answer: httpx.Response) -> float | None:
    """Return the seconds that the server asks to wait, which it says as a number or as a day and time."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told[:9])
    try:
        when = email.utils.parsedate_to_datetime(told)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())


def _too_large(url: str, limits: ReadLimits) -> TooLarge:
    return TooLarge(
        f"{url} has more than the {in_megabytes(limits.max_bytes)} that are read",
        "Give the address of one text, or raise the size limit",
    )


def _unreachable(url: str, why: str) -> UnreachableError:
    return UnreachableError(*_words(url, why))


def _later(url: str, why: str, after: float | None = None) -> TryLater:
    return TryLater(*_words(url, why), after)


def _words(url: str, why: str) -> tuple[str, str]:
    host = urlsplit(url).hostname or url
    return (
        f"{url} cannot be read: {host} {why}",
        "Try again later, or open it in a browser and save the page as a file",
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
