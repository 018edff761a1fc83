"""Runs the analysis on any `concurrent.futures.Executor`: processes of other machines, which share nothing with this one.

What goes there is the package with the bytes of its files, and the encoded facts that it may see; what comes back are
findings and its own encoded facts.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from golint_maps.engine.board import Board, failure
from golint_maps.engine.outcome import Outcome, Problem
from golint_maps.engine.plain import facts_codec
from golint_maps.engine.store import canonical
from golint_maps.engine.visible import VisibleFacts
from golint_maps.project.package import Package
from golint_maps.record import record
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from golint_maps.engine.board import Analyse
    from golint_maps.flow.facts import PackageFacts

# Packages that are handed over at a time: enough to keep a cluster busy, few enough not to hold all facts twice.
_AT_WORK = 64
_ATTEMPTS = 2


class ClusterError(Exception):
    """A cluster that can't be used; its text is one line for people."""


@record(frozen=True, slots=True)
class Done:
    """What comes back of a package: findings, its encoded facts (None where it failed), and which facts it asked for."""

    outcome: Outcome
    facts: bytes | None
    asked: dict[str, str | int]


def perform(
    package: Package,
    names: Mapping[str, str],
    hashes: Mapping[str, str],
    facts: Mapping[str, bytes],
    rules: Sequence[type[Rule]],
    analyse: Analyse,
) -> Done:
    """Analyse one package: a pure function, which may run in any process that has the same golint-maps.

    `names` maps what the package may ask for to import paths, `facts` those to encoded facts, `hashes` to their hashes.
    """
    codec = facts_codec()
    decoded: dict[str, PackageFacts] = {}

    def load(path: str) -> PackageFacts:
        if path not in decoded:
            decoded[path] = codec.decode(json.loads(facts[path]))
        return decoded[path]

    visible = VisibleFacts(names, load, hashes)
    try:
        result = analyse(package, visible, rules)
        outcome = Outcome(result.findings, result.partly_read, result.problems, result.lines, result.timings)
        return Done(outcome, canonical(codec.encode(result.facts)), visible.asked)
    except Exception as error:  # as in this process: the other packages are still checked
        return Done(Outcome(problems=(failure(package, error),)), None, {})


class Anywhere:
    """Hands packages to an executor as their imports complete; one that was lost with its process is handed out again."""

    def __init__(self, board: Board, rules: Sequence[type[Rule]], analyse: Analyse, executor: Executor) -> None:
        """`board` says what is to be done."""
        self.board = board
        self.rules = rules
        self.analyse = analyse
        self.executor = executor
        self.facts: dict[str, bytes] = {}
        self.attempts: dict[int, int] = {}

    def run(self) -> None:
        """Analyse all packages that are not done yet."""
        board = self.board
        running: dict[Future[Done], int] = {}
        while True:
            while len(running) < _AT_WORK and (number := board.next()) is not None:
                running[self.submit(number)] = number
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                self.finish(running.pop(future), future)

    def submit(self, number: int) -> Future[Done]:
        """Hand over one package."""
        step = self.board.steps[number]
        hashes = self.board.visible(number)
        names = {name: path for name, path in step.sees.items() if path in hashes}
        rules = self.rules if any(file.reported for file in step.package.files) else ()
        facts = {path: self.encoded(path, known) for path, known in hashes.items()}
        return self.executor.submit(perform, step.package, names, hashes, facts, rules, self.analyse)

    def finish(self, number: int, future: Future[Done]) -> None:
        """Take in what came back."""
        board, step = self.board, self.board.steps[number]
        try:
            done = future.result()
        except (Exception, CancelledError) as error:
            self.attempts[number] = self.attempts.get(number, 0) + 1
            if self.attempts[number] < _ATTEMPTS:
                heapq.heappush(board.ready, number)
                return
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            detail = f"the analysis of package {step.package.import_path} was lost: {reason}"
            board.done(number, Outcome(problems=(Problem("internal", step.package.folder, detail),)), None)
            return
        outcome, known = done.outcome, None
        if done.facts is not None:
            known = ""
            self.facts[step.package.import_path] = done.facts
            if board.cache is not None:
                outcome, known = board.cache.remember(step, outcome, json.loads(done.facts), done.asked)
        board.done(number, outcome, known)

    def encoded(self, path: str, known: str) -> bytes:
        """The encoded facts of a package that is done."""
        if path not in self.facts:
            assert self.board.cache is not None
            self.facts[path] = canonical(facts_codec().encode(self.board.cache.facts(known)))
        return self.facts[path]


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """An executor on the Dask cluster whose scheduler listens at `address` (`tcp://host:8786`). Raises ClusterError."""
    try:
        import distributed
    except ImportError:
        raise ClusterError("Dask is not installed here: pip install 'golint-maps[dask]'") from None
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from None
    try:
        yield client.get_executor(pure=False, retries=1)
    finally:
        client.close()
