"""Findings as one web page, in which a conflict can be seen: goroutines side by side, the locks they hold, their code.

The page is complete in itself and asks the network for nothing; its own policy forbids that, and any script but its own.
What comes from the checked code is data in it, which the script shows as text alone.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from golint_maps import __version__
from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Finding, Location, ThreadTrace
from golint_maps.report.encode import shown_path, to_json
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions
from golint_maps.report.regions import first_line

AROUND = 3
"""How many lines of code are kept before and after each place."""
MAX_LINE = 400
"""How many characters of a line are shown; a line that is longer is cut around what is marked in it."""


def render(report: Report, options: RenderOptions) -> bytes:
    """The page (HTML, UTF-8)."""
    assets = files("golint_maps.report") / "viewer"
    template, style, script = ((assets / f"page.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    # In a script element, only `<` can end the element or begin a comment; as an escape it is the same JSON.
    data = to_json(_Pages(report, options).data()).replace("<", "\\u003c").replace(">", "\\u003e")
    parts = {
        "@POLICY@": f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
        "@STYLE@": style,
        "@SCRIPT@": script,
        "@DATA@": data,
    }
    for mark, text in parts.items():  # the data last, so that nothing in it is taken for a mark
        template = template.replace(mark, text, 1)
    return template.encode("utf-8", "replace")


def _hash(text: str) -> str:
    """The source expression by which a content security policy allows this very text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Pages:
    """Builds what the script of the page reads; `docs/formats.md` doesn't promise its form."""

    def __init__(self, report: Report, options: RenderOptions) -> None:
        self.report = report
        self.options = options
        self.lines: dict[str, dict[int, str]] = {}

    def data(self) -> dict[str, Any]:
        findings = [self.finding(reported) for reported in self.report.findings]
        mentioned = {reported.finding.rule for reported in self.report.findings}
        numbers = self.report.statistics
        return {
            "version": __version__,
            "counts": {"files": numbers.files, "packages": numbers.packages, "suppressed": numbers.suppressed},
            "problems": [f"{clean(problem.path)}: {clean(problem.detail)}" for problem in self.report.problems],
            "partly": [clean(shown_path(path)) for path in self.report.partly_read],
            "rules": {rule.id: rule.summary() for rule in self.options.rules if rule.id in mentioned},
            "findings": findings,
            "lines": self.lines,
        }

    def finding(self, reported: ReportedFinding) -> dict[str, Any]:
        finding = reported.finding
        return {
            "id": reported.fingerprint,
            "rule": finding.rule,
            "name": finding.name,
            "level": finding.level.label,
            "confidence": finding.confidence.label,
            "message": clean(finding.message),
            "map": clean(finding.map),
            "hint": clean(finding.hint),
            "package": clean(shown_path(posixpath.dirname(finding.location.path) or ".")),
            "place": self.place(finding.location),
            "related": [
                {**self.place(related.location), "message": clean(related.message)} for related in _others(finding)
            ],
            "threads": [self.thread(thread) for thread in finding.threads if thread.steps],
            "fix": {"title": clean(finding.fix.title), "safe": finding.fix.safe} if finding.fix else None,
        }

    def thread(self, thread: ThreadTrace) -> dict[str, Any]:
        steps = [
            {
                **self.place(step.location),
                "kind": step.kind,
                "message": clean(step.message),
                "locks": [clean(lock) for lock in step.locks],
            }
            for step in thread.steps
        ]
        return {"title": clean(thread.title), "steps": steps}

    def place(self, location: Location) -> dict[str, Any]:
        """A place: its path, line and column, and which part of the line (in UTF-16 units of what is shown) is meant.

        The lines around it become part of `lines`.
        """
        index = self.report.sources[location.path]
        line = index.line(location.start)
        path = clean(shown_path(location.path))
        shown = self.lines.setdefault(path, {})
        for number in range(max(1, line - AROUND), min(len(index.starts), line + AROUND) + 1):
            if number not in shown:
                shown[number] = _visible(index.line_bytes(number)[: 4 * MAX_LINE])[:MAX_LINE]
        text = index.line_bytes(line)
        left = location.start - index.line_start(line)
        right = first_line(index, location.start, location.end) - index.line_start(line)
        before = _visible(text[:left])
        marked = _visible(text[left:right])
        if len(before) + len(marked) > MAX_LINE:
            kept = before[-80:]
            shown[line] = f"…{kept}{marked}"[:MAX_LINE]
            before = f"…{kept}"
        start = _units(before)
        return {
            "path": path,
            "line": line,
            "column": index.column_utf8(location.start),
            "mark": [start, start + _units(marked)],
        }


def _others(finding: Finding) -> Iterable[Any]:
    """The other places of a finding that its stories don't tell of."""
    told = {step.location for thread in finding.threads for step in thread.steps}
    return (related for related in finding.related if related.location not in told)


def _visible(line: bytes) -> str:
    """A line or part of one as text in which nothing is invisible; tabs stay."""
    return "\t".join(map(clean, line.decode("utf-8", "replace").split("\t")))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
