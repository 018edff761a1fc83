"""The first half of discovery: from what was named to listings of folders, without opening a Go file."""
# Paths are plain strings on this floor, since trees of ten thousands of files are walked with them.
# ruff: noqa: PTH112, PTH116, PTH118, PTH119

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from golint_maps.project.ignore import GitIgnore, Patterns, PatternSet, gitignore_at
from golint_maps.project.keys import Keys
from golint_maps.project.reach import within_reach
from golint_maps.record import record


@record(frozen=True, slots=True)
class DiscoveryOptions:
    """What to look at below the folders that are named; what is named itself is always looked at.

    `vendor`, `testdata`, `node_modules`: enter folders of that name. `hidden`: enter folders and take files whose names
    begin with `_` or `.` (never `.git`). `generated`: report on generated files. `gitignore`: leave out what git
    ignores. `exclude`: leave out what matches. `exclude_tests`: leave out `_test.go` files but as witnesses.
    `force_exclude`: these two also hold for what is named. `follow_imports`: also read the packages of the same modules
    that are imported, without reporting on them. `overlay` maps paths (absolute or relative to the working directory)
    to bytes that replace or add file contents.
    """

    vendor: bool = False
    testdata: bool = False
    node_modules: bool = False
    hidden: bool = False
    generated: bool = False
    gitignore: bool = True
    exclude: tuple[Patterns, ...] = ()
    exclude_tests: bool = False
    force_exclude: bool = False
    follow_imports: bool = True
    overlay: Mapping[str, bytes] = field(default_factory=dict)


@record(frozen=True, slots=True)
class DiscoveryProblem:
    """A file or folder that can't be read: its key, why in a few words, and whether it was itself named by the user."""

    path: str
    message: str
    named: bool


@record(slots=True)
class ListedFile:
    """A Go file in a listing: whether it was named itself, and whether findings in it are wanted (unless generated).

    `witness`: it is a test that is left out, unless findings in it are wanted all the same.
    """

    named: bool = False
    reported: bool = False
    witness: bool = False


@record(slots=True)
class Walk:
    """What a walk has found: absolute folders with their Go files by name, files left out, problems, folders looked at.

    A folder's listing is complete also where not all of its files are reported, because a package needs all its files.
    """

    folders: dict[str, dict[str, ListedFile]] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    problems: dict[str, DiscoveryProblem] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)


def walk(paths: Sequence[str], options: DiscoveryOptions, keys: Keys) -> Walk:
    """List the Go files of `paths`: files, folders and `folder/...` (both mean all below); for none, of `.`.

    Symbolic links to folders are followed only where they are named. Raises nothing; see `Walk.problems`.
    """
    walker = _Walker(options, keys)
    for path in sorted(set(paths or ["."])):
        walker.name(path)
    return walker.result()


def list_folder(folder: str, overlay: Iterable[str] = ()) -> list[str]:
    """The names of the Go files directly in the absolute `folder` that Go itself would look at.

    `overlay` names files that count as present. Raises OSError where the folder can't be listed and none is overlaid.
    """
    names = set(overlay)
    try:
        with os.scandir(folder) as entries:
            names.update(entry.name for entry in entries if _is_go(entry.name) and _is_file(entry))
    except OSError:
        if not names:
            raise
    return sorted(names)


def _is_go(name: str) -> bool:
    return name.endswith(".go") and name[0] not in "_."


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a regular file, or a link to one that does not lead out of the repository."""
    try:
        return entry.is_file() and (not entry.is_symlink() or within_reach(os.path.split(entry.path)[0], entry.path))
    except OSError:  # a link to itself: reading it will say so
        return True


class _Walker:
    def __init__(self, options: DiscoveryOptions, keys: Keys) -> None:
        self.options = options
        self.keys = keys
        self.excludes = [
            PatternSet(Patterns(os.path.realpath(patterns.base), patterns.lines))
            for patterns in options.exclude
            if patterns.lines
        ]
        self.overlay: dict[str, set[str]] = {}
        for name in options.overlay:
            folder, base = os.path.split(keys.path(name))
            self.overlay.setdefault(folder, set()).add(base)
        self.pruned = {".git"}
        for name, entered in (
            ("vendor", options.vendor),
            ("testdata", options.testdata),
            ("node_modules", options.node_modules),
        ):
            if not entered:
                self.pruned.add(name)
        self.found = Walk()

    def result(self) -> Walk:
        found = self.found
        reported = {
            os.path.join(folder, name)
            for folder, files in found.folders.items()
            for name, file in files.items()
            if file.reported
        }
        found.skipped -= reported
        return found

    def name(self, argument: str) -> None:
        """Take in one path of the command line."""
        wildcard = argument == "..." or argument.endswith(("/...", os.sep + "..."))
        if wildcard:
            argument = argument[:-3] or "."
        if "\0" in argument:
            self.found.problems[argument] = DiscoveryProblem(argument, "not a path", named=True)
            return
        path = self.keys.path(argument)
        folder, base = os.path.split(path)
        if base in self.overlay.get(folder, ()):
            self.name_file(path)
            return
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            self.problem(path, _reason(error), named=True)
            return
        if stat.S_ISDIR(mode):
            self.name_folder(os.path.realpath(path))
        elif wildcard:
            self.problem(path, "not a folder", named=True)
        elif stat.S_ISREG(mode):
            self.name_file(path)
        else:
            self.problem(path, "not a regular file", named=True)

    def name_file(self, path: str) -> None:
        folder, base = os.path.split(path)
        options = self.options
        if options.force_exclude and (self.excluded(path) or (options.exclude_tests and base.endswith("_test.go"))):
            self.found.skipped.add(path)
            return
        self.found.looked_at.add(folder)
        try:
            names = list_folder(folder, self.overlay.get(folder, ()))
        except OSError:  # perhaps it may be entered but not listed
            names = []
        for name in names:
            self.add(folder, name)
        self.add(folder, base, named=True, reported=True)

    def name_folder(self, top: str) -> None:
        options = self.options
        excludes = self.excludes
        if self.excluded(top):
            if options.force_exclude:
                return
            excludes = []
        # A folder that is named for what is usually left out is meant with everything of that kind in it.
        base = os.path.basename(top)
        pruned = self.pruned - {base} | {".git"}
        hidden = options.hidden or base.startswith(("_", "."))
        ignore = gitignore_at(top) if options.gitignore else GitIgnore()
        pending = [(top, ignore)]
        while pending:
            folder, ignore = pending.pop()
            self.found.looked_at.add(folder)
            names: set[str] = set()
            files: set[str] = set()
            folders: list[str] = []
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        name = entry.name
                        names.add(name)
                        if entry.is_dir(follow_symlinks=False):
                            if name not in pruned and (hidden or name[0] not in "_."):
                                folders.append(entry.path)
                        elif name.endswith(".go") and _is_file(entry):
                            files.add(name)
            except FileNotFoundError:  # it was there a moment ago
                pass
            except OSError as error:
                self.problem(folder, _reason(error), named=folder == top)
            files.update(name for name in self.overlay.get(folder, ()) if name.endswith(".go"))
            if options.gitignore and (".gitignore" in names or ".git" in names):
                ignore = ignore.entering(folder, names)
            for name in files:
                self.walk_file(folder, name, ignore, excludes)
            for path in folders:
                if not _says_no(excludes, path, is_folder=True) and not ignore.ignores(path, is_folder=True):
                    pending.append((path, ignore))

    def walk_file(self, folder: str, name: str, ignore: GitIgnore, excludes: list[PatternSet]) -> None:
        path = os.path.join(folder, name)
        left_out = self.options.exclude_tests and name.endswith("_test.go")
        if not self.options.hidden and name[0] in "_.":
            self.found.skipped.add(path)
        elif left_out or ignore.ignores(path, is_folder=False) or _says_no(excludes, path, is_folder=False):
            self.found.skipped.add(path)
            self.add(folder, name)  # the compiler reads it all the same, and its declarations matter
        else:
            self.add(folder, name, reported=True)

    def add(self, folder: str, name: str, *, named: bool = False, reported: bool = False) -> None:
        witness = self.options.exclude_tests and name.endswith("_test.go")
        file = self.found.folders.setdefault(folder, {}).setdefault(name, ListedFile(witness=witness))
        file.named |= named
        file.reported |= reported

    def excluded(self, path: str) -> bool:
        return _says_no(self.excludes, path, is_folder=os.path.isdir(path))

    def problem(self, path: str, message: str, *, named: bool) -> None:
        problem = DiscoveryProblem(self.keys.key(path), message, named)
        known = self.found.problems.get(path)
        if known is None or named:
            self.found.problems[path] = problem


def _says_no(excludes: Iterable[PatternSet], path: str, *, is_folder: bool) -> bool:
    return any(patterns.matches(path, is_folder) for patterns in excludes)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def problem_of(key: str, error: OSError, *, named: bool) -> DiscoveryProblem:
    """The problem that an OSError stands for."""
    return DiscoveryProblem(key, _reason(error), named)
