"""Who made an object, and who else can reach it by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import FunctionFacts
from golint_maps.flow.interpretation.naming import Naming, names_something
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.outward import translate
from golint_maps.flow.places import is_picked, prefixes
from golint_maps.flow.program import captured_variables, qualified_name
from golint_maps.types.model import Array, Basic, Map, Pointer, Struct, Type, qualified_name_of

# Objects that become shared with one value.
_MAX_SHARED = 200

_MADE = (ir.Composite, ir.Make, ir.New)


def _hands_out_locked(getter: FunctionFacts) -> bool:
    """Whether a function returns references of maps only while it holds a lock, or what it has taken under one."""
    copies = [one for one in getter.accesses if one.kind == "copy" and isinstance(one.op, ir.Return)]
    return bool(copies) and all(one.held or one.taken for one in copies)


class Ownership:
    """Tells objects that are private from those that others can reach."""

    def __init__(self, walk: Walk, naming: Naming) -> None:
        self.walk = walk
        self.program = walk.program
        self.world = walk.program.world
        self.naming = naming
        self._captures: dict[ir.Function, set[ir.Variable]] = {}

    def private(self, value: ir.Value, state: State) -> bool:
        """Whether the object that a path starts in was made here and nobody else can reach it yet."""
        path = self.naming.resolve(value, state)
        start = ir.root(path)
        if state.own and isinstance(start, ir.Local) and any(part in state.own for part in prefixes(path)):
            return start.variable not in state.shared
        if self._has_new_map(path, state):
            return True
        if isinstance(start, (ir.Composite, ir.Make, ir.New)):
            return id(start) not in state.shared
        if isinstance(start, ir.Local):
            variable = start.variable
            if variable.function is not self.walk.frame.function or variable in state.shared:
                return False
            behind = state.env.get(variable)
            if variable.kind in ("param", "receiver"):  # what the caller gave, until it is given something made here
                return (
                    behind is not None and isinstance(made := ir.strip(behind), _MADE) and id(made) not in state.shared
                )
            if behind is None:
                return self._is_value(variable.type)
            made = ir.strip(behind)
            if isinstance(made, (ir.Composite, ir.Make, ir.New)):
                return id(made) not in state.shared
            return isinstance(made, ir.Result) and id(made.call) not in state.shared and self._fresh_result(made, state)
        if isinstance(start, ir.Result):
            if id(start.call) in state.shared:
                return False
            return self._fresh_result(start, state)
        return isinstance(start, (ir.Constant, ir.Nil, ir.Binary))

    def _has_new_map(self, value: ir.Value, state: State) -> bool:
        """Whether a variable holds a copy of a struct that got a map of its own since."""
        if not state.own or not isinstance(value, ir.Local) or value.variable in state.shared:
            return False
        given = [new for path, new in state.own.items() if ir.root(path) == value and self.world.map_type(path.type)]
        return bool(given) and not any(names_something(new) for new in given)

    def _is_value(self, type_: Type) -> bool:
        """Whether a variable of this type holds its object itself (a struct, an array, a map that was never assigned)."""
        return isinstance(self.world.underlying(type_), (Struct, Array, Map))

    def is_plain(self, type_: Type) -> bool:
        """Whether a value of this type leads nowhere: a number, a text."""
        under = self.world.underlying(type_)
        return isinstance(under, Basic) and under.name not in ("any", "error", "comparable")

    def _fresh_result(self, value: ir.Result, state: State) -> bool:
        callee = self.naming.resolve(value.call.callee, state)
        declared = self.program.declared(callee)
        if declared:
            return all(
                (facts := self.program.facts.get(one)) is not None and value.index in facts.fresh for one in declared
            )
        name = callee.name if isinstance(callee, (ir.FunctionRef, ir.MethodRef)) else ""
        if isinstance(callee, ir.FunctionRef) and callee.package != self.program.package:
            return name.startswith(("New", "Make", "Clone", "Copy", "Collect"))
        if qualified_name(callee) == "sync.Pool.Get":  # ours until it is put back
            return True
        return isinstance(callee, ir.MethodRef) and name in ("Clone", "Copy", "DeepCopy")

    def is_one_of_its_own(self, variable: ir.Variable, state: State) -> bool:
        """Whether a variable holds an object that was made here for it alone, and that was given no map of somebody else."""
        behind = state.env.get(variable)
        if behind is None or variable.kind != "local" or variable.assignments > 1:
            return False
        if self._has_new_map(ir.Local(variable), state):
            return True
        made = ir.strip(behind)
        if isinstance(made, ir.Composite):
            given = [entry for _, entry in made.entries if self.world.map_type(entry.type) is not None]
            return all(isinstance(ir.strip(entry), (ir.Make, ir.Composite, ir.Nil)) for entry in given)
        if isinstance(made, ir.Result) and self.program.declared(self.naming.resolve(made.call.callee, state)):
            maps = (self.world.map_type(argument.type) for argument in made.call.arguments)
            return self._fresh_result(made, state) and all(one is None for one in maps)
        return isinstance(made, ir.New)

    def filled_with(self, value: ir.Value, state: State) -> Iterator[tuple[str, ir.Value]]:
        """The fields of an object that was made here, or by a constructor, which lead to what was there before, and to what."""
        bare = ir.strip(value)
        if isinstance(bare, ir.Local):
            behind = state.env.get(bare.variable)
            bare = ir.strip(behind) if behind is not None and bare.variable.kind == "local" else bare
        bound: Mapping[ir.Variable, ir.Value] | None = None
        if isinstance(bare, ir.Result):
            declared = self.program.declared(self.naming.resolve(bare.call.callee, state))
            facts = self.program.facts.get(declared[0]) if len(declared) == 1 else None
            if facts is None or bare.index >= len(facts.makings):
                return
            bound = self.naming.arguments(declared[0], bare.call, state)
            entries = facts.makings[bare.index]
        elif isinstance(bare, ir.Composite):
            entries = tuple((name, entry) for name, entry in bare.entries if isinstance(name, str))
        else:
            return
        for name, entry in entries:
            if not isinstance(entry.type, Pointer) and (
                self.world.map_type(entry.type) is None
                or f"{qualified_name_of(value.type)}.{name}" in self.program.replaced
            ):
                continue
            path = ir.strip(self.naming.resolve(entry, state)) if bound is None else translate(ir.strip(entry), bound)
            if path is not None and names_something(path):
                yield name, path

    def owner(self, value: ir.Value, state: State) -> ir.Variable | None:
        """The parameter or receiver that a path starts in, if this function has not shared its object."""
        start = ir.root(value)
        if (
            isinstance(start, ir.Local)
            and start.variable.kind in ("param", "receiver")
            and start.variable not in state.shared
        ):
            return start.variable
        return None

    def share(self, value: ir.Value, state: State) -> None:
        """The objects that a value leads to become reachable by others."""
        frame = self.walk.frame
        pending, seen = [value], set[int]()
        while pending:
            start = ir.root(self.naming.resolve(pending.pop(), state))
            if id(start) in seen or len(seen) > _MAX_SHARED:
                continue
            seen.add(id(start))
            if isinstance(start, ir.Composite):
                # A number or text that was taken out of an object is no way to it.
                pending.extend(entry for _, entry in start.entries if not self.is_plain(entry.type))
            if isinstance(start, (ir.Composite, ir.Make, ir.New)):
                state.shared |= {id(start)}
            elif isinstance(start, ir.Result):
                state.shared |= {id(start.call)}
            elif isinstance(start, ir.Local):
                if start.variable in state.shared:
                    continue
                state.shared |= {start.variable}
                behind = state.env.get(start.variable)
                if behind is not None and self.naming.names_itself(start.variable, behind):
                    pending.append(behind)
                if start.variable.kind in ("param", "receiver") and start.variable.function is frame.function:
                    frame.escaping.add(start.variable)
            elif isinstance(start, ir.Closure):
                pending.extend(ir.Local(v, type=v.type) for v in self.captured_variables(start.function))
            elif isinstance(start, ir.MethodRef):
                pending.append(start.base)

    def captured_variables(self, function: ir.Function) -> set[ir.Variable]:
        """The variables of enclosing functions that a closure mentions."""
        known = self._captures.get(function)
        if known is None:
            known = self._captures[function] = captured_variables(function)
        return set(known)

    def made_here(self, path: ir.Value, state: State) -> bool:
        """Whether the object that a path starts in was made in this function, shared or not."""
        start = ir.root(path)
        if isinstance(start, ir.Local) and start.variable.function is self.walk.frame.function:
            behind = state.env.get(start.variable)
            start = ir.strip(behind) if behind is not None else start
            if isinstance(start, ir.Local):
                return start.variable.kind == "local" and self._is_value(start.variable.type)
        if isinstance(start, ir.Result):
            return self._made_by_call(start, state)
        return isinstance(start, (ir.Composite, ir.Make, ir.New))

    def makes(self, value: ir.Value, state: State) -> bool:
        """Whether a value that is returned is an object made here, for certain."""
        bare = ir.strip(value)
        if isinstance(bare, ir.Local) and bare.variable not in state.env and bare.variable.assignments > 1:
            return False  # a struct that may be a copy of another one, with its maps
        return not isinstance(bare, (ir.Field, ir.Element, ir.Item)) and self.made_here(value, state)

    def _made_by_call(self, value: ir.Result, state: State) -> bool:
        """Whether a call has made the object that it gave: a constructor of this package, or one of another by its name."""
        callee = self.naming.resolve(value.call.callee, state)
        declared = self.program.declared(callee)
        if declared:
            facts = [self.program.facts.get(one) for one in declared]
            return all(one is not None and value.index in one.makes for one in facts)
        return isinstance(callee, ir.FunctionRef) and callee.name.startswith("New") and callee.package != "builtin"

    def exposed(self, path: ir.Value, state: State) -> bool:
        """Whether a goroutine that was started before can reach the object that a path starts in."""
        if self._is_handed_over(path):
            return False
        start = ir.root(path)
        if isinstance(start, ir.Local):
            if start.variable in state.shared or start.variable.function is not self.walk.frame.function:
                return True
            # What a constructor of this package gives may have a goroutine of its own.
            behind = ir.strip(state.env.get(start.variable, start))
            return isinstance(behind, ir.Result) and self._leaves_running(behind, state)
        # What an unknown call gave may be anybody's; that it is reachable for others has no witness.
        return isinstance(start, ir.Global)

    def _is_handed_over(self, path: ir.Value) -> bool:
        """Whether a path leads through what a range over a channel yields, of a type whose senders keep nothing."""
        for part in prefixes(path):
            if isinstance(part, ir.Item) and isinstance(part.loop, ir.Range) and part.loop.over == "channel":
                name = qualified_name_of(part.type)
                return bool(name) and name not in self.program.kept_types
        return False

    def taken_locked(self, value: ir.Value, state: State) -> bool:
        """Whether a value is the reference of a map, taken from its place while a lock was held: here, or by a getter."""
        bare = ir.strip(value)
        if isinstance(bare, ir.Local):
            return bare.variable in state.taken
        if isinstance(bare, ir.Result):
            getters = self.program.declared(self.naming.resolve(bare.call.callee, state))
            facts = [self.program.facts.get(one) for one in getters]
            return bool(facts) and all(one is not None and _hands_out_locked(one) for one in facts)
        return bool(state.held) and isinstance(bare, (ir.Field, ir.Global, ir.Element))

    def _leaves_running(self, value: ir.Result, state: State) -> bool:
        """Whether the call that gave a value has left goroutines behind."""
        for one in self.program.declared(self.naming.resolve(value.call.callee, state)):
            facts = self.program.facts.get(one)
            if facts is not None and facts.running:
                return True
        return False

    def let_go(self, value: ir.Value, back: State) -> bool:
        """Whether the variable that a path starts in holds something at the end of an iteration that nobody else has."""
        start = ir.root(value)
        if not isinstance(start, ir.Local) or back.dead:
            return False
        variable = start.variable
        behind = back.env.get(variable)
        return (
            variable.kind == "local"
            and variable.function is self.walk.frame.function
            and not variable.captured
            and variable.assignments > 1
            and variable not in back.shared
            and (behind is None or (isinstance(behind, _MADE) and id(behind) not in back.shared))
        )

    def varies(self, value: ir.Value) -> bool:
        """Whether a path starts in something that is another object in each iteration of the enclosing loop."""
        for part in prefixes(value):
            if is_picked(part) or isinstance(part, (ir.Item, ir.Composite, ir.Make, ir.New, ir.Result)):
                return True
            if isinstance(part, ir.Local) and self.declared_in_loop(part.variable):
                return True
        return False

    def declared_in_loop(self, variable: ir.Variable) -> bool:
        """Whether a variable is a new one in each iteration of the innermost loop around this point."""
        frame = self.walk.frame
        if not frame.loops or variable.function is not frame.function:
            return False
        start, end = frame.loops[-1]
        return start <= variable.at[0] < end and (variable.kind != "range" or frame.function.go_version >= (1, 22))

    @staticmethod
    def just_given(path: ir.Value, state: State) -> bool:
        """Whether a path leads through a place that got an object made here: each call of this function has one of its own."""
        return bool(state.given) and any(part in state.given for part in prefixes(path))
