"""Encodings: declared, undeclared, wrongly declared."""

from __future__ import annotations

import pytest

from diptych.clean import to_document
from diptych.errors import Undecodable

from .conftest import RawMaker

FRENCH = (
    "Le ministre des Affaires étrangères a déclaré à Genève que l'accord était prêt et qu'il serait signé demain. " * 3
)
RUSSIAN = "Президент сообщил, что стороны обсудили прекращение огня и договорились продолжить переговоры в марте. " * 3
KOREAN = "외교부는 양측이 정상회담 일정에 합의했다고 밝혔다. 다음 회담은 삼월에 열린다고 대변인이 전했다. " * 3
ENGLISH = (
    "The minister said that the two sides – “old friends” – had agreed on a date for the next round of talks. " * 3
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "cp1252"),
        (FRENCH, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (KOREAN, "cp949"),
    ],
)
def test_undeclared(text: str, encoding: str, raw: RawMaker) -> None:
    assert to_document(raw(text.encode(encoding))).text == text.strip()


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "utf-8", "windows-1251"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (ENGLISH, "cp1252", "utf-8"),
        (ENGLISH, "cp1252", "iso-8859-1"),
        (KOREAN, "euc-kr", "euc-kr"),
        (RUSSIAN, "cp1251", "utf-8"),
        (ENGLISH, "utf-8", "no-such-encoding"),
    ],
)
def test_declared_rightly_or_wrongly(text: str, encoding: str, declared: str, raw: RawMaker) -> None:
    assert to_document(raw(text.encode(encoding), charset=declared)).text == text.strip()


def test_declared_in_the_page(raw: RawMaker) -> None:
    article = f"<article><p>{RUSSIAN}</p><p>{RUSSIAN}</p></article>"
    page = f"<html><head><meta charset='windows-1251'></head><body>{article}</body></html>"
    assert "стороны обсудили" in to_document(raw(page.encode("cp1251"), "text/html")).text


def test_a_stray_byte_in_utf8(raw: RawMaker) -> None:
    body = (FRENCH * 3).encode().replace(b"l'accord", b"l\x92accord", 1)
    assert "l’accord" in to_document(raw(body)).text


def test_noise_is_refused(raw: RawMaker) -> None:
    body = bytes((i * 7919 + i // 3) % 255 + 1 for i in range(4000))
    with pytest.raises(Undecodable, match="encoding of input cannot be made out"):
        to_document(raw(body))
