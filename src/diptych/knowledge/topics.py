"""Topics of diplomacy, found by their words: whole words in singular or plural, stems marked with ``*``, or words
exactly as they stand, marked with ``=``.

A word marked with ``~`` is weak: it gives its topic only where no other topic has a word of full weight.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from diptych.knowledge.entries import Topic, TopicHit
from diptych.knowledge.tables import read_table

_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"[a-z][a-z0-9 -]*\Z")
_PARTS = re.compile(r"[^\w*=]+")
_PREFIX = 3


def _base(word: str) -> str:
    """The word without its plural ending."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class _Phrase:
    """The words of a phrase: in any number, with any ending (``*``) or exactly as they stand (``=``)."""

    __slots__ = ("marks", "topic", "weak", "words")

    def __init__(self, text: str, topic: str) -> None:
        parts = [part for part in _PARTS.split(text.lower().lstrip("~")) if part]
        self.weak = text.startswith("~")
        self.marks = tuple(part[-1] if part[-1] in "*=" else "" for part in parts)
        self.words = tuple(part[:-1] if part[-1] in "*=" else _base(part) for part in parts)
        self.topic = topic

    def fits(self, bases: list[str], lowers: list[str], index: int) -> bool:
        if index + len(self.words) > len(bases):
            return False
        for place, (word, mark) in enumerate(zip(self.words, self.marks, strict=True), index):
            if mark == "*":
                if not lowers[place].startswith(word):
                    return False
            elif (lowers if mark else bases)[place] != word:
                return False
        return True


class TopicTable:
    """The published taxonomy and its words."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        self.topics = topics
        self._by_topic = {topic.id: topic for topic in topics}

    @cached_property
    def _index(self) -> tuple[dict[str, list[_Phrase]], dict[str, list[_Phrase]]]:
        """Phrases by their first word; those whose first word is marked by its first letters."""
        by_base: dict[str, list[_Phrase]] = {}
        by_prefix: dict[str, list[_Phrase]] = {}
        for topic in self.topics:
            for text in topic.words:
                phrase = _Phrase(text, topic.id)
                if phrase.marks[0]:
                    by_prefix.setdefault(phrase.words[0][:_PREFIX], []).append(phrase)
                else:
                    by_base.setdefault(phrase.words[0], []).append(phrase)
        return by_base, by_prefix

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id."""
        return self._by_topic.get(topic_id)

    def find(self, text: str) -> tuple[TopicHit, ...]:
        """The topics of a text, those with most words first, each with the words that decided."""
        by_base, by_prefix = self._index
        found = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
        lowers = [word for word, _, _ in found]
        bases = [_base(word) for word in lowers]
        spans: dict[str, list[tuple[int, int]]] = {}
        strong: set[str] = set()
        for index, base in enumerate(bases):
            for phrases in (by_base.get(base), by_prefix.get(lowers[index][:_PREFIX])):
                for phrase in phrases or ():
                    if phrase.fits(bases, lowers, index):
                        span = (found[index][1], found[index + len(phrase.words) - 1][2])
                        spans.setdefault(phrase.topic, []).append(span)
                        if not phrase.weak:
                            strong.add(phrase.topic)
        named = strong or set(spans)
        hits = [_hit(text, topic, places) for topic, places in spans.items() if topic in named]
        hits.sort(key=lambda hit: (-sum(len(word) for word in hit.words), hit.start))
        return tuple(hits)


def _hit(text: str, topic: str, places: list[tuple[int, int]]) -> TopicHit:
    """One hit a topic: of words inside each other the longest is kept."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(places), key=lambda place: (place[0], -place[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return TopicHit(
        topic=topic,
        start=kept[0][0],
        end=max(end for _, end in kept),
        words=tuple(text[start:end] for start, end in kept),
    )


def load_topics(root: Path, counts: dict[str, int]) -> TopicTable:
    """Read ``topics.csv`` and ``topic_words.csv``."""
    words: dict[str, list[str]] = {}
    heads: list[tuple[str, str, str]] = []
    for row in read_table(root / "topics.csv", ("id", "label", "description"), minimum=counts.get("topics.csv", 1)):
        topic_id = row.need("id")
        if not _ID.match(topic_id):
            row.fail(f"'{topic_id}' is not an id in small letters")
        if topic_id in words:
            row.fail(f"the topic '{topic_id}' stands in the table twice")
        words[topic_id] = []
        heads.append((topic_id, row.need("label"), row.need("description")))
    for row in read_table(root / "topic_words.csv", ("topic", "words"), minimum=counts.get("topic_words.csv", 1)):
        topic_id = row.need("topic")
        if topic_id not in words:
            row.fail(f"'{topic_id}' is no topic of topics.csv")
        for text in row.many("words"):
            if text in words[topic_id]:
                row.fail(f"'{text}' stands twice under '{topic_id}'")
            words[topic_id].append(text)
    for topic_id, _, _ in heads:
        if not words[topic_id]:
            row.fail(f"the topic '{topic_id}' has no words")
    return TopicTable(
        tuple(
            Topic(id=topic_id, label=label, description=description, words=tuple(words[topic_id]))
            for topic_id, label, description in heads
        )
    )
