"""What the worker tells the server about files: plain data in the editor's terms, ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lsprotocol import types

from golint_maps.record import record


@record(frozen=True, slots=True)
class Repair:
    """A rewrite that an editor can apply: text edits by URI. Safe ones may be applied without being asked about."""

    title: str
    safe: bool
    edits: Mapping[str, tuple[types.TextEdit, ...]]


@record(frozen=True, slots=True)
class Shown:
    """One finding: the diagnostic, its rule (id), and what can be done about it.

    `guarding` is the text of the lock calls to put around the reported statement, and which bytes are reported.
    """

    diagnostic: types.Diagnostic
    rule: str
    repair: Repair | None = None
    guarding: Repair | None = None


@record(frozen=True, slots=True)
class Note:
    """What is believed about one map: shown where it is declared (which carries the code lens) and where it is touched."""

    title: str
    text: str
    declared: types.Range | None
    touched: tuple[types.Range, ...]


@record(frozen=True, slots=True)
class FileView:
    """All that there is to show in one file.

    `fix_all` makes all safe fixes that can be made together, `fix_rules` those of each rule (by id) with several of them.
    """

    shown: tuple[Shown, ...] = ()
    notes: tuple[Note, ...] = ()
    fix_all: Repair | None = None
    fix_rules: Mapping[str, Repair] = field(default_factory=dict)


@record(frozen=True, slots=True)
class PackageView:
    """The outcome of one analysis: views of all files of a package, by path.

    `versions` are the versions of those that were open: whoever knows of a newer one has to drop the whole view, since
    the ranges of each file depend on the text of all.
    """

    name: str
    files: Mapping[str, FileView]
    versions: Mapping[str, int | None]
    problems: tuple[str, ...] = ()
    seconds: float = 0.0


@record(frozen=True, slots=True)
class Gone:
    """Files of which there is nothing more to say: deleted, excluded, or no longer asked about."""

    paths: tuple[str, ...]


@record(frozen=True, slots=True)
class Working:
    """The worker is about to analyse a package of the session `root`; `done` of `total` packages are up to date."""

    root: str
    name: str
    done: int
    total: int


@record(frozen=True, slots=True)
class Idle:
    """Everything is up to date. `answered` is the number of the last message that was taken in."""

    answered: int


@record(frozen=True, slots=True)
class Complaint:
    """Something for people to know: a configuration that can't be used, a rule that failed."""

    text: str
    serious: bool = True


@record(frozen=True, slots=True)
class Text:
    """An open document: its path, the URI under which the editor knows it, its version and its bytes (UTF-8)."""

    path: str
    uri: str
    version: int | None
    text: bytes = field(repr=False)
