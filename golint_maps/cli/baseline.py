"""The command `golint-maps baseline`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import fail, working_folder
from golint_maps.cli.options import CONFIG_FILE, EXCLUDE, JOBS, check_patterns, settings_for
from golint_maps.cli.telling import tell
from golint_maps.cli.terminal import count

BASELINE_NAME = ".golint-maps-baseline"


@click.command("baseline", short_help="Accept all present findings, so that only new ones are reported.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option(
    "-o", "--output", metavar="FILE", help=f"The baseline.  [default: the configured one, or {BASELINE_NAME}]"
)
@CONFIG_FILE
@EXCLUDE
@JOBS
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def write_baseline(
    paths: tuple[str, ...],
    output: str | None,
    config_file: str | None,
    exclude: tuple[str, ...],
    jobs: int | None,
    quiet: bool,
) -> None:
    """Write a file with all present findings, which `check --baseline FILE` hides from then on.

    Check it in. It knows findings by their code, not by their lines, so it need not be written anew when code moves;
    `check` tells when something in it is no longer needed. Settings come from the configuration file.

    \b
    Examples:
      golint-maps baseline
      golint-maps check --baseline .golint-maps-baseline
    """
    from golint_maps.engine import baseline, run
    from golint_maps.project.config import ConfigError

    cwd = working_folder()
    try:
        settings = settings_for(paths, config_file, cwd)
        file = Path(output or replace(settings, baseline=settings.baseline or BASELINE_NAME).baseline_file() or "")
        check_patterns(exclude)
        with terminal.Progress(shown=not quiet and sys.stderr.isatty()) as progress:
            report = run.check(paths, settings, cwd=cwd, exclude=exclude, jobs=jobs or 0, progress=progress)
    except ConfigError as error:
        fail(str(error))
    tell(report, quiet=quiet, statistics=False)
    if report.problems:
        fail("no baseline was written, because not all could be checked")
    try:
        baseline.save(file, baseline.entries(report.findings), cwd)
    except OSError as error:
        fail(f"can't write {file}: {(error.strerror or str(error)).lower()}")
    if not quiet:
        terminal.say(f"{file} accepts {count(len(report.findings), 'finding')}")
