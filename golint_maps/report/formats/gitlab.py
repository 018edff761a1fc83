"""Findings as a Code Quality report of GitLab, for `artifacts: reports: codequality`."""

from __future__ import annotations

from typing import Any

from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Level
from golint_maps.report.encode import shown_path, to_json
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "major", Level.NOTE: "info"}


def render(report: Report, options: RenderOptions) -> bytes:
    """A JSON array (UTF-8), one finding on a line."""
    rows = ",\n".join(to_json(_row(reported, report, options.folder)) for reported in report.findings)
    return (f"[\n{rows}\n]\n" if rows else "[]\n").encode("utf-8", "replace")


def _row(reported: ReportedFinding, report: Report, folder: str) -> dict[str, Any]:
    finding = reported.finding
    index = report.sources[finding.location.path]
    return {
        "description": f"{finding.rule}: {clean(finding.message)}",
        "check_name": finding.name,
        "fingerprint": reported.fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": shown_path(finding.location.path, folder),
            "lines": {
                "begin": index.line(finding.location.start),
                "end": index.line(max(finding.location.start, finding.location.end)),
            },
        },
    }
