"""Languages are told apart; those that are not read are refused with a name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from diptych.clean import find_language, require_readable, to_document
from diptych.errors import UnreadLanguage

from .conftest import RawMaker

TEXTS = {
    "en": "The minister said that the two sides had agreed on a date for the next round of talks in the capital.",
    "ko": "외교부는 양측이 정상회담 일정에 합의했다고 밝혔다. 다음 회담은 삼월에 열린다.",
    "zh": "外交部长表示，双方就下一轮会谈的日期达成一致，并将继续就共同关心的问题保持沟通。",
    "ja": "外務大臣は、両国が次回会談の日程で合意し、引き続き緊密に連携していくことを確認したと述べた。",
    "ru": "Министр сообщил, что стороны договорились о дате следующего раунда переговоров в столице.",
    "fr": "Le ministre a déclaré que les deux parties s'étaient entendues sur la date de la prochaine réunion.",
    "de": "Der Minister sagte, dass sich die beiden Seiten auf einen Termin für die nächste Runde geeinigt hätten.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_found(code: str, text: str) -> None:
    assert find_language(text) == code


def test_too_short_to_tell() -> None:
    assert find_language("12.5 %") is None


@pytest.mark.parametrize("code", ["zh", "ru", "ko"])
def test_an_unread_language_is_refused_by_name(code: str, raw: RawMaker) -> None:
    document = to_document(raw(TEXTS[code]))
    assert document.language == code
    name = {"zh": "Chinese", "ru": "Russian", "ko": "Korean"}[code]
    with pytest.raises(UnreadLanguage, match=f"is written in {name}, which diptych does not read yet"):
        require_readable(document)


def test_english_is_readable(raw: RawMaker) -> None:
    document = to_document(raw(TEXTS["en"]))
    assert require_readable(document) is document


def test_plain_english_loads_no_heavy_library() -> None:
    program = (
        "import sys, datetime as dt\n"
        "from diptych.clean import to_document\n"
        "from diptych.records import RawDocument\n"
        f"body = {TEXTS['en']!r}.encode()\n"
        "day = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)\n"
        "to_document(RawDocument(uri='x', media_type='text/plain', fetched_at=day, sha256='', body=body))\n"
        "heavy = {'trafilatura', 'pypdfium2', 'docx', 'httpx', 'py3langid', 'markdown_it', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
