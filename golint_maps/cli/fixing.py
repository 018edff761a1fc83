"""The options of `check` about fixes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import CLEAN, FAILED, FOUND
from golint_maps.cli.terminal import count

if TYPE_CHECKING:
    from golint_maps.engine.mend import Mended


def check_fixing(paths: Sequence[str], *, fix: bool, unsafe_fixes: bool, diff: bool) -> None:
    """Whether the options about fixes make sense together. Raises click.UsageError."""
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes says which fixes to make: add --fix, or --diff to see them")
    if fix and not diff and "-" in paths:
        raise click.UsageError("standard input can't be fixed in place: --diff shows what would change")


def show_diff(mended: Mended, *, color: str, quiet: bool) -> NoReturn:
    """Print what would change, and stop: with 1 if anything would."""
    from golint_maps.engine.fix import unified_diff

    colored = terminal.wants_color(color)
    paints = {
        "+++": {"bold": True},
        "---": {"bold": True},
        "+": {"fg": "green"},
        "-": {"fg": "red"},
        "@": {"fg": "cyan"},
    }
    for change in mended.changes:
        text = unified_diff(change.path, change.before, change.after)
        if sys.stdout.isatty():  # elsewhere it may be for `patch`, which wants it as it is
            text = "".join(f"{_on_terminal(line)}\n" for line in text.split("\n")[:-1])
        if colored:
            lines = text.splitlines(keepends=True)
            text = "".join(
                next((click.style(line, **how) for start, how in paints.items() if line.startswith(start)), line)  # type: ignore[arg-type]
                for line in lines
            )
        terminal.write(text.encode("utf-8", "surrogateescape"), color=colored)
    for problem in mended.report.problems:
        terminal.say(f"{problem.path}: {problem.detail}", error=True)
    if not quiet:
        for reason in mended.refused:
            terminal.say(reason)
        terminal.say(f"would fix {count(mended.fixed, 'problem')} in {count(len(mended.changes), 'file')}")
    sys.exit(FAILED if mended.report.problems else FOUND if mended.changes else CLEAN)


def _on_terminal(line: str) -> str:
    from golint_maps.report.excerpt import clean

    return "\t".join(map(clean, line.removesuffix("\r").split("\t")))


def write(mended: Mended, cwd: Path, *, quiet: bool) -> None:
    """Write what was fixed, and tell so; a file that can't be written makes the exit code 2."""
    from golint_maps.engine.mend import write

    failures = [failure for change in mended.changes if (failure := write(change, cwd))]
    if not quiet:
        for reason in mended.refused:
            terminal.say(reason)
        if mended.fixed and not failures:
            terminal.say(f"fixed {count(mended.fixed, 'problem')} in {count(len(mended.changes), 'file')}")
    if failures:
        for failure in failures:
            terminal.say(failure, error=True)
        sys.exit(FAILED)
