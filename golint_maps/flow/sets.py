"""Unchangeable sets, of which an analysis keeps millions: nearly all are empty, and Python makes each of these anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

T = TypeVar("T")

_EMPTY: frozenset[Any] = frozenset()


def frozen(items: Iterable[T] = ()) -> frozenset[T]:
    """The set of some items; there is one empty set for all (an empty one takes 216 bytes, as one of four items does)."""
    return frozenset(items) or _EMPTY


def union(one: frozenset[T], other: frozenset[T]) -> frozenset[T]:
    """What is in one of two sets; one of the two itself where the other is empty."""
    return (one | other if one is not other else one) if one and other else one or other


def common(one: frozenset[T], other: frozenset[T]) -> frozenset[T]:
    """What is in both of two sets."""
    return one if one is other or not one else frozen(one & other)
