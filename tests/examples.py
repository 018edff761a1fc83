"""The programs of `testdata/`: what each claims about itself, and which of its lines have to be reported.

`testdata/<rule>/<bad|good|note>_<what it shows>/` is one Go program (or one Go test, if it has only `_test.go` files);
folders inside are further packages of it.

The first line of a bad program says how its badness shows itself:

    // fails: race                  the race detector reports it, or the runtime dies of `concurrent map …`
    // fails: panic <regexp>        it panics with a message that matches
    // fails: deadlock              the runtime finds all goroutines asleep
    // misbehaves: exit 1           it sees that its result is wrong, says so and exits with 1

A note program (`// note: <why it is worth one>`) does what Go defines, and a good one has nothing to claim; both end
with 0 and are clean under the race detector. A good program may say `// todo-silent: <why>` for a known false alarm.

Comments at the end of a line, each followed by one or more quoted (`"…"` or `…` in backquotes) regular expressions:

    // want           a finding is on this line, whose `GM101 concurrent-map-write: message` matches
    // want-related   the same, but it is enough that the line is one of the finding's related locations
    // todo-want      as `want`, but known to be missed at present
    // may            findings that match are right here, but nothing is missing without them (the other side of a race)

Wherever a line carries one of these, findings of other rules are welcome too; on all other lines, no finding of level
warning or above is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TESTDATA = Path(__file__).resolve().parent.parent / "testdata"

_MARK = re.compile(r"//\s*(want|want-related|todo-want|may)\s+((?:(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`)\s*)+)$")
_LOOKS_LIKE_MARK = re.compile(r"//\s*(?:todo-)?(?:wants?|may)\b(?:-\w+)?:?\s*(?:[\"`:]|GM)")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`")
_CLAIM = re.compile(
    r"// (?P<kind>fails: (?:race|deadlock|panic)|misbehaves: exit 1|note:|todo-silent:)(?: (?P<detail>.+))?$"
)
# A pattern begins with the ids that it is about: `GM101`, `GM10[14]`, `(GM103|GM204)`.
_IDS = re.compile(r"\((?:GM\d+\|?)+\)|GM[\d\[\]]+")


@dataclass(frozen=True)
class Mark:
    """One expectation: `pattern` about findings on the 1-based `line` of `path` (relative to testdata, with `/`)."""

    path: str
    line: int
    kind: str
    pattern: str

    def matches(self, rule: str, name: str, message: str) -> bool:
        """Whether a finding with this id, name and message is meant."""
        return re.search(self.pattern, f"{rule} {name}: {message}") is not None

    def is_about(self, ids: Iterable[str]) -> bool:
        """Whether it is about one of these rules."""
        about = _IDS.match(self.pattern)
        return about is not None and any(re.fullmatch(about[0], known) for known in ids)

    def __str__(self) -> str:
        return f'{self.path}:{self.line}: {self.kind} "{self.pattern}"'


@dataclass(frozen=True)
class Example:
    """One program: `folder` is relative to testdata (`range_delete/bad_other_key`), `claim` one of the above or ""."""

    folder: str
    claim: str
    detail: str
    marks: tuple[Mark, ...]

    @property
    def rule(self) -> str:
        """The name of the rule that it is an example of: `range-delete`."""
        return self.folder.partition("/")[0].replace("_", "-")

    @property
    def kind(self) -> str:
        """`bad`, `good` or `note`."""
        return self.folder.partition("/")[2].partition("_")[0]

    @property
    def raced(self) -> bool:
        """Whether the race detector has to be asked; where a program hangs or panics by itself, it would not help."""
        return self.claim in ("", "note:", "todo-silent:", "fails: race")


def examples() -> list[Example]:
    """All programs but those of fixes (see `test_fixes`), sorted by folder.

    Raises ValueError for a program or comment that breaks the rules above.
    """
    folders = {TESTDATA.joinpath(*path.relative_to(TESTDATA).parts[:2]) for path in TESTDATA.rglob("*.go")}
    return [_read(folder) for folder in sorted(folders) if not folder.name.startswith("fix_")]


def _read(folder: Path) -> Example:
    name = folder.relative_to(TESTDATA).as_posix()
    if not re.fullmatch(r"[a-z0-9_]+/(?:bad|good|note)_[a-z0-9_]+", name):
        raise ValueError(f"testdata/{name} is not <rule>/<bad|good|note>_<what it shows>")
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.go"))
    }
    claims = [match for text in texts.values() if (match := _CLAIM.match(text.partition("\n")[0]))]
    if len(claims) > 1:
        raise ValueError(f"testdata/{name} claims two things")
    claim, detail = (claims[0]["kind"], claims[0]["detail"] or "") if claims else ("", "")
    expected = tuple(mark for file, text in texts.items() for mark in marks(f"{name}/{file}", text))
    example = Example(name, claim, detail, expected)
    allowed = {"bad": claim.startswith(("fails:", "misbehaves:")), "note": claim == "note:"}
    if not allowed.get(example.kind, claim in ("", "todo-silent:")):
        raise ValueError(f"testdata/{name} starts with {claim or 'no claim'!r}, which does not fit its name")
    wanted = [mark for mark in expected if mark.kind != "may"]
    if bool(wanted) == (example.kind == "good"):
        raise ValueError(f"testdata/{name} has {len(wanted)} lines to report, which does not fit its name")
    return example


def marks(path: str, text: str) -> Iterator[Mark]:
    """The expectations in the text of one file. Raises ValueError for comments that only look like some."""
    for number, line in enumerate(text.splitlines(), 1):
        match = _MARK.search(line)
        if match:
            for double, raw in _QUOTED.findall(match[2]):
                pattern = raw or re.sub(r"\\(.)", r"\1", double)
                if not _IDS.match(pattern):
                    raise ValueError(f"testdata/{path}:{number}: {pattern!r} does not begin with the id of a rule")
                yield Mark(path, number, match[1], pattern)
        elif _LOOKS_LIKE_MARK.search(line):
            raise ValueError(f"testdata/{path}:{number}: not a comment that can be read: {line.strip()}")
