"""Which exported maps one function touches, and under which locks: read off its syntax (see `guarding`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named, parameter_names
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import UNKNOWN, Array, Func, Map, Pointer, Slice, Type
from golint_maps.types.resolve import TypeReader
from golint_maps.types.touching import LITERAL, METHOD
from golint_maps.types.world import World

_MAKES = re.compile(r"(?:New|Make|Create|Default|Clone|Copy|Parse|Load|Empty)", re.IGNORECASE)
# What is nested deeper in a function's syntax is not looked at.
_MAX_DEPTH = 150

_TAKES = {"Lock": True, "RLock": False}
_GIVES = ("Unlock", "RUnlock")


@record(frozen=True, slots=True)
class Use:
    """A touch of an exported map (`T.F` or `V`): the locks that are held for it, by their names, exclusively or not.

    `kind` is `write`, `replace` or `read`. `doubtful`: without a lock it says nothing, since somebody else may hold one.
    """

    place: str
    kind: str
    locks: Mapping[str, bool]
    doubtful: bool
    text: str


@record(frozen=True, slots=True)
class Guardable:
    """The exported maps that may have a guard: the fields by their names, with the types that have them and the locks beside
    them (by name; those that are embedded are true), and the variables. `locks` are the package variables that are locks."""

    fields: Mapping[str, Mapping[str, Mapping[str, bool]]]
    variables: frozenset[str]
    locks: frozenset[str]


@record(slots=True)
class _State:
    """The locks that are held, by how they are written, and whether they are held exclusively."""

    held: dict[str, bool] = field(default_factory=dict)
    # This code runs when somebody calls it, perhaps under locks.
    away: bool = False


class GuardScan:
    """Walks over one function, and notes its uses of such maps."""

    def __init__(
        self,
        function: Node,
        reader: TypeReader,
        signature: Func | None,
        wanted: Guardable,
        own: PackageTypes,
        world: World,
    ) -> None:
        self.reader = reader
        self.text = reader.text
        self.wanted = wanted
        self.own = own
        self.world = world
        self.types: dict[str, Type] = {}
        self.fresh: set[str] = set()
        self.uses: list[Use] = []
        self._kinds: dict[int, str] = {}
        self._depth = 0
        if function.kind_id == METHOD:
            receiver, _ = reader.receiver(function)
            for name in parameter_names(function.child_by_field_id(nodes.FIELD_RECEIVER), self.text):
                self.types[name] = receiver or UNKNOWN
        names = parameter_names(function.child_by_field_id(nodes.FIELD_PARAMETERS), self.text)
        self.types.update(zip(names, signature.params if signature is not None else (), strict=False))

    # --- control ------------------------------------------------------------------------------------------------------

    def walk(self, node: Node, state: _State | None = None) -> bool:
        """Look at all that is inside of a node; whether control may come to its end."""
        state = state if state is not None else _State()
        goes_on = True
        if self._depth < _MAX_DEPTH:
            self._depth += 1
            for child in node.named_children:
                goes_on = self._visit(child, state) and goes_on
            self._depth -= 1
        return goes_on

    def _visit(self, node: Node, state: _State) -> bool:
        number = node.kind_id
        if number in _ENDS:
            self.walk(node, state)
            return False
        if number == _IF:
            return self._if(node, state)
        if number in _BRANCHING:
            return self._branches(node, state)
        if number == _FOR:
            self._apart(node, state)
            return True
        if number == _EXPRESSION:
            return self._statement(node, state)
        if number in (_GO, _DEFER):
            self._later(node, state, away=number == _DEFER and bool(state.held))
        elif number == LITERAL:
            self.walk(node, _State(away=bool(state.held) or state.away))
        else:
            self._names(node)
            self._use(node, state)
            return self.walk(node, state)
        return True

    def _statement(self, node: Node, state: _State) -> bool:
        call = node.named_children[0] if node.named_child_count else node
        if call.kind_id == _CALL:
            callee = call.child_by_field_id(nodes.FIELD_FUNCTION)
            operand = callee.child_by_field_id(nodes.FIELD_OPERAND) if callee is not None else None
            name = self._last(callee) if callee is not None else ""
            if operand is not None and name in _TAKES:
                state.held[self._path(operand)] = _TAKES[name]
                return True
            if operand is not None and name in _GIVES:
                state.held.pop(self._path(operand), None)
                return True
            self.walk(node, state)
            return name not in ("panic", "Exit", "Fatal", "Fatalf")
        return self.walk(node, state)

    def _later(self, node: Node, state: _State, away: bool) -> None:
        """What a goroutine does, or the end of the function: the locks of this point are not held there, or may be."""
        for call in node.named_children:
            callee = call.child_by_field_id(nodes.FIELD_FUNCTION) if call.kind_id == _CALL else None
            if callee is not None and callee.kind_id == LITERAL:
                self.walk(callee, _State(away=away))
                arguments = call.child_by_field_id(nodes.FIELD_ARGUMENTS)
                if arguments is not None:
                    self.walk(arguments, state)
            else:
                self.walk(call, state)

    def _apart(self, node: Node, state: _State) -> bool:
        """A part that may be gone through or not: only what is held at both ends is held behind it."""
        inside = _State(dict(state.held), state.away)
        goes_on = self.walk(node, inside)
        if goes_on:
            _join(state, [inside])
        return goes_on

    def _if(self, node: Node, state: _State) -> bool:
        condition, then, other = (
            node.child_by_field_id(one)
            for one in (nodes.FIELD_CONDITION, nodes.FIELD_CONSEQUENCE, nodes.FIELD_ALTERNATIVE)
        )
        first = node.child_by_field_id(nodes.FIELD_INITIALIZER)
        for one in (first, condition):
            if one is not None:
                self._visit(one, state)
        ways: list[_State] = []
        for branch in (then, other):
            way = _State(dict(state.held), state.away)
            if branch is None or self._visit(branch, way):
                ways.append(way)
        _replace(state, ways)
        return bool(ways)

    def _branches(self, node: Node, state: _State) -> bool:
        ways: list[_State] = []
        whole = node.kind_id == _SELECT
        for child in node.named_children:
            if child.kind_id not in _CASES:
                self._visit(child, state)
                continue
            whole = whole or child.kind_id == _DEFAULT
            way = _State(dict(state.held), state.away)
            if self.walk(child, way):
                ways.append(way)
        if not whole:
            ways.append(_State(dict(state.held), state.away))
        _replace(state, ways)
        return True  # a `break` leads here

    # --- uses ---------------------------------------------------------------------------------------------------------

    def _use(self, node: Node, state: _State) -> None:
        number = node.kind_id
        if number == _ASSIGNMENT:
            left = node.child_by_field_id(nodes.FIELD_LEFT)
            for one in named(left) if left is not None else ():
                self._changed(one)
        elif number in (_INC, _DEC):
            for one in named(node):
                self._changed(one)
        elif number == _CALL and self._last(node.child_by_field_id(nodes.FIELD_FUNCTION)) in ("delete", "clear"):
            arguments = node.child_by_field_id(nodes.FIELD_ARGUMENTS)
            given = named(arguments) if arguments is not None else []
            if given:
                self._kinds[given[0].id] = "write"
        elif number == _SELECTOR:
            self._selected(node, state)
        elif number == nodes.IDENTIFIER:
            name = self._slice(node)
            if name in self.wanted.variables and name not in self.types:
                locks = {lock: state.held[lock] for lock in self.wanted.locks if lock in state.held}
                self._note(name, node, locks, state)

    def _changed(self, target: Node) -> None:
        if target.kind_id == _INDEX:
            operand = target.child_by_field_id(nodes.FIELD_OPERAND)
            if operand is not None:
                self._kinds[operand.id] = "write"
        else:
            self._kinds[target.id] = "replace"

    def _selected(self, node: Node, state: _State) -> None:
        name, operand = self._last(node), node.child_by_field_id(nodes.FIELD_OPERAND)
        owners = self.wanted.fields.get(name)
        if not owners or operand is None or self._root(operand) in self.fresh:
            return
        base = self._path(operand)
        if operand.kind_id == nodes.IDENTIFIER and base in self.reader.imports and base not in self.types:
            return
        hops = self.world.field(self._type(operand), name)
        if hops is not None:
            package, _, owner = hops[-1].owner.rpartition(".")
            if package == self.own.path and owner in owners:
                through = ".".join([base, *(hop.name for hop in hops[:-1])])
                self._note(f"{owner}.{name}", node, _beside(owners[owner], (base, through), state), state)
            return
        # Whatever it is: where it is touched without a lock, it may be any of them.
        for owner, locks in owners.items():
            held = _beside(locks, (base,), state)
            if len(owners) == 1 or not held:
                self._note(f"{owner}.{name}", node, held, state)

    def _note(self, place: str, node: Node, locks: Mapping[str, bool], state: _State) -> None:
        statement = node
        while statement.parent is not None and statement.kind_id not in _STATEMENTS:
            statement = statement.parent
        line = self._slice(statement).partition("\n")[0].rstrip()
        kind_ = self._kinds.get(node.id, "read")
        self.uses.append(Use(place, kind_, dict(locks), state.away, line))

    # --- types --------------------------------------------------------------------------------------------------------

    def _names(self, node: Node) -> None:
        """Take note of the types of local variables, and of which hold what has just been made."""
        if node.kind_id == _SHORT:
            left, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
            names = [self._slice(one) for one in named(left)] if left is not None else []
            values = named(right) if right is not None else []
            several = len(values) == 1 and len(names) > 1
            for index, name in enumerate(names):
                value = values[0 if several else index] if several or len(values) == len(names) else None
                self._declare(
                    name, self._type(value, index if several else 0), value is not None and self._makes(value)
                )
        elif node.kind_id == _VAR:
            written, value = node.child_by_field_id(nodes.FIELD_TYPE), node.child_by_field_id(nodes.FIELD_VALUE)
            values = named(value) if value is not None else []
            type_ = self.reader.type_of(written) if written is not None else UNKNOWN
            for index, one in enumerate(node.children_by_field_id(nodes.FIELD_NAME)):
                given = values[index] if index < len(values) else None
                made = (given is None and not isinstance(type_, Pointer)) if given is None else self._makes(given)
                self._declare(self._slice(one), self._type(given) if written is None else type_, made)
        elif node.kind_id == _RANGE:
            left, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
            over = self.world.underlying(self._type(right))
            inside = (over.key, over.value) if isinstance(over, Map) else (UNKNOWN, getattr(over, "element", UNKNOWN))
            for one, type_ in zip(named(left) if left is not None else (), inside, strict=False):
                self._declare(self._slice(one), type_, False)
        elif node.kind_id == _TYPE_SWITCH:
            alias = node.child_by_field_id(nodes.FIELD_ALIAS)
            for one in named(alias) if alias is not None else ():
                self._declare(self._slice(one), UNKNOWN, False)

    def _declare(self, name: str, type_: Type, made: bool) -> None:
        self.types[name] = type_
        (self.fresh.add if made else self.fresh.discard)(name)

    def _makes(self, value: Node) -> bool:
        """Whether a value has just been made: a literal, `new`, or what a constructor gives."""
        if value.kind_id in (_UNARY, _PARENTHESES) and value.named_child_count == 1:
            return self._makes(value.named_children[0])
        if value.kind_id == _CALL:
            callee = value.child_by_field_id(nodes.FIELD_FUNCTION)
            return callee is not None and _MAKES.match(self._last(callee)) is not None
        return value.kind_id == _COMPOSITE

    def _type(self, node: Node | None, result: int = 0) -> Type:
        if node is None:
            return UNKNOWN
        number = node.kind_id
        if number == nodes.IDENTIFIER:
            name = self._slice(node)
            declared = self.own.variables.get(name)
            return self.types.get(name) or (declared.type if declared is not None else UNKNOWN)
        if number == _CALL:
            results = self._results(node)
            return results[result] if result < len(results) else UNKNOWN
        if result:
            return UNKNOWN
        operand = node.child_by_field_id(nodes.FIELD_OPERAND)
        if number == _SELECTOR and operand is not None:
            if operand.kind_id == nodes.IDENTIFIER and (path := self._imported(operand)):
                variable = self.world.variable(path, self._last(node))
                return variable.type if variable is not None else UNKNOWN
            hops = self.world.field(self._type(operand), self._last(node))
            return hops[-1].type if hops else UNKNOWN
        if number == _INDEX:
            over = self.world.underlying(self._type(operand))
            return (
                over.value if isinstance(over, Map) else over.element if isinstance(over, (Slice, Array)) else UNKNOWN
            )
        if number == _UNARY:
            inner = self._type(operand)
            if self.text[node.start_byte : node.start_byte + 1] == b"&":
                return Pointer(inner)
            return self.world.deref(inner)
        if number in (_COMPOSITE, _ASSERTION):
            written = node.child_by_field_id(nodes.FIELD_TYPE)
            return self.reader.type_of(written) if written is not None else UNKNOWN
        if number == _PARENTHESES and node.named_child_count == 1:
            return self._type(node.named_children[0])
        return UNKNOWN

    def _results(self, call: Node) -> tuple[Type, ...]:
        callee = call.child_by_field_id(nodes.FIELD_FUNCTION)
        if callee is None:
            return ()
        name = self._last(callee)
        if callee.kind_id == nodes.IDENTIFIER:
            if name == "new":
                arguments = call.child_by_field_id(nodes.FIELD_ARGUMENTS)
                given = named(arguments) if arguments is not None else []
                return (Pointer(self.reader.type_of(given[0])),) if given else ()
            declared = self.own.functions.get(name)
            return declared.signature.results if declared is not None else ()
        operand = callee.child_by_field_id(nodes.FIELD_OPERAND)
        if callee.kind_id != _SELECTOR or operand is None:
            return ()
        if operand.kind_id == nodes.IDENTIFIER and (path := self._imported(operand)):
            package = self.world.package(path)
            foreign = package.functions.get(name) if package is not None else None
            return foreign.signature.results if foreign is not None else ()
        method = self.world.method(self._type(operand), name)
        return method.declaration.signature.results if method is not None else ()

    def _imported(self, operand: Node) -> str:
        name = self._slice(operand)
        return self.reader.imports.get(name, "") if name not in self.types else ""

    # --- names --------------------------------------------------------------------------------------------------------

    def _path(self, node: Node) -> str:
        """How what a lock or a map belongs to is written, without signs that make no difference."""
        while node.kind_id in (_PARENTHESES, _UNARY) and node.named_child_count == 1:
            node = node.named_children[0]
        return self._slice(node)

    def _root(self, node: Node) -> str:
        """The name in which a path starts."""
        while node.kind_id in (_SELECTOR, _INDEX, _PARENTHESES, _UNARY) and node.named_child_count:
            node = node.named_children[0]
        return self._slice(node) if node.kind_id == nodes.IDENTIFIER else ""

    def _last(self, node: Node | None) -> str:
        """The last name of a path."""
        last = node.child_by_field_id(nodes.FIELD_FIELD) if node is not None and node.kind_id == _SELECTOR else node
        return self._slice(last) if last is not None and last.child_count == 0 else ""

    def _slice(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _beside(locks: Mapping[str, bool], bases: Iterable[str], state: _State) -> dict[str, bool]:
    """The locks of an object that are held, and whether exclusively."""
    found: dict[str, bool] = {}
    for base in bases:
        for lock, embedded in locks.items():
            for text in (f"{base}.{lock}", *((base,) if embedded else ())):
                if text in state.held:
                    found[lock] = state.held[text]
    return found


def _join(state: _State, ways: Iterable[_State]) -> None:
    """Only what is held on all ways is held where they meet."""
    for way in ways:
        for lock in list(state.held):
            if lock not in way.held:
                del state.held[lock]
            else:
                state.held[lock] = state.held[lock] and way.held[lock]


def _replace(state: _State, ways: list[_State]) -> None:
    if ways:
        state.held = dict(ways[0].held)
        _join(state, ways[1:])


_IF = kind("if_statement")
_FOR = kind("for_statement")
_GO = kind("go_statement")
_DEFER = kind("defer_statement")
_EXPRESSION = kind("expression_statement")
_SELECT = kind("select_statement")
_TYPE_SWITCH = kind("type_switch_statement")
_BRANCHING = frozenset((_SELECT, _TYPE_SWITCH, kind("expression_switch_statement")))
_DEFAULT = kind("default_case")
_CASES = frozenset((_DEFAULT, kind("expression_case"), kind("type_case"), kind("communication_case")))
_ENDS = frozenset(kind(one) for one in ("return_statement", "goto_statement", "break_statement", "continue_statement"))
_ASSIGNMENT = kind("assignment_statement")
_SHORT = kind("short_var_declaration")
_VAR = kind("var_spec")
_RANGE = kind("range_clause")
_INC = kind("inc_statement")
_DEC = kind("dec_statement")
_CALL = kind("call_expression")
_INDEX = kind("index_expression")
_SELECTOR = kind("selector_expression")
_UNARY = kind("unary_expression")
_PARENTHESES = kind("parenthesized_expression")
_COMPOSITE = kind("composite_literal")
_ASSERTION = kind("type_assertion_expression")
_STATEMENTS = frozenset((_ASSIGNMENT, _SHORT, _INC, _DEC, _EXPRESSION, *_ENDS, _FOR, _IF))
