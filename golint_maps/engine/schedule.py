"""Runs the analysis over packages in their order, in this process or in several; the results are the same.

Workers pass facts on through files in a temporary folder and load only those which the analysis asks for, so that the
parent hands around nothing but numbers and findings.
"""

from __future__ import annotations

import heapq
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine import garbage
from golint_maps.engine.cache import LostFacts, PackageCache
from golint_maps.engine.order import Step
from golint_maps.engine.outcome import Outcome, Problem
from golint_maps.engine.visible import VisibleFacts
from golint_maps.project.package import Package
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from golint_maps.engine.job import PackageResult
    from golint_maps.flow.facts import PackageFacts

    Analyse = Callable[[Package, Mapping[str, PackageFacts], Sequence[type[Rule]]], PackageResult]

Progress = Callable[[int, int], None]
"""Called with the number of packages that are done and the number of all."""

SMALL = 2_000_000
"""Runs over fewer bytes than this are not worth starting processes for."""


def run(
    steps: Sequence[Step],
    prepare: Callable[[], tuple[Sequence[type[Rule]], Analyse]],
    *,
    jobs: int = 0,
    progress: Progress | None = None,
    cache: PackageCache | None = None,
    executor: Executor | None = None,
) -> list[Outcome]:
    """Analyse the packages of `steps`, in that order or one that gives the same results; one outcome for each step.

    `jobs` is the number of processes; 0 means as many as there are processors, or one where there is little to do. A
    package whose analysis fails is a problem in its own outcome, and those that import it do without its facts. What
    `cache` remembers is not analysed; `prepare` gives the rules and the analysis, and is called only if there is need.
    An `executor` does the work in place of processes of our own.
    """
    report = progress or (lambda done, total: None)
    try:
        return _run(steps, prepare, jobs, report, cache, executor)
    except LostFacts:  # another process has made room in the cache just now
        assert cache is not None
        cache.reading = False  # from here on, nothing is taken from it
        return _run(steps, prepare, jobs, report, cache, executor)


def _run(
    steps: Sequence[Step],
    prepare: Callable[[], tuple[Sequence[type[Rule]], Analyse]],
    jobs: int,
    progress: Progress,
    cache: PackageCache | None,
    executor: Executor | None,
) -> list[Outcome]:
    board = Board(steps, progress, cache)
    board.recall()
    todo = [step for number, step in enumerate(steps) if number not in board.outcomes]
    if todo and executor is not None:
        from golint_maps.engine.anywhere import Anywhere

        Anywhere(board, *prepare(), executor).run()
    elif todo:
        if jobs <= 0:
            size = sum(len(file.text) for step in todo for file in step.package.files)
            jobs = 1 if size < SMALL else processors()
        worker = _Worker(steps, *prepare(), cache)
        if min(jobs, len(todo)) <= 1:
            _alone(board, worker)
        else:
            _Pool(board, worker, min(jobs, len(todo))).run()
    return [board.outcomes[number] for number in range(len(steps))]


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Board:
    """What is done and what can be done next. `hashes` has the packages with facts: their hash, "" without a cache."""

    def __init__(self, steps: Sequence[Step], progress: Progress, cache: PackageCache | None) -> None:
        self.steps = steps
        self.progress = progress
        self.cache = cache
        self.outcomes: dict[int, Outcome] = {}
        self.hashes: dict[str, str] = {}
        self.missing = [len(step.after) for step in steps]
        self.ready = [number for number, missing in enumerate(self.missing) if not missing]
        self.importers: dict[str, list[int]] = {}
        for number, step in enumerate(steps):
            for path in step.after:
                self.importers.setdefault(path, []).append(number)

    def recall(self) -> None:
        """Do what is ready and remembered, and what becomes so; the rest stays in `ready`."""
        if self.cache is None:
            return
        unknown: list[int] = []
        while self.ready:
            number = heapq.heappop(self.ready)
            hit = self.cache.find(self.steps[number], self.hashes)
            if hit is None:
                unknown.append(number)
            else:
                self.done(number, hit.outcome, hit.facts)
        self.ready = sorted(unknown)
        self.looked_up = set(unknown)

    def next(self) -> int | None:
        """A package to analyse, all below which are done; None if there is none at present."""
        while self.ready:
            number = heapq.heappop(self.ready)
            if self.cache is not None and number not in self.looked_up:  # it had to wait for what it imports
                hit = self.cache.find(self.steps[number], self.hashes)
                if hit is not None:
                    self.done(number, hit.outcome, hit.facts)
                    continue
            return number
        return None

    def visible(self, number: int) -> dict[str, str]:
        """The hashes of the facts that a package may see, by import path."""
        return {path: self.hashes[path] for path in self.steps[number].sees.values() if path in self.hashes}

    def done(self, number: int, outcome: Outcome, facts: str | None) -> None:
        """A package is done; `facts` is the hash of its facts, None where there are none."""
        path = self.steps[number].package.import_path
        self.outcomes[number] = outcome
        if facts is not None:
            self.hashes[path] = facts
        if self.cache is not None:
            self.cache.done(path, facts)
        for importer in self.importers.get(path, ()):
            self.missing[importer] -= 1
            if not self.missing[importer]:
                heapq.heappush(self.ready, importer)
        self.progress(len(self.outcomes), len(self.steps))


def _alone(board: Board, worker: _Worker) -> None:
    with garbage.collected_rarely():
        while (number := board.next()) is not None:
            board.done(number, *worker.do(number, board.visible(number)))
            garbage.analysed(worker.size(number))


def failure(package: Package, error: BaseException) -> Problem:
    """The problem that the analysis of a package failed with `error`."""
    return _problem(package, _describe(error))


def _problem(package: Package, detail: str) -> Problem:
    path = package.files[0].path if len(package.files) == 1 else package.folder
    return Problem("internal", path, f"the analysis of package {package.import_path} failed: {detail}")


def _describe(error: BaseException) -> str:
    """An exception in one line, with the place in our code where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    text = " ".join(str(error).split())
    return type(error).__name__ + (f": {text}" if text else "") + place


class _Worker:
    """Analyses packages. Facts are kept in memory, and as files in `folder` where several processes share the work."""

    def __init__(
        self, steps: Sequence[Step], rules: Sequence[type[Rule]], analyse: Analyse, cache: PackageCache | None
    ) -> None:
        self.steps = steps
        self.rules = rules
        self.analyse = analyse
        self.cache = cache
        self.folder: Path | None = None
        self.numbers = {step.package.import_path: number for number, step in enumerate(steps)}
        self.loaded: dict[str, PackageFacts] = {}

    def do(self, number: int, hashes: Mapping[str, str]) -> tuple[Outcome, str | None]:
        """Analyse a package that may see the facts in `hashes`; its outcome and the hash of its facts."""
        step = self.steps[number]
        names = {name: path for name, path in step.sees.items() if path in hashes}
        visible = VisibleFacts(names, lambda path: self.load(path, hashes[path]), hashes)
        # Nothing is reported of packages that are only read for the sake of others.
        wanted = self.rules if any(file.reported for file in step.package.files) else ()
        try:
            result = self.analyse(step.package, visible, wanted)
        except LostFacts:
            raise
        except Exception as error:  # whatever a rule or the analysis does wrong, the other packages are still checked
            return Outcome(problems=(_problem(step.package, _describe(error)),)), None
        outcome = Outcome(result.findings, result.partly_read, result.problems, result.lines, result.timings)
        try:
            known = ""
            if self.cache is not None:
                outcome, known = self.cache.keep(step, outcome, result.facts, visible.asked)
            self.pass_on(number, result.facts)
        except Exception as error:  # a full disk, or facts that are no plain data
            problem = _problem(step.package, f"its facts can't be passed on: {_describe(error)}")
            return replace(outcome, problems=(*outcome.problems, problem)), None
        return outcome, known

    def size(self, number: int) -> int:
        """The bytes of a package's files."""
        return sum(len(file.text) for file in self.steps[number].package.files)

    def load(self, path: str, known: str) -> PackageFacts:
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
        file = self.file(number)
        if file is None:
            self.loaded[self.steps[number].package.import_path] = facts
        else:
            file.write_bytes(pickle.dumps(facts, pickle.HIGHEST_PROTOCOL))

    def file(self, number: int) -> Path | None:
        return self.folder / f"{number}.facts" if self.folder is not None else None


_worker: _Worker | None = None


def _begin(worker: _Worker) -> None:
    global _worker
    _worker = worker
    garbage.left_to_packages()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and by this, it ends us


def _do(number: int, hashes: Mapping[str, str]) -> tuple[Outcome, str | None]:
    assert _worker is not None
    done = _worker.do(number, hashes)
    garbage.analysed(_worker.size(number))
    return done


class _Pool:
    """Hands packages to worker processes as their imports complete."""

    def __init__(self, board: Board, worker: _Worker, jobs: int) -> None:
        self.board = board
        self.worker = worker
        self.jobs = jobs

    def run(self) -> None:
        board = self.board
        with tempfile.TemporaryDirectory(prefix="golint-maps-") as folder:
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
        with _executor(self.jobs, self.worker) as executor:
            number: int | None = None
            try:
                while True:
                    while len(running) < 2 * self.jobs and (number := board.next()) is not None:
                        running[executor.submit(_do, number, board.visible(number))] = number
                        number = None
                    if not running:
                        break
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        board.done(running[future], *self.result(future, running[future]))
                        del running[future]
            except (BrokenProcessPool, OSError):
                if number is not None:  # it could not be handed over
                    heapq.heappush(board.ready, number)
                return sorted(running.values())
            except BaseException:  # an interrupt: what is at work is of no use any more
                executor.shutdown(wait=False, cancel_futures=True)
                for process in multiprocessing.active_children():
                    process.terminate()
                raise
        return []

    def retry(self, number: int) -> None:
        """Analyse one package once more, in a process of its own, so that its death harms nobody else."""
        board = self.board
        with _executor(1, self.worker) as executor:
            try:
                future = executor.submit(_do, number, board.visible(number))
                board.done(number, *self.result(future, number))
            except (BrokenProcessPool, OSError):
                problem = _problem(board.steps[number].package, "its process died, perhaps for want of memory")
                board.done(number, Outcome(problems=(problem,)), None)

    def result(self, future: Future[tuple[Outcome, str | None]], number: int) -> tuple[Outcome, str | None]:
        try:
            return future.result()
        except (BrokenProcessPool, LostFacts):
            raise
        except Exception as error:  # its findings could not be sent
            return Outcome(problems=(_problem(self.board.steps[number].package, _describe(error)),)), None


def _executor(jobs: int, worker: _Worker) -> ProcessPoolExecutor:
    # A forked process has the packages already; elsewhere (and on macOS, where forking is unsafe) they are sent.
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(worker,))
