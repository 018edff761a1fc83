"""GM107 check-then-act."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import sections
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.sections import find_check_then_act
from golint_maps.rule import Rule


class CheckThenActRule(Rule):
    """TODO"""

    id = "GM107"
    name = "check-then-act"
    level = Level.WARNING

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each change of a map that was decided in an earlier critical section."""
        for one in find_check_then_act(package):
            related = [
                Related(Location(one.function.path, *one.look), f"the decision is made here, holding `{one.lock}`")
            ]
            if one.released is not None:
                related.append(
                    Related(
                        Location(one.function.path, *one.released),
                        f"`{one.lock}` is released here: others may come between",
                    )
                )
            yield self.finding(
                one.function,
                one.act,
                f"{one.map} is {_DONE[one.kind]} on the strength of a look at it in an earlier critical section: "
                f"{_HARM[one.kind]}",
                map_name=one.map,
                hint="look again after taking the lock for the change, or do both in one critical section",
                confidence=one.confidence,
                related=related,
            )


_DONE = {
    sections.UPDATE: "updated",
    sections.CREATE: "written",
    sections.CLAIM: "written",
    sections.DELETE: "deleted from",
}
_HARM = {
    sections.UPDATE: "what another goroutine wrote between is lost",
    sections.CREATE: "two goroutines may both find nothing and put different objects there",
    sections.CLAIM: "two goroutines may both be let in, and the second overwrites the first",
    sections.DELETE: "what another goroutine put there between is removed",
}
