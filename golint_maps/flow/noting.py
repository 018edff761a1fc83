"""Interpreting the functions of a package again after an edit: what a function gives is the same if all that it asks is.

The interpretation of one function learns of others only through the `Program`: which functions a callee may be, their
facts, what was put into places, what goroutines signal. A `NotingProgram` takes note of what is asked, and of what is put
there. So what comes out is right whatever the interpretation does, and whatever has changed around the function.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, TypeVar

from golint_maps.flow import ir
from golint_maps.flow.interpretation.interpreter import Interpreter
from golint_maps.flow.program import Mentioned, Program
from golint_maps.flow.reuse import Reuse
from golint_maps.record import record
from golint_maps.types.world import World

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Noted(dict[K, V]):
    """A dictionary that takes note of the entries that are looked at, as they were at first, and of those that are set.

    What was set meanwhile is no news to whoever set it. Entries may only be looked at with `get`, `in` and an index.
    """

    def __init__(self, entries: dict[K, V]) -> None:
        super().__init__(entries)
        self.read: dict[K, V | None] = {}
        self.written: dict[K, V] = {}

    def start(self) -> None:
        """Begin with new notes."""
        self.read, self.written = {}, {}

    def get(self, key: K, default: Any = None, /) -> Any:
        """As that of a dictionary."""
        self._note(key)
        return super().get(key, default)

    def __getitem__(self, key: K, /) -> V:
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object, /) -> bool:
        self._note(key)  # type: ignore[arg-type]
        return super().__contains__(key)

    def __setitem__(self, key: K, value: V, /) -> None:
        self.written[key] = value
        super().__setitem__(key, value)

    def _note(self, key: K) -> None:
        if key not in self.written and key not in self.read:
            self.read[key] = super().get(key)

    def unchanged(self, read: dict[K, V | None]) -> bool:
        """Whether the entries are what they were when they were looked at."""
        for key, value in read.items():
            now = super().get(key)
            if now is not value and now != value:
                return False
        return True


@record(frozen=True, slots=True)
class Trail:
    """What the interpretation of one function asked, what it put into the program, and which literals it interpreted."""

    around: Hashable
    callees: tuple[tuple[ir.Value, Sequence[ir.Function]], ...]
    tables: tuple[tuple[dict[object, object], dict[object, object]], ...]
    literals: tuple[ir.Function, ...]


class NotingProgram(Program):
    """A program that takes note of what one interpretation after the other asks."""

    _noting = False

    def __init__(self, world: World, package: str, functions: Sequence[ir.Function], reuse: Reuse) -> None:
        def mentioned_in(function: ir.Function) -> Mentioned:
            return reuse.answer("mentioned", function, (), lambda: Mentioned.of(function))

        super().__init__(world, package, functions, mentioned_in)
        self.facts = self._facts = Noted(self.facts)
        self.stored = self._stored = Noted(self.stored)
        self.stored_on = self._stored_on = Noted(self.stored_on)
        self.signals = self._signals = Noted(self.signals)
        self._callees: dict[int, tuple[ir.Value, Sequence[ir.Function]]] = {}
        # Local channels belong to one function, which has them in its own code.
        slots = frozenset(slot for slot in self.one_slot if isinstance(slot, str))
        self._around = (slots, frozenset(self.same_lock.items()), self.kept_types, frozenset(self.replaced))

    def declared(self, callee: ir.Value) -> list[ir.Function]:
        """As that of any program."""
        found = super().declared(callee)
        if self._noting:
            self._callees[id(callee)] = callee, found
        return found

    def start(self) -> None:
        """The interpretation of a function begins."""
        self._noting = True
        self._callees = {}
        for table in self._tables():
            table.start()

    def trail(self, literals: Iterable[ir.Function]) -> Trail:
        """What has been noted since."""
        tables = tuple((table.read, table.written) for table in self._tables())
        return Trail(self._around, tuple(self._callees.values()), tables, tuple(literals))

    def repeats(self, trail: Trail) -> bool:
        """Put what an interpretation gave into the program, unless it would learn something else by now."""
        if trail.around != self._around:
            return False
        if not all(super(NotingProgram, self).declared(callee) == found for callee, found in trail.callees):
            return False
        if not all(table.unchanged(read) for table, (read, _) in zip(self._tables(), trail.tables, strict=True)):
            return False
        for table, (_, written) in zip(self._tables(), trail.tables, strict=True):
            table.update(written)
        return True

    def finish(self) -> None:
        """All functions are interpreted: there is nothing more to note."""
        self._noting = False
        self._callees = {}
        self.facts, self.signals = dict(self._facts), dict(self._signals)
        self.stored, self.stored_on = dict(self._stored), dict(self._stored_on)

    def _tables(self) -> tuple[Noted[object, object], ...]:
        return self._facts, self._stored, self._stored_on, self._signals  # type: ignore[return-value]


def interpret_again(functions: Iterable[ir.Function], program: NotingProgram, reuse: Reuse) -> None:
    """Interpret declared functions, callees first; those of which nothing new can be learned are not looked at again."""
    interpreter = Interpreter(program)
    for function in functions:
        known = reuse.recall("facts", function)
        if isinstance(known, Trail) and program.repeats(known):
            interpreter.skip(known.literals)
            continue
        program.start()
        with reuse.noting(function):
            interpreter.run(function)
        trail = program.trail(interpreter.interpreted(function))
        # A literal that another function has made may have been interpreted here: then each is looked at every time.
        facts = trail.tables[0][1]
        others = {ir.outermost(one) for one in facts if isinstance(one, ir.Function)} - {function}
        if others:
            for one in (function, *others):
                reuse.forget("facts", one)
        else:
            reuse.remember("facts", function, trail)
    program.finish()
