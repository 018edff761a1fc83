"""Runs that fix: check, make the fixes that fit together, check again, until nothing is left to fix.

Nothing is written before all is done: what a run would change is data (`Mended`), to be shown as a diff or written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from golint_maps.engine.fix import compatible, edits_for, mended
from golint_maps.engine.outcome import Problem, Report
from golint_maps.finding import Edit, Finding
from golint_maps.project.regular import replace_regular
from golint_maps.record import record

# One round for each fix that only another one makes possible or room for; code with more of these is not code.
MOST_ROUNDS = 20

Check = Callable[[Mapping[str, bytes]], Report]


@record(frozen=True, slots=True)
class Change:
    """What a run does to one file: its key, and its raw bytes before and after."""

    path: str
    before: bytes
    after: bytes


@record(frozen=True, slots=True)
class Mended:
    """The result of a run that fixes.

    `report` is that of the files as they are after all changes, `fixed` counts the findings that were mended. `refused`
    says of fixes that could not be made, one sentence for each file.
    """

    report: Report
    changes: tuple[Change, ...]
    fixed: int
    refused: tuple[str, ...] = ()


def mend(check: Check, *, unsafe: bool, may_change: Callable[[str], str]) -> Mended:
    """Fix what `check` finds until a round changes nothing.

    `check` gives the report of the files with these bytes (by key) in place of those on disk. `may_change` says for a
    file's key why it must not be changed, or "". A round after which a file has syntax errors that it had not before is
    undone, and its fixes are not tried again; that is a problem of the report.
    """
    texts: dict[str, bytes] = {}
    originals: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    broken: dict[str, Problem] = {}
    report = check(texts)
    fixed = 0
    for _ in range(MOST_ROUNDS):
        candidates = []
        for reported in report.findings:
            paths = {edit.location.path for edit in edits_for(reported.finding, unsafe=unsafe)}
            reasons = {path: reason for path in paths if (reason := may_change(path))}
            refused.update(reasons)
            if paths and not reasons and paths.isdisjoint(broken):
                candidates.append(reported.finding)
        chosen = compatible(candidates, unsafe=unsafe)
        if not chosen:
            break
        by_path = _by_path(chosen, unsafe)
        before = {path: report.sources[path].text for path in by_path}
        after = {path: mended(before[path], edits) for path, edits in by_path.items()}
        following = check(texts | after)
        bad = {path for path in after if path in following.partly_read and path not in report.partly_read}
        if bad:
            # A fix may span files, so that half of it must not stay: the whole round is undone, for good.
            for path in sorted(bad):
                rules = ", ".join(sorted({one.rule for one in chosen if _touches(one, path)}))
                detail = f"a fix of {rules} would have broken the syntax and was not made: please report it"
                broken[path] = Problem("internal", path, detail)
            continue
        for path, text in before.items():
            originals.setdefault(path, text)
        texts |= after
        fixed += len(chosen)
        report = following
    changes = tuple(
        Change(path, originals[path], texts[path]) for path in sorted(texts) if texts[path] != originals[path]
    )
    if broken:
        report = replace(report, problems=(*report.problems, *broken.values()))
    return Mended(report, changes, fixed, tuple(refused[path] for path in sorted(refused)))


def _by_path(findings: Sequence[Finding], unsafe: bool) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for finding in findings:
        for edit in edits_for(finding, unsafe=unsafe):
            found.setdefault(edit.location.path, []).append(edit)
    return found


def _touches(finding: Finding, path: str) -> bool:
    return finding.fix is not None and any(edit.location.path == path for edit in finding.fix.edits)


def inside(paths: Sequence[str], cwd: Path) -> Callable[[str], str]:
    """For `mend`: why a file (by key, relative to `cwd`) must not be changed, or "", in a run over `paths`.

    A file may be changed if, with all symbolic links resolved, it lies below a folder that was named, or in the folder
    in which a named file lies.
    """
    roots = [_root(name, cwd) for name in paths or (".",)]

    def reason(key: str) -> str:
        real = Path(os.path.realpath(cwd / key))
        if any(real.is_relative_to(root) for root in roots):
            return ""
        return f"{key}: not fixed, because it is a link to {real}, which is not among the paths to check"

    return reason


def _root(name: str, cwd: Path) -> Path:
    name = name.removesuffix("...") or "."
    path = cwd / name
    return Path(os.path.realpath(path if path.is_dir() else path.parent))


def write(change: Change, cwd: Path) -> str:
    """Write one changed file, all or nothing, with the mode that it has; why it could not be done, or "".

    A file that is not what it was when it was checked stays as it is.
    """
    target = cwd / change.path
    try:
        if target.read_bytes() != change.before:
            return f"{change.path}: not fixed, because it has changed meanwhile"
        if not target.stat().st_mode & 0o222:
            return f"{change.path}: not fixed, because it is read-only"
        replace_regular(target, change.after)
    except OSError as error:
        return f"{change.path}: can't be written: {error.strerror or error}"
    return ""
