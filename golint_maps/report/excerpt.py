"""Source excerpts for terminals: one line of code and the marks below it, aligned whatever the line holds."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from golint_maps.record import record
from golint_maps.report.regions import first_line
from golint_maps.syntax.source import LineIndex

TAB_STOP = 4
_ELLIPSIS = "…"
_CONTROL_PICTURES = 0x2400
# GitHub's, Azure's and TeamCity's runners obey these wherever they stand in a line of a log.
_RUNNER_COMMAND = re.compile(r"(?<=##)([A-Za-z]*)\[")
_BYTES_PER_CELL = 8  # generous: how many bytes beside the marks are looked at, so that endless lines cost nothing

Glyph = tuple[str, int]
"""What a terminal is given for one character, and the number of cells which that takes."""


@record(frozen=True, slots=True)
class Excerpt:
    """One line of code in three parts, of which the middle one is marked: `length` cells from the cell `offset` on."""

    before: str
    marked: str
    after: str
    offset: int
    length: int


def clean(text: str) -> str:
    """`text` with all made visible that would steer a terminal or the runner of a CI job that reads the log.

    That is control, format and bidirectional characters, non-characters, and the start of commands (`##[`).
    """
    if text.isascii() and text.isprintable():
        return _without_commands(text)
    return _without_commands("".join(_glyph(character)[0] for character in text))


def printable_path(path: str) -> str:
    """A path as people know it, which can be no command to a terminal or the runner of a CI job."""
    shown = clean(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown  # as GitHub's commands do


def _without_commands(text: str) -> str:
    return _RUNNER_COMMAND.sub(r"\1\\u005b", text) if "##" in text else text


def excerpt(index: LineIndex, start: int, end: int, width: int) -> Excerpt:
    """The line at the byte offset `start`, fitted into `width` cells around the bytes `[start, end)` of that line."""
    number = index.line(start)
    end = first_line(index, start, end)
    line_start = index.line_start(number)
    line = index.line_bytes(number)
    reach = width * _BYTES_PER_CELL
    left, right = start - line_start, end - line_start
    cut_left, cut_right = max(0, left - reach), right + reach
    before = _glyphs(line[cut_left:left])
    marked = _glyphs(line[left : min(right, left + reach)], _cells(before))
    after = _glyphs(line[right:cut_right], _cells(before) + _cells(marked))

    room = max(width, 16)
    marked = _head(marked, room - 4, False)
    free = room - _cells(marked)
    before = _tail(before, max(free // 2, free - _cells(after)), cut_left > 0)
    after = _head(after, room - _cells(before) - _cells(marked), cut_right < len(line))
    return Excerpt(_text(before), _text(marked), _text(after), _cells(before), max(1, _cells(marked)))


def _glyph(character: str) -> Glyph:
    """The visible form of a character; tabs are the business of `_glyphs`."""
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code), 1
    if code < 0x7F:
        return character, 1
    if code == 0x7F:
        return "\u2421", 1
    if 0xDC80 <= code <= 0xDCFF:  # an undecodable byte of a path
        return f"\\x{code - 0xDC00:02x}", 4
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        escaped = f"\\u{code:04x}"
        return escaped, len(escaped)
    if category in ("Mn", "Me"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _glyphs(line: bytes, column: int = 0) -> list[Glyph]:
    """The characters of part of a line which starts at the cell `column` (0-based); tabs become spaces."""
    glyphs: list[Glyph] = []
    text = line.decode("utf-8", "replace")
    commands = {found.end() - 1 for found in _RUNNER_COMMAND.finditer(text)} if "##" in text else ()
    for place, character in enumerate(text):
        if place in commands:
            glyph = "\\u005b", 6
        elif character == "\t":
            cells = TAB_STOP - column % TAB_STOP
            glyph = " " * cells, cells
        else:
            glyph = _glyph(character)
        column += glyph[1]
        glyphs.append(glyph)
    return glyphs


def _cells(glyphs: list[Glyph]) -> int:
    return sum(cells for _, cells in glyphs)


def _text(glyphs: list[Glyph]) -> str:
    return "".join(text for text, _ in glyphs)


def _head(glyphs: list[Glyph], room: int, cut: bool) -> list[Glyph]:
    """As many glyphs from the front as fit into `room` cells; an ellipsis stands for the rest (`cut`: there is one)."""
    if not cut and _cells(glyphs) <= room:
        return glyphs
    fitting = [glyph for glyph, cells in zip(glyphs, accumulate(c for _, c in glyphs), strict=True) if cells < room]
    return [*fitting, (_ELLIPSIS, 1)] if room > 0 else []


def _tail(glyphs: list[Glyph], room: int, cut: bool) -> list[Glyph]:
    """As `_head`, from the back."""
    return _head(glyphs[::-1], room, cut)[::-1]
