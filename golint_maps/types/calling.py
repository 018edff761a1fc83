"""Which functions that a function is given it calls at once and does nothing else with: read off its syntax, for importers.

`retry.Do(s.connect)`, `utils.Batch(updates, c.handle)`: what is called there runs on the goroutine of the caller, under its
locks. So it does in `locks.With(&s.mu, func() { … })`, and under that lock as well. A function that is kept, passed on, or
called by a function literal is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tree_sitter import Node

from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, parameter_names
from golint_maps.types.declarations import Called, PackageTypes
from golint_maps.types.model import Func
from golint_maps.types.resolve import TypeReader
from golint_maps.types.touching import FUNCTION, LITERAL, METHOD, key_of, signature_of


def find_called(files: Iterable[tuple[TypeReader, Node]], own: PackageTypes) -> dict[str, tuple[Called, ...]]:
    """Such parameters, by the name of the exported function (`F`) or method (`T.M`) that has them.

    `files` are the readers and trees of the files that belong to the package itself, `own` its declarations.
    """
    found: dict[str, tuple[Called, ...]] = {}
    for reader, root in files:
        for node in root.named_children:
            body = node.child_by_field_id(nodes.FIELD_BODY) if node.kind_id in (FUNCTION, METHOD) else None
            if body is None or reader.text.find(b"func(", node.start_byte + 1, body.start_byte) < 0:
                continue
            key = key_of(node, reader)
            if not key.rpartition(".")[2][:1].isupper():
                continue
            called = tuple(
                _with_lock(Called(index), name, node, body, reader)
                for index, name in _functions_given(node, key, reader, own)
                if _only_calls(body, name, reader)
            )
            if called:
                found[key] = called
    return found


def _functions_given(node: Node, key: str, reader: TypeReader, own: PackageTypes) -> Iterator[tuple[int, str]]:
    """The parameters of function type: position and name."""
    signature = signature_of(key, own)
    names = _names(node, nodes.FIELD_PARAMETERS, reader) if signature is not None else []
    for index, (name, type_) in enumerate(zip(names, signature.params if signature is not None else (), strict=False)):
        if isinstance(type_, Func):
            yield index, name


def _only_calls(body: Node, name: str, reader: TypeReader) -> bool:
    called = False
    pending = [(body, False)]
    while pending:
        node, away = pending.pop()
        if node.kind_id == nodes.IDENTIFIER and reader.slice(node) == name:
            return False
        inner = away or node.kind_id in (LITERAL, _GO)
        callee = node.child_by_field_id(nodes.FIELD_FUNCTION) if node.kind_id == _CALL else None
        for child in node.named_children:
            if child.kind_id == nodes.IDENTIFIER and reader.slice(child) == name:
                if callee == child and not inner:
                    called = True
                    continue
                if node.kind_id == _BINARY and any(one.kind_id == _NIL for one in node.named_children):
                    continue
            pending.append((child, inner))
    return called


def _with_lock(called: Called, name: str, node: Node, body: Node, reader: TypeReader) -> Called:
    """What is known of a parameter that is only called, with the lock that the function itself takes around all calls."""
    roots = {one: index for index, one in enumerate(_names(node, nodes.FIELD_PARAMETERS, reader))}
    roots |= dict.fromkeys(_names(node, nodes.FIELD_RECEIVER, reader), -1)
    held: list[tuple[str, bool]] = []
    around: set[tuple[tuple[str, bool], ...]] = set()
    for statement in _statements(body):
        text = reader.text[statement.start_byte : statement.end_byte]
        operation = _OPERATION.fullmatch(text)
        if operation is not None:
            lock, what = operation["lock"].decode(), operation["what"].decode()
            if what in ("Lock", "RLock"):
                held.append((lock, what == "RLock"))
            elif operation["defer"] is None:
                held = [one for one in held if one[0] != lock]
        elif _mentions(statement, name, reader):
            around.add(tuple(held))
            if b"ock()" in text:  # it gives up the lock on some way
                return called
    if len(around) == 1 and len(locks := around.pop()) == 1:
        ((text_, shared),) = locks
        root, *path = text_.split(".")
        if root in roots:
            return Called(called.index, roots[root], tuple(path), shared)
    return called


def _names(node: Node, field: int, reader: TypeReader) -> list[str]:
    return parameter_names(node.child_by_field_id(field), reader.text)


def _statements(body: Node) -> Iterator[Node]:
    for child in body.named_children:
        if child.kind_id == _STATEMENTS:
            yield from child.named_children
        else:
            yield child


def _mentions(node: Node, name: str, reader: TypeReader) -> bool:
    if node.kind_id == nodes.IDENTIFIER:
        return reader.slice(node) == name
    return any(_mentions(child, name, reader) for child in node.named_children)


_OPERATION = re.compile(rb"(?P<defer>defer\s+)?(?P<lock>\w+(?:\.\w+)*)\.(?P<what>R?Lock|R?Unlock)\(\s*\)")
_STATEMENTS = kind("statement_list")
_CALL = kind("call_expression")
_GO = kind("go_statement")
_BINARY = kind("binary_expression")
_NIL = kind("nil")
