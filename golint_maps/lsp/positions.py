"""Between byte offsets and an editor's positions, in the encoding that client and server have agreed on.

A position is a 0-based line and a 0-based column, counted in UTF-8 bytes, UTF-16 units or code points.
"""

from __future__ import annotations

from lsprotocol import types

from golint_maps.finding import Location
from golint_maps.syntax.source import LineIndex

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"


def position(index: LineIndex, offset: int, encoding: str) -> types.Position:
    """The position of a byte offset (0-based; past the end means the end)."""
    offset = min(max(offset, 0), len(index.text))
    line = index.line(offset)
    if encoding == UTF8:
        column = index.column_utf8(offset)
    elif encoding == UTF32:
        column = index.column_characters(offset)
    else:
        column = index.column_utf16(offset)
    return types.Position(line - 1, column - 1)


def range_of(index: LineIndex, start: int, end: int, encoding: str) -> types.Range:
    """The range of the bytes `[start, end)`."""
    return types.Range(position(index, start, encoding), position(index, max(start, end), encoding))


def visible_range(index: LineIndex, place: Location, encoding: str) -> types.Range:
    """The range of a location, cut at the end of its first line: what an editor is to underline."""
    line = index.line(place.start)
    end = min(place.end, index.line_start(line) + len(index.line_bytes(line)))
    return range_of(index, place.start, end, encoding)


def offset(index: LineIndex, place: types.Position, encoding: str) -> int:
    """The byte offset of a position; columns past the end of a line mean its end, lines past the end that of the text."""
    line = max(place.line, 0) + 1
    start = index.line_start(line)
    text = index.line_bytes(line)
    if encoding == UTF8:
        return start + min(place.character, len(text))
    characters = text.decode("utf-8", "replace")
    if encoding == UTF32:
        before = characters[: place.character]
    else:
        units = characters.encode("utf-16-le", "surrogatepass")[: 2 * max(place.character, 0)]
        before = units.decode("utf-16-le", "ignore")
    return start + min(len(before.encode("utf-8", "surrogatepass")), len(text))


def touches(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges touch: they overlap, or one is an empty range inside or at an end of the other."""
    first = (one.start.line, one.start.character), (one.end.line, one.end.character)
    second = (other.start.line, other.start.character), (other.end.line, other.end.character)
    return first[0] <= second[1] and second[0] <= first[1]
