"""Plain data as JSON and back, by the declared fields of its classes, of which only registered ones are ever made.

What is neither None, a truth value, a number nor a string is a list that starts with what it is: the name of a registered
class, or one of `( [ { d` for tuples, lists, frozen sets and dictionaries. No code of an entry's own choosing runs.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import cache
from types import ModuleType
from typing import Any

# What `json` takes and gives.
Data = Any

_AS_IT_IS = frozenset({type(None), bool, int, float, str})


class Codec:
    """Encodes and decodes instances of registered classes: dataclasses and integer enumerations."""

    def __init__(self, classes: Iterable[type[Any]]) -> None:
        """Register `classes`, whose names have to be different."""
        self._encoders: dict[type[Any], Callable[[Any], Data]] = {
            **dict.fromkeys(_AS_IT_IS, _itself),
            tuple: lambda value: ["(", *map(self.encode, value)],
            list: lambda value: ["[", *map(self.encode, value)],
            # Sorted by what they encode to, so that equal sets give equal bytes.
            frozenset: lambda value: ["{", *sorted(map(self.encode, value), key=repr)],
            dict: lambda value: ["d", *([self.encode(key), self.encode(one)] for key, one in value.items())],
        }
        self._decoders: dict[str, Callable[[list[Data]], Any]] = {
            "(": lambda items: tuple([self._decode(one) for one in items[1:]]),
            "[": lambda items: [self._decode(one) for one in items[1:]],
            "{": lambda items: frozenset([self._decode(one) for one in items[1:]]),
            "d": lambda items: {self._decode(key): self._decode(one) for key, one in items[1:]},
        }
        for one in classes:
            self._register(one)

    def encode(self, value: Any) -> Data:
        """JSON-able data for `value`. Raises TypeError for what has a class that is not registered."""
        encoder = self._encoders.get(type(value))
        if encoder is None:
            raise TypeError(f"{type(value).__qualname__} is not registered as plain data")
        return encoder(value)

    def decode(self, data: Data) -> Any:
        """The value that `encode` gave `data` for. Raises ValueError for anything else."""
        try:
            return self._decode(data)
        except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise ValueError(f"not encoded data: {error}") from error

    def _decode(self, data: Data) -> Any:
        return self._decoders[data[0]](data) if type(data) is list else data

    def _register(self, one: type[Any]) -> None:
        name = one.__name__
        if name in self._decoders:
            raise ValueError(f"two classes are called {name}")
        if issubclass(one, IntEnum):
            self._encoders[one] = lambda value: [name, int(value)]
            self._decoders[name] = lambda items: one(items[1])
            return
        names = tuple(declared.name for declared in dataclasses.fields(one))

        def make(items: list[Data]) -> Any:
            if len(items) != len(names) + 1:
                raise ValueError(f"{name} has {len(names)} fields")
            return one(*[self._decode(item) for item in items[1:]])

        self._encoders[one] = lambda value: [name, *[self.encode(getattr(value, one_name)) for one_name in names]]
        self._decoders[name] = make


def _itself(value: Data) -> Data:
    return value


def declared_in(*modules: ModuleType) -> list[type[Any]]:
    """The dataclasses and enumerations that modules define, which makes them the registry of what is plain there."""
    return [
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type)
        and one.__module__ == module.__name__
        and (dataclasses.is_dataclass(one) or (issubclass(one, IntEnum) and one is not IntEnum))
    ]


@cache
def findings_codec() -> Codec:
    """The codec for findings."""
    from golint_maps import finding

    return Codec(declared_in(finding))


@cache
def facts_codec() -> Codec:
    """The codec for what packages export: types, declarations and what `flow.facts.PackageFacts` is made of.

    Further modules whose classes are only plain data are added here.
    """
    from golint_maps.flow import facts
    from golint_maps.types import declarations, model

    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))  # types nest as the code does
    return Codec([*declared_in(model, declarations), facts.PackageFacts])
