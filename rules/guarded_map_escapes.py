"""GM106 guarded-map-escapes."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import explain
from golint_maps.flow.package import PackageFlow
from golint_maps.rule import Rule


class GuardedMapEscapes(Rule):
    """TODO
    """

    id = "GM106"
    name = "guarded-map-escapes"
    level = Level.WARNING

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report the package's conflicts of this kind."""
        for conflict in package.conflicts:
            if conflict.kind == self.name:
                yield self.finding(
                    conflict.first.fact.function,
                    conflict.first.fact.at,
                    f"{conflict.place.name} is {explain.done(conflict.first)} {explain.by_thread(conflict.first)} "
                    f"{explain.with_locks(conflict.first)}, and may be {explain.done(conflict.second)} "
                    f"at the same time {explain.by_thread(conflict.second)}: {conflict.reason}",
                    map_name=conflict.place.name,
                    confidence=conflict.confidence,
                    related=explain.sides(conflict),
                    threads=explain.traces(conflict),
                )
