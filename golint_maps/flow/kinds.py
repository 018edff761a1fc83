"""The kinds of conflicts: the names of the rules that report them."""

from __future__ import annotations

CONCURRENT_WRITE = "concurrent-map-write"
CONCURRENT_READ_WRITE = "concurrent-map-read-write"
CONCURRENT_ITERATION = "concurrent-map-iteration"
INCONSISTENT_LOCK = "inconsistent-lock"
WRITE_UNDER_RLOCK = "write-under-rlock"
GUARDED_MAP_ESCAPES = "guarded-map-escapes"
WRONG_LOCK = "wrong-lock"

# Two accesses without a common lock; an access that does not keep to the guard of its map.
CONCURRENT = frozenset({CONCURRENT_WRITE, CONCURRENT_READ_WRITE, CONCURRENT_ITERATION})
GUARDED = frozenset({INCONSISTENT_LOCK, WRITE_UNDER_RLOCK, WRONG_LOCK, GUARDED_MAP_ESCAPES})
