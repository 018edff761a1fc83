"""Makes the regular expressions of gitignore patterns run in bounded time, whatever pattern a repository comes with.

`*a*a*a*b` as `[^/]*a[^/]*a[^/]*a[^/]*b` tries all ways to share out a name between the wildcards, which takes for ever.
But the leftmost place for what stands between two wildcards is as good as any other one, since what follows has all the
more room. So each such piece is matched once, at its leftmost place, and never tried again: Python before 3.11 has no
atomic groups, but a lookahead is one, and a reference to its group then takes what it has seen. Likewise for what stands
between two `**`, by folders. Only what follows the last wildcard has to be at the end, and is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

_FEW = 2
"""Wildcards that do no harm."""
_LEADING, _BETWEEN = "(?:.+/)?", "(?:/.+)?"
# As the versions of the library write them: what lies in a folder that matches does, too.
_SUFFIXES = ("(?:(?P<ps_d>/)|$)", "(?:(?P<ps_d>/).*)?$", "(?P<ps_d>/).*$", "(?P<ps_d>/)", "/.*$", "/")
_TOKEN = re.compile(
    r"(?P<leading>\(\?:\.\+/\)\?)|(?P<between>\(\?:/\.\+\)\?)|(?P<star>\[\^/\][*+])|(?P<slash>/)"
    r"|(?P<one>\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^\\()\[\]*+?{}|^$.])"
)


def steady(expression: str) -> str:
    """The expression of a gitignore pattern, made by `pathspec`, as one that matches the same in bounded time.

    One with few wildcards, or of another form, is returned as it is.
    """
    if sum(expression.count(one) for one in ("[^/]*", "[^/]+", _LEADING, _BETWEEN)) <= _FEW:
        return expression
    suffix = next(filter(expression.endswith, _SUFFIXES), "")
    end = len(expression) - len(suffix)
    tokens = list(_tokens(expression[1:end]))
    if not expression.startswith("^") or "".join(text for _, text in tokens) != expression[1:end]:
        return expression
    numbers = count()
    parts = list(_parts(tokens))
    written = []
    for place, (before, names) in enumerate(parts):
        body = "/".join(_name(name, numbers) for name in names)
        if place == len(parts) - 1:
            written.append(before + body)
        else:
            lazy = before.replace(".+", ".+?").replace(")?", ")??")
            written.append(_once(f"{lazy}{body}(?=/|$)", numbers))
    return "^" + "".join(written) + expression[end:]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while found := _TOKEN.match(text, at):
        yield str(found.lastgroup), found[0]
        at = found.end()


def _parts(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    """What stands between two `**`: how folders are passed over before it, and the names, as tokens, that follow."""
    before: str = ""
    names: list[list[tuple[str, str]]] = [[]]
    for kind, text in tokens:
        if kind in ("leading", "between"):
            if before or names != [[]]:
                yield before, names
            before, names = text, [[]]
        elif kind == "slash":
            if before == _BETWEEN and names == [[]]:
                before += text
            else:
                names.append([])
        else:
            names[-1].append((kind, text))
    yield before, names


def _name(tokens: list[tuple[str, str]], numbers: Iterator[int]) -> str:
    """The expression of one name, the pieces between wildcards once and for all."""
    pieces = [""]
    for kind, text in tokens:
        if kind == "star":
            pieces.append(text)
        else:  # `[!a]` is no slash for git, though it may be one for the library
            pieces[-1] += text.replace("[^", "[^/", 1) if text.startswith("[^") else text
    if len(pieces) == 1:
        return pieces[0]
    inner = (_once(piece.replace("[^/]*", "[^/]*?").replace("[^/]+", "[^/]+?"), numbers) for piece in pieces[1:-1])
    return pieces[0] + "".join(inner) + pieces[-1]


def _once(expression: str, numbers: Iterator[int]) -> str:
    name = f"once{next(numbers)}"
    return f"(?=(?P<{name}>{expression}))(?P={name})"
