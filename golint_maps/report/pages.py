"""The documentation pages of the rules as files: one for each rule, and an index.

golint-maps rules --format markdown --output docs/rules
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from golint_maps.rule import Rule

INDEX = "README.md"
_MARK = "<!-- Made from the rule's docstring by `golint-maps rules --format markdown`: change it there. -->"
_TITLES: Mapping[str, str] = {
    "GM0": "The comments of golint-maps itself",
    "GM1": "Concurrent access",
    "GM2": "Mutation while ranging",
    "GM3": "sync.Map",
    "GM4": "Nil maps, keys, values",
    "GM5": "Lifecycle and runtime internals",
}


def pages(rules: Sequence[type[Rule]]) -> dict[str, str]:
    """The text of each file by its name, the index among them; `rules` are those to document."""
    found = {file_name(rule): _page(rule) for rule in rules}
    return {INDEX: _index(rules), **found}


def file_name(rule: type[Rule]) -> str:
    """The file of a rule's page: `GM101-concurrent-map-write.md`."""
    return f"{rule.id}-{rule.name}.md"


def write_pages(rules: Sequence[type[Rule]], folder: Path) -> int:
    """Make `folder` hold the pages of `rules`; the number of files that were written or removed.

    Files made before for rules that are gone are removed; others in the folder are left alone. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(rules)
    changed = 0
    for path in sorted(folder.glob("*.md")):
        if path.name not in wanted and _MARK in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()
            changed += 1
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != text.encode():
            path.write_bytes(text.encode())
            changed += 1
    return changed


def _page(rule: type[Rule]) -> str:
    on = "on by default" if rule.default else "off by default: `--select` turns it on"
    return f"{_MARK}\n\n# {rule.id} {rule.name}\n\n*{rule.level.label}, {on}*\n\n{rule.page()}\n"


def _index(rules: Sequence[type[Rule]]) -> str:
    lines = [_MARK, "", "# Rules", ""]
    groups: dict[str, list[type[Rule]]] = {}
    for rule in rules:
        start = re.match(r"[A-Za-z]+\d?", rule.id)
        groups.setdefault(start[0] if start else rule.id, []).append(rule)
    for group, members in groups.items():
        lines += [f"## {group}: {_TITLES[group]}" if group in _TITLES else f"## {group}", ""]
        lines += ["| id | name | level | what it reports |", "|---|---|---|---|"]
        for rule in members:
            level = rule.level.label if rule.default else f"{rule.level.label}, off"
            summary = rule.summary().replace("|", "\\|")
            lines.append(f"| [{rule.id}]({file_name(rule)}) | {rule.name} | {level} | {summary} |")
        lines.append("")
    return "\n".join(lines)
