"""What decides what the analysis says of a file: this program's source, Python and the grammar.

The source itself is hashed, so that a changed rule is never answered with what the old one had to say. Where no file has
changed since it was, by its times, its size and its place on the disk, the hash is remembered.
"""
# Paths are plain strings here: every run looks at all files of the program.
# ruff: noqa: PTH123

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import cache

from golint_maps.engine.store import Store, canonical, digest, listing

# Seconds after a change from which on its time tells it from a later one.
_SETTLED = 2.0
_PARTS = (
    ("golint_maps", (".py", ".zip", ".json")),
    ("golint_maps.rules", (".py",)),
    ("tree_sitter", (".so", ".pyd")),
    ("tree_sitter_go", (".so", ".pyd")),
)


@cache
def tool_identity(store: Store) -> str:
    """A hash of this program, with the help of what is in the store."""
    files = list(_files())
    newest = max(max(state.st_mtime, state.st_ctime) for _, _, state in files)
    key = digest(canonical(["program", sys.version_info[:3], [_looks(*one) for one in files]]))
    known = store.get(key)
    if isinstance(known, str):
        return known
    found = digest(canonical(["program", sys.version_info[:3], [_holds(*one[:2]) for one in files]]))
    if newest < time.time() - _SETTLED:
        store.put(key, found)
    return found


def on_disk() -> str:
    """What the program looks like on the disk, which is something else once it has been upgraded."""
    return digest(canonical([_looks(*one) for one in _files()]))


def _looks(name: str, path: str, state: os.stat_result) -> list[str | int]:
    return [name, path, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_size]


def _holds(name: str, path: str) -> list[str]:
    with open(path, "rb", buffering=0) as file:
        return [name, digest(file.readall())]


def _files() -> Iterator[tuple[str, str, os.stat_result]]:
    """All files of the program: the name inside of it, the path, the state."""
    from importlib.util import find_spec

    for part, suffixes in _PARTS:
        spec = find_spec(part)
        for folder in sorted(spec.submodule_search_locations or ()) if spec is not None else ():
            for entry in sorted(_inside(folder, suffixes), key=lambda one: one.path):
                yield f"{part}{entry.path[len(folder) :]}", entry.path, os.stat(entry.path)  # noqa: PTH116


def _inside(folder: str, suffixes: tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    for entry in listing(folder):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in ("__pycache__", "rules"):
                yield from _inside(entry.path, suffixes)
        elif entry.name.endswith(suffixes):
            yield entry
