"""A module in memory: its packages, their facts and findings, kept up to date as texts change.

What it finds is what `golint-maps check` finds in the same texts. A change makes the packages dirty that it concerns, and
`analyse` cleans one at a time, so that whoever drives it decides what comes first and when to stop. It has no opinion on
editors.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields, is_dataclass, replace
from pathlib import Path

from golint_maps.engine import run
from golint_maps.engine.job import examine
from golint_maps.engine.order import Step, ordered
from golint_maps.engine.outcome import Problem
from golint_maps.engine.suppress import UnusedSuppression
from golint_maps.engine.visible import VisibleFacts
from golint_maps.finding import Finding
from golint_maps.flow.facts import PackageFacts
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.reuse import Reuse
from golint_maps.project.config import Settings
from golint_maps.project.discovery import Discovery, discover, read_folder
from golint_maps.project.keys import Keys
from golint_maps.project.modules import Modules
from golint_maps.project.package import GoFile, Package
from golint_maps.project.walk import ListedFile
from golint_maps.record import record
from golint_maps.syntax.source import LineIndex

# Paths are plain strings, as on the floor that reads them.
# ruff: noqa: PTH118, PTH120

# Where a declaration stands is no part of what importers learn from it.
_PLACES = frozenset({"at", "fields_at"})


@record(frozen=True, slots=True)
class Analysed:
    """What the analysis of one package gave: the findings to report, the flow for further questions, and problems."""

    package: Package
    findings: tuple[Finding, ...]
    flow: PackageFlow | None
    problems: tuple[Problem, ...]


@record(frozen=True, slots=True)
class _Kept:
    """What an analysis of a package has left for the next one, and the facts of other packages that it rests on, by name."""

    reuse: Reuse = field(default_factory=Reuse)
    hearing: Reuse = field(default_factory=Reuse)
    asked: dict[str, object] = field(default_factory=dict)


class Session:
    """The packages of some paths and those that they import. Paths are absolute, keys are relative to `root`."""

    def __init__(self, root: str, paths: Sequence[str], settings: Settings, overlay: Mapping[str, bytes]) -> None:
        """Read `paths` (files and folders) below `root`; `overlay` maps absolute paths to the texts that hold instead.

        `overlay` is looked at again with each call. Raises ConfigError for settings that can't be used.
        """
        self.root = root
        self.keys = Keys(root)
        self.paths = list(paths)
        self.overlay = overlay
        self.known = run.known_rules()
        self.facts: dict[str, PackageFacts] = {}
        self.steps: dict[str, Step] = {}
        self.files: dict[str, GoFile] = {}
        self.dirty: set[str] = set()
        self.left_out: frozenset[str] = frozenset()
        self.kept: dict[str, _Kept] = {}
        self.settings = settings
        self.use(settings)
        self.reload()

    def use(self, settings: Settings) -> None:
        """Work with other settings from now on. Raises ConfigError, and goes on with the old ones."""
        chosen = run.choose(self.known, settings)
        self.spawners = run.spawners(settings)
        self.hints = run.type_hints(settings)
        self.settings = settings
        self.chosen = chosen
        self.rules = [rule for rule in chosen if rule is not UnusedSuppression]
        self.kept.clear()
        self.dirty.update(self.steps)

    def reload(self) -> set[str]:
        """Look at the disk again; the absolute paths of the files that are gone. What is unchanged stays clean."""
        before, paths = self.steps, {self.path(key) for key in self.files}
        options = self.settings.discovery(Path(self.root), force_exclude=True, overlay=self.overlay)
        discovery = discover(self.paths, options, Path(self.root))
        self._order(discovery)
        for gone in set(before) - set(self.steps):
            self.facts.pop(gone, None)
            self.kept.pop(gone, None)
            self.dirty.discard(gone)
        changed = {
            name for name, step in self.steps.items() if name not in before or before[name].package != step.package
        }
        appeared = (set(before) ^ set(self.steps)) | {
            name for name in changed if name in before and before[name].after != self.steps[name].after
        }
        self.dirty |= changed | self._importers(appeared)
        now = {self.path(key) for key in self.files}
        self.left_out = frozenset(self.overlay).difference(now)
        return paths - now

    def change(self, path: str) -> bool:
        """Take in the text of the absolute `path` from the overlay or the disk.

        False where that changes which packages there are, or the file isn't known: then it takes a `reload`.
        """
        key = self.keys.key(path)
        if key not in self.files:
            return False
        folder = os.path.dirname(path)
        members = {name: step for name, step in self.steps.items() if self._folder(step.package) == folder}
        reading = self._read_again(folder, members, path)
        names = {(package.name, package.external_test): package for package in reading}
        if len(names) != len(reading) or len(names) != len(members):
            return False
        new: dict[str, Package] = {}
        for name, step in members.items():
            package = names.get((step.package.name, step.package.external_test))
            if package is None or [file.path for file in package.files] != [file.path for file in step.package.files]:
                return False
            new[name] = replace(package, import_path=name)
        moved = False
        for name, package in new.items():
            step = members[name]
            if package == step.package:
                continue
            moved |= package.imports != step.package.imports
            self.steps[name] = replace(step, package=package)
            self.files.update((file.path, file) for file in package.files)
            self.dirty.add(name)
        if moved:
            self._order(Discovery(tuple(step.package for step in self.steps.values()), cwd=self.keys.cwd))
        return True

    def analyse(self, name: str) -> Analysed:
        """Analyse the package with that import path, and mark its importers if they have to look again.

        May be interrupted by any exception, and then leaves the package dirty. Raises KeyError for unknown names.
        """
        step = self.steps[name]
        wanted = self.rules if any(file.reported for file in step.package.files) else ()
        findings: tuple[Finding, ...] = ()
        problems: tuple[Problem, ...] = ()
        facts: PackageFacts | None = None
        flow: PackageFlow | None = None
        visible = VisibleFacts(step.sees, self._facts_of)
        kept_for = self._kept_for(step)
        reuse, hearing = (kept_for.reuse, kept_for.hearing) if kept_for is not None else (None, None)
        try:
            result, flow = examine(step.package, visible, wanted, self.spawners, self.hints, reuse, hearing)
            findings, problems, facts = result.findings, result.problems, result.facts
        except Exception as error:  # whatever the analysis does wrong, the other packages are still looked at
            logging.exception("the analysis of package %s failed", name)
            detail = f"the analysis of package {name} failed: {type(error).__name__}: {error}"
            problems = (Problem("internal", step.package.folder, detail),)
        finally:
            if kept_for is not None:
                kept_for.asked.update((one, self._answer(step, one)) for one in visible.asked)
        before = self.facts.get(name)
        if facts is not None and (before is None or not alike(before, facts)):
            if before is not None:  # first of all, since this may be cut short
                self.dirty |= self._importers({name})
            self.facts[name] = facts
        kept = run.reported(
            findings,
            self._files_for(step.package, findings),
            self.settings,
            cwd=Path(self.root),
            known=self.known,
            chosen=self.chosen,
        )
        self.dirty.discard(name)
        return Analysed(step.package, tuple(kept), flow, problems)

    def knows(self, path: str) -> bool:
        """Whether the absolute `path` is one of the files that were read."""
        return self.keys.key(path) in self.files

    def reports(self, path: str) -> bool:
        """Whether findings in the absolute `path` are wanted."""
        file = self.files.get(self.keys.key(path))
        return file is not None and file.reported

    def covers(self, path: str) -> bool:
        """Whether reading the paths again may bring in the absolute `path`, which isn't known so far."""
        if path in self.left_out:
            return False
        folders = {self.path(step.package.folder) for step in self.steps.values()}
        return self.root in self.paths or path in self.paths or os.path.dirname(path) in folders

    def package_of(self, path: str) -> str | None:
        """The import path of the package to which the absolute `path` belongs."""
        key = self.keys.key(path)
        for name, step in self.steps.items():
            if any(file.path == key for file in step.package.files):
                return name
        return None

    def path(self, key: str) -> str:
        """The absolute path of the file with that key."""
        return os.path.normpath(os.path.join(self.keys.cwd, key))

    def index(self, key: str) -> LineIndex:
        """The lines of the file with that key."""
        return LineIndex.of(self.files[key].text)

    def _order(self, discovery: Discovery) -> None:
        self.steps = {step.package.import_path: step for step in ordered(discovery)}
        self.files = {file.path: file for package in discovery.packages for file in package.files}

    def _folder(self, package: Package) -> str:
        return self.path(package.folder)

    def _read_again(self, folder: str, members: Mapping[str, Step], path: str) -> Sequence[Package]:
        """The packages of a folder as they are now: the text of `path` is new, that of all others is as it was."""
        texts: dict[str, bytes] = {}
        listing: dict[str, ListedFile] = {}
        for step in members.values():
            for file in step.package.files:
                name = file.path.rpartition("/")[2]
                texts[self.path(file.path)] = file.text
                listing[name] = ListedFile(reported=file.reported, witness=file.witness)
        if path in self.overlay:
            texts[path] = self.overlay[path]
        else:
            texts.pop(path, None)
        options = self.settings.discovery(Path(self.root))
        return read_folder(folder, listing, self.keys, Modules(self.keys), options, texts).packages

    def _importers(self, names: Iterable[str]) -> set[str]:
        """The packages that see one of `names`, or once did."""
        wanted = set(names)
        return {name for name, step in self.steps.items() if wanted.intersection(step.sees.values())}

    def _facts_of(self, name: str) -> PackageFacts:
        """The facts of a package; until it has been analysed, what its declarations alone tell. Raises KeyError."""
        if name not in self.facts:
            step = self.steps[name]
            try:
                result, _ = examine(
                    step.package, VisibleFacts(step.sees, self._facts_of), (), self.spawners, self.hints
                )
            except Exception as error:
                logging.exception("the declarations of package %s can't be read", name)
                raise KeyError(name) from error
            self.facts[name] = result.facts
        return self.facts[name]

    def _kept_for(self, step: Step) -> _Kept | None:
        """What is kept of a package, which is nothing unless one of its files is open in the editor."""
        name = step.package.import_path
        if not any(self.path(file.path) in self.overlay for file in step.package.files):
            self.kept.pop(name, None)
            return None
        known = self.kept.get(name)
        if known is None or not all(self._stands(step, one, answer) for one, answer in known.asked.items()):
            known = self.kept[name] = _Kept()
        return known

    def _stands(self, step: Step, name: str, answer: object) -> bool:
        now = self._answer(step, name)
        return now is answer or (not name and now == answer)

    def _answer(self, step: Step, name: str) -> object:
        """What a package learns that asks for the facts that `name` means; all names for ""; None where there are none."""
        if not name:
            return frozenset(step.sees)
        path = step.sees.get(name)
        return self.facts.get(path) if path is not None else None

    def _files_for(self, package: Package, findings: Iterable[Finding]) -> dict[str, GoFile]:
        """The files of a package, and those of others that its findings point at, in which nothing is reported."""
        files = {
            related.location.path: replace(self.files[related.location.path], reported=False)
            for finding in findings
            for related in finding.related
            if related.location.path in self.files
        }
        files.update((file.path, file) for file in package.files)
        return files


def alike(one: object, other: object) -> bool:
    """Whether two facts say the same, wherever it is written."""
    if one is other or one == other:
        return True
    if type(one) is not type(other):
        return False
    if is_dataclass(one) and not isinstance(one, type):
        names = [each.name for each in fields(one) if each.name not in _PLACES]
        return all(alike(getattr(one, name), getattr(other, name)) for name in names)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    return False
