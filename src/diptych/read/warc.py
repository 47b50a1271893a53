"""Captures of the web (WARC): the pages that were answered in full, as they were when they were captured."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from diptych.errors import DiptychError, TooLarge, Undecodable, UnsupportedMedia
from diptych.read.items import Item, Refused, make_raw
from diptych.read.limits import in_megabytes
from diptych.read.opened import Opened
from diptych.read.unpack import Steps
from diptych.records import RawDocument

__all__ = ["warc_pages"]

_TEXTS = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown"})
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
#: zlib's names for what servers call gzip and deflate: either is found by its first bytes.
_ANY_ZLIB, _RAW_ZLIB = 47, -15


def warc_pages(opened: Opened) -> Iterator[Item]:
    """Yield the HTML, PDF and text responses with status 200, fetched when they were captured.

    Raises :class:`~diptych.errors.Undecodable` for a broken file.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count = 0
    try:
        # The encodings of bodies are undone here: one that is damaged would end the whole iteration there.
        for record in ArchiveIterator(Steps(opened.stream), record_types=WarcRecordType.response, parse_http=True):
            count += 1
            http = record.http_headers
            if http is None or http.status_code != 200 or (record.http_content_type or "").casefold() not in _TEXTS:
                continue
            uri = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
            uri = uri or f"{opened.uri}#{record.record_id}"
            try:
                yield _page(record, uri, opened)
            except DiptychError as error:
                yield Refused(uri, opened.source, error)
    except DiptychError:
        raise
    except (OSError, ValueError, EOFError) as error:
        raise Undecodable(f"{opened.uri} is a damaged WARC file ({error})", "Fetch it again") from error
    if not count:
        raise Undecodable(f"{opened.uri} holds no response of a server", "Give a WARC file with captured pages")


def _page(record: Any, uri: str, opened: Opened) -> RawDocument:
    most, length = opened.limits.max_bytes, record.content_length
    body = record.reader.read(most + 1)
    if len(body) > most:
        raise TooLarge(f"{uri} in {opened.uri} has more than {in_megabytes(most)}", "Raise the size limit")
    if len(body) < length:
        raise Undecodable(f"{opened.uri} ends within {uri}: it is cut off", "Fetch it again")
    http = record.http_headers
    if "chunked" in (http.get("Transfer-Encoding") or "").casefold():
        body = _joined(body)
    body = _decoded(body, (http.get("Content-Encoding") or "").strip().casefold(), uri, most)
    opened.budget.spend(len(body))
    return make_raw(
        uri,
        body,
        declared=record.http_content_type,
        charset=record.http_charset,
        fetched_at=record.record_date,
        etag=http.get("ETag"),
        last_modified=http.get("Last-Modified"),
    )


def _joined(body: bytes) -> bytes:
    """Join the chunks of an answer; some archivers join them and leave the header as it was."""
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK_SIZE.match(body, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if parts else body


def _decoded(body: bytes, encoding: str, uri: str, most: int) -> bytes:
    if encoding in ("", "identity", "none"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise UnsupportedMedia(f"{uri} was captured packed as {encoding}", "Fetch the page again by its address")
    if encoding != "deflate" and not body.startswith(b"\x1f\x8b"):
        return body  # unpacked by the archiver, who left the header as it was
    for bits in (_ANY_ZLIB, _RAW_ZLIB) if encoding == "deflate" else (_ANY_ZLIB,):
        inflater = zlib.decompressobj(wbits=bits)
        try:
            out = inflater.decompress(body, most + 1)
        except zlib.error:
            continue
        if len(out) > most:
            raise TooLarge(f"{uri} unpacks to more than {in_megabytes(most)}", "Raise the size limit")
        return out
    raise Undecodable(f"{uri} was captured damaged: it cannot be unpacked", "Fetch the page again by its address")
