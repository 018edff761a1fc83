"""Reads what is a file in earnest: opening a FIFO would wait for ever, and some devices never end."""

from __future__ import annotations

import os
import stat


def read_regular(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a regular file (links followed). Raises OSError, also for what is no regular file."""
    # The file is asked, not the path, behind which something else may be the next moment.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{os.fspath(path)} is not a regular file")
        return file.readall()
