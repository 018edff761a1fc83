"""Comments beside an access which say that no lock is needed there: the author knows something that the code does not show.

Only what stands at the access itself counts (on its line, or in the comment directly above it), and what the function's
comment says about locking. A function that claims to be safe for concurrent use makes no such statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from golint_maps.flow import ir
from golint_maps.project.package import GoFile

_BESIDE = re.compile(
    rb"\bno\s+(?:need\s+(?:for|to|of)\s+|explicit\s+)?(?:a\s+|any\s+|the\s+)?(?:lock|mutex|synchroni[sz])"
    rb"|\b(?:without|absence\s+of|lack\s+of|doesn'?t\s+(?:need|require)|don'?t\s+need|not\s+need(?:ed)?|needn'?t|no\s+need|unnecessary)"
    rb"\s+(?:\w+\s+){0,3}(?:lock|mutex)"
    rb"|\block(?:ing|s)?\s+(?:is\s+|are\s+)?(?:not|un)\s?(?:needed|required|necessary)"
    rb"|\bsafe(?:ly)?\s+(?:to|because|as|since|here|without)\b"
    rb"|\bsingle[- ]thread|\bsingle\s+goroutine|\bonly\s+(?:one|a\s+single|this|the)\s+(?:\w+\s+)?goroutine"
    rb"|\b(?:not|never)\s+(?:\w+\s+)?concurrent|\bno\s+concurren|\bno\s+races?\b|\bdeliberate|\bintentional",
    re.IGNORECASE,
)
_OF_FUNCTION = re.compile(
    r"\bno\s+(?:need\s+(?:for|to)\s+)?(?:a\s+|any\s+|the\s+)?lock(?:s|ing)?\s+(?:is\s+|are\s+)?(?:needed|required|necessary|held|taken)"
    r"|\b(?:doesn'?t|does\s+not|needn'?t|no\s+need\s+to)\s+(?:need\s+to\s+|have\s+to\s+)?(?:take\s+|acquire\s+|hold\s+|need\s+|require\s+)?"
    r"(?:a\s+|any\s+|the\s+)?(?:lock|mutex)"
    r"|\bsingle[- ]thread|\bsingle\s+goroutine|\b(?:not|never)\s+(?:be\s+)?(?:called\s+|used\s+|run\s+)?concurrently"
    r"|\bonly\s+(?:be\s+)?(?:called|used|run)\s+(?:\w+\s+){0,3}(?:at|during|on|before|in)\s+(?:start|init|set|shut|boot|test)",
    re.IGNORECASE,
)
# Further up in the same block: only what speaks of synchronization itself.
_ABOVE = re.compile(rb"\bwithout\s+(?:any\s+|a\s+|the\s+)?(?:lock|mutex|synchroni[sz])", re.IGNORECASE)
# What admits a fault, or is an expectation of an analysis test (`// want "…"`), excuses nothing.
_ADMITS = re.compile(rb"\s*(?:want|todo|fixme|bug|xxx|hack)\b", re.IGNORECASE)
# Comments are looked at this many lines above an access at most.
_LINES = 6


def _prepares(line: bytes) -> bool:
    """Whether a line of code only makes something for the next one: `values := make([]string, n)`."""
    return b":=" in line and not line.endswith((b"{", b"}")) and b"//" not in line


def _goes_along(line: bytes, own: bytes) -> bool:
    """Whether a line of code deletes from the map that the next one writes to: the comment above is about both."""
    deleted = re.match(rb"delete\(([\w.]+),", line)
    return deleted is not None and own.startswith((deleted[1] + b"[", b"delete(" + deleted[1] + b","))


class Excuses:
    """Answers for the files of one package, by path."""

    def __init__(self, files: Mapping[str, GoFile]) -> None:
        self._files = files
        self._known: dict[tuple[str, int], bool] = {}

    def says_safe(self, function: ir.Function, at: ir.Span) -> bool:
        """Whether a comment says that the access at these bytes of the function's file needs no lock."""
        key = (function.path, at[0])
        if key not in self._known:
            self._known[key] = bool(_OF_FUNCTION.search(function.doc)) or self._beside(function.path, at)
        return self._known[key]

    def _beside(self, path: str, at: ir.Span) -> bool:
        file = self._files.get(path)
        if file is None:
            return False
        start = file.text.rfind(b"\n", 0, at[0]) + 1
        end = file.text.find(b"\n", at[0])
        _, _, behind = file.text[at[0] : end if end >= 0 else len(file.text)].partition(b"//")
        comments = [behind]
        own = file.text[start:end].strip()
        between = False  # one line of code may stand between the comment and what it is about
        for _ in range(_LINES):
            above = file.text.rfind(b"\n", 0, max(start - 1, 0)) + 1
            line = file.text[above:start].strip()
            if above == start or not (
                line.startswith(b"//") or (not between and (_prepares(line) or _goes_along(line, own)))
            ):
                break
            between = between or not line.startswith(b"//")
            comments.append(line.lstrip(b"/") if line.startswith(b"//") else b"")
            start = above
        if _BESIDE.search(b" ".join(one for one in reversed(comments) if not _ADMITS.match(one))):
            return True
        block: list[bytes] = []
        for _ in range(_LINES):
            above = file.text.rfind(b"\n", 0, max(start - 1, 0)) + 1
            line = file.text[above:start].strip()
            if above == start or not line or line.startswith((b"}", b"func")):
                break
            block.append(line.lstrip(b"/") if line.startswith(b"//") else b";")
            start = above
        return bool(_ABOVE.search(b" ".join(reversed(block))))
