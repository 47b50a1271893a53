"""One road for each kind of source."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from diptych.clean.decode import decode
from diptych.clean.document import titled
from diptych.clean.metadata import Known
from diptych.errors import EmptyInput, Undecodable, UnsupportedMedia
from diptych.records import Document, RawDocument

__all__ = ["PDF", "WORD", "to_document"]

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)


def to_document(raw: RawDocument) -> Document:
    """Return the document that ``raw`` holds, by its media type: text, HTML, Markdown, PDF or Word.

    What a feed said of it fills the title and the day that its own page lacks. Raises
    :class:`~diptych.errors.EmptyInput`, :class:`~diptych.errors.NoText`, :class:`~diptych.errors.Undecodable` or
    :class:`~diptych.errors.UnsupportedMedia`.
    """
    document = _read(raw)
    return titled(document, document.title or raw.title, document.published or raw.published)


def _read(raw: RawDocument) -> Document:
    media = raw.media_type.split(";")[0].strip().casefold()
    if not raw.body.strip(b" \t\r\n\x0b\x0c"):
        raise _empty(raw.uri)
    host = urlsplit(raw.uri).hostname if raw.uri.startswith(("http://", "https://")) else None
    known = Known(host=host)
    if media == PDF:
        from diptych.clean.pdf import pdf_document

        return pdf_document(raw.body, raw.uri, known)
    if media == WORD:
        from diptych.clean.word import word_document

        return word_document(raw.body, raw.uri, known)
    if not media.startswith("text/") and media not in _HTML:
        raise UnsupportedMedia(
            f"{raw.uri} is {media or 'of an unknown kind'}, which is not a text that diptych reads",
            "Give plain text, HTML, Markdown, PDF or .docx",
        )
    declared = raw.charset or (_declared(raw.body) if media in _HTML else None)
    text = decode(raw.body, declared, raw.uri)
    if not re.search(r"\S", text):
        raise _empty(raw.uri)
    if "\x00" in text:
        raise Undecodable(f"{raw.uri} holds zero bytes and is no text", "Give plain text, HTML, Markdown, PDF or .docx")
    if media in _HTML:
        from diptych.clean.html import html_document

        return html_document(text, raw.uri, known)
    if media == "text/markdown":
        from diptych.clean.markdown import markdown_document

        return markdown_document(text, raw.uri, known)
    from diptych.clean.plain import plain_document

    return plain_document(text, raw.uri, known)


def _empty(uri: str) -> EmptyInput:
    return EmptyInput(f"There is no text in {uri}", "Check that the file or page is the one you mean")


def _declared(body: bytes) -> str | None:
    match = _XML_CHARSET.search(body[:1000]) or _META_CHARSET.search(body[:4096])
    return match[1].decode("ascii") if match else None
