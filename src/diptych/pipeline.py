"""The journey of a document: the ordered list of stages, and the engine that runs them.

The engine is the only place where models meet stages; everything it calls is pure but for reading the input.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.errors import DiptychError, SameText, TooLarge, UnforeseenError
from diptych.records import Comparison, Document, PairRelation, RawDocument, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from diptych.compare.decide import Models
    from diptych.knowledge import Knowledge
    from diptych.read import Row

#: Longest text that is parsed, in characters: some hours of transcript. The parse of more would not fit in memory.
LONGEST = 1_000_000
#: Documents parsed together when many are read, and the most characters of them: what keeps memory flat.
BATCH, BATCH_CHARACTERS = 32, 60_000


@dataclass(frozen=True)
class Stage:
    """A step of the journey: what must be there before it, what is there after it, and where its code is."""

    name: str
    requires: tuple[str, ...]
    assigns: tuple[str, ...]
    module: str


#: Two texts go from ``annotate`` to ``compare``; an archive takes the way round by ``tell``, ``store`` and ``gather``.
STAGES: tuple[Stage, ...] = (
    Stage("read", ("source",), ("raw",), "diptych.read"),
    Stage("clean", ("raw",), ("document",), "diptych.clean"),
    Stage("parse", ("document",), ("parse",), "diptych.models.parser"),
    Stage("annotate", ("document", "parse"), ("reading",), "diptych.annotate"),
    Stage("tell", ("reading",), ("tellings",), "diptych.gather.tellings"),
    Stage("store", ("document", "reading", "tellings"), ("archive",), "diptych.store"),
    Stage("gather", ("archive",), ("contacts",), "diptych.gather"),
    Stage("compare", ("reading", "parse"), ("comparison",), "diptych.compare"),
    Stage("report", ("comparison",), ("view",), "diptych.report"),
)


@dataclass(frozen=True)
class Failure:
    """A document that could not be read, and why."""

    uri: str
    error: DiptychError


@dataclass(frozen=True)
class Parsed:
    """A reading together with the parse it was made from; the parse is not kept in records."""

    reading: Reading
    doc: Doc


@dataclass(frozen=True)
class Engine:
    """Knowledge and models, loaded once, and what can be done with them."""

    knowledge: Knowledge
    parser: Language
    models: Models | None = None

    @classmethod
    def start(cls, purpose: Literal["read", "compare"] = "compare") -> Engine:
        """Load what ``purpose`` needs, models side by side.

        Raises :class:`~diptych.errors.ModelError` and :class:`~diptych.errors.KnowledgeError`.
        """
        from diptych.knowledge import load
        from diptych.models.parser import load_parser

        with ThreadPoolExecutor(max_workers=3) as pool:
            knowledge = pool.submit(load)
            models = pool.submit(_comparing_models) if purpose == "compare" else None
            parser = load_parser()
            return cls(knowledge.result(), parser, models.result() if models else None)

    def read(self, source: str | Document) -> Reading:
        """Read one source: a file, an address, ``-`` for standard input, or a document already fetched."""
        return self.parse(source if isinstance(source, Document) else fetch(source)).reading

    def parse(self, document: Document) -> Parsed:
        """Read a document that is already cleaned, and keep its parse for comparing."""
        from diptych.annotate import annotate

        doc = self.parser(_parsable(document).text)
        return Parsed(annotate(document, doc, self.knowledge), doc)

    def read_many(
        self, sources: Sequence[str], limit: int | None = None, columns: Mapping[str, str] | None = None
    ) -> Iterator[Reading | Failure]:
        """Read all documents that files, folders, archives, tables, feeds and addresses hold, in batches.

        ``columns`` says which column of a table is which field. What cannot be read is passed on as a
        :class:`Failure`, in place. Memory stays flat: the parser forgets a batch's words once the batch is done.
        """
        found = itertools.islice(_documents(sources, columns), limit)
        for batch in _batched(found):
            with self.parser.memory_zone():
                yield from self._read_batch(batch)

    def read_documents(self, documents: Sequence[Document]) -> list[Reading | Failure]:
        """Read documents together, in their order; an error on one of them is that one's :class:`Failure` alone."""
        with self.parser.memory_zone():
            try:
                return self._read_batch(documents)
            except Exception as error:
                if len(documents) == 1:
                    return [Failure(documents[0].uri, unforeseen(error))]
        return [result for document in documents for result in self.read_documents([document])]

    def _read_batch(self, batch: Iterable[Document | Failure]) -> list[Reading | Failure]:
        from diptych.annotate import annotate

        ready = list(batch)
        documents = [item for item in ready if isinstance(item, Document)]
        parses = self.parser.pipe((document.text for document in documents), batch_size=BATCH)

        def read(document: Document) -> Reading | Failure:
            doc = next(parses)
            try:
                return annotate(document, doc, self.knowledge)
            except Exception as error:
                return Failure(document.uri, unforeseen(error))

        return [item if isinstance(item, Failure) else read(item) for item in ready]

    def compare(
        self,
        a: str | Document,
        b: str | Document | None = None,
        *,
        undecided: float | None = None,
        anyway: bool = False,
    ) -> Comparison:
        """Lay two sources or documents side by side; with ``a`` alone, the two accounts that it reports.

        ``undecided`` is how sure a one-sided call must be (0 to 1; None: the calibrated default). Raises
        :class:`~diptych.errors.SameText` and :class:`~diptych.errors.DifferentContacts`, the latter not if ``anyway``.
        """
        first = a if isinstance(a, Document) else fetch(a)
        if b is None:
            return self.compare_reported(self.parse(first), undecided=undecided)
        second = b if isinstance(b, Document) else fetch(b)
        refuse_same(first, second)
        return self.compare_parsed(self.parse(first), self.parse(second), undecided=undecided, anyway=anyway)

    def compare_parsed(
        self, a: Parsed, b: Parsed, *, undecided: float | None = None, anyway: bool = False
    ) -> Comparison:
        """Lay two readings side by side."""
        from diptych.compare import compare

        return compare(
            a.reading, a.doc, b.reading, b.doc, self._models(), self.knowledge, undecided=undecided, anyway=anyway
        )

    def compare_reported(self, article: Parsed, *, undecided: float | None = None) -> Comparison:
        """Lay the two accounts that one article reports side by side."""
        from diptych.compare import compare_reported

        return compare_reported(article.reading, article.doc, self._models(), self.knowledge, undecided=undecided)

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[PairRelation]:
        """Say for each pair of passages how the second stands to the first."""
        from diptych.compare.relate import relate_pairs

        return relate_pairs(pairs, self.parser, self._models(), self.knowledge)

    def count(self, sources: Sequence[str], limit: int | None = None) -> int | None:
        """How many documents the sources hold, for a progress bar; None where only fetching them would tell."""
        from diptych.read import count_items

        return count_items(sources, limit)

    def _models(self) -> Models:
        if self.models is None:
            raise ValueError("this engine was started for reading; use Engine.start('compare')")
        return self.models


def fetch(source: str) -> Document:
    """Fetch and clean one source; raises what :mod:`diptych.read` and :mod:`diptych.clean` raise.

    Needs no model, so that what is wrong with an input is told at once.
    """
    from diptych.clean import require_readable, to_document
    from diptych.read import read_source

    return _parsable(require_readable(to_document(read_source(source))))


def refuse_same(a: Document, b: Document) -> None:
    """Raise :class:`~diptych.errors.SameText` where two documents hold the same words."""
    if a.text.split() == b.text.split():
        raise SameText("The two inputs hold the same text", "Give the accounts of two sides")


def _comparing_models() -> Models:
    from diptych.compare.decide import Models
    from diptych.models.cross_encoder import load_cross_encoder
    from diptych.models.encoder import load_encoder
    from diptych.models.encoder_points import load_point_encoder
    from diptych.models.token_marker import load_token_marker

    return Models(load_encoder(), load_point_encoder(), load_cross_encoder(), marker=load_token_marker())


def _parsable(document: Document) -> Document:
    if len(document.text) > LONGEST:
        raise TooLarge(
            f"{document.uri} has {len(document.text):,} characters, more than {LONGEST:,}",
            "Split it and give the part that tells of the contact",
        )
    return document


def document_of(item: RawDocument | Row) -> Document:
    """Return the document that an item of an expansion holds, in whatever language it is.

    Raises what :mod:`diptych.clean` raises, and :class:`~diptych.errors.TooLarge` for a text too long to be parsed.
    """
    from diptych.clean import from_record, to_document

    return _parsable(to_document(item) if isinstance(item, RawDocument) else from_record(item.fields))


def _documents(sources: Sequence[str], columns: Mapping[str, str] | None) -> Iterator[Document | Failure]:
    from diptych.clean import require_readable
    from diptych.read import Refused, Skipped, expand

    for item in expand(sources, columns=columns):
        if isinstance(item, Refused):
            yield Failure(item.where or item.uri, item.error)
        elif not isinstance(item, Skipped):
            try:
                yield require_readable(document_of(item))
            except Exception as error:
                where = item.uri if isinstance(item, RawDocument) else item.where
                yield Failure(where, unforeseen(error))


def unforeseen(error: Exception) -> DiptychError:
    """What is told of an error on one of many documents: itself where it was raised on purpose."""
    if isinstance(error, DiptychError):
        return error
    what = f"{type(error).__name__}: {error}"
    return UnforeseenError(f"An unforeseen error ({what})", "Read it alone with --debug and report what that shows")


def _batched(items: Iterator[Document | Failure]) -> Iterator[list[Document | Failure]]:
    """Batches of at most :data:`BATCH` items and, but for single long ones, :data:`BATCH_CHARACTERS` characters."""
    batch: list[Document | Failure] = []
    size = 0
    for item in items:
        length = len(item.text) if isinstance(item, Document) else 0
        if batch and (len(batch) == BATCH or size + length > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch
