"""Findings for programs: one JSON object.

    {"version": 1, "tool": {…}, "findings": […], "summary": {…}}

Lines and columns count from 1; columns count UTF-8 bytes, as Go's own tools do; `end_column` is one past the last.
Paths are relative to the working directory, with `/`; bytes of a path that are not UTF-8 are U+FFFD. Keys are only
ever added; `version` changes when one changes its meaning.
"""

from __future__ import annotations

from typing import Any

from golint_maps import __version__
from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Fix, Location, ThreadTrace
from golint_maps.report.encode import shown_path, to_json
from golint_maps.report.formats import RenderOptions
from golint_maps.report.regions import region
from golint_maps.syntax.source import LineIndex

VERSION = 1


def render(report: Report, options: RenderOptions) -> bytes:
    """The report as JSON (UTF-8), one finding on a line."""
    statistics = report.statistics
    summary = {
        "files": statistics.files,
        "packages": statistics.packages,
        "partly_read": statistics.partly_read,
        "skipped": statistics.skipped,
        "suppressed": statistics.suppressed,
        "known": statistics.known,
        "seconds": round(statistics.seconds, 3),
    }
    # Put together by hand, because json's own indentation is ten times as slow and spreads a finding over a screen.
    findings = ",".join(f"\n    {to_json(as_data(reported, report.sources))}" for reported in report.findings)
    parts = {
        "version": to_json(VERSION),
        "tool": to_json({"name": "golint-maps", "version": __version__}),
        "findings": f"[{findings}\n  ]" if findings else "[]",
        "summary": to_json(summary),
    }
    if report.silenced:
        silenced = ",".join(f"\n    {to_json(as_data(reported, report.sources))}" for reported in report.silenced)
        parts["suppressed"] = f"[{silenced}\n  ]"
    document = ",\n".join(f'  "{key}": {value}' for key, value in parts.items())
    return f"{{\n{document}\n}}\n".encode("utf-8", "replace")


def as_data(reported: ReportedFinding, sources: dict[str, LineIndex]) -> dict[str, Any]:
    """One finding, as plain data; the keys are those of `docs/json.md`."""
    finding = reported.finding
    return {
        "rule": finding.rule,
        "name": finding.name,
        "level": finding.level.label,
        "confidence": finding.confidence.label,
        "message": finding.message,
        **_range(finding.location, sources),
        "map": finding.map,
        "hint": finding.hint,
        "related": [{**_start(related.location, sources), "message": related.message} for related in finding.related],
        "threads": [_thread(thread, sources) for thread in finding.threads if thread.steps],
        "fingerprint": reported.fingerprint,
        "fix": _fix(finding.fix, sources) if finding.fix else None,
    }


def _thread(thread: ThreadTrace, sources: dict[str, LineIndex]) -> dict[str, Any]:
    steps = [
        {**_start(step.location, sources), "kind": step.kind, "message": step.message, "locks": list(step.locks)}
        for step in thread.steps
    ]
    return {"title": thread.title, "steps": steps}


def _fix(fix: Fix, sources: dict[str, LineIndex]) -> dict[str, Any]:
    edits = [{**_range(edit.location, sources), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _start(location: Location, sources: dict[str, LineIndex]) -> dict[str, Any]:
    index = sources[location.path]
    return {
        "path": shown_path(location.path),
        "line": index.line(location.start),
        "column": index.column_utf8(location.start),
    }


def _range(location: Location, sources: dict[str, LineIndex]) -> dict[str, Any]:
    index = sources[location.path]
    place = region(index, location.start, location.end, index.column_utf8)
    return {**_start(location, sources), "end_line": place.end_line, "end_column": place.end_column}
