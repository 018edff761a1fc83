"""What a run hands to the reports: plain data, no trees, no paths to open."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from golint_maps.finding import Finding
from golint_maps.record import record
from golint_maps.syntax.source import LineIndex


@record(frozen=True, slots=True)
class Problem:
    """Something that kept a file or package from being (wholly) analysed.

    `kind` is `unreadable`, `config` or `internal`; each of them makes the exit code 2 where the file was named by the
    user (`unreadable`) or always (`internal`). `detail` is for people, one line. `rule` is the id of the rule that failed,
    "" for problems that have nothing to do with one rule.
    """

    kind: str
    path: str
    detail: str
    rule: str = ""


@record(frozen=True, slots=True)
class Timings:
    """Where the time of one package went, in seconds: by phase of the analysis and by id of the rule."""

    phases: tuple[tuple[str, float], ...] = ()
    rules: tuple[tuple[str, float], ...] = ()

    @property
    def seconds(self) -> float:
        """The time for the package; that of the rules is one of the phases."""
        return sum(seconds for _, seconds in self.phases)


@record(frozen=True, slots=True)
class Outcome:
    """What is kept of the analysis of one package; there are no timings for one whose result was remembered.

    `entry` is what the cache keeps of it, None where there is no cache or nothing to keep.
    """

    findings: tuple[Finding, ...] = ()
    partly_read: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: int = 0
    timings: Timings | None = field(default=None, compare=False)
    entry: Any = field(default=None, compare=False, repr=False)


@record(frozen=True, slots=True)
class ReportedFinding:
    """A finding with its place in lines and columns as the reports need it.

    `fingerprint` is content based (see `engine.fingerprint`) and stays the same when lines and files move. Paths inside
    `finding` are keys of `Report.sources`.
    """

    finding: Finding
    fingerprint: str


@record(frozen=True, slots=True)
class Statistics:
    """Counts of one run; `seconds` is wall time. `known` findings are hidden by a baseline or an older commit."""

    files: int = 0
    packages: int = 0
    partly_read: int = 0
    skipped: int = 0
    suppressed: int = 0
    known: int = 0
    lines: int = 0
    seconds: float = 0.0


@record(frozen=True, slots=True)
class Profile:
    """Where the time of a run went: seconds by phase of the run, and those of each package that was analysed.

    The times of packages add up over processes. `remembered` counts the packages that did not have to be analysed.
    """

    phases: tuple[tuple[str, float], ...] = ()
    packages: tuple[tuple[str, Timings], ...] = ()
    remembered: int = 0


@record(frozen=True, slots=True)
class Report:
    """The result of one run, sorted by path, position and rule: identical from run to run but for `seconds`.

    `sources` maps every path that occurs in a finding (relative to the working directory, with `/`) to the line index of
    its text, so that reports can compute columns in any unit and show excerpts. `partly_read` lists paths whose syntax
    tree has errors, `checked` those of all files that were to be reported on. `unused_suppressions` are ordinary findings
    of the pseudo rule `unused-suppression`. `silenced` are those that comments suppress, where they were asked for.
    """

    findings: tuple[ReportedFinding, ...]
    sources: dict[str, LineIndex]
    statistics: Statistics
    problems: tuple[Problem, ...] = ()
    partly_read: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    profile: Profile = field(default_factory=lambda: Profile(), compare=False)
    checked: tuple[str, ...] = ()
    silenced: tuple[ReportedFinding, ...] = ()
