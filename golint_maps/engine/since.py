"""What a change introduced: the findings of an older commit, found by the same analysis under the same settings.

Lines of a diff don't tell: a lock that is no longer taken in one function makes a finding in another one. So both sides
are analysed, and what both have is known. The older side is laid out in a temporary folder.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from golint_maps.engine import baseline
from golint_maps.engine.outcome import Report
from golint_maps.project.config import Settings
from golint_maps.project.git import Base, Blob, Repository, blob_id
from golint_maps.project.regular import read_regular
from golint_maps.record import record

_ALSO_NEEDED = ("go.mod", "go.work", ".gitignore")

Check = Callable[[Sequence[str], Settings, Path], Report]
"""Checks paths (keys) under settings in a working directory."""


@record(frozen=True, slots=True)
class Older:
    """The findings of an older commit: `accepted` as entries of a baseline, and the commit that was read."""

    accepted: tuple[baseline.Entry, ...]
    base: Base


def older(revision: str, report: Report, settings: Settings, cwd: Path, check: Check) -> Older:
    """The findings that may have been there at `revision` already, of those in `report`.

    The commit is the merge base of `revision` and HEAD. What is on the disk in `cwd` (absolute) is the newer side,
    whether it is committed, staged or not. Files that the change left alone are looked at only where `report` has a
    finding, files that it changed or removed always, since code may have been moved out of them. Raises GitError.
    """
    repository = Repository(cwd)
    base = repository.base(revision)
    if not report.findings:
        return Older((), base)
    root = Path(os.path.realpath(repository.root))
    here = os.path.relpath(os.path.realpath(cwd), root)
    found_in = {
        os.path.normpath(Path(here, reported.finding.location.path)).replace(os.sep, "/")
        for reported in report.findings
    }
    blobs = [blob for blob in repository.files(base.commit) if _is_needed(blob.path)]
    compared = [blob.path for blob in blobs if blob.path.endswith(".go") and _matters(blob, root, found_in)]
    with tempfile.TemporaryDirectory(prefix="golint-maps-") as folder:
        top = Path(folder)
        (top / ".git").mkdir()  # the root of a repository, for .gitignore
        for blob, text in repository.read(blobs):
            _lay(top, blob.path, text)
        for path in repository.ignored(".go"):  # generated ones, say: no commit has them, so they are on both sides
            if _is_needed(path) and not (top / path).exists() and (root / path).is_file():
                _lay(top, path, read_regular(root / path))
                compared += [path] if path in found_in else []
        there = top / here
        there.mkdir(parents=True, exist_ok=True)
        names = [os.path.relpath(top / path, there).replace(os.sep, "/") for path in compared]
        if not names:
            return Older((), base)
        return Older(baseline.entries(check(names, _moved(settings, root, top), there).findings), base)


def _is_needed(path: str) -> bool:
    """Whether the analysis reads a file; and only paths that stay below the root, as all of git's should."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or not {"..", ".git"}.isdisjoint(parts):
        return False
    return path.endswith(".go") or parts[-1] in _ALSO_NEEDED


def _matters(blob: Blob, root: Path, found_in: set[str]) -> bool:
    if blob.path in found_in:
        return True
    try:
        return blob_id(read_regular(root / blob.path), blob.id) != blob.id
    except OSError:
        return True


def _lay(top: Path, path: str, text: bytes) -> None:
    target = top / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text)


def _moved(settings: Settings, root: Path, top: Path) -> Settings:
    """The settings as they hold in the copy of the tree."""
    if not settings.folder:
        return settings
    inside = os.path.relpath(os.path.realpath(settings.folder), root)
    if inside.startswith(".."):  # its patterns are relative to a folder outside of the repository
        inside = "."
    return replace(settings, folder=os.fspath(Path(os.path.realpath(top)) / inside))
