"""The facts that the analysis of one package may see, and a record of those that it has looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from golint_maps.engine.store import canonical, digest

if TYPE_CHECKING:
    from golint_maps.flow.facts import PackageFacts

ABSENT, PRESENT = 0, 1


class VisibleFacts(Mapping[str, "PackageFacts"]):
    """The facts that one package may see, each loaded when it is asked for.

    `asked` tells afterwards what the analysis wanted to know: `ABSENT` for a name that is not there, `PRESENT` for one of
    which only that was asked, and the hash of its facts for the others; under "" a hash of all names, if it listed them.
    """

    def __init__(
        self, names: Mapping[str, str], load: Callable[[str], PackageFacts], hashes: Mapping[str, str] | None = None
    ) -> None:
        """`names` maps what can be asked for to import paths, for which `load` finds the facts and `hashes` their hash."""
        self._names = names
        self._load = load
        self._hashes = hashes or {}
        self.asked: dict[str, str | int] = {}

    def __getitem__(self, name: str) -> PackageFacts:
        """The facts of the package that `name` means; KeyError for one that is not visible."""
        path = self._names.get(name)
        if path is None:
            if name:  # no package is called "", which stands for the list of them
                self.asked[name] = ABSENT
            raise KeyError(name)
        self.asked[name] = self._hashes.get(path, "")
        return self._load(path)

    def __contains__(self, name: object) -> bool:
        there = name in self._names
        if isinstance(name, str) and name:
            self.asked.setdefault(name, PRESENT if there else ABSENT)
        return there

    def __iter__(self) -> Iterator[str]:
        self._all()
        return iter(self._names)

    def __len__(self) -> int:
        self._all()
        return len(self._names)

    def _all(self) -> None:
        """Whoever lists the names depends on which there are."""
        self.asked.setdefault("", names_hash(self._names))


def names_hash(names: Iterable[str]) -> str:
    """A hash of the names that can be asked for."""
    return digest(canonical(sorted(names)))
