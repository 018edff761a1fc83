"""GM103 concurrent-map-iteration."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class ConcurrentMapIteration(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM103"
    name = "concurrent-map-iteration"
    level = Level.ERROR
