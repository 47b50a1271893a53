"""Fetching as a guest: by the rules of each server, slowly, saying who asks, and asking for what is new only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from diptych.errors import DiptychError, InputError, UnreachableError
from diptych.read.limits import DEFAULT_LIMITS, ReadLimits
from diptych.read.network import refuse_private
from diptych.read.web import Page, TryLater, fetch

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["Manners", "PoliteFetcher"]

#: The name that rules in robots.txt call us by.
_NAME = "diptych"
_ROBOTS_BYTES = 512_000


@dataclass(frozen=True)
class Manners:
    """How a server is asked; all in seconds but for ``retries``.

    ``delay`` lies between two requests to one host; a Crawl-delay in its robots.txt goes before, up to ``most_delay``.
    What may pass is tried again ``retries`` times, after ``backoff``, twice, four times as long; a Retry-After goes
    before, and where it asks for more than ``most_wait`` there is no other try now. ``robots_age`` is how long a
    robots.txt is believed.
    """

    delay: float = 2.0
    most_delay: float = 30.0
    retries: int = 3
    backoff: float = 2.0
    most_wait: float = 60.0
    robots_age: float = 86_400.0


@dataclass(frozen=True)
class _Rules:
    """What a host's robots.txt says, when it was read (seconds of the clock), and why there is none to go by."""

    read_at: float
    rules: Protego | None = None
    missing: UnreachableError | None = None


class PoliteFetcher:
    """Fetches pages, and remembers when each host was last asked and what its robots.txt says.

    ``clock`` and ``sleep`` are those of :mod:`time`; ``sleep`` may raise to end a wait.
    """

    def __init__(
        self,
        limits: ReadLimits = DEFAULT_LIMITS,
        manners: Manners | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = replace(limits, max_bytes=max(limits.max_bytes, limits.max_feed_bytes))
        self._manners = manners or Manners()
        self._clock, self._sleep = clock, sleep
        self._asked: dict[str, float] = {}
        self._robots: dict[str, _Rules] = {}

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        named: bool = False,
        outside: bool = False,
    ) -> Page:
        """Return the page at ``url``, or the word that it is unchanged since the answer with these validators.

        ``named`` says that a person asks for this very page, as with a browser; robots.txt, which is for what
        machines find by themselves, is not asked then. ``outside`` says that a page on the public web named it: then
        neither it nor what it redirects to may lie in the own network. Raises what :func:`diptych.read.web.fetch`
        raises, and :class:`~diptych.errors.UnreachableError` where robots.txt or the network forbids the page.
        """

        def before(address: str) -> None:
            if outside:
                refuse_private(address)
            if not named:
                self._permit(address, outside)
            self._take_turn(address, heed_robots=not named)

        for attempt in range(self._manners.retries + 1):
            try:
                return fetch(url, self._limits, etag=etag, last_modified=last_modified, before=before)
            except TryLater as error:
                wait = self._manners.backoff * 2**attempt if error.after is None else error.after
                if attempt == self._manners.retries or wait > self._manners.most_wait:
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable")

    def _take_turn(self, url: str, *, heed_robots: bool) -> None:
        """Wait until the host may be asked again."""
        host = _host(url)
        delay = self._manners.delay
        rules = self._robots[host].rules if heed_robots and host in self._robots else None
        asked_for = rules.crawl_delay(_NAME) if rules else None
        if asked_for is not None:
            delay = min(max(delay, float(asked_for)), self._manners.most_delay)
        last = self._asked.get(host)
        if last is not None and (wait := last + delay - self._clock()) > 0:
            self._sleep(wait)
        self._asked[host] = self._clock()

    def _permit(self, url: str, outside: bool) -> None:
        """Raise where the host's robots.txt forbids the page, or cannot be had although the host answers."""
        host = _host(url)
        known = self._robots.get(host)
        if known is None or self._clock() - known.read_at > self._manners.robots_age:
            known = self._robots[host] = self._read_robots(host, outside)
        if known.missing is not None:
            del self._robots[host]  # the next page asks again
            raise known.missing
        if known.rules is not None and not known.rules.can_fetch(url, _NAME):
            raise UnreachableError(
                f"{url} is not fetched: the robots.txt of {urlsplit(url).hostname} forbids it to programs",
                "Open it in a browser and save the page as a file, or ask the publisher",
            )

    def _read_robots(self, host: str, outside: bool) -> _Rules:
        from protego import Protego

        address = f"{host}/robots.txt"
        limits = replace(self._limits, max_bytes=_ROBOTS_BYTES)

        def before(at: str) -> None:
            if outside:
                refuse_private(at)
            self._take_turn(at, heed_robots=False)

        try:
            page = fetch(address, limits, before=before)
        except TryLater as error:
            # A server that is in trouble may forbid much once it is well again: then nothing is fetched now.
            why = UnreachableError(f"Nothing is fetched from {host} now: its robots.txt cannot be had", error.happened)
            return _Rules(self._clock(), missing=TryLater(why.happened, error.remedy, error.after))
        except InputError:
            return _Rules(self._clock())  # there is none, or it is none of our business: everything is allowed
        try:
            return _Rules(self._clock(), Protego.parse(page.body.decode("utf-8", "replace")))
        except (ValueError, DiptychError):
            return _Rules(self._clock())


def _host(url: str) -> str:
    """Return scheme, host and port: what one robots.txt is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".casefold()
