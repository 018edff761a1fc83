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
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine.order import Step
from golint_maps.engine.outcome import Problem
from golint_maps.finding import Finding
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of the analysis of one package."""

    findings: tuple[Finding, ...] = ()
    partly_read: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: int = 0


class VisibleFacts(Mapping[str, "PackageFacts"]):
    """The facts that one package may see, each loaded when it is asked for."""

    def __init__(self, names: Mapping[str, str], load: Callable[[str], PackageFacts]) -> None:
        """`names` maps what can be asked for to import paths, for which `load` finds the facts."""
        self._names = names
        self._load = load

    def __getitem__(self, name: str) -> PackageFacts:
        """The facts of the package that `name` means; KeyError for one that is not visible."""
        return self._load(self._names[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def run(
    steps: Sequence[Step],
    rules: Sequence[type[Rule]],
    analyse: Analyse,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Analyse the packages of `steps`, in that order or one that gives the same results; one outcome for each step.

    `jobs` is the number of processes; 0 means as many as there are processors, or one where there is little to do. A
    package whose analysis fails is a problem in its own outcome, and those that import it do without its facts.
    """
    if jobs <= 0:
        size = sum(len(file.text) for step in steps for file in step.package.files)
        jobs = 1 if size < SMALL else processors()
    report = progress or (lambda done, total: None)
    jobs = min(jobs, len(steps))
    return _alone(steps, rules, analyse, report) if jobs <= 1 else _Pool(steps, rules, analyse, jobs, report).run()


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _alone(steps: Sequence[Step], rules: Sequence[type[Rule]], analyse: Analyse, progress: Progress) -> list[Outcome]:
    known: dict[str, PackageFacts] = {}
    outcomes = []
    for number, step in enumerate(steps, 1):
        names = {name: path for name, path in step.sees.items() if path in known}
        outcome, facts = _analyse(step, VisibleFacts(names, known.__getitem__), rules, analyse)
        if facts is not None:
            known[step.package.import_path] = facts
        outcomes.append(outcome)
        progress(number, len(steps))
    return outcomes


def _analyse(
    step: Step, facts: Mapping[str, PackageFacts], rules: Sequence[type[Rule]], analyse: Analyse
) -> tuple[Outcome, PackageFacts | None]:
    package = step.package
    # Nothing is reported of packages that are only read for the sake of others.
    wanted = rules if any(file.reported for file in package.files) else ()
    try:
        result = analyse(package, facts, wanted)
    except Exception as error:  # whatever a rule or the analysis does wrong, the other packages are still checked
        return Outcome(problems=(_problem(package, _describe(error)),)), None
    return Outcome(result.findings, result.partly_read, result.problems, result.lines), result.facts


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
    """What a worker process knows: the steps, and the facts that have been found so far (as files in `folder`)."""

    def __init__(self, steps: Sequence[Step], rules: Sequence[type[Rule]], analyse: Analyse, folder: Path) -> None:
        self.steps = steps
        self.rules = rules
        self.analyse = analyse
        self.folder = folder
        self.numbers = {step.package.import_path: number for number, step in enumerate(steps)}
        self.loaded: dict[str, PackageFacts] = {}

    def load(self, path: str) -> PackageFacts:
        if path not in self.loaded:
            with self._file(self.numbers[path]).open("rb") as file:
                self.loaded[path] = pickle.load(file)
        return self.loaded[path]

    def do(self, number: int, failed: frozenset[str]) -> tuple[Outcome, bool]:
        step = self.steps[number]
        names = {name: path for name, path in step.sees.items() if path not in failed}
        outcome, facts = _analyse(step, VisibleFacts(names, self.load), self.rules, self.analyse)
        if facts is None:
            return outcome, False
        try:
            with self._file(number).open("wb") as file:
                pickle.dump(facts, file, pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # a full disk, or facts that are no plain data
            problem = _problem(step.package, f"its facts can't be passed on: {_describe(error)}")
            return replace(outcome, problems=(*outcome.problems, problem)), False
        return outcome, True

    def _file(self, number: int) -> Path:
        return self.folder / f"{number}.facts"


_worker: _Worker | None = None


def _begin(worker: _Worker) -> None:
    global _worker
    _worker = worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means


def _do(number: int, failed: frozenset[str]) -> tuple[Outcome, bool]:
    assert _worker is not None
    return _worker.do(number, failed)


class _Pool:
    """Hands packages to worker processes as their imports complete."""

    def __init__(
        self, steps: Sequence[Step], rules: Sequence[type[Rule]], analyse: Analyse, jobs: int, progress: Progress
    ) -> None:
        self.steps = steps
        self.rules = rules
        self.analyse = analyse
        self.jobs = jobs
        self.progress = progress
        self.outcomes: dict[int, Outcome] = {}
        self.failed: frozenset[str] = frozenset()
        self.missing = [len(step.after) for step in steps]
        self.ready = [number for number, missing in enumerate(self.missing) if not missing]
        self.importers: dict[str, list[int]] = {}
        for number, step in enumerate(steps):
            for path in step.after:
                self.importers.setdefault(path, []).append(number)

    def run(self) -> list[Outcome]:
        with tempfile.TemporaryDirectory(prefix="golint-maps-") as folder:
            worker = _Worker(self.steps, self.rules, self.analyse, Path(folder))
            while (done := len(self.outcomes)) < len(self.steps):
                # A process that dies takes all that were at work with it; one of them is to blame.
                for number in self.work(worker):
                    self.retry(number, worker)
                if len(self.outcomes) == done:  # no process can be started at all
                    number = heapq.heappop(self.ready)
                    self.done(number, *worker.do(number, self.failed))
        return [self.outcomes[number] for number in range(len(self.steps))]

    def work(self, worker: _Worker) -> list[int]:
        """Work until all is done, or until a worker process dies; then return what was at work."""
        running: dict[Future[tuple[Outcome, bool]], int] = {}
        with _executor(self.jobs, worker) as executor:
            try:
                while self.ready or running:
                    while self.ready and len(running) < 2 * self.jobs:
                        running[executor.submit(_do, self.ready[0], self.failed)] = self.ready[0]
                        heapq.heappop(self.ready)
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        self.done(running[future], *self.result(future, running[future]))
                        del running[future]
            except (BrokenProcessPool, OSError):
                return sorted(running.values())
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise
        return []

    def retry(self, number: int, worker: _Worker) -> None:
        """Analyse one package once more, in a process of its own, so that its death harms nobody else."""
        with _executor(1, worker) as executor:
            try:
                self.done(number, *self.result(executor.submit(_do, number, self.failed), number))
            except (BrokenProcessPool, OSError):
                problem = _problem(self.steps[number].package, "its process died, perhaps for want of memory")
                self.done(number, Outcome(problems=(problem,)), False)

    def result(self, future: Future[tuple[Outcome, bool]], number: int) -> tuple[Outcome, bool]:
        try:
            return future.result()
        except BrokenProcessPool:
            raise
        except Exception as error:  # its findings could not be sent
            return Outcome(problems=(_problem(self.steps[number].package, _describe(error)),)), False

    def done(self, number: int, outcome: Outcome, succeeded: bool) -> None:
        path = self.steps[number].package.import_path
        self.outcomes[number] = outcome
        if not succeeded:
            self.failed |= {path}
        for importer in self.importers.get(path, ()):
            self.missing[importer] -= 1
            if not self.missing[importer]:
                heapq.heappush(self.ready, importer)
        self.progress(len(self.outcomes), len(self.steps))


def _executor(jobs: int, worker: _Worker) -> ProcessPoolExecutor:
    # A forked process has the packages already; elsewhere (and on macOS, where forking is unsafe) they are sent.
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(worker,))
