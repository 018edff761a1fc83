"""What not to look at: `.gitignore` files as git reads them, and gitignore-style patterns of our own configuration."""
# Paths are plain strings on this floor, since trees of ten thousands of files are walked with them.
# ruff: noqa: PTH118, PTH120, PTH206

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from golint_maps.project.regular import read_regular
from golint_maps.project.steady import steady
from golint_maps.record import record

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FOLDER_MARK = "ps_d"
_LONGEST = 4096


@record(frozen=True, slots=True)
class Patterns:
    """Gitignore-style `lines`, relative to the absolute folder `base`; with `/` on all platforms."""

    base: str
    lines: tuple[str, ...]


class PatternSet:
    """Compiled `Patterns`. Paths are absolute, with the separators of the platform."""

    def __init__(self, patterns: Patterns) -> None:
        """Compile; lines that are no patterns are passed over, as git does (see `bad_pattern`)."""
        self._prefix = patterns.base.rstrip(os.sep) + os.sep
        self._spec = _compile(patterns.lines)
        self._rules = [(one.regex, bool(one.include)) for one in self._spec.patterns if one.regex is not None]
        self._rules.reverse()

    def matches(self, path: str, is_folder: bool) -> bool:
        """Whether the path, or a folder that it lies in, matches and is not taken back by a later `!` pattern."""
        relative = self._relative(path, is_folder)
        return relative is not None and bool(self._spec.check_file(relative).include)

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """True: excluded; False: taken back by a `!` pattern; None: no pattern speaks about this very path.

        This is git's question, which is asked again on each level of the tree. The library's patterns also match what
        lies in a matching folder, and mark the slash after it with a group.
        """
        relative = self._relative(path, is_folder)
        if relative is None:
            return None
        for regex, include in self._rules:
            match = regex.search(relative)
            if match and not (match.groupdict().get(_FOLDER_MARK) and match.end(_FOLDER_MARK) < len(relative)):
                return include
        return None

    def _relative(self, path: str, is_folder: bool) -> str | None:
        if not path.startswith(self._prefix):
            return None
        relative = path[len(self._prefix) :].replace(os.sep, "/")
        return relative + "/" if is_folder else relative


@record(frozen=True, slots=True)
class GitIgnore:
    """The ignore files that hold in one folder, the strongest first; outside of a repository none do."""

    sets: tuple[PatternSet, ...] = ()
    in_repository: bool = False

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Whether an absolute path is ignored, given that the folders above it are not."""
        for patterns in self.sets:
            verdict = patterns.verdict(path, is_folder)
            if verdict is not None:
                return verdict
        return False

    def entering(self, folder: str, names: Iterable[str]) -> GitIgnore:
        """What holds inside of an absolute `folder` that lists `names`: its own `.gitignore` or repository on top."""
        here = self
        names = set(names)
        if ".git" in names:  # a repository within the repository has nothing to do with the outer one
            here = GitIgnore(_read(exclude_file(os.path.join(folder, ".git")), folder), in_repository=True)
        if ".gitignore" in names and here.in_repository:
            here = GitIgnore((*_read(os.path.join(folder, ".gitignore"), folder), *here.sets), in_repository=True)
        return here


def gitignore_at(folder: str) -> GitIgnore:
    """The ignore files that hold for `folder` (absolute) from above it, without those in it.

    If the folder itself is ignored, that was overruled by whoever asks, and what ignores it holds no longer.
    """
    root = repository_root(folder)
    if root is None:
        return GitIgnore()
    ignore = GitIgnore()
    at = root
    for part in os.path.relpath(folder, root).split(os.sep):
        if part == ".":  # what lies in the folder itself is not asked for
            break
        present = [name for name in (".git", ".gitignore") if os.path.lexists(os.path.join(at, name))]
        ignore = ignore.entering(at, present)
        at = os.path.join(at, part)
        if ignore.ignores(at, is_folder=True):
            ignore = GitIgnore(in_repository=True)
    return ignore


def repository_root(folder: str) -> str | None:
    """The nearest folder at or above the absolute `folder` with a `.git` (folder, or file of a worktree), or None."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def bad_pattern(line: str) -> str | None:
    """Why `line` is no gitignore pattern, or None where it is one."""
    from pathspec import GitIgnoreSpec

    if len(line) > _LONGEST:
        return f"no path is longer than {_LONGEST} characters"
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError as error:
        return str(error)
    return None


def _compile(lines: Iterable[str]) -> GitIgnoreSpec:
    # Loaded here, because a run without any patterns should not wait for it.
    from pathspec import GitIgnoreSpec

    lines = [line for line in lines if len(line) <= _LONGEST]
    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        spec = GitIgnoreSpec.from_lines([line for line in lines if bad_pattern(line) is None])
    patterns = list(spec.patterns)
    for one in patterns:
        if one.regex is not None and (better := steady(one.regex.pattern)) != one.regex.pattern:
            one.regex = re.compile(better)
    return GitIgnoreSpec(patterns)


def _read(path: str, base: str) -> tuple[PatternSet, ...]:
    try:
        text = read_regular(path).decode("utf-8-sig", "surrogateescape")
    except (OSError, ValueError):
        return ()
    lines = tuple(line.rstrip("\r") for line in text.split("\n"))
    return (PatternSet(Patterns(base, lines)),) if any(line and line[0] != "#" for line in lines) else ()


def exclude_file(git: str) -> str:
    """The path of `info/exclude`; in a worktree `.git` is a file that leads to the common folder."""
    try:
        text = os.fsdecode(read_regular(git)).strip()
        folder = os.path.join(os.path.dirname(git), text.removeprefix("gitdir:").strip())
        common = os.fsdecode(read_regular(os.path.join(folder, "commondir"))).strip()
        git = os.path.join(folder, common)
    except (OSError, ValueError):
        pass  # an ordinary folder
    return os.path.join(git, "info", "exclude")
