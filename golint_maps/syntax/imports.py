"""The import declarations of one file: how to add one where gofmt would have it, and how to drop those without a use.

Positions are byte offsets into the raw text, 0-based; a change is `(start, end, text)` and replaces the bytes of the
half-open range `[start, end)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax.nodes import (
    COMMENT,
    FIELD_NAME,
    FIELD_OPERAND,
    FIELD_PACKAGE,
    IDENTIFIER,
    PACKAGE_IDENTIFIER,
    field,
    kind,
)
from golint_maps.syntax.parser import parse

_DECLARATION = kind("import_declaration")
_LIST = kind("import_spec_list")
_SPEC = kind("import_spec")
_PACKAGE_CLAUSE = kind("package_clause")
_SELECTOR = kind("selector_expression")
_QUALIFIED = kind("qualified_type")
_FIELD_PATH = field("path")

Change = tuple[int, int, str]


@record(frozen=True, slots=True)
class Import:
    """One import: `name` is the identifier that it declares (a guess from the path unless `renamed`; `.`, `_`).

    `at` is the range of its spec, `whole` that of its declaration if the spec stands alone there, otherwise None.
    """

    path: str
    name: str
    renamed: bool
    at: tuple[int, int]
    whole: tuple[int, int] | None


@lru_cache(maxsize=8)  # many findings of one file ask
def imports_of(text: bytes) -> tuple[Import, ...]:
    """The imports of a file, in its order; of a file with broken syntax, those that can be read."""
    return tuple(_imports(parse(text).tree.root_node))


@lru_cache(maxsize=8)
def addition(text: bytes, path: str) -> tuple[str, Change | None] | None:
    """How to make package `path` of the standard library known: its name in the file, and the change that imports it.

    The change is None where the file imports it already. None for all where its name means something else in the file,
    or where the import could not be added without moving comments about.
    """
    root = parse(text).tree.root_node
    present = [one for one in _imports(root) if one.path == path and one.name not in (".", "_")]
    name = present[0].name if present else path.rpartition("/")[2]
    total, qualifying = _uses(root, name)
    # Whoever uses the word otherwise has declared it, somewhere: it may hide the package.
    if total > qualifying + (1 if present and present[0].renamed else 0) or (not present and total):
        return None
    if present:
        return name, None
    change = _insertion(text, root, path)
    return None if change is None else (name, change)


def dropped(before: bytes, after: bytes) -> bytes:
    """`after` without the imports that `before` used and `after` doesn't use any more.

    What was unused already stays, so does `import "C"`, and whatever a comment says something about.
    """
    old, new = parse(before).tree.root_node, parse(after).tree.root_node
    gone = [
        one
        for one in _imports(new)
        if one.name not in ("_", ".") and one.path != "C" and not _uses(new, one.name)[1] and _uses(old, one.name)[1]
    ]
    for one in reversed(gone):
        start, end = _line_of(after, *(one.whole or one.at))
        if b"//" in after[start:end] or b"/*" in after[start:end]:
            continue
        if one.whole:
            if after[end : end + 1] == b"\n" and after[:start].endswith(b"\n\n"):
                end += 1  # one blank line is left of the two around it
            elif after[end : end + 2] == b"\r\n" and after[:start].endswith(b"\n\r\n"):
                end += 2
        after = after[:start] + after[end:]
    return after


def _line_of(text: bytes, start: int, end: int) -> tuple[int, int]:
    """A range widened to whole lines, if nothing else stands on them."""
    first = text.rfind(b"\n", 0, start) + 1
    last = text.find(b"\n", end) + 1 or len(text)
    return first, last


def _imports(root: Node) -> Iterator[Import]:
    for declaration in root.named_children:
        if declaration.kind_id != _DECLARATION:
            continue
        specs = list(_specs(declaration))
        for spec in specs:
            path_node, name_node = spec.child_by_field_id(_FIELD_PATH), spec.child_by_field_id(FIELD_NAME)
            path = _text(path_node)[1:-1] if path_node is not None else ""
            name = _text(name_node) if name_node is not None else _guess(path)
            whole = (declaration.start_byte, declaration.end_byte) if len(specs) == 1 else None
            yield Import(path, name, name_node is not None, (spec.start_byte, spec.end_byte), whole)


def _specs(declaration: Node) -> Iterator[Node]:
    for child in declaration.named_children:
        if child.kind_id == _SPEC:
            yield child
        elif child.kind_id == _LIST:
            yield from (spec for spec in child.named_children if spec.kind_id == _SPEC)


def _guess(path: str) -> str:
    """The name that a package of this path probably has: its last element that is no version."""
    elements = path.split("/")
    last = elements[-1]
    if len(elements) > 1 and last[:1] == "v" and last[1:].isdigit():
        last = elements[-2]
    return last.partition(".")[0] if path.startswith("gopkg.in/") else last


def _uses(root: Node, name: str) -> tuple[int, int]:
    """How often an identifier `name` occurs (fields and labels apart), and how often as in `name.other`."""
    total = qualifying = 0
    wanted = name.encode()
    stack = [root]
    while stack:
        node = stack.pop()
        if node.kind_id in (_SELECTOR, _QUALIFIED):
            first = node.child_by_field_id(FIELD_OPERAND if node.kind_id == _SELECTOR else FIELD_PACKAGE)
            if first is not None and first.child_count == 0 and first.text == wanted:
                qualifying += 1
        elif node.child_count == 0 and node.kind_id in (IDENTIFIER, PACKAGE_IDENTIFIER) and node.text == wanted:
            if node.parent is not None and node.parent.kind_id != _PACKAGE_CLAUSE:
                total += 1
        stack.extend(node.children)
    return total, qualifying


def _insertion(text: bytes, root: Node, path: str) -> Change | None:
    """The change that adds an import: into the group of the standard library, in the order of gofmt."""
    declarations = [one for one in root.named_children if one.kind_id == _DECLARATION]
    usable = [one for one in declarations if all(spec.path != "C" for spec in _imports_in(one))]
    blocks = [one for one in usable if any(child.kind_id == _LIST for child in one.named_children)]
    if blocks:
        return _into_block(text, next(c for c in blocks[0].named_children if c.kind_id == _LIST), path)
    if len(declarations) == 1 and usable:
        return _into_single(text, usable[0], path)
    if usable:
        at = text.rfind(b"\n", 0, usable[0].start_byte) + 1
        return at, at, f'import "{path}"\n'
    clause = next((one for one in root.named_children if one.kind_id == _PACKAGE_CLAUSE), None)
    if clause is None:
        return None
    end = text.find(b"\n", clause.end_byte)
    if end < 0:
        return None
    return end + 1, end + 1, f'\nimport "{path}"\n'


def _imports_in(declaration: Node) -> Iterator[Import]:
    for spec in _specs(declaration):
        path = spec.child_by_field_id(_FIELD_PATH)
        yield Import(_text(path)[1:-1] if path is not None else "", "", False, (0, 0), None)


def _into_block(text: bytes, block: Node, path: str) -> Change | None:
    groups: list[list[Node]] = []
    last = -2
    for child in block.named_children:
        if child.start_point[0] > last + 1 or not groups:
            groups.append([])
        groups[-1].append(child)
        last = child.end_point[0]
    for group in groups:
        specs = [one for one in group if one.kind_id == _SPEC]
        paths = [_text(spec.child_by_field_id(_FIELD_PATH))[1:-1] for spec in specs]
        if not specs or any("." in one.partition("/")[0] for one in paths):
            continue
        if len(specs) != len(group):
            return None  # comments in the group: which of them belong where is not for us to say
        after = [spec for spec, one in zip(specs, paths, strict=True) if one < path]
        if after:
            at = text.find(b"\n", after[-1].end_byte) + 1
            return at, at, f'\t"{path}"\n'
        at = text.rfind(b"\n", 0, specs[0].start_byte) + 1
        return at, at, f'\t"{path}"\n'
    opening = text.find(b"\n", block.start_byte) + 1
    if not opening or opening > block.end_byte:
        return None
    return opening, opening, f'\t"{path}"\n' + ("\n" if groups else "")


def _into_single(text: bytes, declaration: Node, path: str) -> Change | None:
    """`import "fmt"` becomes a block of two."""
    spec = next(iter(_specs(declaration)), None)
    end = text.find(b"\n", declaration.end_byte)
    if spec is None or end < 0 or text[declaration.end_byte : end].strip():
        return None
    if any(child.kind_id == COMMENT for child in declaration.children):
        return None
    there = _text(spec.child_by_field_id(_FIELD_PATH))[1:-1]
    line = text[spec.start_byte : spec.end_byte].decode("utf-8", "replace")
    own = f'"{path}"'
    if "." in there.partition("/")[0]:
        lines = f"\t{own}\n\n\t{line}\n"
    else:
        lines = f"\t{line}\n\t{own}\n" if there < path else f"\t{own}\n\t{line}\n"
    return declaration.start_byte, declaration.end_byte, f"import (\n{lines})"


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""
