"""Loops over maps, and what their bodies do to the map that is being ranged over.

A body changes the map directly, through another name of it, or through what it calls: functions of the package are
followed a few calls deep, as far as they are known to reach the same map through the same access path. What can't be
told is not listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from weakref import WeakKeyDictionary

from golint_maps.finding import Confidence, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, CallFact, FunctionFacts
from golint_maps.flow.knowledge import Knowledge, join
from golint_maps.flow.leaving import going_on
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import definitions, mentions, parts
from golint_maps.flow.places import prefixes, rebase, selected
from golint_maps.flow.program import Program
from golint_maps.flow.reach import Reach
from golint_maps.record import record
from golint_maps.types.model import Basic

# How many calls deep a mutation is looked for.
_MAX_DEPTH = 3
_MAX_NAMES = 6
_MEMBER = "[]"
# How many bodies of callees are read for one loop.
_MAX_BODIES = 200
_IDEMPOTENT = frozenset({"ToLower", "ToUpper", "ToTitle", "TrimSpace", "Clean", "CanonicalHeaderKey"})
_COPYING = re.compile(r"(?:Deep)?(?:Copy|Clone)(?:Object)?$")
_FLAGS = (Basic("bool"), Basic("int"))
_ITERATORS = frozenset({"Keys", "Values", "All"})

# How the key of a mutation relates to the loop.
CURRENT = "current"  # the key of this iteration
VISITED = "visited"  # the key of an earlier iteration
DERIVED = "derived"  # made from the current value (a field, `keyOf(v)`), and may well be its key
NORMALISED = "normalised"  # the current key in another form, the same when done twice: `strings.ToLower(k)`
OTHER = "other"


@record(slots=True)
class Mutation:
    """A change of the ranged map inside the loop.

    `op` is the op of the loop's body in which it happens: the access itself, or the call that leads to it. `kind` is
    `write`, `delete` or `clear`; `relation` tells what is known of the key, `key` its value in terms of the loop's
    function (None where unknown). `goes_on`: another iteration may follow. `present`: the key is certainly in the map
    already; `reinserted`: it may have been deleted before in the same iteration. `through` are the calls that lead to
    `fact`, outermost first. `moved`: the current key may have been deleted before, for this one. `apart`: the key is
    certainly not the current one.
    """

    op: ir.Op
    kind: str
    fact: AccessFact
    key: ir.Value | None
    relation: str
    goes_on: bool
    present: bool = False
    reinserted: bool = False
    through: tuple[CallFact, ...] = ()
    moved: bool = False
    apart: bool = False

    @property
    def via(self) -> str:
        """The library function that does it (`maps.Copy`), or ""."""
        return self.fact.op.via if isinstance(self.fact.op, ir.Access) else ""


@record(slots=True)
class MapLoop:
    """A `range` over a map, or over `maps.Keys`, `Values` or `All` of one.

    `map` is the access path of the map with aliases resolved, `written` as it stands in the loop's head. `key` and
    `value` are the targets of the loop that take keys and values. `iteration` is None where the map has no name of its
    own (a literal, the result of a call elsewhere): then nothing can be told of what happens to it. `repeated`: an
    outer loop runs it again until nothing changes.
    """

    loop: ir.Range
    function: ir.Function
    map: ir.Value
    written: ir.Value
    iteration: AccessFact | None
    key: ir.Value | None
    value: ir.Value | None
    going: frozenset[ir.Op]
    mutations: list[Mutation] = field(default_factory=list)
    repeated: bool = False

    @property
    def head(self) -> ir.Span:
        """The byte range of `for k, v := range m`."""
        return ir.Span.of(self.loop.at[0], self.written.at[1])


_found: WeakKeyDictionary[Program, dict[ir.Function, tuple[MapLoop, ...]]] = WeakKeyDictionary()


def map_loops(function: ir.Function, package: PackageFlow) -> tuple[MapLoop, ...]:
    """The loops over maps of one function (not of the literals inside it), with what they do to the ranged map.

    They are found once and shared by the rules that ask.
    """
    if not package.index(function).ops(ir.Range):
        return ()
    known = _found.setdefault(package.program, {})
    loops = known.get(function)
    if loops is None:
        loops = known[function] = tuple(_map_loops(function, package))
    return loops


def _map_loops(function: ir.Function, package: PackageFlow) -> Iterator[MapLoop]:
    facts = package.facts.get(function)
    if function.body is None or facts is None:
        return
    reach = Reach(package.facts)
    by_op = {id(fact.op): fact for fact in facts.accesses if fact.through is None}
    accesses = [op for op in ir.walk(function.body) if isinstance(op, ir.Access) and op.kind == "iterate"]
    for loop in ir.walk(function.body):
        if not isinstance(loop, ir.Range):
            continue
        written, key, value = _ranged(loop)
        if written is None:
            continue
        iteration = next((by_op.get(id(op)) for op in accesses if op.map is written), None)
        found = MapLoop(
            loop,
            function,
            ir.strip(iteration.map if iteration is not None else written),
            written,
            iteration,
            key,
            value,
            going_on(loop),
            repeated=_repeated(loop, function.body, written),
        )
        if iteration is not None and not _moves(found, facts, package):
            _Walk(found, package, reach).run()
        yield found


@record(frozen=True, slots=True, order=True)
class Defect:
    """What is wrong with a mutation, the worst greatest: a level, a confidence and a name for the kind."""

    level: Level
    confidence: Confidence
    kind: str


@record(frozen=True, slots=True)
class Verdict:
    """Mutations of one loop with the same defect, in source order."""

    loop: MapLoop
    defect: Defect
    mutations: tuple[Mutation, ...]


def verdicts(loops: Iterable[MapLoop], judge: Callable[[MapLoop, Mutation], Defect | None]) -> Iterator[Verdict]:
    """Group mutations by loop and defect; an op of several loops or with several defects counts as its worst."""
    worst: dict[ir.Op, tuple[Defect, MapLoop, Mutation]] = {}
    for loop in loops:
        for mutation in loop.mutations:
            defect = judge(loop, mutation)
            if defect is not None and (mutation.op not in worst or worst[mutation.op][0] < defect):
                worst[mutation.op] = (defect, loop, mutation)
    groups: dict[tuple[ir.Op, Defect], tuple[MapLoop, list[Mutation]]] = {}
    for defect, loop, mutation in worst.values():
        groups.setdefault((loop.loop, defect), (loop, []))[1].append(mutation)
    for (_, defect), (loop, mutations) in groups.items():
        yield Verdict(loop, defect, tuple(sorted(mutations, key=lambda one: one.op.at)))


def sides(verdict: Verdict, here: str) -> tuple[Related, ...]:
    """The related places of a finding: the loop, the access behind a call, more of the same.

    `here` says as a participle what is done there.
    """
    loop, first = verdict.loop, verdict.mutations[0]
    path = loop.function.path
    found = [Related(Location(path, *loop.head), f"`{ir.text_of(loop.written)}` is ranged over here")]
    if first.through:
        fact = first.fact
        found.append(Related(Location(fact.function.path, *fact.at), f"{here} here, in {fact.function.name}"))
    found += [Related(Location(path, *one.op.at), f"also {here} here") for one in verdict.mutations[1:]]
    return tuple(found)


def by_whom(mutation: Mutation) -> str:
    """Who changes the map, where the op is a call: ` by Registry.add`; otherwise ""."""
    if not mutation.through:
        return f" by {mutation.via}" if mutation.via else ""
    callee = mutation.through[0].callee
    if callee.parent is None:
        return f" by {callee.name}"
    called = ir.strip(mutation.op.callee) if isinstance(mutation.op, ir.Call) else None
    return f" by {called.variable.name}" if isinstance(called, ir.Local) else " by a function literal"


def certainty(loop: MapLoop, mutation: Mutation) -> Confidence:
    """How sure it is that a mutation with another key than the current one matters."""
    same_again = mutation.relation == NORMALISED and mutation.kind == "write"
    if loop.repeated or same_again or (mutation.relation in (DERIVED, NORMALISED) and not mutation.apart):
        return Confidence.LOW
    return Confidence.MEDIUM if mutation.through else Confidence.HIGH


def _ranged(loop: ir.Range) -> tuple[ir.Value | None, ir.Value | None, ir.Value | None]:
    """The map that a loop ranges over, and its targets for keys and values."""
    if loop.over == "map":
        return loop.subject, loop.key, loop.value
    subject = ir.strip(loop.subject)
    if isinstance(subject, ir.Result) and subject.call.arguments:
        callee = subject.call.callee
        if isinstance(callee, ir.FunctionRef) and callee.package == "maps" and callee.name in _ITERATORS:
            source = subject.call.arguments[0]
            if callee.name == "Values":
                return source, None, loop.key
            return source, loop.key, loop.value
    return None, None, None


def _moves(loop: MapLoop, facts: FunctionFacts, package: PackageFlow) -> bool:
    """Whether the path stops to denote the ranged map in the loop: it, or what leads to it, is assigned."""
    way = prefixes(loop.map)
    variables = {part.variable for part in parts(loop.map) if isinstance(part, ir.Local)}
    for op in ir.walk(loop.loop.body):
        if op not in loop.going:
            continue
        targets: list[ir.Value] = []
        if isinstance(op, ir.Assign):
            targets = [op.target]
        elif isinstance(op, ir.Range):
            targets = [one for one in (op.key, op.value) if one is not None]
        for target in targets:
            bare = ir.strip(target)
            if (isinstance(bare, ir.Local) and bare.variable in variables) or bare in way:
                return True
    start, end = loop.loop.body.at
    for fact in facts.accesses:
        if fact.kind == "replace" and start <= fact.at[0] < end and fact.map in way and fact.op in loop.going:
            return True
    for call in facts.calls:
        if start <= call.at[0] < end and call.spawn is None:
            inner = package.facts.get(call.callee)
            for fact in inner.accesses if inner is not None else ():
                if fact.kind == "replace" and in_caller(fact.map, call) in way:
                    return True
    return False


def _repeated(loop: ir.Range, body: ir.Block, map_: ir.Value) -> bool:
    """Whether the loop stands in another one that runs until it finds nothing more to do."""
    changed = {
        op.target.variable
        for op in ir.walk(loop.body)
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.type in _FLAGS
    }
    for outer in ir.walk(body):
        if not isinstance(outer, ir.Loop) or not any(op is loop for op in ir.walk(outer.body)):
            continue
        conditions = [outer.condition] if outer.condition is not None else []
        conditions += [op.condition for op in outer.body.ops if isinstance(op, ir.If)]
        for condition in conditions:
            if any(mentions(condition, variable) for variable in changed):
                return True
            if any(isinstance(part, ir.Opaque) and map_ in part.operands for part in parts(condition)):
                return True
    return False


def in_caller(path: ir.Value, call: CallFact) -> ir.Value | None:
    """A callee's access path or key in terms of the caller; None where it starts in something of the callee's own."""
    start = ir.root(path)
    if isinstance(start, (ir.Global, ir.Constant)):
        return ir.strip(path)
    if isinstance(start, ir.Local):
        given = call.arguments.get(start.variable)
        if given is not None:
            if start.variable.assignments > 1 and not _is_only_copied(start.variable):
                return None
            found = rebase(path, start, ir.strip(given))
            return selected(found) if found is not None else None
        if start.variable.function is not call.callee:  # of a function around it
            return ir.strip(path)
    return None


def _all_ops(op: ir.Op) -> Iterator[ir.Op]:
    """An op and all ops inside of it."""
    yield op
    for block in ir.blocks_of(op):
        yield from ir.walk(block)


def _copies_itself(op: ir.Assign) -> bool:
    """Whether a variable is given a copy of what it holds: `node = node.Copy()`."""
    value = op.value
    if not isinstance(value, ir.Result) or not isinstance(value.call.callee, (ir.MethodRef, ir.Field)):
        return False
    callee = value.call.callee
    return bool(_COPYING.match(callee.name)) and not value.call.arguments and ir.strip(callee.base) == op.target


def _is_only_copied(variable: ir.Variable) -> bool:
    """Whether all that is assigned to a parameter are copies of what it holds."""
    body = variable.function.body
    given = [
        op
        for op in (ir.walk(body) if body is not None else ())
        if isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable
    ]
    return len(given) == variable.assignments - 1 and all(_copies_itself(op) for op in given)


@record(slots=True)
class _Frame:
    """A function whose body is walked: the loop's own, or a callee with the calls that lead to it."""

    facts: FunctionFacts
    through: tuple[CallFact, ...]
    by_op: dict[int, AccessFact]
    by_base: dict[int, ir.Value]
    calls: dict[ir.Span, list[CallFact]]
    parent: _Frame | None = None
    # What the calling function knows at the call.
    at_call: Knowledge = field(default_factory=Knowledge)
    # Keys that the function deletes, in its own terms.
    deleted: set[ir.Value] = field(default_factory=set)

    def key_outside(self, key: ir.Value) -> ir.Value | None:
        """A key of this function in terms of the loop's function, copies in between resolved."""
        found: ir.Value | None = key
        frame: _Frame | None = self
        while frame is not None and frame.through and found is not None:
            found = in_caller(found, frame.through[-1])
            whole = frame.at_call.start_resolved(found) if found is not None else None
            found = frame.at_call.resolve(selected(whole)) if whole is not None else None
            frame = frame.parent
        return found

    def outside(self, value: ir.Value) -> ir.Value | None:
        """A value of this function in terms of the loop's function."""
        found: ir.Value | None = value
        for call in reversed(self.through):
            if found is None:
                return None
            found = in_caller(found, call)
        return found


def _frame(
    facts: FunctionFacts,
    through: tuple[CallFact, ...] = (),
    parent: _Frame | None = None,
    at_call: Knowledge | None = None,
) -> _Frame:
    own = [fact for fact in facts.accesses if fact.through is None]
    calls: dict[ir.Span, list[CallFact]] = {}
    for call in facts.calls:
        if call.spawn is None:
            calls.setdefault(call.at, []).append(call)
    return _Frame(
        facts,
        through,
        {id(fact.op): fact for fact in own},
        {id(fact.op.map): fact.map for fact in own if isinstance(fact.op, ir.Access)},
        calls,
        parent,
        at_call or Knowledge(),
    )


class _Walk:
    """Follows the body of a loop in order and lists what changes the map."""

    def __init__(self, loop: MapLoop, package: PackageFlow, reach: Reach) -> None:
        self.loop = loop
        self.package = package
        self.reach = reach
        self.place = loop.iteration.key if loop.iteration is not None else ""
        self.budget = _MAX_BODIES
        self.at: ir.Op | None = None
        self.active: list[ir.Function] = []
        # Functions that the ranged map is asked from: what they put into it is there before the loop begins.
        self.giving = {
            callee
            for part in parts(loop.written)
            if isinstance(part, ir.Result)
            for callee in package.program.declared(part.call.callee)
        }
        # A variable that another function has shared with its literals: each call of it makes one of its own.
        start, around = ir.root(loop.map), [loop.function]
        while around[-1].parent is not None:
            around.append(around[-1].parent)
        self.from_call = isinstance(start, ir.Local) and start.variable.function not in around
        # `old := missing; missing = make(…)`, then a range over `old`: by now the first name means another map.
        self.renewed = isinstance(start, ir.Local) and start != ir.root(loop.written) and start.variable.assignments > 1
        # Stands for the current key, however it is written.
        self.current: ir.Value = ir.Item(loop.map, "key", loop.loop)

    def run(self) -> None:
        """Fill the loop's list of mutations."""
        facts = self.package.facts[self.loop.function]
        known = Knowledge()
        current: set[ir.Value] = {self.current}
        if isinstance(self.loop.key, ir.Local):
            current.add(ir.Local(self.loop.key.variable))
        known.current = frozenset(current)
        frame = _frame(facts)
        known.present = known.current | self._stored_before(frame)
        self.block(self.loop.loop.body, known, frame)

    def _stored_before(self, frame: _Frame) -> frozenset[ir.Value]:
        """The constant keys that each way to the loop has put into the map."""
        is_map, stored = self._recogniser(frame), set[ir.Value]()
        block = self.loop.function.body
        while block is not None:
            inner: ir.Block | None = None
            for op in block.ops:
                inner = next((one for one in ir.blocks_of(op) if self._is_in(one)), None)
                if op is self.loop.loop or (inner is not None and not isinstance(op, (ir.Loop, ir.Range))):
                    break
                if stored and any(self._takes_away(one, is_map) for one in _all_ops(op)):
                    stored.clear()
                if isinstance(op, ir.Access) and op.kind == "write" and op.key is not None and is_map(op.map):
                    if isinstance(ir.strip(op.key), ir.Constant):
                        stored.add(ir.strip(op.key))
                if inner is not None:
                    break
            block = inner
        return frozenset(stored)

    def _is_in(self, block: ir.Block) -> bool:
        return any(op is self.loop.loop for op in ir.walk(block))

    def _takes_away(self, op: ir.Op, is_map: Callable[[ir.Value], bool]) -> bool:
        """Whether an op may remove entries of the ranged map, or puts another map in its place."""
        if isinstance(op, ir.Access):
            return op.kind in ("delete", "clear") and is_map(op.map)
        return isinstance(op, ir.Assign) and ir.strip(op.target) in prefixes(self.loop.map)

    def block(self, block: ir.Block, known: Knowledge, frame: _Frame) -> Knowledge:
        for op in block.ops:
            if known.dead:
                break
            if not frame.through:
                self.at = op
            known = self.op(op, known, frame)
        return known

    def op(self, op: ir.Op, known: Knowledge, frame: _Frame) -> Knowledge:
        if isinstance(op, ir.Access):
            self.access(op, known, frame)
        elif isinstance(op, ir.Call):
            if op.mode == "call" or (op.mode == "defer" and frame.through):
                self.call(op, known, frame)
        elif isinstance(op, ir.Assign):
            if _copies_itself(op):
                pass  # it has the same key
            elif isinstance(op.target, ir.Local):
                known.bind(op.target.variable, op.value)
            else:
                known.forget(op.target)
            target = frame.outside(op.target) if frame.through else None
            if target is not None and ir.strip(target) == self.loop.map:
                known.dead = True  # the callee goes on with another map
        elif isinstance(op, (ir.Return, ir.Jump)):
            if not (isinstance(op, ir.Jump) and op.kind == "fallthrough"):
                known.dead = True
        elif isinstance(op, ir.Block):
            known = self.block(op, known, frame)
            if op.label:  # `break` may have left it
                known.dead = False
        elif isinstance(op, ir.If):
            then, orelse = known, known.copy()
            is_map = self._recogniser(frame)
            then.assume(op.condition, True, is_map)
            orelse.assume(op.condition, False, is_map)
            # A condition after another one that decided about a delete may well exclude it.
            doubtful = then.doubtful & then.removed
            then.removed -= doubtful
            orelse.removed -= doubtful
            known = join([self.block(op.then, then, frame), self.block(op.orelse, orelse, frame)])
            known.removed |= doubtful
        elif isinstance(op, (ir.Loop, ir.Range)):
            known = self.repeat(op, known, frame)
        elif isinstance(op, (ir.Switch, ir.Select)):
            known = self.cases(op, known, frame)
        return known

    def repeat(self, op: ir.Loop | ir.Range, known: Knowledge, frame: _Frame) -> Knowledge:
        for inside in ir.walk(op.body):
            if isinstance(inside, ir.Assign):
                known.forget(inside.target)
        if isinstance(op, ir.Loop):
            for inside in op.post.ops:
                if isinstance(inside, ir.Assign):
                    known.forget(inside.target)
            known = self.block(op.head, known, frame)
            within = known.copy()
            if op.condition is not None:
                within.assume(op.condition, True, self._recogniser(frame))
        else:
            for target in (op.key, op.value):
                if target is not None:
                    known.forget(target)
            within = known.copy()
            written, key, _ = _ranged(op)
            if written is not None and isinstance(key, ir.Local) and self._recogniser(frame)(written):
                within.present |= {ir.Local(key.variable)}
        after = self.block(op.body, within, frame)
        if not after.dead:
            known.removed |= after.removed
        known.dead = False
        return known

    def cases(self, op: ir.Switch | ir.Select, known: Knowledge, frame: _Frame) -> Knowledge:
        after: list[Knowledge] = []
        subject = known.resolve(op.subject) if isinstance(op, ir.Switch) and op.subject is not None else None
        for case in op.cases:
            one = self.block(case.head, known.copy(), frame)
            if len(case.values) == 1 and isinstance(op, ir.Switch):
                if subject is None:
                    one.assume(case.values[0], True, self._recogniser(frame))
                elif subject in one.current:
                    one.current |= {known.resolve(case.values[0])}
            after.append(self.block(case.body, one, frame))
        if not any(case.default for case in op.cases):
            after.append(known)
        result = join(after)
        result.dead = False  # `break` leaves the switch only
        return result

    # --- changes of the map --------------------------------------------------------------------------------

    def _recogniser(self, frame: _Frame) -> Callable[[ir.Value], bool]:
        """A test for expressions of the frame's function that denote the ranged map."""

        def is_map(value: ir.Value) -> bool:
            path = frame.outside(frame.by_base.get(id(value), ir.strip(value)))
            return path is not None and ir.strip(path) == self.loop.map

        return is_map

    def access(self, op: ir.Access, known: Knowledge, frame: _Frame) -> None:
        if op.kind not in ("write", "delete", "clear"):
            return
        fact = frame.by_op.get(id(op))
        if fact is None:
            return
        path = frame.outside(fact.map)
        if path is None or ir.strip(path) != self.loop.map or self._is_another(op.map, frame):
            return
        if self.from_call and (frame.through or ir.strip(op.map) != ir.strip(self.loop.written)):
            return
        if self.renewed and ir.root(op.map) == ir.root(self.loop.map):
            return
        key = known.resolve(op.key) if op.key is not None else None
        outer = frame.key_outside(key) if key is not None else None
        relation = self.relation(key, outer, known, frame)
        if relation == CURRENT:
            key = self.current
        at = self.at if self.at is not None else op
        again = key is not None and key in known.removed and not self._decides(op, frame)
        self.loop.mutations.append(
            Mutation(
                at,
                op.kind,
                fact,
                outer,
                relation,
                at in self.loop.going,
                present=key is not None and key in known.present and not again,
                reinserted=again,
                through=frame.through,
                moved=self.current in known.removed,
                apart=key is not None and key in known.apart,
            )
        )
        if op.kind == "clear":
            known.present = frozenset()
        elif key is not None and op.kind == "delete":
            known.present -= {key}
            known.removed |= {key}
            frame.deleted.add(key)
        elif key is not None:
            known.present |= {key}
            known.removed -= {key}

    @staticmethod
    def _decides(op: ir.Access, frame: _Frame) -> bool:
        """Whether a callee that puts an entry back takes it away itself, in another case: it knows when to do which."""
        body = frame.facts.function.body
        return bool(frame.through) and any(
            isinstance(one, ir.Access) and one.kind == "delete" and (one.map, one.key) == (op.map, op.key)
            for one in (ir.walk(body) if body is not None else ())
        )

    def _is_another(self, written: ir.Value, frame: _Frame) -> bool:
        """Whether a map that is known under a name of its own has been replaced under that name: `resolved := spec`,
        then `resolved.Payload = make(…)`."""
        if frame.through or not isinstance(written, ir.Field) or written in (self.loop.written, self.loop.map):
            return False
        if self.loop.function.body is None:
            return False
        return any(isinstance(op, ir.Assign) and op.target == written for op in ir.walk(self.loop.function.body))

    def call(self, op: ir.Call, known: Knowledge, frame: _Frame) -> None:
        if len(frame.through) >= _MAX_DEPTH:
            return
        for call in frame.calls.get(op.at, ()):
            facts = self.package.facts.get(call.callee)
            if facts is None or call.callee.body is None or call.callee in self.active or call.callee in self.giving:
                continue
            left = _MAX_DEPTH - len(frame.through)
            if self.budget <= 0 or not self.reach.may_change(call.callee, self.place, left):
                continue
            self.budget -= 1
            inner = _frame(facts, (*frame.through, call), frame, known.copy())
            entry = Knowledge(current=known.current, removed=known.removed if not frame.through else frozenset())
            self.active.append(call.callee)
            self.block(call.callee.body, entry, inner)
            self.active.pop()
            for key in inner.deleted:
                gone = key if key == self.current else in_caller(key, call)
                if gone is not None:
                    gone = known.resolve(gone)
                    known.present -= {gone}
                    known.removed |= {gone}
                    frame.deleted.add(gone)

    # --- keys --------------------------------------------------------------------------------------------------

    def relation(self, key: ir.Value | None, outer: ir.Value | None, known: Knowledge, frame: _Frame) -> str:
        """What is known of a key, or of what it is known to equal: `key` as the walked function has it, `outer` in terms of
        the loop's function."""
        found = self._relation(key, outer, known, frame)
        twins = (twin for one, twin in known.equal if one == key) if found == OTHER else ()
        return next((told for one in twins if (told := self._of_twin(one, known, frame)) != OTHER), found)

    def _of_twin(self, key: ir.Value, known: Knowledge, frame: _Frame) -> str:
        return self._relation(key, frame.key_outside(key), known, frame)

    def _relation(self, key: ir.Value | None, outer: ir.Value | None, known: Knowledge, frame: _Frame) -> str:
        for one in (key, outer):
            if one is not None and (one in known.current or self._is_item(one, "key")):
                return CURRENT
        if outer is not None and self._is_value(outer) and self._is_set():
            return CURRENT
        chain = self._chain(outer)
        if chain:
            return self._habit(chain)
        if key is not None and (self._is_of_entry(key, frame) or self._is_asked_for(key, frame)):
            return DERIVED
        if isinstance(outer, ir.Local) and self._remembers(outer.variable):
            return VISITED
        if any(one is not None and self._is_collected(one) for one in (key, outer)):
            return VISITED
        if outer is None and key is not None and frame.through:
            outer = self._given(key, known, frame)
            chain = self._chain(outer)
            if chain:
                return self._habit(chain)
        if outer is not None and self._is_named_by_value(outer):
            return DERIVED
        if outer is None and key is not None and self._replaces_value(key, frame):
            return DERIVED
        where: _Frame | None = frame
        while key is not None and where is not None:
            made = _made_first(key) if where.through else key
            if isinstance(made, ir.Result):
                return self._made(made, known, where)
            key = in_caller(key, where.through[-1]) if where.through else None
            known = where.at_call
            key = known.resolve(key) if key is not None else None
            where = where.parent
        return OTHER

    @staticmethod
    def _given(key: ir.Value, known: Knowledge, frame: _Frame) -> ir.Value | None:
        """A key in a callee as part of what its callers give it: `e := item.Value.(*entry)`, then `e.key`."""
        found: ir.Value | None = key
        where: _Frame | None = frame
        while found is not None and where is not None:
            found = known.start_resolved(found)
            if found is not None and where.through:
                found = in_caller(found, where.through[-1])
                known = where.at_call
            where = where.parent
        return found

    def _replaces_value(self, key: ir.Value, frame: _Frame) -> bool:
        """Whether a key is a field of a parameter that was given the current value, and may have got its successor."""
        start = ir.root(key)
        if not frame.through or not isinstance(ir.strip(key), ir.Field) or not isinstance(start, ir.Local):
            return False
        given = frame.through[-1].arguments.get(start.variable)
        outer = frame.parent.key_outside(given) if given is not None and frame.parent is not None else None
        return outer is not None and self._from_value(outer)

    def _is_of_entry(self, key: ir.Value, frame: _Frame) -> bool:
        """Whether a key is a field of another entry of the map (`other := m[id]`, then `m[other.ID]`): its own key, as a
        rule."""
        start = ir.root(key)
        if not isinstance(ir.strip(key), ir.Field) or not isinstance(start, ir.Local):
            return False
        given = definitions(start.variable) if start.variable.kind == "local" else []
        is_map = self._recogniser(frame)
        return len(given) == 1 and isinstance(given[0], ir.Element) and is_map(given[0].base)

    def _is_asked_for(self, key: ir.Value, frame: _Frame) -> bool:
        """Whether a key is a field of an object that was asked for by the current key: `get(ctx, name, &pod)`, `pod.Name`."""
        start = ir.root(key)
        if not isinstance(ir.strip(key), ir.Field) or not isinstance(start, ir.Local):
            return False
        body = start.variable.function.body
        for op in ir.walk(body) if body is not None else ():
            if isinstance(op, ir.Call) and any(
                isinstance(one, ir.Unary) and one.operand == start for one in op.arguments
            ):
                given = [part for one in op.arguments for part in parts(one) if isinstance(part, ir.Local)]
                if any(self._is_key(outer) for part in given if (outer := frame.key_outside(part)) is not None):
                    return True
        return False

    def _made(self, key: ir.Result, known: Knowledge, frame: _Frame) -> str:
        """What is known of a key that a call in the frame's function returns."""
        callee = key.call.callee
        inputs = list(key.call.arguments)
        if isinstance(callee, (ir.MethodRef, ir.Field)):
            inputs.append(callee.base)
        from_value = from_key = False
        for given in inputs:
            known_as = known.resolve(given)
            outer = frame.key_outside(known_as)
            if outer is not None and self._from_value(outer):
                from_value = True
            elif known_as in known.current or (outer is not None and self._is_item(outer, "key")):
                from_key = True
        if from_key and not frame.through:
            named = isinstance(callee, (ir.FunctionRef, ir.MethodRef)) and callee.name in _IDEMPOTENT
            return NORMALISED if named else OTHER
        return DERIVED if from_value or from_key else OTHER

    def _from_value(self, value: ir.Value, depth: int = 0) -> bool:
        """Whether a value is the current value of the loop, or reached through it, also by calls and local names."""
        for part in prefixes(value):
            if self._is_item(part, "value"):
                return True
            if isinstance(self.loop.value, ir.Local) and part == ir.Local(self.loop.value.variable):
                return True
            if isinstance(part, ir.Element) and self._is_entry(part):
                return True
            # What another map has for the current key: `property := properties[k]`, then `property.ID`.
            if isinstance(part, ir.Element) and (depth or part is not value) and self._is_key(part.key):
                return True
        start = ir.root(value)
        inputs: list[ir.Value | None] = []
        if isinstance(start, ir.Result):
            callee = start.call.callee
            inputs = [*start.call.arguments, *([callee.base] if isinstance(callee, ir.MethodRef) else [])]
            if (depth or value is not start) and any(self._is_key(one) for one in start.call.arguments):
                return True  # `rule := rules.get(id)`, then `rule.ID`
        elif isinstance(start, ir.Local) and start.variable.kind == "local" and start.variable.assignments == 1:
            inputs = definitions(start.variable)
        return depth < _MAX_DEPTH and any(self._from_value(one, depth + 1) for one in inputs if one is not None)

    def _is_named_by_value(self, key: ir.Value) -> bool:
        """Whether a key is a field of what the current value, or the current key, leads to. What a field of the value
        lists (`node.children`) is something else than the value itself, with a key of its own."""
        if not isinstance(ir.strip(key), ir.Field) or not self._from_value(key):
            return False
        for part in prefixes(key):
            of = _picked_from(part)
            if of is None or not isinstance(ir.strip(of), ir.Field) or self._is_looped(of):
                continue
            if not (isinstance(part, ir.Element) and self._is_key(part.key)):
                return False
        return True

    def _is_key(self, value: ir.Value) -> bool:
        bare = ir.strip(value)
        return self._is_item(bare, "key") or (
            isinstance(self.loop.key, ir.Local) and bare == ir.Local(self.loop.key.variable)
        )

    def _is_entry(self, element: ir.Element) -> bool:
        """Whether an element is the current value, asked for by its key: `m[k]`."""
        return self._is_looped(element.base) and self._is_key(element.key)

    def _is_looped(self, value: ir.Value) -> bool:
        """Whether a value is the map that the loop ranges over."""
        return ir.strip(value) in (self.loop.map, ir.strip(self.loop.written))

    def _is_item(self, value: ir.Value, part: str) -> bool:
        if not (isinstance(value, ir.Item) and value.loop is self.loop.loop):
            return False
        target = self.loop.key if part == "key" else self.loop.value
        given = self.loop.loop.key if value.part == "key" else self.loop.loop.value
        return target is not None and target is given

    def _chain(self, value: ir.Value | None) -> tuple[str, ...]:
        """The names that lead from the current value to a key: `("ID",)` for `v.ID` and `("ID()",)` for `v.ID()`."""
        names: list[str] = []
        while value is not None:
            value = ir.strip(value)
            if isinstance(value, ir.Local) and value != self.loop.value and len(names) < _MAX_NAMES:
                given = definitions(value.variable) if value.variable.kind == "local" else []
                if len(given) != 1 or given[0] is None:
                    break
                value = given[0]
            elif isinstance(value, ir.Field):
                names.append(value.name)
                value = value.base
            elif isinstance(value, ir.Element) and names and ir.strip(value.base) == self.loop.value:
                names.append(_MEMBER)  # a map of slices, whose members know their key
                value = value.base
            elif isinstance(value, ir.Result) and not value.call.arguments:
                callee = value.call.callee
                if not isinstance(callee, (ir.MethodRef, ir.Field)):
                    return ()
                names.append(f"{callee.name}()")
                value = callee.base
            else:
                break
        if value is None:
            return ()
        own = isinstance(self.loop.value, ir.Local) and value == ir.Local(self.loop.value.variable)
        if isinstance(value, ir.Element) and isinstance(self.loop.key, ir.Local):
            own = self._is_entry(value)
        return tuple(reversed(names)) if own or self._is_item(value, "value") else ()

    def _habit(self, chain: tuple[str, ...]) -> str:
        """Whether values are put into maps of this place under what `chain` gives: then it is the current key."""
        if chain[0] == _MEMBER:
            return DERIVED
        seen = False
        for facts in self.package.facts.values():
            for fact in facts.accesses:
                if fact.kind != "write" or fact.key != self.place or not isinstance(fact.op, ir.Access):
                    continue
                names = _own_names(fact.op, facts.function)
                if chain in names:
                    return CURRENT
                seen = seen or bool(names) or _gives_another(chain, fact.op, facts.function)
        return OTHER if seen else DERIVED

    def _is_value(self, value: ir.Value) -> bool:
        """Whether a value is the current one of the loop, as it is."""
        bare = ir.strip(value)
        of_loop = isinstance(self.loop.value, ir.Local) and bare == ir.Local(self.loop.value.variable)
        return of_loop or self._is_item(bare, "value")

    def _is_set(self) -> bool:
        """Whether values are put into maps of this place under themselves: `timers[t] = t`."""
        writes = [
            fact.op
            for facts in self.package.facts.values()
            for fact in facts.accesses
            if fact.kind == "write" and fact.key == self.place and isinstance(fact.op, ir.Access)
        ]
        return bool(writes) and all(
            op.key is not None and op.value is not None and ir.strip(op.key) == ir.strip(op.value) for op in writes
        )

    def _is_collected(self, key: ir.Value) -> bool:
        """Whether a key is a member of a slice that takes nothing but the keys of this loop (`batch = append(batch, k)`)."""
        base = _picked_from(key) or _ranged_for(key)
        bare = ir.strip(base) if base is not None else None
        if not isinstance(bare, ir.Local) or bare.variable.kind != "local":
            return False
        found = 0
        for value in definitions(bare.variable):
            if value is None or isinstance(value, (ir.Nil, ir.Make)):
                continue
            if not isinstance(value, ir.Opaque) or value.operands[:1] != (bare,):
                return False
            if value.text.startswith("append("):
                found += 1
                if len(value.operands) != 2 or not isinstance(self.loop.key, ir.Local):
                    return False
                if ir.strip(value.operands[1]) != ir.Local(self.loop.key.variable):
                    return False
        return found > 0

    def _remembers(self, variable: ir.Variable) -> bool:
        """Whether a variable only ever holds keys of earlier iterations, or nothing."""
        body = self.loop.function.body
        if body is None or variable.kind not in ("local", "result") or variable.captured:
            return False
        found = 0
        for op in ir.walk(body):
            if not (isinstance(op, ir.Assign) and isinstance(op.target, ir.Local) and op.target.variable is variable):
                continue
            found += 1
            if op.value is None or isinstance(op.value, (ir.Constant, ir.Nil)):
                continue
            value = ir.strip(op.value)
            if not (isinstance(self.loop.key, ir.Local) and value == ir.Local(self.loop.key.variable)):
                return False
        return found > 0 and found >= variable.assignments


def _own_names(op: ir.Access, function: ir.Function) -> set[tuple[str, ...]]:
    """How the key of `m[key] = value` is reached from the value itself: field, getter, or entry of a literal."""
    if op.key is None or op.value is None:
        return set()
    found: set[tuple[str, ...]] = set()
    value = ir.strip(op.value)
    names: list[str] = []
    step = ir.strip(op.key)
    while True:
        if step == value and names:
            found.add(tuple(reversed(names)))
        if isinstance(step, ir.Field):
            names.append(step.name)
            step = ir.strip(step.base)
        elif isinstance(step, ir.Result) and isinstance(step.call.callee, ir.MethodRef) and not step.call.arguments:
            names.append(f"{step.call.callee.name}()")
            step = ir.strip(step.call.callee.base)
        else:
            break
    steps = list(prefixes(ir.strip(op.key)))
    for literal in _literals(value, function):
        for name, entry in literal.entries:
            for depth, inner in enumerate(steps):  # `m[d.id] = &T{of: d}`
                inside = steps[:depth]
                if (
                    isinstance(name, str)
                    and ir.strip(entry) == inner
                    and all(isinstance(one, ir.Field) for one in inside)
                ):
                    found.add((name, *(one.name for one in reversed(inside) if isinstance(one, ir.Field))))
    return found


def _gives_another(chain: tuple[str, ...], op: ir.Access, function: ir.Function) -> bool:
    """Whether `m[key] = T{…}` gives the field that `chain` names another value than the key."""
    if op.value is None or op.key is None or len(chain) != 1:
        return False
    key = ir.strip(op.key)
    for literal in _literals(ir.strip(op.value), function):
        for name, entry in literal.entries:
            if name == chain[0] and type(ir.strip(entry)) is type(key) and ir.strip(entry) != key:
                return isinstance(key, (ir.Constant, ir.Local))
    return False


def _literals(value: ir.Value, function: ir.Function) -> Iterator[ir.Composite]:
    if isinstance(value, ir.Composite):
        yield value
    elif isinstance(value, ir.Local) and function.body is not None:
        for op in ir.walk(function.body):
            if isinstance(op, ir.Assign) and op.value is not None and op.target == value:
                literal = ir.strip(op.value)
                if isinstance(literal, ir.Composite):
                    yield literal


def _ranged_for(value: ir.Value) -> ir.Value | None:
    """What a loop ranges over to give a variable its values, and nothing else does; None for other values."""
    bare = ir.strip(value)
    if not isinstance(bare, ir.Local) or definitions(bare.variable) != [None]:
        return None
    body = bare.variable.function.body
    for op in ir.walk(body) if body is not None else ():
        if isinstance(op, ir.Range) and isinstance(op.value, ir.Local) and op.value.variable is bare.variable:
            return op.subject
    return None


def _made_first(key: ir.Value) -> ir.Value:
    """The call that a callee makes its key with, before it looks for a free one: `hash := m.hash(k)`, then `hash++`."""
    given = definitions(key.variable) if isinstance(key, ir.Local) and key.variable.kind == "local" else []
    made = given[0] if len(given) > 1 else None
    return made if isinstance(made, ir.Result) else key


def _picked_from(part: ir.Value) -> ir.Value | None:
    """What an element is looked up in, or a member of a loop is taken from; None for other values."""
    return part.base if isinstance(part, ir.Element) else part.subject if isinstance(part, ir.Item) else None
