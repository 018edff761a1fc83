"""Maps that others can already see: which ones a function writes in place after they were published.

Readers of an atomic snapshot, an informer's cache or a value that was sent take no lock, for they trust that what they
got never changes. The analysis follows objects, not variables, forward through one function: each object carries the
ways in which it was published (`Mark`); replacing a variable's map by a fresh one leaves the marks with the old object.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import chain, islice
from types import MappingProxyType

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.defaults import shared_defaults
from golint_maps.flow.definitions import definitions
from golint_maps.flow.facts import AccessFact
from golint_maps.flow.onlookers import callers, receivers
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import compared_with_nil, without_not
from golint_maps.flow.places import place_key, prefixes
from golint_maps.flow.publication import (
    ATOMICS,
    CACHED,
    CLONED,
    CLONES,
    CONFIG,
    CONTEXT,
    LOADED,
    ONCE,
    PUT,
    SENT,
    STORED,
    Mark,
    PublishedWrite,
    computed_once,
    configured_fields,
    configures,
    holds,
    mentioned,
    method_owner,
    part_of,
    shares_results,
)
from golint_maps.flow.threads import SPAWNED
from golint_maps.record import record
from golint_maps.types.model import Pointer, qualified_name_of

# Maps inside the objects of an API whose types are not here, told by their names.
_MAPS_BY_NAME = frozenset(("Labels", "Annotations", "Data", "BinaryData", "StringData", "NodeSelector", "MatchLabels"))

# Parameters that ask for a copy.
_COPIES = re.compile(r"clone|copy|copies|own", re.IGNORECASE)

# An object: where it was made, or how it is reached from another one.
Token = tuple[Hashable, ...]
_MAX_DEPTH = 8
_MAX_TOKENS = 6
_MAX_LOOPS = 3
# Places where others use a map, named in a finding.
_MAX_USERS = 4
# Further writes of one map that are named.
_MAX_AGAIN = 8


@record(slots=True)
class _State:
    # What variables and the paths that were assigned denote; a published object is wrapped as ("marked", object, mark).
    env: dict[ir.Value, frozenset[Token]] = field(default_factory=dict)
    dead: bool = False
    # What goes back to a pool when the function returns.
    late: frozenset[tuple[Token, Mark]] = frozenset()

    def copy(self) -> _State:
        return _State(dict(self.env), self.dead, self.late)


def find_published_writes(package: PackageFlow) -> Iterator[PublishedWrite]:
    """All writes to published maps of a package, one for each place."""
    sources = _Sources(package)
    reported: set[tuple[str, int]] = set()
    publishing = _publishing(package, sources)
    for function in package.all_functions():
        if function.body is None or ir.outermost(function) not in publishing or not _worth_while(function, package):
            continue
        for found in _once_for_each(_Walk(function, package, sources).run()):
            key = (found.function.path, found.at[0])
            if key not in reported and not (found.mark.kind == LOADED and _all_under_one_lock(found, package)):
                reported.add(key)
                yield replace(found, users=_users(found, package))
    for found in shared_defaults(package):
        key = (found.function.path, found.at[0])
        if key not in reported:
            reported.add(key)
            yield found


def _all_under_one_lock(found: PublishedWrite, package: PackageFlow) -> bool:
    """Whether the function takes a lock, and whoever loads from the same atomic takes that lock as well."""
    facts = package.facts.get(found.function)
    locks = {one.lock.key for one in facts.lock_ops if one.takes} if facts is not None else set[str]()
    for function in package.all_functions() if locks else ():
        if function.body is None or function.is_test:
            continue
        for op in ir.walk(function.body):
            callee = op.callee if isinstance(op, ir.Call) else None
            if (
                isinstance(callee, ir.MethodRef)
                and callee.name == "Load"
                and ir.text_of(callee.base).rpartition(".")[2] == found.mark.through.rpartition(".")[2]
            ):
                theirs = package.facts.get(function)
                locks &= {one.lock.key for one in theirs.lock_ops if one.takes} if theirs is not None else set()
    return bool(locks)


def _worth_while(function: ir.Function, package: PackageFlow) -> bool:
    """Whether a function writes to a map, or to what may be one, or clones one, or puts one back into a pool."""
    index = package.index(function)
    return (
        any(op.kind in ("write", "delete", "clear") for op in index.ops(ir.Access))
        or any(isinstance(op.target, ir.Element) for op in index.ops(ir.Assign))
        or any(isinstance(op.callee, ir.FunctionRef) and op.callee.name == "Clone" for op in index.ops(ir.Call))
    )


def _publishing(package: PackageFlow, sources: _Sources) -> set[ir.Function]:
    """The declared functions in which something is published, or comes from where it was: most have nothing of it."""
    found: set[ir.Function] = set()
    givers: list[ir.Function] = []
    reached: set[ir.Function] = set()
    callers: dict[ir.Function, list[ir.Function]] = defaultdict(list)
    for function in package.functions:
        for one in ir.with_literals(function):
            part = part_of(one, package)
            if part.publishes or part.takes_over:
                found.add(function)
            if part.gives or sources.is_computed_once(one):
                givers.append(function)
            if sources.configured and any(holds(value, sources.configured) for value in mentioned(package.index(one))):
                found.add(function)
    found.update(givers)
    for function in package.functions if givers else ():
        for one in ir.with_literals(function):
            for call in package.index(one).ops(ir.Call):
                for declared in package.program.declared(call.callee):
                    callers[declared].append(function)
    while givers:  # what getters give out comes from there, too
        giver = givers.pop()
        for caller in callers[giver] if sources.may_publish(giver) else ():
            if caller not in reached:
                found.add(caller)
                reached.add(caller)
                givers.append(caller)
    return found


class _Sources:
    """Which results of calls are published objects, also through getters of the package."""

    def __init__(self, package: PackageFlow) -> None:
        self.package = package
        self.configured = configured_fields(package)
        self._once = computed_once(package)
        self._getters: dict[tuple[ir.Function, int], frozenset[Mark]] = {}

    def is_computed_once(self, function: ir.Function) -> bool:
        """Whether a function calls one that computes its result once."""
        calls = self.package.index(function).ops(ir.Call) if self._once else ()
        return any(place_key(call.callee) in self._once for call in calls)

    def of(self, call: ir.Call, index: int, function: ir.Function) -> frozenset[Mark]:
        """The marks that a result of a call comes with."""
        callee = call.callee
        if self._once and place_key(callee) in self._once:
            return frozenset((Mark(ONCE, call.at, function, ir.text_of(callee)),))
        if isinstance(callee, ir.FunctionRef) and (callee.package, callee.name) in CLONES:
            return frozenset(
                (Mark(CLONED, call.at, function, ir.text_of(call.arguments[0]) if call.arguments else ""),)
            )
        if isinstance(callee, (ir.MethodRef, ir.Field)):
            text = ir.text_of(callee.base)
            owner = method_owner(callee, self.package.world)
            if callee.name == "Load" and owner in ATOMICS and index == 0:
                return frozenset((Mark(LOADED, call.at, function, text),))
            if callee.name == "Value" and owner == "context.Context":
                # A context belongs to one request as a rule, whose steps follow one another.
                on_its_own = any(context.thread.kind == SPAWNED for context in self.package.contexts.get(function, ()))
                confidence = Confidence.MEDIUM if on_its_own else Confidence.LOW
                return frozenset((Mark(CONTEXT, call.at, function, text, confidence),))
            if index == 0 and shares_results(callee, self.package.world):
                return frozenset((Mark(CACHED, call.at, function, f"{text}.{callee.name}"),))
        return frozenset() if self._asks_for_copy(call) else self._getter(callee, index)

    def _asks_for_copy(self, call: ir.Call) -> bool:
        """Whether a call says by a parameter that it wants an object of its own: `s.entity(id, true)` for `clone bool`."""
        declared = self.package.program.declared(call.callee)
        return len(declared) == 1 and any(
            _COPIES.search(parameter.name) and isinstance(argument, ir.Constant) and argument.text == "true"
            for parameter, argument in zip(declared[0].params, call.arguments, strict=False)
        )

    def _getter(self, callee: ir.Value, index: int) -> frozenset[Mark]:
        declared = self.package.program.declared(callee)
        if len(declared) != 1 or declared[0].body is None or declared[0].parent is not None:
            return frozenset()
        key = (declared[0], index)
        known = self._getters.get(key)
        if known is None:
            self._getters[key] = frozenset()
            if self.may_publish(declared[0]):
                walk = _Walk(declared[0], self.package, self)
                walk.run()
                kept = (LOADED, CACHED, CONTEXT, ONCE)
                self._getters[key] = frozenset(mark for mark in walk.returned.get(index, ()) if mark.kind in kept)
            known = self._getters[key]
        return known

    @staticmethod
    def may_publish(function: ir.Function) -> bool:
        """Whether a function is short and gets what it returns from somewhere else: a getter."""
        return function.body is not None and sum(1 for _ in ir.walk(function.body)) <= 40


@record(slots=True)
class _Target:
    label: str
    loop: bool
    breaks: list[_State] = field(default_factory=list)
    continues: list[_State] = field(default_factory=list)


class _Walk:
    """Follows the objects of one function forward."""

    def __init__(self, function: ir.Function, package: PackageFlow, sources: _Sources) -> None:
        self.function = function
        self.package = package
        self.world = package.world
        self.sources = sources
        self.targets: list[_Target] = []
        self.depth = 0
        self.found: list[PublishedWrite] = []
        self.refilled: set[Mark] = set()
        self.returned: dict[int, set[Mark]] = {}
        facts = package.facts.get(function)
        self.accesses: dict[ir.Op, AccessFact] = {one.op: one for one in facts.accesses} if facts is not None else {}

    def run(self) -> list[PublishedWrite]:
        assert self.function.body is not None
        self.block(self.function.body, _State())
        return [one for one in self.found if one.mark not in self.refilled]

    # --- objects ------------------------------------------------------------------------------------------------------

    def objects(self, value: ir.Value, state: _State, depth: int = 0) -> frozenset[Token]:
        """The objects that a value may denote."""
        value = ir.strip(value)
        known = state.env.get(value)
        if known is not None:
            return known
        if depth > _MAX_DEPTH:
            return frozenset()
        if isinstance(value, ir.Local):
            variable = value.variable
            if variable.function is not self.function and variable.assignments == 1 and variable.kind == "local":
                given = definitions(variable)
                if len(given) == 1 and given[0] is not None:
                    return self.objects(given[0], state, depth + 1)
            return frozenset((("variable", variable),))
        if isinstance(value, ir.Field):
            found = self._inside(self.objects(value.base, state, depth + 1), value.name, state, depth)
            mark = self.sources.configured.get(place_key(value) or "") if self.sources.configured else None
            if mark is not None and mark.function is not self.function:
                return frozenset(("marked", one, mark) if _came_in(one) else one for one in found)
            return found
        if isinstance(value, ir.Element):
            return self._inside(self.objects(value.base, state, depth + 1), None, state, depth)
        if isinstance(value, ir.Item):
            if value.part == "key":
                return frozenset()
            return self._inside(self.objects(value.subject, state, depth + 1), None, state, depth)
        if isinstance(value, ir.Result):
            return frozenset((("call", value.call, value.index),))
        if isinstance(value, (ir.Composite, ir.Make, ir.New)):
            return frozenset((("new", value),))
        if isinstance(value, ir.Global):
            return frozenset((("global", value),))
        return frozenset()

    def _inside(self, outer: frozenset[Token], name: str | None, state: _State, depth: int) -> frozenset[Token]:
        found: set[Token] = set()
        for token in outer:
            made = token[1] if token[0] == "new" else None
            if name is not None and isinstance(made, ir.Composite):
                entry = next((value for key, value in made.entries if key == name), None)
                if entry is not None:
                    found |= self._taken_over(entry, self.objects(entry, state, depth + 1))
                    continue
            found.add(("field", token, name) if name is not None else ("item", token))
            if len(found) >= _MAX_TOKENS:
                break
        return frozenset(found)

    def _taken_over(self, value: ir.Value, objects: frozenset[Token]) -> frozenset[Token]:
        """A map of a configuration is put into another object, which has it under a name of its own from then on."""
        if not configures(value, self.world):
            return objects
        mark = Mark(CONFIG, value.at, self.function, ir.text_of(value), Confidence.MEDIUM)
        return frozenset(("marked", one, mark) if _came_in(one) else one for one in objects)

    def marks(self, token: Token) -> Iterator[tuple[Mark, int]]:
        """How an object was published, and how many steps inside of what was published it is."""
        steps = 0
        one: object = token
        while isinstance(one, tuple):
            if one[0] == "marked":
                assert isinstance(one[2], Mark)
                yield one[2], steps
                one = one[1]
                continue
            if one[0] == "call":
                call, index = one[1], one[2]
                assert isinstance(call, ir.Call) and isinstance(index, int)
                for mark in self.sources.of(call, index, self.function):
                    yield mark, steps
            if one[0] not in ("field", "item"):
                return
            one = one[1]
            steps += 1

    # --- statements ---------------------------------------------------------------------------------------------------

    def block(self, block: ir.Block, state: _State) -> _State:
        """The state behind a block."""
        for op in block.ops:
            if state.dead:
                break
            state = self.op(op, state)
        return state

    def op(self, op: ir.Op, state: _State) -> _State:
        """The state behind an op."""
        if isinstance(op, ir.Assign):
            self._assign(op, state)
        elif isinstance(op, ir.Access):
            if op.kind in ("write", "delete", "clear"):
                self._written(op, op.map, op.kind, state)
            if op.kind == "write" and op.value is not None and self.world.map_type(op.value.type) is not None:
                self._refilled(op, state)
        elif isinstance(op, ir.Call):
            self._call(op, state)
        elif isinstance(op, ir.Send):
            self._mark(op.value, Mark(SENT, op.at, self.function, ir.text_of(op.channel)), state)
        elif isinstance(op, ir.Receive):
            self._answered(state)
        elif isinstance(op, ir.Return):
            for index, value in enumerate(op.values):
                for token in self.objects(value, state):
                    marks = list(self.marks(token))
                    self.returned.setdefault(index, set()).update(mark for mark, _ in marks)
                    if self.world.map_type(value.type) is not None:
                        self._given_away(op, marks)
                self._put_back(op, value, state)
            state.dead = True
        elif isinstance(op, ir.Jump):
            self._jump(op, state)
        elif isinstance(op, ir.If):
            then = state.copy()
            _nothing_where_nil(op.condition, then, state)
            then = self.block(op.then, then)
            after = _join([then, self.block(op.orelse, state)])
            if not then.dead and _is_first_time(op, self.function):
                # Whoever does not come here has been here before.
                after.env.update({one: then.env[one] for one in _given_in(op.then) if one in then.env})
            return after
        elif isinstance(op, ir.Block):
            return self._breakable(op.label, [op], state, through=False)
        elif isinstance(op, (ir.Switch, ir.Select)):
            blocks = [ir.Block(case.at, [*case.head.ops, *case.body.ops]) for case in op.cases]
            through = isinstance(op, ir.Switch) and not any(case.default for case in op.cases)
            return self._breakable(op.label, blocks, state, through)
        elif isinstance(op, ir.Loop):
            return self._loop(op.label, [op.head, op.body], op.post, state, endless=op.condition is None)
        elif isinstance(op, ir.Range):
            items: dict[ir.Value, frozenset[Token]] = {}
            for target, part in ((op.key, "key"), (op.value, "value")):
                if isinstance(target, ir.Local):
                    items[target] = self.objects(ir.Item(op.subject, part, op, type=target.type), state)
            return self._loop(op.label, [op.body], None, state, endless=False, items=items)
        return state

    def _breakable(self, label: str, blocks: list[ir.Block], state: _State, through: bool) -> _State:
        target = _Target(label, False)
        self.targets.append(target)
        ends = [self.block(block, state.copy()) for block in blocks]
        self.targets.pop()
        return _join([*ends, *target.breaks, *([state] if through else [])])

    def _loop(
        self,
        label: str,
        blocks: list[ir.Block],
        post: ir.Block | None,
        state: _State,
        endless: bool,
        items: Mapping[ir.Value, frozenset[Token]] = MappingProxyType({}),
    ) -> _State:
        """A loop, of which `items` are the variables that get another object in each iteration."""
        after: list[_State] = []
        entry = state
        self.depth += 1
        for _ in range(2 if self.depth <= _MAX_LOOPS else 1):
            target = _Target(label, True)
            self.targets.append(target)
            inside = entry.copy()
            inside.env = {path: tokens for path, tokens in inside.env.items() if ir.root(path) not in items}
            inside.env.update(items)
            for block in blocks:
                inside = self.block(block, inside)
            self.targets.pop()
            back = _join([inside, *target.continues])
            if post is not None and not back.dead:
                back = self.block(post, back)
            after = target.breaks
            entry = _join([entry, back])
        self.depth -= 1
        return _join(after if endless else [*after, entry])

    def _jump(self, op: ir.Jump, state: _State) -> None:
        if op.kind in ("break", "continue"):
            for target in reversed(self.targets):
                if target.label != op.label if op.label else (op.kind == "continue" and not target.loop):
                    continue
                (target.breaks if op.kind == "break" else target.continues).append(state.copy())
                break
        if op.kind != "fallthrough":
            state.dead = True

    # --- events -------------------------------------------------------------------------------------------------------

    def _assign(self, op: ir.Assign, state: _State) -> None:
        target = op.target
        if isinstance(target, ir.Element) and self.world.map_type(target.base.type) is None:
            self._written_by_name(op, target, state)
        if not isinstance(target, (ir.Local, ir.Field, ir.Element, ir.Global)):
            return
        given = self.objects(op.value, state) if op.value is not None and not op.op else None
        if given is not None and op.value is not None and isinstance(target, ir.Field):
            given = self._taken_over(op.value, given)
        for known in [known for known in state.env if known != target and target in prefixes(known)]:
            del state.env[known]
        if given is None:
            given = frozenset((("given", op),))
        if given or isinstance(target, ir.Local):
            state.env[target] = given or frozenset((("given", op),))

    def _call(self, op: ir.Call, state: _State) -> None:
        callee = op.callee
        if op.mode == "defer":
            self._deferred(op, state)
        if op.mode == "defer" or not isinstance(callee, (ir.MethodRef, ir.Field)):
            return
        owner = method_owner(callee, self.world)
        if owner in ATOMICS and callee.name in ("Store", "Swap", "CompareAndSwap") and op.arguments:
            if not self._private(callee.base):
                self._mark(op.arguments[-1], Mark(STORED, op.at, self.function, ir.text_of(callee.base)), state)
        elif owner == "sync.Pool" and callee.name == "Put" and len(op.arguments) == 1:
            self._mark(op.arguments[0], Mark(PUT, op.at, self.function, ir.text_of(callee.base)), state)
        elif callee.name == "Wait":
            self._answered(state)

    def _deferred(self, op: ir.Call, state: _State) -> None:
        """`defer pool.Put(m)`, also in a function literal: the map goes back when the function returns."""
        body = op.callee.function.body if isinstance(op.callee, ir.Closure) else None
        for call in [op] if body is None else [one for one in body.ops if isinstance(one, ir.Call)]:
            callee = call.callee
            if not isinstance(callee, (ir.MethodRef, ir.Field)) or len(call.arguments) != 1:
                continue
            if callee.name == "Put" and method_owner(callee, self.world) == "sync.Pool":
                mark = Mark(PUT, call.at, self.function, ir.text_of(callee.base))
                state.late |= {(token, mark) for token in self.objects(call.arguments[0], state)}

    def _put_back(self, op: ir.Return, value: ir.Value, state: _State) -> None:
        """Whether a map, or a struct that holds it, is returned although it goes back to a pool."""
        bare = ir.strip(value)
        for one in [entry for _, entry in bare.entries] if isinstance(bare, ir.Composite) else [value]:
            if self.world.map_type(one.type) is None:
                continue
            tokens = self.objects(one, state)
            marks = [mark for token, mark in state.late if token in tokens]
            if marks:
                first = min(marks, key=lambda mark: mark.at)
                self.found.append(
                    PublishedWrite(first, self.function, op.at, ir.text_of(one), "return", Confidence.HIGH)
                )
                return

    def _mark(self, value: ir.Value, mark: Mark, state: _State) -> None:
        """A value is published: the object itself and, for a struct literal, what it holds."""
        pending = [value]
        for _ in range(_MAX_DEPTH):
            if not pending:
                return
            one = ir.strip(pending.pop())
            objects = self.objects(one, state)
            chosen = {token: ("marked", token, mark) for token in objects if self._new_here(token)}
            for known, tokens in list(state.env.items()):
                if not chosen.keys().isdisjoint(tokens):
                    state.env[known] = frozenset(chosen.get(token, token) for token in tokens)
            if chosen and isinstance(one, (ir.Local, ir.Field, ir.Element)):
                state.env[one] = frozenset(chosen.get(token, token) for token in objects)
            for token in objects:
                made = token[1]
                if token[0] == "new" and isinstance(made, ir.Composite):
                    pending.extend(entry for _, entry in made.entries if self._shares(entry))

    def _shares(self, value: ir.Value) -> bool:
        return self.world.map_type(value.type) is not None or isinstance(ir.strip(value), (ir.Composite, ir.Local))

    def _new_here(self, token: Token) -> bool:
        """Whether an object is this function's own to publish, or a map; objects handed in may have locks inside."""
        while token[0] == "marked":
            inner = token[1]
            assert isinstance(inner, tuple)
            token = inner
        if token[0] in ("new", "call", "given"):
            return True
        if token[0] == "variable":
            variable = token[1]
            assert isinstance(variable, ir.Variable)
            return variable.kind == "local" or self.world.map_type(variable.type) is not None
        return token[0] in ("field", "item")

    @staticmethod
    def _answered(state: _State) -> None:
        """Something was received: whoever got what was sent may be done with it."""
        for known, tokens in state.env.items():
            if any(token[0] == "marked" for token in tokens):
                state.env[known] = frozenset(_taken_back(token) for token in tokens)

    def _private(self, atomic: ir.Value) -> bool:
        """Whether an atomic belongs to an object that this function makes: nobody can have loaded from it yet."""
        start = ir.root(atomic)
        if not isinstance(start, ir.Local):
            return False
        variable = start.variable
        if variable.kind != "local":
            return False
        if not isinstance(variable.type, Pointer):
            return True
        given = definitions(variable)
        return bool(given) and all(
            (one is not None and isinstance(ir.strip(one), (ir.Composite, ir.New)))
            or (isinstance(one, ir.Result) and ir.text_of(one.call.callee).rpartition(".")[2].lower().startswith("new"))
            for one in given
        )

    def _refilled(self, op: ir.Access, state: _State) -> None:
        """A map is put into an outer map: where the outer one is a shallow clone, it is on its way to a deep one."""
        for token in self.objects(op.map, state):
            self.refilled.update(mark for mark, _ in self.marks(token) if mark.kind == CLONED)

    def _written_by_name(self, op: ir.Assign, target: ir.Element, state: _State) -> None:
        """`pod.Labels[key] = value`, where the types of the API are not here."""
        base = ir.strip(target.base)
        if isinstance(base, ir.Field) and base.name in _MAPS_BY_NAME:
            self._written(op, base, "write", state, only=CACHED)

    def _written(self, op: ir.Op, map_: ir.Value, kind: str, state: _State, only: str = "") -> None:
        fact = self.accesses.get(op)
        locked = fact is not None and bool(fact.held)
        for token in sorted(self.objects(map_, state), key=lambda token: token[0] == "field"):
            marks = list(self.marks(token))
            for mark, steps in marks:
                if only and mark.kind != only:
                    continue
                if mark.kind == CLONED and (steps != 1 or not self._shared_original(mark)):
                    continue
                if mark.kind in (CONTEXT, CONFIG) and steps:
                    continue
                # What a published pointer leads to may be guarded by a lock; a published map is read without one.
                if steps and locked and mark.kind not in (CACHED, CLONED):
                    continue
                confidence = mark.confidence
                if mark.kind == CONTEXT and self._derives_contexts():
                    confidence = max(confidence, Confidence.MEDIUM)
                self.found.append(PublishedWrite(mark, self.function, op.at, ir.text_of(map_), kind, confidence))
                return

    def _derives_contexts(self) -> bool:
        """Whether the function returns another context: then the one that it was given is to stay as it is."""
        return any(qualified_name_of(one.type) == "context.Context" for one in self.function.results)

    def _given_away(self, op: ir.Return, marks: list[tuple[Mark, int]]) -> None:
        """A shallow clone is returned while the inner maps, which it shares, are written in place."""
        for mark, steps in marks:
            if mark.kind == PUT and not steps:
                self.found.append(
                    PublishedWrite(mark, self.function, op.at, ir.text_of(op.values[0]), "return", Confidence.HIGH)
                )
                return
            if mark.kind != CLONED or steps:
                continue
            original = self._original(mark)
            key = place_key(original) if isinstance(original, (ir.Field, ir.Global)) else None
            written = key is not None and any(
                place.key == f"{key}[*]" and place.writes() for place in self.package.places
            )
            if written:
                self.found.append(PublishedWrite(mark, self.function, op.at, mark.through, "return", Confidence.HIGH))

    def _shared_original(self, mark: Mark) -> bool:
        """Whether the map that was cloned is one that others see, too: a field or a package variable."""
        return isinstance(self._original(mark), (ir.Field, ir.Global))

    def _original(self, mark: Mark) -> ir.Value | None:
        """The map that a clone was made from."""
        assert mark.function.body is not None
        for op in ir.walk(mark.function.body):
            if isinstance(op, ir.Call) and op.at == mark.at and op.arguments:
                return ir.strip(op.arguments[0])
        return None


def _users(found: PublishedWrite, package: PackageFlow) -> tuple[tuple[ir.Function, ir.Span], ...]:
    """Where others use what was sent, or what was returned: at most a few places, for the reader to go to."""
    mark = found.mark
    seen: Iterator[tuple[ir.Function, ir.Span]] = iter(())
    if found.kind == "return":
        seen = callers(package, found.function)
        if mark.kind == PUT:  # whoever gets it next writes it in the same place
            seen = chain(_own_writes(found), seen)
    elif mark.kind == SENT and mark.function.body is not None:
        sends = [op for op in ir.walk(mark.function.body) if isinstance(op, ir.Send) and op.at == mark.at]
        seen = receivers(package, sends[0].channel) if sends else seen
    return tuple(islice(seen, _MAX_USERS))


def _own_writes(found: PublishedWrite) -> Iterator[tuple[ir.Function, ir.Span]]:
    assert found.function.body is not None
    for op in ir.walk(found.function.body):
        if isinstance(op, ir.Access) and op.kind == "write" and ir.text_of(op.map) == found.map:
            yield found.function, op.at


def _came_in(token: Token) -> bool:
    """Whether an object is a field of one that the function was given, or of a package variable."""
    if token[0] != "field":
        return False
    start: object = token
    while isinstance(start, tuple) and start[0] in ("field", "item"):
        start = start[1]
    if not isinstance(start, tuple):
        return False
    variable = start[1]
    given = isinstance(variable, ir.Variable) and variable.kind in ("param", "receiver")
    return start[0] == "global" or (start[0] == "variable" and given)


def _taken_back(token: Token) -> Token:
    while token[0] == "marked" and isinstance(token[1], tuple) and isinstance(token[2], Mark) and token[2].kind == SENT:
        token = token[1]
    return token


def _once_for_each(found: Iterable[PublishedWrite]) -> Iterator[PublishedWrite]:
    """The first write of each map that was published in one way, with those behind it in the function."""
    together: dict[tuple[Mark, str, bool], list[PublishedWrite]] = {}
    for one in found:
        together.setdefault((one.mark, one.map, one.kind == "return"), []).append(one)
    for first, *others in (sorted(several, key=lambda one: one.at) for several in together.values()):
        again = {one.at for one in others} - {first.at}
        yield replace(first, again=tuple(sorted(again)[:_MAX_AGAIN]))


def _always(value: ir.Value, state: _State) -> frozenset[Token]:
    """What a variable or path denotes that was not assigned on the way here."""
    if isinstance(value, ir.Local):
        return frozenset((("variable", value.variable),))
    if isinstance(value, ir.Field):
        base = ir.strip(value.base)
        outer = state.env.get(base)
        return frozenset(("field", one, value.name) for one in (_always(base, state) if outer is None else outer))
    return frozenset()


def _join(states: Iterable[_State]) -> _State:
    alive = [state for state in states if not state.dead]
    if not alive:
        return _State(dead=True)
    result = alive[0].copy()
    for other in alive[1:]:
        result.late &= other.late
        for value in {*result.env, *other.env}:
            mine, theirs = result.env.get(value), other.env.get(value)
            # Where it was not assigned, it is what it always was.
            mine = _always(value, result) if mine is None else mine
            theirs = _always(value, other) if theirs is None else theirs
            result.env[value] = mine | theirs
    return result


def _is_first_time(op: ir.If, function: ir.Function) -> bool:
    """`if !cloned { m = clone(m); cloned = true }`: what is done once, before all that comes after it, as a flag tells."""
    flag, truth = without_not(op.condition)
    if truth or not isinstance(flag, ir.Local) or flag.variable.function is not function or function.body is None:
        return False
    if flag.variable.kind != "local" or flag.variable.captured:
        return False
    given = [one for one in ir.walk(function.body) if isinstance(one, ir.Assign) and one.target == flag]
    here = [one for one in given if any(one is inner for inner in op.then.ops)]
    sets = bool(here) and all(one.value is not None and ir.text_of(one.value) == "true" for one in here)
    unset = (None, "false")
    return sets and all(
        one.define and (ir.text_of(one.value) if one.value is not None else None) in unset
        for one in given
        if one not in here
    )


def _given_in(block: ir.Block) -> Iterator[ir.Local]:
    """The local variables that a block itself assigns."""
    return (op.target for op in block.ops if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local))


def _nothing_where_nil(condition: ir.Value, then: _State, orelse: _State) -> None:
    """`x == nil`, or `!=`: x denotes no object on one of the two ways."""
    found = compared_with_nil(condition)
    compared = ir.strip(found[0]) if found is not None else None
    if found is None or not isinstance(compared, (ir.Local, ir.Field)):
        return
    state = then if found[1] else orelse
    for known in [known for known in state.env if known != compared and compared in prefixes(known)]:
        del state.env[known]
    state.env[compared] = frozenset()
