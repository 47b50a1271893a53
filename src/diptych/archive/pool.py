"""Worker processes that read documents, and what happens when one of them dies.

Each worker has a pipe of its own: a worker that is killed leaves no lock behind that another would wait for. A worker
has at most two jobs, one that it reads and one that waits, so that memory stays flat however many documents come.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType

from diptych import errors
from diptych.archive.work import Done, Job, ReadDocument, Unread, decode_done, encode_job, serve
from diptych.errors import ModelError, UnforeseenError
from diptych.records import Document

__all__ = ["Pool"]

#: Jobs that a worker has at most: the one it reads and the next.
_AHEAD = 2
#: Workers that may die one after the other before any of them was ready to read.
_STILLBORN = 3
#: Seconds between two looks for workers that have died.
_LOOK = 1.0


@dataclass(eq=False)
class _Worker:
    """A process, our end of its pipe, the jobs it was given, oldest first, and whether it has started to read."""

    process: SpawnProcess
    connection: Connection
    jobs: deque[Job] = field(default_factory=deque)
    ready: bool = False


class Pool:
    """Reads documents in ``workers`` processes, which are started when there is something to read.

    Use as a context manager: on leaving it all workers are gone.
    """

    def __init__(self, workers: int) -> None:
        self._most = workers
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._again: deque[Job] = deque()
        self._numbers = itertools.count()
        self._stillborn = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    @property
    def at_work(self) -> dict[int, tuple[str, ...]]:
        """The process ids of the workers that read, each with the ids of the documents that it reads."""
        return {
            worker.process.pid or 0: tuple(document.id for document in worker.jobs[0].documents)
            for worker in tuple(self._workers)
            if worker.ready and worker.jobs
        }

    def read(self, batches: Iterator[Sequence[Document]]) -> Iterator[tuple[ReadDocument | Unread, ...]]:
        """Yield the outcomes of each of ``batches`` as they are ready, in any order.

        A batch is drawn only when a worker has room for it. Raises :class:`~diptych.errors.ModelError` and
        :class:`~diptych.errors.KnowledgeError` where workers cannot start.
        """
        exhausted = False
        while True:
            while self._has_room() and not (exhausted and not self._again):
                job = self._next(batches)
                if job is None:
                    exhausted = True
                    break
                self._give(self._least_busy(), job)
                yield from self._finished(0)
            if not self._busy() and exhausted and not self._again:
                return
            yield from self._finished(_LOOK)

    def _next(self, batches: Iterator[Sequence[Document]]) -> Job | None:
        if self._again:
            return self._again.popleft()
        batch = next(batches, None)
        return None if batch is None else Job(number=next(self._numbers), documents=tuple(batch))

    def _busy(self) -> bool:
        return any(worker.jobs for worker in self._workers)

    def _has_room(self) -> bool:
        return len(self._workers) < self._most or any(len(worker.jobs) < _AHEAD for worker in self._workers)

    def _least_busy(self) -> _Worker:
        """The worker that gets the next job: an idle one, else a new one, else one with a single job."""
        least = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if least is None or (least.jobs and len(self._workers) < self._most):
            return self._start()
        return least

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), daemon=True, name="diptych-reader")
        with _interrupts_ignored():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, job: Job) -> None:
        worker.jobs.append(job)
        with contextlib.suppress(OSError):  # a worker that is gone is found by _finished, with this job
            worker.connection.send_bytes(encode_job(job))

    def _finished(self, seconds: float) -> Iterator[tuple[ReadDocument | Unread, ...]]:
        """What has come back; waits ``seconds`` at most for something to come."""
        ready = wait([worker.connection for worker in self._workers], seconds) if self._workers else []
        for worker in list(self._workers):
            if worker.connection not in ready:
                continue
            try:
                done = decode_done(worker.connection.recv_bytes())
            except (EOFError, OSError):
                yield from self._died(worker)
                continue
            if done.failed is not None:
                raise _cannot_start(done)
            if not worker.ready:  # its first word says that it has started
                worker.ready = True
                self._stillborn = 0
                continue
            worker.jobs.popleft()
            yield done.outcomes

    def _died(self, worker: _Worker) -> Iterator[tuple[ReadDocument | Unread, ...]]:
        """Take over what a dead worker had: its next job as it is, the one it was reading document by document."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        jobs = list(worker.jobs)
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn > _STILLBORN:
                raise UnforeseenError(
                    f"{self._stillborn} processes that read documents died while they started ({_how(worker.process)})",
                    "Look whether the machine has memory left, and run again with --workers 1",
                )
            self._again.extend(jobs)
            return
        self._again.extend(jobs[1:])
        if not jobs:
            return
        suspect = jobs[0]
        if len(suspect.documents) > 1:
            self._again.extend(Job(number=next(self._numbers), documents=(document,)) for document in suspect.documents)
        else:
            error = UnforeseenError(
                f"The process that read it died ({_how(worker.process)})",
                "Run again with --retry and --workers 1 on a machine with more memory, or leave it out",
            )
            yield (Unread.of(suspect.documents[0], error),)


def _cannot_start(done: Done) -> errors.DiptychError:
    return done.failed.error if done.failed is not None else ModelError("A worker cannot start", "Install again")


def _how(process: SpawnProcess) -> str:
    code = process.exitcode
    if code is None or code >= 0:
        return f"exit status {code}"
    name = signal.Signals(-code).name if -code in signal.Signals.__members__.values() else str(-code)
    return f"killed by {name}, as when memory runs out" if name == "SIGKILL" else f"killed by {name}"


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """A process started here does not see Ctrl-C, from its first instruction on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
