"""The text of one file and its positions: bytes to lines and columns, in UTF-8, UTF-16 or code points."""

from __future__ import annotations

import bisect
import re
from dataclasses import field

from golint_maps.record import record

_NEWLINE = re.compile(rb"\n")


@record(frozen=True, slots=True)
class LineIndex:
    """Where the lines of a text start.

    `text` is the raw bytes as read from disk. Lines end at LF; a CR before it belongs to the line's ending. Bytes that are
    not UTF-8 are decoded with U+FFFD, as editors do.
    """

    text: bytes
    starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: bytes) -> LineIndex:
        """Index `text` (bytes)."""
        return cls(text, (0, *(match.end() for match in _NEWLINE.finditer(text))))

    def line(self, offset: int) -> int:
        """The 1-based line of a byte offset (0-based); offsets past the end belong to the last line."""
        return bisect.bisect_right(self.starts, max(offset, 0))

    def line_start(self, line: int) -> int:
        """The byte offset at which the 1-based `line` starts (the end of the text for lines past the end)."""
        return self.starts[line - 1] if line <= len(self.starts) else len(self.text)

    def line_bytes(self, line: int) -> bytes:
        """The bytes of the 1-based `line` without its line ending."""
        return self.text[self.line_start(line) : self.line_start(line + 1)].rstrip(b"\r\n")

    def line_text(self, line: int) -> str:
        """The 1-based `line` as characters, without its line ending."""
        return self.line_bytes(line).decode("utf-8", "replace")

    def column_utf8(self, offset: int) -> int:
        """The 1-based column of a byte offset, counted in UTF-8 bytes (what Go tools print)."""
        return offset - self.line_start(self.line(offset)) + 1

    def column_utf16(self, offset: int) -> int:
        """The 1-based column of a byte offset, counted in UTF-16 code units (SARIF's and LSP's default)."""
        return len(self._before(offset).encode("utf-16-le", "surrogatepass")) // 2 + 1

    def column_characters(self, offset: int) -> int:
        """The 1-based column of a byte offset, counted in code points."""
        return len(self._before(offset)) + 1

    def _before(self, offset: int) -> str:
        return self.text[self.line_start(self.line(offset)) : offset].decode("utf-8", "replace")


def comment_above(text: bytes, offset: int) -> str:
    """The `//` comments directly above the line of a byte offset, as one line without their slashes; "" where there are none."""
    lines: list[bytes] = []
    end = text.rfind(b"\n", 0, offset)
    while end >= 0:
        start = text.rfind(b"\n", 0, end) + 1
        line = text[start:end].strip()
        if not line.startswith(b"//"):
            break
        lines.append(line.lstrip(b"/ "))
        end = start - 1
    return b" ".join(reversed(lines)).decode("utf-8", "replace")
