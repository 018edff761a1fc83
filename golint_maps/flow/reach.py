"""Which maps a function may change, itself or a few calls deep: what spares following calls that lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact, FunctionFacts
from golint_maps.flow.places import prefixes

_CHANGES = frozenset({"write", "delete", "clear"})
# Stands for all maps that a function is handed by its callers: which ones these are is up to the calls.
_HANDED = "*"


class Reach:
    """Answers, remembered, for the functions of one package; `facts` are theirs."""

    def __init__(self, facts: Mapping[ir.Function, FunctionFacts]) -> None:
        self._facts = facts
        self._known: dict[tuple[ir.Function, int], frozenset[str]] = {}

    def may_change(self, function: ir.Function, key: str, depth: int) -> bool:
        """Whether a call of `function` may change the map of this place key within `depth` calls, itself included."""
        changed = self._changed(function, depth)
        return key in changed or _HANDED in changed

    def _changed(self, function: ir.Function, depth: int) -> frozenset[str]:
        known = self._known.get((function, depth))
        if known is not None:
            return known
        facts = self._facts.get(function)
        if facts is None or depth <= 0:
            return frozenset()
        found = {_key(fact) for fact in facts.accesses if fact.kind in _CHANGES and fact.through is None}
        for callee in {call.callee for call in facts.calls if call.spawn is None}:
            found |= self._changed(callee, depth - 1)
        result = frozenset(found)
        self._known[function, depth] = result
        return result


def _key(fact: AccessFact) -> str:
    start = ir.root(fact.map)
    handed = isinstance(start, ir.Local) and start.variable.kind in ("param", "receiver")
    if handed and not any(isinstance(part, ir.Field) and part.owner for part in prefixes(fact.map)):
        return _HANDED
    return fact.key
