"""Where the time of a run went, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from golint_maps.engine.outcome import Report

_MOST = 10


def timings_page(report: Report) -> Iterator[str]:
    """Lines: seconds by phase of the run, by phase of the analysis, by rule (the most), and of the slowest packages."""
    profile = report.profile
    yield f"seconds of {report.statistics.seconds:.2f}, by phase:"
    yield from _table(profile.phases)
    analysed, all_ = len(profile.packages), len(profile.packages) + profile.remembered
    yield f"packages analysed: {analysed:,} of {all_:,}" + (
        " (the others were in the cache)" if analysed < all_ else ""
    )
    if not analysed:
        return
    phases: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for _, timings in profile.packages:
        phases.update(dict(timings.phases))
        rules.update(dict(timings.rules))
    yield "seconds of the analysis, in all processes together:"
    yield from _table(phases.most_common())
    yield "seconds by rule:"
    yield from _table(rules.most_common(_MOST))
    yield "slowest packages:"
    slowest = sorted(((timings.seconds, name) for name, timings in profile.packages), reverse=True)
    yield from _table((name, seconds) for seconds, name in slowest[:_MOST])


def _table(rows: Iterable[tuple[str, float]]) -> Iterator[str]:
    for name, seconds in rows:
        yield f"{seconds:>9.3f}  {name}"
