"""What is known of access paths about nil, and how it is kept: facts, grouped by what their paths start in.

States are copied at every branch and compared at every join. So nothing in here is ever changed once it is in use: a change
replaces the group of one variable, copies share all groups, and a join looks only at those that are not the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from enum import Enum

from golint_maps.flow import ir
from golint_maps.flow.parts import parts
from golint_maps.flow.places import prefixes
from golint_maps.flow.remembered import remembered
from golint_maps.record import record


class Kind(Enum):
    """What a path holds: a map that is nil, may be nil, is nil if a call failed, is empty, or is made; a zero struct."""

    NIL = "nil"
    MAYBE = "maybe"
    PENDING = "pending"
    EMPTY = "empty"
    MADE = "made"
    ZERO = "zero"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__


BAD = frozenset({Kind.NIL, Kind.MAYBE, Kind.PENDING})
_TELLING = frozenset({Kind.NIL, Kind.MAYBE, Kind.PENDING, Kind.EMPTY, Kind.ZERO})


# Why it is nil: somebody says so.
NIL_GIVEN = "nil is given here"


@record(frozen=True, slots=True)
class Origin:
    """Why something is nil: what stands at `at` in the file of `function`, as a clause (`the literal leaves it out`).

    `checked` tells that only a comparison with nil says that it may be so. `limit` is the number of conditions under which
    that is evidence: the other branch did more than use the map, and later conditions may depend on it (-1: no limit).
    """

    function: ir.Function
    at: ir.Span
    message: str
    checked: bool = False
    limit: int = -1


@record(frozen=True, slots=True)
class Fact:
    """What is known of one path.

    For `PENDING`, `call` is the result (an error, a bool) that tells whether the map is nil. `source` is the parameter that
    an unknown map was taken from.
    """

    kind: Kind
    origin: Origin | None = None
    call: ir.Value | None = None
    source: ir.Value | None = None


UNKNOWN_FACT = Fact(Kind.UNKNOWN)
MADE = Fact(Kind.MADE)

Telling = frozenset[tuple[ir.Value, Kind]]


class Group:
    """The facts of all paths that start in the same variable, package variable or call; never changed."""

    __slots__ = ("_names", "_real", "_telling", "_variables", "facts")

    def __init__(self, facts: dict[ir.Value, Fact]) -> None:
        self.facts = facts
        self._telling: Telling | None = None
        self._variables: frozenset[ir.Variable] | None = None
        self._names: frozenset[str] | None = None
        self._real: dict[ir.Value, Fact] | None = None

    @property
    def telling(self) -> Telling:
        """The facts that tell states apart."""
        if self._telling is None:
            self._telling = frozenset((path, fact.kind) for path, fact in self.facts.items() if fact.kind in _TELLING)
        return self._telling

    @property
    def variables(self) -> frozenset[ir.Variable]:
        """The variables that the paths depend on, those in the keys of elements included."""
        if self._variables is None:
            self._variables = frozenset().union(*map(variables_in, self.facts))
        return self._variables

    @property
    def real(self) -> dict[ir.Value, Fact]:
        """The facts without those that say no more of a local variable than no fact would."""
        if self._real is None:
            known = [path for path, fact in self.facts.items() if fact.kind is not Kind.UNKNOWN or not _is_local(path)]
            self._real = {
                path: fact
                for path, fact in self.facts.items()
                if fact.kind is not Kind.UNKNOWN or any(one in known for one in parents(path))
            }
        return self._real

    def names(self, of: Callable[[ir.Value, Fact], Iterable[str]]) -> frozenset[str]:
        """What `of`, the same function each time, says of all paths together; remembered."""
        if self._names is None:
            self._names = frozenset(name for path, fact in self.facts.items() for name in of(path, fact))
        return self._names


class Facts:
    """Facts by path."""

    __slots__ = ("groups",)

    def __init__(self, groups: dict[Hashable, Group] | None = None) -> None:
        self.groups = groups if groups is not None else {}

    def copy(self) -> Facts:
        """An independent copy, at the cost of one object."""
        return Facts(self.groups)

    def group(self, path: ir.Value) -> Group | None:
        """The facts of the paths that start where `path` does."""
        return self.groups.get(start_of(path))

    def get(self, path: ir.Value) -> Fact | None:
        """The fact of a path itself."""
        group = self.groups.get(start_of(path))
        return group.facts.get(path) if group is not None else None

    def kind(self, path: ir.Value) -> Kind:
        """What a path holds, as far as there is a fact of it."""
        fact = self.get(path)
        return fact.kind if fact is not None else Kind.UNKNOWN

    def __contains__(self, path: ir.Value) -> bool:
        return self.get(path) is not None

    def __iter__(self) -> Iterator[ir.Value]:
        for group in self.groups.values():
            yield from group.facts

    def items(self) -> Iterator[tuple[ir.Value, Fact]]:
        """All paths with their facts; changes that are made meanwhile are not seen."""
        for group in self.groups.values():
            yield from group.facts.items()

    def __setitem__(self, path: ir.Value, fact: Fact) -> None:
        start = start_of(path)
        group = self.groups.get(start)
        self.put(start, {path: fact} if group is None else {**group.facts, path: fact})

    def drop(self, paths: Iterable[ir.Value]) -> None:
        """Forget the facts of some paths."""
        for path in paths:
            start = start_of(path)
            group = self.groups.get(start)
            if group is not None and path in group.facts:
                self.put(start, {other: fact for other, fact in group.facts.items() if other != path})

    def put(self, start: Hashable, facts: dict[ir.Value, Fact]) -> None:
        """Replace a whole group."""
        if facts:
            self.groups = {**self.groups, start: Group(facts)}
        elif start in self.groups:
            self.groups = {other: group for other, group in self.groups.items() if other != start}

    def below(self, path: ir.Value) -> list[ir.Value]:
        """The paths with facts that start with `path`."""
        group = self.groups.get(start_of(path))
        if group is None:
            return []
        if isinstance(path, ir.Local):
            return list(group.facts)
        return [known for known in group.facts if path in parents(known)]

    def forget_below(self, path: ir.Value, itself: bool) -> None:
        """Forget the facts of all paths that start with `path`, of itself only if `itself`."""
        start = start_of(path)
        group = self.groups.get(start)
        if group is None:
            return
        everything = isinstance(path, ir.Local)
        kept = {
            known: fact
            for known, fact in group.facts.items()
            if (not itself and known == path) or not (everything or path in parents(known))
        }
        if len(kept) < len(group.facts):
            self.put(start, kept)

    def forget_variable(self, variable: ir.Variable) -> None:
        """Forget the facts of all paths that depend on a variable."""
        if any(variable is start or variable in group.variables for start, group in self.groups.items()):
            groups: dict[Hashable, Group] = {}
            for start, group in self.groups.items():
                if start is variable:
                    continue
                if variable in group.variables:
                    kept = {path: fact for path, fact in group.facts.items() if not mentions(path, variable)}
                    if not kept:
                        continue
                    group = Group(kept)
                groups[start] = group
            self.groups = groups

    def same(self, other: Facts) -> bool:
        """Whether the same is known of the same paths."""
        if self.groups is other.groups:
            return True
        for start in {**self.groups, **other.groups}:
            one, two = self.groups.get(start), other.groups.get(start)
            if one is not two and (one.real if one is not None else {}) != (two.real if two is not None else {}):
                return False
        return True

    def signature(self) -> frozenset[Telling]:
        """What tells states apart."""
        return frozenset([group.telling for group in self.groups.values() if group.telling])


def start_of(path: ir.Value) -> Hashable:
    """What a path starts in: the variable, or the value that is none."""
    start = ir.root(path)
    return start.variable if isinstance(start, ir.Local) else start


def _is_local(path: ir.Value) -> bool:
    """Whether nothing is known of a path where there is no fact: it starts in a variable of the function itself."""
    start = ir.root(path)
    return isinstance(start, ir.Local) and start.variable.kind not in ("param", "receiver")


@remembered(8192)
def parents(path: ir.Value) -> tuple[ir.Value, ...]:
    """A path and all that it is reached through; remembered, since the same few are asked for over and over."""
    return tuple(prefixes(path))


@remembered(8192)
def variables_in(value: ir.Value) -> frozenset[ir.Variable]:
    """The variables that a value depends on."""
    return frozenset(part.variable for part in parts(value) if isinstance(part, ir.Local))


def mentions(value: ir.Value, variable: ir.Variable) -> bool:
    """Whether a value depends on a variable."""
    return variable in variables_in(value)
