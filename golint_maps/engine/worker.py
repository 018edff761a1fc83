"""Who analyses packages, one after the other: in this process, or in one that `engine.workers` or `engine.apart` starts.

A worker loads only those facts which the analysis asks for.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from golint_maps.engine import garbage
from golint_maps.engine.board import Board, describe, failure, problem
from golint_maps.engine.cache import LostFacts, PackageCache
from golint_maps.engine.order import Step
from golint_maps.engine.outcome import Outcome
from golint_maps.engine.visible import VisibleFacts
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from golint_maps.engine.board import Analyse
    from golint_maps.engine.plain import Data
    from golint_maps.flow.facts import PackageFacts


def run(board: Board, worker: Worker, enough: int | None = None) -> None:
    """Analyse what is not done yet in this process, until that were `enough` bytes."""
    total = 0
    with garbage.collected_rarely():
        while (enough is None or total < enough) and (number := board.next()) is not None:
            size = worker.size(number)
            total += size
            garbage.make_room(size)
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
        # What this program is (`program.on_disk`), for processes that are started later and must be the same.
        self.program = ""
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
                import pickle

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
            import pickle  # long to import, and one process needs none of it

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
