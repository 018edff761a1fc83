"""GM106 guarded-map-escapes."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class GuardedMapEscapes(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM106"
    name = "guarded-map-escapes"
    level = Level.WARNING
