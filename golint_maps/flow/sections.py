"""Critical sections that belong together: a decision made in one, acted on in a later one without looking again.

A `Touch` is a look at a map or a change of it inside a critical section, either in the function itself or by a method
that takes the lock for itself. A look and a change of one entry in different sections make a pair; it is reported where
what the look found decides about the change, where somebody else can come between, and where that does harm: the change
overwrites what somebody else put there, or takes back what he did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import partial

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.answers import about
from golint_maps.flow.deadlocks import stable, translate
from golint_maps.flow.facts import AccessFact, CallFact, FunctionFacts
from golint_maps.flow.leaving import leaves
from golint_maps.flow.locks import EXCLUSIVE, Held
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import compared_with_nil, parts
from golint_maps.flow.places import place_name
from golint_maps.flow.threads import CALLBACK, EXTERNAL, HANDLER, SPAWNED, Context
from golint_maps.record import record
from golint_maps.types.model import UNKNOWN, Basic, Chan, Map, Pointer, Slice, Struct, Type
from golint_maps.types.world import World

UPDATE = "update"
CREATE = "create"
CLAIM = "claim"
DELETE = "delete"

_LOOKS = frozenset(("read", "len", "iterate", "check"))
_ACTS = frozenset(("write", "delete"))

# What functions are called that make something of which there should be one.
_MAKERS = ("new", "create", "dial", "open", "connect", "start", "spawn", "launch", "subscribe", "listen", "acquire")
# Methods of objects that live, rather than being computed.
_LIVING = frozenset(("Close", "Stop", "Shutdown", "Lock", "Unlock", "Start", "Run", "Cancel", "Wait"))
# What tells by the clock that an entry is out of date.
_CLOCK = frozenset(("After", "Before", "Since", "Until", "Expired", "IsExpired", "expired", "isExpired"))
# What functions are called that are started once and then go round and round.
_ONE_LOOP = ("serve", "listen", "run", "start", "loop", "new", "init")
# Counters that number what is made.
_COUNTERS = frozenset(f"sync/atomic.{name}" for name in ("Int32", "Int64", "Uint32", "Uint64"))
_MAX_TOUCHES = 40
_MAX_CALLERS = 200


@record(frozen=True, slots=True)
class CheckThenAct:
    """A change at `act` decided by a look at `look` in an earlier critical section, both in `function`.

    `kind` tells the harm: `update` (a change that somebody else made is lost), `create` (two are made, one is lost),
    `claim` (two find it free), `delete` (what somebody else just put there is removed). `released` is where the first
    section ends.
    """

    kind: str
    function: ir.Function
    look: ir.Span
    act: ir.Span
    released: ir.Span | None
    map: str
    lock: str
    confidence: Confidence


@record(slots=True, eq=False)
class _Touch:
    kind: str
    at: ir.Span
    place: str
    map: ir.Value
    key: ir.Value | None
    lock: Held
    section: ir.Span
    others: frozenset[Held]
    value: ir.Value | None = None
    call: ir.Call | None = None
    access: AccessFact | None = None

    @property
    def looks(self) -> bool:
        return self.kind in _LOOKS


def find_check_then_act(package: PackageFlow) -> Iterator[CheckThenAct]:
    """All such pairs of a package, one for each change."""
    for function in package.all_functions():
        if function.body is not None and not function.is_test:
            yield from about("check then act", function, package, partial(_in_function, function))


def _in_function(function: ir.Function, package: PackageFlow) -> list[CheckThenAct]:
    facts = package.facts.get(function)
    touches = _touches(function, facts, package) if facts is not None else []
    if facts is None or not touches or not _shared(function, package):
        return []
    search = _Pairs(function, facts, package, touches)
    found = (search.decided(act) for act in touches if act.kind in _ACTS)
    return [one for one in found if one is not None]


def _shared(function: ir.Function, package: PackageFlow) -> bool:
    """Whether two goroutines may be in the function at a time, without a lock of their callers around."""
    contexts: list[Context] = list(package.contexts.get(function, ()))
    if any(held.mode == EXCLUSIVE for context in contexts for held in context.held):
        return False
    if function.parent is not None and _single_flight(function):
        return False
    for context in contexts:
        thread = context.thread
        if thread.kind in (HANDLER, CALLBACK) or (thread.kind == EXTERNAL and not _runs_once(function, package)):
            return True
        if thread.kind == SPAWNED and (thread.many or thread.maybe_many):
            return True
    started = {context.thread.identity for context in contexts if context.thread.kind == SPAWNED}
    return any(spawn.identity in started for context in contexts for spawn in context.live)


def _runs_once(function: ir.Function, package: PackageFlow) -> bool:
    """Whether callers from outside only come to a function through methods that are called once, such as `Serve`."""
    pending, seen = [function], {function}
    while pending and len(seen) < _MAX_CALLERS:
        one = pending.pop()
        for context, origin in package.contexts.get(one, {}).items():
            if context.thread.kind != EXTERNAL:
                continue
            if origin is None:
                if not one.short_name.lower().startswith(_ONE_LOOP):
                    return False
            elif origin.caller not in seen:
                seen.add(origin.caller)
                pending.append(origin.caller)
    return True


def _single_flight(function: ir.Function) -> bool:
    """Whether a literal is run by something that lets one in at a time: `group.Do(key, func…)`, `once.Do(func…)`."""
    parent = function.parent
    if parent is None or parent.body is None:
        return False
    for op in ir.walk(parent.body):
        if isinstance(op, ir.Call) and any(isinstance(a, ir.Closure) and a.function is function for a in op.arguments):
            name = op.callee.name if isinstance(op.callee, (ir.MethodRef, ir.Field, ir.FunctionRef)) else ""
            return name in ("Do", "DoChan", "OnceFunc", "OnceValue", "OnceValues")
    return False


# --- touches ----------------------------------------------------------------------------------------------------------


def _touches(function: ir.Function, facts: FunctionFacts, package: PackageFlow) -> list[_Touch]:
    """The looks and changes of a function, in the order of the source."""
    found: list[_Touch] = []
    takes = [op for op in facts.lock_ops if op.takes and not op.deferred]
    for access in facts.accesses:
        if access.function is not function or access.owned or access.spawn is not None:
            continue
        if access.kind not in _LOOKS | _ACTS or not isinstance(access.op, ir.Access) or access.op.compound:
            continue
        for held in access.held:
            if held.path is None or not stable(held.path, function):
                continue
            section = max((op.at for op in takes if op.lock.key == held.key and op.at < access.at), default=None)
            if section is not None:
                others = access.held - {held}
                key, value = access.op.key, access.op.value
                found.append(
                    _Touch(
                        access.kind, access.at, access.key, access.map, key, held, section, others, value, access=access
                    )
                )
    calls = {op.at: op for op in package.index(function).ops(ir.Call)} if facts.calls else {}
    for call in facts.calls:
        op = calls.get(call.at)
        if op is not None and op.mode == "call" and call.spawn is None and call.callee.parent is None:
            found.extend(_by_call(call, op, function, package))
    found.sort(key=lambda touch: touch.at)
    return found[:_MAX_TOUCHES]


def _by_call(call: CallFact, op: ir.Call, function: ir.Function, package: PackageFlow) -> Iterator[_Touch]:
    """What a method that takes the lock for itself does to an entry: it only looks, or only changes."""
    facts = package.facts.get(call.callee)
    if facts is None or package.program.declared(op.callee) != [call.callee]:
        return
    mine = [one for one in facts.accesses if one.function is call.callee and isinstance(one.op, ir.Access)]
    for place in {one.key for one in mine}:
        here = [one for one in mine if one.key == place and one.kind != "copy"]
        kinds = {one.kind for one in here}
        if not (kinds <= _LOOKS or kinds <= _ACTS) or len(here) > 2:
            continue
        access = here[0]
        if any(isinstance(one.op, ir.Access) and one.op.compound for one in here):
            continue
        assert isinstance(access.op, ir.Access)
        for held in access.held:
            if held.path is None or held.key in {one.key for one in (*facts.acquires, *call.held)}:
                continue
            map_, lock = translate(access.map, call), translate(held.path, call)
            key = _argument(access.op.key, call)
            if map_ is None or lock is None or (access.op.key is not None and key is None):
                continue
            if isinstance(ir.root(map_), ir.Local) and not stable(map_, function):
                continue
            value = access.op.value
            if isinstance(value, ir.Local) and value.variable in call.arguments:
                value = call.arguments[value.variable]
            yield _Touch(
                access.kind,
                call.at,
                access.key,
                ir.strip(map_),
                key,
                Held(held.key, held.mode, ir.strip(lock)),
                call.at,
                call.held,
                value,
                op,
                access,
            )
            break


def _argument(key: ir.Value | None, call: CallFact) -> ir.Value | None:
    """A key in the caller's terms: a parameter's argument, a constant."""
    if isinstance(key, (ir.Constant, ir.Global)):
        return key
    if isinstance(key, ir.Local):
        return call.arguments.get(key.variable)
    return None


# --- pairs ------------------------------------------------------------------------------------------------------------


@record(slots=True)
class _Pairs:
    function: ir.Function
    facts: FunctionFacts
    package: PackageFlow
    touches: list[_Touch]
    _enclosing: dict[ir.Op, tuple[tuple[ir.Op, ir.Block], ...]] = field(init=False, default_factory=dict)
    _ordered: list[ir.Op] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        assert self.function.body is not None
        pending: list[tuple[ir.Block, tuple[tuple[ir.Op, ir.Block], ...]]] = [(self.function.body, ())]
        while pending:
            block, outer = pending.pop()
            for op in block.ops:
                self._enclosing[op] = outer
                pending.extend((inner, (*outer, (op, inner))) for inner in ir.blocks_of(op))
        self._ordered = list(ir.walk(self.function.body))

    @property
    def world(self) -> World:
        return self.package.world

    def decided(self, act: _Touch) -> CheckThenAct | None:
        """The look in an earlier section that decides about a change, if there is one and nobody looks again."""
        if any(self._same_map(look, act) and look.looks and look.section == act.section for look in self.touches):
            return None
        if act.call is None and self._looks_again_by_call(act):
            return None
        if self._own(act):
            return None
        looks = [one for one in self.touches if one.looks and one.at < act.at and self._same_map(one, act)]
        if not looks:
            return None
        look = looks[-1]
        if look.section == act.section or look.section > act.section:
            return None
        if look.kind == "read" and not self._same_entry(look, act):
            return None
        if self._common_lock(look, act) or self._reserves(look) or not self._reaches(look, act):
            return None
        verdict = self._judge(look, act)
        if verdict is None:
            return None
        kind, confidence = verdict
        released = min(
            (
                op.at
                for op in self.facts.lock_ops
                if not op.takes and op.lock.key == look.lock.key and look.at < op.at < act.section
            ),
            default=None,
        )
        assert look.lock.path is not None
        lock = ir.text_of(look.lock.path)
        return CheckThenAct(kind, self.function, look.at, act.at, released, place_name(act.map), lock, confidence)

    def _own(self, act: _Touch) -> bool:
        """Whether the key belongs to the object itself (`w.tracker.Set(w.ref, …)`): the entry is its own."""
        start = ir.root(act.key) if act.key is not None else None
        if not isinstance(start, ir.Local) or start.variable is not self.function.receiver:
            return False
        return not (isinstance(act.map, ir.Field) and ir.strip(act.map.base) == start)

    @staticmethod
    def _same_map(one: _Touch, other: _Touch) -> bool:
        return (
            one.place == other.place
            and one.map == other.map
            and one.lock.key == other.lock.key
            and one.lock.path == other.lock.path
        )

    def _looks_again_by_call(self, act: _Touch) -> bool:
        """Whether a helper that is called inside the later section touches the map as well: it may well look again."""
        for call in self.facts.calls:
            if act.section < call.at < act.at and any(held.key == act.lock.key for held in call.held):
                facts = self.package.facts.get(call.callee)
                if facts is not None and any(one.key == act.place for one in facts.accesses):
                    return True
        return False

    def _same_entry(self, look: _Touch, act: _Touch) -> bool:
        """Whether both are about one entry: by the same key, or because one variable takes what is found or made."""
        if look.key is None:
            return False
        if look.key == act.key:
            return self._keeps(look.key, look, act)
        stored = ir.strip(act.value) if act.value is not None else None
        if not isinstance(stored, ir.Local):
            return False
        return any(
            isinstance(op, ir.Assign)
            and op.value is not None
            and op.at[0] <= look.at[0] < op.at[1]
            and isinstance(op.target, ir.Local)
            and op.target.variable is stored.variable
            and self._mentions(op.value, set(), look)
            for op in self._ordered
        )

    def _keeps(self, key: ir.Value, look: _Touch, act: _Touch) -> bool:
        """Whether the variables of a key are the same at both places."""
        used = {part.variable for part in parts(key) if isinstance(part, ir.Local)}
        for op in self._ordered:
            given = op.target if isinstance(op, ir.Assign) and look.at < op.at < act.at else None
            if isinstance(given, ir.Local) and given.variable in used:
                return False
        return True

    @staticmethod
    def _common_lock(look: _Touch, act: _Touch) -> bool:
        """Whether another lock is held around both sections."""
        mine = {(held.key, held.path) for held in look.others if held.mode == EXCLUSIVE}
        return any((held.key, held.path) in mine for held in act.others)

    def _reserves(self, look: _Touch) -> bool:
        """Whether the first section leaves a note for others: it changes a map or a field before it ends."""
        if look.call is not None:
            facts = self.package.facts.get(look.access.function) if look.access is not None else None
            return facts is not None and any(one.writes for one in facts.accesses)
        ends = [
            op.at
            for op in self.facts.lock_ops
            if not op.takes and not op.deferred and op.lock.key == look.lock.key and op.at > look.at
        ]
        end = max((at for at in ends if at < self._next_section(look)), default=None)
        if end is None:
            return True
        for access in self.facts.accesses:
            if access.writes and look.section < access.at < end:
                return True
        for op in self._ordered:
            if look.section < op.at < end and isinstance(op, ir.Assign) and isinstance(ir.strip(op.target), ir.Field):
                return True
        return False

    def _next_section(self, look: _Touch) -> ir.Span:
        later = [op.at for op in self.facts.lock_ops if op.takes and op.lock.key == look.lock.key and op.at > look.at]
        later += [touch.at for touch in self.touches if touch.call is not None and touch.at > look.at]
        return min(later, default=ir.Span(1 << 62))

    def _reaches(self, look: _Touch, act: _Touch) -> bool:
        """Whether control can come from the look to the change."""
        one, other = self._op_at(look), self._op_at(act)
        if one is None or other is None:
            return False
        around = dict(self._enclosing[other])
        for op, block in self._enclosing[one]:
            if around.get(op) is block:
                continue
            if op in around or leaves(block):
                return False
        return True

    def _op_at(self, touch: _Touch) -> ir.Op | None:
        if touch.call is not None:
            return touch.call
        return touch.access.op if touch.access is not None and touch.access.op in self._enclosing else None

    # --- what the look decides ----------------------------------------------------------------------------------------

    def _judge(self, look: _Touch, act: _Touch) -> tuple[str, Confidence] | None:
        found = self._learnt(look, act)
        data = act.kind == "write" and act.value is not None and self._plain(act.value.type)
        if data and act.value is not None and self._mentions(act.value, found.values, look):
            return UPDATE, Confidence.HIGH
        decision = self._decision(look, act, found.all)
        if decision is None:
            return None
        if act.kind == "delete":
            return (DELETE, Confidence.MEDIUM) if self._outdated(decision, look, act, found.values) else None
        # A scan and a count say what they say in many ways; a lookup finds something or nothing.
        if look.kind == "read" and self._present(decision, act) is not False:
            return None
        if self._one_of_a_kind(act):
            return CREATE, Confidence.MEDIUM
        if look.kind in ("read", "len") and self._refuses(decision) and not self._constant(act):
            return CLAIM, Confidence.MEDIUM
        return None

    def _outdated(self, decision: ir.If, look: _Touch, act: _Touch, values: set[ir.Variable]) -> bool:
        """Whether what was found is too old by the clock: it is deleted, though it may have been renewed."""
        target = self._op_at(act)
        inside = target is not None and any(op is decision for op, _ in self._enclosing[target])
        if not inside or look.kind != "read" or not self._mentions(decision.condition, values, look):
            return False
        calls = (part.call for part in parts(decision.condition) if isinstance(part, ir.Result))
        return any(ir.text_of(call.callee).rpartition(".")[2] in _CLOCK for call in calls)

    def _present(self, decision: ir.If, act: _Touch) -> bool | None:
        """Whether the change happens where the lookup found something (True) or nothing (False); None if unknown."""
        meaning = _means_present(decision.condition)
        target = self._op_at(act)
        if meaning is None or target is None:
            return None
        for op, block in self._enclosing[target]:
            if op is decision:
                return meaning if block is decision.then else not meaning
        return not meaning if leaves(decision.then) else meaning

    def _learnt(self, look: _Touch, act: _Touch) -> _Learnt:
        """The variables that hold what the look found, where they still do at the change."""
        found = _Learnt()
        for op in self._ordered:
            if look.kind == "iterate" and isinstance(op, ir.Range) and op.at[0] <= look.at[0] < op.body.at[0]:
                found.all.update(one.variable for one in (op.key, op.value) if isinstance(one, ir.Local))
            if not isinstance(op, ir.Assign) or not isinstance(op.target, ir.Local) or op.at[0] >= act.at[0]:
                continue
            if op.at[1] < look.at[0]:
                continue
            variable = op.target.variable
            value = op.value
            if look.kind == "iterate" and self._inside_loop(look, op):
                found.all.add(variable)
                continue
            if value is not None and self._mentions(value, found.values, look):
                found.all.add(variable)
                if not isinstance(value, ir.Found) and not _says_whether(value):
                    found.values.add(variable)
            elif value is not None and self._mentions(value, found.all, look):
                found.all.add(variable)
            elif op.at[0] > look.at[1] and not op.op:
                found.values.discard(variable)
        return found

    def _inside_loop(self, look: _Touch, op: ir.Op) -> bool:
        for around, _ in self._enclosing[op]:
            if isinstance(around, ir.Range) and around.at[0] <= look.at[0] < around.at[1]:
                return True
        return False

    def _mentions(self, value: ir.Value, variables: set[ir.Variable], look: _Touch) -> bool:
        """Whether a value is made from what the look found."""
        for part in parts(value):
            if isinstance(part, ir.Local) and part.variable in variables:
                return True
            if isinstance(part, ir.Result):
                if look.call is not None and part.call is look.call:
                    return True
                if any(self._mentions(a, variables, look) for a in part.call.arguments if not isinstance(a, ir.Result)):
                    return True
            if look.call is None and look.access is not None and isinstance(look.access.op, ir.Access):
                op = look.access.op
                same = isinstance(part, ir.Element) and op.key == part.key and ir.strip(part.base) == ir.strip(op.map)
                if same and (part.at[0] <= look.at[0] < part.at[1] or part.at == look.at):
                    return True
                if look.kind in ("len", "check") and part.at[0] <= look.at[0] < part.at[1]:
                    return isinstance(part, (ir.Opaque, ir.Binary))
        return False

    def _decision(self, look: _Touch, act: _Touch, variables: set[ir.Variable]) -> ir.If | None:
        """The condition on what the look found that says whether the change happens."""
        target = self._op_at(act)
        if target is None:
            return None
        around = {op for op, _ in self._enclosing[target]}
        for op in self._ordered:
            if not isinstance(op, ir.If) or not op.at[0] < act.at[0] or op.at[1] < look.at[0]:
                continue
            if not self._mentions(op.condition, variables, look):
                continue
            if op in around or any(
                block.ops and leaves(block) and not _panics(block) for block in (op.then, op.orelse)
            ):
                return op
        return None

    def _plain(self, type_: Type) -> bool:
        """Whether values of a type are data that is copied, so that writing one back undoes other changes."""
        under = self.world.underlying(type_)
        return isinstance(under, (Struct, Slice)) or (isinstance(under, Basic) and under.name not in ("any", "error"))

    @staticmethod
    def _constant(act: _Touch) -> bool:
        value = ir.strip(act.value) if act.value is not None else None
        return (
            value is None
            or isinstance(value, (ir.Constant, ir.Nil))
            or (isinstance(value, ir.Composite) and not value.entries)
        )

    @staticmethod
    def _refuses(decision: ir.If) -> bool:
        """Whether one way out of a decision is an error for the caller: somebody else was first."""
        for block in (decision.then, decision.orelse):
            for op in block.ops:
                if isinstance(op, ir.Return) and op.values:
                    last = op.values[-1]
                    bare = ir.strip(last)
                    if isinstance(bare, ir.Constant) and bare.text == "false":
                        return True
                    error = isinstance(bare, (ir.Global, ir.Result, ir.Composite)) and not isinstance(bare, ir.Nil)
                    name = ir.text_of(bare).lower()
                    if error and ("err" in name or "exist" in name):
                        return True
        return False

    def _one_of_a_kind(self, act: _Touch) -> bool:
        """Whether the value that is stored is an object of which a second one does harm."""
        value = act.value
        if value is None:
            return False
        made = self._origin(ir.strip(value), act)
        type_ = value.type if value.type != UNKNOWN else made.type
        under = self.world.underlying(type_)
        if isinstance(under, (Chan, Map)) and isinstance(made, ir.Make):
            return True
        if isinstance(under, (Basic, Struct, Slice)) and not (isinstance(under, Basic) and under.name == "any"):
            return False
        if isinstance(made, (ir.Composite, ir.New)):
            return self._lives(made.type) or self._is_numbered(made)
        if isinstance(made, ir.Result):
            name = ir.text_of(made.call.callee).rpartition(".")[2].lower()
            if not name.startswith(_MAKERS):
                return False
            return self._lives(type_) or not name.startswith("new") or self._foreign(type_)
        return False

    def _is_numbered(self, made: ir.Value) -> bool:
        """Whether a literal takes a number from a counter: two of them are told apart, and one is lost."""
        for part in parts(made):
            callee = part.call.callee if isinstance(part, ir.Result) else None
            if isinstance(callee, (ir.MethodRef, ir.Field)) and callee.name == "Add":
                named = self.world.named(callee.base.type)
                if named is not None and named.qualified in _COUNTERS:
                    return True
            if isinstance(callee, ir.FunctionRef) and callee.package == "sync/atomic" and callee.name.startswith("Add"):
                return True
        return False

    def _origin(self, value: ir.Value, act: _Touch) -> ir.Value:
        """What a variable was given last before the change."""
        for _ in range(3):
            if not isinstance(value, ir.Local):
                break
            given = [
                op.value
                for op in self._ordered
                if isinstance(op, ir.Assign)
                and op.value is not None
                and op.at < act.at
                and isinstance(op.target, ir.Local)
                and op.target.variable is value.variable
                and not isinstance(ir.strip(op.value), ir.Nil)
            ]
            if not given:
                break
            value = ir.strip(given[-1])
        return value

    def _foreign(self, type_: Type) -> bool:
        named = self.world.named(type_)
        return named is None or self.world.declaration(named) is None

    def _lives(self, type_: Type) -> bool:
        """Whether objects of a type have a life of their own: locks, channels, goroutines, or fields that change."""
        named = self.world.named(type_)
        struct = self.world.underlying(self.world.deref(type_))
        if isinstance(struct, Struct):
            for one in struct.fields:
                inner = self.world.named(one.type)
                if isinstance(self.world.underlying(one.type), Chan) or (inner and inner.package.startswith("sync")):
                    return True
        if named is None:
            return False
        if self.world.tells(named) & _LIVING or self.world.tells(Pointer(named)) & _LIVING:
            return True
        return named.package == self.package.package.import_path and self._changes(named.name)

    def _changes(self, receiver: str) -> bool:
        """Whether a method of a type assigns a field of its object, or writes to a map in one."""
        for (owner, _), functions in self.package.program.functions.items():
            if owner != receiver:
                continue
            for function in functions:
                for op in ir.walk(function.body) if function.body is not None else ():
                    changed: ir.Value | None = None
                    if isinstance(op, ir.Assign) and isinstance(op.target, (ir.Field, ir.Element)):
                        changed = op.target
                    elif isinstance(op, ir.Access) and op.kind in ("write", "delete", "clear"):
                        changed = op.map
                    start = ir.root(changed) if changed is not None else None
                    if isinstance(start, ir.Local) and start.variable is function.receiver:
                        return True
        return False


def _means_present(condition: ir.Value) -> bool | None:
    """Whether a condition holds where a lookup found something (True), nothing (False), or can't be read (None)."""
    if isinstance(condition, ir.Unary) and condition.op == "!":
        inner = _means_present(condition.operand)
        return None if inner is None else not inner
    if isinstance(condition, ir.Binary):
        compared = compared_with_nil(condition)
        if compared is not None:
            return not compared[1]
        if condition.op in ("&&", "||"):
            sides = (_means_present(condition.left), _means_present(condition.right))
            wanted = condition.op == "&&"  # `ok && fresh` holds for what is there, `!ok || stale` for what is not
            return wanted if wanted in sides else None
        return None
    bare = ir.strip(condition)
    if isinstance(bare, (ir.Local, ir.Found, ir.Element)):
        return True
    return True if _says_whether(bare) else None


def _says_whether(value: ir.Value) -> bool:
    """Whether a call's result only says whether there is an entry."""
    bare = ir.strip(value)
    return isinstance(bare, ir.Result) and isinstance(bare.type, Basic) and bare.type.name == "bool"


def _panics(block: ir.Block) -> bool:
    return any(isinstance(op, ir.Jump) and op.kind == "panic" for op in block.ops)


@record(slots=True)
class _Learnt:
    """Variables that depend on what a look found; `values` those which hold what was in the map."""

    all: set[ir.Variable] = field(default_factory=set)
    values: set[ir.Variable] = field(default_factory=set)
