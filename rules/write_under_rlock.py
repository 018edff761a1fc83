"""GM105 write-under-rlock."""

from __future__ import annotations

from golint_maps.conflict_rule import ConflictRule
from golint_maps.finding import Level


class WriteUnderRLock(ConflictRule):
    """A placeholder that the documentation replaces."""

    id = "GM105"
    name = "write-under-rlock"
    level = Level.ERROR
