"""What is known about nil at one point of a function: the abstract domain of `golint_maps.flow.nilness`.

A `State` maps access paths to facts. Several states stand side by side where branches differ in what is nil, each with the
conditions under which it holds, so that `if ready { m = make(…) }` … `if ready { m[k] = v }` is understood. What is not
known is `UNKNOWN`, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from golint_maps.flow import ir
from golint_maps.flow.parts import parts
from golint_maps.flow.places import prefixes, rebase
from golint_maps.types.model import Map, Pointer, Struct, Type
from golint_maps.types.world import World

# States side by side; with more than this, they are joined into one.
_MAX_STATES = 8
_MAX_NESTING = 3


class Kind(Enum):
    """What a path holds: a map that is nil, may be nil, is nil if a call failed, is empty, or is made; a zero struct."""

    NIL = "nil"
    MAYBE = "maybe"
    PENDING = "pending"
    EMPTY = "empty"
    MADE = "made"
    ZERO = "zero"
    UNKNOWN = "unknown"


BAD = frozenset({Kind.NIL, Kind.MAYBE, Kind.PENDING})
_TELLING = frozenset({Kind.NIL, Kind.MAYBE, Kind.PENDING, Kind.EMPTY, Kind.ZERO})


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(slots=True)
class State:
    """Facts by path; `alias` says what local variables stand for, `meaning` what conditions they hold.

    `changed` are the keys of places that callees may have assigned; `dead` where control does not get further. `flags` are
    fields that hold `true` or `false` since they were assigned here.
    """

    facts: dict[ir.Value, Fact] = field(default_factory=dict)
    alias: dict[ir.Variable, ir.Value] = field(default_factory=dict)
    meaning: dict[ir.Variable, ir.Value] = field(default_factory=dict)
    assumed: dict[ir.Value, bool] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    dead: bool = False
    flags: dict[ir.Value, bool] = field(default_factory=dict)

    def copy(self) -> State:
        """An independent copy."""
        return State(
            dict(self.facts),
            dict(self.alias),
            dict(self.meaning),
            dict(self.assumed),
            self.changed,
            self.dead,
            dict(self.flags),
        )

    # --- paths --------------------------------------------------------------------------------------------------------

    def path(self, value: ir.Value) -> ir.Value | None:
        """The access path that a value denotes, aliases resolved; None for values that are no places."""
        value = strip(value)
        if isinstance(value, ir.Local):
            return self.alias.get(value.variable, value)
        if isinstance(value, (ir.Global, ir.Item)):
            return value
        if isinstance(value, ir.Result):
            return value
        if isinstance(value, ir.Field):
            base = self.path(value.base)
            if base is None:
                return None
            return (
                value if base is value.base else ir.Field(base, value.name, value.owner, type=value.type, at=value.at)
            )
        if isinstance(value, ir.Element):
            base = self.path(value.base)
            if base is None:
                return None
            return value if base is value.base else ir.Element(base, value.key, type=value.type, at=value.at)
        return None

    def lookup(self, path: ir.Value, world: World) -> Fact | None:
        """What is known of a path; None where this function has done nothing to it yet."""
        fact = self.facts.get(path)
        if fact is not None:
            return fact
        step, by_value = path, True
        while isinstance(step, (ir.Field, ir.Element)):
            base = strip(step.base)
            fact = self.facts.get(base)
            if fact is not None:
                holds = by_value and (
                    (fact.kind is Kind.ZERO and isinstance(step, ir.Field))
                    or (fact.kind in (Kind.EMPTY, Kind.NIL) and isinstance(step, ir.Element))
                )
                if holds and world.map_type(path.type) is not None:
                    return Fact(Kind.NIL, fact.origin)
                return UNKNOWN_FACT
            by_value = by_value and isinstance(world.underlying(base.type), (Struct, Map))
            step = base
        if isinstance(step, ir.Local) and step.variable.kind not in ("param", "receiver"):
            return UNKNOWN_FACT
        if not isinstance(step, (ir.Global, ir.Local)) or (self.changed and self._changed(path)):
            return UNKNOWN_FACT
        return None

    def unknown(self, path: ir.Value) -> None:
        """Nothing is known of a path any more."""
        if isinstance(path, ir.Local) and path.variable.kind not in ("param", "receiver"):
            self.facts.pop(path, None)
        else:
            self.facts[path] = UNKNOWN_FACT

    def _changed(self, path: ir.Value) -> bool:
        for part in parents(path):
            if isinstance(part, ir.Field):
                names = (f"{part.owner}.{part.name}", f"{part.owner}.*", f"?.{part.name}")
                if not self.changed.isdisjoint(names):
                    return True
            elif isinstance(part, ir.Global) and f"{part.package}.{part.name}" in self.changed:
                return True
        return False

    # --- changes ------------------------------------------------------------------------------------------------------

    def forget_variable(self, variable: ir.Variable, world: World) -> None:
        """A variable is about to be assigned: what was known through it is known no more."""
        here = ir.Local(variable)
        for other, known in list(self.alias.items()):
            if variable in variables_in(known):
                del self.alias[other]
                if other is not variable:
                    self._detach(other, known, world)
        for path in [path for path in self.facts if path == here or mentions(path, variable)]:
            del self.facts[path]
        for condition in [one for one in self.assumed if mentions(one, variable)]:
            del self.assumed[condition]
        for other in [one for one, value in self.meaning.items() if one is variable or mentions(value, variable)]:
            del self.meaning[other]
        for flag in [one for one in self.flags if mentions(one, variable)]:
            del self.flags[flag]
        self.alias.pop(variable, None)

    def forget_path(self, path: ir.Value, world: World) -> None:
        """A place is about to be assigned: local variables keep what they took from it."""
        for other, known in list(self.alias.items()):
            if path in parents(known):
                del self.alias[other]
                self._detach(other, known, world)
        for known in [known for known in self.facts if path in parents(known)]:
            del self.facts[known]

    def _detach(self, variable: ir.Variable, path: ir.Value, world: World) -> None:
        """A variable keeps what it took from a path that now holds something else."""
        fact = self.lookup(path, world)
        if fact is None or fact.kind is Kind.UNKNOWN:
            self.unknown(ir.Local(variable))
        else:
            self.facts[ir.Local(variable)] = fact

    def below(self, path: ir.Value) -> list[ir.Value]:
        """The paths with facts that start with `path`."""
        return [known for known in self.facts if path in parents(known)]

    def spoil(self, path: ir.Value, world: World) -> None:
        """Somebody else may change what a path leads to."""
        kind = self.facts.get(path, UNKNOWN_FACT).kind
        for known in self.below(path):
            if known != path:
                del self.facts[known]
        if kind in BAD or kind in (Kind.MADE, Kind.EMPTY):
            if kind is Kind.EMPTY:
                self.facts[path] = MADE
        else:
            self.unknown(path)

    def open(self, path: ir.Value) -> None:
        """A map gets entries: it is not known to be empty any more."""
        fact = self.facts.get(path)
        if fact is not None and fact.kind is Kind.EMPTY:
            self.facts[path] = MADE

    def signature(self) -> frozenset[tuple[ir.Value, Kind]]:
        """What tells states apart."""
        return frozenset((path, fact.kind) for path, fact in self.facts.items() if fact.kind in _TELLING)


@lru_cache(maxsize=8192)
def parents(path: ir.Value) -> tuple[ir.Value, ...]:
    """A path and all that it is reached through; remembered, since the same few are asked for over and over."""
    return tuple(prefixes(path))


@lru_cache(maxsize=8192)
def variables_in(value: ir.Value) -> frozenset[ir.Variable]:
    """The variables that a value depends on."""
    return frozenset(part.variable for part in parts(value) if isinstance(part, ir.Local))


def mentions(value: ir.Value, variable: ir.Variable) -> bool:
    """Whether a value depends on a variable."""
    return variable in variables_in(value)


def merge(states: Iterable[State], world: World) -> list[State]:
    """States that don't differ in what is nil become one."""
    groups: dict[frozenset[tuple[ir.Value, Kind]], State] = {}
    for state in states:
        key = state.signature()
        known = groups.get(key)
        groups[key] = state if known is None else join(known, state, world)
    found = list(groups.values())
    if len(found) <= _MAX_STATES:
        return found
    result = found[0]
    for other in found[1:]:
        result = join(result, other, world)
    return [result]


def join(one: State, other: State, world: World) -> State:
    """What holds in both states."""
    if one is other:
        return one
    result = State()
    for variable in {**one.alias, **other.alias}:
        here, there = one.alias.get(variable), other.alias.get(variable)
        if here is not None and here == there:
            result.alias[variable] = here
        else:
            result.unknown(ir.Local(variable))
    for path in {**one.facts, **other.facts}:
        if path in result.facts:
            continue
        first, second = one.facts.get(path), other.facts.get(path)
        if first is not None and second is not None and first.kind is second.kind and first.call == second.call:
            result.facts[path] = first if first.source == second.source else replace(first, source=None)
        else:
            result.unknown(path)
    result.meaning = {v: value for v, value in one.meaning.items() if other.meaning.get(v) == value}
    result.changed = one.changed | other.changed
    result.flags = {flag: truth for flag, truth in one.flags.items() if other.flags.get(flag) == truth}
    result.assumed = {c: truth for c, truth in one.assumed.items() if other.assumed.get(c) == truth}
    return result


def strip(value: ir.Value) -> ir.Value:
    """The place behind `&`, `*` and conversions; assertions are values of their own."""
    while True:
        if (isinstance(value, ir.Unary) and value.op in "&*") or isinstance(value, ir.Conversion):
            value = value.operand
        else:
            return value


def map_fields(type_: Type, world: World, depth: int = 0) -> list[tuple[ir.Field, ...]]:
    """The map fields of a struct type, also of the structs inside it by value, as chains of fields without a base."""
    named = world.named(type_)
    owner = named.qualified if named is not None and world.in_run(named.qualified) else ""
    struct = world.underlying(world.deref(type_))
    if not isinstance(struct, Struct) or depth > _MAX_NESTING:
        return []
    found: list[tuple[ir.Field, ...]] = []
    for one in struct.fields:
        step = ir.Field(ir.Nil(), one.name, owner, type=one.type)
        if world.map_type(one.type) is not None:
            found.append((step,))
        elif not isinstance(one.type, Pointer) and isinstance(world.underlying(one.type), Struct):
            found.extend((step, *inner) for inner in map_fields(one.type, world, depth + 1))
    return found


def extend(path: ir.Value, steps: Iterable[ir.Field]) -> ir.Value:
    """The path with a chain of fields appended."""
    for step in steps:
        path = ir.Field(path, step.name, step.owner, type=step.type, at=path.at)
    return path


def moved(state: State, source: ir.Value, target: ir.Value) -> None:
    """Copy what is known below one path to another: `target = source`."""
    for known in state.below(source):
        there = rebase(known, source, target)
        if there is not None:
            fact = state.facts[known]
            if fact.kind is Kind.EMPTY:
                fact = state.facts[known] = replace(fact, kind=Kind.MADE)
            state.facts[there] = fact
