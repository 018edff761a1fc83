"""The common form of rules that report the conflicts which the flow analysis has found."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import explain
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.verdicts import INCONSISTENT_LOCK
from golint_maps.rule import Rule


class ConflictRule(Rule):
    """Reports the package's conflicts whose kind is the rule's name, with both sides and a story for each goroutine."""

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """One finding for each conflict of this kind."""
        for conflict in package.conflicts:
            if conflict.kind != self.name:
                continue
            first = conflict.first.fact
            # A forgotten lock on a plain read is a warning however sure it is: it rarely kills the process.
            quiet = conflict.kind == INCONSISTENT_LOCK and not (first.writes or first.kind == "iterate")
            yield self.finding(
                first.function,
                first.at,
                explain.message(conflict),
                map_name=conflict.place.name,
                hint=explain.hint(conflict),
                level=Level.WARNING if quiet else None,
                confidence=conflict.confidence,
                related=explain.sides(conflict),
                threads=explain.traces(conflict, package.facts),
                missing_lock=explain.missing_lock(conflict),
                quoted=explain.quoted(conflict),
            )
