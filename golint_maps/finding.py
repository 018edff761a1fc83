"""What a finding is: the plain data that rules produce and reports print.

Positions are byte offsets into the UTF-8 bytes of a file, 0-based and half-open; reports turn them into lines and
columns with the file's `golint_maps.syntax.source.LineIndex`, so that no floor below a report has an opinion on columns.
"""

from __future__ import annotations

from enum import IntEnum

from golint_maps.record import record


class Level(IntEnum):
    """How loud a finding is; ordered, so that `level >= Level.WARNING` reads as it is meant."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name in reports and configuration: `note`, `warning` or `error`."""
        return self.name.lower()


class Confidence(IntEnum):
    """How much evidence stands behind a finding (semantics: both threads visible, one visible, only conventions)."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        """The name in reports and configuration: `low`, `medium` or `high`."""
        return self.name.lower()


@record(frozen=True, slots=True)
class Location:
    """A half-open byte range `[start, end)` in one file; `path` is the key under which the engine knows the file."""

    path: str
    start: int
    end: int


@record(frozen=True, slots=True)
class Related:
    """Another place that takes part in a finding, with what happens there: the other access, a lock, a spawn."""

    location: Location
    message: str


@record(frozen=True, slots=True)
class Quoted:
    """A place of another package that takes part in a finding, by what stands there.

    `path` is that of the file, `function` the source of a function up to its body, `text` a piece of the body, all as they
    are written. It becomes a `Related` where the file is at hand.
    """

    path: str
    function: str
    text: str
    message: str


@record(frozen=True, slots=True)
class Edit:
    """Replace the bytes of `location` by `text` (UTF-8 when written)."""

    location: Location
    text: str


@record(frozen=True, slots=True)
class Fix:
    """A rewrite that mends a finding; `safe` means provably equivalent or clearly what was meant."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool


@record(frozen=True, slots=True)
class MissingLock:
    """The lock that a finding says was forgotten, as it is written at the place of the finding.

    `lock` is a Go expression (`h.mu`), `take` and `release` the names of the methods (`RLock`, `RUnlock`).
    """

    lock: str
    take: str
    release: str


@record(frozen=True, slots=True)
class ThreadStep:
    """One step of one goroutine's story: where it is and what it does there.

    `kind` is what kind of step that is: `start` (the goroutine begins), `call`, `lock` (a lock is taken) or `access`
    (the map is touched), or empty. `locks` are those held once it has been made, as text (`s.mu`, `s.mu (shared)`).
    """

    location: Location
    message: str
    kind: str = ""
    locks: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class ThreadTrace:
    """What one goroutine does on its way to a conflict: started here, locks taken here, map touched here.

    The steps are in the order in which they happen; where there is an access, it is the last.
    """

    title: str
    steps: tuple[ThreadStep, ...]


@record(frozen=True, slots=True)
class Finding:
    """A verdict of one rule, with its evidence.

    `rule` is the id (`GM101`), `name` the readable name (`concurrent-map-write`). `message` is one sentence without line
    numbers (they would make it unstable); `map` names the map as `Type.field`, `pkgvar` or `func:local`, or is empty where
    no map is concerned. `hint` says how to mend it. `related` holds the other sides, best witness first, `quoted` those
    in other packages, which are among the `related` of reports. `anchor` is the
    stable identity of the finding within its file besides the text of the line (usually the enclosing function).
    `missing_lock` is the lock that was forgotten, where its name is certain.
    """

    rule: str
    name: str
    level: Level
    confidence: Confidence
    message: str
    location: Location
    map: str = ""
    hint: str = ""
    related: tuple[Related, ...] = ()
    threads: tuple[ThreadTrace, ...] = ()
    anchor: str = ""
    fix: Fix | None = None
    missing_lock: MissingLock | None = None
    quoted: tuple[Quoted, ...] = ()
