"""The common form of rules that report the conflicts which the flow analysis has found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from golint_maps.finding import Finding
from golint_maps.flow import explain, ir
from golint_maps.flow.loudness import level_of
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.verdicts import Conflict
from golint_maps.rule import Rule


class ConflictRule(Rule):
    """Reports the package's conflicts whose kind is the rule's name, with both sides and a story for each goroutine."""

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """One finding for each conflict of this kind."""
        for conflict, alike in _by_touch(conflict for conflict in package.conflicts if conflict.kind == self.name):
            first = conflict.first.fact
            yield self.finding(
                first.function,
                first.at,
                explain.message(conflict),
                map_name=conflict.place.name,
                hint=explain.hint(conflict),
                level=level_of(conflict),
                confidence=conflict.confidence,
                related=(*explain.sides(conflict), *explain.also(alike)),
                threads=explain.traces(conflict, package.facts),
                missing_lock=explain.missing_lock(conflict),
                quoted=explain.quoted(conflict),
            )


def _by_touch(conflicts: Iterable[Conflict]) -> Iterator[tuple[Conflict, list[Conflict]]]:
    """Each conflict, and with the surest of those about one line of another package the others: one fix mends them all."""
    groups: dict[tuple[str, str, str] | int, list[Conflict]] = {}
    for conflict in conflicts:
        op = conflict.first.fact.op
        there = op.there if isinstance(op, ir.Touch) else None
        key = (there.file, there.function, there.text) if there is not None else id(conflict)
        groups.setdefault(key, []).append(conflict)
    for group in groups.values():
        surest = max(group, key=lambda one: one.confidence)
        yield surest, [one for one in group if one is not surest]
