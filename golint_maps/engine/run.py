"""One run from paths to report: discovery, order, analysis, and what is kept of its findings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine import select
from golint_maps.engine.fingerprint import with_fingerprints
from golint_maps.engine.outcome import Outcome, Problem, Profile, Report, Statistics
from golint_maps.engine.snapshot import ChangedError, Snapshots
from golint_maps.engine.suppress import Suppressions, UnusedSuppression, may_hold_comments
from golint_maps.finding import Confidence, Finding, Level, Location, Quoted, Related
from golint_maps.project.config import ConfigError, Settings
from golint_maps.project.package import GoFile
from golint_maps.record import record
from golint_maps.rule import Rule, runnable
from golint_maps.syntax.source import LineIndex
from golint_maps.types.hints import NO_HINTS, TypeHints

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from golint_maps.engine.board import Analyse, Progress
    from golint_maps.engine.store import Store
    from golint_maps.flow.models import Spawner
    from golint_maps.project.found import Discovery
    from golint_maps.project.walk import DiscoveryOptions


def known_rules() -> tuple[type[Rule], ...]:
    """All rules that a report may mention, sorted by id: those that are installed, and the engine's own."""
    from golint_maps.engine import ownrules

    return ownrules.known().rules


def check(
    paths: Sequence[str],
    settings: Settings,
    *,
    cwd: Path,
    overlay: Mapping[str, bytes] | None = None,
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    jobs: int = 0,
    progress: Progress | None = None,
    analyse: Analyse | None = None,
    rules: Sequence[type[Rule]] | None = None,
    cache: Store | None = None,
    executor: Executor | None = None,
    show_suppressed: bool = False,
) -> Report:
    """Check `paths` (files, folders, `folder/...`; `cwd` for none) and report what is left after all choices.

    `overlay` maps paths to bytes that stand in for the files on disk. `exclude` are patterns relative to `cwd`, beside
    those of `settings`; with `force_exclude` they also hold for what is named in `paths`. `jobs` is the number of
    processes (0: as it suits), `progress` is called with the packages done and their number. `analyse` and `rules` are
    for tests: the analysis of one package, and the rules to know instead of the installed ones. `cache` remembers results;
    all rules are computed then, so that another choice of rules finds them. The report is the same with and without it. An
    `executor` analyses packages in place of processes of our own (see `engine.anywhere`).
    With `show_suppressed`, findings that comments silence are in the report, apart from the others.

    Raises ConfigError where the settings name a rule that does not exist. What goes wrong with files and packages is in
    the report.
    """
    started = time.perf_counter()
    known = known_rules() if rules is None else tuple(rules)
    chosen = choose(known, settings)
    options = settings.discovery(cwd, exclude=exclude, force_exclude=force_exclude, overlay=overlay)
    request = _Request(paths, settings, cwd, options, known, chosen, jobs, progress, analyse, executor, show_suppressed)
    try:
        work = request.do(cache)
        return _report(request, work, cache, started)
    except ChangedError:  # a file was written while it was being looked at: begin again, with a fresh look
        return _report(request, request.do(cache, fresh=True), cache, started)


@record(frozen=True, slots=True)
class _Work:
    """What was looked at and what came of it, with the time when the looking was done."""

    discovery: Discovery
    outcomes: Sequence[Outcome]
    names: Sequence[str]
    discovered: float


@record(frozen=True, slots=True)
class _Request:
    """What `check` was asked for."""

    paths: Sequence[str]
    settings: Settings
    cwd: Path
    options: DiscoveryOptions
    known: Sequence[type[Rule]]
    chosen: Sequence[type[Rule]]
    jobs: int
    progress: Progress | None
    analyse: Analyse | None
    executor: Executor | None
    show_suppressed: bool = False

    def do(self, store: Store | None, *, fresh: bool = False) -> _Work:
        """Find the packages and their findings, as far as possible in the cache; with `fresh`, look at all files."""
        from golint_maps.engine.cache import PackageCache, identity, outcome_of

        computed = [rule for rule in (self.chosen if store is None else self.known) if rule is not UnusedSuppression]
        cache = snapshots = recalled = None
        if store is not None:
            same = identity(store, self.settings, computed)
            cache = PackageCache(store, same)
            snapshots = Snapshots(store, same, self.paths, self.options, self.cwd)
            recalled = None if fresh else snapshots.recall()
        if recalled is not None and recalled.complete:
            discovered = time.perf_counter()
            wanted = self.wanted()
            packages = recalled.discovery.packages
            outcomes = [outcome_of(recalled.entries[one.import_path], one.files, wanted) for one in packages]
            return _Work(recalled.discovery, outcomes, [one.import_path for one in packages], discovered)

        from golint_maps.engine import schedule
        from golint_maps.engine.order import imports_of, ordered
        from golint_maps.project.discovery import discover

        if recalled is None:
            discovery = discover(self.paths, self.options, self.cwd)
            names = imports_of(discovery)
        else:
            discovery, names = recalled.discovery, recalled.names
            assert cache is not None
            cache.recent, cache.expected = recalled.entries, recalled.facts
        discovered = time.perf_counter()
        steps = ordered(discovery, names)
        outcomes = schedule.run(
            steps,
            lambda: (runnable(computed), self.analyse or _analyse(self.settings)),
            jobs=self.jobs,
            progress=self.progress,
            cache=cache,
            executor=self.executor,
        )
        paths = [step.package.import_path for step in steps]
        if store is not None and snapshots is not None:
            entries = {path: outcome.entry for path, outcome in zip(paths, outcomes, strict=True)}
            snapshots.take(discovery, names, entries)
            if any(outcome.timings is not None for outcome in outcomes):
                store.trim()
        return _Work(discovery, outcomes, paths, discovered)

    def wanted(self) -> Callable[[Any], bool] | None:
        """Which encoded findings may be reported, or may matter for what is; None for all."""
        from golint_maps.engine.cache import worth_decoding

        if UnusedSuppression in self.chosen:
            return None
        # With a least level, a surer finding at the same place may still keep one from being reported.
        least = Level[self.settings.min_level.upper()] == min(Level)
        return worth_decoding(self.chosen, Confidence[self.settings.min_confidence.upper()] if least else 0)


def _report(request: _Request, work: _Work, cache: Store | None, started: float) -> Report:
    discovery, outcomes = work.discovery, work.outcomes
    analysed = time.perf_counter()
    files = {file.path: file for package in discovery.packages for file in package.files}
    sources = _Sources(files)
    keep = _Filter(request.settings, request.cwd, request.known, request.chosen, sources)
    findings = keep.these(finding for outcome in outcomes for finding in outcome.findings)
    silenced = keep.silenced if request.show_suppressed else []
    mentioned = sources.of(location.path for finding in (*findings, *silenced) for location in _locations(finding))
    partly_read = {path for outcome in outcomes for path in outcome.partly_read if path in files}
    partly_read = {path for path in partly_read if files[path].reported}
    notes = [f"{problem.path}: {problem.message}" for problem in discovery.problems if not problem.named]
    if cache is not None and cache.note:
        notes.append(cache.note)
    fingerprinted = with_fingerprints((*findings, *silenced), mentioned)
    ended = time.perf_counter()
    phases = (
        ("discovery", work.discovered - started),
        ("analysis", analysed - work.discovered),
        ("choice", ended - analysed),
    )
    taken = tuple(
        (path, outcome.timings)
        for path, outcome in zip(work.names, outcomes, strict=True)
        if outcome.timings is not None
    )
    return Report(
        findings=fingerprinted[: len(findings)],
        sources=mentioned,
        statistics=Statistics(
            files=sum(file.reported for file in files.values()),
            packages=sum(any(file.reported for file in package.files) for package in discovery.packages),
            partly_read=len(partly_read),
            skipped=discovery.skipped,
            suppressed=len(keep.silenced),
            lines=sum(outcome.lines for outcome in outcomes),
            seconds=ended - started,
        ),
        problems=_problems(discovery, outcomes, request.chosen),
        partly_read=tuple(sorted(partly_read)),
        notes=tuple(notes),
        silenced=fingerprinted[len(findings) :],
        profile=Profile(phases, taken, len(outcomes) - len(taken)),
        checked=tuple(sorted(path for path, file in files.items() if file.reported)),
    )


def spawners(settings: Settings) -> Mapping[str, Spawner]:
    """The configuration's functions that run an argument on another goroutine. Raises ConfigError."""
    if not settings.spawners:
        return {}
    from golint_maps.flow.models import spawners_of

    try:
        return spawners_of(settings.spawners)
    except ValueError as error:
        raise ConfigError(f"{settings.file}: {error}") from None


def type_hints(settings: Settings) -> TypeHints:
    """What the configuration tells about types."""
    return TypeHints(
        frozenset(settings.lock_types),
        frozenset(settings.map_types),
        settings.map_methods,
        frozenset(settings.safe_types),
    )


def _analyse(settings: Settings) -> Analyse:
    from golint_maps.engine.job import analyse  # not before it is needed: it brings the parser

    told, hints = spawners(settings), type_hints(settings)
    return partial(analyse, spawners=told, hints=hints) if told or hints != NO_HINTS else analyse


def choose(known: Sequence[type[Rule]], settings: Settings) -> list[type[Rule]]:
    """Those of the `known` rules that run with these settings. Raises ConfigError for names that mean none of them."""
    for key, selector in settings.rule_names():
        try:
            select.check([selector], known)
        except select.UnknownRuleError as error:
            raise ConfigError(f"{settings.file}: {key}: {error}" if settings.file else f"{key}: {error}") from None
    chosen = select.choose(known, settings.select, settings.ignore)
    if settings.report_unused_suppressions and not any(
        select.matches(ignored, UnusedSuppression) for ignored in settings.ignore
    ):
        chosen = [rule for rule in known if rule in chosen or rule is UnusedSuppression]
    return chosen


def reported(
    findings: Iterable[Finding],
    files: Mapping[str, GoFile],
    settings: Settings,
    *,
    cwd: Path,
    known: Sequence[type[Rule]],
    chosen: Sequence[type[Rule]],
) -> list[Finding]:
    """Those of the `findings` in `files` (by path) that are reported after all choices and comments, sorted."""
    return _Filter(settings, cwd, known, chosen, _Sources(files)).these(findings)


def _problems(discovery: Discovery, outcomes: Iterable[Outcome], chosen: Sequence[type[Rule]]) -> tuple[Problem, ...]:
    unreadable = [
        Problem("unreadable", problem.path, problem.message) for problem in discovery.problems if problem.named
    ]
    wanted = {"", *(rule.id for rule in chosen)}
    internal = [problem for outcome in outcomes for problem in outcome.problems if problem.rule in wanted]
    return tuple(sorted({*unreadable, *internal}, key=lambda problem: (problem.path, problem.kind, problem.detail)))


class _Filter:
    """Decides which findings are reported, and counts those that comments silence."""

    def __init__(
        self,
        settings: Settings,
        cwd: Path,
        known: Sequence[type[Rule]],
        chosen: Sequence[type[Rule]],
        sources: _Sources,
    ) -> None:
        self.level = Level[settings.min_level.upper()]
        self.confidence = Confidence[settings.min_confidence.upper()]
        self.ignored_at: Callable[[str], tuple[str, ...]] = settings.ignored_at(cwd)
        self.levels_at: Callable[[str], tuple[tuple[str, str], ...]] = settings.levels_at(cwd)
        self.known = {rule.id: rule for rule in known}
        self.chosen = chosen
        self.sources = sources
        self.files = sources.files
        self.silenced: list[Finding] = []

    def these(self, found: Iterable[Finding]) -> list[Finding]:
        """The findings to report: sorted, each once."""
        wanted = (self._levelled(finding) for finding in found if self._concerns(finding))
        candidates = _once(_with_known_places(finding, self.files) for finding in wanted)
        # Comments are asked before the thresholds: one that silences what is hidden anyway is still of use.
        reported_on = UnusedSuppression in self.chosen
        if not reported_on:
            candidates = [finding for finding in candidates if self._is_loud_enough(finding)]
        paths = {finding.location.path for finding in candidates}
        if reported_on:
            paths |= {path for path, file in self.files.items() if file.reported}
        spoken = {path for path in paths if may_hold_comments(self.files[path].text)}
        suppressions = Suppressions(self.sources.of(spoken), self.known.values())
        kept: list[Finding] = []
        for finding in candidates:
            silenced = suppressions.silence(finding)
            if self._is_loud_enough(finding):
                if silenced:
                    self.silenced.append(finding)
                else:
                    kept.append(finding)
        if reported_on:
            unused = suppressions.unused(self.chosen)
            kept += [finding for finding in unused if self._concerns(finding) and self._is_loud_enough(finding)]
        return sorted(kept, key=_position)

    def _concerns(self, finding: Finding) -> bool:
        """Whether findings in that file and of that rule are wanted."""
        file = self.files.get(finding.location.path)
        if file is None or not file.reported:
            return False
        rule = self.known.get(finding.rule)
        if rule is not None and rule not in self.chosen:
            return False
        ignored = self.ignored_at(finding.location.path)
        return rule is None or not any(select.matches(selector, rule) for selector in ignored)

    def _levelled(self, finding: Finding) -> Finding:
        """The finding with the level that the configuration gives to its rule in that file: the first that names it."""
        rule = self.known.get(finding.rule)
        if rule is None:
            return finding
        for selector, level in self.levels_at(finding.location.path):
            if select.matches(selector, rule):
                return replace(finding, level=Level[level.upper()])
        return finding

    def _is_loud_enough(self, finding: Finding) -> bool:
        return finding.level >= self.level and finding.confidence >= self.confidence


class _Sources:
    """The files of a run and their line indexes, each made once and only when it is needed."""

    def __init__(self, files: Mapping[str, GoFile]) -> None:
        self.files = files
        self._indexes: dict[str, LineIndex] = {}

    def of(self, paths: Iterable[str]) -> dict[str, LineIndex]:
        """The indexes of these files, sorted by path."""
        wanted = sorted(set(paths))
        for path in wanted:
            if path not in self._indexes:
                self._indexes[path] = LineIndex.of(self.files[path].text)
        return {path: self._indexes[path] for path in wanted}


def _locations(finding: Finding) -> Iterable[Location]:
    yield finding.location
    yield from (related.location for related in finding.related)
    yield from (step.location for thread in finding.threads for step in thread.steps)
    if finding.fix:
        yield from (edit.location for edit in finding.fix.edits)


def _with_known_places(finding: Finding, files: Mapping[str, GoFile]) -> Finding:
    """The finding without places in files that are not at hand, which no report could show, and with those quoted."""
    if finding.quoted:
        found = (_where(one, files) for one in finding.quoted)
        related = (*finding.related, *(one for one in found if one is not None))
        finding = replace(finding, related=related, quoted=())
    if all(location.path in files for location in _locations(finding)):
        return finding
    threads = (
        replace(thread, steps=tuple(step for step in thread.steps if step.location.path in files))
        for thread in finding.threads
    )
    return replace(
        finding,
        related=tuple(related for related in finding.related if related.location.path in files),
        threads=tuple(threads),
        fix=None,
    )


def _where(quoted: Quoted, files: Mapping[str, GoFile]) -> Related | None:
    """The place that is quoted; None where it isn't there any more."""
    file = files.get(quoted.path)
    text = file.text if file is not None else b""
    begin = text.find(quoted.function.encode())
    at = text.find(quoted.text.encode(), begin + len(quoted.function.encode())) if begin >= 0 else -1
    if at < 0:
        return None
    return Related(Location(quoted.path, at, at + len(quoted.text.encode())), quoted.message)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each rule, place and map: the surest, with the most evidence; sorted by position."""
    best: dict[tuple[str, Location, str], Finding] = {}
    for finding in findings:
        key = (finding.rule, finding.location, finding.map)
        other = best.get(key)
        if other is None or _weight(finding) > _weight(other):
            best[key] = finding
    return sorted(best.values(), key=_position)


def _weight(finding: Finding) -> tuple[int, int, int, int]:
    return finding.confidence, finding.level, len(finding.related), len(finding.threads)


def _position(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.location
    return place.path, place.start, place.end, finding.rule, finding.map, finding.message
