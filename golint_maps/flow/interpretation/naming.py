"""Which access path a value is, behind local aliases, copies of structs and calls of getters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golint_maps.flow import hidden, ir
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.outward import Outward, translate
from golint_maps.flow.places import prefixes
from golint_maps.types.model import Pointer, Struct, Type

_MAX_RESOLVE = 12


class Naming:
    """Names values by where they come from."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.program = walk.program
        self.world = walk.program.world
        # What the paths of callees mean in the declared function at hand, by the arguments that decide about it.
        self._meant: dict[tuple[object, ...], frozenset[ir.Value]] = {}

    def start(self) -> None:
        """Another declared function is interpreted."""
        self._meant.clear()

    def resolve(self, value: ir.Value, state: State, depth: int = 0) -> ir.Value:
        """The access path behind local aliases: `p.members` is `s.rooms[id].members` after `p := s.rooms[id]`."""
        if depth > _MAX_RESOLVE:
            return value
        kind = type(value)
        if kind is ir.Local:
            variable = value.variable  # type: ignore[attr-defined]
            known = state.env.get(variable)
            if known is None or self.names_itself(variable, known) or state.has_own(variable):
                return value
            return known
        if kind in _RESOLVED:
            return value
        if isinstance(value, ir.Field):
            if state.own and value in state.own:
                return self._owned_field(value, state)
            base = self.resolve(value.base, state, depth + 1)
            if isinstance(base, ir.Local) and state.has_own(base.variable):
                mine = ir.Field(base, value.name, value.owner, type=value.type, at=value.at)
                if mine in state.own:
                    return self._owned_field(mine, state)
                base = self.whole(base, state)
            return (
                value if base is value.base else ir.Field(base, value.name, value.owner, type=value.type, at=value.at)
            )
        if isinstance(value, ir.MethodRef):
            base = self.resolve(value.base, state, depth + 1)
            return (
                value
                if base is value.base
                else ir.MethodRef(base, value.name, value.owner, type=value.type, at=value.at)
            )
        if isinstance(value, ir.Result):
            return self._result(value, state, depth)
        if isinstance(value, (ir.Unary, ir.Conversion, ir.Assertion)):
            if isinstance(value, ir.Unary) and value.op not in "&*":
                return value
            return self.resolve(value.operand, state, depth + 1)
        if isinstance(value, ir.Element):
            base = self.resolve(value.base, state, depth + 1)
            return (
                value
                if base is value.base
                else ir.Element(base, value.key, type=value.type, at=value.at, of_map=value.of_map)
            )
        if isinstance(value, ir.Item):
            subject = self.resolve(value.subject, state, depth + 1)
            return value if subject is value.subject else ir.Item(subject, value.part, value.loop, type=value.type)
        return value

    def whole(self, variable: ir.Local, state: State) -> ir.Value:
        """What a struct was copied from, for the fields that are not its own."""
        known = state.env.get(variable.variable)
        return variable if known is None or self.names_itself(variable.variable, known) else known

    @staticmethod
    def _owned_field(field: ir.Field, state: State) -> ir.Value:
        """What a field of a local copy leads to: what was assigned to it, by its own name if that was made here."""
        given = ir.strip(state.own[field])
        return given if names_something(given) else field

    def is_field_of_copy(self, target: ir.Value, state: State) -> bool:
        """Whether a path is a field of a local variable that holds a copy of another struct (`out := *in`)."""
        parts = prefixes(target)
        start = parts[-1]
        return (
            len(parts) > 1
            and isinstance(start, ir.Local)
            and start.variable in state.env
            and (start.variable.assignments <= 1 or self._is_only_here(start.variable))
            and not self.names_itself(start.variable, state.env[start.variable])
            and isinstance(self.world.underlying(start.type), Struct)
            and all(isinstance(part, ir.Field) and not isinstance(part.base.type, Pointer) for part in parts[:-1])
        )

    def _is_only_here(self, variable: ir.Variable) -> bool:
        return not variable.captured and variable.function is self.walk.frame.function

    @staticmethod
    def is_changed_copy(value: ir.Value, state: State) -> bool:
        """Whether a variable holds a copy of a struct some of whose fields are its own by now: another object."""
        bare = ir.strip(value)
        return isinstance(bare, ir.Local) and state.has_own(bare.variable)

    def names_itself(self, variable: ir.Variable, known: ir.Value) -> bool:
        """Whether a variable is the best name for the object that it holds: one made here, or a map that a call gave."""
        bare = ir.strip(known)
        if isinstance(bare, ir.Result):
            # A lock from a getter (`mu := s.lockFor(id)`) is known by the getter, in every function alike.
            return not self.is_lock(variable.type)
        return isinstance(bare, (ir.Composite, ir.Make, ir.New, ir.Nil))

    def is_lock(self, type_: Type) -> bool:
        """Whether a type is a lock or a pointer to one, by its name."""
        named = self.world.named(type_)
        return named is not None and named.name.endswith(("Mutex", "Lock", "Locker"))

    def _result(self, value: ir.Result, state: State, depth: int) -> ir.Value:
        """The result of a call of a getter of this package is the path that it returns."""
        for callee in self.program.declared(self.resolve(value.call.callee, state, depth + 1)):
            facts = self.program.facts.get(callee)
            if facts is None or value.index >= len(facts.returns):
                continue
            returned = facts.returns[value.index]
            if returned is None:
                continue
            translated = translate(returned, self.arguments(callee, value.call, state, depth + 1))
            if translated is not None:
                return translated
        return value

    def means(self, paths: Outward, bound: Mapping[ir.Variable, ir.Value]) -> frozenset[ir.Value]:
        """Paths of a callee in this function's terms; each call is looked at several times, and many are alike."""
        key = (paths, *[bound.get(variable) for variable in paths.variables])
        known = self._meant.get(key)
        if known is None:
            known = self._meant[key] = paths.means(bound)
        return known

    def translated(self, paths: Iterable[ir.Value], arguments: Mapping[ir.Variable, ir.Value]) -> frozenset[ir.Value]:
        """Those of a callee's access paths that the caller has a name for, in its terms."""
        found = (translate(path, arguments) for path in paths)
        return frozenset(ir.strip(path) for path in found if path is not None)

    def arguments(
        self, callee: ir.Function, call: ir.Call, state: State, depth: int = 0
    ) -> dict[ir.Variable, ir.Value]:
        """What a call binds the receiver and the parameters of a callee to, as access paths."""
        arguments: dict[ir.Variable, ir.Value] = {}
        target = self.resolve(call.callee, state, depth) if depth <= _MAX_RESOLVE else call.callee
        if callee.receiver is not None and isinstance(target, ir.MethodRef):
            arguments[callee.receiver] = ir.strip(target.base)
        for parameter, argument in zip(callee.params, call.arguments, strict=False):
            arguments[parameter] = self.resolve(argument, state, depth)
        return arguments

    @staticmethod
    def bound_receiver(function: ir.Function, value: ir.Value) -> dict[ir.Variable, ir.Value]:
        """What a method value (`s.run`) binds its receiver to."""
        if function.receiver is not None and isinstance(value, ir.MethodRef):
            return {function.receiver: ir.strip(value.base)}
        return {}

    def iterated(self, value: ir.Value, state: State) -> ir.Value | None:
        """The map behind a lazy iterator (`maps.Keys(m)`)."""
        value = ir.strip(value)
        if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.FunctionRef) and value.call.arguments:
            callee = value.call.callee
            if (callee.package, callee.name) in hidden.ITERATORS:
                return self.resolve(value.call.arguments[0], state)
        return None


def names_something(value: ir.Value) -> bool:
    """Whether a value is a way to an object that exists already, rather than a new one or what a call gave."""
    return isinstance(ir.strip(value), (ir.Local, ir.Global, ir.Field, ir.Element))


# What stands for itself in every state.
_RESOLVED = frozenset(
    (
        ir.FunctionRef,
        ir.Global,
        ir.Constant,
        ir.Nil,
        ir.Composite,
        ir.Make,
        ir.New,
        ir.Binary,
        ir.Opaque,
        ir.Closure,
        ir.Found,
    )
)
