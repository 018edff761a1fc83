"""Findings for programs that read a stream: one JSON object on each line, with the keys of the format `json`."""

from __future__ import annotations

from golint_maps.engine.outcome import Report
from golint_maps.report.encode import to_json
from golint_maps.report.formats import RenderOptions
from golint_maps.report.formats.json import as_data


def render(report: Report, options: RenderOptions) -> bytes:
    """One line (UTF-8) for each finding; nothing for none."""
    lines = (f"{to_json(as_data(reported, report.sources))}\n" for reported in report.findings)
    return "".join(lines).encode("utf-8", "replace")
