"""What a whole run has seen and found, so that one after which nothing changed needs to open no Go file at all.

A snapshot names everything on the disk that decided about the packages of a run: folders by the time of their last change,
configuration of modules and of git, places where nothing was found, and the Go files. If only Go files differ, and not in
what stands above their first declaration, the packages are the same and only those with a changed file are looked at.

The time of a change is only trusted where it lies well before the run; otherwise no snapshot is taken. What a file holds
when it is read has to have the hash that it had.
"""
# Paths are plain strings here, since there may be ten thousands of them.
# ruff: noqa: PTH112, PTH116, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine.plain import Data
from golint_maps.engine.store import Store, canonical, digest
from golint_maps.project.keys import Keys
from golint_maps.project.package import GoFile, Module, Package
from golint_maps.project.regular import read_regular
from golint_maps.record import record

if TYPE_CHECKING:
    from golint_maps.project.found import Discovery
    from golint_maps.project.walk import DiscoveryOptions

# Seconds before the start of a run from which on changes are too recent to be told from later ones: file systems keep
# times as coarsely as this.
_RECENT = 2.0
_THERE = 0  # in place of a state: it is enough that there is something

State = tuple[int, int, int, int]
"""What tells one version of a file or folder from another: modification, change, inode, size."""


class ChangedError(Exception):
    """A file is not what it was when the run began."""


class FileOnDisk(GoFile):
    """A file whose text is read when it is asked for, and must then have the hash `digest`."""

    __slots__ = ("_text", "_where", "digest")
    digest: str
    _where: str
    _text: bytes | None

    @classmethod
    def make(cls, where: str, digest_: str, head: Sequence[Any]) -> FileOnDisk:
        """A file at the absolute path `where`; `head` are the fields of `GoFile` without `text`, in order."""
        self = object.__new__(cls)
        for name, value in zip(_FIELDS, head, strict=True):
            setattr(self, name, value)
        object.__setattr__(self, "_where", where)
        object.__setattr__(self, "_text", None)
        object.__setattr__(self, "digest", digest_)
        return self

    @property
    def text(self) -> bytes:
        """The bytes of the file. Raises ChangedError where they are not what they were."""
        if self._text is None:
            try:
                with open(self._where, "rb", buffering=0) as file:
                    text = file.readall()
            except OSError:
                raise ChangedError(self.path) from None
            if digest(text) != self.digest:
                raise ChangedError(self.path)
            object.__setattr__(self, "_text", text)
            return text
        return self._text

    def __reduce__(self) -> tuple[type[GoFile], tuple[Any, ...]]:
        return GoFile, (self.path, self.text, *(getattr(self, name) for name in _FIELDS[1:]))


_FIELDS = ("path", "package_name", "imports", "constraint", "go_version", "is_test", "generated", "reported", "witness")


def content_hash(file: GoFile) -> str:
    """The hash of a file's bytes."""
    return file.digest if isinstance(file, FileOnDisk) else digest(file.text)


@record(frozen=True, slots=True)
class Recalled:
    """What a snapshot tells of a run that is about to begin.

    `names` says what each package imports, as `engine.order` asks for it. `entries` are the remembered results (see
    `engine.cache`) of the packages whose files are what they were, by import path; `facts` the hashes of the facts that
    all packages had. If `complete`, that is all packages, and their results hold without a further look.
    """

    discovery: Discovery
    names: dict[str, dict[str, str]]
    entries: dict[str, Data]
    facts: dict[str, str]
    complete: bool


class Snapshots:
    """The snapshot of runs with the same arguments."""

    def __init__(self, store: Store, identity: str, paths: Sequence[str], options: DiscoveryOptions, cwd: Path) -> None:
        """`identity` is what decides about findings beside the code; the others are the arguments of `discover`."""
        self._store = store
        self._keys = Keys(os.fspath(cwd))
        self._overlay = {self._keys.path(name): text for name, text in options.overlay.items()}
        self._started = time.time_ns()
        described = {one.name: getattr(options, one.name) for one in fields(options) if one.name != "overlay"}
        described["exclude"] = [[patterns.base, patterns.lines] for patterns in options.exclude]
        named = sorted({os.path.realpath(os.path.join(self._keys.cwd, path)) for path in paths if "\0" not in path})
        self._key = digest(canonical(["run", identity, self._keys.cwd, sorted(set(paths)), named, described]))

    def recall(self) -> Recalled | None:
        """What is known of this run, or None where there is no snapshot or more has changed than the text of files."""
        data = self._store.get(self._key)
        try:
            if data is None or not all(_is_as_it_was(path, state) for path, state in data["places"]):
                return None
            return self._recalled(data)
        except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError):
            return None

    def take(self, discovery: Discovery, names: Mapping[str, Mapping[str, str]], entries: Mapping[str, Data]) -> None:
        """Remember a run: its packages, what each of them imports, and their results.

        Nothing is remembered of a run with problems, or where something has changed just before or since.
        """
        if self._overlay or discovery.problems or any(entry is None for entry in entries.values()):
            return
        try:
            places = [(path, _recorded(path)) for path in sorted(_places(discovery))]
            packages = [
                [
                    [one.import_path, one.name, one.folder, one.external_test],
                    _module(one.module),
                    [[_state(self._where(file)), content_hash(file), *_fields(file)] for file in one.files],
                    names[one.import_path],
                    entries[one.import_path],
                ]
                for one in discovery.packages
            ]
        except OSError:
            return
        latest = self._started - int(_RECENT * 1e9)
        states = [*(state for _, state in places), *(file[0] for package in packages for file in package[2])]
        if any(state and max(state[:2]) >= latest for state in states):
            return
        noticed = [list(discovery.looked_at), list(discovery.read)]
        self._store.put(
            self._key, {"places": places, "packages": packages, "skipped": discovery.skipped, "noticed": noticed}
        )

    def _where(self, file: GoFile) -> str:
        return os.path.join(self._keys.cwd, file.path)

    def _recalled(self, data: Data) -> Recalled | None:
        from golint_maps.project.found import Discovery

        modules: dict[str, Module] = {}
        packages: list[Package] = []
        names: dict[str, dict[str, str]] = {}
        entries: dict[str, Data] = {}
        facts: dict[str, str] = {}
        unseen = set(self._overlay)
        for (import_path, name, folder, external), module, listed, imports, entry in data["packages"]:
            files: list[GoFile] = []
            same = True
            for state, hash_, *head in listed:
                where = os.path.join(self._keys.cwd, head[0])
                unseen.discard(where)
                file = self._unchanged(where, state, hash_, head)
                if file is None:
                    file = self._changed(where, head)
                    if file is None:
                        return None
                    same = same and digest(file.text) == hash_
                files.append(file)
            root = module[1]
            if root not in modules:
                path, _, version, replaces = module
                modules[root] = Module(path, root, tuple(version), tuple((old, new) for old, new in replaces))
            packages.append(Package(import_path, name, folder, tuple(files), modules[root], external))
            names[import_path] = imports
            facts[import_path] = entry[1]
            if same:
                entries[import_path] = entry
        if unseen:
            return None
        looked_at, read = data["noticed"]
        discovery = Discovery(tuple(packages), data["skipped"], (), self._keys.cwd, tuple(looked_at), tuple(read))
        return Recalled(discovery, names, entries, facts, len(entries) == len(packages))

    def _unchanged(self, where: str, state: list[int], hash_: str, head: list[Any]) -> GoFile | None:
        if where in self._overlay:
            return None
        try:
            now = os.stat(where)
        except OSError:
            return None
        if [now.st_mtime_ns, now.st_ctime_ns, now.st_ino, now.st_size] != state:
            return None
        return FileOnDisk.make(where, hash_, _typed(head))

    def _changed(self, where: str, head: list[Any]) -> GoFile | None:
        """The file as it is now; None if discovery has to look at it again."""
        from golint_maps.project.discovery import go_file

        text = self._overlay.get(where)
        if text is None:
            try:
                text = read_regular(where)
            except OSError:
                return None
        was = FileOnDisk.make(where, "", _typed(head))
        now = go_file(was, text)
        return now if _fields(now) == _fields(was) else None


def _typed(head: list[Any]) -> list[Any]:
    """The fields as `GoFile` has them: JSON knows no tuples."""
    path, name, imports, constraint, version, *flags = head
    return [path, name, tuple(imports), constraint, tuple(version), *flags]


def _fields(file: GoFile) -> list[Any]:
    return [getattr(file, name) for name in _FIELDS]


def _module(module: Module) -> list[Any]:
    return [module.path, module.root, module.go_version, module.replaces]


def _state(path: str) -> State:
    now = os.stat(path)
    return (now.st_mtime_ns, now.st_ctime_ns, now.st_ino, now.st_size)


def _recorded(path: str) -> State | int | None:
    """What to remember of a place: its state, that something is there, or (None) that nothing is."""
    if os.path.basename(path) == ".git" and os.path.isdir(path):
        return _THERE  # it changes with everything that git does
    try:
        return _state(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_as_it_was(path: str, state: list[int] | int | None) -> bool:
    try:
        now = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return state is None
    if state is None or state == _THERE:
        return state == _THERE
    return [now.st_mtime_ns, now.st_ctime_ns, now.st_ino, now.st_size] == state


def _places(discovery: Discovery) -> set[str]:
    """All that decides which packages there are, beside the files in them."""
    from golint_maps.project.ignore import exclude_file

    folders = set(discovery.looked_at)
    places = {*folders, *discovery.read}
    above: set[str] = set()
    for folder in folders:
        while (parent := os.path.dirname(folder)) != folder and parent not in above:
            above.add(parent)
            folder = parent
    for folder in folders | above:
        for name in ("go.mod", "go.work", ".git", ".gitignore"):
            path = os.path.join(folder, name)
            # Where a folder is itself among the places, a new name in it is noticed anyway.
            if folder not in folders or os.path.lexists(path):
                places.add(path)
                if name == ".git" and os.path.lexists(path):
                    places.add(exclude_file(path))
    return places
