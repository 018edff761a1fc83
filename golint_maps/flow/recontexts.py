"""Contexts of a package before and after an edit: those in which nothing is different are kept as the objects they were.

Whoever rests on the contexts of a function only has to ask whether they are the same object. Equal is not enough for that:
the comparison of threads and goroutines leaves out what tells nothing about their identity, such as titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter, is_

from golint_maps.flow.facts import CallFact
from golint_maps.flow.threads import Context, Contexts, Thread

_everything = attrgetter(*(one.name for one in fields(Context) if one.name != "thread"))


def kept(before: Contexts, now: Contexts) -> Contexts:
    """The contexts as they are `now`, by function, with those from `before` in place of the same ones."""
    return {function: _kept(before.get(function), ways) for function, ways in now.items()}


def _kept(
    before: dict[Context, CallFact | None] | None, now: dict[Context, CallFact | None]
) -> dict[Context, CallFact | None]:
    return before if before is not None and _same_ways(before, now) else now


def _same_ways(one: Mapping[Context, CallFact | None], other: Mapping[Context, CallFact | None]) -> bool:
    return (
        len(one) == len(other) and all(map(is_, one.values(), other.values())) and all(map(_same_context, one, other))
    )


def _same_context(one: Context, other: Context) -> bool:
    if not _same_thread(one.thread, other.thread):
        return False
    for mine, theirs in zip(_everything(one), _everything(other), strict=True):
        if mine is not theirs and (mine != theirs or not _same_elements(mine, theirs)):
            return False
    return True


def _same_elements(one: object, other: object) -> bool:
    """Whether two equal sets are the same in what the comparison of their elements leaves out, too."""
    if not isinstance(one, frozenset) or not isinstance(other, frozenset):
        return True
    return set(map(id, one)) == set(map(id, other)) or all(isinstance(each, str) for each in one)


def _same_thread(one: Thread | None, other: Thread | None) -> bool:
    if one is None or other is None:
        return one is other
    return one is other or (
        one == other
        and one.title == other.title
        and one.spawn is other.spawn
        and one.maybe_many == other.maybe_many
        and one.entry is other.entry
        and _same_thread(one.parent, other.parent)
    )
