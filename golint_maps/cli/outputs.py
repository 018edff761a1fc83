"""Where the report of `check` goes, and in which formats."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import fail
from golint_maps.cli.terminal import count

if TYPE_CHECKING:
    from golint_maps.engine.outcome import Report
    from golint_maps.report.formats import RenderOptions
    from golint_maps.rule import Rule


class Target(NamedTuple):
    """A format, by name, and the file that it goes to (None: standard output)."""

    format: str
    file: str | None


def targets_of(specs: Sequence[str], output: str | None) -> list[Target]:
    """What to write where. Raises click.UsageError."""
    from golint_maps.project.config import nearest
    from golint_maps.report.formats import formats

    targets = []
    for spec in specs or ("text",):
        name, colon, file = spec.partition(":")
        if name not in formats():
            meant = nearest(name, formats())
            hint = f"did you mean {meant}?" if meant else f"there are: {', '.join(formats())}"
            raise click.BadOptionUsage("--format", f"unknown format {name!r}; {hint}")
        if colon and not file:
            raise click.BadOptionUsage("--format", f"{spec!r} lacks the file: write {name}:FILE, or {name}")
        targets.append(Target(name, file or None))
    direct = [target for target in targets if target.file is None]
    if len(direct) > 1:
        names = ", ".join(target.format for target in direct)
        raise click.UsageError(
            f"only one format can go to standard output, not {names}: write FORMAT:FILE for the others"
        )
    if output is not None and not direct:
        raise click.UsageError("every format has its own file, so there is nothing left for --output")
    return [Target(target.format, target.file or output) for target in targets]


def publish(
    report: Report,
    targets: Sequence[Target],
    rules: Sequence[type[Rule]],
    *,
    color: str,
    cwd: Path,
    quiet: bool,
    statistics: bool,
) -> None:
    """Write the report in each format, files first, so that a closed standard output costs nothing else."""
    from golint_maps.report.formats import RenderOptions

    real = Path(os.path.realpath(cwd))

    def options(colored: bool) -> RenderOptions:
        return RenderOptions(
            rules=tuple(rules),
            color=colored,
            width=terminal.width(),
            summary=not quiet and report.statistics.files > 0,
            statistics=statistics,
            root=real.as_posix(),
            folder=_folder(real),
        )

    for target in sorted(targets, key=lambda target: target.file is None):
        if target.file is None:
            colored = terminal.wants_color(color)
            terminal.write(_rendered(target.format, report, options(colored), quiet), color=colored)
            continue
        try:
            Path(target.file).write_bytes(_rendered(target.format, report, options(color == "always"), quiet))
        except OSError as error:
            fail(f"can't write {target.file}: {error.strerror or error}")


def _rendered(name: str, report: Report, options: RenderOptions, quiet: bool) -> bytes:
    """The report in a format; tells on standard error what the format had to leave out."""
    from golint_maps.report.formats import formats

    data = formats()[name].render(report, options)
    if not quiet and (missing := options.left_out.get("results")):
        terminal.say(
            f"{name}: {count(missing, 'problem')} of the lowest levels left out, as services take no larger file"
        )
    return data


def _folder(cwd: Path) -> str:
    """The way from the top of the repository to `cwd`, with `/` at its end; "" where that is the same, or unknown."""
    top = next((folder for folder in (cwd, *cwd.parents) if (folder / ".git").exists()), cwd)
    return f"{cwd.relative_to(top).as_posix()}/" if top != cwd else ""
