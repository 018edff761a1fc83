"""One line for each finding, for `grep`, editors and logs.

    server.go:12:3: error GM101[concurrent-map-write] Server.peers is written by two goroutines without a common lock

Columns count UTF-8 bytes from 1, as Go's own tools do.
"""

from __future__ import annotations

from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions
from golint_maps.report.formats.text import COLORS, Paint, paint_with, place


def render(report: Report, options: RenderOptions) -> bytes:
    """The findings as lines (UTF-8); with ANSI colours if `options.color`."""
    paint = paint_with(options.color)
    return "".join(f"{_line(reported, report, paint)}\n" for reported in report.findings).encode("utf-8", "replace")


def _line(reported: ReportedFinding, report: Report, paint: Paint) -> str:
    finding = reported.finding
    where = paint(place(finding.location, report.sources), bold=True)
    level = paint(finding.level.label, fg=COLORS[finding.level], bold=True)
    return f"{where}: {level} {finding.rule}[{finding.name}] {clean(finding.message)}"
