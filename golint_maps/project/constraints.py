"""Build constraints: what a file's name and its `//go:build` line demand, and whether two demands fit into one build.

Constraints travel as text (`linux && !cgo`, "" for none), so that they are plain data; the parsed form stays in here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from golint_maps.project.package import GoVersion
from golint_maps.record import record


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


UNIX_OS = _set("aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris")
KNOWN_OS = UNIX_OS | _set("js nacl plan9 wasip1 windows zos")
KNOWN_ARCH = _set(
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le"
    " ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm"
)
COMPILERS = frozenset(("gc", "gccgo"))
# A build for one of the keys also satisfies the tag of its value.
_ALSO = {"android": "linux", "illumos": "solaris", "ios": "darwin"}

_TOKEN = re.compile(r"\s*(?:(&&|\|\||[!()])|([\w.]+))")
_VERSION_TAG = re.compile(r"go1(?:\.(\d{1,6}))?")
_MAX_LENGTH = 4000
_MAX_DEPTH = 60
_MAX_WORLDS = 1 << 14


@record(frozen=True, slots=True)
class Tag:
    """True in builds that have the tag `name`."""

    name: str


@record(frozen=True, slots=True)
class Not:
    """The negation of `operand`."""

    operand: Expression


@record(frozen=True, slots=True)
class All:
    """True where all `operands` are."""

    operands: tuple[Expression, ...]


@record(frozen=True, slots=True)
class Any:
    """True where at least one of `operands` is."""

    operands: tuple[Expression, ...]


Expression = Tag | Not | All | Any


class _SyntaxError(Exception):
    pass


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(self._tokens(text))
        self.at = 0

    @staticmethod
    def _tokens(text: str) -> Iterator[str]:
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                raise _SyntaxError
            yield match[1] or match[2]
            at = match.end()

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def chain(self, operator: str, depth: int) -> Expression:
        operands = []
        while True:
            operands.append(self.chain("&&", depth) if operator == "||" else self.unary(depth))
            if self.peek() != operator:
                break
            self.at += 1
        if len(operands) == 1:
            return operands[0]
        return Any(tuple(operands)) if operator == "||" else All(tuple(operands))

    def unary(self, depth: int) -> Expression:
        if depth > _MAX_DEPTH:
            raise _SyntaxError
        token = self.take()
        if token == "!":
            if self.peek() == "!":  # Go refuses the double negation
                raise _SyntaxError
            return Not(self.unary(depth + 1))
        if token == "(":
            inner = self.chain("||", depth + 1)
            if self.take() != ")":
                raise _SyntaxError
            return inner
        if token in ("", "&&", "||", ")"):
            raise _SyntaxError
        return Tag(token)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression | None:
    """The parsed form of a `//go:build` expression (without the `//go:build`); None where it is empty or malformed."""
    if not text or len(text) > _MAX_LENGTH:
        return None
    try:
        parser = _Parser(text)
        expression = parser.chain("||", 0)
    except _SyntaxError:
        return None
    return expression if parser.at == len(parser.tokens) else None


def from_plus_build(lines: Iterable[str]) -> str:
    """The expression that old `// +build` lines mean; each of `lines` is the text after `+build`.

    Lines are joined by and, words of a line by or, parts of a word by and. Returns "" for none.
    """
    clauses = []
    for line in lines:
        words = [" && ".join(part for part in word.split(",") if part) for word in line.split()]
        words = [f"({word})" if " && " in word and len(words) > 1 else word for word in words if word]
        if words:
            clauses.append(" || ".join(words))
    return combine(*clauses)


@lru_cache(maxsize=8192)
def from_file_name(name: str) -> str:
    """The constraint in a file's name (`poll_linux_arm64_test.go` → `linux && arm64`), "" for none."""
    stem = name.partition(".")[0]
    _, underscore, rest = stem.partition("_")
    if not underscore:  # "linux.go" is an ordinary name
        return ""
    parts = rest.split("_")
    if parts[-1] == "test":
        parts.pop()
    if len(parts) >= 2 and parts[-2] in KNOWN_OS and parts[-1] in KNOWN_ARCH:
        return f"{parts[-2]} && {parts[-1]}"
    if parts and (parts[-1] in KNOWN_OS or parts[-1] in KNOWN_ARCH):
        return parts[-1]
    return ""


def combine(*constraints: str) -> str:
    """The conjunction of constraints, "" for none; empty ones fall out, and nothing is said twice."""
    wanted = list(dict.fromkeys(constraint for constraint in constraints if constraint))
    if len(wanted) < 2:
        return "".join(wanted)
    return " && ".join(f"({one})" if _is_alternative(one) else one for one in wanted)


def _is_alternative(constraint: str) -> bool:
    return "||" in constraint and isinstance(parse(constraint), Any)


@lru_cache(maxsize=4096)
def minimum_version(constraint: str) -> GoVersion | None:
    """The lowest Go version that the `go1.N` tags of a constraint admit, by Go's structural rule; None without any."""
    expression = parse(constraint)
    minor = -1 if expression is None else _minimum(expression, True)
    return None if minor < 0 else (1, minor)


def _minimum(expression: Expression, positive: bool) -> int:
    if isinstance(expression, Tag):
        return _minor(expression.name) if positive else -1
    if isinstance(expression, Not):
        return _minimum(expression.operand, not positive)
    minima = [_minimum(operand, positive) for operand in expression.operands]
    return max(minima) if isinstance(expression, All) is positive else min(minima)


def _minor(tag: str) -> int:
    match = _VERSION_TAG.fullmatch(tag)
    return -1 if match is None else int(match[1] or 0)


@lru_cache(maxsize=4096)
def needs(constraint: str, tag: str) -> bool:
    """Whether every build that satisfies `constraint` has `tag` (such as `ignore`); False for malformed constraints."""
    return tag in constraint and parse(constraint) is not None and not can_coexist(constraint, f"!{tag}")


def can_coexist(a: str, b: str) -> bool:
    """Whether one build can satisfy both constraints ("" for none), so that both files can be in one program.

    A build has one GOOS, one GOARCH, one compiler and one Go version; all other tags are free. True where a constraint
    has too many tags to decide; a malformed one demands nothing.
    """
    if not a and not b:
        return True
    return _can_coexist(a, b) if a <= b else _can_coexist(b, a)


@lru_cache(maxsize=65536)
def _can_coexist(a: str, b: str) -> bool:
    both = [expression for expression in (parse(a), parse(b)) if expression is not None]
    return _satisfiable(All(tuple(both))) if both else True


@lru_cache(maxsize=4096)
def wants_tags(constraint: str) -> bool:
    """Whether only builds satisfy `constraint` that somebody has given tags of the project's own (`-tags deadlock`)."""
    expression = parse(constraint) if constraint else None
    return expression is not None and not _satisfiable(expression, given=frozenset(("cgo",)))


def _satisfiable(expression: Expression, given: frozenset[str] | None = None) -> bool:
    """Whether a build satisfies an expression: any one, or one with no other tags than those `given`."""
    tags = frozenset(_tags(expression))
    axes = [
        _choices(tags & (KNOWN_OS | {"unix"}), KNOWN_OS, _os_tags),
        _choices(tags & KNOWN_ARCH, KNOWN_ARCH, lambda arch: frozenset((arch,))),
        _choices(tags & COMPILERS, COMPILERS, lambda compiler: frozenset((compiler,))),
        _versions(frozenset(tag for tag in tags if _minor(tag) >= 0)),
    ]
    settled = KNOWN_OS | KNOWN_ARCH | COMPILERS | {"unix"}
    free = sorted(tag for tag in tags if tag not in settled and _minor(tag) < 0 and (given is None or tag in given))
    if len(free) > 14:
        return True
    axes.extend([frozenset(), frozenset((tag,))] for tag in free)
    worlds = 1
    for axis in axes:
        worlds *= len(axis)
    if worlds > _MAX_WORLDS:
        return True
    return any(_holds(expression, frozenset().union(*world)) for world in itertools.product(*axes))


def _tags(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Tag):
        yield expression.name
    elif isinstance(expression, Not):
        yield from _tags(expression.operand)
    else:
        for operand in expression.operands:
            yield from _tags(operand)


def _os_tags(goos: str) -> frozenset[str]:
    return frozenset((goos, _ALSO.get(goos, goos), "unix" if goos in UNIX_OS else goos))


def _choices(
    mentioned: frozenset[str], values: frozenset[str], satisfied: Callable[[str], frozenset[str]]
) -> list[frozenset[str]]:
    """The sets of mentioned tags that one of `values` can make true; most values look alike to a constraint."""
    if not mentioned:
        return [frozenset()]
    return sorted({satisfied(value) & mentioned for value in values}, key=sorted)


def _versions(mentioned: frozenset[str]) -> list[frozenset[str]]:
    levels = sorted({_minor(tag) for tag in mentioned})
    return [frozenset(), *(frozenset(tag for tag in mentioned if _minor(tag) <= level) for level in levels)]


def _holds(expression: Expression, world: frozenset[str]) -> bool:
    if isinstance(expression, Tag):
        return expression.name in world
    if isinstance(expression, Not):
        return not _holds(expression.operand, world)
    if isinstance(expression, All):
        return all(_holds(operand, world) for operand in expression.operands)
    return any(_holds(operand, world) for operand in expression.operands)
