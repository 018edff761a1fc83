"""What the analysis of one function may know about the rest of its package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from golint_maps.flow import ir, models
from golint_maps.flow.facts import FunctionFacts
from golint_maps.flow.handing import kept_types
from golint_maps.flow.hooks import FIELDS, kept_by
from golint_maps.flow.parts import INSIDE, OPERANDS, all_inside
from golint_maps.flow.places import place_key
from golint_maps.record import record
from golint_maps.types.model import Chan, Func, Interface, Map, Named, Pointer, Type, qualified_name_of
from golint_maps.types.world import World

# A call through an interface may reach this many methods of the package; more are as good as unknown. Those of a method
# that only the package itself can implement are all there are.
_MAX_IMPLEMENTATIONS = 4
_MAX_OWN_IMPLEMENTATIONS = 12
# Functions that one place may hold; more are as good as unknown.
_MAX_STORED = 8

_FUNCTIONS = (ir.Closure, ir.MethodRef, ir.FunctionRef)
_SHARED = (ir.Field, ir.Global, ir.Element)
# What `strip` may find a literal behind, and literals themselves.
_MAY_BE_LITERALS = frozenset((ir.Composite, ir.Unary, ir.Conversion, ir.Assertion))
# What somebody else may call: functions, and objects with methods.
_CALLED = (*_FUNCTIONS, ir.Local, ir.Field, ir.Global, ir.Composite, ir.New, ir.Result)


@record(slots=True)
class Mentioned:
    """What a function and the literals inside it tell about the package, whoever calls them; the same as in `Program`.

    `stored` are the functions that are put into a place: its key, the function, and the access path where there is one.
    `channels` are the channels that calls are given: the callee, the number of the argument, and the channel. `fields` are
    the fields of types of other packages that are given something to call: the op, the name of the field, where that
    struct is, and what it is given. `replaced` are the fields (`pkg.Type.field`) that are assigned as a whole and may hold
    maps.
    """

    stored: list[tuple[str, ir.Value, ir.Value | None]] = field(default_factory=list)
    one_slot: set[object] = field(default_factory=set)
    same_lock: dict[str, str] = field(default_factory=dict)
    kept_types: frozenset[str] = frozenset()
    channels: list[tuple[ir.Value, int, ir.Value]] = field(default_factory=list)
    fields: list[tuple[ir.Op, str, ir.Span, ir.Value]] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    package: str = ""

    @classmethod
    def of(cls, function: ir.Function) -> Mentioned:
        """What there is in a declared function."""
        found = cls(package=function.package)
        sends = False
        for op in ir.walk_with_literals(function):
            found._look_at(op)
            sends = sends or type(op) is ir.Send
        if sends:
            found.kept_types = kept_types([function])
        return found

    def _look_at(self, op: ir.Op) -> None:
        if isinstance(op, ir.Assign):
            value = op.value
            if isinstance(op.target, ir.Field):
                self._field_given(op, op.target, value)
            if isinstance(value, (ir.Result, ir.Make)):
                if isinstance(value, ir.Result):
                    self._find_condition(op.target, value.call)
                slot = slot_of(op.target) if is_one_slot(value) else None
                if slot is not None:
                    self.one_slot.add(slot)
            elif isinstance(value, _FUNCTIONS) and isinstance(op.target, _SHARED):
                key = place_key(op.target)
                if key is not None:
                    self.stored.append((key, value, op.target))
        elif isinstance(op, ir.Call):
            for index, argument in enumerate(op.arguments):
                if isinstance(argument.type, Chan):
                    self.channels.append((op.callee, index, ir.strip(argument)))
        for value in values_of(op):
            if type(value) in _MAY_BE_LITERALS:
                literal = ir.strip(value)
                if isinstance(literal, ir.Composite) and isinstance(literal.type, Named):
                    self._look_into(literal, literal.type, op)

    def _look_into(self, literal: ir.Composite, type_: Named, op: ir.Op) -> None:
        for name, entry in literal.entries:
            inner = ir.strip(entry)
            if isinstance(name, str):
                if is_one_slot(inner):
                    self.one_slot.add(f"{type_.qualified}.{name}")
                elif isinstance(inner, _FUNCTIONS):
                    self.stored.append((f"{type_.qualified}.{name}", inner, None))
                if type_.package != self.package and isinstance(inner, _CALLED):
                    self.fields.append((op, f"{type_.qualified}.{name}", literal.at, entry))
            if isinstance(inner, ir.Composite) and isinstance(inner.type, Named):
                self._look_into(inner, inner.type, op)

    def _field_given(self, op: ir.Op, target: ir.Field, value: ir.Value | None) -> None:
        owner = self._foreign(target.base.type)
        if owner and value is not None and isinstance(ir.strip(value), _CALLED):
            self.fields.append((op, f"{owner}.{target.name}", op.at, value))
        if isinstance(target.type, (Map, Named)):
            self.replaced.add(f"{qualified_name_of(target.base.type)}.{target.name}")

    def _foreign(self, type_: Type) -> str:
        """The qualified name of a type, or what a pointer leads to, of another package."""
        bare = type_.element if isinstance(type_, Pointer) else type_
        return bare.qualified if isinstance(bare, Named) and bare.package != self.package else ""

    def _find_condition(self, target: ir.Value, call: ir.Call) -> None:
        """`s.cond = sync.NewCond(&s.mu)`: the condition's L is s.mu."""
        if qualified_name(call.callee) == "sync.NewCond" and call.arguments:
            condition, lock = place_key(target), place_key(call.arguments[0])
            if condition is not None and lock is not None:
                self.same_lock[f"{condition}.L"] = lock


class Program:
    """What the interpreter knows about the rest of the package: functions by name, summaries, function-valued fields."""

    def __init__(
        self,
        world: World,
        package: str,
        functions: Sequence[ir.Function],
        mentioned_in: Callable[[ir.Function], Mentioned] | None = None,
    ) -> None:
        """`mentioned_in` is to be asked in place of `Mentioned.of`."""
        self.world = world
        self.package = package
        self._own_types = package + "."
        self.functions: dict[tuple[str, str], list[ir.Function]] = {}
        for function in functions:
            if function.short_name:
                self.functions.setdefault((function.receiver_type, function.short_name), []).append(function)
        self._implementing: dict[tuple[Type, str], list[ir.Function]] = {}
        self._methods: dict[tuple[Type, str, str], list[ir.Function]] = {}
        self._by_name: dict[str, list[tuple[str, list[ir.Function]]]] = {}
        self.facts: dict[ir.Function, FunctionFacts] = {}
        # Functions that were put into fields and package variables: place key to closures and references.
        self.stored: dict[str, list[ir.Value]] = {}
        # For those of a field of an object that a variable held: key and function to that variable.
        self.stored_on: dict[tuple[str, ir.Function], ir.Variable] = {}
        # What tells others that a goroutine ends, by the identity of its spawn.
        self.signals: dict[tuple[str, int], frozenset[ir.Value]] = {}
        self.extra_spawners: Mapping[str, models.Spawner] = {}
        # Channels with one slot, by place key or local variable: they may serve as locks.
        self.one_slot: set[object] = set()
        # Locks that are known under a second place key.
        self.same_lock: dict[str, str] = {}
        # What goroutines of others will call, by the op that puts it into a field: where that struct is, and what it is given.
        self.hooks: dict[ir.Op, list[tuple[models.Spawner, ir.Span, ir.Value]]] = {}
        # Fields that are given another map somewhere than where their object is made.
        self.replaced: set[str] = set()
        # Types of which a sender keeps an object that it sends.
        kept: set[str] = set()
        # What has to be known of all functions before one of them is interpreted.
        channels: list[tuple[ir.Value, int, ir.Value]] = []
        for mentioned in map(mentioned_in or Mentioned.of, functions):
            channels += mentioned.channels
            self.one_slot |= mentioned.one_slot
            self.same_lock.update(mentioned.same_lock)
            kept |= mentioned.kept_types
            for key, value, target in mentioned.stored:
                self.keep(key, value, target)
            self.replaced |= mentioned.replaced
            for op, name, at, value in mentioned.fields:
                hook = FIELDS.get(name) or self._hook(name)
                if hook is not None:
                    self.hooks.setdefault(op, []).append((hook, at, value))
        self.kept_types = frozenset(kept)
        self._hand_on(channels)

    def _hook(self, name: str) -> models.Spawner | None:
        """What a goroutine of another package of the run does with a field of that package's, by its qualified name."""
        owner, _, member = name.rpartition(".")
        package, _, type_ = owner.rpartition(".")
        if not self.world.in_run(owner):
            return None
        declared = self.world.package(package)
        started = declared.hooks.get(f"{type_}.{member}") if declared is not None else None
        return kept_by(started, f"{package.rpartition('/')[2]}.{type_}.{member}") if started is not None else None

    def _hand_on(self, channels: Iterable[tuple[ir.Value, int, ir.Value]]) -> None:
        """A parameter is a channel with one slot if all calls of its function give it one, directly or one after the other."""
        given: dict[object, list[ir.Value]] = {}
        for callee, index, channel in channels:
            for function in self.declared(callee):
                if index < len(function.params):
                    given.setdefault(slot_of(ir.Local(function.params[index])), []).append(channel)
        again = True
        while again:
            again = False
            for slot, several in given.items():
                if slot not in self.one_slot and all(
                    is_one_slot(one) or slot_of(one) in self.one_slot for one in several
                ):
                    self.one_slot.add(slot)
                    again = True

    def keep(self, key: str, value: ir.Value, target: ir.Value | None = None) -> None:
        """A function is put into a place, of which `target` is the access path, from where it may be called."""
        known = self.stored.get(key, [])
        if value not in known:
            if len(known) >= _MAX_STORED:
                return
            self.stored[key] = [*known, value]
        holder = ir.strip(target.base) if isinstance(target, ir.Field) else None
        if isinstance(holder, ir.Local):
            for function in self.declared(value):
                if (key, function) not in self.stored_on:
                    self.stored_on[key, function] = holder.variable

    def holder(self, function: ir.Function, callee: ir.Value) -> dict[ir.Variable, ir.Value]:
        """`x.f()` of a stored function: what held x where it was stored is now the x of this call."""
        key = place_key(callee)
        if not isinstance(callee, ir.Field) or key is None:
            return {}
        variable = self.stored_on.get((key, function))
        if variable is None:
            return {}
        bound: dict[ir.Variable, ir.Value] = {variable: ir.strip(callee.base)}
        for value in self.stored[key]:
            if isinstance(value, ir.MethodRef) and function.receiver is not None and function in self.declared(value):
                if ir.strip(value.base) == ir.Local(variable):
                    bound[function.receiver] = ir.strip(callee.base)
        return bound

    def stored_functions(self, callee: ir.Value) -> list[ir.Function]:
        """The functions that a field or variable may hold."""
        key = f"local:{id(callee.variable)}" if isinstance(callee, ir.Local) else place_key(callee)
        found: list[ir.Function] = []
        for value in self.stored.get(key, ()) if key is not None else ():
            found.extend(self.declared(value))
        return found

    def decodes_itself(self, type_: Named) -> bool:
        """Whether a type has a say in how it is decoded (`UnmarshalJSON`), or may have one: it is declared elsewhere."""
        if type_.package != self.package:
            return True
        return any(owner == type_.name and "Unmarshal" in name for owner, name in self.functions)

    def declared(self, callee: ir.Value) -> list[ir.Function]:
        """The functions of the package that a callee may be: a function, a method, or the implementations of one."""
        if isinstance(callee, ir.Closure):
            return [callee.function]
        if isinstance(callee, ir.FunctionRef):
            return self.functions.get(("", callee.name), []) if callee.package == self.package else []
        if isinstance(callee, ir.MethodRef):
            key = (callee.base.type, callee.owner, callee.name)
            known = self._methods.get(key)
            if known is None:
                known = self._methods[key] = self._method(callee)
            return known
        return []

    def _method(self, callee: ir.MethodRef) -> list[ir.Function]:
        if callee.owner.startswith(self._own_types):
            found = self.functions.get((callee.owner[len(self._own_types) :], callee.name))
            if found:
                return found
        return self._implementations(callee)

    def _implementations(self, callee: ir.MethodRef) -> list[ir.Function]:
        """The methods of the package's types that a call through an interface may reach, if they are few."""
        base = self.world.deref(callee.base.type)
        if not isinstance(self.world.underlying(base), Interface):
            return []
        # What implements an interface from outside is no evidence that this call means it.
        if isinstance(base, Named) and base.package != self.package and not self.world.in_run(base.qualified):
            return []
        key = (base, callee.name)
        known = self._implementing.get(key)
        if known is None:
            wanted, declared = self.world.method_names(base), self.world.method(base, callee.name)
            signature = declared.declaration.signature if declared is not None else None
            known = [
                functions[0]
                for receiver, functions in self._methods_named(callee.name)
                if not functions[0].is_test
                and wanted <= self._methods_of(receiver)
                and (signature is None or _has_as_many(functions[0], signature))
            ]
            limit = _MAX_IMPLEMENTATIONS if callee.name[:1].isupper() else _MAX_OWN_IMPLEMENTATIONS
            self._implementing[key] = known = known if len(known) <= limit else []
        return known

    def _methods_named(self, name: str) -> list[tuple[str, list[ir.Function]]]:
        """The methods of that name, each with its receiver type."""
        if not self._by_name:
            for (receiver, method), functions in self.functions.items():
                if receiver:
                    self._by_name.setdefault(method, []).append((receiver, functions))
        return self._by_name.get(name, [])

    def _methods_of(self, type_name: str) -> frozenset[str]:
        return self.world.method_names(Named(self.package, type_name))


def _has_as_many(function: ir.Function, signature: Func) -> bool:
    """Whether a function has as many parameters and results as a signature."""
    return len(function.params) == len(signature.params) and len(function.results) == len(signature.results)


def home_of(callee: ir.Value) -> tuple[str, str, str] | None:
    """Where a function is declared: its package, the type of which it is a method ("" for none), its name; None for values."""
    if isinstance(callee, ir.FunctionRef):
        return callee.package, "", callee.name
    if isinstance(callee, ir.MethodRef) and callee.owner:
        package, _, owner = callee.owner.rpartition(".")
        return package, owner, callee.name
    return None


def qualified_name(callee: ir.Value) -> str:
    """The name under which models list a function: `pkg.Func` or `pkg.Type.Method`; "" for values."""
    if isinstance(callee, ir.FunctionRef):
        return f"{callee.package}.{callee.name}"
    if isinstance(callee, ir.MethodRef) and callee.owner:
        return f"{callee.owner}.{callee.name}"
    if isinstance(callee, ir.Field) and not callee.owner:  # of a type whose declaration is not here
        owner = qualified_name_of(callee.base.type)
        return f"{owner}.{callee.name}" if owner else ""
    return ""


def slot_of(channel: ir.Value) -> object:
    """What `Program.one_slot` knows a channel by; a parameter by its function and name, whatever calls it."""
    if isinstance(channel, ir.Local):
        variable = channel.variable
        if variable.kind != "param":
            return variable
        return f"{variable.function.path}:{variable.function.name}({variable.index})"
    return place_key(channel)


def is_one_slot(made: ir.Value) -> bool:
    """Whether `make(chan T, 1)` made it, or `semaphore.NewWeighted(1)`: what lets one in at a time."""
    if isinstance(made, ir.Result) and qualified_name(made.call.callee) == "golang.org/x/sync/semaphore.NewWeighted":
        sizes = made.call.arguments
    elif isinstance(made, ir.Make) and isinstance(made.type, Chan):
        sizes = made.arguments
    else:
        return False
    return [ir.text_of(size) for size in sizes] == ["1"]


def closures_of(function: ir.Function) -> Iterable[ir.Function]:
    """All function literals inside a function, each before those inside it."""
    for inner in function.closures:
        yield inner
        yield from closures_of(inner)


def captured_variables(function: ir.Function) -> set[ir.Variable]:
    """The variables of enclosing functions that a function literal, or one inside it, mentions."""
    found: set[ir.Variable] = set()
    inside = {function, *closures_of(function)}
    for one in inside:
        if one.body is None:
            continue
        for op in ir.walk(one.body):
            for value in values_of(op):
                for part in leaves(value):
                    if isinstance(part, ir.Local) and part.variable.function not in inside:
                        found.add(part.variable)
    return found


def values_of(op: ir.Op) -> tuple[ir.Value, ...]:
    """The values that an op mentions."""
    mentioned = _VALUES.get(type(op))
    return mentioned(op) if mentioned is not None else ()


# Not the conditions of loops, and not what cases compare with.
_VALUES: dict[type[ir.Op], Callable[[Any], tuple[ir.Value, ...]]] = {
    **{kind: used for kind, used in OPERANDS.items() if kind is not ir.Loop},
    ir.Switch: lambda op: (op.subject,) if op.subject is not None else (),
}


def leaves(value: ir.Value) -> Iterable[ir.Value]:
    """The value and all values inside it; results of calls are not entered, for their arguments were ops before, and what
    is made is not, either."""
    return all_inside(value, _LEAVES)


_LEAVES = {kind: inside for kind, inside in INSIDE.items() if kind not in (ir.Make, ir.New)}
