"""When garbage is collected: before packages, and not while one is being analysed.

The analysis makes millions of small objects that all live until its package is done. Python's collector would look at
them again and again for nothing, which takes as long as the lowering itself.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Bytes of source between two collections: nearly all that a package was made of is freed as it is taken apart.
_INTERVAL = 8_000_000

_since = 0


def left_to_packages() -> None:
    """From now on, garbage is collected by `make_room` only: for processes that do nothing else."""
    gc.disable()
    gc.freeze()


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Leave the collection of garbage to `make_room` until the block is left."""
    enabled = gc.isenabled()
    left_to_packages()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


def make_room(size: int) -> None:
    """A package of that many bytes is next: collect what is left of those before it, if that is worth it."""
    global _since
    if _since and _since + size >= _INTERVAL:
        _since = 0
        gc.collect()
        gc.freeze()  # what is left are facts, which stay; the next collection need not look at them
    _since += size
