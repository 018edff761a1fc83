"""Baselines: findings that a team has accepted, in a file, so that only new ones are reported.

One line stands for one finding, sorted by path, so that a change of the baseline is easy to review and to merge:

    GM104 error high 5bb2d9d0cbd481e14acf4488533561a9 Hub.peers internal/hub/hub.go

What counts are the rule and the fingerprint; equal lines stand for several findings of equal content. The rest tells
people, and this module, when a line is no longer needed.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from golint_maps.engine.fingerprint import content
from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Confidence, Level
from golint_maps.project.keys import Keys
from golint_maps.project.regular import read_regular, replace_regular
from golint_maps.record import record

HEADER = "# golint-maps baseline 1: accepted findings, which `golint-maps check --baseline` hides.\n"
_HEADER = re.compile(r"# golint-maps baseline (\d+)\b")
_ENTRY = re.compile(
    r"(?P<rule>\S+) (?P<level>note|warning|error) (?P<confidence>low|medium|high) (?P<content>[0-9a-f]{32}) "
    r"(?P<map>\S+) (?P<path>\S.*)"
)
_NO_MAP = "-"


class BaselineError(ValueError):
    """A text that is no baseline; its text says where and what to do."""


@record(frozen=True, slots=True, order=True)
class Entry:
    """An accepted finding: its file when it was accepted (a key, as in a report) and its content."""

    path: str
    rule: str
    content: str
    level: str = "error"
    confidence: str = "high"
    map: str = _NO_MAP


@record(frozen=True, slots=True)
class Hidden:
    """A report without the accepted findings, and the entries which none of its findings needed."""

    report: Report
    unneeded: tuple[Entry, ...]


def entries(findings: Iterable[ReportedFinding]) -> tuple[Entry, ...]:
    """The findings as entries, sorted."""
    return tuple(sorted(map(_entry, findings)))


def _entry(reported: ReportedFinding) -> Entry:
    finding = reported.finding
    return Entry(
        finding.location.path,
        finding.rule,
        content(reported.fingerprint),
        finding.level.label,
        finding.confidence.label,
        "".join(finding.map.split()) or _NO_MAP,
    )


def write(accepted: Iterable[Entry]) -> bytes:
    """A baseline file (UTF-8, lines end with LF) that holds these entries, sorted."""
    lines = [
        f"{one.rule} {one.level} {one.confidence} {one.content} {one.map} {_quoted(one.path)}\n"
        for one in sorted(accepted)
    ]
    return (HEADER + "".join(lines)).encode("utf-8")


def read(data: bytes) -> tuple[Entry, ...]:
    """The entries of a baseline file, sorted; empty lines and comments don't matter. Raises BaselineError."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BaselineError("not UTF-8; write it anew with `golint-maps baseline`") from None
    header = _HEADER.match(lines[0]) if lines else None
    if header is None:
        raise BaselineError("the first line is not that of a baseline; `golint-maps baseline` writes one")
    if header[1] != "1":
        raise BaselineError(f"a baseline of version {header[1]}, which a newer golint-maps has written")
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _ENTRY.fullmatch(line.rstrip())
        if match is None:
            raise BaselineError(f"line {number} is no entry: {line[:60]!r}; write the file anew, or remove that line")
        found.append(Entry(**{**match.groupdict(), "path": _unquoted(match["path"])}))
    return tuple(sorted(found))


def hide(report: Report, accepted: Sequence[Entry]) -> Hidden:
    """Take the accepted findings out of a report.

    Of several findings with the content of an entry, the one in the entry's own file is meant; where there is none, the
    file was moved or renamed, and the first one is.
    """
    left = Counter(accepted)
    by_content: dict[tuple[str, str], list[Entry]] = {}
    for entry in accepted:
        by_content.setdefault((entry.rule, entry.content), []).append(entry)
    known: set[str] = set()
    for same_file in (True, False):
        for reported in report.findings:
            if reported.fingerprint in known:
                continue
            finding = reported.finding
            for entry in by_content.get((finding.rule, content(reported.fingerprint)), ()):
                if left[entry] and (not same_file or entry.path == finding.location.path):
                    left[entry] -= 1
                    known.add(reported.fingerprint)
                    break
    kept = tuple(reported for reported in report.findings if reported.fingerprint not in known)
    numbers = replace(report.statistics, known=report.statistics.known + len(known))
    return Hidden(replace(report, findings=kept, statistics=numbers), tuple(sorted(left.elements())))


def stale(
    unneeded: Iterable[Entry],
    *,
    rules: Iterable[str],
    files: Iterable[str],
    folders: Iterable[str],
    level: Level,
    confidence: Confidence,
) -> tuple[Entry, ...]:
    """Those entries which a run can say are needed no longer.

    It can't say so of rules that did not run, of findings below its `level` or `confidence`, and of files that were not
    checked, unless one of the `folders` (keys) was, with all below: then a file that is not there has been removed.
    """
    ran, checked, within = set(rules), set(files), tuple(folders)
    return tuple(
        entry
        for entry in unneeded
        if entry.rule in ran
        and (entry.path in checked or any(_lies_in(entry.path, folder) for folder in within))
        and Level[entry.level.upper()] >= level
        and Confidence[entry.confidence.upper()] >= confidence
    )


def load(file: Path, cwd: Path) -> tuple[Entry, ...]:
    """The entries of the baseline `file`, with paths relative to `cwd`. Raises BaselineError, OSError."""
    keys = Keys(os.fspath(cwd))
    found = read(read_regular(file))
    return tuple(
        sorted(replace(entry, path=keys.key(keys.path(os.fspath(file.parent / entry.path)))) for entry in found)
    )


def save(file: Path, accepted: Iterable[Entry], cwd: Path) -> None:
    """Write the baseline `file`; the paths of entries are relative to `cwd`, those in the file to its own folder.

    Raises OSError, and then the file is what it was.
    """
    keys = Keys(os.path.realpath(file.parent))
    here = Keys(os.fspath(cwd))
    replace_regular(file, write(replace(entry, path=keys.key(here.path(entry.path))) for entry in accepted))


def _lies_in(path: str, folder: str) -> bool:
    return (folder == "." and not path.startswith(("../", "/"))) or path.startswith(f"{folder}/")


def _quoted(path: str) -> str:
    """A path on one line; what can't stand there as it is is escaped as in Python."""
    if path == path.strip() and path.isprintable() and "\\" not in path and not path.startswith('"'):
        return path
    return '"' + path.encode("unicode_escape").decode().replace('"', '\\"') + '"'


def _unquoted(text: str) -> str:
    if not (text.startswith('"') and text.endswith('"') and len(text) > 1):
        return text
    try:
        return text[1:-1].replace('\\"', '"').encode("ascii").decode("unicode_escape")
    except UnicodeError:
        raise BaselineError(f"the path {text} can't be read; write the file anew") from None
