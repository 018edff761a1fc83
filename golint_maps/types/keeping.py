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
from dataclasses import replace

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import parameter_names
from golint_maps.types.declarations import PackageTypes, Started
from golint_maps.types.keptcalls import Call, Function, Holder, Names, Scan, Where
from golint_maps.types.model import Array, Func, Interface, Map, Named, Pointer, Slice, Struct, Type
from golint_maps.types.resolve import TypeReader
from golint_maps.types.starting import STARTING_NAMES
from golint_maps.types.touching import FUNCTION, METHOD, key_of, signature_of
from golint_maps.types.world import World

_STARTS = (
    b"go ",
    b"http.ResponseWriter",
    b"AfterFunc",
    b"EventHandler",
    *(f".{one}(".encode() for one in STARTING_NAMES),
)
_HANDLER = re.compile(rb"http\.ResponseWriter,[^)]*\*http\.Request\b")
_MAIN_LOOP = re.compile(rb"\bfor\s*\{\s*(?://[^\n]*\s*)*select\s*\{")
_RUNS = re.compile(r"(?:Run|Start|Serve|Listen|Process|Dispatch|Work)(?![a-z])|\w*(?:Loop|Forever)$")
# What is received, but for the ticks of a timer, and what tells that everything ends.
_RECEIVES = re.compile(rb"(?<![\w)\]] )<-\s*([\w.]+)")
_ENDING = re.compile(rb"\.\w*(?:done|stop|quit|clos|exit|shutdown|cancel|die)\w*$|\.C$", re.IGNORECASE)
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
    if not holders or not any(word in reader.text for _, reader, _ in shown for word in (*_STARTS, b"select {")):
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


def _may_start(function: Function) -> bool:
    start, end = function.node.start_byte, function.node.end_byte
    return any(function.reader.text.find(word, start, end) >= 0 for word in _STARTS) or _is_main_loop(function)


def _is_main_loop(function: Function) -> bool:
    """Whether it is an exported method that waits for one thing after the other, as long as its object lives."""
    return (
        _RUNS.match(function.bare) is not None
        and "." in function.key
        and _MAIN_LOOP.search(function.reader.text, function.body.start_byte, function.body.end_byte) is not None
    )


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
            and isinstance(world.underlying(variable.type), (Slice, Map, Func))
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


def _asks(function: Function) -> bool:
    """Whether a function waits for something to be received, other than the end."""
    received = _RECEIVES.finditer(function.reader.text, function.body.start_byte, function.body.end_byte)
    return any(_ENDING.search(one[1]) is None for one in received)


def _declared(shown: Iterable[tuple[str, TypeReader, Node]]) -> Iterator[Function]:
    for _, reader, root in shown:
        for node in root.named_children:
            if node.kind_id in (FUNCTION, METHOD):
                key, body = key_of(node, reader), node.child_by_field_id(nodes.FIELD_BODY)
                if key and body is not None:
                    yield Function(key, node, body, reader)


def _takes_calls(function: Function, own: PackageTypes, world: World) -> bool:
    """Whether a function is given something to call."""
    signature = signature_of(function.key, own)
    return signature is not None and any(_holds_calls(one, own, world) for one in signature.params)


def _relevant(everything: list[Function], takers: list[Function], holders: Iterable[str]) -> list[Function]:
    """The functions on the ways from those that start goroutines to those that mention a holder, and who fills holders."""
    found: list[Function] = []
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
    by_name: dict[bytes, list[Function]] = {}
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


def _using(everything: Iterable[Function], fields: Iterable[str]) -> Iterator[Function]:
    """The functions that mention one of these fields of something."""
    names = b"|".join(sorted(re.escape(name.encode()) for name in fields))
    pattern = re.compile(rb"\.(?:" + names + rb")\b")
    for one in everything if names else ():
        if pattern.search(one.reader.text, one.body.start_byte, one.body.end_byte):
            yield one


def _filling(everything: Iterable[Function], running: Iterable[Holder]) -> list[Function]:
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
        functions: dict[str, Function],
        everything: Iterable[Function],
    ) -> None:
        by_name: dict[str, list[str]] = {}
        for one in everything:
            by_name.setdefault(one.bare, []).append(one.key)
        self.names = Names(own, world, holders, by_name)
        self.functions = functions
        self._callers: dict[str, list[tuple[Function, Call]]] = {}

    def scan(self, function: Function) -> None:
        """Look at one function."""
        self.functions[function.key] = function
        reader, node = function.reader, function.node
        owner = function.key.rpartition(".")[0]
        if owner:
            given = parameter_names(node.child_by_field_id(nodes.FIELD_RECEIVER), reader.text)
            function.receiver = given[0] if given else ""
            function.types[function.receiver] = Named(self.names.own.path, owner)
        signature = signature_of(function.key, self.names.own)
        if signature is None:
            return
        function.names = parameter_names(node.child_by_field_id(nodes.FIELD_PARAMETERS), reader.text)
        function.types |= dict(zip(function.names, signature.params, strict=False))
        function.handles = _HANDLER.search(reader.text, node.start_byte, function.body.start_byte) is not None
        function.loops, function.asks = _is_main_loop(function), _asks(function)
        function.waits = reader.text.find(b".Wait()", function.body.start_byte, function.body.end_byte) >= 0
        Scan(function, self.names).walk(function.body, Where())
        for call in function.calls:
            if call.callee:
                self._callers.setdefault(call.callee, []).append((function, call))

    def running(self) -> dict[Holder, tuple[Started, tuple[str, ...]]]:
        """What is called on goroutines: by its holder, on which, and which methods of it."""
        found: dict[Holder, list[tuple[_Runner, bool, str]]] = {}
        for function in self.functions.values():
            for call in function.calls:
                if call.holder is not None:
                    for runner in self._at(function, call, _MAX_STEPS):
                        found.setdefault(call.holder, []).append((runner, call.each, call.method))
        return {holder: self._together(several) for holder, several in found.items()}

    def _at(self, function: Function, call: Call, steps: int) -> set[_Runner]:
        """The goroutines on which a call happens."""
        around = self._of(function, steps - 1) if steps else set[_Runner]()
        if not call.group:
            return {replace(one, locked=one.locked or call.locked, many=one.many and call.same) for one in around}
        many = call.many or any(one.many for one in around) or function.repeats
        return {_Runner(call.group, many and call.same and not (function.waits and call.each), call.locked)}

    def _of(self, function: Function, steps: int) -> set[_Runner]:
        """The goroutines that come to a function."""
        found = {_Runner(function.key, True, False)} if function.handles else set[_Runner]()
        if function.loops and not self._callers.get(function.key):
            found.add(_Runner(function.key, False, False))
        for caller, call in self._callers.get(function.key, ()) if steps else ():
            if caller is not function:
                found |= self._at(caller, call, steps)
        return found

    def _together(self, several: list[tuple[_Runner, bool, str]]) -> tuple[Started, tuple[str, ...]]:
        methods = tuple(sorted({method for _, _, method in several if method}))
        if all(runner.locked for runner, _, _ in several):
            return Started(-1, runner=f"{self.names.own.path}()", kept=True), methods
        groups = {runner.group for runner, _, _ in several}
        alone = len(groups) > 1 or any(each for _, each, _ in several)
        many = any(runner.many for runner, _, _ in several)
        runner = "" if alone or many else f"{self.names.own.path}.{next(iter(groups))}"
        return Started(-1, many, kept=True, runner=runner), methods

    def pass_on(self, running: dict[Holder, tuple[Started, tuple[str, ...]]]) -> None:
        """What options hold runs where that does which is given it: `&Hub{onEvent: options.OnEvent}`."""
        for _ in range(2):
            for one in self.functions.values():
                for into, source in one.copies:
                    if into in running:
                        running.setdefault(source, running[into])

    def kept(self, running: dict[Holder, tuple[Started, tuple[str, ...]]]) -> dict[str, tuple[Started, ...]]:
        """The parameters of exported functions that come into such a holder, directly or through other functions."""
        stores = {key: set(one.stores) if not one.asks else set() for key, one in self.functions.items()}
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

    def fields(self, running: dict[Holder, tuple[Started, tuple[str, ...]]]) -> dict[str, Started]:
        """The exported fields of exported types that are such holders."""
        return {
            f"{owner}.{name}": replace(started, methods=methods)
            for (owner, name), (started, methods) in running.items()
            if owner[:1].isupper()
            and "." not in owner
            and name[:1].isupper()
            and owner in self.names.holders.get(name, ())
        }
