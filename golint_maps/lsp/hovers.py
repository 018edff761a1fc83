"""What to show where the pointer rests: a rule's page, or what is believed about a map; Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lsprotocol import types

from golint_maps.engine.select import ALL, matches
from golint_maps.engine.suppress import directives
from golint_maps.lsp.positions import offset, range_of, touches
from golint_maps.lsp.view import FileView, Note
from golint_maps.rule import Rule
from golint_maps.syntax.source import LineIndex

# A comment may name a whole group; a few pages are enough to read.
_MAX_PAGES = 3


def hover(
    view: FileView, index: LineIndex, at: types.Position, encoding: str, rules: Mapping[str, type[Rule]]
) -> types.Hover | None:
    """What there is to say about a position; None where that is nothing, so that other servers have their say alone."""
    point = types.Range(at, at)
    parts: list[str] = []
    where: types.Range | None = None
    for shown in view.shown:
        rule = rules.get(shown.rule)
        if rule is not None and touches(shown.diagnostic.range, point):
            where = where or shown.diagnostic.range
            parts.append(page(rule))
    for note in view.notes:
        ranges = (*((note.declared,) if note.declared is not None else ()), *note.touched)
        touched = next((one for one in ranges if touches(one, point)), None)
        if touched is not None:
            where = where or touched
            parts.insert(0, about(note))
    if not parts:
        for found, text in _comment(index, at, encoding, rules):
            where = found
            parts.append(text)
    if not parts:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(dict.fromkeys(parts))), where)


def page(rule: type[Rule]) -> str:
    """A rule's page with its title."""
    state = "" if rule.default else ", off by default"
    return f"# {rule.id} {rule.name}\n\n*{rule.level.label}{state}*\n\n{rule.page()}\n"


def about(note: Note) -> str:
    """What is believed about a map."""
    return f"**{note.title}**\n\n```text\n{note.text}\n```"


def _comment(
    index: LineIndex, at: types.Position, encoding: str, rules: Mapping[str, type[Rule]]
) -> Iterator[tuple[types.Range, str]]:
    place = offset(index, at, encoding)
    for directive in directives(index):
        comment = directive.comment
        if not comment.start <= place <= comment.end:
            continue
        where = range_of(index, comment.start, comment.end, encoding)
        if any(selector.upper() == ALL for selector in directive.selectors):
            yield where, "Silences all rules of golint-maps here."
            continue
        meant = [rule for rule in rules.values() if any(matches(selector, rule) for selector in directive.selectors)]
        for rule in meant[:_MAX_PAGES]:
            yield where, page(rule)
        if len(meant) > _MAX_PAGES:
            yield where, "Also silenced: " + ", ".join(f"{rule.id} {rule.name}" for rule in meant[_MAX_PAGES:])
