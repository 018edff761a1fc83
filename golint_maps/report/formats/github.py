"""Findings as workflow commands, which GitHub Actions shows as annotations of the changed lines.

    ::error file=server.go,line=12,col=3,title=GM101 concurrent-map-write::Server.peers is written …

GitHub keeps the first ten annotations of each level in a step. So the worst and surest come first, and all are in the
log. Columns count UTF-16 units from 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from golint_maps.engine.outcome import Report
from golint_maps.finding import Finding, Level
from golint_maps.report.encode import shown_path
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions
from golint_maps.report.regions import region
from golint_maps.syntax.source import LineIndex

MAX_PER_LEVEL = 10
MAX_TITLE = 255
MAX_MESSAGE = 64_000
"""In characters, before they are escaped; GitHub takes 64 KB."""
MAX_RELATED = 6

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report, options: RenderOptions) -> bytes:
    """One command on a line (UTF-8) for each finding, and a last line in words where GitHub will not show them all."""
    findings = sorted(
        (reported.finding for reported in report.findings),
        key=lambda finding: (-finding.level, -finding.confidence),
    )
    lines = [_command(finding, report.sources, options.folder) for finding in findings]
    counts = Counter(finding.level for finding in findings)
    if any(count > MAX_PER_LEVEL for count in counts.values()):
        lines.append(
            f"golint-maps: {len(findings):,} problems are in this log; "
            f"GitHub shows the first {MAX_PER_LEVEL} annotations of each level"
        )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _command(finding: Finding, sources: dict[str, LineIndex], folder: str) -> str:
    location = finding.location
    index = sources[location.path]
    place = region(index, location.start, location.end, index.column_utf16)
    properties: dict[str, object] = {
        "file": clean(shown_path(location.path, folder)),
        "line": place.start_line,
        "endLine": place.end_line,
    }
    if place.start_line == place.end_line:  # GitHub refuses columns of a range over several lines
        properties |= {"col": place.start_column, "endColumn": place.end_column}
    properties["title"] = f"{finding.rule} {finding.name}"[:MAX_TITLE]
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = "\n".join(_words(finding, sources, folder))
    return f"::{_COMMANDS[finding.level]} {given}::{_data(message[:MAX_MESSAGE])}"


def _words(finding: Finding, sources: dict[str, LineIndex], folder: str) -> Iterator[str]:
    yield clean(finding.message)
    for related in finding.related[:MAX_RELATED]:
        index = sources[related.location.path]
        path = clean(shown_path(related.location.path, folder))
        yield f"{path}:{index.line(related.location.start)}: {clean(related.message)}"
    if finding.hint:
        yield f"Hint: {clean(finding.hint)}"


def _data(text: str) -> str:
    """The text of a command: it ends with the line, and `%` starts an escape."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property's value, which also ends at a comma or colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
