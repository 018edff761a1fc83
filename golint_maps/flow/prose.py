"""Comments on types, fields and variables that say why no lock is needed: "not thread-safe", "read-only after start"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from golint_maps.project.package import GoFile
from golint_maps.syntax.source import comment_above
from golint_maps.types.declarations import PackageTypes

# Of one map: that nobody changes it, or that no lock is needed. That it belongs to some goroutine is what races break.
_OF_MAP = re.compile(
    r"\b(?:immutable|read[-\s]?only|constant)\s+(?:after|once|since|thereafter)\b"
    r"|\b(?:not|never)\s+(?:be\s+)?(?:modified|changed|mutated|written|updated)\s+(?:after|once)\b"
    r"|\bno\s+(?:lock|mutex|locking|synchroni[sz]ation)\s+(?:is\s+)?(?:needed|required|necessary)\b"
    r"|\b(?:doesn'?t|does\s+not|don'?t|do\s+not)\s+(?:need|require)\s+(?:\w+\s+)?(?:lock|mutex|synchroni[sz])",
    re.IGNORECASE,
)
# Of a type: its objects are for one at a time.
_OF_TYPE = re.compile(
    r"\b(?:not|n'?t|isn'?t)[-\s]+(?:\w+\s+)?(?:thread|go\s?routine|concurrency)[-\s]?safe"
    r"|\b(?:not|isn'?t|aren'?t)\s+(?:be\s+)?safe\s+(?:for|to|under|in)\s+(?:\w+\s+){0,3}(?:concurren|parallel|simultaneous|multiple|several)"
    r"|\b(?:not|cannot|can'?t)\s+be\s+(?:used|accessed|shared|called)\s+(?:concurrently|simultaneously|in\s+parallel"
    r"|(?:by|from|between|across|among)\s+(?:multiple|several|different|more))"
    r"|\b(?:caller|user|client)s?\s+(?:must|should|have\s+to|has\s+to|need\s+to|needs\s+to|(?:is|are)\s+(?:responsible|expected))\b[^.]{0,60}"
    r"\b(?:lock|mutex|synchroni[sz]|serializ)",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"[\s/]*(\w+)")


class Prose:
    """Answers for the declarations of one package."""

    def __init__(self, types: PackageTypes, files: Mapping[str, GoFile]) -> None:
        self._types = types
        self._files = files

    def says_alone(self, key: str) -> bool:
        """Whether a comment says that nobody gets in the way at the place with that key."""
        prefix = self._types.path + "."
        if not key.startswith(prefix):
            return False
        owner, _, rest = key[len(prefix) :].replace("[*]", "").partition(".")
        declared = self._types.variables.get(owner)
        if declared is not None:
            return bool(_OF_MAP.search(self._comment(declared.path, declared.at)))
        type_ = self._types.types.get(owner)
        if type_ is None:
            return False
        name = rest.partition(".")[0]
        if name in type_.fields_at and _OF_MAP.search(self._comment(type_.path, type_.fields_at[name])):
            return True
        return bool(_OF_TYPE.search(self._above(type_.path, type_.at[0], own=True)))

    def _comment(self, path: str, at: tuple[int, int]) -> str:
        """What is said of a field or variable: behind it, above it, or above the fields with which it stands together."""
        file = self._files.get(path)
        if file is None:
            return ""
        end = file.text.find(b"\n", at[1])
        behind = file.text[at[1] : end if end >= 0 else len(file.text)].partition(b"//")[2]
        return behind.decode("utf-8", "replace") + " ; " + self._above(path, at[0], own=False)

    def _above(self, path: str, start: int, own: bool) -> str:
        """The comment above a line; if there is none and not `own`, the one above the lines before it, up to a blank one."""
        file = self._files.get(path)
        if file is None:
            return ""
        below = ""
        if not own:
            for line in reversed(file.text[max(0, start - 4000) : start].decode("utf-8", "replace").split("\n")[:-1]):
                if not _is_field(line):
                    break
                below = line
                start = file.text.rfind(b"\n", 0, start)
        text = comment_above(file.text, start)
        first, named = _FIRST_WORD.match(text), _FIRST_WORD.match(below)
        about_other = first is not None and named is not None and first[1] == named[1]
        return "" if below and about_other else text


def _is_field(line: str) -> bool:
    """Whether a line of a struct declares a field, rather than being blank, a comment or the end of a block."""
    bare = line.strip()
    return bool(bare) and not bare.startswith(("//", "}", "type ", "var ", "/*", "*")) and not bare.endswith("{")
