"""What a configuration tells about types: those whose declarations are not at hand, or say less than is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from golint_maps.record import record


@record(frozen=True, slots=True)
class TypeHints:
    """Types are given by qualified name, `path/to/pkg.Type`.

    `locks` are locks, `maps` are maps of keys and values that are not known. `methods` says for types that keep a map
    inside what their methods do to it: the kind of access (of `golint_maps.flow.ir.Access`) by the name of the method.
    `safe` are types that take care of concurrent access to their own maps, by whatever means.
    """

    locks: frozenset[str] = frozenset()
    maps: frozenset[str] = frozenset()
    methods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    safe: frozenset[str] = frozenset()

    def keeps_safe(self, place: str) -> bool:
        """Whether the place of this key is a field of a type that is `safe`."""
        return any(place.startswith(f"{name}.") for name in self.safe)


NO_HINTS = TypeHints()
