"""Calls that don't come back, by the habits of `testing` and of loggers."""

from __future__ import annotations

from golint_maps.flow import ir

_FINAL = frozenset({"Fatal", "Fatalf", "Fatalln", "FailNow", "Panic", "Panicf", "Panicln"})
_SKIPS = frozenset({"Skip", "Skipf", "SkipNow"})


def ends_by_name(callee: ir.Value, is_known: bool) -> bool:
    """Whether what is called ends its goroutine or the program, as its name says: `t.Fatalf`, `log.WithError(err).Fatalf`.

    `is_known` tells that the code of the callee is at hand: of functions it says more than their names.
    """
    if isinstance(callee, ir.MethodRef):
        return callee.name in _FINAL or (callee.name in _SKIPS and callee.owner.startswith("testing."))
    return not is_known and isinstance(callee, (ir.FunctionRef, ir.Field)) and callee.name in _FINAL
