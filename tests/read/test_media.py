"""Media types by what the bytes are, then the server's word, then the name."""

from __future__ import annotations

import io
import zipfile

import pytest

from diptych.errors import UnsupportedMedia
from diptych.read import sniff_media_type

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = b"The leaders spoke today."


def _zip(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("body", "name", "declared", "expected"),
    [
        (TEXT, "a.txt", None, "text/plain"),
        (TEXT, "a", None, "text/plain"),
        (TEXT, "a.html", None, "text/html"),
        (TEXT, "README.md", None, "text/markdown"),
        (TEXT, "https://x.example/a.md?raw=1", "text/plain; charset=utf-8", "text/markdown"),
        (TEXT, "https://x.example/a", "text/html; charset=utf-8", "text/html"),
        (b"%PDF-1.7\n...", "a.txt", "text/plain", "application/pdf"),
        (b"\n\n%PDF-1.4", "a", None, "application/pdf"),
        (b"<!DOCTYPE html><html>", "a.txt", None, "text/html"),
        (b"\xef\xbb\xbf  <!-- x -->\n<HTML lang=en>", "a", None, "text/html"),
        ("<html><body>".encode("utf-16"), "a", None, "text/html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a", None, "text/html"),
        (b"Before <html> was invented", "a.txt", None, "text/plain"),
        (b"BM and MZ are two letters.", "a.txt", None, "text/plain"),
        (TEXT.decode().encode("utf-16"), "a.txt", None, "text/plain"),
        (TEXT.decode().encode("utf-16-le"), "a.txt", None, "text/plain"),
        (_zip("word/document.xml"), "a.bin", None, WORD),
        (b"PK\x03\x04broken", "a.docx", None, WORD),
    ],
)
def test_texts(body: bytes, name: str, declared: str | None, expected: str) -> None:
    assert sniff_media_type(body, name, declared) == expected


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"{\\rtf1 text}", "an RTF file"),
        (_zip("xl/workbook.xml"), "an archive or an Office file of another kind"),
        (b"BM\x00\x00\x01\x02\x00\x03\x00", "a BMP image"),
        (b"text \x00\x01\x02\x00\x00\x00 text", "a binary file"),
    ],
)
def test_binaries_are_refused_by_name(body: bytes, what: str) -> None:
    with pytest.raises(UnsupportedMedia, match=f"x is {what}"):
        sniff_media_type(body, "x")


def test_a_picture_by_the_servers_word() -> None:
    with pytest.raises(UnsupportedMedia, match="image/svg"):
        sniff_media_type(b"<svg></svg>", "x", "image/svg+xml")
