"""When the worker collects garbage: never while a package is analysed, and most of it never looked at.

An analysis makes many objects, few of which are rubbish before it ends. What it leaves behind lives until the next edit,
when a small part of it is replaced. So each collection looks at what is new since the last look at everything, which takes
some ten milliseconds; and everything is looked at when the editor is quiet, or after many edits without a pause.
"""

from __future__ import annotations

import gc

# Seconds without a message after which the editor is quiet.
PAUSE = 2.0
# Analyses after which everything is looked at even if the editor never is.
_MANY = 200
# Objects that are worth being looked at again after each edit.
_LARGE = 50_000
# Bytes of source that are analysed one package after the other before what they have left is collected.
_INTERVAL = 2_000_000


class Tidying:
    """Takes over the collection of garbage in this process."""

    def __init__(self) -> None:
        gc.disable()
        self._since_all = 0
        self._bytes = 0
        self._new = False

    @property
    def wanted(self) -> bool:
        """Whether a look at everything is worth it."""
        return self._since_all > 0

    def analysed(self, size: int) -> None:
        """Packages with that many bytes of source were analysed, and more are waiting."""
        self._new = True
        self._since_all += 1
        self._bytes += size
        if self._bytes >= _INTERVAL:
            gc.collect()
            gc.freeze()
            self._bytes = 0

    def idle(self) -> None:
        """There is nothing to do at the moment."""
        if self._since_all >= _MANY:
            self.quiet()
        elif self._new:
            gc.collect()
            if len(gc.get_objects(generation=2)) > _LARGE:
                gc.freeze()
        self._new = False
        self._bytes = 0

    def quiet(self) -> None:
        """There is nothing to do for a while."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._since_all = 0
        self._new = False
