"""Key differences are neutral, ranked and varied; emphasis adds up."""

from __future__ import annotations

import re

import pytest

from diptych.compare.explain import Labels, emphasis, key_differences
from tests.report.comparison import annotated

LOADED = re.compile(r"\b(hid|hides|admit|admitted|conceal|concealed|refused to mention|lied)\b", re.I)


@pytest.mark.parametrize("pair_id", ["inv-1-04", "inv-7-05", "inv-9-06", "inv-3-12"])
def test_three_to_six_neutral_sentences(pair_id: str) -> None:
    c = annotated(pair_id)
    found = key_differences(c.points, c.relations, c.only_a, c.only_b, c.nearest, Labels("The Alpha", "Beta"))
    assert 3 <= len(found) <= 6
    for difference in found:
        frame = re.sub(r"“[^”]*”", "", difference.say)
        assert not LOADED.search(frame)
        assert difference.say.endswith(".")
        assert difference.say.count("“") == difference.say.count("”") > 0
        sides = {i[0] for i in difference.points}
        assert sides == {"only_a": {"A"}, "only_b": {"B"}}.get(difference.kind, {"A", "B"})


def test_conflicts_come_first() -> None:
    c = annotated("inv-1-04")
    found = key_differences(c.points, c.relations, c.only_a, c.only_b, c.nearest, Labels("Alpha", "Beta"))
    conflicts = sum(r.kind == "conflict" for r in c.relations)
    assert [d.kind for d in found][:conflicts] == ["conflict"] * conflicts
    assert all(d.say.startswith("The accounts conflict: the Alpha account says") for d in found[:conflicts])


def test_settings_alone_are_no_news() -> None:
    c = annotated("inv-1-04")
    settings = tuple(p for p in c.points if p.act == "setting")
    ids = tuple(p.id for p in settings if p.side == "a")
    assert key_differences(settings, (), ids, (), {}, Labels("Alpha", "Beta")) == ()


def test_emphasis_is_the_share_of_words() -> None:
    c = annotated("inv-1-04")
    a = [p for p in c.points if p.side == "a"]
    topic = a[0].topics[0]
    words = sum(len(p.quote.split()) for p in a if topic in p.topics)
    row = next(e for e in emphasis(c.points) if e.topic == topic)
    assert row.a == pytest.approx(words / sum(len(p.quote.split()) for p in a), abs=1e-4)
    assert row.first_a == 1


def test_no_points_no_emphasis() -> None:
    assert emphasis(()) == ()
