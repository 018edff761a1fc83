"""One package, analysed: what rules look at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any, TypeVar, cast

from golint_maps.flow import ir
from golint_maps.flow.accesses import Place
from golint_maps.flow.awaiting import awaited_goroutines
from golint_maps.flow.build import lower_package
from golint_maps.flow.doubts import HandedOn
from golint_maps.flow.excuses import Excuses
from golint_maps.flow.facts import FunctionFacts
from golint_maps.flow.foreign import find_forgotten
from golint_maps.flow.gathering import KeptPlaces, collect_places
from golint_maps.flow.guards import guard_of_neighbours
from golint_maps.flow.index import Index
from golint_maps.flow.interpretation.interpreter import Interpreter
from golint_maps.flow.locks import has_lock
from golint_maps.flow.madefor import made_for_calls
from golint_maps.flow.models import Spawner
from golint_maps.flow.noting import NotingProgram, interpret_again
from golint_maps.flow.presence import has_maps
from golint_maps.flow.program import Program, closures_of
from golint_maps.flow.prose import Prose
from golint_maps.flow.recontexts import kept as kept_contexts
from golint_maps.flow.reuse import Reuse
from golint_maps.flow.standing import made_in_vain
from golint_maps.flow.threads import Contexts, find_contexts
from golint_maps.flow.verdicts import Conflict, KeptConflicts, find_conflicts
from golint_maps.project.package import GoFile, Package
from golint_maps.record import record
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.hints import NO_HINTS, TypeHints
from golint_maps.types.world import World

T = TypeVar("T")


@record(slots=True)
class PackageFlow:
    """Everything that is known of a package: its functions, what they do, on which threads, and the places they touch."""

    package: Package
    types: PackageTypes
    world: World
    functions: list[ir.Function]
    facts: dict[ir.Function, FunctionFacts]
    contexts: Contexts
    places: list[Place]
    conflicts: list[Conflict]
    program: Program
    partly_read: tuple[str, ...] = ()
    files: dict[str, GoFile] = field(default_factory=dict)
    # Whether the package has anything to do with maps.
    has_maps: bool = True
    # The declared functions, callees before their callers.
    callees_first: list[ir.Function] = field(default_factory=list)
    # What was kept of the package as it was before an edit, if anything is kept at all.
    reuse: Reuse | None = None
    _every: list[ir.Function] = field(default_factory=list)
    _indexes: dict[ir.Function, Index] = field(default_factory=dict)
    _shared: dict[Callable[[PackageFlow], object], object] = field(default_factory=dict)

    def index(self, function: ir.Function) -> Index:
        """The ops of a function by kind; made once."""
        known = self._indexes.get(function)
        if known is None:
            reuse = self.reuse
            known = (
                Index(function.body)
                if reuse is None
                else reuse.answer("index", function, (), lambda: Index(function.body))
            )
            self._indexes[function] = known
        return known

    def shared(self, find: Callable[[PackageFlow], T]) -> T:
        """What `find` gives for this package; found once and shared by those who ask."""
        if find not in self._shared:
            self._shared[find] = find(self)
        return cast("T", self._shared[find])

    def entry(self, find: Callable[[PackageFlow], Mapping[Any, T]], key: Hashable) -> T | None:
        """One entry of the table that `find` gives for this package: what there is to know about a part of it."""
        return self.shared(find).get(key)

    def all_functions(self) -> Iterator[ir.Function]:
        """Every function and function literal, each before the literals inside it."""
        if not self._every:
            self._every = [one for function in self.functions for one in (function, *closures_of(function))]
        return iter(self._every)

    def line(self, path: str, offset: int) -> int:
        """The 1-based line of a byte offset in one of the package's files."""
        return self.files[path].text.count(b"\n", 0, offset) + 1

    def take_apart(self) -> None:
        """Nobody will ask any more: cut the functions loose from each other, and from what is known of them.

        All that is known of a package hangs together in circles. What is in one stays in memory until the garbage
        collector finds it, which costs more than a tenth of an analysis, and the next package has to take new memory.
        """
        for function in self.all_functions():
            function.receiver = function.parent = function.body = None
            function.params, function.results, function.closures = [], [], []
        for known in (self.facts, self.contexts, self._indexes, self._shared, vars(self.program), vars(self.world)):
            known.clear()
        for listed in (self._every, self.places, self.conflicts):
            listed.clear()


@record(slots=True)
class _Kept:
    """What is kept of the contexts, places and conflicts of a package for its next analysis."""

    contexts: Contexts = field(default_factory=dict)
    places: KeptPlaces = field(default_factory=KeptPlaces)
    conflicts: KeptConflicts = field(default_factory=dict)


def analyse_package(
    package: Package,
    known: Mapping[str, PackageTypes],
    fallback: Callable[[str], PackageTypes | None],
    spawners: Mapping[str, Spawner] = MappingProxyType({}),
    hints: TypeHints = NO_HINTS,
    reuse: Reuse | None = None,
    declared: Callable[[PackageTypes], None] = lambda types: None,
) -> PackageFlow:
    """Lower a package and find what its functions do, callees first.

    `known` are the declarations of other packages, `fallback` gives those of the standard library, `spawners` are further
    functions that run an argument on another goroutine, `hints` what is known of types beside their declarations, `reuse`
    what was kept of the package as it was before an edit. `declared` is called with the declarations once they are known.
    """
    lowered = lower_package(package, known, fallback, hints=hints, reuse=reuse, declared=declared)
    noting = NotingProgram(lowered.world, package.import_path, lowered.functions, reuse) if reuse is not None else None
    program = noting or Program(lowered.world, package.import_path, lowered.functions)
    program.extra_spawners = spawners
    order = callees_first(lowered.functions, program, reuse)
    if noting is not None and reuse is not None:
        interpret_again(order, noting, reuse)
    else:
        interpreter = Interpreter(program)
        for function in order:
            interpreter.run(function)
    kept = reuse.whole("conflicts", _Kept) if reuse is not None else _Kept()
    awaited = awaited_goroutines(program.facts)
    contexts = find_contexts(program, lowered.functions, package.name, awaited, reuse)
    contexts = kept.contexts = kept_contexts(kept.contexts, contexts)
    places = collect_places(program.facts, contexts, awaited, lambda key: _annotated(key, lowered.types), kept.places)
    guard_of_neighbours(places, program.facts)
    constraints = {file.path: file.constraint for file in package.files if file.constraint}
    files = {file.path: file for file in package.files}
    excuses = Excuses(files)
    judged = [place for place in places if not hints.keeps_safe(place.key)]
    conflicts = find_conflicts(
        judged,
        lambda place: _carries_lock(place, lowered.types, lowered.world),
        constraints,
        excuses.says_safe,
        _handed_on(program.facts, lowered.types),
        Prose(lowered.types, files).says_alone,
        kept.conflicts,
    )
    conflicts += find_forgotten(judged, conflicts, package.import_path, lowered.world, excuses.says_safe)

    return PackageFlow(
        package,
        lowered.types,
        lowered.world,
        lowered.functions,
        program.facts,
        contexts,
        places,
        conflicts,
        program,
        lowered.partly_read,
        files,
        bool(places) or has_maps(package, lowered.functions, lowered.world),
        order,
        reuse,
    )


def _annotated(key: str, types: PackageTypes) -> str:
    """The lock key that a comment on the declaration names as the guard of a place; "" for none."""
    prefix = types.path + "."
    if not key.startswith(prefix):
        return ""
    owner, _, name = key[len(prefix) :].rpartition(".")
    if not owner:
        declared = types.variables.get(name)
        guard = declared.guard if declared else ""
        return prefix + guard if guard in types.variables else ""
    declaration = types.types.get(owner)
    guard = declaration.guards.get(name, "") if declaration else ""
    if not guard or declaration is None:
        return ""
    if guard in declaration.fields_at or guard == name:
        return f"{prefix}{owner}.{guard}"
    return prefix + guard if guard in types.variables else ""


def _carries_lock(place: Place, types: PackageTypes, world: World) -> bool:
    """Whether the named type whose field a place is has a lock among its fields."""
    prefix = types.path + "."
    owner = place.key.removeprefix(prefix).partition(".")[0] if place.key.startswith(prefix) else ""
    declaration = types.types.get(owner)
    return declaration is not None and has_lock(declaration.underlying, world)


def _handed_on(facts: Mapping[ir.Function, FunctionFacts], types: PackageTypes) -> HandedOn:
    """The types whose objects goroutines pass to each other, and the parameters that get objects made for them."""
    found = list(facts.values())
    return HandedOn(
        frozenset().union(*(one.carried for one in found)),
        frozenset().union(*(one.pooled for one in found)),
        made_for_calls(types, facts),
        made_in_vain(types, facts),
    )


def callees_first(functions: list[ir.Function], program: Program, reuse: Reuse | None = None) -> list[ir.Function]:
    """The functions in an order in which callees come before their callers, as far as recursion allows."""

    def callees(function: ir.Function) -> list[ir.Function]:
        named = (
            _named_in(function) if reuse is None else reuse.answer("named", function, (), lambda: _named_in(function))
        )
        return [callee for value in named for callee in program.declared(value) if callee.parent is None]

    order: list[ir.Function] = []
    state: dict[ir.Function, int] = {}
    for start in functions:
        if start in state:
            continue
        state[start] = 1
        stack = [(start, iter(callees(start)))]
        while stack:
            function, remaining = stack[-1]
            for callee in remaining:
                if callee not in state:
                    state[callee] = 1
                    stack.append((callee, iter(callees(callee))))
                    break
            else:
                stack.pop()
                order.append(function)
    return order


def _named_in(function: ir.Function) -> tuple[ir.Value, ...]:
    """The functions and methods that a function, or a literal inside it, calls or passes to a call."""
    return tuple(
        value
        for op in ir.walk_with_literals(function)
        if isinstance(op, ir.Call)
        for value in (op.callee, *op.arguments)
        if isinstance(value, (ir.FunctionRef, ir.MethodRef))
    )
