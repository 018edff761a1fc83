"""What one function calls, starts, and puts where, of what is kept to be called: read off its syntax (see `keeping`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import Named, Pointer, Type
from golint_maps.types.resolve import TypeReader
from golint_maps.types.starting import STARTING_NAMES
from golint_maps.types.touching import LITERAL
from golint_maps.types.world import World

# A place that holds what is called: a field with the type that has it, or a package variable with "".
Holder = tuple[str, str]

_STARTING = STARTING_NAMES | {"AfterFunc"}
# Names of functions that run once in the life of their object.
_ONCE = re.compile(r"(?:New|Start|Run|Serve|Listen|Open|Init|Connect|Dial|Launch|Begin|Make|Main|Setup)", re.IGNORECASE)
_WORD = re.compile(rb"[A-Za-z_]\w*")
# What is nested deeper in a function's syntax is not looked at.
_MAX_DEPTH = 150


@record(frozen=True, slots=True)
class Call:
    """A call of a function of the package (its key), or of what a holder holds (`method` of it, if it is an object).

    `group` names the goroutine on which it happens, "" for that of the caller; `many` tells that a loop starts it; `each`
    that this loop is over what is held, so that each has a goroutine of its own. `locked`: under a lock. `same`: what is
    called belongs to the object whose method this is, or to the package.
    """

    callee: str
    holder: Holder | None
    method: str
    group: str
    many: bool
    each: bool
    locked: bool
    same: bool


@record(slots=True)
class Function:
    """A declared function: its calls, what it puts into holders (by the positions of parameters), and what it passes on.

    `copies` are holders that are given what others hold. `handles`: it serves a request; `loops`: it is a main loop, which
    somebody outside runs if nobody here does; `asks`: it waits for an answer, so that what it is given is done by then.
    """

    key: str
    node: Node
    body: Node
    reader: TypeReader
    names: list[str] = field(default_factory=list)
    types: dict[str, Type] = field(default_factory=dict)
    receiver: str = ""
    calls: list[Call] = field(default_factory=list)
    stores: set[tuple[Holder, int]] = field(default_factory=set)
    passes: set[tuple[str, int, int]] = field(default_factory=set)
    copies: set[tuple[Holder, Holder]] = field(default_factory=set)
    waits: bool = False
    handles: bool = False
    loops: bool = False
    asks: bool = False
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
class Names:
    """What the names of a package mean: its declarations, holders by their names with the types that have them ("" for
    package variables), and the keys of functions by their bare names."""

    own: PackageTypes
    world: World
    holders: Mapping[str, set[str]]
    functions: Mapping[str, list[str]]


@record(frozen=True, slots=True)
class Where:
    """What is known at a point: on which goroutine (its name), started in a loop or not, what the loops around go over."""

    group: str = ""
    many: bool = False
    in_loop: bool = False
    over: frozenset[Holder] = frozenset()


class Scan:
    """Walks over one function and notes its calls, and what it puts where."""

    def __init__(self, function: Function, names: Names) -> None:
        self.function = function
        self.names = names
        self.text = function.reader.text
        self.local: dict[str, frozenset[Holder]] = {}
        # Local variables that hold what the receiver holds.
        self.own: set[str] = set()
        self.locked = False
        self._groups = 0
        self._depth = 0

    # --- control ------------------------------------------------------------------------------------------------------

    def walk(self, node: Node, where: Where) -> None:
        """Look at all that is inside of a node."""
        if self._depth < _MAX_DEPTH:
            self._depth += 1
            for child in node.named_children:
                self.visit(child, where)
            self._depth -= 1

    def visit(self, node: Node, where: Where) -> None:
        """Look at a node."""
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

    def _new_group(self, where: Where) -> Where:
        self._groups += 1
        return Where(f"{self.function.key}#{self._groups}", where.in_loop, False, where.over)

    def _go(self, node: Node, where: Where) -> None:
        started = self._new_group(where)
        for call in node.named_children:
            if call.kind_id != _CALL:
                continue
            callee = call.child_by_field_id(nodes.FIELD_FUNCTION)
            if callee is not None:
                self._run(callee, started)
            for one in self._arguments(call):
                self._run(one, started)

    def _run(self, node: Node, started: Where) -> None:
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

    def _for(self, node: Node, where: Where) -> None:
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

    def _call(self, node: Node, where: Where, counts: bool) -> None:
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
        if name == "copy" and len(arguments) > 1 and arguments[0].kind_id == nodes.IDENTIFIER:
            self._names(self._slice(arguments[0]), arguments[1], self._held(arguments[1]))
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

    def _called(self, callee: Node, where: Where, given: bool = False) -> str:
        """Note what is called; the key of a function of the package. `given`: it is only handed to somebody who calls it."""
        for holder, method in self._what(callee) if not given else ():
            each = bool(where.group) and holder in where.over
            same = holder[0] == "" or self._is_own(callee)
            self.function.calls.append(
                Call("", holder, method, where.group, where.many and not each, each, self.locked, same)
            )
        key = self._function(callee)
        if key:
            same = "." not in key or self._is_own(callee)
            self.function.calls.append(Call(key, None, "", where.group, where.many, False, self.locked, same))
        return key

    def _is_own(self, callee: Node) -> bool:
        """Whether a path starts in the receiver, or in a local variable with what the receiver holds."""
        while callee.kind_id in (_SELECTOR, _INDEX, _PARENTHESES) and callee.named_child_count:
            callee = callee.named_children[0]
        name = self._slice(callee) if callee.kind_id == nodes.IDENTIFIER else ""
        return bool(name) and (name == self.function.receiver or name in self.own)

    def _what(self, callee: Node) -> Iterator[tuple[Holder, str]]:
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
        known = self.names.functions.get(name, ())
        if callee.kind_id == nodes.IDENTIFIER:
            return name if name in known else ""
        if callee.kind_id != _SELECTOR or not known:
            return ""
        type_ = self._type(callee.child_by_field_id(nodes.FIELD_OPERAND))
        if isinstance(type_, Named):
            return key if type_.package == self.names.own.path and (key := f"{type_.name}.{name}") in known else ""
        methods = [key for key in known if "." in key]
        return methods[0] if len(methods) == 1 else ""

    # --- what is put where --------------------------------------------------------------------------------------------

    def _assign(self, node: Node, where: Where) -> None:
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
            name = self._slice(target)
            here = node.kind_id != _ASSIGNMENT or "" not in self.names.holders.get(name, ())
            if target.kind_id == nodes.IDENTIFIER and here:
                self._names(name, value, self._held(value))
                made = self._made(value)
                if made is not None:
                    self.function.types[name] = made
            else:
                for holder in self._held_here(target):
                    self._store(holder, value)
        if right is not None:
            self.visit(right, where)

    def _names(self, name: str, value: Node | None, held: frozenset[Holder]) -> None:
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

    def _store(self, holder: Holder, value: Node) -> None:
        for one in self._arguments(value) if value.kind_id == _CALL and self._last_of(value) == "append" else (value,):
            index = self._parameter(one)
            if index is not None:
                self.function.stores.add((holder, index))
            elif one.kind_id == LITERAL:
                self.function.stores |= {(holder, index) for index in self._called_in(one)}
            elif one.kind_id == _SELECTOR:
                self.function.copies |= {(holder, source) for source in self._held_here(one) if source != holder}

    def _called_in(self, literal: Node) -> Iterator[int]:
        """The positions of the parameters that a function literal calls, for which it stands; none if it locks."""
        locks = self.text.find(b"Lock()", literal.start_byte, literal.end_byte) >= 0
        pending = [literal] if not locks else []
        while pending:
            node = pending.pop()
            callee = node.child_by_field_id(nodes.FIELD_FUNCTION) if node.kind_id == _CALL else None
            index = self._parameter(callee) if callee is not None else None
            if index is not None:
                yield index
            pending.extend(node.named_children)

    def _composite(self, node: Node, where: Where) -> None:
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
            if name in self.names.holders.get(label, ()):
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

    def _held_here(self, node: Node) -> frozenset[Holder]:
        """The holders that a place is, or is an element of, or that a local variable has got it from."""
        while node.kind_id in (_INDEX, _PARENTHESES, _UNARY):
            if not node.named_child_count:
                return frozenset()
            node = node.named_children[0]
        if node.kind_id == nodes.IDENTIFIER:
            name = self._slice(node)
            if name in self.local:
                return self.local[name]
            return frozenset({("", name)}) if "" in self.names.holders.get(name, ()) else frozenset()
        if node.kind_id != _SELECTOR:
            return frozenset()
        name = self._last(node)
        owners = self.names.holders.get(name, set()) - {""}
        if not owners:
            return frozenset()
        operand = node.child_by_field_id(nodes.FIELD_OPERAND)
        type_ = self._type(operand)
        if isinstance(type_, Named):
            if type_.package != self.names.own.path or type_.name not in owners:
                return frozenset()
            return frozenset({(type_.name, name)})
        if operand is not None and operand.kind_id == nodes.IDENTIFIER:
            if self._slice(operand) in self.function.reader.imports:
                return frozenset()
        return frozenset({(next(iter(owners)), name)}) if len(owners) == 1 else frozenset()

    def _held(self, value: Node) -> frozenset[Holder]:
        """The holders from which a value comes, in whatever way."""
        found: frozenset[Holder] = frozenset()
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
        world = self.names.world
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
        return Named(self.names.own.path, name) if name in self.names.own.types else None

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
