"""The ops of a function by kind, and the values inside them by kind: what rules ask for, in place of a walk for each rule."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from golint_maps.flow import ir
from golint_maps.flow.parts import has_parts, operands, parts

_Op = TypeVar("_Op", bound=ir.Op)
_Value = TypeVar("_Value", bound=ir.Value)
_Inside = tuple[ir.Op, ir.Value]

_KEPT = frozenset((ir.Composite, ir.Conversion, ir.Element, ir.MethodRef, ir.New, ir.Opaque, ir.Unary))


class Index:
    """The ops of one function body, closures' bodies not entered; all lists are in source order."""

    __slots__ = ("_inside", "_kinds", "_methods", "_ops")

    def __init__(self, body: ir.Block | None) -> None:
        self._ops: tuple[ir.Op, ...] = tuple(ir.walk(body)) if body is not None else ()
        self._kinds: dict[type[ir.Op], list[ir.Op]] = {}
        self._inside: dict[type[ir.Value], list[_Inside]] | None = None
        self._methods: frozenset[str] | None = None
        for op in self._ops:
            self._kinds.setdefault(type(op), []).append(op)

    @property
    def methods(self) -> frozenset[str]:
        """The names of the methods that are called."""
        if self._methods is None:
            callees = (op.callee for op in self.ops(ir.Call))
            self._methods = frozenset(callee.name for callee in callees if isinstance(callee, ir.MethodRef))
        return self._methods

    @property
    def all(self) -> Sequence[ir.Op]:
        """All ops."""
        return self._ops

    def ops(self, kind: type[_Op]) -> Sequence[_Op]:
        """The ops of one kind."""
        return self._kinds.get(kind, ())  # type: ignore[return-value]

    def of(self, kinds: Collection[type[ir.Op]]) -> Sequence[ir.Op]:
        """The ops of some kinds."""
        found = [ops for kind, ops in self._kinds.items() if kind in kinds]
        if len(found) > 1:
            return [op for op in self._ops if type(op) in kinds]
        return found[0] if found else ()

    def inside(self, kind: type[_Value]) -> Sequence[tuple[ir.Op, _Value]]:
        """The values of one kind inside the operands of all ops, each with its op.

        Kept are `Composite`, `Conversion`, `Element`, `MethodRef`, `New`, `Opaque` and `Unary`.
        """
        if self._inside is None:
            self._inside = self._look_inside()
        return self._inside.get(kind, ())  # type: ignore[return-value]

    def _look_inside(self) -> dict[type[ir.Value], list[_Inside]]:
        found: dict[type[ir.Value], list[_Inside]] = {}
        for op in self._ops:
            for value in operands(op):
                if not has_parts(value) and type(value) not in _KEPT:
                    continue
                for part in parts(value):
                    kind = type(part)
                    if kind in _KEPT:
                        found.setdefault(kind, []).append((op, part))
        return found
