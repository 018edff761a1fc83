"""What is found out of single functions of a package, kept after an edit for as long as all that it rests on is the same.

Who answers a question about a function is given a package that takes note of what is looked at: facts and contexts of
functions, which functions a callee may be, the text of files, single entries of what is known of the package. After an
edit the answer holds if all of these are what they were. Looks at anything else, such as a list of all functions, are
allowed as well; such an answer is found anew each time. So an answer is right whatever it rests on.

What is asked of types is noted by their world (`golint_maps.types.noted`). It is not to be asked where something is
declared, which each edit changes: `PackageFlow.types` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, TypeVar, cast

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.program import Program
from golint_maps.record import record

T = TypeVar("T")


def about(question: str, function: ir.Function, package: PackageFlow, find: Callable[[PackageFlow], T]) -> T:
    """What `find` gives for a function, or has given before the last edit, if it would give the same again.

    `find` is to look at the package that it is given, and at nothing else; what it gives must not refer to that package.
    The `question` tells answers of different kinds apart.
    """
    reuse = package.reuse
    if reuse is None:
        return find(package)
    known = reuse.recall(question, function)
    if isinstance(known, _Answer) and known.holds(package):
        return cast("T", known.found)
    notes = _Notes()
    with reuse.noting(function):
        found = find(_Noting(package, notes))
    if notes.everything:
        reuse.forget(question, function)
    else:
        reuse.remember(question, function, notes.answer(found))
    return found


class _Notes:
    """What has been looked at so far: by name of a table its entries, callees, entries of what is known of the package."""

    __slots__ = ("callees", "everything", "looked_up", "tables")

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, object]] = {}
        self.callees: dict[int, tuple[ir.Value, list[ir.Function]]] = {}
        self.looked_up: dict[tuple[_Find, Hashable], object] = {}
        self.everything = False

    def answer(self, found: object) -> _Answer:
        tables = {name: entries for name, entries in self.tables.items() if entries}
        facts = tables.pop("facts", {})
        return _Answer(found, facts, tuple(tables.items()), tuple(self.callees.values()), self.looked_up)


_Find = Callable[[PackageFlow], Mapping[Any, Any]]


@record(frozen=True, slots=True)
class _Answer:
    """An answer, and all that it rests on."""

    found: object
    facts: dict[ir.Function, object]
    tables: tuple[tuple[str, dict[Any, object]], ...]
    callees: tuple[tuple[ir.Value, list[ir.Function]], ...]
    looked_up: dict[tuple[_Find, Hashable], object]

    def holds(self, package: PackageFlow) -> bool:
        """Whether all that was looked at is what it was."""
        facts, program = package.facts, package.program
        for function, known in self.facts.items():
            if facts.get(function) is not known:
                return False
        for callee, declared in self.callees:
            if program.declared(callee) != declared:
                return False
        for name, entries in self.tables:
            table = getattr(package, name)
            for key, entry in entries.items():
                now = table.get(key)
                if now is not entry and (name == "contexts" or now != entry):
                    return False
        return all(package.entry(find, key) == entry for (find, key), entry in self.looked_up.items())


class _Table(Mapping[Any, Any]):
    """A table of the package, with notes of the entries that are looked at."""

    def __init__(self, table: Mapping[Any, Any], name: str, notes: _Notes) -> None:
        self._table = table
        self._noted = notes.tables.setdefault(name, {})
        self._notes = notes

    def __getitem__(self, key: Any) -> Any:
        self._noted[key] = self._table.get(key)
        return self._table[key]

    def __iter__(self) -> Iterator[Any]:
        self._notes.everything = True
        return iter(self._table)

    def __len__(self) -> int:
        self._notes.everything = True
        return len(self._table)


class _NotingProgram(Program):
    """The program of a package, with notes of what is asked."""

    def __init__(self, program: Program, facts: _Table, notes: _Notes) -> None:
        self.world = program.world
        self.package = program.package
        self.extra_spawners = program.extra_spawners
        self.facts = facts  # type: ignore[assignment]
        self._program = program
        self._notes = notes

    def declared(self, callee: ir.Value) -> list[ir.Function]:
        """As that of any program."""
        found = self._program.declared(callee)
        self._notes.callees[id(callee)] = callee, found
        return found

    def __getattr__(self, name: str) -> Any:
        self._notes.everything = True
        return getattr(self._program, name)


class _Noting(PackageFlow):
    """A package with notes of what is looked at. What it doesn't have itself counts as a look at everything."""

    __slots__ = ("_notes", "_package")

    def __init__(self, package: PackageFlow, notes: _Notes) -> None:
        facts = _Table(package.facts, "facts", notes)
        self._package = package
        self._notes = notes
        self.world = package.world
        self.facts = facts  # type: ignore[assignment]
        self.contexts = _Table(package.contexts, "contexts", notes)  # type: ignore[assignment]
        self.files = _Table(package.files, "files", notes)  # type: ignore[assignment]
        self.program = _NotingProgram(package.program, facts, notes)
        self.reuse = None

    def index(self, function: ir.Function) -> Any:
        """As that of any package: a function has it in itself."""
        return self._package.index(function)

    def shared(self, find: Callable[[PackageFlow], T]) -> T:
        """As that of any package."""
        self._notes.everything = True
        return self._package.shared(find)

    def entry(self, find: Callable[[PackageFlow], Mapping[Any, T]], key: Hashable) -> T | None:
        """As that of any package."""
        found = self._package.entry(find, key)
        self._notes.looked_up[find, key] = found
        return found

    def __getattr__(self, name: str) -> Any:
        self._notes.everything = True
        return getattr(self._package, name)
