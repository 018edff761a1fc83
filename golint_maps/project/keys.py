"""Keys: how a file or folder is named in findings, relative to the working directory and with `/` on all platforms."""
# Paths are plain strings on this floor, since trees of ten thousands of files are walked with them.
# ruff: noqa: PTH100, PTH118

from __future__ import annotations

import contextlib
import os


class Keys:
    """Turns absolute paths into keys and back. `cwd` is the absolute working directory."""

    def __init__(self, cwd: str) -> None:
        """Symbolic links in `cwd` are resolved, as those in all paths are."""
        self.cwd = os.path.realpath(cwd)

    def key(self, path: str) -> str:
        """The key of an absolute path: relative to the working directory (`.` for itself), else the path itself.

        Only paths on another drive can't be relative.
        """
        with contextlib.suppress(ValueError):
            path = os.path.relpath(path, self.cwd)
        return path.replace(os.sep, "/")

    def path(self, name: str) -> str:
        """The absolute path of a key or of what was typed; links among its folders are resolved, not one at its end."""
        folder, base = os.path.split(os.path.abspath(os.path.join(self.cwd, name)))
        return os.path.join(os.path.realpath(folder), base)


def join(folder: str, name: str) -> str:
    """The key of `name` in the folder with the key `folder`."""
    if folder == ".":
        return name
    return f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"
