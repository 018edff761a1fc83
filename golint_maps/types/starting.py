"""Which functions that a function is given run on another goroutine: read off its syntax, for those who import it.

`safego.Go(func() {…})`, `pool.Submit(job)`, `parallel.ForEach(items, f)`: what such wrappers do with a parameter of
function type is seen in their bodies. It is called in a `go` statement, sent to a worker, or handed to a call whose name
says that it starts one. So importers know without the package having been analysed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named, parameter_names
from golint_maps.types.declarations import Started
from golint_maps.types.model import Func, Slice

# Names of functions and methods which run what they are given on a goroutine.
STARTING_NAMES = frozenset(["Go", "TryGo", "GoCtx", "GoSafe", "SafeGo", "Submit", "TrySubmit"])
_TIMERS = frozenset(["AfterFunc"])


def started_parameters(node: Node, signature: Func, text: bytes) -> tuple[Started, ...]:
    """The parameters that a function or method declaration runs on goroutines, in order; `text` is that of its file."""
    body = node.child_by_field_id(nodes.FIELD_BODY)
    if body is None or not any(_is_function(one) for one in signature.params):
        return ()
    source = text[body.start_byte : body.end_byte]
    if b"go " not in source and b"<-" not in source and not any(name.encode() in source for name in _ALL):
        return ()
    wanted = _function_parameters(node, signature, text)
    found: dict[int, bool] = {}
    _Scan(text, wanted, found).walk(body, started=False, in_loop=False)
    awaited = b".Wait(" in source or (b"<-" in source and _receives_in_loop(body, text))
    return tuple(Started(index, many, awaited) for index, many in sorted(found.items()))


def _receives_in_loop(node: Node, text: bytes) -> bool:
    """Whether a loop of a function itself takes one value after the other from a channel, and does not leave before the last.

    `for range hosts { if err := <-errs; err != nil { failed = err } }`: so many as were started tell that they have ended.
    """
    for child in node.named_children:
        number = child.kind_id
        if number == _FOR_STATEMENT:
            inside = list(_within(child))
            head = child.child_by_field_id(nodes.FIELD_BODY)
            ends = any(one.kind_id in _HEADS for one in child.named_children if one != head)
            receives = any(
                one.kind_id == _UNARY and text[one.start_byte : one.start_byte + 2] == b"<-" for one in inside
            )
            if ends and receives and not any(one.kind_id in _LEAVES for one in inside):
                return True
        if number not in (_GO_STATEMENT, _FUNCTION_LITERAL) and _receives_in_loop(child, text):
            return True
    return False


def _within(node: Node) -> Iterator[Node]:
    """The nodes inside of one, but for those of function literals."""
    for child in node.named_children:
        yield child
        if child.kind_id != _FUNCTION_LITERAL:
            yield from _within(child)


_ALL = STARTING_NAMES | _TIMERS


def _is_function(type_: object) -> bool:
    return isinstance(type_, Func) or (isinstance(type_, Slice) and isinstance(type_.element, Func))


def _function_parameters(node: Node, signature: Func, text: bytes) -> dict[str, int]:
    """The parameters of function type by name, with their positions."""
    names = parameter_names(node.child_by_field_id(nodes.FIELD_PARAMETERS), text)
    return {
        name: index
        for index, (name, type_) in enumerate(zip(names, signature.params, strict=False))
        if _is_function(type_)
    }


class _Scan:
    """Looks for the uses of some parameters that run on another goroutine."""

    def __init__(self, text: bytes, wanted: Mapping[str, int], found: dict[int, bool]) -> None:
        self.text = text
        self.wanted = wanted
        self.found = found

    def walk(self, node: Node, started: bool, in_loop: bool) -> None:
        """`started`: the node is evaluated, or will run, on a goroutine of its own; `in_loop`: one of several."""
        for child in node.named_children:
            self._visit(child, started, in_loop)

    def _visit(self, node: Node, started: bool, in_loop: bool) -> None:
        number = node.kind_id
        if number == _GO_STATEMENT:
            self.walk(node, True, in_loop)
        elif number == _FOR_STATEMENT:
            self.walk(node, started, in_loop or not started)
        elif number == _SEND_STATEMENT and not started:
            self._use(node.child_by_field_id(nodes.FIELD_VALUE), in_loop)
        elif number == _CALL:
            self._call(node, started, in_loop)
        elif number != _FUNCTION_LITERAL or started:
            self.walk(node, started, in_loop)

    def _call(self, call: Node, started: bool, in_loop: bool) -> None:
        callee = call.child_by_field_id(nodes.FIELD_FUNCTION)
        arguments = call.child_by_field_id(nodes.FIELD_ARGUMENTS)
        starting = started or self._name(callee) in _ALL
        for one in named(arguments) if arguments is not None else ():
            if starting:
                self._use(one, in_loop)
            self._visit(one, started or (starting and one.kind_id == _FUNCTION_LITERAL), in_loop)
        if callee is not None:
            if started:
                self._use(callee, in_loop)
            self._visit(callee, started, in_loop)

    def _use(self, node: Node | None, in_loop: bool) -> None:
        if node is not None and node.kind_id == nodes.IDENTIFIER:
            index = self.wanted.get(self._text(node))
            if index is not None:
                self.found[index] = self.found.get(index, False) or in_loop

    def _name(self, callee: Node | None) -> str:
        """The last name of what is called."""
        if callee is None:
            return ""
        last = callee.child_by_field_id(nodes.FIELD_FIELD)
        return self._text(last if last is not None else callee)

    def _text(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte].decode(errors="replace")


_GO_STATEMENT = kind("go_statement")
_FOR_STATEMENT = kind("for_statement")
_SEND_STATEMENT = kind("send_statement")
_CALL = kind("call_expression")
_FUNCTION_LITERAL = kind("func_literal")
_UNARY = kind("unary_expression")
# A loop that ends by itself: one that counts, or ranges over something.
_HEADS = frozenset([kind("for_clause"), kind("range_clause")])
# What leaves a loop before it has ended, or tells that it is the one that starts them.
_LEAVES = frozenset(
    [_GO_STATEMENT, kind("return_statement"), kind("break_statement"), kind("goto_statement"), kind("select_statement")]
)
