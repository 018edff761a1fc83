"""What is known about nil at one point of a function: the abstract domain of `golint_maps.flow.nilness`.

A `State` maps access paths to facts. Several states stand side by side where branches differ in what is nil, each with the
conditions under which it holds, so that `if ready { m = make(…) }` … `if ready { m[k] = v }` is understood. What is not
known is `UNKNOWN`, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import field, replace
from typing import TypeVar

from golint_maps.flow import ir
from golint_maps.flow.nilfacts import (
    BAD,
    MADE,
    UNKNOWN_FACT,
    Fact,
    Facts,
    Group,
    Kind,
    Telling,
    mentions,
    parents,
)
from golint_maps.flow.parts import parts
from golint_maps.flow.places import rebase
from golint_maps.flow.remembered import remembered
from golint_maps.record import record
from golint_maps.types.model import Map, Pointer, Struct, Type
from golint_maps.types.world import World

# States side by side; with more than this, they are joined into one.
_MAX_STATES = 8
_MAX_NESTING = 3

K = TypeVar("K")
V = TypeVar("V")


@record(slots=True)
class State:
    """Facts by path; `alias` says what local variables stand for, `meaning` what conditions they hold.

    `changed` are the keys of places that callees may have assigned; `dead` where control does not get further. `flags` are
    fields and variables that hold `true` or `false` since they were assigned here, and variables that hold a number
    (as the condition `i == 0`). `shared` are objects that have been stored where functions that are called may find them.

    The dictionaries are never changed, only replaced, so that copies share them and joins see at once what is the same.
    """

    facts: Facts = field(default_factory=Facts)
    alias: dict[ir.Variable, ir.Value] = field(default_factory=dict)
    meaning: dict[ir.Variable, ir.Value] = field(default_factory=dict)
    assumed: dict[ir.Value, bool] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    dead: bool = False
    flags: dict[ir.Value, bool] = field(default_factory=dict)
    shared: frozenset[ir.Value] = frozenset()

    def copy(self) -> State:
        """An independent copy."""
        return replace(self, facts=self.facts.copy())

    def same(self, other: State) -> bool:
        """Whether two states know the same."""
        return (
            self.alias == other.alias
            and self.meaning == other.meaning
            and self.assumed == other.assumed
            and self.changed == other.changed
            and self.dead == other.dead
            and self.flags == other.flags
            and self.shared == other.shared
            and self.facts.same(other.facts)
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
            return (
                value
                if base is value.base
                else ir.Element(base, value.key, type=value.type, at=value.at, of_map=value.of_map)
            )
        return None

    def lookup(self, path: ir.Value, world: World) -> Fact | None:
        """What is known of a path; None where this function has done nothing to it yet."""
        group = self.facts.group(path)
        known = group.facts if group is not None else {}
        fact = known.get(path)
        if fact is not None:
            return fact
        step, by_value = path, True
        while isinstance(step, (ir.Field, ir.Element)):
            base = strip(step.base)
            fact = known.get(base)
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
        if _is_plain(path):
            self.facts.drop((path,))
        else:
            self.facts[path] = UNKNOWN_FACT

    def _changed(self, path: ir.Value) -> bool:
        return any(not self.changed.isdisjoint(names) for names in map(assigned_as, parents(path)))

    # --- changes ------------------------------------------------------------------------------------------------------

    def forget_variable(self, variable: ir.Variable, world: World) -> None:
        """A variable is about to be assigned: what was known through it is known no more."""
        found = [(other, known) for other, known in self.alias.items() if mentions(known, variable)]
        if found or variable in self.alias:
            for other, known in found:
                if other is not variable:
                    self._detach(other, known, world)
            gone = {variable, *(other for other, _ in found)}
            self.alias = {other: known for other, known in self.alias.items() if other not in gone}
        self.facts.forget_variable(variable)
        if any(mentions(one, variable) for one in self.assumed):
            self.assumed = {one: truth for one, truth in self.assumed.items() if not mentions(one, variable)}
        if any(one is variable or mentions(value, variable) for one, value in self.meaning.items()):
            self.meaning = {
                one: value
                for one, value in self.meaning.items()
                if one is not variable and not mentions(value, variable)
            }
        if any(mentions(one, variable) for one in self.shared):
            self.shared = frozenset(one for one in self.shared if not mentions(one, variable))
        if any(mentions(one, variable) for one in self.flags):
            self.flags = {one: truth for one, truth in self.flags.items() if not mentions(one, variable)}

    def forget_path(self, path: ir.Value, world: World) -> None:
        """A place is about to be assigned: local variables keep what they took from it."""
        found = [(other, known) for other, known in self.alias.items() if path in parents(known)]
        if found:
            for other, known in found:
                self._detach(other, known, world)
            self.alias = {other: known for other, known in self.alias.items() if path not in parents(known)}
        # Conditions held in variables (`missing := c.m == nil`) are about what was there before.
        stale = {one for one, meant in self.meaning.items() if self._is_about(meant, path)}
        if stale:
            self.meaning = {one: meant for one, meant in self.meaning.items() if one not in stale}
        self.facts.forget_below(path, itself=True)

    def _is_about(self, condition: ir.Value, path: ir.Value) -> bool:
        """Whether a condition compares what is in a place with something."""
        return any(
            isinstance(part, ir.Binary) and path in (self.path(part.left), self.path(part.right))
            for part in parts(condition)
        )

    def forget_nothing(self, path: ir.Value, world: World) -> None:
        """In place of `forget_path` where a place is new."""

    def _detach(self, variable: ir.Variable, path: ir.Value, world: World) -> None:
        """A variable keeps what it took from a path that now holds something else."""
        fact = self.lookup(path, world)
        if fact is None or fact.kind is Kind.UNKNOWN:
            self.unknown(ir.Local(variable))
        else:
            self.facts[ir.Local(variable)] = fact
            for known in self.facts.below(path):
                there, below = rebase(known, path, ir.Local(variable)), self.facts.get(known)
                if there is not None and below is not None:
                    self.facts[there] = below
            if path in self.shared:
                self.shared |= {ir.Local(variable)}

    def spoil(self, path: ir.Value, world: World) -> None:
        """Somebody else may change what a path leads to."""
        kind = self.facts.kind(path)
        self.facts.forget_below(path, itself=False)
        if kind in BAD or kind in (Kind.MADE, Kind.EMPTY):
            if kind is Kind.EMPTY:
                self.facts[path] = MADE
        else:
            self.unknown(path)

    def open(self, path: ir.Value) -> None:
        """A map gets entries: it is not known to be empty any more."""
        if self.facts.kind(path) is Kind.EMPTY:
            self.facts[path] = MADE


@remembered(8192)
def assigned_as(path: ir.Value) -> tuple[str, ...]:
    """The names in `State.changed` that tell that a field or a package variable was assigned."""
    if isinstance(path, ir.Field):
        return f"{path.owner}.{path.name}", f"{path.owner}.*", f"?.{path.name}"
    return (f"{path.package}.{path.name}",) if isinstance(path, ir.Global) else ()


def merge(states: Iterable[State], world: World) -> list[State]:
    """States that don't differ in what is nil become one."""
    found = list(states)
    if len(found) > 1:
        groups: dict[frozenset[Telling], State] = {}
        for state in found:
            key = state.facts.signature()
            known = groups.get(key)
            groups[key] = state if known is None else join(known, state)
        found = list(groups.values())
    if len(found) <= _MAX_STATES:
        return found
    result = found[0]
    for other in found[1:]:
        result = join(result, other)
    return [result]


def join(one: State, other: State) -> State:
    """What holds in both states."""
    if one is other:
        return one
    result = State()
    lost: list[ir.Value] = []
    if one.alias is other.alias:
        result.alias = one.alias
    else:
        for variable in {**one.alias, **other.alias}:
            here, there = one.alias.get(variable), other.alias.get(variable)
            if here is not None and (here is there or here == there):
                result.alias[variable] = here
            else:
                lost.append(ir.Local(variable))
    result.facts = _joined(one.facts, other.facts)
    for path in lost:
        if not _is_plain(path):
            result.facts[path] = UNKNOWN_FACT
    result.meaning = _common(one.meaning, other.meaning)
    result.changed = one.changed | other.changed
    result.flags = _common(one.flags, other.flags)
    result.shared = one.shared | other.shared
    result.assumed = _common(one.assumed, other.assumed)
    return result


def _common(one: dict[K, V], other: dict[K, V]) -> dict[K, V]:
    """The entries that two dictionaries share."""
    if one is other:
        return one
    return {key: value for key, value in one.items() if other.get(key) == value}


def _joined(one: Facts, other: Facts) -> Facts:
    if one.groups is other.groups:
        return one.copy()
    groups: dict[Hashable, Group] = {}
    for start in {**one.groups, **other.groups}:
        first, second = one.groups.get(start), other.groups.get(start)
        if first is not None and first is second:
            groups[start] = first
            continue
        facts = _both(first.facts if first is not None else {}, second.facts if second is not None else {})
        if facts:
            groups[start] = Group(facts)
    return Facts(groups)


def _both(one: dict[ir.Value, Fact], other: dict[ir.Value, Fact]) -> dict[ir.Value, Fact]:
    found: dict[ir.Value, Fact] = {}
    for path in {**one, **other}:
        first, second = one.get(path), other.get(path)
        if first is second and first is not None:
            found[path] = first
        elif first is not None and second is not None and first.kind is second.kind and first.call == second.call:
            found[path] = first if first.source == second.source else replace(first, source=None)
        elif not _is_plain(path):
            found[path] = UNKNOWN_FACT
    return found


def _is_plain(path: ir.Value) -> bool:
    """Whether a path is a variable of which nothing is known where there is no fact."""
    return isinstance(path, ir.Local) and path.variable.kind not in ("param", "receiver")


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
    for known in state.facts.below(source):
        there = rebase(known, source, target)
        fact = state.facts.get(known)
        if there is not None and fact is not None:
            if fact.kind is Kind.EMPTY:
                fact = state.facts[known] = replace(fact, kind=Kind.MADE)
            state.facts[there] = fact
