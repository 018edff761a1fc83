"""What the paths of a function mean to its callers: the channels that it signals, what it waits for, the maps it replaces.

A path gets longer with each call that hands it up: a callee's `s.done` is `c.server.done` here. Where code calls itself, this
has no end, and each function would end up with the paths of all functions below it. Nobody waits for what is that far away,
so long paths are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golint_maps.flow import ir
from golint_maps.flow.places import prefixes, rebase
from golint_maps.flow.sets import frozen

# Steps of the longest path that callers are told of; `c.server.done` has three.
_MAX_STEPS = 6


def translate(path: ir.Value, arguments: Mapping[ir.Variable, ir.Value]) -> ir.Value | None:
    """A callee's access path in the caller's terms; None where it starts in something private to the callee.

    `arguments` are the paths that the caller gives for the callee's parameters and receiver.
    """
    start = ir.root(path)
    if isinstance(start, ir.Global):
        return path
    if isinstance(start, ir.Local):
        given = arguments.get(start.variable)
        if given is None:
            return path if start.variable.captured else None
        return rebase(path, start, given)
    if isinstance(path, ir.MethodRef):
        base = translate(path.base, arguments)
        return None if base is None else ir.MethodRef(base, path.name, path.owner, type=path.type, at=path.at)
    if isinstance(path, (ir.Closure, ir.FunctionRef)):
        return path
    return None


class Outward:
    """Paths of a function, grouped by the variable that they start in."""

    __slots__ = ("_groups", "_same", "variables")

    def __init__(self, paths: Iterable[ir.Value] = ()) -> None:
        """`variables` are those which the caller's arguments decide about."""
        same: set[ir.Value] = set()
        groups: dict[ir.Variable, list[tuple[int, ir.Local, ir.Value]]] = {}
        for path in paths:
            through = prefixes(path)
            if len(through) > _MAX_STEPS:
                continue
            start = through[-1]
            if isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver"):
                groups.setdefault(start.variable, []).append((len(through), start, path))
            else:
                known = translate(path, {})
                if known is not None:
                    same.add(ir.strip(known))
        self._same = frozen(same)
        self._groups = groups
        self.variables = tuple(groups)

    def means(self, arguments: Mapping[ir.Variable, ir.Value]) -> frozenset[ir.Value]:
        """The paths in the terms of a caller that gives these arguments."""
        if not self._groups:
            return self._same
        found = set(self._same)
        for variable, paths in self._groups.items():
            given = arguments.get(variable)
            if given is None:
                if variable.captured:
                    found.update(ir.strip(path) for _, _, path in paths)
                continue
            further = len(prefixes(given)) - 1
            for steps, start, path in paths:
                if steps + further <= _MAX_STEPS:
                    known = rebase(path, start, given)
                    if known is not None:
                        found.add(ir.strip(known))
        return frozen(found)


NOTHING = Outward()
