"""Which maps the functions of a package touch without a lock: read off their syntax, for those who import it.

`func (m *Memo) Get(key string) int { m.cache[key] = … }` is safe as long as one goroutine has the Memo, and only its users
know how many have. So they are told (`Touched`) what a call does to the maps that the receiver, an argument or a package
variable leads to, also where functions of the package do it that are called on the way. The idea of such summaries follows
RacerD (Blackshear and others, OOPSLA 2018); reading them off the syntax lets importers have them before the analysis.

Nothing is said of functions that may take a lock, wait for others or hand work to them, of maps with a lock beside them which
somebody takes who has to do with the map, of what stands behind a question to somebody, and of objects that are reached in
any other way than by the names of fields: what is unknown is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named, parameter_names
from golint_maps.types.declarations import PackageTypes, Touched
from golint_maps.types.model import UNKNOWN, Func, Named, Struct, Type
from golint_maps.types.resolve import TypeReader
from golint_maps.types.world import World

# What writes a map, as a rule, and what a function says that may be careful about it.
_WRITES = re.compile(rb"\]\s*(?:=(?!=)|\+\+|--|[-+*/|&^%]=)|\bdelete\(|\bclear\(")
_CAREFUL = (
    *(b"lock", b"Lock", b"Mutex", b"emaphore", b"atomic", b".Load(", b".Store(", b".Do(", b".Wait(", b".Acquire("),
    *(b"<-", b"select {", b"\tgo ", b" go "),
)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_RECEIVER_TYPE = re.compile(rb"func\s*\(\s*(?:\w+\s+)?\*?\s*(\w+)")
# Names of types that keep others out.
_LOCKS = re.compile(r"Mutex|Locker?$|^Once$|[sS]emaphore")

_CHANGES = frozenset(("write", "delete", "clear"))

# A function that touches more maps than this is not one that its users think of as touching a map.
_MAX_TOUCHED = 8
# Steps from the receiver to the map.
_MAX_PATH = 4
# What is nested deeper in a function's syntax is not looked at.
_MAX_DEPTH = 150

RECEIVER, VARIABLE = -1, -2

# A touch with the place that it is about: the type that has the field, and its name; of a map that is given, no type.
_Placed = tuple[tuple[str, str], Touched]


@record(slots=True)
class _Function:
    """A declared function as its syntax shows it: the paths that it touches, and those that it calls.

    `roots` are its receiver and parameters by name; they are known once it has been looked at, as all below them are.
    """

    key: str
    node: Node
    body: Node
    path: str
    reader: TypeReader
    looked: bool = False
    source: str = ""
    roots: dict[str, tuple[int, Type]] = field(default_factory=dict)
    touched: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    calls: list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = field(default_factory=list)
    _words: frozenset[bytes] | None = None

    @property
    def exported(self) -> bool:
        """Whether other packages can call it."""
        return self.key.rpartition(".")[2][:1].isupper()

    @property
    def gets_map(self) -> bool:
        """Whether a parameter or the result is written as a map."""
        return self.reader.text.find(b"map[", self.node.start_byte, self.body.start_byte) >= 0

    @property
    def writes(self) -> bool:
        """Whether its body has what looks like a change of a map."""
        return _WRITES.search(self.reader.text, self.body.start_byte, self.body.end_byte) is not None

    @property
    def words(self) -> frozenset[bytes]:
        """The words of its body."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.reader.text, self.body.start_byte, self.body.end_byte))
        return self._words


def find_touched(
    files: Iterable[tuple[str, TypeReader, Node]], own: PackageTypes, world: World
) -> dict[str, tuple[Touched, ...]]:
    """What the exported functions (`F`) and methods (`T.M`) of a package touch, by their names; most have no entry.

    `files` are the paths, readers and trees of the files that belong to the package itself (not to its tests), `own` its
    declarations, all of them.
    """
    functions: dict[str, _Function] = {}
    locking: list[bytes] = []
    for path, reader, root in files:
        for node in root.named_children:
            if node.kind_id not in (FUNCTION, METHOD):
                continue
            start, end = node.start_byte, node.end_byte
            if any(reader.text.find(word, start, end) >= 0 for word in _CAREFUL):
                locking.append(reader.text[start:end])
            elif (one := _function(node, path, reader)) is not None:
                functions[one.key] = one
    known: dict[str, list[_Placed]] = {}
    for one in functions.values():
        if one.writes or one.gets_map:
            _look(one, known, own, world)
    written = {place for touches in known.values() for place, touched in touches if touched.kind in _CHANGES}
    touching = _bare(known)
    for imported in {path for one in functions.values() for path in one.reader.imports.values()}:
        if imported != own.path:
            touching |= _bare(_of_package(imported, world))
    # Who mentions such a map, or calls a function that touches one, touches it as well, and so on.
    mentioned = touching | {place[1] for place in written}
    for _ in range(_MAX_PATH if mentioned else 0):
        words = {name.encode() for name in mentioned}
        new = [one for one in functions.values() if not one.looked and not words.isdisjoint(one.words)]
        for one in new:
            _look(one, known, own, world)
        found_here = {one.key for one in new if one.key in known}
        touching |= _bare(found_here)
        touching = mentioned = _bare(found_here | _callers(functions, known, touching, own, world))
    written -= _guarded(known, locking, own, world)
    return {
        key: found
        for key, touches in known.items()
        if functions[key].exported and (found := _fewest(touches, written)) and len(found) <= _MAX_TOUCHED
    }


def _guarded(
    known: Mapping[str, Sequence[_Placed]], locking: Sequence[bytes], own: PackageTypes, world: World
) -> set[tuple[str, str]]:
    """The places which have a lock beside them, and which a function that locks something has to do with.

    How well they are guarded is seen in their own package.
    """
    touching: dict[tuple[str, str], set[str]] = {}
    for key, touches in known.items():
        for place, _ in touches:
            touching.setdefault(place, set()).add(key.rpartition(".")[2])
    found: set[tuple[str, str]] = set()
    for place, names in touching.items():
        package, _, owner = (own.path, "", "") if place[0] == own.path else place[0].rpartition(".")
        locks = _locks_of(Named(package, owner), world)
        if not place[0] or (owner and not locks):
            continue
        mentioned, taken = _any_of({place[1], *names}), _any_of(locks or ("Lock", "RLock"))
        if package != own.path or any(mentioned.search(text) and taken.search(text) for text in locking):
            found.add(place)
    return found


def _any_of(names: Iterable[str]) -> re.Pattern[bytes]:
    """Matches each of the names as a word."""
    return re.compile(rb"\b(?:" + b"|".join(re.escape(name.encode()) for name in sorted(names)) + rb")\b")


def _bare(keys: Iterable[str]) -> set[str]:
    return {key.rpartition(".")[2] for key in keys}


def _of_package(path: str, world: World) -> Mapping[str, tuple[Touched, ...]]:
    """What the functions of another package of the run touch."""
    package = world.package(path) if world.in_run(f"{path}.") else None
    return package.touched if package is not None else {}


def key_of(node: Node, reader: TypeReader) -> str:
    """The name of a declared function, `F` or `T.M`; "" where it has none that can be read."""
    name = node.child_by_field_id(nodes.FIELD_NAME)
    if name is None or node.kind_id == FUNCTION:
        return reader.slice(name) if name is not None else ""
    owner = _RECEIVER_TYPE.match(reader.text, node.start_byte)
    return f"{owner[1].decode('utf-8', 'replace')}.{reader.slice(name)}" if owner is not None else ""


def signature_of(key: str, own: PackageTypes) -> Func | None:
    """The signature of the function with that name, `F` or `T.M`, among a package's declarations; None if it is not there."""
    owner, _, bare = key.rpartition(".")
    if owner:
        method = own.types[owner].methods.get(bare) if owner in own.types else None
        return method.signature if method is not None else None
    declared = own.functions.get(bare)
    return declared.signature if declared is not None else None


def _function(node: Node, path: str, reader: TypeReader) -> _Function | None:
    key, body = key_of(node, reader), node.child_by_field_id(nodes.FIELD_BODY)
    if not key or body is None or _LOCKS.search(key.rpartition(".")[0]):
        return None
    return _Function(key, node, body, path, reader)


def _look(function: _Function, known: dict[str, list[_Placed]], own: PackageTypes, world: World) -> None:
    """Look at a function, and note what it touches."""
    function.looked = True
    reader, node = function.reader, function.node
    signature = signature_of(function.key, own)
    if signature is None:
        return
    if "." in function.key:
        receiver, _ = reader.receiver(node)
        if receiver is None:
            return
        function.roots = dict.fromkeys(
            parameter_names(node.child_by_field_id(nodes.FIELD_RECEIVER), reader.text), (RECEIVER, receiver)
        )
    names = parameter_names(node.child_by_field_id(nodes.FIELD_PARAMETERS), reader.text)
    function.roots |= {
        one: (index, type_) for index, (one, type_) in enumerate(zip(names, signature.params, strict=False))
    }
    function.source = reader.text[node.start_byte : function.body.start_byte].decode("utf-8", "replace").strip()
    _Scan(function).block(function.body)
    found = list(_directly(function, own, world))
    if found:
        known[function.key] = found


def _fewest(touches: Iterable[_Placed], written: set[tuple[str, str]]) -> tuple[Touched, ...]:
    """One touch of each kind for each map, the first; reads only of maps that are given, or are `written` somewhere."""
    found: dict[tuple[int, str, tuple[str, ...], str], Touched] = {}
    for place, one in touches:
        if place in written or not place[0]:
            found.setdefault((one.root, one.variable, one.path, one.kind), one)
    return tuple(found.values())


# --- what one function does itself -----------------------------------------------------------------------------------


def _directly(function: _Function, own: PackageTypes, world: World) -> Iterator[_Placed]:
    for kind_, path, text in function.touched:
        first, rest = path[0], path[1:]
        root, type_ = function.roots.get(first) or _variable(first, own)
        if type_ == UNKNOWN or len(rest) > _MAX_PATH:
            continue
        place = (own.path, first) if root == VARIABLE else ("", f"{function.key}:{first}")
        for step, name in enumerate(rest, 1):
            hops = world.field(type_, name)
            if hops is None or (
                step < len(rest) and _locks_of(type_, world)
            ):  # that lock may be for what is inside, too
                type_ = UNKNOWN
                break
            place, type_ = (hops[-1].owner, name), hops[-1].type
        if world.map_type(type_) is not None:
            variable = f"{own.path}.{first}" if root == VARIABLE else ""
            yield place, Touched(kind_, root, variable, rest, function.path, function.source, text)


def _variable(name: str, own: PackageTypes) -> tuple[int, Type]:
    declared = own.variables.get(name)
    return VARIABLE, declared.type if declared is not None and not declared.guard else UNKNOWN


def _locks_of(type_: Type, world: World) -> set[str]:
    """The fields of the struct behind a type that are locks, by their names; of those embedded what takes them."""
    struct = world.underlying(world.deref(type_))
    found: set[str] = set()
    for one in struct.fields if isinstance(struct, Struct) else ():
        inner = world.named(one.type)
        if inner is not None and (_LOCKS.search(inner.name) or {"Lock", "Unlock"} <= world.method_names(inner)):
            found |= {"Lock", "RLock"} if one.embedded else {one.name}
    return found


class _Scan:
    """Notes the paths that a function touches as maps and those that it calls; what closures do is not looked at."""

    def __init__(self, function: _Function) -> None:
        self.function = function
        self.text = function.reader.text
        self.local: dict[str, tuple[str, ...]] = {}
        self._depth = 0

    def block(self, node: Node) -> None:
        if self._depth == _MAX_DEPTH:
            return
        self._depth += 1
        for child in node.named_children:
            self.visit(child)
        self._depth -= 1

    def visit(self, node: Node) -> None:
        number = node.kind_id
        if number == LITERAL:
            return
        if number == _SHORT:
            self._declare(node)
        elif number == _ASSIGNMENT:
            left = node.child_by_field_id(nodes.FIELD_LEFT)
            for one in named(left) if left is not None else ():
                self._write(one, node)
                if one.kind_id == nodes.IDENTIFIER:  # another object from now on
                    self.local[self._text(one)] = ()
            right = node.child_by_field_id(nodes.FIELD_RIGHT)
            if right is not None:
                self.visit(right)
            return
        elif number in (_INC, _DEC):
            for one in named(node):
                self._write(one, node)
            return
        elif number == _CALL:
            self._call(node)
        elif number == _RANGE:
            self._range(node)
            return
        elif number == _VAR:
            for name in node.children_by_field_id(nodes.FIELD_NAME):
                self.local[self._text(name)] = ()
        elif number == _INDEX:
            self._note("read", node.child_by_field_id(nodes.FIELD_OPERAND), node)
        elif number == _IF and self._asks_somebody(node.child_by_field_id(nodes.FIELD_CONDITION)):
            return
        self.block(node)

    def _asks_somebody(self, condition: Node | None) -> bool:
        """Whether a condition calls a method: what stands behind it may never happen to those who call this function."""
        pending = [condition] if condition is not None else []
        while pending:
            node = pending.pop()
            path = self.path(node.child_by_field_id(nodes.FIELD_FUNCTION) or node) if node.kind_id == _CALL else None
            if path is not None and len(path) > 1 and path[0] not in self.function.reader.imports:
                return True
            pending.extend(node.named_children)
        return False

    def _declare(self, node: Node) -> None:
        left, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
        names = [self._text(one) for one in named(left)] if left is not None else []
        values = named(right) if right is not None else []
        for index, name in enumerate(names):
            path = self.path(values[index]) if len(values) == len(names) else None
            # The other name of a path, as long as it is not declared twice.
            self.local[name] = path if path is not None and name not in self.local else ()

    def _write(self, node: Node, statement: Node) -> None:
        if node.kind_id == _INDEX:
            operand = node.child_by_field_id(nodes.FIELD_OPERAND)
            self._note("write", operand, statement)
            if operand is not None:
                self.visit(operand)

    def _call(self, node: Node) -> None:
        callee = node.child_by_field_id(nodes.FIELD_FUNCTION)
        arguments = node.child_by_field_id(nodes.FIELD_ARGUMENTS)
        given = named(arguments) if arguments is not None else []
        path = self.path(callee) if callee is not None else None
        if path in (("delete",), ("clear",)) and given:
            self._note(path[0], given[0], node)
        elif path is not None:
            self.function.calls.append((path, tuple(self.path(one) or () for one in given)))

    def _range(self, node: Node) -> None:
        right = node.child_by_field_id(nodes.FIELD_RIGHT)
        left = node.child_by_field_id(nodes.FIELD_LEFT)
        for one in named(left) if left is not None else ():
            self.local[self._text(one)] = ()
        if right is not None:
            self._note("iterate", right, right)
            self.visit(right)

    def _note(self, kind_: str, map_: Node | None, whole: Node) -> None:
        path = self.path(map_) if map_ is not None else None
        if path:
            line = self._text(whole).partition("\n")[0].rstrip()
            self.function.touched.append((kind_, path, line))

    def path(self, node: Node) -> tuple[str, ...] | None:
        """`m.peers.all` as its names, a local name for a path replaced by it; None for anything else."""
        names: list[str] = []
        while node.kind_id == _SELECTOR:
            last, operand = node.child_by_field_id(nodes.FIELD_FIELD), node.child_by_field_id(nodes.FIELD_OPERAND)
            if last is None or operand is None:
                return None
            names.append(self._text(last))
            node = operand
        if node.kind_id != nodes.IDENTIFIER:
            return None
        first = self._text(node)
        meant = self.local.get(first)
        if meant is not None:
            return (*meant, *reversed(names)) if meant else None
        return (first, *reversed(names))

    def _text(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace")


# --- what those do that it calls -------------------------------------------------------------------------------------


def _callers(
    functions: Mapping[str, _Function],
    known: dict[str, list[_Placed]],
    touching: set[str],
    own: PackageTypes,
    world: World,
) -> set[str]:
    """Add what callees, of these names, touch to what functions touch; those for which there was something to add."""
    changed: set[str] = set()
    for key, function in functions.items():
        for path, arguments in function.calls:
            touches, base = _touches_of(path, function, known, own, world) if path[-1] in touching else ((), ())
            for place, touched in touches:
                mine = known.get(key, [])
                seen = _seen_from(touched, base, arguments, function, own)
                if seen is not None and len(mine) <= _MAX_TOUCHED and all(one != seen for _, one in mine):
                    known[key] = [*mine, (place, seen)]
                    changed.add(key)
    return changed


def _touches_of(
    path: tuple[str, ...],
    function: _Function,
    known: Mapping[str, Sequence[_Placed]],
    own: PackageTypes,
    world: World,
) -> tuple[Sequence[_Placed], tuple[str, ...]]:
    """What the function that a path calls touches, and the path of its receiver."""
    first, last = path[0], path[-1]
    if len(path) == 1:
        return (known.get(last, ()) if first not in function.roots else ()), ()
    _, type_ = function.roots.get(first) or _variable(first, own)
    if type_ == UNKNOWN and len(path) == 2:
        return _foreign(function.reader.imports.get(first, ""), last, world), ()
    for name in path[1:-1]:
        hops = world.field(type_, name)
        type_ = hops[-1].type if hops and not _locks_of(type_, world) else UNKNOWN
    owner = world.named(type_)
    if owner is None:
        return (), ()
    key = f"{owner.name}.{last}"
    return (known.get(key, ()) if owner.package == own.path else _foreign(owner.package, key, world)), path[:-1]


def _foreign(package: str, key: str, world: World) -> Sequence[_Placed]:
    return [(("", f"{package}.{key}"), one) for one in _of_package(package, world).get(key, ())] if package else []


def _seen_from(
    touched: Touched,
    base: tuple[str, ...],
    arguments: tuple[tuple[str, ...], ...],
    caller: _Function,
    own: PackageTypes,
) -> Touched | None:
    """A callee's touch as one of its caller; None where the caller's own objects are touched, or unknown ones."""
    if touched.root == VARIABLE:
        return touched
    path = base if touched.root == RECEIVER else arguments[touched.root] if touched.root < len(arguments) else ()
    if not path or len(path) + len(touched.path) > _MAX_PATH + 1:
        return None
    if path[0] in caller.roots:
        return replace(touched, root=caller.roots[path[0]][0], path=(*path[1:], *touched.path))
    if path[0] in own.variables:
        return replace(touched, root=VARIABLE, variable=f"{own.path}.{path[0]}", path=(*path[1:], *touched.path))
    return None


FUNCTION = kind("function_declaration")
METHOD = kind("method_declaration")
LITERAL = kind("func_literal")
_SHORT = kind("short_var_declaration")
_ASSIGNMENT = kind("assignment_statement")
_IF = kind("if_statement")
_INC = kind("inc_statement")
_DEC = kind("dec_statement")
_CALL = kind("call_expression")
_RANGE = kind("range_clause")
_VAR = kind("var_spec")
_INDEX = kind("index_expression")
_SELECTOR = kind("selector_expression")
