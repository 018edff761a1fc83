"""The head of a Go file, read from its bytes without a parser: what discovery must know before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_maps.project import constraints
from golint_maps.project.package import GoVersion
from golint_maps.record import record

_BOM = b"\xef\xbb\xbf"
# Comments, white space and semicolons. Matched in bounded runs, because each round of a group costs the matcher memory.
_TRIVIA = re.compile(rb"(?:[ \t\r\n;]+|//[^\n]*|/\*.*?\*/){1,500}", re.DOTALL)
_COMMENT = re.compile(rb"//[^\n]*|/\*.*?\*/", re.DOTALL)
_BETWEEN = rb"(?:[ \t\r]|/\*(?:[^*\n]|\*(?!/))*\*/)*"
_NAME = rb"[A-Za-z_\x80-\xff][0-9A-Za-z_\x80-\xff]*"
_WORD = re.compile(_NAME)
_IMPORT = re.compile(rb"import(?![0-9A-Za-z_\x80-\xff])")
_SPEC = re.compile(rb'(?:(?:%s|\.)%s)?(?:"((?:[^"\\\n]|\\[^\n])*)"|`([^`]*)`)' % (_NAME, _BETWEEN))
_GENERATED = re.compile(rb"^// Code generated .* DO NOT EDIT\.\r?$", re.MULTILINE)
_GO_BUILD = re.compile(rb"//go:build(?:[ \t]+([^\n]*))?\s*")
_PLUS_BUILD = re.compile(rb"//[ \t]*\+build(?:[ \t]+([^\n]*))?\s*")
_BLANK_LINE = re.compile(rb"^[ \t\r]*\n", re.MULTILINE)


@record(frozen=True, slots=True)
class Header:
    """What stands above the first declaration of a Go file.

    `package_name` is "" where there is no package clause. `imports` are the import paths in the order of the file, each
    once, without `C`, for which `cgo` stands. `constraint` is the `//go:build` expression (or what `// +build` lines
    mean), "" for none and for a malformed one. `go_version` is the lowest that the constraint admits, or None.
    """

    package_name: str
    imports: tuple[str, ...] = ()
    cgo: bool = False
    constraint: str = ""
    go_version: GoVersion | None = None
    generated: bool = False


def scan(text: bytes) -> Header:
    """The header of a Go file given as raw bytes (UTF-8, with or without BOM). Takes any bytes and never raises."""
    if text.startswith(_BOM):
        text = text[len(_BOM) :]
    start = _skip(text, 0)
    name, at = _package_clause(text, start)
    constraint = _constraint(text, start)
    paths = dict.fromkeys(_imports(text, at)) if name else {}
    return Header(
        package_name=name,
        imports=tuple(path for path in paths if path != "C"),
        cgo="C" in paths,
        constraint=constraint,
        go_version=constraints.minimum_version(constraint) if constraint else None,
        # The literal is looked for first: few files have it, and the search for it is far faster.
        generated=text.find(b"// Code generated ", 0, start) >= 0 and _GENERATED.search(text[:start]) is not None,
    )


def _skip(text: bytes, at: int) -> int:
    while match := _TRIVIA.match(text, at):
        at = match.end()
    return at


def _package_clause(text: bytes, at: int) -> tuple[str, int]:
    keyword = _WORD.match(text, at)
    if keyword is None or keyword[0] != b"package":
        return "", at
    name = _WORD.match(text, _skip(text, keyword.end()))
    return ("", at) if name is None else (name[0].decode("utf-8", "replace"), name.end())


def _imports(text: bytes, at: int) -> Iterator[str]:
    while True:
        keyword = _IMPORT.match(text, _skip(text, at))
        if keyword is None:
            return
        at = _skip(text, keyword.end())
        if text[at : at + 1] == b"(":
            at += 1
            while True:
                at = _skip(text, at)
                if at >= len(text):
                    return
                if text[at : at + 1] == b")":
                    at += 1
                    break
                if spec := _SPEC.match(text, at):
                    yield from _path(spec)
                    at = spec.end()
                else:  # half-written: the next line may be whole again, unless a comment swallows the rest
                    at = -1 if text.startswith(b"/*", at) else text.find(b"\n", at)
                    if at < 0:
                        return
        elif spec := _SPEC.match(text, at):
            yield from _path(spec)
            at = spec.end()
        else:
            return


def _path(spec: re.Match[bytes]) -> Iterator[str]:
    interpreted, raw = spec.groups()
    if raw is not None:
        path = raw.replace(b"\r", b"").decode("utf-8", "replace")
    elif b"\\" in interpreted:
        try:
            path = interpreted.decode("unicode_escape")
            path.encode("utf-8")
        except UnicodeError:
            return
    else:
        path = interpreted.decode("utf-8", "replace")
    if path:
        yield path


def _constraint(text: bytes, end: int) -> str:
    """The build constraint in the comments before `end`, where the first token stands."""
    if text.find(b"//go:build", 0, end) >= 0:
        for comment in _COMMENT.finditer(text, 0, end):
            if match := _GO_BUILD.fullmatch(comment[0]):
                expression = (match[1] or b"").decode("utf-8", "replace").strip()
                return expression if constraints.parse(expression) else ""
    if text.find(b"+build", 0, end) >= 0:
        return _plus_build(text, end)
    return ""


def _plus_build(text: bytes, end: int) -> str:
    """Old constraints hold only in line comments that a blank line separates from what follows."""
    block = text.find(b"/*", 0, end)
    end = end if block < 0 else block
    blank = max((match.start() for match in _BLANK_LINE.finditer(text, 0, end)), default=0)
    lines = (_PLUS_BUILD.fullmatch(comment[0]) for comment in _COMMENT.finditer(text, 0, blank))
    expression = constraints.from_plus_build((match[1] or b"").decode("utf-8", "replace") for match in lines if match)
    return expression if constraints.parse(expression) else ""
