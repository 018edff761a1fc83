"""Findings in the Reviewdog Diagnostic Format, for `reviewdog -f=rdjson`. Columns count UTF-8 bytes from 1."""

from __future__ import annotations

from typing import Any

from golint_maps import HOME
from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Finding, Level, Location
from golint_maps.report.encode import shown_path, to_json
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions
from golint_maps.report.formats.text import place
from golint_maps.report.regions import region

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}


def render(report: Report, options: RenderOptions) -> bytes:
    """One JSON object (UTF-8), one finding on a line."""
    rows = ",\n".join(to_json(_diagnostic(reported, report)) for reported in report.findings)
    source = to_json({"name": "golint-maps", "url": HOME})
    return f'{{"source": {source}, "diagnostics": [\n{rows}\n]}}\n'.encode("utf-8", "replace")


def _diagnostic(reported: ReportedFinding, report: Report) -> dict[str, Any]:
    finding = reported.finding
    diagnostic: dict[str, Any] = {
        "message": "\n".join(_words(finding, report)),
        "location": {"path": shown_path(finding.location.path), "range": _range(finding.location, report)},
        "severity": _SEVERITIES[finding.level],
        "code": {"value": finding.rule},
    }
    fix = finding.fix
    # A suggestion is one change at the place of the comment: fixes that change other files can't be told.
    if fix and len(fix.edits) == 1 and fix.edits[0].location.path == finding.location.path:
        (edit,) = fix.edits
        diagnostic["suggestions"] = [{"range": _range(edit.location, report), "text": edit.text}]
    return diagnostic


def _words(finding: Finding, report: Report) -> list[str]:
    lines = [clean(finding.message)]
    lines += [f"{place(related.location, report.sources)}: {clean(related.message)}" for related in finding.related]
    return [*lines, f"Hint: {clean(finding.hint)}"] if finding.hint else lines


def _range(location: Location, report: Report) -> dict[str, Any]:
    index = report.sources[location.path]
    found = region(index, location.start, location.end, index.column_utf8)
    return {
        "start": {"line": found.start_line, "column": found.start_column},
        "end": {"line": found.end_line, "column": found.end_column},
    }
