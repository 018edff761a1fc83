"""Fixes as changes of text: pure functions, for the command line and for editors alike.

A fix is a set of edits (`golint_maps.finding.Edit`) at byte offsets (0-based, half-open) into the raw bytes of files.
Edits of two fixes never overlap: `compatible` chooses fixes that can be made together, and what was left out comes in
the next round, when the files have been checked anew. An edit which two fixes share, such as the same import, is one edit.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Sequence

from golint_maps.finding import Edit, Finding, Location
from golint_maps.syntax.imports import dropped


class OverlapError(ValueError):
    """Two edits want the same bytes."""


def edits_for(finding: Finding, *, unsafe: bool = False) -> tuple[Edit, ...]:
    """The edits that mend a finding, sorted by file and position; none where it has no fix, or only an unsafe one.

    `unsafe` also admits fixes which may change what a program means.
    """
    if finding.fix is None or not (finding.fix.safe or unsafe):
        return ()
    return tuple(sorted(finding.fix.edits, key=_order))


def compatible(findings: Iterable[Finding], *, unsafe: bool = False) -> tuple[Finding, ...]:
    """The findings whose fixes can be made together, chosen greedily in the given order."""
    chosen: list[Finding] = []
    taken: list[Edit] = []
    for finding in findings:
        edits = edits_for(finding, unsafe=unsafe)
        if edits and not any(_collide(one, other) for one in edits for other in taken):
            chosen.append(finding)
            taken += [edit for edit in edits if edit not in taken]
    return tuple(chosen)


def apply(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The raw bytes of one file with edits made; their paths are not looked at, and equal ones are made once.

    Texts are encoded as UTF-8, their line ends become those of the file (CRLF, if its first line ends so). Raises
    OverlapError where two edits overlap, ValueError where one lies outside of the text.
    """
    wanted = sorted(set(edits), key=_order)
    line_end = b"\r\n" if text[: text.find(b"\n")].endswith(b"\r") else b"\n"
    done: list[bytes] = []
    at = 0
    previous: Edit | None = None
    for edit in wanted:
        place = edit.location
        if not 0 <= place.start <= place.end <= len(text):
            raise ValueError(f"an edit of bytes {place.start} to {place.end}, in a text of {len(text)}")
        if previous is not None and _collide(previous, edit):
            raise OverlapError(f"two edits of bytes {place.start} to {min(place.end, previous.location.end)}")
        done += [text[at : place.start], edit.text.encode("utf-8", "surrogateescape").replace(b"\n", line_end)]
        at = place.end
        previous = edit
    return b"".join((*done, text[at:]))


def mended(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of one file with edits made (as by `apply`), and without the imports whose last use they took away."""
    return dropped(text, apply(text, edits))


def whole_edits(path: str, text: bytes, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits with those that take away the imports which nothing uses then: for editors, which want edits.

    `path` is the key of the file whose raw bytes `text` is; edits of other files are left out.
    """
    own = [edit for edit in edits if edit.location.path == path]
    plain = apply(text, own)
    clean = dropped(text, plain)
    if plain == clean:
        return tuple(own)
    before, after = _lines(text), _lines(clean)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Edit(Location(path, starts[i], starts[j]), b"".join(after[k:m]).decode("utf-8", "surrogateescape"))
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    )


def unified_diff(path: str, before: bytes, after: bytes) -> str:
    """What changes in a file, as a unified diff that `patch -p1` and `git apply` understand; "" for no change.

    Bytes that are not UTF-8 are surrogate escapes. A last line without a line end is marked as git does.
    """
    lines: list[str] = []
    old, new = ([line.decode("utf-8", "surrogateescape") for line in _lines(text)] for text in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)


def _lines(text: bytes) -> list[bytes]:
    # `splitlines` would also end a line at a lone carriage return, which a comment may hold.
    return io.BytesIO(text).readlines()


def _order(edit: Edit) -> tuple[str, int, int, str]:
    return edit.location.path, edit.location.start, edit.location.end, edit.text


def _collide(one: Edit, other: Edit) -> bool:
    """Whether two edits can't both be made: they share bytes, or it would matter which comes first."""
    if one == other or one.location.path != other.location.path:
        return False
    (a, b), (c, d) = (one.location.start, one.location.end), (other.location.start, other.location.end)
    if a == b or c == d:
        return a <= d and c <= b
    return a < d and c < b
