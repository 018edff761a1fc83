"""The analysis in several processes of our own, which pass facts on through files in a temporary folder.

Each loads only those facts which the analysis asks for, so that the parent hands around nothing but numbers and findings.
They say when the facts of a package are known, which is long before its findings are: so packages that import each other
in a long chain can be at work at the same time.
"""

from __future__ import annotations

import heapq
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine import apart, garbage, worker
from golint_maps.engine.board import Board, failure, problem
from golint_maps.engine.cache import LostFacts
from golint_maps.engine.outcome import Outcome
from golint_maps.engine.program import on_disk
from golint_maps.engine.worker import Worker

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def run(board: Board, worker: Worker, jobs: int) -> None:
    """Analyse what is not done yet in so many processes."""
    _Pool(board, worker, jobs).run()


_worker: Worker | None = None
_parent: Connection | None = None


def _begin(worker: Worker, parent: Connection | None) -> None:
    global _worker, _parent
    _worker, _parent = worker, parent
    garbage.left_to_packages()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and by this, it ends us
    # A parent that is killed can end nobody, and the queue on which we wait for work is held open by our siblings.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    begun_by = multiprocessing.parent_process()
    if begun_by is not None:
        begun_by.join()
        os._exit(1)


def _do(number: int, hashes: Mapping[str, str]) -> tuple[Outcome, str | None]:
    assert _worker is not None
    size = _worker.size(number)
    if size >= apart.LARGE and (done := apart.do(_worker, number, hashes, _announce)) is not None:
        return done
    garbage.make_room(size)
    return _worker.do(number, hashes, _announce)


def _announce(number: int, known: str) -> None:
    if _parent is not None:
        _parent.send_bytes(f"{number} {known}".encode())  # so short that messages of several workers never mix


class _Pool:
    """Hands packages to worker processes as the facts of their imports become known."""

    def __init__(self, board: Board, worker: Worker, jobs: int) -> None:
        self.board = board
        self.worker = worker
        self.jobs = jobs

    def run(self) -> None:
        board = self.board
        try:
            temporary = tempfile.TemporaryDirectory(prefix="golint-maps-")
        except OSError:  # no folder to share facts in
            worker.run(board, self.worker)
            return
        with temporary as folder:
            self.worker.folder = Path(folder)
            self.worker.program = on_disk()
            while (done := len(board.outcomes)) < len(board.steps):
                # A process that dies takes all that were at work with it; one of them is to blame.
                for number in self.work():
                    self.retry(number)
                if len(board.outcomes) == done:  # no process can be started at all
                    number = board.ready.pop(0)
                    board.done(number, *self.worker.do(number, board.visible(number)))

    def work(self) -> list[int]:
        """Work until all is done, or until a worker process dies; then return what was at work."""
        board = self.board
        running: dict[Future[tuple[Outcome, str | None]], int] = {}
        inbox, outbox = multiprocessing.Pipe(duplex=False)

        def wake(done: object) -> None:
            with suppress(OSError):  # after an interrupt nobody listens any more
                outbox.send_bytes(b"")

        with ExitStack() as stack:
            stack.enter_context(inbox)
            stack.enter_context(outbox)
            try:
                executor = stack.enter_context(_executor(self.jobs, self.worker, outbox))
            except OSError:  # no room for what processes share
                return []
            number: int | None = None
            try:
                while True:
                    while len(running) < 2 * self.jobs and (number := board.next()) is not None:
                        future = executor.submit(_do, number, board.visible(number))
                        running[future] = number
                        number = None
                        future.add_done_callback(wake)
                    if not running:
                        break
                    news = inbox.recv_bytes().decode()
                    if news:
                        told, _, known = news.partition(" ")
                        board.told(int(told), known)
                    for future in [one for one in running if one.done()]:
                        board.done(running[future], *self.result(future, running[future]))
                        del running[future]
            except (BrokenProcessPool, OSError):
                if number is not None:  # it could not be handed over
                    heapq.heappush(board.ready, number)
                return sorted(running.values())
            except BaseException:  # an interrupt: what is at work is of no use any more
                # The executor sees their end and lets its thread go, for which leaving the block waits: a thread
                # that is left would meet the pipes closed when Python ends.
                for process in multiprocessing.active_children():
                    process.kill()
                raise
        return []

    def retry(self, number: int) -> None:
        """Analyse one package once more, in a process of its own, so that its death harms nobody else."""
        board = self.board
        try:
            with _executor(1, self.worker, None) as executor:
                future = executor.submit(_do, number, board.visible(number))
                board.done(number, *self.result(future, number))
        except (BrokenProcessPool, OSError):
            died = problem(board.steps[number].package, "its process died, perhaps for want of memory")
            board.done(number, Outcome(problems=(died,)), None)

    def result(self, future: Future[tuple[Outcome, str | None]], number: int) -> tuple[Outcome, str | None]:
        try:
            return future.result()
        except (BrokenProcessPool, LostFacts):
            raise
        except Exception as error:  # its findings could not be sent
            return Outcome(problems=(failure(self.board.steps[number].package, error),)), None


def _executor(jobs: int, worker: Worker, parent: Connection | None) -> ProcessPoolExecutor:
    # A forked process has the packages already; elsewhere (and on macOS, where forking is unsafe) they are sent.
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(worker, parent))
