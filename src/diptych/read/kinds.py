"""What the bytes of something hold: one document, or many in rows, archives, captures of the web, or feeds."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

__all__ = ["Kind", "ending_of", "kind_of"]

Kind = Literal["document", "lines", "json", "table", "zip", "tar", "warc", "feed"]

_LINES, _TABLES = (".jsonl", ".ndjson", ".jl"), (".csv", ".tsv", ".tab")
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_FEED = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*>)*"
    rb"<(?:\w+:)?(?P<root>rss|feed|RDF|urlset|sitemapindex|opml)\b",
    re.DOTALL,
)
#: What stands near the beginning of zip files that are one document: Office, OpenDocument, EPUB.
_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/")


def ending_of(name: str) -> str:
    """Return the ending of a path or an address, in lower case, with its dot."""
    return PurePosixPath(unquote(urlsplit(name).path) if "://" in name else name).suffix.casefold()


def kind_of(head: bytes, name: str) -> Kind:
    """Tell by the first bytes, and where they say nothing by the ending of ``name``, what something holds."""
    ending = ending_of(name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "document" if any(mark in head for mark in _OFFICE) or ending == ".docx" else "zip"
    if head[257:262] == b"ustar" or (ending == ".tar" and b"\x00" in head[:512]):
        return "tar"
    if head.startswith(b"WARC/"):
        return "warc"
    if _FEED.match(head[:8192]):
        return "feed"
    if ending in _LINES:
        return "lines"
    if ending in _TABLES:
        return "table"
    if ending == ".json" or _OBJECT.match(head) or _ARRAY.match(head):
        return _json_kind(head, ending)
    return "document"


def _json_kind(head: bytes, ending: str) -> Kind:
    if _ARRAY.match(head):
        return "json"
    first, newline, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole = False
    if ending == ".json":
        return "lines" if whole and newline else "json"
    # A text may begin with a brace; without an ending that says JSON its first line must be an object.
    return "lines" if whole else "document"
