"""GM102 concurrent-map-read-write."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class ConcurrentMapReadWrite(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM102"
    name = "concurrent-map-read-write"
    level = Level.ERROR
