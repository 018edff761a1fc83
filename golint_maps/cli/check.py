"""The command `golint-maps check`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import CLEAN, FAILED, FOUND, fail, working_folder
from golint_maps.cli.fixing import check_fixing, show_diff, write
from golint_maps.cli.options import (
    CACHE_FOLDER,
    COLOR,
    EXCLUDE,
    JOBS,
    RULES_FOLDER,
    check_patterns,
    open_store,
    settings_for,
)
from golint_maps.cli.outputs import Target, publish, targets_of
from golint_maps.cli.telling import tell
from golint_maps.record import record

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from golint_maps.engine.outcome import Report
    from golint_maps.project.config import Settings
    from golint_maps.rule import Rule

STDIN_FILENAME = "stdin.go"
_LEVELS = click.Choice(["error", "warning", "note"])
_CONFIDENCES = click.Choice(["high", "medium", "low"])


@record(frozen=True, slots=True)
class Asked:
    """What the command line says; each field is the option, or the arguments, of that name."""

    paths: tuple[str, ...]
    specs: tuple[str, ...]
    output: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    min_level: str | None
    min_confidence: str | None
    fail_on: str | None
    fix: bool
    unsafe_fixes: bool
    diff: bool
    show_suppressed: bool
    report_unused_suppressions: bool
    config_file: str | None
    rules_folder: str | None
    allow_rules_folder: bool
    show_settings: bool
    show_files: bool
    exclude: tuple[str, ...]
    force_exclude: bool
    exclude_tests: bool
    no_gitignore: bool
    include_vendor: bool
    include_testdata: bool
    include_node_modules: bool
    include_generated: bool
    baseline_file: str | None
    no_baseline: bool
    diff_base: str | None
    stdin_filename: str | None
    color: str
    jobs: int | None
    executor: str
    scheduler: str | None
    cache_dir: str | None
    no_cache: bool
    statistics: bool
    timings: bool
    quiet: bool


class _Check(click.Command):
    """`check`, whose help lists the formats that there are."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands below the options."""
        from golint_maps.report.formats import formats

        with formatter.section("Formats"):
            units = "Columns count from 1, in UTF-8 bytes (as in Go's tools) or, in sarif, UTF-16 units."
            formatter.write_text(f"{', '.join(formats())}. {units}")
        with formatter.section("Exit codes"):
            formatter.write_dl(
                [
                    (str(CLEAN), "nothing at or above --fail-on"),
                    (str(FOUND), "findings"),
                    (str(FAILED), "wrong usage or configuration, a named file can't be read, or an internal error"),
                ]
            )


@click.command(cls=_Check)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option(
    "-f",
    "--format",
    "specs",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help="Output format, and perhaps the file to write it to; repeatable.  [default: text]",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE what would go to standard output.")
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Only these rules: ids, groups (GM1), names or ALL; comma separated.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
@click.option("--min-level", type=_LEVELS, help="Report nothing below this level.  [default: note]")
@click.option("--min-confidence", type=_CONFIDENCES, help="Report nothing less certain.  [default: medium]")
@click.option("--fail-on", type=_LEVELS, help="The least level that makes the exit code 1.  [default: warning]")
@click.option("--fix", is_flag=True, help="Make the safe fixes, in place, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also those that may change the meaning.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, as a unified diff, and write nothing.")
@click.option("--show-suppressed", is_flag=True, help="Have suppressed findings in json and sarif, marked as such.")
@click.option("--report-unused-suppressions", is_flag=True, help="Report comments that suppress nothing.")
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    help="Configuration file.  [default: .golint-maps.toml, found upward from the first path]",
)
@RULES_FOLDER
@click.option(
    "--allow-rules-folder",
    is_flag=True,
    help="Load the folder that the configuration names under [rules]; only where you trust what you check.",
)
@click.option("--show-settings", is_flag=True, help="Print the settings that hold, and stop.")
@click.option("--show-files", is_flag=True, help="Print the files that would be checked, and stop.")
@EXCLUDE
@click.option("--force-exclude", is_flag=True, help="Apply excludes also to what is named in PATHS.")
@click.option("--exclude-tests", is_flag=True, help="Leave out _test.go files.")
@click.option("--no-gitignore", is_flag=True, help="Check what git ignores, too.")
@click.option("--include-vendor", is_flag=True, help="Enter vendor folders.")
@click.option("--include-testdata", is_flag=True, help="Enter testdata folders.")
@click.option("--include-node-modules", is_flag=True, help="Enter node_modules folders.")
@click.option("--include-generated", is_flag=True, help="Report on generated files.")
@click.option("--baseline", "baseline_file", metavar="FILE", help="Hide the findings that FILE accepts.")
@click.option("--no-baseline", is_flag=True, help="Report also what the configured baseline accepts.")
@click.option("--diff-base", metavar="REV", help="Report only what changes since the git revision REV introduced.")
@click.option("--stdin-filename", metavar="FILE", help="The file that standard input stands for, where PATHS has '-'.")
@COLOR
@JOBS
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where packages are analysed: in processes here, or on a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler, such as tcp://10.0.0.7:8786.")
@CACHE_FOLDER
@click.option("--no-cache", is_flag=True, help="Neither use what earlier runs found out, nor keep it.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option("--timings", is_flag=True, help="Tell where the time went: phases, rules, the slowest packages.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
def check(**given: Any) -> None:
    """Check Go code for unsafe map usage.

    PATHS are files or folders (with all below them, as with ./...); the working directory if there are none.
    Named files are reported on alone, while the rest of their packages is still read. '-' is standard input.

    \b
    Examples:
      golint-maps check
      golint-maps check server.go internal/cache
      golint-maps check --select GM1,GM302 --min-confidence low
      golint-maps check --format text --format sarif:golint-maps.sarif
      golint-maps check --format json -o findings.json
      golint-maps check - --stdin-filename server.go < server.go
      golint-maps check --diff --unsafe-fixes

    \b
    To silence a finding, say why beside it:
      //nolint:GM101 // only ever called from one goroutine
    """
    terminal.end_in_order()
    from golint_maps.engine.known import KnownError
    from golint_maps.project.config import ConfigError

    asked = Asked(**given)
    cwd = working_folder()
    targets = targets_of(asked.specs, asked.output)
    check_fixing(asked.paths, fix=asked.fix, unsafe_fixes=asked.unsafe_fixes, diff=asked.diff)
    paths, overlay = _standard_input(asked.paths, asked.stdin_filename)
    asked = replace(asked, paths=paths)
    try:
        settings = _settings(asked, cwd)
        check_patterns(asked.exclude)
        if asked.show_settings:
            _show_settings(settings)
        elif asked.show_files:
            _show_files(asked, settings, overlay, cwd)
        else:
            _check(asked, settings, targets, overlay, cwd)
    except (ConfigError, KnownError) as error:
        fail(str(error))


def _settings(asked: Asked, cwd: Path) -> Settings:
    return settings_for(
        asked.paths,
        asked.config_file,
        cwd,
        select=_split(asked.select),
        ignore=_split(asked.ignore),
        min_level=asked.min_level,
        min_confidence=asked.min_confidence,
        fail_on=asked.fail_on,
        report_unused_suppressions=asked.report_unused_suppressions or None,
        exclude_tests=asked.exclude_tests or None,
        gitignore=False if asked.no_gitignore else None,
        vendor=asked.include_vendor or None,
        testdata=asked.include_testdata or None,
        node_modules=asked.include_node_modules or None,
        generated=asked.include_generated or None,
    )


def _show_settings(settings: Settings) -> None:
    from golint_maps.project.config import show

    terminal.write(show(settings).encode("utf-8", "replace"))


def _show_files(asked: Asked, settings: Settings, overlay: Mapping[str, bytes], cwd: Path) -> None:
    from golint_maps.project.discovery import discover
    from golint_maps.report.excerpt import printable_path

    options = settings.discovery(cwd, exclude=asked.exclude, force_exclude=asked.force_exclude, overlay=overlay)
    found = discover(asked.paths, options, cwd)
    files = sorted({file.path for one in found.packages for file in one.files if file.reported})
    terminal.write("".join(f"{printable_path(path)}\n" for path in files).encode("utf-8", "replace"))


def _check(
    asked: Asked, settings: Settings, targets: Sequence[Target], overlay: Mapping[str, bytes], cwd: Path
) -> NoReturn:
    """Check, fix if that was asked for, report, and end with the exit code that tells of it."""
    from golint_maps.engine import catalogue, run
    from golint_maps.engine.known import Known

    quiet = asked.quiet
    folder = _rules_folder(asked, settings)
    store = None if asked.no_cache else open_store(asked.cache_dir)
    rules, own_problems = catalogue.known(store, folder)
    _check_selectors("--select", asked.select, rules)
    _check_selectors("--ignore", asked.ignore, rules)
    with (
        terminal.Progress(shown=not quiet and sys.stderr.isatty()) as progress,
        _cluster(asked.executor, asked.scheduler) as elsewhere,
    ):
        known = Known(
            asked.paths,
            settings,
            cwd,
            rules,
            baseline=None if asked.no_baseline else asked.baseline_file or settings.baseline_file(),
            diff_base=asked.diff_base,
            jobs=asked.jobs or 0,
            cache=store,
        )

        def checked(texts: Mapping[str, bytes]) -> Report:
            found = run.check(
                asked.paths,
                settings,
                cwd=cwd,
                overlay={**overlay, **texts},
                exclude=asked.exclude,
                force_exclude=asked.force_exclude,
                jobs=asked.jobs or 0,
                progress=progress,
                rules=rules,
                cache=store,
                executor=elsewhere,
                show_suppressed=asked.show_suppressed,
            )
            if own_problems:
                found = replace(found, problems=(*own_problems, *found.problems))
            return known.hidden_in(found)

        if asked.fix or asked.diff:
            from golint_maps.engine.mend import inside, mend

            mended = mend(checked, unsafe=asked.unsafe_fixes, may_change=inside(asked.paths, cwd))
            report = mended.report
        else:
            mended = None
            report = checked({})
    if mended is not None:
        if asked.diff:
            show_diff(mended, color=asked.color, quiet=quiet)
        write(mended, cwd, quiet=quiet)
    publish(report, targets, rules, color=asked.color, cwd=cwd, quiet=quiet, statistics=asked.statistics)
    tell(report, quiet=quiet, statistics=asked.statistics)
    if asked.timings:
        from golint_maps.report.timings import timings_page

        for line in timings_page(report):
            terminal.say(line)
    if not quiet:
        for note in known.notes():
            terminal.say(note)
    sys.exit(_exit_code(report, settings.fail_on))


def _standard_input(paths: tuple[str, ...], filename: str | None) -> tuple[tuple[str, ...], Mapping[str, bytes]]:
    """The paths with a name for `-`, and the text of that file. Raises click.UsageError."""
    if "-" not in paths:
        if filename is not None:
            raise click.UsageError("--stdin-filename is for standard input: add the path '-'")
        return paths, {}
    name = filename or STDIN_FILENAME
    text = sys.stdin.buffer.read()
    return tuple(dict.fromkeys(name if path == "-" else path for path in paths)), {name: text}


def _rules_folder(asked: Asked, settings: Settings) -> Path | None:
    """The folder of the user's own rules, None for none.

    A configuration comes with the code that is checked. Only the command line can say that its Python may run.
    """
    if asked.rules_folder is not None:
        return Path(asked.rules_folder)
    if not settings.rules_folder:
        return None
    if not asked.allow_rules_folder:
        if not asked.quiet:
            terminal.say(
                f"{settings.file}: the rules in {settings.rules_folder!r} are not loaded, for they are Python that runs "
                "with your rights; if you trust them, add --allow-rules-folder"
            )
        return None
    return Path(settings.folder, settings.rules_folder)


def _check_selectors(option: str, given: Sequence[str], rules: Sequence[type[Rule]]) -> None:
    from golint_maps.engine.select import UnknownRuleError, check

    try:
        check(_split(given) or (), rules)
    except UnknownRuleError as error:
        raise click.BadOptionUsage(option, f"{option}: {error}") from None


def _split(values: Sequence[str]) -> tuple[str, ...] | None:
    """The comma-separated items of a repeatable option; None if it was not given."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip()) if values else None


@contextmanager
def _cluster(executor: str, scheduler: str | None) -> Iterator[Executor | None]:
    """The executor that was asked for; None for processes of our own."""
    if executor == "local":
        if scheduler is not None:
            raise click.UsageError("--scheduler is for a cluster: add --executor dask")
        yield None
        return
    if scheduler is None:
        raise click.UsageError("--executor dask needs the address of its scheduler: add --scheduler ADDRESS")
    from golint_maps.engine.anywhere import ClusterError, dask_executor

    try:
        with dask_executor(scheduler) as found:
            yield found
    except ClusterError as error:
        fail(str(error))


def _exit_code(report: Report, fail_on: str) -> int:
    from golint_maps.finding import Level

    if report.problems:
        return FAILED
    threshold = Level[fail_on.upper()]
    return FOUND if any(reported.finding.level >= threshold for reported in report.findings) else CLEAN
