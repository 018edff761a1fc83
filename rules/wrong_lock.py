"""GM108 wrong-lock."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class WrongLock(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM108"
    name = "wrong-lock"
    level = Level.ERROR
