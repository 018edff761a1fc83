"""What has been analysed, what can be next, and what the analysis is: the ground on which all ways to run it stand."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from golint_maps.engine.cache import PackageCache
from golint_maps.engine.order import Step
from golint_maps.engine.outcome import Outcome, Problem
from golint_maps.project.package import Package
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from golint_maps.engine.job import PackageResult
    from golint_maps.flow.facts import PackageFacts

    class Analyse(Protocol):
        """The analysis of one package (see `engine.job.analyse`)."""

        def __call__(
            self,
            package: Package,
            facts: Mapping[str, PackageFacts],
            rules: Sequence[type[Rule]],
            /,
            *,
            tell: Callable[[PackageFacts], None] | None = None,
        ) -> PackageResult:
            """Analyse a package that may see `facts`; `tell` is called with its own as soon as they are known."""
            ...


Progress = Callable[[int, int], None]
"""Called with the number of packages that are done and the number of all."""


class Board:
    """What is done and what can be done next. `hashes` has the packages with facts: their hash, "" without a cache.

    A package can be analysed when the facts of all that it imports are known, or will never be.
    """

    def __init__(self, steps: Sequence[Step], progress: Progress, cache: PackageCache | None) -> None:
        self.steps = steps
        self.progress = progress
        self.cache = cache
        self.outcomes: dict[int, Outcome] = {}
        self.hashes: dict[str, str] = {}
        self._told: set[int] = set()
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
        self.outcomes[number] = outcome
        self.told(number, facts)
        self.progress(len(self.outcomes), len(self.steps))

    def told(self, number: int, facts: str | None) -> None:
        """Whatever is going to be known of a package for others is known, though it may not be done."""
        if number in self._told:
            return
        self._told.add(number)
        path = self.steps[number].package.import_path
        if facts is not None:
            self.hashes[path] = facts
        if self.cache is not None:
            self.cache.done(path, facts)
        for importer in self.importers.get(path, ()):
            self.missing[importer] -= 1
            if not self.missing[importer]:
                heapq.heappush(self.ready, importer)


def failure(package: Package, error: BaseException) -> Problem:
    """The problem that the analysis of a package failed with `error`."""
    return problem(package, describe(error))


def problem(package: Package, detail: str) -> Problem:
    """The problem that the analysis of a package failed, for the reason in `detail`."""
    path = package.files[0].path if len(package.files) == 1 else package.folder
    return Problem("internal", path, f"the analysis of package {package.import_path} failed: {detail}")


def describe(error: BaseException) -> str:
    """An exception in one line, with the place in our code where it came from."""
    import traceback  # long to import, and hardly ever needed

    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    text = " ".join(str(error).split())
    return type(error).__name__ + (f": {text}" if text else "") + place
