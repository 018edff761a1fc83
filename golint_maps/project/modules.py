"""Which module a folder belongs to, and where the code of an import path lies in the tree at hand."""
# Paths are plain strings on this floor, since trees of ten thousands of files are walked with them.
# ruff: noqa: PTH113, PTH118, PTH120

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from golint_maps.project import gomod
from golint_maps.project.keys import Keys, join
from golint_maps.project.package import DEFAULT_GO_VERSION, Module
from golint_maps.project.reach import within_reach
from golint_maps.project.regular import read_regular

_PLAIN_IMPORT = re.compile(r"[\w.~+@!-]+(/[\w.~+@!-]+)*")
# The standard library is a module of its own, but its packages are imported without the name of that module.
_STANDARD_LIBRARY = "std"


class Modules:
    """Finds modules by their `go.mod`, looking upward; each file is read once."""

    def __init__(self, keys: Keys) -> None:
        """`keys` makes the keys of module folders."""
        self._keys = keys
        self._roots: dict[str, str | None] = {}
        self._mods: dict[str, gomod.GoMod | None] = {}
        self._modules: dict[str, Module] = {}

    @property
    def read(self) -> tuple[str, ...]:
        """The absolute paths of the files that were read, or looked for."""
        return tuple(self._mods)

    def of(self, folder: str) -> Module:
        """The module of the absolute `folder`: that of the nearest `go.mod` upward, or one without a path."""
        root = self._root(folder)
        if root is None:
            return Module("", self._keys.key(folder), DEFAULT_GO_VERSION)
        if root not in self._modules:
            mod = self._read(os.path.join(root, "go.mod")) or gomod.GoMod()
            replaces = {**dict(self._replaces(root, mod)), **dict(self._workspace(root))}
            self._modules[root] = Module(
                mod.module, self._keys.key(root), mod.go_version, tuple(sorted(replaces.items()))
            )
        return self._modules[root]

    def import_path(self, folder: str) -> str:
        """The import path of the absolute `folder` in its module; its key where there is no module."""
        module, root = self.of(folder), self._root(folder)
        if root is None or not module.path:
            return self._keys.key(folder)
        if folder == root:
            return module.path
        inner = os.path.relpath(folder, root).replace(os.sep, "/")
        return inner if module.path == _STANDARD_LIBRARY else f"{module.path}/{inner}"

    def _root(self, folder: str) -> str | None:
        unknown: list[str] = []
        at = folder
        while at not in self._roots:
            unknown.append(at)
            parent = os.path.dirname(at)
            if os.path.isfile(os.path.join(at, "go.mod")):
                self._roots[at] = at
            elif parent == at:
                self._roots[at] = None
            else:
                at = parent
        root = self._roots[at]
        self._roots.update(dict.fromkeys(unknown, root))
        return root

    def _read(self, path: str) -> gomod.GoMod | None:
        if path not in self._mods:
            try:
                self._mods[path] = gomod.parse(read_regular(path))
            except (OSError, ValueError):
                self._mods[path] = None
        return self._mods[path]

    def _replaces(self, root: str, mod: gomod.GoMod) -> Iterator[tuple[str, str]]:
        for replace in mod.replaces:
            if replace.local:
                folder = self._folder(root, replace.new)
                if within_reach(root, folder):
                    yield replace.old, self._keys.key(folder)

    def _workspace(self, root: str) -> Iterator[tuple[str, str]]:
        """What the nearest `go.work` upward adds for the module in `root`, if it uses that module."""
        at = root
        while not os.path.isfile(os.path.join(at, "go.work")):
            parent = os.path.dirname(at)
            if parent == at:
                return
            at = parent
        work = self._read(os.path.join(at, "go.work")) or gomod.GoMod()
        used = [self._folder(at, folder) for folder in work.uses]
        if root not in used:
            return
        for folder in used:
            if not within_reach(root, folder):
                continue
            mod = self._read(os.path.join(folder, "go.mod"))
            if mod is not None and mod.module and folder != root:
                yield mod.module, self._keys.key(folder)
        yield from self._replaces(at, work)

    @staticmethod
    def _folder(base: str, name: str) -> str:
        return os.path.realpath(os.path.join(base, name.replace("\0", "")))


def folders_of(module: Module, import_path: str) -> Iterator[str]:
    """The folders in which `import_path`, imported by a file of `module`, may lie: the likeliest first.

    Only places in the tree at hand: the module itself, its local replacements and workspace, its vendor folder. The
    folders are relative to the working directory, but not always in their shortest form.
    """
    if not _PLAIN_IMPORT.fullmatch(import_path) or not {".", ".."}.isdisjoint(import_path.split("/")):
        return
    known = [(module.path, module.root), *module.replaces] if module.path else list(module.replaces)
    for path, folder in sorted(known, key=lambda entry: -len(entry[0])):
        if import_path == path:
            yield folder
        elif import_path.startswith(path + "/"):
            yield join(folder, import_path[len(path) + 1 :])
    if module.path:
        yield join(module.root, f"vendor/{import_path}")
        if module.path == _STANDARD_LIBRARY:
            yield join(module.root, import_path)
