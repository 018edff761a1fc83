"""What the paths of a function mean to its callers: the channels that it signals, what it waits for, the maps it replaces.

A path gets longer with each call that hands it up: a callee's `s.done` is `c.server.done` here. Where code calls itself, this
has no end, and each function would end up with the paths of all functions below it. Nobody waits for what is that far away,
so long paths are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golint_maps.flow import ir
from golint_maps.flow.parts import definitions
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
        return rebased(path, start, given, arguments)
    if isinstance(path, ir.MethodRef):
        base = translate(path.base, arguments)
        return None if base is None else ir.MethodRef(base, path.name, path.owner, type=path.type, at=path.at)
    if isinstance(path, (ir.Closure, ir.FunctionRef)):
        return path
    return None


def rebased(
    path: ir.Value, start: ir.Local, given: ir.Value, arguments: Mapping[ir.Variable, ir.Value]
) -> ir.Value | None:
    """A callee's path that starts in `start` in the terms of a caller, the keys of elements included: `m[name]` is `m["a"]`."""
    whole = rebase(path, start, given)
    if whole is None or not any(isinstance(part, ir.Element) for part in prefixes(path)):
        return whole
    return _with_keys(whole, ir.strip(given), arguments)


def _with_keys(path: ir.Value, end: ir.Value, arguments: Mapping[ir.Variable, ir.Value]) -> ir.Value:
    bare = ir.strip(path)
    if bare is end:
        return path
    if isinstance(bare, ir.Field):
        base = _with_keys(bare.base, end, arguments)
        return bare if base is bare.base else ir.Field(base, bare.name, bare.owner, type=bare.type, at=bare.at)
    if isinstance(bare, ir.Element):
        base, key = _with_keys(bare.base, end, arguments), _key(bare.key, arguments)
        if base is bare.base and key is bare.key:
            return bare
        return ir.Element(base, key, type=bare.type, at=bare.at, of_map=bare.of_map)
    if isinstance(bare, ir.Item):
        base = _with_keys(bare.subject, end, arguments)
        return bare if base is bare.subject else ir.Item(base, bare.part, bare.loop, type=bare.type, at=bare.at)
    return path


def _key(key: ir.Value, arguments: Mapping[ir.Variable, ir.Value]) -> ir.Value:
    """A callee's key in the terms of its caller: what it was given, or a struct of that."""
    bare = ir.strip(key)
    if isinstance(bare, ir.Local) and bare.variable.kind == "local" and bare.variable.assignments == 1:
        known = definitions(bare.variable)
        bare = ir.strip(known[0]) if len(known) == 1 and known[0] is not None else bare
    if isinstance(bare, ir.Local):
        given = arguments.get(bare.variable)
        return key if given is None or bare.variable.assignments > 1 else given
    if isinstance(bare, ir.Composite):
        entries = [ir.strip(entry) for _, entry in bare.entries]
        if all(isinstance(one, ir.Local) and one.variable in arguments for one in entries):
            told = tuple(arguments[one.variable] for one in entries if isinstance(one, ir.Local))
            return ir.Opaque("…", told, type=key.type, at=key.at)
    return key


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
