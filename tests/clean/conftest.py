"""What all tests of cleaning use."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from diptych.records import RawDocument

RawMaker = Callable[..., RawDocument]


@pytest.fixture
def raw() -> RawMaker:
    """Make a RawDocument of bytes or text."""

    def make(
        body: bytes | str, media_type: str = "text/plain", uri: str = "input", charset: str | None = None
    ) -> RawDocument:
        data = body.encode() if isinstance(body, str) else body
        return RawDocument(
            uri=uri,
            media_type=media_type,
            fetched_at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC),
            sha256=hashlib.sha256(data).hexdigest(),
            body=data,
            charset=charset,
        )

    return make
