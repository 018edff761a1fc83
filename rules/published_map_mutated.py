"""GM109 published-map-mutated."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import published
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.published import PublishedWrite, find_published_writes
from golint_maps.rule import Rule


class PublishedMapMutated(Rule):
    """TODO"""

    id = "GM109"
    name = "published-map-mutated"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each write in place to a map that others can already see."""
        for one in find_published_writes(package):
            message, before, hint = _words(one)
            yield self.finding(
                one.function,
                one.at,
                message,
                map_name=one.map,
                hint=hint,
                confidence=one.confidence,
                related=[Related(Location(one.mark.function.path, *one.mark.at), before)],
            )


_DONE = {"write": "written", "delete": "deleted from", "clear": "cleared"}


def _words(one: PublishedWrite) -> tuple[str, str, str]:
    """What is wrong, what happened at the place where the map was published, and what to do."""
    kind, through = one.mark.kind, one.mark.through
    done = f"{one.map} is {_DONE.get(one.kind, one.kind)} in place"
    copy = "copy it (maps.Clone), change the copy, and publish that"
    if kind == published.LOADED:
        return (
            f"{done} although it was loaded from {through}, where others read it without a lock",
            f"loaded from {through} here",
            f"{copy} with {through}.Store",
        )
    if kind == published.STORED:
        return (
            f"{done} after it was stored in {through}, where others read it without a lock",
            f"stored in {through} here",
            "fill it before it is stored, or store a copy",
        )
    if kind == published.CACHED:
        return (
            f"{done} although the object belongs to the cache behind {through}, which all its readers share",
            f"{through} gives the cached object itself here",
            "change a deep copy: obj = obj.DeepCopy()",
        )
    if kind == published.CONTEXT:
        return (
            f"{done} although it comes from a context, which everything below that request shares",
            f"taken from {through} here",
            "copy it, and pass the copy on with context.WithValue",
        )
    if kind == published.SENT:
        return (
            f"{done} after it was sent on {through}: the receiver has the same map",
            f"sent on {through} here",
            "make a new map after each send, or send a copy (maps.Clone)",
        )
    if kind == published.PUT:
        return (
            f"{done} after it was put back into {through}: the next Get may hand it to another goroutine",
            f"put back into {through} here",
            "put it back when nothing uses it any more, with defer",
        )
    if one.kind == "return":
        return (
            f"a shallow clone of {through} is returned, with the inner maps of {through}, which are written in place",
            "maps.Clone copies the outer map only",
            "clone the inner maps as well",
        )
    if kind == published.CLONED:
        return (
            f"{done} although {through} shares it: maps.Clone copies the outer map only",
            f"{through} is cloned here",
            "clone the inner maps as well",
        )
    return (
        f"{done} although it is the package's map {through}, which everyone who got it shares",
        f"{through} itself is handed out here",
        f"copy the default: maps.Clone({through})",
    )
