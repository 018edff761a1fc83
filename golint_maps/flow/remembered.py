"""Answers that are remembered while one package is analysed.

They hold on to its functions, and through these to the whole package. So whoever has analysed one has to `forget`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

_Asked = TypeVar("_Asked", bound=Callable[..., Any])

_forget: list[Callable[[], None]] = []


def remembered(number: int) -> Callable[[_Asked], _Asked]:
    """Remember the last `number` answers of a function that depends on its arguments alone."""

    def remember(asked: _Asked) -> _Asked:
        known = lru_cache(number)(asked)
        _forget.append(known.cache_clear)
        return cast("_Asked", known)

    return remember


def forget() -> None:
    """Forget all answers."""
    for clear in _forget:
        clear()
