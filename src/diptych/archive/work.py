"""What goes to a worker process and comes back from it, and the worker itself.

A worker has its own engine and reads the documents of one job after the other. It ends as soon as the other end of its
connection is closed, so that no worker outlives the process that started it, however that one ended.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import msgspec

from diptych import errors
from diptych.errors import DiptychError, UnforeseenError
from diptych.records import Document, Provenance, Reading, Telling
from diptych.version import __version__

if TYPE_CHECKING:
    from diptych.pipeline import Engine

__all__ = ["Done", "Job", "ReadDocument", "Unread", "decode_done", "encode_job", "serve"]

#: Environment of a worker: one thread each, because there is a worker for each core.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that are read together."""

    number: int
    documents: tuple[Document, ...]


class ReadDocument(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """A document that was read; ``reading`` is None where its language is not read yet."""

    document: Document
    reading: Reading | None
    tellings: tuple[Telling, ...]
    signature: bytes
    provenance: tuple[Provenance, ...]


class Unread(msgspec.Struct, frozen=True, kw_only=True, tag="unread"):
    """A document that could not be read: the class of the error and its two sentences."""

    document: str
    uri: str
    kind: str
    happened: str
    remedy: str

    @classmethod
    def of(cls, document: Document, error: DiptychError) -> Unread:
        """What is told of ``error`` on ``document``."""
        return cls(
            document=document.id,
            uri=document.uri,
            kind=type(error).__name__,
            happened=error.happened,
            remedy=error.remedy,
        )

    @property
    def error(self) -> DiptychError:
        """The error as it was raised in the worker."""
        kind = getattr(errors, self.kind, UnforeseenError)
        error: DiptychError = kind(self.happened, self.remedy)
        return error


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a job, a document each, in the job's order; ``failed`` where the worker cannot start."""

    number: int
    outcomes: tuple[ReadDocument | Unread, ...] = ()
    failed: Unread | None = None


def encode_job(job: Job) -> bytes:
    """The bytes that :func:`serve` reads a job from."""
    return msgspec.msgpack.encode(job)


def decode_done(body: bytes) -> Done:
    """The outcome that a worker sent."""
    return msgspec.msgpack.decode(body, type=Done)


def serve(connection: Connection) -> None:
    """Read jobs from ``connection`` and answer each with a :class:`Done`, until the other end is closed.

    The first answer, numbered -1, comes before any job and says that the worker has started or why it cannot.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, jobs), daemon=True).start()
    from diptych.pipeline import Engine

    try:
        engine = Engine.start("read")
    except DiptychError as error:
        failed = Unread(document="", uri="", kind=type(error).__name__, happened=error.happened, remedy=error.remedy)
        _send(connection, Done(number=-1, failed=failed))
        return
    provenance = _provenance(engine)
    _send(connection, Done(number=-1))
    while True:
        job = jobs.get()
        _send(connection, Done(number=job.number, outcomes=read_documents(engine, job.documents, provenance)))


def read_documents(
    engine: Engine, documents: tuple[Document, ...], provenance: tuple[Provenance, ...] = ()
) -> tuple[ReadDocument | Unread, ...]:
    """Read ``documents`` together; what goes wrong on one of them is told of that one alone."""
    from diptych.clean import READ_LANGUAGES
    from diptych.gather import signature, tellings_of
    from diptych.pipeline import Failure, unforeseen

    readable = [document for document in documents if document.language in (None, *READ_LANGUAGES)]
    results = engine.read_documents(readable)
    readings = {document.id: result for document, result in zip(readable, results, strict=True)}

    def outcome(document: Document) -> ReadDocument | Unread:
        reading = readings.get(document.id)
        if isinstance(reading, Failure):
            return Unread.of(document, reading.error)
        try:
            # Of a language that is not read, the title and the dateline may still tell of a contact.
            tellings = tellings_of(reading or Reading(document=document), engine.knowledge)
            return ReadDocument(
                document=document,
                reading=reading,
                tellings=tellings,
                signature=signature(document.text),
                provenance=provenance,
            )
        except Exception as error:
            return Unread.of(document, unforeseen(error))

    return tuple(map(outcome, documents))


def _provenance(engine: Engine) -> tuple[Provenance, ...]:
    """Which code, model and knowledge a worker's readings come from."""
    meta = engine.parser.meta
    model = f"{meta.get('lang', '')}_{meta.get('name', '')}-{meta.get('version', '')}"
    knowledge = engine.knowledge.hash
    return (
        Provenance(stage="annotate", version=__version__, model=model, knowledge=knowledge),
        Provenance(stage="gather.tellings", version=__version__, model=None, knowledge=knowledge),
    )


def _receive(connection: Connection, jobs: queue.SimpleQueue[Job]) -> None:
    """Take jobs off the connection at once, so that whoever sends one never waits for the one before."""
    try:
        while True:
            jobs.put(msgspec.msgpack.decode(connection.recv_bytes(), type=Job))
    except (EOFError, OSError):
        os._exit(0)


def _send(connection: Connection, done: Done) -> None:
    try:
        connection.send_bytes(msgspec.msgpack.encode(done))
    except OSError:
        os._exit(0)
