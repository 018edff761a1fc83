"""Nil maps as a question to the whole package: fields that nobody makes, constructors that forget, `Close` and after.

Only places that no other package can assign are judged: unexported fields of this package's types, unexported package
variables, local variables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field
from functools import partial

from golint_maps.flow import ir
from golint_maps.flow.answers import about
from golint_maps.flow.index import Index
from golint_maps.flow.nilfacts import NIL_GIVEN, Kind
from golint_maps.flow.nilness import Interpreter
from golint_maps.flow.nilrecords import Birth, Nilness, Summary, Write
from golint_maps.flow.nilslices import unset_elements
from golint_maps.flow.nilstate import strip
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import compared_with_nil
from golint_maps.flow.places import holder_of, place_key
from golint_maps.project.constraints import can_coexist
from golint_maps.record import record
from golint_maps.types.model import UNKNOWN, Named, Struct, qualified_name_of

_ENDING = re.compile(
    r"close|stop|shutdown|destroy|dispose|terminate|teardown|release|disconnect|reset|clear|flush|purge", re.IGNORECASE
)
# Of these, what functions are called after which an object goes on.
_EMPTYING = re.compile(r"reset|clear|flush|purge", re.IGNORECASE)
# What functions are called that prepare an object for the others.
_PREPARING = re.compile(r"init|start|open|run|setup|reset|prepare|begin|configure|register", re.IGNORECASE)

# What is called so is there for tests.
_FOR_TESTS = re.compile(r"mock|fake|stub|dummy|test", re.IGNORECASE)


@record(frozen=True, slots=True)
class Init:
    """An assignment (or literal entry) that gives a place its map.

    `empty` tells that the map has no entries, `fresh` that the object was made in the same function. `taken` is the place
    key of the exported field that it was taken from, if any.
    """

    function: ir.Function
    at: ir.Span
    nil: bool
    empty: bool
    fresh: bool
    taken: str = ""


@record(slots=True)
class Places:
    """Who gives places their maps, by place key; `open` are the keys of which not everything is known."""

    inits: dict[str, list[Init]] = field(default_factory=lambda: defaultdict(list))
    open: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    addressed: set[ir.Variable] = field(default_factory=set)
    unset: dict[ir.Variable, ir.Span] = field(default_factory=dict)
    nilled: dict[ir.Variable, list[tuple[ir.Function, ir.Span]]] = field(default_factory=lambda: defaultdict(list))
    # What package variables are given.
    given: dict[str, list[ir.Value | None]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Places) -> None:
        """Put in what stands in one function."""
        for key, inits in other.inits.items():
            self.inits[key] += inits
        for variable, resets in other.nilled.items():
            self.nilled[variable] += resets
        for key, values in other.given.items():
            self.given[key] += values
        self.open |= other.open
        self.loose |= other.loose
        self.addressed |= other.addressed
        self.unset.update(other.unset)


@record(frozen=True, slots=True)
class NilPlace:
    """A write to a map that the package as a whole leaves nil.

    `writes` are the writes, the one to report first; `origins` say where it should have been made: function, position and
    a clause. `inner` tells that it is the map inside a map which is missing.
    """

    writes: tuple[Write, ...]
    origins: tuple[tuple[ir.Function, ir.Span, str], ...]
    reason: str
    sure: bool
    inner: bool = False


@record(slots=True)
class NilReport:
    """Everything that is known of nil maps in a package."""

    flow: Nilness
    places: list[NilPlace]


def nil_report(package: PackageFlow) -> NilReport:
    """The nil maps of a package; found once and shared by the rules that ask."""
    return package.shared(_find)


def _find(package: PackageFlow) -> NilReport:
    flow = Nilness()
    interpreter = Interpreter(package.program, package.index, flow)
    for function in package.callees_first:
        flow.add(_look_at(function, interpreter, package))
    return NilReport(flow, list(_judge(package, flow)))


def _look_at(function: ir.Function, interpreter: Interpreter, package: PackageFlow) -> Nilness:
    if package.reuse is None:
        return interpreter.run(function)
    return package.reuse.answer("nil", function, interpreter.rests_on(function), lambda: interpreter.run(function))


def _judge(package: PackageFlow, flow: Nilness) -> Iterator[NilPlace]:
    if not flow.writes:
        return
    places = collect(package)
    yield from _locals(flow, places)
    yield from _reset_closures(package, flow, places)
    for variable, writes in unset_elements(flow.writes, package.world):
        origin = (variable.function, variable.at, "its elements are nil from here on")
        yield NilPlace(tuple(writes), (origin,), "no element is ever set", True, inner=True)
    if package.partly_read:
        return
    closed = Closed(package, places)
    endings = [
        (function, summary)
        for function, summary in flow.summaries.items()
        if summary.leaves_nil
        and function.parent is None
        and not function.is_test
        and _ENDING.match(function.short_name)
    ]
    by_key: dict[str, list[Write]] = defaultdict(list)
    for write in flow.writes:
        if write.key is not None:
            by_key[write.key].append(write)
    for key, writes in by_key.items():
        if not closed.is_closed(key):
            yield from _of_variable(key, writes, closed, flow, places)
            continue
        open_writes = [w for w in writes if w.fact is None or w.fact.kind is Kind.UNKNOWN]
        inits = [init for init in places.inits.get(key, ()) if not init.nil]
        production = [init for init in inits if not of_tests(init.function)]
        for tests in (False, True):
            candidates = [w for w in open_writes if of_tests(w.function) is tests]
            if not tests and inits and _is_for_tests(key, candidates, flow, package):
                continue
            if candidates and not (inits if tests else production):
                yield NilPlace(tuple(candidates), (), "nothing in this package ever makes it", True)
                break
        if production:
            untouched = [w for w in open_writes if w.fact is None and not w.conditional and not of_tests(w.function)]
            yield from _forgotten(key, untouched, production, flow, package)
            yield from _after_close(key, untouched, production, endings, package)
            yield from _left_to_others(open_writes, production, places, package)
            yield from _one_way_in(key, [w for w in open_writes if w.fact is None], production, flow, package)
    yield from _inner(flow, by_key, closed, places, package)


def of_tests(function: ir.Function) -> bool:
    """Whether a function stands in a file of tests, rather than being a helper that tests of other packages use."""
    return function.path.endswith("_test.go")


def _is_for_tests(key: str, writes: list[Write], flow: Nilness, package: PackageFlow) -> bool:
    """Whether the code never makes an object of a type, which tests do: a mock in an ordinary file.

    Others may make one of an exported type, unless a name says what it is for.
    """
    holder = holder_of(key)
    owner = holder.rpartition(".")[2]
    named = [owner, *(write.function.path.rpartition("/")[2] for write in writes)]
    hidden = not owner[:1].isupper() or any(_FOR_TESTS.search(name) for name in named)
    if not hidden or any(birth.key == key for birth in flow.births):
        return False
    makers = (one for one in package.all_functions() if not of_tests(one))
    return not any(_makes(one, holder, package) for one in makers)


def _makes(function: ir.Function, holder: str, package: PackageFlow) -> bool:
    """Whether a function makes an object of a type, by a literal or `new`."""
    index = package.index(function)
    literals = (literal for kind in (ir.Composite, ir.New) for _, literal in index.inside(kind))
    return any(qualified_name_of(package.world.deref(one.type)) == holder for one in literals)


def _of_variable(key: str, writes: list[Write], closed: Closed, flow: Nilness, places: Places) -> Iterator[NilPlace]:
    """A field that others may assign, in the object of a package variable that they can't reach: `var c = &Config{}`."""
    if key in places.open or any(not init.nil for init in places.inits.get(key, ())):
        return
    if key.rpartition(".")[2] in places.loose:
        return
    guilty: dict[str, list[Write]] = defaultdict(list)
    for write in writes:
        variable = place_key(ir.root(write.path)) if isinstance(ir.root(write.path), ir.Global) else None
        if variable is None or not isinstance(write.path, ir.Field) or of_tests(write.function):
            continue
        shown = closed.is_own_variable(variable) and variable not in flow.leaked | places.open
        shown = shown and all(_leaves_out(value, write.path) for value in places.given[variable])
        if shown and (write.fact is None or write.fact.kind is Kind.UNKNOWN):
            guilty[variable].append(write)
    for found in guilty.values():
        yield NilPlace(tuple(found), (), "nothing in this package ever makes it", True)


def _leaves_out(value: ir.Value | None, path: ir.Field) -> bool:
    """Whether an object that a literal makes has no map at a path, which starts in the variable that holds the object."""
    if value is None or isinstance(value, ir.New):
        return True
    step: ir.Value = path
    while isinstance(step, ir.Field) and isinstance(strip(step.base), ir.Field):
        step = strip(step.base)
    return (
        isinstance(value, ir.Composite)
        and isinstance(step, ir.Field)
        and isinstance(strip(step.base), ir.Global)
        and all(isinstance(name, str) and name != step.name for name, _ in value.entries)
    )


def _locals(flow: Nilness, places: Places) -> Iterator[NilPlace]:
    """`var m map[K]V` which nothing ever assigns, written somewhere (also inside function literals)."""
    found: dict[ir.Variable, list[Write]] = defaultdict(list)
    for write in flow.writes:
        path = strip(write.path)
        if isinstance(path, ir.Local) and path.variable in places.unset and path.variable not in places.addressed:
            if path.variable.assignments <= 1 and not (write.fact is not None and write.fact.kind is Kind.MADE):
                found[path.variable].append(write)
    for variable, writes in found.items():
        origin = (variable.function, places.unset[variable], "it is declared without a value")
        yield NilPlace(tuple(writes), (origin,), "nothing ever makes it", True)


def _reset_closures(package: PackageFlow, flow: Nilness, places: Places) -> Iterator[NilPlace]:
    """One of two callbacks sets a captured map to nil, the other one writes it."""
    writers: dict[ir.Variable, list[Write]] = defaultdict(list)
    for write in flow.writes:
        path = strip(write.path)
        if (
            isinstance(path, ir.Local)
            and path.variable in places.nilled
            and (write.fact is None or write.fact.kind is Kind.UNKNOWN)
        ):
            if write.function is not path.variable.function:
                writers[path.variable].append(write)
    for variable, writes in writers.items():
        resets = dict(places.nilled[variable])
        for call in _calls(variable.function):
            given = [strip(argument) for argument in call.arguments]
            inside = {value.function for value in given if isinstance(value, ir.Closure)}
            guilty = [write for write in writes if write.function in inside and write.function not in resets]
            found = [(one, resets[one], "this callback sets it to nil") for one in inside if one in resets]
            if guilty and found:
                yield NilPlace(tuple(guilty), tuple(found), "another callback of the same call sets it to nil", False)
                break


def _calls(function: ir.Function) -> Iterator[ir.Call]:
    if function.body is not None:
        for op in ir.walk(function.body):
            if isinstance(op, ir.Call):
                yield op


def _in_another_mode(birth: Birth, package: PackageFlow) -> bool:
    """Whether the literal that leaves the map out sets a flag: `&Syncer{idle: true}` may never come to the write."""
    return any(
        literal.at == birth.origin.at and any(ir.text_of(entry) == "true" for _, entry in literal.entries)
        for _, literal in package.index(birth.origin.function).inside(ir.Composite)
    )


def _stands_for_nothing(birth: Birth, package: PackageFlow) -> bool:
    """Whether an object is what a function returns for nil: `if c == nil { return Config{} }`."""
    for op in package.index(birth.origin.function).ops(ir.If):
        told = compared_with_nil(op.condition)
        if told is not None:
            branch = op.then if told[1] else op.orelse
            for returned in branch.ops:
                if isinstance(returned, ir.Return) and any(one.at == birth.origin.at for one in returned.values):
                    return True
    return False


def _forgotten(
    key: str, writes: list[Write], inits: list[Init], flow: Nilness, package: PackageFlow
) -> Iterator[NilPlace]:
    """Some objects are made with the map, some without, and nothing adds it later."""
    makers = {ir.outermost(init.function) for init in inits}
    births = [b for b in flow.births if b.key == key and ir.outermost(b.origin.function) not in makers]
    births = [b for b in births if not (_in_another_mode(b, package) or _stands_for_nothing(b, package))]
    constraints = {path: file.constraint for path, file in package.files.items()}
    writes = [
        write
        for write in writes
        if any(
            can_coexist(constraints.get(write.function.path, ""), constraints.get(b.origin.function.path, ""))
            for b in births
        )
    ]
    writes = [w for w in writes if w.function.exported or not flow.satisfied.get(id(w.op), False)]
    on_purpose = all(birth.origin.message == NIL_GIVEN for birth in births)
    writes = [w for w in writes if not _is_in_given_copy(w.path, on_purpose, package)]
    if not writes or not births or not all(init.fresh for init in inits):
        return
    origins = tuple((b.origin.function, b.origin.at, b.origin.message) for b in births)
    yield NilPlace(tuple(writes), origins, "not every object of its type is made with it", False)


def _is_in_given_copy(path: ir.Value, on_purpose: bool, package: PackageFlow) -> bool:
    """Whether a map is in a struct that a function is given by value: its caller knows what is in it.

    For methods that goes only where it is left nil `on_purpose`.
    """
    start = ir.root(path)
    kinds = ("param", "receiver") if on_purpose else ("param",)
    if not isinstance(start, ir.Local) or start.variable.kind not in kinds:
        return False
    return isinstance(package.world.underlying(start.variable.type), Struct)


def _left_to_others(writes: list[Write], inits: list[Init], places: Places, package: PackageFlow) -> Iterator[NilPlace]:
    """The map is that of an exported field which others may leave out (`s.handlers = config.Handlers`)."""
    prefix = f"{package.types.path}."
    for init in inits:
        filled = [one for one in places.inits.get(init.taken, ()) if not one.nil and not of_tests(one.function)]
        if not init.taken.startswith(prefix) or init.taken in places.open or filled:
            return
    writes = [write for write in writes if write.fact is None and not of_tests(write.function)]
    if writes:
        origins = tuple((init.function, init.at, "what others have put there is taken here") for init in inits)
        name = inits[0].taken.removeprefix(prefix)
        yield NilPlace(tuple(writes), origins, f"it is {name}, which nothing here makes if it is left out", False)


def _one_way_in(
    key: str, writes: list[Write], inits: list[Init], flow: Nilness, package: PackageFlow
) -> Iterator[NilPlace]:
    """One of two ways into the package makes the map, if it is nil, and the other one comes to the write without it."""
    makers = set(flow.lazily.get(key, ()))
    if not makers or {init.function for init in inits} != makers:
        return
    # Programs and tests use a package as others do.
    within = (one for one in package.all_functions() if not one.is_test and one.name != "main")
    called = {callee for function in within for callee in _callees(function, package)}
    if any(maker in called or _PREPARING.match(maker.short_name) for maker in makers):
        return  # it may be called first
    for write in writes:
        others = [
            (function, at, f"{function.name} comes to the write without making it")
            for function, at in flow.unprepared.get(id(write.op), ())
            if function not in makers and function not in called and function.exported and not function.is_test
        ]
        if others:
            maker = min(makers, key=lambda one: (one.path, one.at))
            yield NilPlace((write,), tuple(others), f"{maker.name} makes it, {others[0][0].name} does not", False)
            return


def _callees(function: ir.Function, package: PackageFlow) -> Iterator[ir.Function]:
    for call in _calls(function):
        yield from package.program.declared(call.callee)


def _after_close(
    key: str,
    writes: list[Write],
    inits: list[Init],
    endings: list[tuple[ir.Function, Summary]],
    package: PackageFlow,
) -> Iterator[NilPlace]:
    """A method that ends or empties the object sets the map to nil; calls that come later still write it.

    Who ends an object for good is the last to use it, unless a lock says that others may come by.
    """
    if not all(init.fresh for init in inits):
        return
    for function, summary in endings:
        for path, origin in summary.leaves_nil.items():
            late = [w for w in writes if w.function is not function and w.function.receiver_type]
            if not _EMPTYING.search(function.short_name) and not _is_locked(key, function, package):
                late = [w for w in late if _is_locked(key, w.function, package)]
            if place_key(path) == key and late:
                yield NilPlace(
                    tuple(late),
                    ((origin.function, origin.at, f"{function.name} sets it to nil"),),
                    f"{function.name} sets it to nil, and a call may still come after that",
                    False,
                )
                return


def _is_locked(key: str, function: ir.Function, package: PackageFlow) -> bool:
    """Whether a function touches a place with a lock held."""
    facts = package.facts.get(function)
    return facts is not None and any(fact.key == key and fact.held for fact in facts.accesses)


def _is_entry(path: ir.Value, package: PackageFlow) -> bool:
    return isinstance(path, ir.Element) and package.world.map_type(path.base.type) is not None


def _inner(
    flow: Nilness, by_key: dict[str, list[Write]], closed: Closed, places: Places, package: PackageFlow
) -> Iterator[NilPlace]:
    """`m[a][b] = c` where no code puts a map into `m`."""
    for key, writes in by_key.items():
        outer = key.removesuffix("[*]")
        if outer == key or not closed.is_closed(outer) or outer in flow.leaked:
            continue
        inits = places.inits.get(outer, [])
        if any(not init.nil and not init.empty for init in inits) or not any(not init.nil for init in inits):
            continue
        stores = [w for w in by_key.get(outer, ()) if not isinstance(strip(w.op.value or ir.Nil()), ir.Nil) or w.op.via]
        guilty = [w for w in writes if w.fact is None or w.fact.kind is Kind.UNKNOWN]
        # What is put into a slice or an array is not looked at.
        guilty = [w for w in guilty if _is_entry(strip(w.path), package)]
        if guilty and not stores:
            origins = tuple((i.function, i.at, "it is made here, without entries") for i in inits if not i.nil)
            yield NilPlace(tuple(guilty), origins, "nothing in this package ever puts a map into it", True, inner=True)


# --- who makes what ---------------------------------------------------------------------------------------------------


class Closed:
    """Which places only this package can assign."""

    def __init__(self, package: PackageFlow, places: Places) -> None:
        self._types = package.types
        self._world = package.world
        self._places = places
        # Types that share their fields with another one by being declared from it.
        self._shared: set[str] = set()
        for declaration in package.types.types.values():
            if isinstance(declaration.underlying, Named) and not declaration.alias:
                self._shared.add(declaration.name)
                self._shared.add(declaration.underlying.name)

    def is_own_variable(self, key: str) -> bool:
        """Whether a place key names an unexported variable of this package."""
        name = key.removeprefix(self._types.path + ".")
        return name != key and name in self._types.variables and not name[0].isupper()

    def is_closed(self, key: str) -> bool:
        """Whether a place key names an unexported field or package variable of which every assignment is known."""
        prefix = self._types.path + "."
        if not key.startswith(prefix) or key in self._places.open:
            return False
        owner, _, name = key[len(prefix) :].rpartition(".")
        if not name.isidentifier() or name[0].isupper() or name in self._places.loose:
            return False
        if not owner:
            variable = self._types.variables.get(name)
            return variable is not None and self._world.map_type(variable.type) is not None
        declaration = self._types.types.get(owner)
        if declaration is None or owner in self._shared or f"{prefix}{owner}.*" in self._places.open:
            return False
        struct = self._world.underlying(declaration.underlying)
        return isinstance(struct, Struct) and any(one.name == name for one in struct.fields)


def collect(package: PackageFlow) -> Places:
    """Look at every assignment and literal of a package."""
    places = Places()
    for function in package.all_functions():
        mine = about("nil places", function, package, partial(_given_in, function))
        if mine is not None:
            places.add(mine)
    return places


def _given_in(function: ir.Function, package: PackageFlow) -> Places | None:
    """Look at the assignments and literals of one function; None where they don't matter."""
    places = Places()
    index = package.index(function)
    fresh = _fresh_variables(index, package)
    literals: dict[ir.Op, list[ir.Composite]] = defaultdict(list)
    for op, literal in index.inside(ir.Composite):
        literals[op].append(literal)
    for op in ir.walk(function.body) if function.body is not None else ():
        if isinstance(op, ir.Assign):
            _assigned(op, function, fresh, places, package)
        for literal in literals.get(op, ()):
            _made(literal, function, places, package)
    for _, unary in index.inside(ir.Unary):
        if unary.op == "&":
            _pointed_to(strip(unary.operand), places)
    for _, conversion in index.inside(ir.Conversion):
        _converted(conversion, places, package)
    return places if places != Places() else None


def _fresh_variables(index: Index, package: PackageFlow) -> set[ir.Variable]:
    found: set[ir.Variable] = set()
    for op in index.ops(ir.Assign):
        if isinstance(op.target, ir.Local):
            value = strip(op.value) if op.value is not None else None
            if isinstance(value, (ir.Composite, ir.New)) or (
                value is None and isinstance(package.world.underlying(op.target.variable.type), Struct)
            ):
                found.add(op.target.variable)
    return found


def _assigned(
    op: ir.Assign, function: ir.Function, fresh: set[ir.Variable], places: Places, package: PackageFlow
) -> None:
    target = strip(op.target)
    if isinstance(target, ir.Local):
        variable = target.variable
        if op.define and op.value is None and package.world.map_type(variable.type) is not None:
            places.unset[variable] = op.at
        elif op.value is not None and isinstance(strip(op.value), ir.Nil) and variable.function is not function:
            places.nilled[variable].append((function, op.at))
        elif variable.function is not function:
            places.addressed.add(variable)
        return
    if not isinstance(target, (ir.Field, ir.Global)):
        return
    key = place_key(target)
    if isinstance(target, ir.Field) and not target.owner:
        if op.value is None or not isinstance(strip(op.value), ir.Nil):
            places.loose.add(target.name)
        return
    start = ir.root(target)
    private = isinstance(start, ir.Local) and start.variable in fresh
    if key is not None:
        places.inits[key].append(_init(op.value, function, op.at, private))
        if isinstance(target, ir.Global):
            places.given[key].append(strip(op.value) if op.value is not None else None)


def _init(value: ir.Value | None, function: ir.Function, at: ir.Span, fresh: bool) -> Init:
    bare = strip(value) if value is not None else None
    nil = bare is None or isinstance(bare, ir.Nil)
    empty = isinstance(bare, ir.Make) or (isinstance(bare, ir.Composite) and not bare.entries)
    taken = (place_key(bare) or "") if isinstance(bare, ir.Field) and bare.name[:1].isupper() else ""
    return Init(function, at, nil, empty, fresh, taken)


def _made(literal: ir.Composite, function: ir.Function, places: Places, package: PackageFlow) -> None:
    type_ = package.world.unalias(literal.type)
    name = type_.qualified if isinstance(type_, Named) else ""
    struct = package.world.underlying(type_)
    for entry_name, entry in literal.entries:
        if isinstance(struct, Struct) and name:
            if isinstance(entry_name, str):
                hops = package.world.field(type_, entry_name)
                owner = hops[-1].owner if hops else name
                places.inits[f"{owner}.{entry_name}"].append(_init(entry, function, entry.at, True))
            else:
                places.open.add(f"{name}.*")
        elif isinstance(entry_name, str) and type_ == UNKNOWN:
            places.loose.add(entry_name)


def _pointed_to(inner: ir.Value, places: Places) -> None:
    key = place_key(inner)
    if key is not None and isinstance(inner, (ir.Field, ir.Global)):
        places.open.add(key)
    elif isinstance(inner, ir.Field):
        places.loose.add(inner.name)
    elif isinstance(inner, ir.Local):
        places.addressed.add(inner.variable)


def _converted(conversion: ir.Conversion, places: Places, package: PackageFlow) -> None:
    target = package.world.named(conversion.type)
    if target is not None and isinstance(package.world.underlying(target), Struct):
        if package.world.named(conversion.operand.type) != target:
            places.open.add(f"{target.qualified}.*")
