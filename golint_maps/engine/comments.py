"""The comments of a Go file, found without a syntax tree: good enough for files that don't parse, and fast."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_maps.record import record

_STRINGS = rb'`[^`]*`|"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)+'"
_COMMENTS = rb"//[^\n]*|/\*(?s:.*?)\*/"
_TOKENS = re.compile(rb"(?P<comment>%s)|%s" % (_COMMENTS, _STRINGS))
_STRUCTURE = re.compile(rb"%s|%s|[()\[\]{}\n]" % (_COMMENTS, _STRINGS))


@record(frozen=True, slots=True)
class Comment:
    """A comment with its delimiters: the bytes `[start, end)` of the file."""

    start: int
    end: int
    text: bytes


def line_comments(text: bytes) -> Iterator[Comment]:
    """The `//` comments of a Go file, in order; what looks like one inside of a string, rune or `/* */` is none."""
    for token in _TOKENS.finditer(text):
        comment = token["comment"]
        if comment is not None and comment.startswith(b"//"):
            yield Comment(token.start(), token.start() + len(comment.rstrip()), comment.rstrip())


def end_of_declaration(text: bytes, start: int) -> int:
    """The byte offset of the end of the line on which the declaration at the byte offset `start` ends.

    That is the first line ending at which all its brackets are closed.
    """
    depth = 0
    for token in _STRUCTURE.finditer(text, start):
        kind = token[0]
        if kind in (b"(", b"[", b"{"):
            depth += 1
        elif kind in (b")", b"]", b"}"):
            depth -= 1
        elif kind == b"\n" and depth <= 0:
            return token.start()
    return len(text)
