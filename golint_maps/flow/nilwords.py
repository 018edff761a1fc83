"""Words for nil maps: what a finding says, what it points to, how to mend it."""

from __future__ import annotations

from golint_maps.finding import Location, Related
from golint_maps.flow import ir
from golint_maps.flow.nilfacts import Kind
from golint_maps.flow.nilplaces import NilPlace
from golint_maps.flow.nilrecords import NilWrite
from golint_maps.flow.places import prefixes

# Other writes and origins that a finding names.
_MOST = 4


def is_inner(path: ir.Value) -> bool:
    """Whether a map is reached through another one: `m[a]`, `m[a].tags`."""
    return any(isinstance(part, ir.Element) for part in prefixes(path))


def outer(path: ir.Value) -> ir.Value:
    """The map in which the entry is missing."""
    for part in prefixes(path):
        if isinstance(part, ir.Element):
            return part.base
    return path


def sentence(found: NilWrite) -> str:
    """The message for one nil write."""
    name = ir.text_of(found.map)
    may = "is nil" if found.fact is Kind.NIL and not found.origin.checked else "may be nil"
    if found.kind == "call":
        return f"{found.write[0].name} writes to {name}, which {may} here: {found.origin.message}"
    return f"write to {name}, which {may}: {found.origin.message}"


def hint(path: ir.Value) -> str:
    """How to mend it."""
    name = ir.text_of(path)
    if is_inner(path):
        return f"make the inner map first: `if {name} == nil {{ {name} = make(…) }}`"
    if isinstance(path, ir.Field):
        return f"make `{path.name}` where the object is made, or before the write: `if {name} == nil {{ {name} = make(…) }}`"
    return f"make it where it is declared: `{name} := make(…)`"


def around(place: NilPlace) -> list[Related]:
    """Where the map should have been made, then the other writes."""
    related = [Related(Location(function.path, *at), message) for function, at, message in place.origins[:_MOST]]
    for write in place.writes[1 : 1 + _MOST]:
        related.append(Related(Location(write.function.path, *write.op.at), "written here as well"))
    return related
