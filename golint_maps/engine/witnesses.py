"""What tests that are left out say in favour of the code: they may excuse a finding, and never bring one about.

They are heard where there is something to excuse, which is in few packages: so leaving tests out saves most of their time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from golint_maps.finding import Confidence, Finding, Level, Location


def in_doubt(findings: Iterable[Finding]) -> frozenset[str]:
    """The ids of the rules that say of something that it is wrong, with some confidence."""
    return frozenset(one.rule for one in findings if one.level > Level.NOTE and one.confidence > Confidence.LOW)


def upheld(alone: Iterable[Finding], heard: Iterable[Finding]) -> Iterator[Finding]:
    """Those findings in the code `alone` that still stand once its tests were `heard`, which may make them less sure.

    What moved to another place, such as the test that calls the code, stands as it was.
    """
    alone = tuple(alone)
    places = {finding.location for finding in alone}
    there: dict[tuple[str, str, Location], Finding] = {}
    moved: set[tuple[str, str]] = set()
    for finding in heard:
        there[finding.rule, finding.map, finding.location] = finding
        if finding.location not in places:
            moved.add((finding.rule, finding.map))
    for finding in alone:
        now = there.get((finding.rule, finding.map, finding.location))
        if now is not None:
            yield replace(
                finding,
                level=min(finding.level, now.level),
                confidence=min(finding.confidence, now.confidence),
                fix=finding.fix if now.fix is not None else None,
            )
        elif (finding.rule, finding.map) in moved:
            yield finding
