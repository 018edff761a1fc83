"""Long tables of numbers and texts, as generated files have them: most of their rows are not worth parsing.

A megabyte of such rows takes some 50 megabytes as a tree, and nothing happens in it. (One package of a well-known database
has 68 megabytes of character weights.)
"""

from __future__ import annotations

import re

# In smaller files the search would cost more than it saves.
_LARGE = 128_000
# Of each table the first rows stay, as examples of what is in it; shorter ones stay whole.
_KEPT, _LONG = 16, 64

_CELL = rb"""(?:[-+]?\.?[0-9][0-9A-Za-z_.]*|"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n][0-9A-Fa-f]{0,8})')"""
_CELLS = rb"%b(?:[ \t]*[:,][ \t]*%b)*" % (_CELL, _CELL)
# An entry of a list or a map, or a list of such; not a list under a key, of which rules ask whether it is there.
_ROW = re.compile(rb"\n[ \t]*(?:%b|\{[ \t]*%b[ \t]*,?[ \t]*\})[ \t]*,[ \t]*(?://[^\n]*)?\r?(?=\n)" % (_CELLS, _CELLS))

_BLANK = bytes(byte if byte in b"\r\n" else 0x20 for byte in range(256))


def without_tables(text: bytes) -> bytes:
    """The bytes of a Go file with spaces in place of most rows of long tables: same length, same lines.

    A row is one line of literals which ends in a comma, so that what is left is as valid as it was. In a raw string or a
    comment such lines may be part of it; the result is for the tree alone.
    """
    if len(text) < _LARGE:
        return text
    tables: list[tuple[int, int]] = []
    rows, start, end = 0, 0, -1
    for row in _ROW.finditer(text):
        if row.start() != end:
            if rows >= _LONG:
                tables.append((start, end))
            rows = 0
        rows += 1
        end = row.end()
        if rows == _KEPT:
            start = end
    if rows >= _LONG:
        tables.append((start, end))
    left = bytearray(text)
    for start, end in tables:
        left[start:end] = blanked(text[start:end])
    return bytes(left)


def blanked(text: bytes) -> bytes:
    """As many spaces as there are bytes, but for the ends of lines, which stay."""
    return text.translate(_BLANK)
