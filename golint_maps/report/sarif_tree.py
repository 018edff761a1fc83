"""Turns sarif-om's objects into JSON values.

sarif-om's companion serialiser drops every field that equals its default, levels included, so that a result of level
`warning` of a rule whose default is `error` would be read as an error. This walker writes whatever was set and drops
only what can't have been: None, the numbers which stand for "absent", and the lists that the classes fill themselves.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import attr


def plain(value: Any) -> Any:
    """The JSON value of a sarif-om object, or of a list, tuple or dict of them; anything else is returned as it is."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    kind: type = type(value)
    if not attr.has(kind):
        return value
    given = ((key, getattr(value, name), absent) for name, key, absent in _fields(kind))
    return {key: plain(item) for key, item, absent in given if item is not None and item != absent}


@cache
def _fields(kind: type) -> tuple[tuple[str, str, object], ...]:
    """Of each field of a sarif-om class: its attribute, its name in SARIF, and the value which means "absent"."""
    return tuple(
        (field.name, field.metadata["schema_property_name"], _absent(field.default)) for field in attr.fields(kind)
    )


def _absent(default: Any) -> object:
    if isinstance(default, (int, float)) and default < 0:
        return default
    factory = getattr(default, "factory", None)
    return factory() if factory else None
