"""Code actions: what can be done about the findings of a file, as edits of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lsprotocol import types

from golint_maps.engine.suppress import directives
from golint_maps.lsp.positions import position, touches
from golint_maps.lsp.view import FileView, Shown
from golint_maps.record import record
from golint_maps.rule import Rule
from golint_maps.syntax.source import LineIndex

FIX_ALL = "source.fixAll.golintMaps"
REASON = "TODO: say why"
_PACKAGE = re.compile(rb"^package[ \t]+\w+[^\n]*", re.MULTILINE)


@record(frozen=True, slots=True)
class Action:
    """One thing that can be done: edits by URI, and the diagnostics that it answers."""

    title: str
    kind: str
    edits: Mapping[str, tuple[types.TextEdit, ...]]
    diagnostics: tuple[types.Diagnostic, ...] = ()
    preferred: bool = False


def actions(
    view: FileView, index: LineIndex, uri: str, where: types.Range, encoding: str, rules: Mapping[str, type[Rule]]
) -> Iterator[Action]:
    """What can be done about the findings in the range `where` of a file, and about all of the file."""
    here = [shown for shown in view.shown if touches(shown.diagnostic.range, where)]
    for shown in here:
        yield from _repairs(shown)
    for rule in dict.fromkeys(shown.rule for shown in here):
        if rule in view.fix_rules:
            found = tuple(shown.diagnostic for shown in view.shown if shown.rule == rule)
            repair = view.fix_rules[rule]
            yield Action(repair.title, types.CodeActionKind.QuickFix, repair.edits, found)
    for shown in {(one.rule, one.diagnostic.range.start.line): one for one in here}.values():
        yield from _suppressions(shown, index, uri, encoding, rules)
    if view.fix_all is not None:
        yield Action(view.fix_all.title, FIX_ALL, view.fix_all.edits)


def _repairs(shown: Shown) -> Iterator[Action]:
    diagnostics = (shown.diagnostic,)
    if shown.repair is not None:
        title = shown.repair.title if shown.repair.safe else f"{shown.repair.title} (unsafe: check what it changes)"
        yield Action(title, types.CodeActionKind.QuickFix, shown.repair.edits, diagnostics, preferred=shown.repair.safe)
    if shown.guarding is not None:
        yield Action(shown.guarding.title, types.CodeActionKind.QuickFix, shown.guarding.edits, diagnostics)


def _suppressions(
    shown: Shown, index: LineIndex, uri: str, encoding: str, rules: Mapping[str, type[Rule]]
) -> Iterator[Action]:
    rule = rules.get(shown.rule)
    line = shown.diagnostic.range.start.line + 1
    if rule is None:
        return
    texts = index.line_bytes(line)
    start = index.line_start(line)
    indent = texts[: len(texts) - len(texts.lstrip())]
    comment = f"//golint-maps:ignore {rule.id} {REASON}".encode()
    ways = [(start + len(texts.rstrip()), b" " + comment), (start, indent + comment + b"\n")]
    package = _PACKAGE.search(index.text)
    whole = f"//golint-maps:ignore-file {rule.id} {REASON}".encode()
    for title, candidates in (
        (f"Ignore {rule.id} on this line", ways),
        (f"Ignore {rule.id} in this file", [(package.end(), b"\n\n" + whole)] if package else []),
    ):
        for at, text in candidates:
            # The line moves down if the comment goes above it; the comment must silence what is reported there.
            moved = line + text.count(b"\n") if at <= start else line
            if _silences(index, at, text, moved, rule):
                place = position(index, at, encoding)
                edit = types.TextEdit(types.Range(place, place), text.decode())
                yield Action(title, types.CodeActionKind.QuickFix, {uri: (edit,)}, (shown.diagnostic,))
                break


def _silences(index: LineIndex, at: int, text: bytes, line: int, rule: type[Rule]) -> bool:
    changed = LineIndex.of(index.text[:at] + text + index.text[at:])
    return any(directive.silences(line, rule) for directive in directives(changed))


def wanted(found: Iterable[Action], only: Sequence[str] | None) -> Iterator[Action]:
    """Those that an editor has asked for: `only` are kinds, each of which includes its sub-kinds.

    What fixes a whole file is only wanted when it is asked for.
    """
    for action in found:
        if only is None:
            if action.kind != FIX_ALL:
                yield action
        elif any(action.kind == kind or action.kind.startswith(f"{kind}.") for kind in only):
            yield action
