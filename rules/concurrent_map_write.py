"""GM101 concurrent-map-write."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class ConcurrentMapWrite(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM101"
    name = "concurrent-map-write"
    level = Level.ERROR
