"""Exit codes, and the way out with a word about the reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

from golint_maps.cli import terminal

CLEAN, FOUND, FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143


def fail(message: str) -> NoReturn:
    """Say what went wrong, and end."""
    terminal.say(message, error=True)
    sys.exit(FAILED)


def working_folder() -> Path:
    """The folder from which paths start; ends where it is gone, or may not be seen."""
    try:
        return Path.cwd()
    except OSError as error:
        fail(f"the working folder can't be found: {error.strerror}")
