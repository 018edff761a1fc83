"""What is known already, and so not reported again: what a baseline accepts, and what is older than a change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from golint_maps.engine import run
from golint_maps.engine.outcome import Report
from golint_maps.engine.store import Store
from golint_maps.finding import Confidence, Level
from golint_maps.project.config import Settings
from golint_maps.project.keys import Keys
from golint_maps.rule import Rule

if TYPE_CHECKING:
    from golint_maps.engine.baseline import Entry


class KnownError(Exception):
    """A baseline or a revision that can't be used; its text is one line for people and says what to do."""


class Known:
    """Hides what is known from the reports of one command."""

    def __init__(
        self,
        paths: Sequence[str],
        settings: Settings,
        cwd: Path,
        rules: Sequence[type[Rule]],
        *,
        baseline: str | None = None,
        diff_base: str | None = None,
        jobs: int = 0,
        cache: Store | None = None,
    ) -> None:
        """`paths` and `settings` are those of the check, `rules` all that are known.

        `baseline` is a file (relative to the absolute `cwd`), `diff_base` a git revision, `jobs` and
        `cache` are for the analysis of that revision. Raises KnownError where the
        file is no baseline.
        """
        self.paths = paths
        self.settings = settings
        self.cwd = cwd
        self.rules = rules
        self.file = baseline
        self.accepted: tuple[Entry, ...] = self._read(baseline) if baseline else ()
        self.diff_base = diff_base
        self.jobs = jobs
        self.cache = cache
        self.unneeded: tuple[Entry, ...] = ()
        self.note = ""

    def hidden_in(self, report: Report) -> Report:
        """The report without what is known. Raises KnownError where git can't tell what was there before."""
        if not self.file and not self.diff_base:
            return report
        from golint_maps.engine import baseline as baselines

        if self.file:
            hidden = baselines.hide(report, self.accepted)
            self.unneeded = self._stale(hidden.unneeded, hidden.report)
            report = hidden.report
        if self.diff_base:
            report = baselines.hide(report, self._older(report, self.diff_base)).report
        return report

    def notes(self) -> list[str]:
        """What a person should know about it, one line each; nothing of it is a failure."""
        notes = [self.note] if self.note else []
        if self.unneeded:
            some = ", ".join(f"{entry.rule} {entry.map} in {entry.path}" for entry in self.unneeded[:3])
            more = ", …" if len(self.unneeded) > 3 else ""
            what = "1 finding that is" if len(self.unneeded) == 1 else f"{len(self.unneeded)} findings that are"
            advice = "`golint-maps baseline` writes it anew"
            notes.append(f"{self.file} accepts {what} no longer there ({some}{more}); {advice}")
        return notes

    def _read(self, file: str) -> tuple[Entry, ...]:
        from golint_maps.engine import baseline as baselines

        try:
            return baselines.load(self.cwd / file, self.cwd)
        except OSError as error:
            hint = "; `golint-maps baseline` writes one" if isinstance(error, FileNotFoundError) else ""
            reason = (error.strerror or str(error)).lower()
            raise KnownError(f"can't read the baseline {file}: {reason}{hint}") from error
        except baselines.BaselineError as error:
            raise KnownError(f"{file}: {error}") from error

    def _stale(self, unneeded: Sequence[Entry], report: Report) -> tuple[Entry, ...]:
        from golint_maps.engine import baseline as baselines

        keys = Keys(os.fspath(self.cwd))
        named = [path.removesuffix("...") or "." for path in self.paths or (".",)]
        return baselines.stale(
            unneeded,
            rules=[rule.id for rule in run.choose(self.rules, self.settings)],
            files=report.checked,
            folders=[keys.key(keys.path(path)) for path in named if (self.cwd / path).is_dir()],
            level=Level[self.settings.min_level.upper()],
            confidence=Confidence[self.settings.min_confidence.upper()],
        )

    def _older(self, report: Report, revision: str) -> tuple[Entry, ...]:
        from golint_maps.engine import since
        from golint_maps.project.git import GitError

        def check(paths: Sequence[str], settings: Settings, cwd: Path) -> Report:
            return run.check(paths, settings, cwd=cwd, jobs=self.jobs, rules=self.rules, cache=self.cache)

        try:
            found = since.older(revision, report, self.settings, self.cwd, check)
        except GitError as error:
            raise KnownError(f"--diff-base: {error}") from error
        self.note = found.base.note
        return found.accepted
