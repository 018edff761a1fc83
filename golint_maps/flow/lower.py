"""Lowering of statements and declarations: one walk of a file's syntax tree gives its functions as `ir.Function`s."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from tree_sitter import Node

from golint_maps.flow import ir
from golint_maps.flow.expressions import ExpressionLowerer, Scope, TypeName, default_type
from golint_maps.flow.fortests import is_for_tests
from golint_maps.flow.spans import span
from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import (
    UNKNOWN,
    Array,
    Basic,
    Chan,
    Func,
    Map,
    Named,
    Pointer,
    Slice,
    Tuple,
    Type,
    qualified_name_of,
)
from golint_maps.types.world import Questions


class Lowerer(ExpressionLowerer):
    """Lowers the declarations of one file to functions."""

    # --- declarations -------------------------------------------------------------------------------------------------

    def functions(
        self, root: Node, own: PackageTypes, known: Mapping[ir.Span, ir.Function] = MappingProxyType({})
    ) -> list[ir.Function]:
        """All functions and methods of a file, and one function `init` per initialised package variable group.

        `known` are those that were lowered before, by their place, where the text and what it means is the same.
        """
        self.own = own
        # What was asked of types for each function, where somebody wants to know.
        self.asked: dict[ir.Function, Questions] = {}
        found: list[ir.Function] = []
        siblings = root.children
        for position, child in enumerate(siblings):
            before = known.get(span(child))
            if before is not None and not child.has_error:
                found.append(before)
            elif child.kind_id in _LOWERED:
                with self.world.noting() as asked:
                    if child.kind_id == _VAR_DECLARATION:
                        function = self._initialiser(child)
                    else:
                        function = self._declared(child, self._comment_above(siblings, position))
                if function is None:
                    continue
                if asked:
                    self.asked[function] = asked
                found.append(function)
        return found

    def _declared(self, node: Node, comment: str) -> ir.Function | None:
        name_node, body = node.child_by_field_id(nodes.FIELD_NAME), node.child_by_field_id(nodes.FIELD_BODY)
        if name_node is None or body is None:
            return None
        name = self.slice(name_node)
        receiver_type, parameters = self.reader.receiver(node)
        if receiver_type is None:
            parameters = self.reader.type_parameters(node.child_by_field_id(nodes.FIELD_TYPE_PARAMETERS))
        base = receiver_type.element if isinstance(receiver_type, Pointer) else receiver_type
        owner = base.name if isinstance(base, Named) else ""
        function = self._new_function(f"{owner}.{name}" if owner else name, node, name_node)
        function.short_name, function.receiver_type, function.doc = name, owner, comment
        function.is_test = self.is_test or is_for_tests(name, comment, self._first_statement(body))
        scope = Scope(None, parameters)
        self.scope, self.function, self.depth = scope, function, 0
        self.before += self.steps
        self.steps = 0 if self.before <= _MAX_FILE_STEPS else _MAX_STEPS + 1  # nothing more
        if receiver_type is not None:
            receiver_node = node.child_by_field_id(nodes.FIELD_RECEIVER)
            declared = named(receiver_node)[0] if receiver_node is not None else node
            names = declared.children_by_field_id(nodes.FIELD_NAME)
            at = span(names[0]) if names else span(declared)
            variable = ir.Variable(
                self.slice(names[0]) if names else "_", receiver_type, "receiver", function, at, -1, 1
            )
            function.receiver = variable
            scope.declare(variable.name, variable)
        self._body(function, node, body, scope)
        return function

    def _initialiser(self, node: Node) -> ir.Function | None:
        function = self._new_function("init", node, node)
        function.short_name = "init"
        self.scope, self.function, self.ops, self.depth, self.steps = Scope(None), function, [], 0, 0
        for child in named(node):
            for spec in named(child) if child.kind_id == _VAR_SPEC_LIST else [child]:
                value = spec.child_by_field_id(nodes.FIELD_VALUE)
                if value is None:
                    continue
                names = [name for name in spec.children_by_field_id(nodes.FIELD_NAME) if name.is_named]
                targets = [self.expr(name) for name in names]
                self._assign(
                    targets, named(value), span(spec), True, self.type_at(spec.child_by_field_id(nodes.FIELD_TYPE))
                )
        function.body = ir.Block(function.at, self.ops)
        return function if self.ops else None

    def _new_function(self, name: str, node: Node, name_node: Node) -> ir.Function:
        return ir.Function(
            name,
            self.package,
            self.path,
            span(node),
            span(name_node),
            is_test=self.is_test,
            go_version=self.go_version,
        )

    def _first_statement(self, body: Node) -> bytes:
        """How the first statement of a function begins."""
        first = next((one for one in self._statements_of(body) if one.kind_id != nodes.COMMENT), None)
        return self.text[first.start_byte : min(first.end_byte, first.start_byte + 80)] if first is not None else b""

    def _comment_above(self, siblings: Sequence[Node], position: int) -> str:
        """The comment directly above a declaration, which stands at `position` among its siblings."""
        lines: list[str] = []
        end = siblings[position].start_byte
        while position > 0 and siblings[position - 1].kind_id == nodes.COMMENT:
            position -= 1
            if self.text.count(b"\n", siblings[position].end_byte, end) > 1:
                break
            lines.append(self.slice(siblings[position]))
            end = siblings[position].start_byte
        return "\n".join(reversed(lines))

    def _body(self, function: ir.Function, node: Node, body: Node, scope: Scope) -> None:
        self._declare_parameters(function, node.child_by_field_id(nodes.FIELD_PARAMETERS), scope)
        self._declare_results(function, node.child_by_field_id(nodes.FIELD_RESULT), scope)
        # A helper of tests that other packages use stands in a file of any name.
        function.is_test = function.is_test or any(_is_testing(one.type) for one in function.params)
        self.scope = scope
        function.body = self.block(body)

    def _declare_parameters(self, function: ir.Function, node: Node | None, scope: Scope) -> None:
        for one in named(node) if node is not None else []:
            type_ = self.type_at(one.child_by_field_id(nodes.FIELD_TYPE))
            if one.kind_id == _VARIADIC:
                type_, function.variadic = Slice(type_), True
            names = [name for name in one.children_by_field_id(nodes.FIELD_NAME) if name.is_named]
            for where in names or [one]:
                name = self.slice(where) if names else "_"
                variable = ir.Variable(name, type_, "param", function, span(where), len(function.params), 1)
                function.params.append(variable)
                scope.declare(name, variable)

    def _declare_results(self, function: ir.Function, node: Node | None, scope: Scope) -> None:
        if node is None:
            return
        if node.kind_id != _PARAMETER_LIST:
            variable = ir.Variable("", self.type_at(node), "result", function, span(node), 0, 1)
            function.results.append(variable)
            return
        for one in named(node):
            type_ = self.type_at(one.child_by_field_id(nodes.FIELD_TYPE))
            names = [name for name in one.children_by_field_id(nodes.FIELD_NAME) if name.is_named]
            for where in names or [one]:
                name = self.slice(where) if names else ""
                variable = ir.Variable(name, type_, "result", function, span(where), len(function.results), 1)
                function.results.append(variable)
                if name:
                    scope.declare(name, variable)

    def function_literal(self, node: Node) -> ir.Value:
        """Lower a function literal as a function of its own, nested in the current one."""
        outer, ops, scope, depth = self.function, self.ops, self.scope, self.depth
        top = outer
        while top.parent is not None:
            top = top.parent
        function = self._new_function(f"{outer.name}.func{len(outer.closures) + 1}", node, node)
        function.parent, function.is_test = outer, outer.is_test
        outer.closures.append(function)
        signature = self.reader.signature(node, self.local_type)
        body = node.child_by_field_id(nodes.FIELD_BODY)
        inner = Scope(scope)
        self.function, self.ops, self.scope, self.depth = function, [], inner, depth
        try:
            if body is not None:
                self._body(function, node, body, inner)
        finally:
            self.function, self.ops, self.scope, self.depth = outer, ops, scope, depth
        return ir.Closure(function, type=signature, at=span(node))

    # --- blocks and scopes --------------------------------------------------------------------------------------------

    @contextmanager
    def _nested(self) -> Iterator[None]:
        saved = self.scope
        self.scope = Scope(saved)
        try:
            yield
        finally:
            self.scope = saved

    def block(self, node: Node | None, at: ir.Span | None = None) -> ir.Block:
        """Lower a block (or the statements of a case) in a scope of its own."""
        if node is None:
            return ir.Block(at or ir.NOWHERE)
        return self.statements(self._statements_of(node), at or span(node))

    @staticmethod
    def _statements_of(node: Node) -> list[Node]:
        statements: list[Node] = []
        for child in named(node):
            statements.extend(named(child) if child.kind_id == _STATEMENT_LIST else [child])
        return statements

    def statements(self, statements: Sequence[Node], at: ir.Span) -> ir.Block:
        """Lower statements into a block."""
        saved = self.ops
        self.ops = []
        scope = self.scope
        self.scope = Scope(scope)
        for statement in statements:
            self.statement(statement)
        self.scope = scope
        block, self.ops = ir.Block(at, self.ops), saved
        return block

    def statement(self, node: Node, label: str = "") -> None:
        """Lower one statement into the current block."""
        handler = _STATEMENTS.get(node.kind_id)
        if handler is not None:
            self.depth += 1
            if self.depth <= _MAX_NESTING and self.steps <= _MAX_STEPS:
                handler(self, node, label)
            else:
                self.cut = True
            self.depth -= 1
        elif node.is_error or node.has_error:
            for child in named(node):
                self.statement(child)
        else:
            self.expr(node)

    def _captured(self, lower: Callable[[], ir.Value | None]) -> tuple[ir.Block, ir.Value | None]:
        saved, self.ops = self.ops, []
        try:
            value = lower()
            return ir.Block(ir.NOWHERE, self.ops), value
        finally:
            self.ops = saved

    # --- simple statements --------------------------------------------------------------------------------------------

    def _expression_statement(self, node: Node, label: str) -> None:
        for child in named(node):
            self.expr(child)

    def _declare(self, where: Node, type_: Type, kind_: str = "local") -> ir.Variable:
        variable = ir.Variable(self.slice(where), type_, kind_, self.function, span(where), 0, 0)
        if variable.name != "_":
            self.scope.declare(variable.name, variable)
        return variable

    def _short_declaration(self, node: Node, label: str) -> None:
        left: Node | None
        right: Node | None
        if self.clean and len(children := node.children) == 3:
            left, _, right = children
        else:
            left, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
        names = named(left) if left is not None else []
        self._define(names, named(right) if right is not None else [], span(node))

    def _define(self, names: list[Node], value_nodes: list[Node], at: ir.Span) -> None:
        values = self._values(value_nodes, len(names))
        for position, name in enumerate(names):
            value = values[position] if position < len(values) else None
            text = self.slice(name)
            existing = self.scope.visible[text] if text in self.scope.own else None
            if isinstance(existing, ir.Variable) and name.kind_id == nodes.IDENTIFIER:
                existing.assignments += 1
                self.emit(ir.Assign(at, ir.Local(existing, type=existing.type, at=span(name)), value, False))
                continue
            if text == "_":
                continue
            variable = self._declare(name, default_type(value.type) if value is not None else UNKNOWN)
            variable.assignments = 1
            behind = self.behind_reflection(value) if isinstance(value, ir.Result) else None
            if behind is not None:
                self.reflected[variable] = behind
            self.emit(ir.Assign(at, ir.Local(variable, type=variable.type, at=span(name)), value, True))

    def _values(self, value_nodes: list[Node], wanted: int, expected: Type = UNKNOWN) -> list[ir.Value]:
        """Lower the right side of an assignment, spreading a call's results and the two-value forms."""
        if len(value_nodes) == 1 and wanted > 1:
            before = len(self.ops)
            value = self.expr(value_nodes[0])
            bare = value
            if isinstance(bare, ir.Result):
                types = bare.call.results
                return [
                    ir.Result(bare.call, index, type=types[index] if index < len(types) else UNKNOWN, at=bare.at)
                    for index in range(wanted)
                ]
            if isinstance(bare, ir.Element):
                for op in self.ops[before:]:
                    if isinstance(op, ir.Access) and op.at == bare.at and op.kind == "read":
                        op.found = True
            if isinstance(bare, ir.Assertion):
                value = ir.Assertion(bare.operand, True, type=bare.type, at=bare.at)
            return [value, ir.Found(value, type=Basic("bool"), at=value.at)]
        return [self._single(self.expr(node, expected)) for node in value_nodes]

    @staticmethod
    def _single(value: ir.Value) -> ir.Value:
        if isinstance(value, ir.Result) and isinstance(value.type, Tuple) and value.type.items:
            return ir.Result(value.call, 0, type=value.type.items[0], at=value.at)
        return value

    def _var(self, node: Node, label: str) -> None:
        for child in named(node):
            for spec in named(child) if child.kind_id == _VAR_SPEC_LIST else [child]:
                names = [name for name in spec.children_by_field_id(nodes.FIELD_NAME) if name.is_named]
                type_node = spec.child_by_field_id(nodes.FIELD_TYPE)
                value_node = spec.child_by_field_id(nodes.FIELD_VALUE)
                type_ = self.type_at(type_node)
                values = self._values(named(value_node), len(names), type_) if value_node is not None else []
                for position, name in enumerate(names):
                    value = values[position] if position < len(values) else None
                    known = (
                        type_ if type_node is not None else default_type(value.type) if value is not None else UNKNOWN
                    )
                    variable = self._declare(name, known)
                    variable.assignments = 1
                    target = ir.Local(variable, type=variable.type, at=span(name))
                    self.emit(ir.Assign(span(spec), target, value, True))

    def _const(self, node: Node, label: str) -> None:
        for child in named(node):
            for name in child.children_by_field_id(nodes.FIELD_NAME):
                if name.is_named:
                    self.scope.declare(self.slice(name), None)

    def _type(self, node: Node, label: str) -> None:
        for spec in named(node):
            name = spec.child_by_field_id(nodes.FIELD_NAME)
            if name is None:
                continue
            prefix = f"{self.function.name}@{spec.start_byte}."
            declared = self.reader.declare_type(spec, self.own, self.path, self.local_type, prefix)
            self.scope.declare(self.slice(name), declared)

    def _assignment(self, node: Node, label: str) -> None:
        left: Node | None
        operator: Node | None
        right: Node | None
        if self.clean and len(children := node.children) == 3:
            left, operator, right = children
        else:
            left, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
            operator = node.child_by_field_id(nodes.FIELD_OPERATOR)
        op = self.slice(operator).removesuffix("=") if operator is not None else ""
        targets = named(left) if left is not None else []
        values = named(right) if right is not None else []
        if op and targets:
            self._compound(targets[0], op, lambda: self.expr(values[0] if values else None), span(node))
            return
        lowered = [self._target(target) for target in targets]
        self._assign(lowered, values, span(node), False)

    def _increment(self, node: Node, label: str) -> None:
        children = named(node)
        if children:
            one = ir.Constant("1", type=Basic("untyped int"), at=span(node))
            op = "+" if self.text[node.end_byte - 1 : node.end_byte] == b"+" else "-"
            self._compound(children[0], op, lambda: one, span(node))

    def _compound(self, target_node: Node, op: str, right: Callable[[], ir.Value], at: ir.Span) -> None:
        target = self._target(target_node)
        if isinstance(target, ir.Element) and self.world.map_type(target.base.type) is not None:
            self.emit(ir.Access(target.at, "read", target.base, target.key, compound=True))
        value = right()
        combined = ir.Binary(op, target, value, type=target.type, at=at)
        self._store(target, combined, at, False, op)

    def _target(self, node: Node) -> ir.Value:
        """Lower the left side of an assignment: its bases are read, the place itself is not."""
        while node.kind_id == _PARENTHESIZED and named(node):
            node = named(node)[0]
        if node.kind_id == _INDEX:
            base = self.expr(node.child_by_field_id(nodes.FIELD_OPERAND))
            return self.element(base, self.expr(node.child_by_field_id(nodes.FIELD_INDEX)), span(node))
        place = self.place_of_types(node) if node.kind_id == _INSTANTIATION else None
        return place if place is not None else self.expr(node)

    def _assign(
        self, targets: list[ir.Value], value_nodes: list[Node], at: ir.Span, define: bool, expected: Type = UNKNOWN
    ) -> None:
        if expected == UNKNOWN and len(targets) == 1:
            expected = targets[0].type
        values = self._values(value_nodes, len(targets), expected)
        for position, target in enumerate(targets):
            self._store(target, values[position] if position < len(values) else None, at, define)

    def _store(self, target: ir.Value, value: ir.Value | None, at: ir.Span, define: bool, op: str = "") -> None:
        if isinstance(target, ir.Opaque) and target.text == "_":
            return
        if isinstance(target, ir.Local):
            target.variable.assignments += 1
        if isinstance(target, ir.Element) and self.world.map_type(target.base.type) is not None:
            self.emit(ir.Access(target.at, "write", target.base, target.key, value, compound=bool(op)))
            return
        self.emit(ir.Assign(at, target, value, define, op))

    def _return(self, node: Node, label: str) -> None:
        children = named(node)
        values: tuple[ir.Value, ...] = ()
        if children:
            wanted = [result.type for result in self.function.results]
            value_nodes = named(children[0])
            values = tuple(
                self._single_or_spread(child, wanted[index] if index < len(wanted) else UNKNOWN, len(value_nodes))
                for index, child in enumerate(value_nodes)
            )
            if len(value_nodes) == 1 and len(wanted) > 1 and isinstance(values[0], ir.Result):
                call = values[0].call
                values = tuple(
                    ir.Result(call, index, type=wanted[index], at=values[0].at) for index in range(len(wanted))
                )
        elif self.function.results and self.function.results[0].name:
            values = tuple(ir.Local(result, type=result.type, at=span(node)) for result in self.function.results)
        self.emit(ir.Return(span(node), values))

    def _single_or_spread(self, node: Node, expected: Type, count: int) -> ir.Value:
        value = self.expr(node, expected)
        return value if count == 1 else self._single(value)

    def _go(self, node: Node, label: str) -> None:
        self._call_statement(node, "go")

    def _defer(self, node: Node, label: str) -> None:
        self._call_statement(node, "defer")

    def _call_statement(self, node: Node, mode: str) -> None:
        children = named(node)
        call_node = children[0] if children else None
        while call_node is not None and call_node.kind_id == _PARENTHESIZED and named(call_node):
            call_node = named(call_node)[0]
        if call_node is None:
            return
        before = len(self.ops)
        self.expr(call_node)
        # The call just lowered happens later: mark it; hidden accesses of builtins and library calls move with it.
        added = self.ops[before:]
        for op in reversed(added):
            if isinstance(op, ir.Call) and op.at == span(call_node):
                op.mode = mode
                late = [o for o in added if isinstance(o, ir.Access) and self._deferred(o, call_node)]
                if late:
                    self._wrap(late, op, mode, before)
                return
        late = [o for o in added if isinstance(o, ir.Access) and o.at == span(call_node)]
        if late:  # `defer delete(m, k)`
            self._wrap(late, None, mode, before)

    def _deferred(self, access: ir.Access, call_node: Node) -> bool:
        return bool(access.via) and access.at == span(call_node)

    def _wrap(self, late: list[ir.Access], call: ir.Call | None, mode: str, before: int) -> None:
        """Put accesses that a deferred or spawned call performs into a function literal of their own."""
        at = late[0].at
        function = ir.Function(
            f"{self.function.name}.func{len(self.function.closures) + 1}",
            self.package,
            self.path,
            at,
            at,
            parent=self.function,
            is_test=self.function.is_test,
            go_version=self.go_version,
        )
        self.function.closures.append(function)
        for op in late:
            self.ops.remove(op)
            found = ir.root(op.map)
            if isinstance(found, ir.Local):
                found.variable.captured = True
        function.body = ir.Block(at, list(late))
        self.ops.append(ir.Call(at, ir.Closure(function, type=Func(), at=at), (), mode))

    def _send(self, node: Node, label: str) -> None:
        channel = self.expr(node.child_by_field_id(nodes.FIELD_CHANNEL))
        value = self.expr(node.child_by_field_id(nodes.FIELD_VALUE))
        self.emit(ir.Send(span(node), channel, value))

    def _receive(self, node: Node, label: str) -> None:
        """`v, ok := <-ch` in a select case."""
        left, right = node.child_by_field_id(nodes.FIELD_LEFT), node.child_by_field_id(nodes.FIELD_RIGHT)
        if left is None:
            self.expr(right)
        elif any(child.type == ":=" for child in node.children):
            self._define(named(left), [right] if right is not None else [], span(node))
        else:
            targets = [self._target(target) for target in named(left)]
            self._assign(targets, [right] if right is not None else [], span(node), False)

    def _jump(self, node: Node, label: str) -> None:
        children = named(node)
        word = self.slice(node).split(None, 1)[0].rstrip(";")
        self.emit(ir.Jump(span(node), word, self.slice(children[0]) if children else ""))

    def _labeled(self, node: Node, label: str) -> None:
        name = node.child_by_field_id(nodes.FIELD_LABEL)
        for child in named(node):
            if child.kind_id != _LABEL_NAME:
                self.statement(child, self.slice(name) if name is not None else "")

    def _block(self, node: Node, label: str) -> None:
        block = self.block(node)
        block.label = label
        self.emit(block)

    # --- structured statements ----------------------------------------------------------------------------------------

    def _if(self, node: Node, label: str) -> None:
        with self._nested():
            initializer = node.child_by_field_id(nodes.FIELD_INITIALIZER)
            if initializer is not None:
                self.statement(initializer)
            condition = self.expr(node.child_by_field_id(nodes.FIELD_CONDITION))
            then = self.block(node.child_by_field_id(nodes.FIELD_CONSEQUENCE))
            alternative = node.child_by_field_id(nodes.FIELD_ALTERNATIVE)
            if alternative is None:
                orelse = ir.Block(ir.Span.of(node.end_byte, node.end_byte))
            elif alternative.kind_id == _IF:
                orelse = self.statements([alternative], span(alternative))
            else:
                orelse = self.block(alternative)
            self.emit(ir.If(span(node), condition, then, orelse))

    def _for(self, node: Node, label: str) -> None:
        body = node.child_by_field_id(nodes.FIELD_BODY)
        clause: Node | None = None
        for child in named(node):
            if child != body and child.kind_id != _BLOCK:
                clause = child
                break
        if clause is not None and clause.kind_id == _RANGE_CLAUSE:
            self._range(node, clause, body, label)
            return
        at = span(node)
        with self._nested():
            condition_node, update = clause, None
            if clause is not None and clause.kind_id == _FOR_CLAUSE:
                initializer = clause.child_by_field_id(nodes.FIELD_INITIALIZER)
                condition_node = clause.child_by_field_id(nodes.FIELD_CONDITION)
                update = clause.child_by_field_id(nodes.FIELD_UPDATE)
                if initializer is not None:
                    self.statement(initializer)
            head, condition = self._captured(lambda: self.expr(condition_node) if condition_node is not None else None)
            lowered = self.block(body)
            post = self.statements([update], span(update)) if update is not None else ir.Block(at)
            self.emit(ir.Loop(at, head, condition, lowered, post, label))

    def _range(self, node: Node, clause: Node, body: Node | None, label: str) -> None:
        left, right = clause.child_by_field_id(nodes.FIELD_LEFT), clause.child_by_field_id(nodes.FIELD_RIGHT)
        define = any(not child.is_named and child.type == ":=" for child in clause.children)
        with self._nested():
            subject = self.expr(right)
            over, key_type, value_type = self._ranged(subject.type)
            at = span(node)
            if over == "map":
                self.emit(ir.Access(subject.at, "iterate", subject))
            elif over == "function" and isinstance(subject, ir.Result):
                self._ranged_iterator(subject)
            targets: list[ir.Value | None] = []
            loop = ir.Range(at, subject, None, None, ir.Block(at), over, define, self.go_version >= (1, 22), label)
            for position, target in enumerate(named(left) if left is not None else []):
                type_ = key_type if position == 0 else value_type
                if self.slice(target) == "_":
                    targets.append(None)
                elif define:
                    variable = self._declare(target, type_, "range")
                    variable.assignments = 1
                    targets.append(ir.Local(variable, type=type_, at=span(target)))
                else:
                    lowered = self._target(target)
                    if isinstance(lowered, ir.Local):
                        lowered.variable.assignments += 1
                    targets.append(lowered)
            loop.key = targets[0] if targets else None
            loop.value = targets[1] if len(targets) > 1 else None
            loop.body = self.block(body)
            if over == "channel":
                loop.body.ops.insert(0, ir.Receive(subject.at, subject))
            self.emit(loop)

    def _ranged(self, type_: Type) -> tuple[str, Type, Type]:
        under = self.world.underlying(type_)
        if isinstance(under, Pointer):
            under = self.world.underlying(under.element)
        if isinstance(under, Map):
            return "map", under.key, under.value
        if isinstance(under, (Slice, Array)):
            return "slice", Basic("int"), under.element
        if isinstance(under, Chan):
            return "channel", under.element, UNKNOWN
        if isinstance(under, Func):
            yielded = self.world.underlying(under.params[0]) if under.params else UNKNOWN
            types = yielded.params if isinstance(yielded, Func) else ()
            return "function", types[0] if types else UNKNOWN, types[1] if len(types) > 1 else UNKNOWN
        if isinstance(under, Basic):
            if under.name.endswith("string"):
                return "string", Basic("int"), Basic("int32")
            return "integer", default_type(under), UNKNOWN
        return "unknown", UNKNOWN, UNKNOWN

    def _ranged_iterator(self, subject: ir.Result) -> None:
        callee = subject.call.callee
        if isinstance(callee, ir.FunctionRef) and callee.package == "maps" and callee.name in ("Keys", "Values", "All"):
            source = subject.call.arguments[0] if subject.call.arguments else None
            if source is not None and self.world.map_type(source.type) is not None:
                self.emit(ir.Access(subject.at, "iterate", source, via=f"maps.{callee.name}"))

    def _expression_switch(self, node: Node, label: str) -> None:
        with self._nested():
            initializer = node.child_by_field_id(nodes.FIELD_INITIALIZER)
            if initializer is not None:
                self.statement(initializer)
            value = node.child_by_field_id(nodes.FIELD_VALUE)
            subject = self.expr(value) if value is not None else None
            cases: list[ir.Case] = []
            for child in named(node):
                if child.kind_id not in (_EXPRESSION_CASE, _DEFAULT_CASE):
                    continue
                value_list = child.child_by_field_id(nodes.FIELD_VALUE)
                head, values = self._case_values(value_list)
                statements = [s for part in named(child) if part != value_list for s in _flatten(part)]
                body = self.statements(statements, span(child))
                falls = bool(body.ops) and isinstance(body.ops[-1], ir.Jump) and body.ops[-1].kind == "fallthrough"
                cases.append(ir.Case(span(child), values, head, body, child.kind_id == _DEFAULT_CASE, falls))
            self.emit(ir.Switch(span(node), subject, cases, label))

    def _case_values(self, node: Node | None) -> tuple[ir.Block, tuple[ir.Value, ...]]:
        saved, self.ops = self.ops, []
        values = tuple(self.expr(child) for child in named(node)) if node is not None else ()
        head, self.ops = ir.Block(ir.NOWHERE, self.ops), saved
        return head, values

    def _type_switch(self, node: Node, label: str) -> None:
        with self._nested():
            initializer = node.child_by_field_id(nodes.FIELD_INITIALIZER)
            if initializer is not None:
                self.statement(initializer)
            alias = node.child_by_field_id(nodes.FIELD_ALIAS)
            subject = self.expr(node.child_by_field_id(nodes.FIELD_VALUE))
            alias_node = named(alias)[0] if alias is not None and named(alias) else None
            cases: list[ir.Case] = []
            for child in named(node):
                if child.kind_id not in (_TYPE_CASE, _DEFAULT_CASE):
                    continue
                type_nodes = [one for one in child.children_by_field_id(nodes.FIELD_TYPE) if one.is_named]
                types = [self.type_at(one) for one in type_nodes]
                with self._nested():
                    bindings: list[ir.Op] = []
                    if alias_node is not None:
                        narrowed = types[0] if len(types) == 1 and types[0] != UNKNOWN else subject.type
                        variable = self._declare(alias_node, narrowed)
                        variable.assignments = 1
                        target = ir.Local(variable, type=narrowed, at=span(alias_node))
                        assertion = ir.Assertion(subject, True, type=narrowed, at=span(alias_node))
                        bindings.append(ir.Assign(target.at, target, assertion, True))
                    keep = {one.id for one in type_nodes}
                    statements = [s for part in named(child) if part.id not in keep for s in _flatten(part)]
                    body = self.statements(statements, span(child))
                body.ops[:0] = bindings
                values = tuple(TypeName(type=type_) for type_ in types)
                cases.append(ir.Case(span(child), values, ir.Block(ir.NOWHERE), body, child.kind_id == _DEFAULT_CASE))
            self.emit(ir.Switch(span(node), subject, cases, label))

    def _select(self, node: Node, label: str) -> None:
        cases: list[ir.Case] = []
        for child in named(node):
            if child.kind_id not in (_COMMUNICATION_CASE, _DEFAULT_CASE):
                continue
            with self._nested():
                communication = child.child_by_field_id(nodes.FIELD_COMMUNICATION)
                saved, self.ops = self.ops, []
                if communication is not None:
                    self.statement(communication)
                head, self.ops = ir.Block(span(child), self.ops), saved
                statements = [s for part in named(child) if part != communication for s in _flatten(part)]
                body = self.statements(statements, span(child))
            cases.append(ir.Case(span(child), (), head, body, child.kind_id == _DEFAULT_CASE))
        self.emit(ir.Select(span(node), cases, label))


def _flatten(node: Node) -> list[Node]:
    return named(node) if node.kind_id == _STATEMENT_LIST else [node]


_MAX_NESTING = 140
# Ops of one declared function with its literals. What comes behind is left out, so that no function takes for ever:
# counted in steps and not in seconds, so that the result is the same on every machine.
_MAX_STEPS = 30_000
# The same of one file: some 6 MB of dense code.
_MAX_FILE_STEPS = 300_000


def _is_testing(type_: Type) -> bool:
    """Whether a type is `*testing.T` and its like, or one that others have made in its image."""
    package, _, name = qualified_name_of(type_).rpartition(".")
    return name in ("T", "B", "TB", "F") and package.rpartition("/")[2].endswith(("testing", "testing-interface"))


_FUNCTION_DECLARATION = kind("function_declaration")
_METHOD_DECLARATION = kind("method_declaration")
_VAR_DECLARATION = kind("var_declaration")
_LOWERED = frozenset((_FUNCTION_DECLARATION, _METHOD_DECLARATION, _VAR_DECLARATION))
_VAR_SPEC_LIST = kind("var_spec_list")
_PARAMETER_LIST = kind("parameter_list")
_VARIADIC = kind("variadic_parameter_declaration")
_STATEMENT_LIST = kind("statement_list")
_BLOCK = kind("block")
_IF = kind("if_statement")
_INDEX = kind("index_expression")
_INSTANTIATION = kind("type_instantiation_expression")
_PARENTHESIZED = kind("parenthesized_expression")
_RANGE_CLAUSE = kind("range_clause")
_FOR_CLAUSE = kind("for_clause")
_EXPRESSION_CASE = kind("expression_case")
_DEFAULT_CASE = kind("default_case")
_TYPE_CASE = kind("type_case")
_COMMUNICATION_CASE = kind("communication_case")
_LABEL_NAME = kind("label_name")

_Handler = Callable[[Lowerer, Node, str], None]
_STATEMENTS: dict[int, _Handler] = {
    kind("expression_statement"): Lowerer._expression_statement,
    kind("short_var_declaration"): Lowerer._short_declaration,
    kind("var_declaration"): Lowerer._var,
    kind("const_declaration"): Lowerer._const,
    kind("type_declaration"): Lowerer._type,
    kind("assignment_statement"): Lowerer._assignment,
    kind("inc_statement"): Lowerer._increment,
    kind("dec_statement"): Lowerer._increment,
    kind("return_statement"): Lowerer._return,
    kind("go_statement"): Lowerer._go,
    kind("defer_statement"): Lowerer._defer,
    kind("send_statement"): Lowerer._send,
    kind("receive_statement"): Lowerer._receive,
    kind("break_statement"): Lowerer._jump,
    kind("continue_statement"): Lowerer._jump,
    kind("goto_statement"): Lowerer._jump,
    kind("fallthrough_statement"): Lowerer._jump,
    kind("labeled_statement"): Lowerer._labeled,
    kind("block"): Lowerer._block,
    kind("if_statement"): Lowerer._if,
    kind("for_statement"): Lowerer._for,
    kind("expression_switch_statement"): Lowerer._expression_switch,
    kind("type_switch_statement"): Lowerer._type_switch,
    kind("select_statement"): Lowerer._select,
    kind("empty_statement"): lambda self, node, label: None,
}
