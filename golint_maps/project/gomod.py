"""`go.mod` and `go.work`, read tolerantly: what is not understood is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_maps.project.package import GoVersion
from golint_maps.record import record

# What the Go command takes for granted in a go.mod without a go directive.
UNSTATED_GO_VERSION: GoVersion = (1, 16)

_WORD = re.compile(r'//.*|"(?:[^"\\]|\\.)*"|`[^`]*`|=>|[()]|(?:(?!//|=>)[^\s()"`])+|["`]')
_VERSION = re.compile(r"(?:go)?(\d{1,6})(?:\.(\d{1,6}))?")


@record(frozen=True, slots=True)
class Replace:
    """`replace old [old_version] => new [new_version]`; versions are "" where not stated, `new` may be a folder."""

    old: str
    old_version: str
    new: str
    new_version: str

    @property
    def local(self) -> bool:
        """Whether `new` names a folder (by Go's rule: it begins with `./` or `../` or is absolute)."""
        return self.new in (".", "..") or bool(re.match(r"\.\.?[/\\]|/|[A-Za-z]:[/\\]", self.new))


@record(frozen=True, slots=True)
class GoMod:
    """The directives of a `go.mod` or `go.work` that matter here; `uses` are folders as written, for `go.work` only."""

    module: str = ""
    go_version: GoVersion = UNSTATED_GO_VERSION
    toolchain: str = ""
    replaces: tuple[Replace, ...] = ()
    uses: tuple[str, ...] = ()


def parse_version(text: str) -> GoVersion | None:
    """The language version in `1.21`, `1.21.3`, `1.22rc1` or `go1.23`, as (major, minor); None for anything else."""
    match = _VERSION.match(text)
    return None if match is None else (int(match[1]), int(match[2] or 0))


def parse(text: bytes) -> GoMod:
    """The directives in the bytes of a `go.mod` or `go.work`; never raises. The first of repeated directives wins."""
    module = toolchain = ""
    version: GoVersion | None = None
    replaces: list[Replace] = []
    uses: list[str] = []
    for verb, words in _directives(text.decode("utf-8-sig", "replace")):
        if verb == "module":
            module = module or words[0]
        elif verb == "toolchain":
            toolchain = toolchain or words[0]
        elif verb == "go":
            version = version or parse_version(words[0])
        elif verb == "use":
            uses.append(words[0])
        elif verb == "replace" and (replace := _replace(words)):
            replaces.append(replace)
    return GoMod(module, version or UNSTATED_GO_VERSION, toolchain, tuple(replaces), tuple(uses))


def _directives(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each directive as its verb and its words, at least one; blocks are taken apart."""
    block = ""
    for line in text.splitlines():
        words = list(_words(line))
        if not words:
            continue
        if block:
            if words[0] == ")":
                block = ""
            else:
                yield block, words
        elif len(words) > 1 and words[1] == "(":
            block = words[0]
            if ")" in words:
                block = ""
        elif len(words) > 1:
            yield words[0], words[1:]


def _words(line: str) -> Iterator[str]:
    for match in _WORD.finditer(line):
        word = match[0]
        if word.startswith("//"):
            return
        yield word[1:-1] if len(word) > 1 and word[0] in '"`' else word


def _replace(words: list[str]) -> Replace | None:
    if "=>" not in words:
        return None
    arrow = words.index("=>")
    old, new = words[:arrow], words[arrow + 1 :]
    if not old or not new:
        return None
    return Replace(old[0], old[1] if len(old) > 1 else "", new[0], new[1] if len(new) > 1 else "")
