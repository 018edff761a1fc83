"""Findings in the XML of Checkstyle, which many code-review tools read. Columns count UTF-8 bytes from 1."""

from __future__ import annotations

from itertools import groupby

from golint_maps.engine.outcome import Report
from golint_maps.finding import Level
from golint_maps.report.encode import element, shown_path, to_xml
from golint_maps.report.formats import RenderOptions

VERSION = "8.0"
"""The version of Checkstyle whose form this is: some readers want to be told."""

_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "info"}


def render(report: Report, options: RenderOptions) -> bytes:
    """An XML document (UTF-8), one `file` for each file with findings."""
    root = element(None, "checkstyle", version=VERSION)
    for path, group in groupby(report.findings, key=lambda reported: reported.finding.location.path):
        file = element(root, "file", name=shown_path(path))
        index = report.sources[path]
        for reported in group:
            finding = reported.finding
            hint = f" (hint: {finding.hint})" if finding.hint else ""
            element(
                file,
                "error",
                line=index.line(finding.location.start),
                column=index.column_utf8(finding.location.start),
                severity=_SEVERITIES[finding.level],
                message=finding.message + hint,
                source=f"golint-maps.{finding.rule}.{finding.name}",
            )
    return to_xml(root)
