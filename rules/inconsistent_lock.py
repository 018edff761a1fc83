"""GM104 inconsistent-lock."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class InconsistentLock(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM104"
    name = "inconsistent-lock"
    level = Level.ERROR
