"""Which functions and objects a package is given it keeps, and calls on goroutines later: read off its syntax, for importers.

`bus.Subscribe(s.count)`, `hub.New(hub.OnConnect(s.add))`, `watcher.Listen(l)`, `client.Options{OnEvent: s.note}`: nothing
starts there, but what is given will run on a goroutine of that package. What a goroutine calls is found from the calls of
fields and package variables that hold functions (or objects behind an interface), and from who calls the functions which
do that, back to a `go` statement or a handler of requests. Then what is put into such a field runs there.

What one goroutine calls, it calls in turn; so does what calls under a lock. Calls on the goroutine of somebody unknown tell
nothing, and neither does a field that can't be told from others of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named, parameter_names
from golint_maps.types.declarations import PackageTypes, Started
from golint_maps.types.model import Array, Func, Interface, Map, Named, Pointer, Slice, Struct, Type
from golint_maps.types.resolve import TypeReader
from golint_maps.types.starting import STARTING_NAMES
from golint_maps.types.touching import FUNCTION, LITERAL, METHOD, key_of
from golint_maps.types.world import World

# A place that holds what is called: a field with the type that has it, or a package variable with "".
_Holder = tuple[str, str]

_STARTS = (
    b"go ",
    b"http.ResponseWriter",
    b"AfterFunc",
    b"EventHandler",
    *(f".{one}(".encode() for one in STARTING_NAMES),
)
_STARTING = STARTING_NAMES | {"AfterFunc"}
_HANDLER = re.compile(rb"http\.ResponseWriter,[^)]*\*http\.Request\b")
# Names of functions that run once in the life of their object.
_ONCE = re.compile(r"(?:New|Start|Run|Serve|Listen|Open|Init|Connect|Dial|Launch|Begin|Make|Main|Setup)", re.IGNORECASE)

_WORD = re.compile(rb"[A-Za-z_]\w*")
# Interfaces of objects that want to be told, or that are to do something: rather than of those that are asked or used.
_CALLED_BACK = re.compile(
    r"Listen|Handle|Observe|Callback|Hook|Subscri|Notif|Watch|Delegate|Sink|Plugin|Module|Collector|Task|Job|Process"
    r"|Consume|Receive|Work|Runn|Actor|Event|Hub|Visit|Reporter|Recorder|Tracer",
    re.IGNORECASE,
)
# Steps from a goroutine's function to the one that makes the call.
_MAX_STEPS = 5
# As soon as this many functions lead to such calls, no further ones are looked for.
_MAX_FUNCTIONS = 150
# What is nested deeper in a function's syntax is not looked at.
_MAX_DEPTH = 150


@record(frozen=True, slots=True)
class _Call:
    """A call of a function of the package (its key), or of what a holder holds (`method` of it, if it is an object).

    `group` names the goroutine on which it happens, "" for that of the caller; `many` tells that a loop starts it; `each`
    that this loop is over what is held, so that each has a goroutine of its own. `locked`: under a lock. `same`: what is
    called belongs to the object whose method this is, or to the package.
    """

    callee: str
    holder: _Holder | None
    method: str
    group: str
    many: bool
    each: bool
    locked: bool
    same: bool


@record(slots=True)
class _Function:
    """A declared function: its calls, what it puts into holders (by the positions of parameters), and what it passes on.

    `copies` are holders that are given what others hold.
    """

    key: str
    node: Node
    body: Node
    reader: TypeReader
    names: list[str] = field(default_factory=list)
    types: dict[str, Type] = field(default_factory=dict)
    receiver: str = ""
    calls: list[_Call] = field(default_factory=list)
    stores: set[tuple[_Holder, int]] = field(default_factory=set)
    passes: set[tuple[str, int, int]] = field(default_factory=set)
    copies: set[tuple[_Holder, _Holder]] = field(default_factory=set)
    waits: bool = False
    handles: bool = False
    _words: frozenset[bytes] | None = None

    @property
    def words(self) -> frozenset[bytes]:
        """The words of its body."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.reader.text, self.body.start_byte, self.body.end_byte))
        return self._words

    @property
    def bare(self) -> str:
        """Its name without the type."""
        return self.key.rpartition(".")[2]

    @property
    def repeats(self) -> bool:
        """Whether others call it again and again, each time with something else."""
        own = [one for one in self.names if getattr(self.types.get(one), "qualified", "") != "context.Context"]
        return self.handles or (self.bare[:1].isupper() and bool(own) and not _ONCE.match(self.bare))


@record(frozen=True, slots=True)
class _Runner:
    """A goroutine that comes to a function; several of it if `many`, one at a time if `locked`."""

    group: str
    many: bool
    locked: bool


def find_kept(
    files: Iterable[tuple[str, TypeReader, Node]], own: PackageTypes, world: World
) -> tuple[dict[str, tuple[Started, ...]], dict[str, Started]]:
    """What is kept of the arguments of exported functions (`F`) and methods (`T.M`), and of exported fields (`T.F`).

    `files` are the paths, readers and trees of the files that belong to the package itself (not to its tests), `own` its
    declarations.
    """
    holders = _holders(own, world)
    shown = list(files)
    if not holders or not any(word in reader.text for _, reader, _ in shown for word in _STARTS):
        return {}, {}
    everything = list(_declared(shown))
    takers = [one for one in everything if _takes_calls(one, own, world)]
    # What nobody outside can put something into is of no interest to others.
    open_ = {
        name for name, owners in holders.items() if name[:1].isupper() and any(one[:1].isupper() for one in owners)
    }
    given = frozenset[bytes]().union(*(one.words for one in takers), *(one.words for one in _using(everything, open_)))
    holders = {name: owners for name, owners in holders.items() if name in open_ or name.encode() in given}
    wanted = _relevant(everything, takers, holders)
    if not wanted:
        return {}, {}
    look = _Package(own, world, holders, {one.key: one for one in wanted}, everything)
    seen = {id(one) for one in wanted}
    for one in wanted:
        look.scan(one)
    running = look.running()
    if not running:
        return {}, {}
    for one in _filling(everything, running):
        if id(one) not in seen:
            look.scan(one)
    look.pass_on(running)
    return look.kept(running), look.fields(running)


def _may_start(function: _Function) -> bool:
    start, end = function.node.start_byte, function.node.end_byte
    return any(function.reader.text.find(word, start, end) >= 0 for word in _STARTS)


def _holders(own: PackageTypes, world: World) -> dict[str, set[str]]:
    """The fields that hold something to call, by their names, with the types that have them; "" for package variables."""
    found: dict[str, set[str]] = {}
    for name, declaration in own.types.items():
        if isinstance(declaration.underlying, Struct):
            for one in declaration.underlying.fields:
                if not one.embedded and _holds_calls(one.type, own, world):
                    found.setdefault(one.name, set()).add(name)
    for name, variable in own.variables.items():
        if (
            not variable.constant
            and isinstance(variable.type, (Slice, Map))
            and _holds_calls(variable.type, own, world)
        ):
            found.setdefault(name, set()).add("")
    return found


def _holds_calls(type_: Type, own: PackageTypes, world: World) -> bool:
    """Whether a type is one of functions, or of an interface for who wants to be called, or a collection of these."""
    while isinstance(type_, (Slice, Array, Map, Pointer)):
        type_ = type_.value if isinstance(type_, Map) else type_.element
    if isinstance(type_, Func):
        return True
    if not isinstance(type_, Named) or (type_.package != own.path and not world.in_run(type_.qualified)):
        return False
    under = world.underlying(type_)
    return isinstance(under, Func) or (
        isinstance(under, Interface)
        and not under.union
        and any(name[:1].isupper() for name, _ in under.methods)
        and _CALLED_BACK.search(type_.name) is not None
    )


def _declared(shown: Iterable[tuple[str, TypeReader, Node]]) -> Iterator[_Function]:
    for _, reader, root in shown:
        for node in root.named_children:
            if node.kind_id in (FUNCTION, METHOD):
                key, body = key_of(node, reader), node.child_by_field_id(nodes.FIELD_BODY)
                if key and body is not None:
                    yield _Function(key, node, body, reader)


def _signature(function: _Function, own: PackageTypes) -> Func | None:
    owner, _, bare = function.key.rpartition(".")
    if owner:
        method = own.types[owner].methods.get(bare) if owner in own.types else None
        return method.signature if method is not None else None
    declared = own.functions.get(bare)
    return declared.signature if declared is not None else None


def _takes_calls(function: _Function, own: PackageTypes, world: World) -> bool:
    """Whether a function is given something to call."""
    signature = _signature(function, own)
    return signature is not None and any(_holds_calls(one, own, world) for one in signature.params)


def _relevant(everything: list[_Function], takers: list[_Function], holders: Iterable[str]) -> list[_Function]:
    """The functions on the ways from those that start goroutines to those that mention a holder, and who fills holders."""
    found: list[_Function] = []
    rest, names = everything, {name.encode() for name in holders}
    for _ in range(_MAX_STEPS):
        if not names or len(found) > _MAX_FUNCTIONS:
            break
        pattern = re.compile(rb"\b(?:" + b"|".join(map(re.escape, sorted(names))) + rb")\b")
        new = [one for one in rest if pattern.search(one.reader.text, one.body.start_byte, one.body.end_byte)]
        found += new
        seen = {id(one) for one in new}
        rest = [one for one in rest if id(one) not in seen]
        names = {one.bare.encode() for one in new}
    by_name: dict[bytes, list[_Function]] = {}
    for one in found:
        by_name.setdefault(one.bare.encode(), []).append(one)
    pending = [one for one in found if _may_start(one)]
    known = {id(one): one for one in pending}
    while pending:
        for word in by_name.keys() & pending.pop().words:
            new = [one for one in by_name[word] if id(one) not in known]
            known.update((id(one), one) for one in new)
            pending += new
    if not known:
        return []
    filling = {name.encode() for name in holders} | {one.bare.encode() for one in takers}
    known.update((id(one), one) for one in takers if not filling.isdisjoint(one.words))
    return list(known.values())


def _using(everything: Iterable[_Function], fields: Iterable[str]) -> Iterator[_Function]:
    """The functions that mention one of these fields of something."""
    names = b"|".join(sorted(re.escape(name.encode()) for name in fields))
    pattern = re.compile(rb"\.(?:" + names + rb")\b")
    for one in everything if names else ():
        if pattern.search(one.reader.text, one.body.start_byte, one.body.end_byte):
            yield one


def _filling(everything: Iterable[_Function], running: Iterable[_Holder]) -> list[_Function]:
    """The functions that put something into such fields: `&Hub{onEvent: options.OnEvent}`, `h.onEvent = options.OnEvent`."""
    names = b"|".join(sorted({re.escape(name.encode()) for _, name in running}))
    pattern = re.compile(rb"\b(?:" + names + rb")\s*(?::[^=]|=[^=])")
    return [one for one in everything if pattern.search(one.reader.text, one.body.start_byte, one.body.end_byte)]


class _Package:
    """Puts together what the functions of a package do."""

    def __init__(
        self,
        own: PackageTypes,
        world: World,
        holders: dict[str, set[str]],
        functions: dict[str, _Function],
        everything: Iterable[_Function],
    ) -> None:
        self.own = own
        self.world = world
        self.holders = holders
        self.functions = functions
        self.by_name: dict[str, list[str]] = {}
        for one in everything:
            self.by_name.setdefault(one.bare, []).append(one.key)
        self._callers: dict[str, list[tuple[_Function, _Call]]] = {}

    def scan(self, function: _Function) -> None:
        """Look at one function."""
        self.functions[function.key] = function
        reader, node = function.reader, function.node
        owner = function.key.rpartition(".")[0]
        if owner:
            given = parameter_names(node.child_by_field_id(nodes.FIELD_RECEIVER), reader.text)
            function.receiver = given[0] if given else ""
            function.types[function.receiver] = Named(self.own.path, owner)
        signature = _signature(function, self.own)
        if signature is None:
            return
        function.names = parameter_names(node.child_by_field_id(nodes.FIELD_PARAMETERS), reader.text)
        function.types |= dict(zip(function.names, signature.params, strict=False))
        function.handles = _HANDLER.search(reader.text, node.start_byte, function.body.start_byte) is not None
        function.waits = reader.text.find(b".Wait()", function.body.start_byte, function.body.end_byte) >= 0
        _Scan(function, self).walk(function.body, _Where())
        for call in function.calls:
            if call.callee:
                self._callers.setdefault(call.callee, []).append((function, call))

    def running(self) -> dict[_Holder, tuple[Started, tuple[str, ...]]]:
        """What is called on goroutines: by its holder, on which, and which methods of it."""
        found: dict[_Holder, list[tuple[_Runner, bool, str]]] = {}
        for function in self.functions.values():
            for call in function.calls:
                if call.holder is not None:
                    for runner in self._at(function, call, _MAX_STEPS):
                        found.setdefault(call.holder, []).append((runner, call.each, call.method))
        return {holder: self._together(several) for holder, several in found.items()}

    def _at(self, function: _Function, call: _Call, steps: int) -> set[_Runner]:
        """The goroutines on which a call happens."""
        around = self._of(function, steps - 1) if steps else set[_Runner]()
        if not call.group:
            return {replace(one, locked=one.locked or call.locked, many=one.many and call.same) for one in around}
        many = call.many or any(one.many for one in around) or function.repeats
        return {_Runner(call.group, many and call.same and not (function.waits and call.each), call.locked)}

    def _of(self, function: _Function, steps: int) -> set[_Runner]:
        """The goroutines that come to a function."""
        found = {_Runner(function.key, True, False)} if function.handles else set[_Runner]()
        for caller, call in self._callers.get(function.key, ()) if steps else ():
            if caller is not function:
                found |= self._at(caller, call, steps)
        return found

    def _together(self, several: list[tuple[_Runner, bool, str]]) -> tuple[Started, tuple[str, ...]]:
        methods = tuple(sorted({method for _, _, method in several if method}))
        if all(runner.locked for runner, _, _ in several):
            return Started(-1, runner=f"{self.own.path}()", kept=True), methods
        groups = {runner.group for runner, _, _ in several}
        alone = len(groups) > 1 or any(each for _, each, _ in several)
        many = any(runner.many for runner, _, _ in several)
        runner = "" if alone or many else f"{self.own.path}.{next(iter(groups))}"
        return Started(-1, many, kept=True, runner=runner), methods

    def pass_on(self, running: dict[_Holder, tuple[Started, tuple[str, ...]]]) -> None:
        """What options hold runs where that does which is given it: `&Hub{onEvent: options.OnEvent}`."""
        for _ in range(2):
            for one in self.functions.values():
                for into, source in one.copies:
                    if into in running:
                        running.setdefault(source, running[into])

    def kept(self, running: dict[_Holder, tuple[Started, tuple[str, ...]]]) -> dict[str, tuple[Started, ...]]:
        """The parameters of exported functions that come into such a holder, directly or through other functions."""
        stores = {key: set(one.stores) for key, one in self.functions.items()}
        for _ in range(2):
            for key, one in self.functions.items():
                for callee, position, index in one.passes:
                    stores[key] |= {(holder, index) for holder, at in stores.get(callee, set()) if at == position}
        found: dict[str, tuple[Started, ...]] = {}
        for key, several in stores.items():
            if key.rpartition(".")[2][:1].isupper():
                known = sorted(
                    {
                        replace(running[holder][0], index=index, methods=running[holder][1])
                        for holder, index in several
                        if holder in running
                    },
                    key=lambda one: (one.index, one.many, one.runner),
                )
                if known:
                    found[key] = tuple({one.index: one for one in known}.values())
        return found

    def fields(self, running: dict[_Holder, tuple[Started, tuple[str, ...]]]) -> dict[str, Started]:
        """The exported fields of exported types that are such holders."""
        return {
            f"{owner}.{name}": replace(started, methods=methods)
            for (owner, name), (started, methods) in running.items()
            if owner[:1].isupper() and "." not in owner and name[:1].isupper() and owner in self.holders.get(name, ())
        }


@record(frozen=True, slots=True)
class _Where:
    """What is known at a point: on which goroutine (its name), started in a loop or not, what the loops around go over."""

    group: str = ""
    many: bool = False
    in_loop: bool = False
    over: frozenset[_Holder] = frozenset()


class _Scan:
    """Walks over one function and notes its calls, and what it puts where."""

    def __init__(self, function: _Function, package: _Package) -> None:
        self.function = function
        self.package = package
        self.text = function.reader.text
        self.local: dict[str, frozenset[_Holder]] = {}
        # Local variables that hold what the receiver holds.
        self.own: set[str] = set()
        self.locked = False
        self._groups = 0
        self._depth = 0

    # --- control ------------------------------------------------------------------------------------------------------

    def walk(self, node: Node, where: _Where) -> None:
        if self._depth < _MAX_DEPTH:
            self._depth += 1
            for child in node.named_children:
                self.visit(child, where)
            self._depth -= 1

    def visit(self, node: Node, where: _Where) -> None:
        number = node.kind_id
        if number == _GO:
            self._go(node, where)
        elif number == _CALL:
            self._call(node, where, counts=True)
        elif number == _DEFER:
            for one in node.named_children:
                if one.kind_id == _CALL:
                    self._call(one, where, counts=False)
        elif number == _FOR:
            self._for(node, where)
        elif number == _IF:
            before = self.locked
            self.walk(node, where)
            body = node.child_by_field_id(nodes.FIELD_CONSEQUENCE)
            if body is not None and _leaves(body):
                self.locked = before
        elif number in (_SHORT, _ASSIGNMENT, _VAR):
            self._assign(node, where)
        elif number == _COMPOSITE:
            self._composite(node, where)
        elif number == LITERAL:
            before, self.locked = self.locked, False
            self.walk(node, where)
            self.locked = before
        else:
            self.walk(node, where)

    def _new_group(self, where: _Where) -> _Where:
        self._groups += 1
        return _Where(f"{self.function.key}#{self._groups}", where.in_loop, False, where.over)

    def _go(self, node: Node, where: _Where) -> None:
        started = self._new_group(where)
        for call in node.named_children:
            if call.kind_id != _CALL:
                continue
            callee = call.child_by_field_id(nodes.FIELD_FUNCTION)
            if callee is not None:
                self._run(callee, started)
            for one in self._arguments(call):
                self._run(one, started)

    def _run(self, node: Node, started: _Where) -> None:
        """A function, or what leads to one, is run on a goroutine."""
        if node.kind_id in (LITERAL, nodes.IDENTIFIER, _SELECTOR, _INDEX):
            before, self.locked = self.locked, False
            if node.kind_id == LITERAL:
                self.walk(node, started)
            else:
                self._called(node, started)
            self.locked = before
        else:
            self.visit(node, started)

    def _for(self, node: Node, where: _Where) -> None:
        over = where.over
        for clause in node.named_children:
            if clause.kind_id == _RANGE:
                right, left = clause.child_by_field_id(nodes.FIELD_RIGHT), clause.child_by_field_id(nodes.FIELD_LEFT)
                held = self._held(right) if right is not None else frozenset()
                for one in named(left) if left is not None else ():
                    self._names(self._slice(one), right, held)
                over |= held
        self.walk(node, replace(where, in_loop=True, over=over))

    # --- calls --------------------------------------------------------------------------------------------------------

    def _arguments(self, call: Node) -> list[Node]:
        arguments = call.child_by_field_id(nodes.FIELD_ARGUMENTS)
        return named(arguments) if arguments is not None else []

    def _call(self, node: Node, where: _Where, counts: bool) -> None:
        callee = node.child_by_field_id(nodes.FIELD_FUNCTION)
        if callee is None:
            return
        name = self._last(callee)
        arguments = self._arguments(node)
        if name in ("Lock", "Unlock") and not arguments:
            if counts:
                self.locked = name == "Lock"
            return
        if name in _STARTING:
            started = self._new_group(where)
            for one in arguments:
                self._run(one, started)
            return
        key = self._called(callee, where)
        for position, one in enumerate(arguments):
            index = self._parameter(one)
            if index is not None and key:
                self.function.passes.add((key, position, index))
            if name == "append" and position == 0:
                continue
            if not key and one.kind_id in (nodes.IDENTIFIER, _SELECTOR):
                self._called(one, where, given=True)
            self.visit(one, where)
        if callee.kind_id != nodes.IDENTIFIER:
            self.walk(callee, where)

    def _called(self, callee: Node, where: _Where, given: bool = False) -> str:
        """Note what is called; the key of a function of the package. `given`: it is only handed to somebody who calls it."""
        for holder, method in self._what(callee) if not given else ():
            each = bool(where.group) and holder in where.over
            same = holder[0] == "" or self._is_own(callee)
            self.function.calls.append(
                _Call("", holder, method, where.group, where.many and not each, each, self.locked, same)
            )
        key = self._function(callee)
        if key:
            same = "." not in key or self._is_own(callee)
            self.function.calls.append(_Call(key, None, "", where.group, where.many, False, self.locked, same))
        return key

    def _is_own(self, callee: Node) -> bool:
        """Whether a path starts in the receiver, or in a local variable with what the receiver holds."""
        while callee.kind_id in (_SELECTOR, _INDEX, _PARENTHESES) and callee.named_child_count:
            callee = callee.named_children[0]
        name = self._slice(callee) if callee.kind_id == nodes.IDENTIFIER else ""
        return bool(name) and (name == self.function.receiver or name in self.own)

    def _what(self, callee: Node) -> Iterator[tuple[_Holder, str]]:
        """The holders of what a call calls, with the method if they hold objects."""
        for holder in self._held_here(callee):
            yield holder, ""
        if callee.kind_id == _SELECTOR:
            operand = callee.child_by_field_id(nodes.FIELD_OPERAND)
            for holder in self._held_here(operand) if operand is not None else ():
                yield holder, self._last(callee)

    def _function(self, callee: Node) -> str:
        """The key of the function of the package that is called, or mentioned."""
        name = self._last(callee)
        known = self.package.by_name.get(name, ())
        if callee.kind_id == nodes.IDENTIFIER:
            return name if name in known else ""
        if callee.kind_id != _SELECTOR or not known:
            return ""
        type_ = self._type(callee.child_by_field_id(nodes.FIELD_OPERAND))
        if isinstance(type_, Named):
            return key if type_.package == self.package.own.path and (key := f"{type_.name}.{name}") in known else ""
        methods = [key for key in known if "." in key]
        return methods[0] if len(methods) == 1 else ""

    # --- what is put where --------------------------------------------------------------------------------------------

    def _assign(self, node: Node, where: _Where) -> None:
        if node.kind_id == _VAR:
            left, right = node.children_by_field_id(nodes.FIELD_NAME), node.child_by_field_id(nodes.FIELD_VALUE)
            targets = left
        else:
            left_node, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
            targets = named(left_node) if left_node is not None else []
        values = named(right) if right is not None else []
        for index, target in enumerate(targets):
            value = values[index] if len(values) == len(targets) else values[0] if values else None
            if value is None:
                continue
            if target.kind_id == nodes.IDENTIFIER and self._slice(target) not in self.package.holders:
                name = self._slice(target)
                self._names(name, value, self._held(value))
                made = self._made(value)
                if made is not None:
                    self.function.types[name] = made
            else:
                for holder in self._held_here(target):
                    self._store(holder, value)
        if right is not None:
            self.visit(right, where)

    def _names(self, name: str, value: Node | None, held: frozenset[_Holder]) -> None:
        """A local variable gets what comes from a value."""
        self.local[name] = held
        own = value is not None and bool(held) and (self._mentions_own(value) or any(not one for one, _ in held))
        (self.own.add if own else self.own.discard)(name)

    def _mentions_own(self, value: Node) -> bool:
        pending = [value]
        while pending:
            node = pending.pop()
            if node.kind_id == nodes.IDENTIFIER and self._is_own(node):
                return True
            pending.extend(node.named_children)
        return False

    def _store(self, holder: _Holder, value: Node) -> None:
        for one in self._arguments(value) if value.kind_id == _CALL and self._last_of(value) == "append" else (value,):
            index = self._parameter(one)
            if index is not None:
                self.function.stores.add((holder, index))
            elif one.kind_id == _SELECTOR:
                self.function.copies |= {(holder, source) for source in self._held_here(one) if source != holder}

    def _composite(self, node: Node, where: _Where) -> None:
        type_ = node.child_by_field_id(nodes.FIELD_TYPE)
        name = self._slice(type_) if type_ is not None else ""
        if name.endswith("EventHandlerFuncs"):  # of an informer, which calls them in turn
            where = self._new_group(replace(where, in_loop=False))
        body = node.child_by_field_id(nodes.FIELD_BODY)
        for element in named(body) if body is not None else ():
            if element.kind_id != _KEYED:
                self.visit(element, where)
                continue
            key, value = (element.child_by_field_id(one) for one in (nodes.FIELD_KEY, nodes.FIELD_VALUE))
            inner = value.named_child(0) if value is not None else None
            if key is None or inner is None:
                continue
            label = self._slice(key)
            if name in self.package.holders.get(label, ()):
                self._store((name, label), inner)
            if name.endswith("EventHandlerFuncs"):
                self._run(inner, where)
            else:
                self.visit(inner, where)

    # --- names --------------------------------------------------------------------------------------------------------

    def _parameter(self, node: Node) -> int | None:
        """The position of the parameter that a value is."""
        while node.kind_id in (_LITERAL_ELEMENT, _SPREAD) and node.named_child_count == 1:
            node = node.named_children[0]
        name = self._slice(node) if node.kind_id == nodes.IDENTIFIER else ""
        return self.function.names.index(name) if name in self.function.names else None

    def _held_here(self, node: Node) -> frozenset[_Holder]:
        """The holders that a place is, or is an element of, or that a local variable has got it from."""
        while node.kind_id in (_INDEX, _PARENTHESES, _UNARY):
            if not node.named_child_count:
                return frozenset()
            node = node.named_children[0]
        if node.kind_id == nodes.IDENTIFIER:
            name = self._slice(node)
            if name in self.local:
                return self.local[name]
            return frozenset({("", name)}) if "" in self.package.holders.get(name, ()) else frozenset()
        if node.kind_id != _SELECTOR:
            return frozenset()
        name = self._last(node)
        owners = self.package.holders.get(name, set()) - {""}
        if not owners:
            return frozenset()
        operand = node.child_by_field_id(nodes.FIELD_OPERAND)
        type_ = self._type(operand)
        if isinstance(type_, Named):
            if type_.package != self.package.own.path or type_.name not in owners:
                return frozenset()
            return frozenset({(type_.name, name)})
        if operand is not None and operand.kind_id == nodes.IDENTIFIER:
            if self._slice(operand) in self.function.reader.imports:
                return frozenset()
        return frozenset({(next(iter(owners)), name)}) if len(owners) == 1 else frozenset()

    def _held(self, value: Node) -> frozenset[_Holder]:
        """The holders from which a value comes, in whatever way."""
        found: frozenset[_Holder] = frozenset()
        pending = [value]
        while pending:
            node = pending.pop()
            if node.kind_id in (nodes.IDENTIFIER, _SELECTOR, _INDEX):
                held = self._held_here(node)
                if held:
                    found |= held
                    continue
            if node.kind_id != LITERAL:
                pending.extend(node.named_children)
        return found

    def _type(self, node: Node | None) -> Type | None:
        """The type of a name, or of a field reached from one, without pointers; None where it isn't known."""
        names: list[str] = []
        while node is not None and node.kind_id == _SELECTOR:
            names.append(self._last(node))
            node = node.child_by_field_id(nodes.FIELD_OPERAND)
        if node is None or node.kind_id != nodes.IDENTIFIER:
            return None
        type_ = self.function.types.get(self._slice(node))
        world = self.package.world
        for name in reversed(names):
            hops = world.field(type_, name) if type_ is not None else None
            type_ = hops[-1].type if hops else None
        return type_.element if isinstance(type_, Pointer) else type_

    def _made(self, value: Node) -> Type | None:
        """The type of `&T{…}` or `T{…}`, of a type of the package."""
        while value.kind_id == _UNARY and value.named_child_count == 1:
            value = value.named_children[0]
        type_ = value.child_by_field_id(nodes.FIELD_TYPE) if value.kind_id == _COMPOSITE else None
        name = self._slice(type_) if type_ is not None else ""
        return Named(self.package.own.path, name) if name in self.package.own.types else None

    def _last(self, node: Node) -> str:
        """The last name of a path."""
        last = node.child_by_field_id(nodes.FIELD_FIELD) if node.kind_id == _SELECTOR else node
        return self._slice(last) if last is not None and last.child_count == 0 else ""

    def _last_of(self, call: Node) -> str:
        callee = call.child_by_field_id(nodes.FIELD_FUNCTION)
        return self._last(callee) if callee is not None else ""

    def _slice(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _leaves(body: Node) -> bool:
    """Whether a block ends with a jump out of it."""
    last = body.named_children[-1] if body.named_child_count else None
    if last is not None and last.kind_id == _STATEMENTS:
        last = last.named_children[-1] if last.named_child_count else None
    return last is not None and last.kind_id in (_RETURN, _BREAK, _CONTINUE)


_GO = kind("go_statement")
_DEFER = kind("defer_statement")
_FOR = kind("for_statement")
_IF = kind("if_statement")
_RANGE = kind("range_clause")
_CALL = kind("call_expression")
_SELECTOR = kind("selector_expression")
_INDEX = kind("index_expression")
_PARENTHESES = kind("parenthesized_expression")
_UNARY = kind("unary_expression")
_COMPOSITE = kind("composite_literal")
_KEYED = kind("keyed_element")
_LITERAL_ELEMENT = kind("literal_element")
_SPREAD = kind("variadic_argument")
_SHORT = kind("short_var_declaration")
_ASSIGNMENT = kind("assignment_statement")
_VAR = kind("var_spec")
_STATEMENTS = kind("statement_list")
_RETURN = kind("return_statement")
_BREAK = kind("break_statement")
_CONTINUE = kind("continue_statement")
