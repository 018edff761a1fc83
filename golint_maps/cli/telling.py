"""What is said on standard error about a run, whatever the format of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from golint_maps.cli import terminal

if TYPE_CHECKING:
    from golint_maps.engine.outcome import Report


def tell(report: Report, *, quiet: bool, statistics: bool) -> None:
    """Say on standard error what else there is to know about a run."""
    numbers = report.statistics
    for problem in report.problems:
        kind = "internal error: " if problem.kind == "internal" else ""
        terminal.say(f"{kind}{problem.path}: {problem.detail}", error=True)
    if quiet:
        return
    for note in report.notes:
        terminal.say(note)
    if report.partly_read:
        some = ", ".join(report.partly_read[:5]) + (", …" if len(report.partly_read) > 5 else "")
        count = len(report.partly_read)
        what = "1 file has" if count == 1 else f"{count} files have"
        terminal.say(f"{what} syntax that could not be read, or a function too large; the rest was checked: {some}")
    if not numbers.files and not report.problems:
        skipped = f" ({numbers.skipped} skipped; --show-files lists what is checked)" if numbers.skipped else ""
        terminal.say(f"no Go files to check{skipped}")
    if statistics:
        terminal.say(f"{numbers.seconds:.2f} seconds; {numbers.files:,} files, {numbers.lines:,} lines")
