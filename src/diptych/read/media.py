"""The media type of bytes: by what they are, then by the server's word, then by the ending of the name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from diptych.errors import UnsupportedMedia

__all__ = ["sniff_media_type"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: First bytes of files that are no text, and what to call them.
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_HTML = re.compile(
    rb"\A(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1|section|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BY_ENDING = {
    ".md": "text/markdown", ".markdown": "text/markdown", ".mdown": "text/markdown", ".htm": "text/html",
    ".html": "text/html", ".xhtml": "text/html", ".txt": "text/plain", ".text": "text/plain",
}  # fmt: skip
_REMEDY = "Give plain text, HTML, Markdown, PDF or .docx"


def sniff_media_type(body: bytes, name: str, declared: str | None = None) -> str:
    """Return the media type of ``body``; ``name`` is its path or address, ``declared`` the server's Content-Type.

    Raises :class:`~diptych.errors.UnsupportedMedia` for images, archives, programs and other binaries.
    """
    if b"%PDF-" in body[:1024]:
        return "application/pdf"
    if body.startswith(b"PK\x03\x04"):
        return _zip(body, name)
    binary = _is_binary(body)
    for magic, what in _MAGIC:
        # Two letters may open a text as well; they count only before bytes that no text has.
        if body.startswith(magic) and (len(magic) > 3 or binary or magic[0] > 0x7E or magic[0] < 0x20):
            raise UnsupportedMedia(f"{name} is {what}, not a text", _REMEDY)
    if binary or body[4:8] == b"ftyp" or (body[:4] == b"RIFF" and body[8:12] in (b"WEBP", b"WAVE", b"AVI ")):
        raise UnsupportedMedia(f"{name} is a binary file, not a text", _REMEDY)
    ending = PurePosixPath(unquote(urlsplit(name).path) if "://" in name else name).suffix.casefold()
    by_ending = _BY_ENDING.get(ending)
    stated = (declared or "").split(";")[0].strip().casefold()
    if by_ending == "text/markdown" and stated in ("", "text/plain", "application/octet-stream", "text/markdown"):
        return "text/markdown"
    if _HTML.match(_head(body)):
        return "text/html"
    if stated in ("text/html", "application/xhtml+xml", "text/markdown", "text/x-markdown"):
        return "text/markdown" if "markdown" in stated else "text/html"
    if stated.startswith(("image/", "audio/", "video/", "font/")):
        raise UnsupportedMedia(f"{name} is {stated} by the server's word, not a text", _REMEDY)
    return by_ending or "text/plain"


def _head(body: bytes) -> bytes:
    head = body[:4096]
    for mark in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :]
    return head.replace(b"\x00", b"")


def _zip(body: bytes, name: str) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if "word/document.xml" in archive.namelist():
                return WORD
    except zipfile.BadZipFile:
        if name.casefold().endswith(".docx"):
            return WORD  # so that the Word reader says that the file is broken
    raise UnsupportedMedia(f"{name} is an archive or an Office file of another kind, not a text", _REMEDY)


def _is_binary(body: bytes) -> bool:
    sample = body[:8192]
    if sample.startswith(_MARKS):
        return False
    zeros = sample.count(0)
    if zeros:
        # UTF-16 without a mark has its zeros on one side only.
        even, odd, half = sample[::2].count(0), sample[1::2].count(0), max(1, len(sample) // 2)
        one_sided = min(even, odd) < 0.02 * half and max(even, odd) > 0.3 * half
        return not one_sided
    controls = sum(sample.count(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls > max(2, 0.02 * len(sample))
