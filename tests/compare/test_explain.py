"""Key differences are neutral, ranked and varied; emphasis adds up."""

from __future__ import annotations

import re

import pytest

from diptych.compare.explain import Labels, emphasis, key_differences
from diptych.records import AspectWords, Point, Relation
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


def point(name: str, start: int, act: str = "affirm") -> Point:
    side = "a" if name.startswith("a") else "b"
    return Point(id=name, side=side, start=start, end=start + 40, quote=f"told at {start}", act=act, holder=side)  # type: ignore[arg-type]


def test_one_sided_points_that_stand_together_are_one_difference() -> None:
    points = tuple(point(f"a{k}", at) for k, at in enumerate((0, 45, 90, 135, 180, 900)))
    found = key_differences(points, (), tuple(p.id for p in points), (), {}, Labels("Alpha", "Beta"))
    assert sorted(d.points for d in found) == [("a0", "a1", "a2", "a3"), ("a4",), ("a5",)]


def test_two_numbers_come_before_one_that_only_one_side_gives() -> None:
    points = (point("a1", 0), point("b1", 0), point("a2", 500), point("b2", 500))
    told_once, told_twice = (
        Relation(
            a=(f"a{k}",), b=(f"b{k}",), kind="differs", aspects=(AspectWords(aspect="number", a=a, b=b),),
            confidence=0.9, because="",
        )
        for k, a, b in ((1, "300", ""), (2, "300", "500"))
    )  # fmt: skip
    found = key_differences(points, (told_once, told_twice), (), (), {}, Labels("Alpha", "Beta"))
    assert [d.points for d in found] == [("a2", "b2"), ("a1", "b1")]


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
