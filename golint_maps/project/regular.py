"""Reads and replaces what is a file in earnest: opening a FIFO would wait for ever, and some devices never end."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """A regular file (links followed), unbuffered, to be read. Raises OSError, also for what is no regular file."""
    # The file is asked, not the path, behind which something else may be the next moment.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    file = os.fdopen(descriptor, "rb", buffering=0)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise OSError(f"{os.fspath(path)} is not a regular file")
    return file


def read_regular(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a regular file (links followed). Raises OSError, also for what is no regular file."""
    with open_regular(path) as file:
        return file.read()


def replace_regular(path: str | os.PathLike[str], data: bytes) -> None:
    """Put `data` in place of what is in a file (links followed), all or nothing; it keeps its mode. Raises OSError.

    What is there but no regular file, such as a terminal, is written to.
    """
    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(data)
        return
    scratch = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.tmp")
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            scratch.chmod(stat.S_IMODE(mode))
        scratch.replace(target)
    except BaseException:
        with suppress(OSError):
            scratch.unlink()
        raise
