"""A world that takes note of what it is asked, so that what was found with its answers can be kept while these hold.

An edit of a type is felt by those only who have asked something that has another answer now: whether it is a map, what its
field `items` is, which methods it has. So a new field concerns nobody who has asked for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from golint_maps.types.declarations import TypeDecl
from golint_maps.types.model import Named, Pointer, Type, TypeParam
from golint_maps.types.world import FoundMethod, Hop, Question, Questions, World

T = TypeVar("T")


class NotedWorld(World):
    """Answers as any other world, and notes each question with its answer while somebody wants to know."""

    def __init__(self, world: World) -> None:
        """One that answers as `world`, which is asked for nothing else any more."""
        super().__init__(world._packages, world._fallback, world.hints)
        # What it asks itself on the way to an answer is no question of those who want to know.
        self._silent = world
        self._asked: Questions | None = None

    @contextmanager
    def noting(self) -> Iterator[Questions]:
        """What is asked from now on, with the answers; questions inside of a further `noting` belong to that alone.

        So what is remembered must not rest on the types of the package, unless it is remembered here (`told`).
        """
        before, self._asked = self._asked, {}
        try:
            yield self._asked
        finally:
            self._asked = before

    def answerer(self) -> Callable[[Question], object]:
        """What answers questions by what is declared now, which is remembered for the next of them, but not here."""
        world = World(self._packages, self._fallback, self.hints)
        return lambda question: getattr(world, question[0])(*question[1:])

    def declaration(self, named: Named) -> TypeDecl | None:
        """As that of any world."""
        return self._note(self._silent.declaration(named), "declaration", named)

    def underlying(self, type_: Type) -> Type:
        """As that of any world."""
        if type(type_) is not Named and type(type_) is not TypeParam:
            return type_
        return self._note(self._silent.underlying(type_), "underlying", type_)

    def unalias(self, type_: Type) -> Type:
        """As that of any world."""
        if type(type_) is not Named:
            return type_
        return self._note(self._silent.unalias(type_), "unalias", type_)

    def map_type(self, type_: Type) -> Any:
        """As that of any world."""
        if type(type_) is not Named and type(type_) is not TypeParam:
            return self._silent.map_type(type_)
        return self._note(self._silent.map_type(type_), "map_type", type_)

    def deref(self, type_: Type) -> Type:
        """As that of any world."""
        if type(type_) is not Named and type(type_) is not TypeParam:
            return self._silent.deref(type_)
        return self._note(self._silent.deref(type_), "deref", type_)

    def named(self, type_: Type) -> Named | None:
        """As that of any world."""
        if type(type_) is not Named and type(type_) is not Pointer:
            return None
        return self._note(self._silent.named(type_), "named", type_)

    def field(self, type_: Type, name: str) -> tuple[Hop, ...] | None:
        """As that of any world."""
        return self._note(self._silent.field(type_, name), "field", type_, name)

    def method(self, type_: Type, name: str) -> FoundMethod | None:
        """As that of any world."""
        return self._note(self._silent.method(type_, name), "method", type_, name)

    def tells(self, type_: Type) -> frozenset[str]:
        """As that of any world."""
        return self._note(self._silent.tells(type_), "tells", type_)

    def method_names(self, type_: Type) -> frozenset[str]:
        """As that of any world."""
        return self._note(self._silent.method_names(type_), "method_names", type_)

    def told(self, find: Callable[[Type, World], T], type_: Type) -> T:
        """As that of any world."""
        return self._note(self._silent.told(find, type_), "told", find, type_)

    def _note(self, answer: T, *question: Any) -> T:
        if self._asked is not None:
            self._asked[question] = answer
        return answer
