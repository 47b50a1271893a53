"""Bytes to text: byte order marks, declared and undeclared encodings."""

from __future__ import annotations

import codecs
import re

from diptych.errors import Undecodable

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As browsers do: what calls itself Latin-1 or ASCII is read as Windows-1252.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_STRAY = re.compile(rb"[\x80-\xff]")


def decode(body: bytes, declared: str | None, uri: str) -> str:
    """Return the text in ``body``.

    A byte order mark decides; then UTF-8 if the bytes are valid (text in another encoding hardly ever is); then the
    ``declared`` encoding if its text has no control characters; then what the bytes look like. UTF-8 with a few
    stray Windows-1252 bytes (one in a thousand) is read as such. Raises :class:`~diptych.errors.Undecodable`.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _strict(body, name) or _fail(uri)
    utf16 = _looks_utf16(body)
    if utf16:
        text = _strict(body, utf16)
        if text is not None and _clean(text):
            return text
    text = _strict(body, "utf-8")
    if text is not None and "\x00" not in text:
        return text
    if declared:
        text = _strict(body, _meant(declared))
        if text is not None and _clean(text):
            return text
    text = _mixed(body)
    if text is not None:
        return text
    from charset_normalizer import from_bytes

    # Control characters speak against a guess; so do letters of several scripts mixed, which `best` weighs.
    best = from_bytes(body[:200_000], explain=False).best()
    if best is not None:
        text = _strict(body, _meant(best.encoding))
        if text is not None and _clean(text):
            return text
    return _fail(uri)


def _meant(name: str) -> str | None:
    try:
        canonical = codecs.lookup(name.strip().strip("'\"")).name
    except LookupError:
        return None
    return _MEANT.get(canonical, canonical)


def _strict(body: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _clean(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= len(text) / 2000


def _looks_utf16(body: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every other byte is zero."""
    sample = body[:2000]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _mixed(body: bytes) -> str | None:
    """UTF-8 with few stray bytes: those are read as Windows-1252."""
    high = len(_STRAY.findall(body))
    text = body.decode("utf-8", errors="surrogateescape")
    stray = [character for character in text if "\udc80" <= character <= "\udcff"]
    if not stray or len(stray) > max(2, len(text) // 1000) or len(stray) > 0.2 * high:
        return None
    return re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _fail(uri: str) -> str:
    raise Undecodable(
        f"The encoding of {uri} cannot be made out: it is not Unicode, and its bytes look like no other encoding",
        "Save it as UTF-8 and try again",
    )
