"""Lowering of expressions: syntax nodes to `ir.Value`s, with the ops that their evaluation performs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tree_sitter import Node

from golint_maps.flow import hidden, ir
from golint_maps.flow.spans import span
from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named
from golint_maps.types.declarations import VariableDecl
from golint_maps.types.model import (
    UNKNOWN,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
)
from golint_maps.types.resolve import PREDECLARED, TypeReader
from golint_maps.types.world import Hop, World, bind, substitute

# Expressions nested deeper than this are opaque: generated code has sums of thousands of terms, and Python's stack ends.
MAX_DEPTH = 150

# Numbers and texts in a list or map beyond these are left out: nothing happens in them, and generated tables are long.
_MAX_TABLE = 16

_BUILTINS = frozenset(
    [
        "append",
        "cap",
        "clear",
        "close",
        "complex",
        "copy",
        "delete",
        "imag",
        "len",
        "make",
        "max",
        "min",
        "new",
        "panic",
        "print",
        "println",
        "real",
        "recover",
    ]
)
_TERMINATING = frozenset(
    {("os", "Exit"), ("log", "Fatal"), ("log", "Fatalf"), ("log", "Fatalln"), ("runtime", "Goexit")}
)


def _written(format_: ir.Value | None) -> str:
    """The text of a format, also of one that is put together from several; "" where it is not written there."""
    if isinstance(format_, ir.Binary) and format_.op == "+":
        left, right = _written(format_.left), _written(format_.right)
        return left + right if left and right else ""
    return format_.text if isinstance(format_, ir.Constant) else ""


@record(frozen=True, slots=True)
class TypeName(ir.Value):
    """A type used as an expression (conversion, composite literal, method expression); never leaves the lowering."""


class Scope:
    """A block's names. Entities are variables, types, or `None` for names that hide outer ones without a meaning here.

    `visible` are the names of the block and of those around it; `own` are those of the block itself.
    """

    __slots__ = ("own", "visible")

    def __init__(self, around: Scope | None, names: Mapping[str, Entity] = MappingProxyType({})) -> None:
        """The scope of a block: whatever is declared in the block around it later is not visible here."""
        self.visible: dict[str, Entity] = dict(around.visible) if around is not None else {}
        self.visible.update(names)
        self.own = set(names)

    def declare(self, name: str, entity: Entity) -> None:
        """Give a name its meaning in this block."""
        self.visible[name] = entity
        self.own.add(name)


Entity = ir.Variable | Type | None
_NO_SCOPE = Scope(None)
# In place of an entity: there is none of that name.
_UNDECLARED = object()


class ExpressionLowerer:
    """Lowers the expressions of one file; `golint_maps.flow.lower` adds statements and declarations."""

    def __init__(self, reader: TypeReader, world: World, path: str, go_version: tuple[int, int], is_test: bool) -> None:
        self.reader = reader
        self.text = reader.text
        self.slice = reader.slice
        # Where no part of the file is broken, the children of a node are what the grammar says.
        self.clean = reader.clean
        self.world = world
        self.package = reader.package
        self.path = path
        self.go_version = go_version
        self.is_test = is_test
        self.scope = Scope(None)
        self.function: ir.Function = ir.Function("", self.package, path, ir.NOWHERE, ir.NOWHERE)
        self.ops: list[ir.Op] = []
        self.depth = 0
        self.steps = 0
        self.before = 0  # steps of the functions before
        self.cut = False
        # What local variables of reflection (`v := reflect.ValueOf(m)`) stand for.
        self.reflected: dict[ir.Variable, ir.Value] = {}
        self.pending: dict[int, tuple[Node, int, ExpressionLowerer]] = {}

    # --- helpers ------------------------------------------------------------------------------------------------------

    def local_type(self, name: str) -> Type | None:
        """A type parameter or a type declared inside the function."""
        entity = self.scope.visible.get(name)
        return entity if isinstance(entity, Type) else None

    def type_at(self, node: Node | None) -> Type:
        """The type that a type expression denotes in the current scope."""
        return self.reader.type_of(node, self.local_type)

    def emit(self, op: ir.Op) -> None:
        """Append an op to the block being lowered."""
        self.steps += 1
        self.ops.append(op)

    def function_literal(self, node: Node) -> ir.Value:
        """Lower a function literal (statements are the business of the subclass)."""
        raise NotImplementedError

    # --- expressions --------------------------------------------------------------------------------------------------

    def expr(self, node: Node | None, expected: Type = UNKNOWN) -> ir.Value:
        """Lower an expression; `expected` is the type that an elided composite literal takes."""
        if node is None:
            return ir.Opaque("", at=ir.NOWHERE)
        handler = _EXPRESSIONS.get(node.kind_id)
        if handler is None:
            return self._opaque(node)
        depth = self.depth
        if depth > MAX_DEPTH:
            self.cut = True
            return ir.Opaque(self.slice(node)[:80], at=span(node))
        self.depth = depth + 1
        value = handler(self, node, expected)
        self.depth = depth
        return value

    def _opaque(self, node: Node, expected: Type = UNKNOWN) -> ir.Value:
        operands = tuple(self.expr(child) for child in named(node) if child.kind_id in _EXPRESSIONS)
        return ir.Opaque(self.slice(node), operands, at=span(node))

    def _identifier(self, node: Node, expected: Type) -> ir.Value:
        at = span(node)
        name = self.slice(node)
        entity = self.scope.visible.get(name, _UNDECLARED)
        if type(entity) is ir.Variable:
            if entity.function is not self.function:
                entity.captured = True
            return ir.Local(entity, type=entity.type, at=at)
        if entity is _UNDECLARED:
            return self._package_member(self.package, name, at, own=True)
        return TypeName(type=entity, at=at) if isinstance(entity, Type) else ir.Opaque(name, at=at)

    def _package_member(self, path: str, name: str, at: ir.Span, own: bool = False) -> ir.Value:
        package = self.world.package(path)
        if package is not None:
            variable = package.variables.get(name)
            if variable is not None:
                type_ = self.variable_type(variable)
                if variable.constant:
                    return ir.Constant(name if own else f"{path}.{name}", type=type_, at=at)
                return ir.Global(path, name, type=type_, at=at)
            function = package.functions.get(name)
            if function is not None:
                return ir.FunctionRef(path, name, type=function.signature, at=at)
            if name in package.types:
                return TypeName(type=Named(path, name), at=at)
        if own:
            if name in PREDECLARED:
                return TypeName(type=PREDECLARED[name], at=at)
            if name in _BUILTINS:
                return ir.FunctionRef("builtin", name, at=at)
            return ir.Opaque(name, at=at)
        # An unknown package: calls are calls of functions, whatever they return.
        return ir.FunctionRef(path, name, at=at)

    def variable_type(self, variable: VariableDecl) -> Type:
        """The type of a package variable, inferred from its initial value on first use; UNKNOWN meanwhile."""
        # Once and for all: where it stays unknown, to ask again would double the work with each variable on the way.
        waiting = self.pending.pop(id(variable), None) if variable.type == UNKNOWN else None
        if waiting is not None:
            node, index, lowerer = waiting
            variable.type = lowerer.infer(node, index, self.depth)
        return variable.type

    def infer(self, node: Node, index: int, depth: int = 0) -> Type:
        """The type of a package-level expression (its result number `index`; -1 for all of it); its ops are dropped.

        `depth` is the nesting from where it is asked for.
        """
        saved = (self.scope, self.function, self.ops, self.depth)
        self.scope, self.ops, self.depth = Scope(None), [], depth
        self.function = ir.Function("init", self.package, self.path, ir.NOWHERE, ir.NOWHERE)
        try:
            if node.kind_id == _FUNC_LITERAL:
                return self.reader.signature(node, None)
            if node.kind_id == _COMPOSITE_LITERAL:  # tables are long, and their type is written in front
                return self.type_at(node.child_by_field_id(nodes.FIELD_TYPE))
            if node.kind_id in _LITERALS:
                return default_type(_LITERALS[node.kind_id])
            found = self.expr(node).type
        finally:
            self.scope, self.function, self.ops, self.depth = saved
        if isinstance(found, Tuple):
            found = found.items[index] if 0 <= index < len(found.items) else UNKNOWN
        return default_type(found)

    def _parenthesized(self, node: Node, expected: Type) -> ir.Value:
        children = named(node)
        return self.expr(children[0], expected) if len(children) == 1 else self._opaque(node)

    def _literal(self, node: Node, expected: Type) -> ir.Value:
        return ir.Constant(self.slice(node), type=_LITERALS.get(node.kind_id, UNKNOWN), at=span(node))

    def _nil(self, node: Node, expected: Type) -> ir.Value:
        return ir.Nil(type=expected, at=span(node))

    def _selector(self, node: Node, expected: Type) -> ir.Value:
        operand: Node | None
        name_node: Node | None
        if self.clean and len(children := node.children) == 3:
            operand, _, name_node = children
        else:
            operand, name_node = node.child_by_field_id(nodes.FIELD_OPERAND), node.child_by_field_id(nodes.FIELD_FIELD)
        if operand is None or name_node is None:
            return self._opaque(node)
        return self._member(operand, name_node, span(node))

    def _member(self, operand: Node, name_node: Node, at: ir.Span) -> ir.Value:
        """`operand.name`: a member of a package, or of a value."""
        name = self.slice(name_node)
        if operand.kind_id in _NAMES:
            package = self.slice(operand)
            path = self.reader.imports.get(package)
            if path is not None and package not in self.scope.visible:
                own = self.world.package(self.package)
                if own is None or package not in own.variables:
                    return self._package_member(path, name, at)
        return self.select(self.expr(operand), name, at)

    def select(self, base: ir.Value, name: str, at: ir.Span) -> ir.Value:
        """`base.name`: a field (promotion spelled out), a method, or an unknown field."""
        hops = self.world.field(base.type, name)
        if hops is not None:
            return self._follow(base, hops, at)
        method = self.world.method(base.type, name)
        if method is not None:
            through = self._follow(base, method.hops, at) if method.hops else base
            owner = sys.intern(method.owner.qualified) if method.owner else ""
            return ir.MethodRef(through, name, owner, type=method.declaration.signature, at=at)
        return ir.Field(base, name, "", at=at)

    def _follow(self, base: ir.Value, hops: tuple[Hop, ...], at: ir.Span) -> ir.Value:
        for hop in hops:
            owner = hop.owner if self.world.in_run(hop.owner) else ""
            base = ir.Field(base, hop.name, owner, type=hop.type, at=at)
        return base

    def _index(self, node: Node, expected: Type) -> ir.Value:
        base = self.expr(node.child_by_field_id(nodes.FIELD_OPERAND))
        index_node = node.child_by_field_id(nodes.FIELD_INDEX)
        if isinstance(base, TypeName) and isinstance(base.type, Named):
            return TypeName(type=Named(base.type.package, base.type.name, (self.type_at(index_node),)), at=base.at)
        if isinstance(base, (ir.FunctionRef, ir.MethodRef)) and isinstance(base.type, Func):
            return base
        return self._read(self.element(base, self.expr(index_node), span(node)))

    def _read(self, element: ir.Element) -> ir.Element:
        """What is looked up: if that is in a map, the map is read."""
        if self.world.map_type(element.base.type) is not None:
            self.emit(ir.Access(element.at, "read", element.base, element.key))
        return element

    def _twice_indexed(self, node: Node, expected: Type) -> ir.Value:
        """`m[a.b][c.d]`, which the grammar takes for the instantiation of a type."""
        place = self.place_of_types(node)
        return self._read(place) if place is not None else self._opaque(node)

    def place_of_types(self, node: Node) -> ir.Element | None:
        """The element that `m[a.b][c.d]` is, whose base has been read; None where it is an instantiation indeed."""
        children = named(node)
        if len(children) != 2 or children[0].kind_id != _GENERIC_TYPE:
            return None
        base = self._value_of_type(children[0])
        return None if isinstance(base, TypeName) else self.element(base, self._value_of_type(children[1]), span(node))

    def _value_of_type(self, node: Node) -> ir.Value:
        """The value of an expression that the grammar takes for a type."""
        depth = self.depth
        if depth > MAX_DEPTH:
            return self.expr(node)  # which gives up
        self.depth = depth + 1
        value = self._of_type(node)
        self.depth = depth
        return value

    def _of_type(self, node: Node) -> ir.Value:
        children = named(node)
        if node.kind_id == nodes.TYPE_IDENTIFIER:
            return self._identifier(node, UNKNOWN)
        if node.kind_id == _QUALIFIED_TYPE and len(children) == 2:
            return self._member(children[0], children[1], span(node))
        if node.kind_id in _AROUND_TYPE and len(children) == 1:
            inner = self._value_of_type(children[0])
            if node.kind_id != _POINTER_TYPE or isinstance(inner, TypeName):
                return inner
            return ir.Unary("*", inner, type=self.world.deref(inner.type), at=span(node))
        if node.kind_id == _GENERIC_TYPE and len(children) == 2 and len(named(children[1])) == 1:
            base = self._value_of_type(children[0])
            if not isinstance(base, (TypeName, ir.FunctionRef, ir.MethodRef)):
                return self._read(self.element(base, self._value_of_type(children[1]), span(node)))
        return self.expr(node)

    def element(self, base: ir.Value, key: ir.Value, at: ir.Span) -> ir.Element:
        """`base[key]` with its type."""
        under = self.world.underlying(base.type)
        if isinstance(under, Pointer):
            under = self.world.underlying(under.element)
        type_: Type = UNKNOWN
        if isinstance(under, Map):
            type_ = under.value
        elif isinstance(under, (Slice, Array)):
            type_ = under.element
        elif isinstance(under, Basic) and under.name.endswith("string"):
            type_ = Basic("uint8")
        return ir.Element(base, key, type=type_, at=at, of_map=isinstance(under, Map))

    def _slice_expression(self, node: Node, expected: Type) -> ir.Value:
        children = named(node)
        base = self.expr(children[0]) if children else ir.Opaque("")
        operands = (base, *(self.expr(child) for child in children[1:]))
        under = self.world.underlying(self.world.deref(base.type))
        type_ = Slice(under.element) if isinstance(under, Array) else base.type
        return ir.Opaque(self.slice(node), operands, type=type_, at=span(node))

    def _assertion(self, node: Node, expected: Type) -> ir.Value:
        operand = self.expr(node.child_by_field_id(nodes.FIELD_OPERAND))
        return ir.Assertion(operand, type=self.type_at(node.child_by_field_id(nodes.FIELD_TYPE)), at=span(node))

    def _conversion(self, node: Node, expected: Type) -> ir.Value:
        """`T(x)` where the syntax already says that T is a type; also a call of an instantiated function."""
        type_node = node.child_by_field_id(nodes.FIELD_TYPE)
        operand_node = node.child_by_field_id(nodes.FIELD_OPERAND)
        type_ = self.type_at(type_node)
        if type_node is not None and type_node.kind_id == _GENERIC_TYPE and operand_node is not None:
            callee = self._value_of_type(type_node)
            if isinstance(callee, ir.Element):  # `handlers[a.b](x)`
                return self.call(node, callee, [operand_node])
        if isinstance(type_, Named) and type_.arguments and operand_node is not None:
            package = self.world.package(type_.package)
            function = package.functions.get(type_.name) if package else None
            if function is not None:
                bindings = dict(zip(function.parameters, type_.arguments, strict=False))
                callee = ir.FunctionRef(
                    type_.package, type_.name, type=substitute(function.signature, bindings), at=span(node)
                )
                return self.call(node, callee, [operand_node])
        operand = self.expr(operand_node, type_)
        return ir.Conversion(operand, self.slice(type_node) if type_node else "", type=type_, at=span(node))

    def _unary(self, node: Node, expected: Type) -> ir.Value:
        operand_node: Node | None
        operator: Node | None
        if self.clean and len(children := node.children) == 2:
            operator, operand_node = children
        else:
            operator = node.child_by_field_id(nodes.FIELD_OPERATOR)
            operand_node = node.child_by_field_id(nodes.FIELD_OPERAND)
        op = self.slice(operator) if operator is not None else ""
        inner = expected.element if op == "&" and isinstance(expected, Pointer) else UNKNOWN
        operand = self.expr(operand_node, inner)
        at = span(node)
        if op == "*":
            if isinstance(operand, TypeName):
                return TypeName(type=Pointer(operand.type), at=at)
            return ir.Unary(op, operand, type=self.world.deref(operand.type), at=at)
        if op == "&":
            return ir.Unary(op, operand, type=Pointer(operand.type), at=at)
        if op == "<-":
            self.emit(ir.Receive(at, operand))
            under = self.world.underlying(operand.type)
            return ir.Unary(op, operand, type=under.element if isinstance(under, Chan) else UNKNOWN, at=at)
        return ir.Unary(op, operand, type=Basic("bool") if op == "!" else operand.type, at=at)

    def _binary(self, node: Node, expected: Type) -> ir.Value:
        left_node: Node | None
        operator: Node | None
        right_node: Node | None
        if self.clean and len(children := node.children) == 3:
            left_node, operator, right_node = children
        else:
            left_node, right_node = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
            operator = node.child_by_field_id(nodes.FIELD_OPERATOR)
        op = self.slice(operator) if operator is not None else ""
        left = self.expr(left_node)
        right = self.expr(right_node)
        at = span(node)
        if op in ("==", "!="):
            for side, other in ((left, right), (right, left)):
                if isinstance(other, ir.Nil) and self.world.map_type(side.type) is not None:
                    self.emit(ir.Access(side.at, "check", side))
            return ir.Binary(op, left, right, type=Basic("bool"), at=at)
        if op in ("<", "<=", ">", ">=", "&&", "||"):
            return ir.Binary(op, left, right, type=Basic("bool"), at=at)
        type_ = left.type if not isinstance(left, ir.Constant) or right.type == UNKNOWN else right.type
        return ir.Binary(op, left, right, type=type_, at=at)

    def _composite(self, node: Node, expected: Type) -> ir.Value:
        type_node = node.child_by_field_id(nodes.FIELD_TYPE)
        body = node.child_by_field_id(nodes.FIELD_BODY)
        return self._literal_value(body, self.type_at(type_node), span(node))

    def _elided(self, node: Node, expected: Type) -> ir.Value:
        if isinstance(expected, Pointer):
            inner = self._literal_value(node, expected.element, span(node))
            return ir.Unary("&", inner, type=expected, at=inner.at)
        return self._literal_value(node, expected, span(node))

    def _literal_value(self, body: Node | None, type_: Type, at: ir.Span) -> ir.Value:
        under = self.world.underlying(type_)
        entries: list[tuple[str | ir.Value | None, ir.Value]] = []
        fields = {one.name: one.type for one in under.fields} if isinstance(under, Struct) else {}
        names = list(fields)
        element: Type = UNKNOWN
        if isinstance(under, Map):
            element = under.value
        elif isinstance(under, (Slice, Array)):
            element = under.element
        table = isinstance(self.world.underlying(element), Basic)
        for position, child in enumerate(named(body) if body is not None else []):
            if table and position >= _MAX_TABLE and _is_constant(child):
                continue
            if child.kind_id == _KEYED_ELEMENT:
                key_node: Node | None
                value_node: Node | None
                if self.clean and len(children := child.children) == 3:
                    key_node, _, value_node = children
                else:
                    key_node = child.child_by_field_id(nodes.FIELD_KEY)
                    value_node = child.child_by_field_id(nodes.FIELD_VALUE)
                inside = named(key_node) if key_node is not None else []
                inner = inside[0] if inside else None
                key: str | ir.Value | None
                if (
                    inner is not None
                    and inner.kind_id == nodes.IDENTIFIER
                    and not isinstance(under, (Map, Slice, Array))
                ):
                    key = self.slice(inner)
                    value_type = fields.get(key, UNKNOWN)
                else:
                    key = self.expr(inner, under.key if isinstance(under, Map) else UNKNOWN)
                    value_type = element
                entries.append((key, self._entry(value_node, value_type)))
            elif isinstance(under, Struct):
                name = names[position] if position < len(names) else None
                entries.append((name, self._entry(child, fields.get(name, UNKNOWN) if name else UNKNOWN)))
            else:
                entries.append((None, self._entry(child, element)))
        return ir.Composite(tuple(entries), type=type_, at=at)

    def _entry(self, node: Node | None, expected: Type) -> ir.Value:
        children = named(node) if node is not None else []
        return self.expr(children[0] if children else None, expected)

    # --- calls --------------------------------------------------------------------------------------------------------

    def _call(self, node: Node, expected: Type) -> ir.Value:
        function_node: Node | None
        arguments_node: Node | None
        simple = self.clean and len(children := node.children) == 2
        if simple:
            function_node, arguments_node = children
        else:
            function_node = node.child_by_field_id(nodes.FIELD_FUNCTION)
            arguments_node = node.child_by_field_id(nodes.FIELD_ARGUMENTS)
        callee = self.expr(function_node)
        argument_nodes = named(arguments_node) if arguments_node is not None else []
        if isinstance(callee, TypeName):
            return self._convert(node, callee.type, argument_nodes)
        if isinstance(callee, ir.FunctionRef) and callee.package == "builtin":
            return self._builtin(node, callee, argument_nodes, expected)
        type_arguments = None if simple else node.child_by_field_id(nodes.FIELD_TYPE_ARGUMENTS)
        if type_arguments is not None and isinstance(callee, ir.FunctionRef):
            package = self.world.package(callee.package)
            function = package.functions.get(callee.name) if package else None
            if function is not None:
                given = [self.type_at(one) for one in named(type_arguments)]
                signature = substitute(function.signature, dict(zip(function.parameters, given, strict=False)))
                callee = ir.FunctionRef(callee.package, callee.name, type=signature, at=callee.at)
        elif type_arguments is not None and isinstance(callee, ir.Element):  # `handlers[a.b][c.d](x)`
            callee = self._read(self.element(callee, self._value_of_type(type_arguments), callee.at))
        return self.call(node, callee, argument_nodes)

    def _convert(self, node: Node, type_: Type, argument_nodes: list[Node]) -> ir.Value:
        operand = self.expr(argument_nodes[0], type_) if argument_nodes else ir.Opaque("")
        function_node = node.child_by_field_id(nodes.FIELD_FUNCTION)
        target = self.slice(function_node) if function_node is not None else ""
        return ir.Conversion(operand, target, type=type_, at=span(node))

    def call(self, node: Node, callee: ir.Value, argument_nodes: list[Node], mode: str = "call") -> ir.Value:
        """Lower a call of a known callee: arguments in order, hidden accesses to maps, the call itself."""
        under = self.world.underlying(callee.type)
        signature = under if isinstance(under, Func) else None
        arguments: list[ir.Value] = []
        spread = False
        for index, argument in enumerate(argument_nodes):
            expected = signature.params[index] if signature and index < len(signature.params) else UNKNOWN
            if argument.kind_id == _VARIADIC_ARGUMENT:
                spread = True
                children = named(argument)
                arguments.append(self.expr(children[0] if children else None))
            else:
                arguments.append(self.expr(argument, expected))
        results = self._results(callee, signature, arguments)
        at = span(node)
        self._hidden(callee, arguments, at)
        call = ir.Call(at, callee, tuple(arguments), mode, results, spread, "")
        self.emit(call)
        if isinstance(callee, ir.FunctionRef) and (callee.package, callee.name) in _TERMINATING and mode == "call":
            self.emit(ir.Jump(at, "panic"))
        type_: Type = results[0] if len(results) == 1 else Tuple(results) if results else UNKNOWN
        return ir.Result(call, 0, type=type_, at=at)

    def _results(self, callee: ir.Value, signature: Func | None, arguments: list[ir.Value]) -> tuple[Type, ...]:
        if signature is None:
            return ()
        if isinstance(callee, ir.FunctionRef):
            package = self.world.package(callee.package)
            function = package.functions.get(callee.name) if package else None
            if function is not None and function.parameters:
                names = frozenset(function.parameters)
                bindings: dict[str, Type] = {}
                for parameter, argument in zip(signature.params, arguments, strict=False):
                    bind(parameter, default_type(argument.type), names, bindings)
                return tuple(substitute(one, bindings) for one in signature.results)
        return signature.results

    def behind_reflection(self, value: ir.Value | None) -> ir.Value | None:
        """The map (or value of interface type) that a `reflect.Value` or `reflect.MapIter` was made from."""
        if isinstance(value, ir.Local):
            return self.reflected.get(value.variable) if value.variable.assignments == 1 else None
        if not isinstance(value, ir.Result):
            return None
        callee = value.call.callee
        if isinstance(callee, ir.MethodRef) and callee.owner == "reflect.Value" and callee.name == "MapRange":
            return self.behind_reflection(callee.base)
        if not (isinstance(callee, ir.FunctionRef) and (callee.package, callee.name) == ("reflect", "ValueOf")):
            return None
        source = value.call.arguments[0] if value.call.arguments else None
        if source is None or not isinstance(source, (ir.Local, ir.Global, ir.Field, ir.Element)):
            return None
        any_type = source.type == Basic("any") or isinstance(self.world.underlying(source.type), Interface)
        return source if any_type or self.world.map_type(source.type) is not None else None

    def _hidden(self, callee: ir.Value, arguments: list[ir.Value], at: ir.Span) -> None:
        if isinstance(callee, ir.FunctionRef):
            key = (callee.package, callee.name)
            rows = hidden.FUNCTIONS.get(key)
            if rows is not None:
                self._touch_all(rows, arguments, f"{callee.package.rpartition('/')[2]}.{callee.name}", at)
            if key in hidden.CONSUMERS:
                for argument in arguments:
                    source = argument
                    if isinstance(source, ir.Result) and isinstance(source.call.callee, ir.FunctionRef):
                        inner = source.call.callee
                        if (inner.package, inner.name) in hidden.ITERATORS and source.call.arguments:
                            subject = source.call.arguments[0]
                            if self.world.map_type(subject.type) is not None:
                                self.emit(ir.Access(source.at, "iterate", subject, via=f"maps.{inner.name}"))
        elif isinstance(callee, (ir.MethodRef, ir.Field)):
            owner = self._receiver(callee)
            short = owner.rpartition("/")[2]
            touched = hidden.ARGUMENTS.get(owner)
            if touched is not None:
                self._touch_all(touched.get(callee.name, ()), arguments, f"{short}.{callee.name}", at)
            methods = hidden.METHODS.get(owner) or self.world.hints.methods.get(owner)
            if methods is not None and callee.name in methods:
                first = arguments[0] if arguments else None
                second = arguments[1] if len(arguments) > 1 else None
                self.emit(ir.Access(at, methods[callee.name], callee.base, first, second, via=f"{short}.{callee.name}"))
            kind = hidden.REFLECTED.get(owner, {}).get(callee.name)
            behind = self.behind_reflection(callee.base) if kind is not None else None
            if kind is not None and behind is not None:
                self.emit(ir.Access(at, kind, behind, via=f"reflect.{callee.name}"))

    def _receiver(self, callee: ir.MethodRef | ir.Field) -> str:
        """The type whose method is called; that of the operand where its declaration is not at hand."""
        if isinstance(callee, ir.MethodRef):
            return callee.owner
        named = self.world.named(callee.base.type)
        return named.qualified if named is not None else ""

    def _touch_all(self, rows: tuple[hidden.Hidden, ...], arguments: list[ir.Value], via: str, at: ir.Span) -> None:
        for row in rows:
            touched = arguments[row.position :] if row.rest else arguments[row.position : row.position + 1]
            formatted = via.endswith("f") and row.rest and 0 < row.position <= len(arguments)
            format_ = arguments[row.position - 1] if formatted else None
            skipped = hidden.unread(_written(format_))
            for index, argument in enumerate(touched):
                if index not in skipped:
                    self._touch(argument, row, via, at)

    def _touch(self, argument: ir.Value, row: hidden.Hidden, via: str, at: ir.Span) -> None:
        pointed = argument.operand if isinstance(argument, ir.Unary) and argument.op == "&" else argument
        if self.world.map_type(pointed.type) is not None:
            self.emit(ir.Access(argument.at, row.kind, pointed, via=via))
            return
        if row.deep:
            struct = self.world.underlying(self.world.deref(pointed.type))
            if isinstance(struct, Struct) and not self._prints_itself(pointed.type):
                json_like = via.startswith(("json", "xml", "yaml"))
                for one in struct.fields:
                    if self.world.map_type(one.type) is not None and (one.name[:1].isupper() or not json_like):
                        self.emit(
                            ir.Access(argument.at, row.kind, self.select(pointed, one.name, argument.at), via=via)
                        )

    def _prints_itself(self, type_: Type) -> bool:
        names = self.world.tells(type_)
        return bool(names & {"String", "Error", "Format", "GoString", "MarshalJSON", "MarshalText", "LogValue"})

    def _builtin(self, node: Node, callee: ir.FunctionRef, argument_nodes: list[Node], expected: Type) -> ir.Value:
        at = span(node)
        name = callee.name
        if name in ("make", "new"):
            type_node = argument_nodes[0] if argument_nodes else None
            type_ = self._type_argument(type_node)
            if name == "make":
                return ir.Make(tuple(self.expr(one) for one in argument_nodes[1:]), type=type_, at=at)
            if type_ == UNKNOWN and type_node is not None:
                initial = self.expr(type_node)
                return ir.New(initial, type=Pointer(default_type(initial.type)), at=at)
            return ir.New(type=Pointer(type_), at=at)
        if name == "append":
            arguments = tuple(
                self.expr(named(one)[0] if one.kind_id == _VARIADIC_ARGUMENT and named(one) else one, UNKNOWN)
                for one in argument_nodes
            )
            type_ = arguments[0].type if arguments else UNKNOWN
            return ir.Opaque(self.slice(node), arguments, type=type_, at=at)
        arguments = tuple(self.expr(one) for one in argument_nodes)
        if name in ("len", "delete", "clear") and arguments:
            if self.world.map_type(arguments[0].type) is not None:
                key = arguments[1] if len(arguments) > 1 else None
                self.emit(ir.Access(at, name, arguments[0], key))
            type_ = Basic("int") if name == "len" else UNKNOWN
            return ir.Opaque(self.slice(node), arguments, type=type_, at=at)
        if name == "panic":
            self.emit(ir.Jump(at, "panic"))
            return ir.Opaque("panic", arguments, at=at)
        if name in ("close", "recover", "copy", "print", "println"):
            call = ir.Call(at, callee, arguments)
            self.emit(call)
            return ir.Result(call, 0, type=Basic("int") if name == "copy" else Basic("any"), at=at)
        type_ = arguments[0].type if arguments and name in ("min", "max") else Basic("int")
        return ir.Opaque(self.slice(node), arguments, type=type_, at=at)

    def _type_argument(self, node: Node | None) -> Type:
        """The type that the first argument of make or new denotes; unknown where it is an expression (`new(expr)`)."""
        if node is None:
            return UNKNOWN
        if node.kind_id == nodes.IDENTIFIER:
            name = self.slice(node)
            if name in self.scope.visible:
                entity = self.scope.visible[name]
                return entity if isinstance(entity, Type) else UNKNOWN
        type_ = self.type_at(node)
        if type_ != UNKNOWN:
            return type_
        value = self.expr(node) if node.kind_id in _TYPE_LIKE else None
        return value.type if isinstance(value, TypeName) else UNKNOWN

    def _function_literal(self, node: Node, expected: Type) -> ir.Value:
        return self.function_literal(node)


def _is_constant(element: Node) -> bool:
    """Whether an element of a composite literal is a plain number or text, and its key as well if it has one."""
    for part in element.named_children if element.kind_id == _KEYED_ELEMENT else (element,):
        only = part.named_child(0) if part.kind_id == _LITERAL_ELEMENT else None
        if only is None or only.kind_id not in _LITERALS:
            return False
    return True


def default_type(type_: Type) -> Type:
    """The type that a variable gets from an untyped constant."""
    if isinstance(type_, Basic) and type_.name.startswith("untyped "):
        return {"untyped int": Basic("int"), "untyped float": Basic("float64"), "untyped rune": Basic("int32")}.get(
            type_.name, Basic(type_.name.removeprefix("untyped "))
        )
    return type_


_KEYED_ELEMENT = kind("keyed_element")
_VARIADIC_ARGUMENT = kind("variadic_argument")
_FUNC_LITERAL = kind("func_literal")
_COMPOSITE_LITERAL = kind("composite_literal")
_LITERAL_ELEMENT = kind("literal_element")
_TYPE_LIKE = frozenset({kind("selector_expression"), kind("index_expression"), kind("parenthesized_expression")})

_NAMES = frozenset({nodes.IDENTIFIER, nodes.PACKAGE_IDENTIFIER})
_GENERIC_TYPE = kind("generic_type")
_QUALIFIED_TYPE = kind("qualified_type")
_POINTER_TYPE = kind("pointer_type")
_AROUND_TYPE = frozenset({_POINTER_TYPE, *map(kind, ("type_elem", "type_arguments", "parenthesized_type"))})

_LITERALS: Mapping[int, Type] = {
    kind("int_literal"): Basic("untyped int"),
    kind("float_literal"): Basic("untyped float"),
    kind("imaginary_literal"): Basic("untyped complex128"),
    kind("rune_literal"): Basic("untyped rune"),
    kind("raw_string_literal"): Basic("untyped string"),
    kind("interpreted_string_literal"): Basic("untyped string"),
    kind("true"): Basic("untyped bool"),
    kind("false"): Basic("untyped bool"),
    kind("iota"): Basic("untyped int"),
}

_Handler = Callable[[ExpressionLowerer, Node, Type], ir.Value]
_EXPRESSIONS: dict[int, _Handler] = {
    nodes.IDENTIFIER: ExpressionLowerer._identifier,
    nodes.PACKAGE_IDENTIFIER: ExpressionLowerer._identifier,  # in what is taken for a type
    kind("parenthesized_expression"): ExpressionLowerer._parenthesized,
    kind("nil"): ExpressionLowerer._nil,
    kind("selector_expression"): ExpressionLowerer._selector,
    kind("index_expression"): ExpressionLowerer._index,
    kind("type_instantiation_expression"): ExpressionLowerer._twice_indexed,
    kind("slice_expression"): ExpressionLowerer._slice_expression,
    kind("type_assertion_expression"): ExpressionLowerer._assertion,
    kind("type_conversion_expression"): ExpressionLowerer._conversion,
    kind("unary_expression"): ExpressionLowerer._unary,
    kind("binary_expression"): ExpressionLowerer._binary,
    kind("composite_literal"): ExpressionLowerer._composite,
    kind("literal_value"): ExpressionLowerer._elided,
    kind("call_expression"): ExpressionLowerer._call,
    kind("func_literal"): ExpressionLowerer._function_literal,
    **dict.fromkeys(_LITERALS, ExpressionLowerer._literal),
}
for _name in (
    "map_type",
    "slice_type",
    "array_type",
    "channel_type",
    "function_type",
    "struct_type",
    "interface_type",
    "pointer_type",
    "generic_type",
    "qualified_type",
    "type_identifier",
):
    _EXPRESSIONS[kind(_name)] = lambda self, node, expected: TypeName(type=self.type_at(node), at=span(node))
