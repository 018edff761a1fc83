"""Which functions that a function is given it calls at once and does nothing else with: read off its syntax, for importers.

`retry.Do(s.connect)`, `utils.Batch(updates, c.handle)`: what is called there runs on the goroutine of the caller, under its
locks. A function that is kept, passed on, or called by a function literal is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tree_sitter import Node

from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, parameter_names
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import Func
from golint_maps.types.resolve import TypeReader
from golint_maps.types.touching import FUNCTION, LITERAL, METHOD, key_of


def find_called(files: Iterable[tuple[TypeReader, Node]], own: PackageTypes) -> dict[str, tuple[int, ...]]:
    """The positions of such parameters, by the name of the exported function (`F`) or method (`T.M`) that has them.

    `files` are the readers and trees of the files that belong to the package itself, `own` its declarations.
    """
    found: dict[str, tuple[int, ...]] = {}
    for reader, root in files:
        for node in root.named_children:
            body = node.child_by_field_id(nodes.FIELD_BODY) if node.kind_id in (FUNCTION, METHOD) else None
            if body is None or reader.text.find(b"func(", node.start_byte + 1, body.start_byte) < 0:
                continue
            key = key_of(node, reader)
            if not key.rpartition(".")[2][:1].isupper():
                continue
            called = tuple(
                index for index, name in _functions_given(node, key, reader, own) if _only_calls(body, name, reader)
            )
            if called:
                found[key] = called
    return found


def _functions_given(node: Node, key: str, reader: TypeReader, own: PackageTypes) -> Iterator[tuple[int, str]]:
    """The parameters of function type: position and name."""
    owner, _, bare = key.rpartition(".")
    declared = (
        own.types[owner].methods.get(bare) if owner in own.types else own.functions.get(bare) if not owner else None
    )
    if declared is None:
        return
    names = parameter_names(node.child_by_field_id(nodes.FIELD_PARAMETERS), reader.text)
    for index, (name, type_) in enumerate(zip(names, declared.signature.params, strict=False)):
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


_CALL = kind("call_expression")
_GO = kind("go_statement")
_BINARY = kind("binary_expression")
_NIL = kind("nil")
