"""The rules as a run that analyses nothing needs them: what they are called and what their pages say.

To import the rules is to import the whole analysis, which takes longer than to look up what it said the last time. So
their descriptions are kept in the cache, and classes that stand in for the rules are made of them.
"""
# Paths are plain strings here, as they are in `sys.path`.
# ruff: noqa: PTH116

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from golint_maps.engine.outcome import Problem
from golint_maps.engine.program import tool_identity
from golint_maps.engine.store import Store, canonical, digest
from golint_maps.engine.suppress import UnusedSuppression
from golint_maps.finding import Level
from golint_maps.rule import Rule, StandIn

_OURS = "golint_maps."


def known(store: Store | None, folder: Path | None = None) -> tuple[tuple[type[Rule], ...], tuple[Problem, ...]]:
    """What `ownrules.known` gives: all rules, sorted by id, and the problems with others.

    Some of the rules may be stand-ins, which can be described but not run (see `golint_maps.rule.runnable`).
    """
    key = digest(canonical(["rules", tool_identity(store), list(_installations())])) if store is not None else ""
    if store is not None and folder is None:
        try:
            found = tuple([_stand_in(*description) for description in store.get(key) or ()])
        except (AttributeError, TypeError, ValueError):
            found = ()
        if found:
            return found, ()
    from golint_maps.engine import ownrules

    all_ = ownrules.known(folder)
    if store is not None and not all_.problems and all(rule.__module__.startswith(_OURS) for rule in all_.rules):
        store.put(key, [_description(rule) for rule in all_.rules])
    return all_.rules, all_.problems


def _installations() -> Iterator[tuple[str, int]]:
    """What changes when a package is installed, which may bring rules, or removed."""
    for path in sys.path:
        try:
            yield path, os.stat(path or ".").st_mtime_ns if path else 0
        except OSError:
            continue


def _description(rule: type[Rule]) -> Sequence[Any]:
    return [rule.__module__, rule.__name__, rule.id, rule.name, int(rule.level), rule.default, rule.__doc__]


def _stand_in(module: str, class_: str, id_: str, name: str, level: int, default: bool, page: str) -> type[Rule]:
    if id_ == UnusedSuppression.id:
        return UnusedSuppression
    described = {"id": id_, "name": name, "level": Level(level), "default": default, "__doc__": page}
    return type(class_, (StandIn,), {**described, "__module__": module})
