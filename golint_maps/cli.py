"""The command `golint-maps`. Whatever is not needed to read the command line is imported where it is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn, overload

import click

from golint_maps import __version__, configure, terminal

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from golint_maps.engine.mend import Mended
    from golint_maps.engine.outcome import Report
    from golint_maps.engine.store import Store
    from golint_maps.project.config import Settings
    from golint_maps.report.formats import RenderOptions
    from golint_maps.rule import Rule

CLEAN, FOUND, FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
STDIN_FILENAME = "stdin.go"
_CACHE_VARIABLE = "GOLINT_MAPS_CACHE_DIR"
_CACHE_HELP = "The folder for what later runs can use.  [default: one in the user's cache folder]"
BASELINE_NAME = ".golint-maps-baseline"
_RULES_FOLDER = click.option(
    "--rules-folder",
    metavar="DIR",
    help="Load rules of your own from the Python files in DIR, which run with your rights.",
)
_LEVELS = click.Choice(["error", "warning", "note"])
_CONFIDENCES = click.Choice(["high", "medium", "low"])


class _Commands(click.Group):
    """The commands; makes sure that no exit code but 2 tells of a failure."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except terminal.Terminated:
            terminal.say("stopped before the end, nothing was reported", error=True)
            ctx.exit(TERMINATED)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except KeyboardInterrupt:
            terminal.say("interrupted before the end, nothing was reported", error=True)
            ctx.exit(INTERRUPTED)
        except Exception:
            import traceback

            traceback.print_exc()
            terminal.say("internal error: please report it, together with what stands above", error=True)
            ctx.exit(FAILED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a path, tell which command was meant."""
        if args and args[0] not in self.commands and ("/" in args[0] or Path(args[0]).exists()):
            raise click.UsageError(f"to check {args[0]}, write: golint-maps check {args[0]}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="golint-maps")
def main() -> None:
    """Finds unsafe map usage in Go: concurrent access without a common lock, mutation while ranging, misused sync.Map.

    It needs neither a Go toolchain nor a build, and reads code that doesn't compile as far as possible.

    \b
    Examples:
      golint-maps check                      the module in the working directory
      golint-maps check ./... --select GM1   only concurrent access
      golint-maps explain GM101              why a finding matters and how to mend it
      golint-maps rules                      all that can be found
    """


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


@main.command(cls=_Check)
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
@_RULES_FOLDER
@click.option(
    "--allow-rules-folder",
    is_flag=True,
    help="Load the folder that the configuration names under [rules]; only where you trust what you check.",
)
@click.option("--show-settings", is_flag=True, help="Print the settings that hold, and stop.")
@click.option("--show-files", is_flag=True, help="Print the files that would be checked, and stop.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out what matches (as in .gitignore).")
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
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; NO_COLOR and FORCE_COLOR are honoured by 'auto'.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: as it suits]")
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where packages are analysed: in processes here, or on a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler, such as tcp://10.0.0.7:8786.")
@click.option("--cache-dir", envvar=_CACHE_VARIABLE, metavar="DIR", help=_CACHE_HELP)
@click.option("--no-cache", is_flag=True, help="Neither use what earlier runs found out, nor keep it.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option("--timings", is_flag=True, help="Tell where the time went: phases, rules, the slowest packages.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
def check(
    paths: tuple[str, ...],
    specs: tuple[str, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_level: str | None,
    min_confidence: str | None,
    fail_on: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    show_suppressed: bool,
    report_unused_suppressions: bool,
    config_file: str | None,
    rules_folder: str | None,
    allow_rules_folder: bool,
    show_settings: bool,
    show_files: bool,
    exclude: tuple[str, ...],
    force_exclude: bool,
    exclude_tests: bool,
    no_gitignore: bool,
    include_vendor: bool,
    include_testdata: bool,
    include_node_modules: bool,
    include_generated: bool,
    baseline_file: str | None,
    no_baseline: bool,
    diff_base: str | None,
    stdin_filename: str | None,
    color: str,
    jobs: int | None,
    executor: str,
    scheduler: str | None,
    cache_dir: str | None,
    no_cache: bool,
    statistics: bool,
    timings: bool,
    quiet: bool,
) -> None:
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
    from golint_maps.project import config

    cwd = Path.cwd()
    targets = _targets(specs, output)
    _check_fixing(paths, fix=fix, unsafe_fixes=unsafe_fixes, diff=diff)
    paths, overlay = _standard_input(paths, stdin_filename)
    try:
        settings = _settings(
            paths,
            config_file,
            cwd,
            select=_split(select),
            ignore=_split(ignore),
            min_level=min_level,
            min_confidence=min_confidence,
            fail_on=fail_on,
            report_unused_suppressions=report_unused_suppressions or None,
            exclude_tests=exclude_tests or None,
            gitignore=False if no_gitignore else None,
            vendor=include_vendor or None,
            testdata=include_testdata or None,
            node_modules=include_node_modules or None,
            generated=include_generated or None,
        )
        _check_patterns(exclude)
        if show_settings:
            terminal.write(config.show(settings).encode("utf-8", "replace"))
            return
        if show_files:
            from golint_maps.project.discovery import discover

            options = settings.discovery(cwd, exclude=exclude, force_exclude=force_exclude, overlay=overlay)
            found = discover(paths, options, cwd)
            files = sorted({file.path for one in found.packages for file in one.files if file.reported})
            terminal.write("".join(f"{path}\n" for path in files).encode("utf-8", "surrogateescape"))
            return
        from golint_maps.engine import catalogue, run
        from golint_maps.engine.known import Known

        folder = _rules_folder(rules_folder, allow_rules_folder, settings, quiet=quiet)
        store = None if no_cache else _store(cache_dir)
        rules, own_problems = catalogue.known(store, folder)
        for option, selectors in (("--select", _split(select)), ("--ignore", _split(ignore))):
            _check_selectors(option, selectors or (), rules)
        with (
            terminal.Progress(shown=not quiet and sys.stderr.isatty()) as progress,
            _cluster(executor, scheduler) as elsewhere,
        ):
            accepted = None if no_baseline else baseline_file or _configured_baseline(settings)
            known = Known(
                paths, settings, cwd, rules, baseline=accepted, diff_base=diff_base, jobs=jobs or 0, cache=store
            )

            def checked(texts: Mapping[str, bytes]) -> Report:
                found = run.check(
                    paths,
                    settings,
                    cwd=cwd,
                    overlay={**overlay, **texts},
                    exclude=exclude,
                    force_exclude=force_exclude,
                    jobs=jobs or 0,
                    progress=progress,
                    rules=rules,
                    cache=store,
                    executor=elsewhere,
                    show_suppressed=show_suppressed,
                )
                if own_problems:
                    found = replace(found, problems=(*own_problems, *found.problems))
                return known.hidden_in(found)

            if fix or diff:
                from golint_maps.engine.mend import inside, mend

                mended = mend(checked, unsafe=unsafe_fixes, may_change=inside(paths, cwd))
            else:
                mended = None
                report = checked({})
    except (config.ConfigError, KnownError) as error:
        _fail(str(error))
    if mended is not None:
        report = mended.report
        if diff:
            _show_diff(mended, color=color, quiet=quiet)
        _write(mended, cwd, quiet=quiet)
    _publish(report, targets, rules, color=color, cwd=cwd, quiet=quiet, statistics=statistics)
    _tell(report, quiet=quiet, statistics=statistics)
    if timings:
        from golint_maps.report.timings import timings_page

        for line in timings_page(report):
            terminal.say(line)
    if not quiet:
        for note in known.notes():
            terminal.say(note)
    sys.exit(_exit_code(report, settings.fail_on))


@main.command("baseline", short_help="Accept all present findings, so that only new ones are reported.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option(
    "-o", "--output", metavar="FILE", help=f"The baseline.  [default: the configured one, or {BASELINE_NAME}]"
)
@click.option("--config", "config_file", metavar="FILE", help="Take settings from FILE.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out what matches (as in .gitignore).")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: as it suits]")
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

    cwd = Path.cwd()
    try:
        settings = _settings(paths, config_file, cwd)
        _check_patterns(exclude)
        with terminal.Progress(shown=not quiet and sys.stderr.isatty()) as progress:
            report = run.check(paths, settings, cwd=cwd, exclude=exclude, jobs=jobs or 0, progress=progress)
    except ConfigError as error:
        _fail(str(error))
    _tell(report, quiet=quiet, statistics=False)
    if report.problems:
        _fail("no baseline was written, because not all could be checked")
    file = Path(output or _configured_baseline(settings) or BASELINE_NAME)
    try:
        baseline.save(file, baseline.entries(report.findings), cwd)
    except OSError as error:
        _fail(f"can't write {file}: {(error.strerror or str(error)).lower()}")
    if not quiet:
        terminal.say(f"{file} accepts {_count(len(report.findings), 'finding')}")


main.add_command(configure.config)


@main.command(short_help="Print what completes commands and options in a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands and options in SHELL.

    \b
    Examples:
      golint-maps completion bash > ~/.local/share/bash-completion/completions/golint-maps
      golint-maps completion zsh > ~/.zfunc/_golint-maps
      golint-maps completion fish > ~/.config/fish/completions/golint-maps.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    try:
        script = kind(main, {}, "golint-maps", "_GOLINT_MAPS_COMPLETE").source()
    except RuntimeError as error:  # click asks the installed bash for its version
        _fail(str(error))
    terminal.write(script.encode() + b"\n")


@main.command("rules")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="`markdown` writes a folder: the page of each rule, and an index.",
)
@click.option("-o", "--output", metavar="DIR", help="The folder for `--format markdown`.")
@_RULES_FOLDER
def list_rules(form: str, output: str | None, rules_folder: str | None) -> None:
    """List all rules.

    \b
    Examples:
      golint-maps rules
      golint-maps rules --rules-folder lint
      golint-maps rules --format markdown --output docs/rules
    """
    known = _known(rules_folder)
    if (form == "markdown") != (output is not None):
        raise click.UsageError(
            "--format markdown and --output go together: golint-maps rules -f markdown -o docs/rules"
        )
    if output is not None:
        from golint_maps.report.pages import write_pages

        try:
            changed = write_pages(known, Path(output))
        except OSError as error:
            _fail(f"can't write {output}: {error.strerror or error}")
        terminal.say(f"{output}: {_count(len(known), 'rule')}, {_count(changed, 'file')} changed")
        return
    if form == "json":
        import json

        listed = [
            {
                "id": rule.id,
                "name": rule.name,
                "level": rule.level.label,
                "default": rule.default,
                "summary": rule.summary(),
                "page": rule.page(),
            }
            for rule in known
        ]
        terminal.write(json.dumps(listed, indent=2, ensure_ascii=False).encode() + b"\n")
        return
    width = max(len(rule.name) for rule in known)
    for rule in known:
        state = "on " if rule.default else "off"
        line = f"{rule.id}  {rule.name:<{width}}  {rule.level.label:<7}  {state}  {rule.summary()}\n"
        terminal.write(line.encode())


@main.command(short_help="Explain a rule, by its id or name.")
@click.argument("rule", metavar="RULE")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@_RULES_FOLDER
def explain(rule: str, color: str, rules_folder: str | None) -> None:
    """Explain RULE (id or name): what it reports, why that hurts, and how to mend it.

    \b
    Examples:
      golint-maps explain GM101
      golint-maps explain range-delete
    """
    from golint_maps.engine.select import UnknownRuleError, find
    from golint_maps.report.page import render_page

    try:
        wanted = find(rule, _known(rules_folder))
    except UnknownRuleError as error:
        _fail(str(error))
    colored = terminal.wants_color(color)
    level = f"{wanted.level.label}{'' if wanted.default else ', off by default'}"
    title = click.style(f"{wanted.id} {wanted.name}", bold=True) if colored else f"{wanted.id} {wanted.name}"
    page = render_page(wanted.page(), color=colored, width=min(terminal.width(), 100))
    terminal.write(f"{title} ({level})\n\n{page}".encode(), color=colored)


@main.command(short_help="Show what is believed about the maps on a line.")
@click.argument("place", metavar="PATH:LINE")
@click.option("--config", "config_file", metavar="FILE", help="Take settings from FILE.")
def why(place: str, config_file: str | None) -> None:
    """Show what the analysis believes about the maps touched on PATH:LINE.

    For each map: what guards it and why, every access with its threads and locks, and the verdict with the reason for
    a report or for silence.

    \b
    Example:
      golint-maps why server/session.go:41
    """
    path, _, number = place.rpartition(":")
    if not path or not number.isdigit():
        _fail(f"{place!r} is not PATH:LINE, such as server/session.go:41")
    from golint_maps.engine.why import why as explain_line

    cwd = Path.cwd()
    settings = _settings([path], config_file, cwd)
    try:
        text = explain_line(path, int(number), settings, cwd=cwd)
    except LookupError as error:
        _fail(str(error.args[0]))
    terminal.write(text.encode("utf-8", "surrogateescape"), color=False)


@main.group("cache")
def cache_group() -> None:
    """Show or empty the cache, where results are kept for later runs.

    It is bounded in size, and what it holds is found by content, so that there is never a need to empty it.
    """


@cache_group.command("info")
@click.option("--cache-dir", envvar=_CACHE_VARIABLE, metavar="DIR", help=_CACHE_HELP)
def cache_info(cache_dir: str | None) -> None:
    """Tell where the cache is and how much it holds."""
    store = _store(cache_dir, strict=True)
    usage = store.usage()
    terminal.write(f"{store.folder}: {usage.entries:,} entries, {usage.size / 1e6:.1f} MB\n".encode())


@cache_group.command("clean")
@click.option("--cache-dir", envvar=_CACHE_VARIABLE, metavar="DIR", help=_CACHE_HELP)
def cache_clean(cache_dir: str | None) -> None:
    """Remove all entries."""
    store = _store(cache_dir, strict=True)
    removed = store.clean()
    terminal.write(f"{store.folder}: removed {removed.entries:,} entries, {removed.size / 1e6:.1f} MB\n".encode())


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
        _fail(str(error))


@overload
def _store(folder: str | None, *, strict: Literal[True]) -> Store: ...
@overload
def _store(folder: str | None) -> Store | None: ...
def _store(folder: str | None, *, strict: bool = False) -> Store | None:
    """The cache in `folder` (None: where it is by default); one that can't be used is done without, unless `strict`."""
    from golint_maps.engine.store import Store, StoreError, default_folder

    try:
        return Store(folder or default_folder())
    except StoreError as error:
        if strict:
            _fail(str(error))
        terminal.say(str(error))
        return None


@main.command(short_help="Serve an editor (language server).")
@click.option("--stdio", is_flag=True, help="Talk over standard input and output.  [default]")
@click.option("--tcp", metavar="HOST:PORT", help="Listen there for one connection instead.")
@click.option("--log-file", metavar="FILE", help="Log to FILE instead of standard error.")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="warning")
def lsp(stdio: bool, tcp: str | None, log_file: str | None, log_level: str) -> None:
    """Serve an editor by the Language Server Protocol: findings while typing, fixes, explanations.

    Editors start it by themselves; docs/editors.md says how to make them.
    """
    host, _, port = (tcp or ":").rpartition(":")
    if tcp is not None and (not port.isdigit() or int(port) > 65535):
        raise click.BadOptionUsage("--tcp", f"--tcp: {tcp!r} is not HOST:PORT, such as 127.0.0.1:7777")
    if tcp is not None and stdio:
        raise click.UsageError("--stdio and --tcp exclude each other")
    try:
        from golint_maps.lsp.start import start
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        _fail("the language server needs pygls: pip install 'golint-maps[lsp]'")
    try:
        start((host or "127.0.0.1", int(port)) if tcp is not None else None, log_level, log_file)
    except OSError as error:
        _fail(f"can't serve: {error.strerror or error}")


def _configured_baseline(settings: Settings) -> str | None:
    return os.fspath(Path(settings.folder, settings.baseline)) if settings.baseline else None


class _Target(NamedTuple):
    """A format, by name, and the file that it goes to (None: standard output)."""

    format: str
    file: str | None


def _targets(specs: Sequence[str], output: str | None) -> list[_Target]:
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
        targets.append(_Target(name, file or None))
    direct = [target for target in targets if target.file is None]
    if len(direct) > 1:
        names = ", ".join(target.format for target in direct)
        raise click.UsageError(
            f"only one format can go to standard output, not {names}: write FORMAT:FILE for the others"
        )
    if output is not None and not direct:
        raise click.UsageError("every format has its own file, so there is nothing left for --output")
    return [_Target(target.format, target.file or output) for target in targets]


def _standard_input(paths: tuple[str, ...], filename: str | None) -> tuple[tuple[str, ...], Mapping[str, bytes]]:
    """The paths with a name for `-`, and the text of that file. Raises click.UsageError."""
    if "-" not in paths:
        if filename is not None:
            raise click.UsageError("--stdin-filename is for standard input: add the path '-'")
        return paths, {}
    name = filename or STDIN_FILENAME
    text = sys.stdin.buffer.read()
    return tuple(dict.fromkeys(name if path == "-" else path for path in paths)), {name: text}


def _check_fixing(paths: Sequence[str], *, fix: bool, unsafe_fixes: bool, diff: bool) -> None:
    """Whether the options about fixes make sense together. Raises click.UsageError."""
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes says which fixes to make: add --fix, or --diff to see them")
    if fix and not diff and "-" in paths:
        raise click.UsageError("standard input can't be fixed in place: --diff shows what would change")


def _show_diff(mended: Mended, *, color: str, quiet: bool) -> NoReturn:
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
        terminal.say(f"would fix {_count(mended.fixed, 'problem')} in {_count(len(mended.changes), 'file')}")
    sys.exit(FAILED if mended.report.problems else FOUND if mended.changes else CLEAN)


def _write(mended: Mended, cwd: Path, *, quiet: bool) -> None:
    """Write what was fixed, and tell so; a file that can't be written makes the exit code 2."""
    from golint_maps.engine.mend import write

    failures = [failure for change in mended.changes if (failure := write(change, cwd))]
    if not quiet:
        for reason in mended.refused:
            terminal.say(reason)
        if mended.fixed and not failures:
            terminal.say(f"fixed {_count(mended.fixed, 'problem')} in {_count(len(mended.changes), 'file')}")
    if failures:
        for failure in failures:
            terminal.say(failure, error=True)
        sys.exit(FAILED)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _settings(paths: Sequence[str], config_file: str | None, cwd: Path, **given: Any) -> Settings:
    """The settings of the configuration file with those of the command line on top. Raises ConfigError, UsageError."""
    from golint_maps.project import config

    file = Path(config_file) if config_file is not None else config.find_config(paths[0] if paths else ".", cwd)
    return config.merge(config.load(file) if file is not None else config.Settings(), **given)


def _rules_folder(named: str | None, allowed: bool, settings: Settings, *, quiet: bool = False) -> Path | None:
    """The folder of the user's own rules, None for none.

    A configuration comes with the code that is checked. Only the command line can say that its Python may run.
    """
    if named is not None:
        return Path(named)
    if not settings.rules_folder:
        return None
    if not allowed:
        if not quiet:
            terminal.say(
                f"{settings.file}: the rules in {settings.rules_folder!r} are not loaded, for they are Python that runs "
                "with your rights; if you trust them, add --allow-rules-folder"
            )
        return None
    return Path(settings.folder, settings.rules_folder)


def _known(rules_folder: str | None) -> tuple[type[Rule], ...]:
    """All rules, with a word about those that can't be used."""
    from golint_maps.engine import ownrules

    known = ownrules.known(Path(rules_folder) if rules_folder is not None else None)
    for problem in known.problems:
        terminal.say(f"{problem.path}: {problem.detail}", error=True)
    return known.rules


def _check_selectors(option: str, selectors: Sequence[str], rules: Sequence[type[Rule]]) -> None:
    from golint_maps.engine.select import UnknownRuleError, check

    try:
        check(selectors, rules)
    except UnknownRuleError as error:
        raise click.BadOptionUsage(option, f"{option}: {error}") from None


def _check_patterns(patterns: Sequence[str]) -> None:
    from golint_maps.project.ignore import bad_pattern

    for pattern in patterns:
        if complaint := bad_pattern(pattern):
            raise click.BadOptionUsage("--exclude", f"--exclude: {pattern!r} is no pattern: {complaint}")


def _split(values: Sequence[str]) -> tuple[str, ...] | None:
    """The comma-separated items of a repeatable option; None if it was not given."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip()) if values else None


def _publish(
    report: Report,
    targets: Sequence[_Target],
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
            _fail(f"can't write {target.file}: {error.strerror or error}")


def _rendered(name: str, report: Report, options: RenderOptions, quiet: bool) -> bytes:
    """The report in a format; tells on standard error what the format had to leave out."""
    from golint_maps.report.formats import formats

    data = formats()[name].render(report, options)
    if not quiet and (count := options.left_out.get("results")):
        terminal.say(
            f"{name}: {_count(count, 'problem')} of the lowest levels left out, as services take no larger file"
        )
    return data


def _folder(cwd: Path) -> str:
    """The way from the top of the repository to `cwd`, with `/` at its end; "" where that is the same, or unknown."""
    top = next((folder for folder in (cwd, *cwd.parents) if (folder / ".git").exists()), cwd)
    return f"{cwd.relative_to(top).as_posix()}/" if top != cwd else ""


def _tell(report: Report, *, quiet: bool, statistics: bool) -> None:
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


def _exit_code(report: Report, fail_on: str) -> int:
    from golint_maps.finding import Level

    if report.problems:
        return FAILED
    threshold = Level[fail_on.upper()]
    return FOUND if any(reported.finding.level >= threshold for reported in report.findings) else CLEAN


def _fail(message: str) -> NoReturn:
    terminal.say(message, error=True)
    sys.exit(FAILED)
