"""Parsing Go with tree-sitter, with two repairs for what the grammar on PyPI does not know yet.

The grammar lacks `new(expr)` (Go 1.26) and generic methods (Go 1.27) and loses the code around them. Where the first tree
has errors, the text is repaired without moving a byte and parsed once more; the repaired text is used for the tree only.
"""

from __future__ import annotations

import re

import tree_sitter_go
from tree_sitter import Language, Node, Parser, Tree

from golint_maps.record import record
from golint_maps.syntax.tables import blanked, without_tables

LANGUAGE = Language(tree_sitter_go.language())

_NEW_CALL = re.compile(rb"\bnew(?=\s*\()")
_GENERIC_METHOD = re.compile(rb"^func[ \t]*\([^()\n]*\)[ \t]*\w+[ \t]*(\[)", re.MULTILINE)
# How far before an error span the `new` may stand that caused it: measured on real code with Go 1.26 (perf notes).
_REACH = 200


@record(frozen=True, slots=True)
class Parsed:
    """A syntax tree; `partly` tells that parts of the text could not be read even after repair."""

    tree: Tree
    partly: bool


def parse(text: bytes) -> Parsed:
    """Parse the bytes of one Go file (any bytes are accepted; the tree then has error nodes), but for long tables."""
    parser = Parser(LANGUAGE)
    text = without_tables(text)
    tree = parser.parse(text)
    if not tree.root_node.has_error:
        return Parsed(tree, False)
    repaired = _repair(text, tree)
    if repaired != text:
        second = parser.parse(repaired)
        if not second.root_node.has_error or _error_bytes(second) < _error_bytes(tree):
            tree = second
    return Parsed(tree, tree.root_node.has_error)


def error_spans(tree: Tree) -> list[tuple[int, int]]:
    """The byte ranges of the error and missing nodes of a tree, outermost only, in source order."""
    spans: list[tuple[int, int]] = []
    stack: list[Node] = [tree.root_node]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            spans.append((node.start_byte, node.end_byte))
        elif node.has_error:
            stack.extend(reversed(node.children))
    return spans


def _error_bytes(tree: Tree) -> int:
    return sum(end - start + 1 for start, end in error_spans(tree))


def _repair(text: bytes, tree: Tree) -> bytes:
    """Rename `new` to `New` near errors and blank the type parameters of methods: same length, same offsets."""
    repaired = bytearray(text)
    for start, end in error_spans(tree):
        for match in _NEW_CALL.finditer(text, max(0, start - _REACH), end):
            repaired[match.start() : match.end()] = b"New"
    for match in _GENERIC_METHOD.finditer(text):
        opening = match.start(1)
        closing = _closing_bracket(text, opening)
        if closing:
            repaired[opening:closing] = blanked(text[opening:closing])
    return bytes(repaired)


def _closing_bracket(text: bytes, opening: int) -> int:
    depth = 0
    for position in range(opening, min(len(text), opening + 1000)):
        if text[position] == 0x5B:
            depth += 1
        elif text[position] == 0x5D:
            depth -= 1
            if depth == 0:
                return position + 1
    return 0
