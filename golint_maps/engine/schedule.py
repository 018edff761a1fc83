"""Runs the analysis over packages in their order, in this process, in several, or elsewhere; the results are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from golint_maps.engine.board import Board, Progress
from golint_maps.engine.cache import LostFacts, PackageCache
from golint_maps.engine.order import Step
from golint_maps.engine.outcome import Outcome
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from golint_maps.engine.board import Analyse

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
        from golint_maps.engine import worker

        one = worker.Worker(steps, *prepare(), cache)
        if jobs <= 0:
            # What was found last time of those that import what has changed may hold, which is to be seen before their
            # texts are read.
            changed = [step for step in todo if cache is None or step.package.import_path not in cache.recent]
            if 0 < len(changed) < len(todo) and _size(changed) < SMALL:
                worker.run(board, one, SMALL)
                todo = [step for number, step in enumerate(steps) if number not in board.outcomes]
            jobs = 1 if _size(todo) < SMALL else processors()
        jobs = min(jobs, len(todo))
        if jobs == 1:
            worker.run(board, one)
        elif jobs:
            from golint_maps.engine import workers  # with what Python has for processes, which takes long to import

            workers.run(board, one, jobs)
    return [board.outcomes[number] for number in range(len(steps))]


def _size(steps: Iterable[Step]) -> int:
    return sum(len(file.text) for step in steps for file in step.package.files)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
