"""Words that show an attitude."""

from __future__ import annotations

import pytest

from diptych.knowledge.attitudes import ATTITUDES, attitudes


@pytest.mark.parametrize(
    ("attitude", "words"),
    [("blame", "denounced"), ("grief", "heartfelt Condolences"), ("pleasure", "was grateful")],
)
def test_words_show_one_attitude(attitude: str, words: str) -> None:
    assert [name for name, shown in attitudes().items() if shown.search(words)] == [attitude]


def test_every_attitude_has_words_and_they_begin_a_word() -> None:
    assert tuple(attitudes()) == ATTITUDES
    assert not attitudes()["blame"].search("uncondemned")
