"""The analysis in processes of our own: this one, or workers, which pass facts on through files in a temporary folder.

Workers load only those facts which the analysis asks for, so that the parent hands around nothing but numbers and findings.
They say when the facts of a package are known, which is long before its findings are: so packages that import each other
in a long chain can be at work at the same time.
"""

from __future__ import annotations

import copy
import heapq
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine import apart, garbage
from golint_maps.engine.board import Board, describe, failure, problem
from golint_maps.engine.cache import LostFacts, PackageCache
from golint_maps.engine.order import Step
from golint_maps.engine.outcome import Outcome
from golint_maps.engine.visible import VisibleFacts
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from golint_maps.engine.board import Analyse
    from golint_maps.engine.plain import Data
    from golint_maps.flow.facts import PackageFacts


def run(board: Board, rules: Sequence[type[Rule]], analyse: Analyse, jobs: int) -> None:
    """Analyse what is not done yet: in this process if `jobs` is 1, else in as many workers."""
    worker = Worker(board.steps, rules, analyse, board.cache)
    if jobs <= 1:
        _alone(board, worker)
    else:
        _Pool(board, worker, jobs).run()


def _alone(board: Board, worker: Worker) -> None:
    with garbage.collected_rarely():
        while (number := board.next()) is not None:
            garbage.make_room(worker.size(number))
            board.done(number, *worker.do(number, board.visible(number)))


class Worker:
    """Analyses packages. Facts are kept in memory, and as files in `folder` where several processes share the work."""

    def __init__(
        self, steps: Sequence[Step], rules: Sequence[type[Rule]], analyse: Analyse, cache: PackageCache | None
    ) -> None:
        self.steps: Sequence[Step] | Mapping[int, Step] = steps
        self.rules = rules
        self.analyse = analyse
        self.cache = cache
        self.folder: Path | None = None
        self.numbers = {step.package.import_path: number for number, step in enumerate(steps)}
        self.loaded: dict[str, PackageFacts] = {}

    def do(
        self, number: int, hashes: Mapping[str, str], announce: Callable[[int, str], None] = lambda number, known: None
    ) -> tuple[Outcome, str | None]:
        """Analyse a package that may see the facts in `hashes`; its outcome and the hash of its facts.

        `announce` is called with that hash as soon as others can load the facts. What is announced holds, also if the
        analysis fails afterwards.
        """
        step = self.steps[number]
        facts = _Facts(self, number, announce)
        names = {name: path for name, path in step.sees.items() if path in hashes}
        visible = VisibleFacts(names, lambda path: self.load(path, hashes[path]), hashes)
        # Nothing is reported of packages that are only read for the sake of others.
        wanted = self.rules if any(file.reported for file in step.package.files) else ()
        try:
            result = self.analyse(step.package, visible, wanted, tell=facts.tell)
        except LostFacts:
            raise
        except Exception as error:  # whatever a rule or the analysis does wrong, the other packages are still checked
            return Outcome(problems=(failure(step.package, error),)), facts.known
        outcome = Outcome(result.findings, result.partly_read, result.problems, result.lines, result.timings)
        facts.tell(result.facts)
        try:
            if facts.error is not None:
                raise facts.error
            if self.cache is not None:
                outcome, _ = self.cache.remember(step, outcome, facts.data, visible.asked)
        except Exception as error:  # a full disk, or facts that are no plain data
            lost = problem(step.package, f"its facts can't be passed on: {describe(error)}")
            return replace(outcome, problems=(*outcome.problems, lost)), facts.known
        return outcome, facts.known

    def only(self, number: int) -> Worker:
        """A worker that knows one package alone."""
        one = copy.copy(self)
        one.steps = {number: self.steps[number]}
        one.loaded = {}
        return one

    def size(self, number: int) -> int:
        """The bytes of a package's files."""
        return sum(len(file.text) for file in self.steps[number].package.files)

    def load(self, path: str, known: str) -> PackageFacts:
        """The facts of a package that is done, by its import path and their hash."""
        if path not in self.loaded:
            file = self.file(self.numbers[path])
            if file is not None and file.exists():
                self.loaded[path] = pickle.loads(file.read_bytes())
            elif self.cache is not None:
                self.loaded[path] = self.cache.facts(known)
            else:
                raise KeyError(path)
        return self.loaded[path]

    def pass_on(self, number: int, facts: PackageFacts) -> None:
        """Let others load the facts of a package."""
        file = self.file(number)
        if file is None:
            self.loaded[self.steps[number].package.import_path] = facts
        else:
            file.write_bytes(pickle.dumps(facts, pickle.HIGHEST_PROTOCOL))

    def file(self, number: int) -> Path | None:
        """Where the facts of a package are, if they are shared."""
        return self.folder / f"{number}.facts" if self.folder is not None else None


class _Facts:
    """The facts of a package on their way to others: `known` is their hash once they are passed on, `data` their encoding.

    What is told again is ignored. An `error` on the way is kept for later: the analysis goes on.
    """

    def __init__(self, worker: Worker, number: int, announce: Callable[[int, str], None]) -> None:
        self.worker = worker
        self.number = number
        self.announce = announce
        self.known: str | None = None
        self.data: Data = None
        self.error: Exception | None = None

    def tell(self, facts: PackageFacts) -> None:
        if self.known is not None or self.error is not None:
            return
        try:
            known = ""
            if self.worker.cache is not None:
                self.data, known = self.worker.cache.encoded(facts)
            self.worker.pass_on(self.number, facts)
            self.announce(self.number, known)
            self.known = known
        except Exception as error:
            self.error = error


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
            _alone(board, self.worker)
            return
        with temporary as folder:
            self.worker.folder = Path(folder)
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
