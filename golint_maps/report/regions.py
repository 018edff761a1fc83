"""From byte ranges to lines and columns, in the unit that a format counts in."""

from __future__ import annotations

from collections.abc import Callable

from golint_maps.record import record
from golint_maps.syntax.source import LineIndex


@record(frozen=True, slots=True)
class Region:
    """A range in lines and columns: all 1-based; `end_column` is one past the last column."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


def region(index: LineIndex, start: int, end: int, column: Callable[[int], int]) -> Region:
    """The region of the bytes `[start, end)`; `column` is the method of `index` that counts in the wanted unit."""
    end = max(start, end)
    return Region(index.line(start), column(start), index.line(end), column(end))


def first_line(index: LineIndex, start: int, end: int) -> int:
    """The end of a range (byte offset) when it is cut to the line on which it starts, without that line's ending."""
    line = index.line(start)
    return max(start, min(end, index.line_start(line) + len(index.line_bytes(line))))
