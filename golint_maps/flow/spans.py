"""Where nodes of a syntax tree stand."""

from __future__ import annotations

from tree_sitter import Node

from golint_maps.flow.ir import Span

_make = int.__new__


def span(node: Node) -> Span:
    """The bytes of a node; called for each value and op there is."""
    return _make(Span, node.start_byte << 32 | node.end_byte)
