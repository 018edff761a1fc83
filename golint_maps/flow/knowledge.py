"""What is known of keys at a point of a loop's body: which equal the current key, which are certainly in the map.

The knowledge is gathered on the way, from conditions (`if id == k`, `if _, ok := m[id]; ok`) and assignments, and lost
when what it rests on is assigned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace

from golint_maps.flow import ir
from golint_maps.flow.parts import parts
from golint_maps.flow.places import prefixes, rebase
from golint_maps.record import record
from golint_maps.types.model import Array, Named, Struct

_MAX_RESOLVE = 12
_BY_VALUE = (Named, Struct, Array)
_FLIPPED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@record(slots=True)
class Knowledge:
    """What is known at one point; `dead` where control never arrives.

    `bound` are the values of local variables, `current` the values that equal the current key, `present` the keys
    that are certainly in the map, `removed` those that may have been deleted in this iteration, `apart` those that certainly
    differ from the current key. `equal` are pairs of values that are the same. `doubtful` are keys that have been deleted on
    some ways to this point, and not on others.
    """

    bound: dict[ir.Variable, ir.Value] = field(default_factory=dict)
    current: frozenset[ir.Value] = frozenset()
    present: frozenset[ir.Value] = frozenset()
    removed: frozenset[ir.Value] = frozenset()
    apart: frozenset[ir.Value] = frozenset()
    equal: frozenset[tuple[ir.Value, ir.Value]] = frozenset()
    dead: bool = False
    doubtful: frozenset[ir.Value] = frozenset()

    def copy(self) -> Knowledge:
        """An independent copy."""
        return replace(self, bound=dict(self.bound))

    def resolve(self, value: ir.Value) -> ir.Value:
        """The value behind local copies, without conversions: `k` for `id` after `id := string(k)`."""
        for _ in range(_MAX_RESOLVE):
            value = ir.strip(value)
            if isinstance(value, ir.Local) and value.variable in self.bound and value not in self.current:
                value = self.bound[value.variable]
            else:
                break
        return value

    def start_resolved(self, path: ir.Value) -> ir.Value | None:
        """An access path with the local copies resolved in which it starts: `item.Value.key` for `e.key`; None if it can't be."""
        whole: ir.Value | None = path
        for _ in range(_MAX_RESOLVE):
            start = ir.root(whole) if whole is not None else None
            known = self.bound.get(start.variable) if isinstance(start, ir.Local) else None
            if whole is None or start is None or known is None:
                break
            whole = rebase(whole, start, known)
        return whole

    def bind(self, variable: ir.Variable, value: ir.Value | None) -> None:
        """A local variable is assigned; None for a value that is not known."""
        known = self.resolve(value) if value is not None else None
        self.forget(ir.Local(variable))
        if known is not None and not any(isinstance(p, ir.Local) and p.variable is variable for p in parts(known)):
            self.bound[variable] = known

    def forget(self, target: ir.Value) -> None:
        """A place is assigned: what mentions it, and keys that contain it, are no longer what they were."""
        target = ir.strip(target)
        # A key that holds the place itself (a struct) changes with it; one that only points to it does not.
        containing = frozenset(one for one in prefixes(target) if one is target or isinstance(one.type, _BY_VALUE))

        def stale(value: ir.Value) -> bool:
            return value in containing or any(part == target for part in parts(value))

        if isinstance(target, ir.Local):
            self.bound.pop(target.variable, None)
        for variable in [one for one, value in self.bound.items() if stale(value)]:
            del self.bound[variable]
        self.current = frozenset(value for value in self.current if not stale(value))
        self.present = frozenset(value for value in self.present if not stale(value))
        self.removed = frozenset(value for value in self.removed if not stale(value))
        self.apart = frozenset(value for value in self.apart if not stale(value))
        self.equal = frozenset(pair for pair in self.equal if not any(map(stale, pair)))

    def assume(self, condition: ir.Value, truth: bool, is_map: Callable[[ir.Value], bool]) -> None:
        """A condition turned out as `truth`; `is_map` recognises the map that the knowledge is about."""
        condition = self.resolve(condition)
        if isinstance(condition, ir.Unary) and condition.op == "!":
            self.assume(condition.operand, not truth, is_map)
        elif isinstance(condition, ir.Binary):
            if condition.op == ("&&" if truth else "||"):
                self.assume(condition.left, truth, is_map)
                self.assume(condition.right, truth, is_map)
            else:
                op = condition.op if truth else _FLIPPED.get(condition.op, "")
                self._compare(op, self.resolve(condition.left), self.resolve(condition.right), is_map)
        elif truth:
            subject = condition.subject if isinstance(condition, ir.Found) else condition
            self._has(subject, is_map)

    def _compare(self, op: str, left: ir.Value, right: ir.Value, is_map: Callable[[ir.Value], bool]) -> None:
        if op == "==":
            if left in self.current:
                self.current |= {right}
            elif right in self.current:
                self.current |= {left}
            self.equal |= {(left, right), (right, left)}
            if isinstance(right, ir.Constant) and right.text not in _ZERO:
                self._has(left, is_map)
        elif op == "!=" and (left in self.current or right in self.current):
            self.apart |= {right if left in self.current else left}
        elif isinstance(right, ir.Nil) or (isinstance(right, ir.Constant) and right.text in _ZERO):
            if op in ("!=", ">"):
                self._has(left, is_map)
        elif op == ">" and isinstance(right, ir.Constant) and not right.text.startswith("-"):
            self._has(left, is_map)

    def _has(self, read: ir.Value, is_map: Callable[[ir.Value], bool]) -> None:
        """What was read from the map is not the zero value, so the key is there."""
        read = ir.strip(read)
        if isinstance(read, ir.Opaque) and read.text.startswith("len(") and len(read.operands) == 1:
            read = self.resolve(read.operands[0])
        while isinstance(read, ir.Field):
            read = self.resolve(read.base)
        if isinstance(read, ir.Element) and is_map(read.base):
            self.present |= {self.resolve(read.key)}


_ZERO = frozenset({"0", '""', "``", "false", "0.0"})


def join(ways: Iterable[Knowledge]) -> Knowledge:
    """What is certain whichever way control comes; what may have been removed on one of them."""
    alive = [one for one in ways if not one.dead]
    if not alive:
        return Knowledge(dead=True)
    result = alive[0].copy()
    for other in alive[1:]:
        for variable in [one for one, value in result.bound.items() if other.bound.get(one) != value]:
            del result.bound[variable]
        result.current &= other.current
        result.present &= other.present
        result.apart &= other.apart
        result.equal &= other.equal
        result.doubtful |= other.doubtful | (result.removed ^ other.removed)
        result.removed |= other.removed
    return result
