"""What the analysis believes about the maps on one line: for people who doubt a finding, or its absence."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from golint_maps.engine import run
from golint_maps.engine.job import TypesOf, analyse
from golint_maps.engine.order import ordered
from golint_maps.flow import explain, ir
from golint_maps.flow.accesses import Effective, Place, Site
from golint_maps.flow.facts import AccessFact, PackageFacts
from golint_maps.flow.package import PackageFlow, analyse_package
from golint_maps.flow.places import place_name
from golint_maps.flow.threads import INIT
from golint_maps.project.config import Settings
from golint_maps.project.discovery import discover
from golint_maps.types import stdlib

# A helper that is called from everywhere has many ways in; the first few show what there is to see.
_MAX_WAYS = 4


def why(path: str, line: int, settings: Settings, *, cwd: Path) -> list[str]:
    """The places touched on the 1-based `line` of `path`: guards, accesses with their locks and threads, verdicts.

    One line of text each, as names and paths are, which no terminal should get without a look at them.

    Raises LookupError where the file is not part of any package, or can't be read.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    discovery = discover([path], settings.discovery(cwd), cwd)
    spawners, hints = run.spawners(settings), run.type_hints(settings)
    facts: dict[str, PackageFacts] = {}
    for step in ordered(discovery):
        seen: Mapping[str, PackageFacts] = {name: facts[real] for name, real in step.sees.items() if real in facts}
        target = next((file.path for file in step.package.files if file.reported), None)
        if target is None:
            facts[step.package.import_path] = analyse(step.package, seen, (), hints=hints).facts
            continue
        flow = analyse_package(step.package.code, TypesOf(seen), stdlib.package, spawners, hints)
        return list(_page(flow, target, line))
    raise LookupError(f"{path} is not a Go file that can be read")


def _page(flow: PackageFlow, path: str, line: int) -> Iterator[str]:
    touched = [fact for facts in flow.facts.values() for fact in facts.accesses if _is_at(flow, fact, path, line)]
    if not touched:
        yield f"{path}:{line}: no map is touched on this line, as far as can be seen."
        yield "Either its type is not known here, or the function that holds it was not understood."
        return
    places = {place.key: place for place in flow.places}
    for key in dict.fromkeys(fact.key for fact in touched):
        here = [fact for fact in touched if fact.key == key]
        place = places.get(key)
        yield f"{place_name(here[0].map)}   ({key})"
        if place is None:
            yield from _private(flow, here)
        else:
            yield from about(flow, place)
        yield ""


def _is_at(flow: PackageFlow, fact: AccessFact, path: str, line: int) -> bool:
    return fact.function.path == path and flow.line(path, fact.at[0]) == line


def _private(flow: PackageFlow, facts: list[AccessFact]) -> Iterator[str]:
    for fact in facts:
        contexts = flow.contexts.get(fact.function, {})
        if fact.owned:
            yield f"  {fact.kind} in {fact.function.name}: the object is still private here: made in this call, not shared"
        elif not contexts:
            yield f"  {fact.kind} in {fact.function.name}: nothing is known to call this function (or its callers hold a lock)"
        elif all(context.thread.kind == INIT for context in contexts):
            yield f"  {fact.kind} in {fact.function.name}: package initialisation comes before everything else"
        else:
            yield f"  {fact.kind} in {fact.function.name}: all callers pass an object that is still private to them"
    yield "  verdict: silent, no goroutine shares it at these places"


def about(flow: PackageFlow, place: Place) -> Iterator[str]:
    """What is believed about a place, in indented lines: its guard, all accesses, the verdicts."""
    guard = place.guard
    conflicts = [conflict for conflict in flow.conflicts if conflict.place is place]
    abroad = next((one.guard for one in conflicts if one.abroad is not None and one.guard is not None), None)
    if abroad is not None:
        yield f"  guard: {abroad.text}, held at {abroad.locked} of {abroad.total} places in its own package"
    elif guard is None:
        yield "  guard: none (no lock is held at most places, or nothing is written under one)"
    elif guard.annotated:
        yield f"  guard: {guard.text}, says the declaration ({guard.locked} of {guard.total} places hold it)"
    else:
        yield f"  guard: {guard.text}, held at {guard.locked} of {guard.total} places"
    for site in place.sites:
        where = f"{site.fact.function.path}:{flow.line(site.fact.function.path, site.fact.at[0])}"
        yield f"  {where}  {_word(site)} in {site.fact.function.name}"
        for text in dict.fromkeys(_way(way) for way in site.ways[:_MAX_WAYS]):
            yield f"      {text}"
        if len(site.ways) > _MAX_WAYS:
            yield f"      and {len(site.ways) - _MAX_WAYS} more ways in"
    for conflict in conflicts:
        first = conflict.first.fact
        where = f"{first.function.path}:{flow.line(first.function.path, first.at[0])}"
        yield f"  verdict: {conflict.kind} ({conflict.confidence.label} confidence) at {where}: {conflict.reason}"
    if not conflicts:
        safe = flow.world.hints.keeps_safe(place.key)
        silence = "for the configuration says that its type keeps its maps safe" if safe else _silence(place)
        yield f"  verdict: silent, {silence}"


def _word(site: Site) -> str:
    via = site.fact.op.via if isinstance(site.fact.op, ir.Access) else ""
    return f"{site.fact.kind} ({via})" if via else site.fact.kind


def _way(way: Effective) -> str:
    useless = "".join(
        f"; `{ir.text_of(held.path)}` protects nothing" for held, _ in way.useless if held.path is not None
    )
    once = "; inside or after a sync.Once" if way.once else ""
    return f"{explain.by_thread(way)}, {explain.with_locks(way)}{useless}{once}"


def _silence(place: Place) -> str:
    if not place.writes():
        return "nothing writes it once it is shared"
    ways = [way for site in place.sites for way in site.ways]
    if len({way.thread for way in ways}) == 1 and not ways[0].thread.many:
        return "one thread alone touches it"
    if place.guard is not None and all(place.guard.key in way.locks for way in ways):
        return "every access holds the guard"
    return "no two accesses, one of them a write, are known to overlap without a common lock"
