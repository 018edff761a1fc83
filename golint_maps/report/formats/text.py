"""Findings for people: place, verdict, source excerpt, the other side of a conflict, and a hint.

    server.go:12:3: error GM101[concurrent-map-write] Server.peers is written by two goroutines without a common lock

Columns count UTF-8 bytes from 1, as Go's own tools do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import click

from golint_maps.engine.outcome import Report
from golint_maps.finding import Finding, Level, Location
from golint_maps.report.excerpt import clean, excerpt, printable_path
from golint_maps.report.formats import RenderOptions
from golint_maps.syntax.source import LineIndex

MAX_RELATED = 6

Paint = Callable[..., str]

COLORS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}


def render(report: Report, options: RenderOptions) -> bytes:
    """The report as text (UTF-8); with ANSI colours if `options.color`."""
    paint = paint_with(options.color)
    lines: list[str] = []
    for reported in report.findings:
        lines += _finding(reported.finding, report.sources, options.width, paint)
        lines.append("")
    if options.statistics:
        lines += [*_statistics(report), ""]
    if options.summary:
        lines.append(_summary(report, paint))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _finding(finding: Finding, sources: dict[str, LineIndex], width: int, paint: Paint) -> Iterator[str]:
    gutter = max(
        len(str(sources[place.path].line(place.start)))
        for place in (finding.location, *(related.location for related in finding.related[:MAX_RELATED]))
    )
    show = partial(_excerpt, sources=sources, gutter=gutter, width=width, paint=paint)
    color = COLORS[finding.level]
    label = paint(finding.level.label, fg=color, bold=True)
    rule = paint(f"{finding.rule}[{finding.name}]", bold=True)
    yield f"{paint(place(finding.location, sources), bold=True)}: {label} {rule} {clean(finding.message)}"
    yield from show(finding.location, mark="^", color=color)
    for related in finding.related[:MAX_RELATED]:
        yield f"  {place(related.location, sources)}: {clean(related.message)}"
        yield from show(related.location, mark="-", color="cyan")
    if len(finding.related) > MAX_RELATED:
        yield f"  … and {_count(len(finding.related) - MAX_RELATED, 'more place')}"
    if finding.hint:
        yield f"  {paint('hint:', fg='green', bold=True)} {clean(finding.hint)}"
    if finding.fix:
        how = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
        yield f"  {paint('fix:', fg='green', bold=True)} {clean(finding.fix.title)} ({how})"


def place(location: Location, sources: dict[str, LineIndex]) -> str:
    """A place as people and editors know it: `path:line:column`, which can be no command to the runner of a CI job."""
    index = sources[location.path]
    return f"{printable_path(location.path)}:{index.line(location.start)}:{index.column_utf8(location.start)}"


def _excerpt(
    location: Location, *, mark: str, color: str, sources: dict[str, LineIndex], gutter: int, width: int, paint: Paint
) -> Iterator[str]:
    index = sources[location.path]
    cut = excerpt(index, location.start, location.end, width - gutter - 5)
    number = paint(f"  {index.line(location.start):>{gutter}} |", dim=True)
    blank = paint(f"  {'':>{gutter}} |", dim=True)
    yield f"{number} {cut.before}{cut.marked}{cut.after}".rstrip()
    yield f"{blank} {' ' * cut.offset}{paint(mark * cut.length, fg=color, bold=True)}"


def _statistics(report: Report) -> Iterator[str]:
    """Counts by rule, most frequent first."""
    counts = Counter((reported.finding.rule, reported.finding.name) for reported in report.findings)
    for (rule, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6}  {rule}  {name}"


def _summary(report: Report, paint: Paint) -> str:
    statistics = report.statistics
    levels = Counter(reported.finding.level for reported in report.findings)
    if levels:
        parts = ", ".join(_count(levels[level], level.label) for level in sorted(Level, reverse=True) if levels[level])
        worst = max(levels)
        found = paint(f"Found {_count(len(report.findings), 'problem')}", fg=COLORS[worst], bold=True)
        verdict = f"{found} ({parts})"
    else:
        verdict = paint("No problems found", fg="green", bold=True)
    where = f" in {_count(statistics.files, 'file')} of {_count(statistics.packages, 'package')}"
    asides = [
        f"{count} {what}"
        for count, what in (
            (statistics.known, "known"),
            (statistics.suppressed, "suppressed"),
            (statistics.partly_read, "partly read"),
        )
        if count
    ]
    return verdict + where + (f"; {', '.join(asides)}" if asides else "") + "."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def paint_with(color: bool) -> Paint:
    """What colours text as `click.style` does, or leaves it as it is."""
    return click.style if color else _plain


def _plain(text: str, **_style: object) -> str:
    return text
