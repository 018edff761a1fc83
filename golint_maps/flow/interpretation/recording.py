"""What is touched and called becomes facts, with all that is known at that point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import NOBODY, AccessFact, CallFact, FunctionFacts, Part, Spawn, contradicts
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.ownership import Ownership
from golint_maps.flow.interpretation.state import State, slot_for, widen
from golint_maps.flow.interpretation.synchronisation import Synchronisation
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import EXCLUSIVE, Held, is_copy
from golint_maps.flow.outward import rebased, translate
from golint_maps.flow.places import place_key, prefixes
from golint_maps.flow.sets import frozen, union
from golint_maps.types.model import Named, Pointer


class Recorder:
    """Keeps the facts of the function at hand, unless this is only a first turn of a loop."""

    def __init__(self, walk: Walk, naming: Naming, ownership: Ownership, synchronisation: Synchronisation) -> None:
        self.walk = walk
        self.naming = naming
        self.ownership = ownership
        self.synchronisation = synchronisation
        # The calls of one function mostly have the same sets of its variables: one object for each.
        self._sets: dict[frozenset[ir.Variable], frozenset[ir.Variable]] = {}

    def record(
        self,
        kind: str,
        map_: ir.Value,
        op: ir.Op,
        state: State,
        at: ir.Span = ir.NOWHERE,
        written: ir.Value | None = None,
    ) -> None:
        """A map is touched here, in one of the ways of `ir.Access`; `at` if that is not the whole of `op`.

        `written` is what stands there for the map, if that is not `map_`.
        """
        if not self.walk.recording:
            return
        frame = self.walk.frame
        path = ir.strip(self.naming.resolve(map_, state))
        key = place_key(path)
        if key is None or _nameless(path):
            return
        if kind in ("replace", "check") and (
            self._own_copy(path) or self.naming.is_field_of_copy(ir.strip(map_), state)
        ):
            return
        self.walk.order += 1
        frame.facts.accesses.append(
            AccessFact(
                frame.function,
                op.at if at == ir.NOWHERE else at,
                kind,
                path,
                key,
                frozen(state.held.values()),
                state.dropped,
                op,
                owned=self.ownership.private(path, state),
                owned_by=self.ownership.owner(path, state),
                live=widen(state.live),
                in_loop=bool(frame.loops),
                order=self.walk.order,
                alias=isinstance(ir.strip(map_), (ir.Local, ir.Result)) and not isinstance(path, (ir.Local, ir.Result)),
                ordered=state.ordered,
                exposed=self.ownership.exposed(path, state),
                made_here=self.ownership.made_here(path, state),
                waited=state.orders(),
                past=state.past,
                distinct=self.ownership.just_given(path, state),
                turn=state.turn,
                built=path in state.built,
                taken=self.ownership.taken_locked(map_ if written is None else written, state),
                assumed=state.assumed,
                perhaps=state.perhaps,
            )
        )

    @staticmethod
    def _own_copy(path: ir.Value) -> bool:
        """Whether a field belongs to a parameter that holds its struct by value: the variable itself is nobody else's."""
        parts = prefixes(path)
        start = parts[-1]
        return (
            isinstance(start, ir.Local)
            and start.variable.kind in ("param", "receiver")
            and len(parts) > 1
            and isinstance(start.type, Named)
            and all(isinstance(part, ir.Field) and not isinstance(part.base.type, Pointer) for part in parts[:-1])
        )

    def reference(self, value: ir.Value, at: ir.Span, state: State | None = None) -> None:
        """A function is mentioned as a value; with a state, in the arguments of a call that happens now."""
        if self.walk.recording:
            held = state.held.values() if state is not None else ()
            keys = frozen(one.key for one in held if one.mode == EXCLUSIVE)
            self.walk.frame.facts.references.append((ir.strip(value), at, keys))

    def _behind(self, captured: Iterable[ir.Variable], state: State) -> frozenset[ir.Variable]:
        """What stands behind captured variables and is the same in each iteration: `base`, after `own := base`."""
        paths = (self.naming.whole(ir.Local(one, type=one.type), state) for one in captured)
        starts = ((path, ir.root(path)) for path in paths)
        return frozen(
            start.variable
            for path, start in starts
            if isinstance(start, ir.Local) and start.variable not in captured and not self.ownership.varies(path)
        )

    def note_call(
        self,
        callee: ir.Function,
        at: ir.Span,
        bound: dict[ir.Variable, ir.Value],
        state: State,
        spawn: Spawn | None,
        held: Iterable[Held] | None = None,
        several_here: bool = False,
        given: frozenset[ir.Variable] = frozenset(),
    ) -> None:
        """A function of the package is called, or started by `spawn`; `several_here`: more than one at this call.

        `bound` is what its variables get, `held` are the locks if not those of the state, `given` those of its parameters
        which get private objects from another function that calls it.
        """
        if not self.walk.recording:
            return
        frame = self.walk.frame
        private = union(self._one(v for v, value in bound.items() if self.ownership.private(value, state)), given)
        owners = {v: owner for v, value in bound.items() if (owner := self.ownership.owner(value, state)) is not None}
        common: frozenset[ir.Variable] = frozen()
        if spawn is not None:
            common = frozen(v for v, value in bound.items() if several_here or not self.ownership.varies(value))
            if callee.parent is not None:
                captured = self.ownership.captured_variables(callee)
                for variable in list(captured):  # what a captured function literal captures in its turn
                    inner = self.naming.resolve(ir.Local(variable, type=variable.type), state)
                    if isinstance(inner, ir.Closure):
                        captured |= self.ownership.captured_variables(inner.function)
                common |= frozen(v for v in captured if several_here or not self.ownership.declared_in_loop(v))
                common |= self._behind(captured, state)
        frame.facts.calls.append(
            CallFact(
                frame.function,
                callee,
                at,
                bound,
                frozen() if spawn is not None else frozen(held if held is not None else state.held.values()),
                state.dropped if spawn is None else frozen(),
                widen(state.live - {spawn}) if spawn is not None else widen(state.live),
                spawn,
                private if spawn is None else frozen(callee.params if spawn.alone else ()),
                common,
                owners if spawn is None and owners else NOBODY,
                self._one(v for v, value in bound.items() if self.ownership.exposed(value, state)),
                self._made(callee, bound, state) if spawn is None else frozen(),
                bool(frame.loops),
                frozen(state.held.values()) if spawn is not None else frozen(),
                state.orders(),
                self._one(v for v, value in bound.items() if self.ownership.just_given(value, state))
                if state.given
                else frozen(),
                state.turn,
                state.assumed,
                state.perhaps if spawn is None else frozen(),
                self._objects(callee, bound, state) if spawn is not None else frozen(),
                self._parts(callee, bound, state),
            )
        )

    def _parts(self, callee: ir.Function, bound: Mapping[ir.Variable, ir.Value], state: State) -> frozenset[Part]:
        """What leads out of the objects made here that a callee gets: `hub` of `&Client{hub: h}`."""
        given = [(v, value) for v, value in bound.items() if isinstance(v.type, Pointer)]
        if callee.parent is self.walk.frame.function:
            captured = self.ownership.captured_variables(callee)
            given += [(v, ir.Local(v, type=v.type)) for v in captured if isinstance(v.type, Pointer)]
        return frozen(
            Part(
                v,
                name,
                path,
                self.ownership.varies(path),
                self.ownership.exposed(path, state),
                self.ownership.made_here(path, state),
                self.ownership.private(path, state),
            )
            for v, value in given
            for name, path in self.ownership.filled_with(value, state)
        )

    def _objects(
        self, callee: ir.Function, bound: Mapping[ir.Variable, ir.Value], state: State
    ) -> frozenset[tuple[ir.Variable, ir.Variable]]:
        """The parameters, and captured variables, with the variables here that hold what a goroutine gets through them."""
        given = {v: start.variable for v, value in bound.items() if isinstance(start := ir.strip(value), ir.Local)}
        if callee.parent is self.walk.frame.function:
            given.update((v, v) for v in self.ownership.captured_variables(callee))
        return frozen((v, held) for v, held in given.items() if self.ownership.is_one_of_its_own(held, state))

    def _made(self, callee: ir.Function, bound: Mapping[ir.Variable, ir.Value], state: State) -> frozenset[ir.Variable]:
        """The parameters, and captured variables, through which a callee gets objects that were made here."""
        made = {v for v, value in bound.items() if self.ownership.made_here(value, state)}
        if callee.parent is self.walk.frame.function:
            captured = self.ownership.captured_variables(callee)
            made.update(v for v in captured if self.ownership.made_here(ir.Local(v, type=v.type), state))
        return self._one(made)

    def _one(self, variables: Iterable[ir.Variable]) -> frozenset[ir.Variable]:
        made = frozen(variables)
        return self._sets.setdefault(made, made)

    def instantiate(
        self,
        facts: FunctionFacts,
        bound: dict[ir.Variable, ir.Value],
        op: ir.Call,
        state: State,
        spawn: Spawn | None = None,
    ) -> None:
        """Accesses of the callee to maps that it was given are accesses to the caller's maps, here and now."""
        if not self.walk.recording:
            return
        frame = self.walk.frame
        call = CallFact(frame.function, facts.function, op.at, bound, frozen(), frozen())
        given = zip(facts.function.params, op.arguments, strict=False)
        named = {one: value for one, value in given if isinstance(ir.strip(value), (ir.Local, ir.Result))}
        for access in facts.handed:
            start = ir.root(access.map)
            if not (isinstance(start, ir.Local) and start.variable in bound):
                continue
            if contradicts(access.assumed, call.decides(state.assumed)):
                continue
            path = rebased(access.map, start, bound[start.variable], bound)
            key = place_key(path) if path is not None else None
            if path is None or key is None or _nameless(path):
                continue
            held = {slot: one for slot, one in state.held.items() if one.key not in access.dropped and spawn is None}
            for one in access.held:
                by_reference = one.path is not None and not is_copy(one.path)
                translated = translate(one.path, bound) if one.path is not None and by_reference else None
                taken = self.synchronisation.held(ir.strip(translated), one.mode) if translated is not None else one
                held[slot_for(taken, held)] = taken
            self.walk.order += 1
            frame.facts.accesses.append(
                AccessFact(
                    access.function,
                    access.at,
                    access.kind,
                    ir.strip(path),
                    key,
                    frozen(held.values()),
                    state.dropped | access.dropped,
                    access.op,
                    owned=spawn is None and self.ownership.private(path, state),
                    owned_by=self.ownership.owner(path, state) if spawn is None else None,
                    live=widen(state.live - {spawn}) if spawn is not None else widen(state.live),
                    through=call,
                    in_loop=bool(frame.loops),
                    order=self.walk.order,
                    spawn=spawn,
                    distinct=spawn is not None and self.ownership.varies(path),
                    ordered=state.ordered,
                    exposed=self.ownership.exposed(path, state),
                    waited=state.orders(),
                    turn=state.turn,
                    alias=start.variable in named and not isinstance(ir.strip(path), (ir.Local, ir.Result)),
                    taken=start.variable in named and self.ownership.taken_locked(named[start.variable], state),
                    assumed=state.assumed,
                    perhaps=state.perhaps if spawn is None else frozen(),
                    around=frozen(state.held.values()) if spawn is not None else frozen(),
                )
            )


def _nameless(path: ir.Value) -> bool:
    """Whether a map is known only as what a call gave: two calls may give two maps."""
    return isinstance(ir.root(path), ir.Result) and not any(
        isinstance(part, ir.Field) and part.owner for part in prefixes(path)
    )
