"""Topics: the words that give them away, also in texts of states that do not exist."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from diptych.knowledge import Knowledge


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("reaffirmed the complete denuclearisation of the Peninsula", "denuclearization"),
        ("agreed to extend the truce along the line of contact", "ceasefire"),
        ("discussed the duties on Valdorian steel and market access", "tariffs"),
        ("will exchange 300 prisoners of war", "detainees and prisoners"),
        ("the return of abducted citizens", "abductions"),
        ("pledged 40 million crowns in humanitarian relief", "humanitarian aid"),
        ("wheat harvests and the grain corridor", "food security"),
        ("the opening of the first negotiating cluster and accession to the Union", "european integration"),
        ("a hotline between the two navies", "military communication"),
        ("visa-free travel for holders of ordinary passports", "consular affairs"),
        ("thanked the President for his hospitality", "courtesies"),
        ("conveyed condolences on the loss of life in the floods", "condolences"),
        ("licences for gallium and rare earths", "critical minerals"),
        ("semiconductor export controls", "export controls"),
        ("the next round of talks will be held in May", "high-level contacts"),
        ("fishing vessels in the exclusive economic zone", "fisheries"),
    ],
)
def test_topics_by_their_words(knowledge: Knowledge, text: str, topic: str) -> None:
    assert topic in [hit.topic for hit in knowledge.topics_in(text)]


def test_the_words_are_those_of_the_text(knowledge: Knowledge) -> None:
    text = "The ministers discussed sanctions, sanctions evasion and the frozen assets."
    hit = knowledge.topics_in(text)[0]
    assert hit.topic == "sanctions"
    assert hit.words == ("sanctions", "sanctions", "evasion", "frozen assets")
    assert text[hit.start : hit.end] == "sanctions, sanctions evasion and the frozen assets"


def test_weak_words_count_only_without_better_ones(knowledge: Knowledge) -> None:
    alone = {hit.topic for hit in knowledge.topics_in("They discussed relations.")}
    beside = {hit.topic for hit in knowledge.topics_in("They discussed relations and semiconductors.")}
    assert alone == {"bilateral relations"}
    assert beside == {"semiconductors"}


@pytest.mark.parametrize("text", ["", "He nodded.", "It is important and significant.", "The Dutch report"])
def test_no_topic_without_its_words(knowledge: Knowledge, text: str) -> None:
    assert knowledge.topics_in(text) == ()


def test_every_topic_is_found_by_each_of_its_words(knowledge: Knowledge) -> None:
    marks = str.maketrans("", "", "*=")
    lost = [
        (topic.id, words)
        for topic in knowledge.topics
        for words in topic.words
        if not words.startswith("~")
        and topic.id not in {hit.topic for hit in knowledge.topics_in(words.translate(marks))}
    ]
    assert lost == []


def test_a_sentence_takes_less_than_a_millisecond(knowledge: Knowledge) -> None:
    text = (
        "The two ministers agreed to hold a working group on supply chains, reviewed the ceasefire along the "
        "frontier, and asked for the release of the detained fishermen and the return of their vessels to port."
    )
    knowledge.topics_in(text)
    start = time.process_time()
    for _ in range(200):
        knowledge.topics_in(text)
    assert (time.process_time() - start) / 200 < 0.001


def test_most_points_of_the_invented_pairs_have_a_topic(knowledge: Knowledge, shared: Path) -> None:
    quotes = [
        point["quote"]
        for path in sorted((shared / "gold" / "invented" / "gold").glob("*.json"))
        for point in json.loads(path.read_text(encoding="utf-8"))["points"]
        if point["act"] != "setting"
    ]
    found = sum(bool(knowledge.topics_in(quote)) for quote in quotes)
    assert found / len(quotes) >= 0.88
