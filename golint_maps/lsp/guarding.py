"""The lock calls to put around a statement that forgot them.

Offered only where the calls certainly pair up: the statement is left at its end alone, and nothing inside of it takes a
lock of the same object. Whether the callers hold the lock is theirs to know, so this is never applied unasked.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from golint_maps.finding import MissingLock
from golint_maps.syntax.parser import parse

_BLOCKS = frozenset({"block", "statement_list", "expression_case", "default_case", "communication_case", "type_case"})
_LEAVES = frozenset({"return_statement", "goto_statement", "labeled_statement", "go_statement", "defer_statement"})
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_LOCKING = re.compile(rb"Lock$|Unlock$")


def guarded(text: bytes, at: int, missing: MissingLock) -> list[tuple[int, bytes]] | None:
    """What to insert where (byte offsets into `text`, in order) to hold the lock at the byte offset `at`; or None."""
    statement = _statement(parse(text).tree.root_node, at)
    if statement is None or statement.has_error:
        return None
    line = text.rfind(b"\n", 0, statement.start_byte) + 1
    indent = text[line : statement.start_byte]
    if indent.strip():  # something else stands on the line
        return None
    take, release = (b"%s.%s()" % (missing.lock.encode(), verb.encode()) for verb in (missing.take, missing.release))
    root = missing.lock.partition(".")[0].encode()
    if statement.type == "return_statement":
        if _locks(statement, root) or not _is_last(statement):
            return None
        return [(statement.start_byte, b"%s\n%sdefer %s\n%s" % (take, indent, release, indent))]
    if _leaves(statement) or _locks(statement, root):
        return None
    end = text.find(b"\n", statement.end_byte)
    end = len(text) if end < 0 else end
    rest = text[statement.end_byte : end].strip()
    if rest and not rest.startswith(b"//"):
        return None
    return [(statement.start_byte, b"%s\n%s" % (take, indent)), (end, b"\n%s%s" % (indent, release))]


def _statement(root: Node, at: int) -> Node | None:
    """The statement of a block that holds the byte offset, the innermost one."""
    node = root.descendant_for_byte_range(at, at)
    while node is not None and node.parent is not None:
        if node.parent.type in _BLOCKS and node.is_named and node.type not in _BLOCKS and not _is_header(node):
            return node
        if node.type in _FUNCTIONS and node.type != "func_literal":
            return None
        node = node.parent
    return None


def _is_header(node: Node) -> bool:
    """Whether a child of a case is what it is chosen by, rather than a statement of it."""
    parent = node.parent
    return parent is not None and any(
        parent.child_by_field_name(name) == node for name in ("value", "type", "communication")
    )


def _is_last(statement: Node) -> bool:
    """Whether nothing follows a return in its function, so that a deferred release comes at once."""
    block = statement.parent
    while block is not None and block.type == "statement_list":
        block = block.parent
    return block is not None and block.parent is not None and block.parent.type in _FUNCTIONS


def _leaves(statement: Node) -> bool:
    """Whether control may leave a statement elsewhere than at its end."""
    stack = [(statement, False, False)]
    while stack:
        node, in_loop, in_switch = stack.pop()
        if node.type in _LEAVES:
            return True
        if node.type in ("break_statement", "continue_statement"):
            inside = in_loop or (in_switch and node.type == "break_statement")
            if not inside or node.named_child_count:
                return True
        if node.type == "func_literal":
            continue
        in_loop = in_loop or node.type == "for_statement"
        in_switch = in_switch or node.type in (
            "expression_switch_statement",
            "type_switch_statement",
            "select_statement",
        )
        stack.extend((child, in_loop, in_switch) for child in node.children)
    return False


def _locks(statement: Node, root: bytes) -> bool:
    """Whether a statement calls a method of the object whose lock it is, or any lock: that might wait for ever."""
    stack = [statement]
    while stack:
        node = stack.pop()
        if node.type == "call_expression":
            callee = node.child_by_field_name("function")
            text = (callee.text or b"") if callee is not None else b""
            if text.startswith(root + b".") or _LOCKING.search(text):
                return True
        stack.extend(node.children)
    return False
