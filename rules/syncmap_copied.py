"""GM301 syncmap-copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import holds_sync_map, is_sync_map, sync_calls, type_text
from golint_maps.rule import Rule
from golint_maps.types.model import Type


class SyncmapCopied(Rule):
    """A `sync.Map`, or a struct that holds one, is copied: writes to the copy are lost, or reach the original in part.

    ## What it reports

    A value whose type is `sync.Map`, or a struct or array with one inside, that is copied: as a value receiver, a
    parameter, an argument, a result, by assignment from another variable, or as the value variable of a `range`.

    ## Why it hurts

    "A Map must not be copied after first use", says its documentation. A copy of an empty map is a map of its own: what
    is stored in it is lost to everybody else. A copy of a used map shares a part of its insides with the original and
    then behaves like neither. The copy itself also reads, without synchronisation, what other goroutines write. `go
    vet` finds the same (copylocks), where the code builds.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Registry struct{ byName sync.Map }

    func (r Registry) Put(name string, n int) { r.byName.Store(name, n) }

    func main() {
        var r Registry
        r.Put("a", 1)
        fmt.Println(r.byName.Load("a"))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "sync"
    )

    type Registry struct{ byName sync.Map }

    func (r *Registry) Put(name string, n int) { r.byName.Store(name, n) }

    func main() {
        var r Registry
        r.Put("a", 1)
        fmt.Println(r.byName.Load("a"))
    }
    ```

    ## When it stays silent

    Pointers, the zero value (`sync.Map{}`, a literal of the struct, `new`), and a fresh struct that a function returns
    by making it in the `return` statement, or by a function that makes it (`s = *NewStore()`).

    ## How to fix

    Make the receiver or parameter a pointer, keep `*Registry` instead of `Registry`. To duplicate the entries, use
    `Range` and `Store`.

    ## Configure and suppress

    `--ignore GM301`, or `ignore = ["GM301"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM301 // reason` or `//golint-maps:ignore GM301 reason`.

    ## References

    - [sync.Map](https://pkg.go.dev/sync#Map)
    - [vet's copylocks](https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/copylock)
    """

    id = "GM301"
    name = "syncmap-copied"
    level = Level.ERROR

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report value receivers and parameters, and the copies made in the body."""
        world = package.world
        if function.receiver is not None and holds_sync_map(function.receiver.type, world):
            what = f"each call of {function.name} copies"
            yield self._copy(
                function, function.receiver.at, what, function.receiver.type, package, None, function.receiver
            )
        for parameter in function.params:
            if holds_sync_map(parameter.type, world):
                what = f"the parameter {parameter.name} copies"
                yield self._copy(function, parameter.at, what, parameter.type, package, None, parameter)
        index = package.index(function)
        literals = {op for op, _ in index.inside(ir.Composite)}
        for op in index.all if literals else index.of(_COPYING):
            copying = _COPYING.get(type(op))
            copied = [(value, copying[0]) for value in copying[1](op)] if copying is not None else []
            if op in literals:
                copied += [(value, "this literal copies") for value in _kept(op)]
            for value, what in copied:
                if _is_place(value) and holds_sync_map(value.type, world):
                    yield self._copy(function, value.at, what, value.type, package, value)

    def _copy(
        self,
        function: ir.Function,
        at: ir.Span,
        what: str,
        type_: Type,
        package: PackageFlow,
        value: ir.Value | None = None,
        variable: ir.Variable | None = None,
    ) -> Finding:
        alone = is_sync_map(type_, package.world)
        copied = "a sync.Map" if alone else f"{type_text(type_)}, which holds a sync.Map"
        return self.finding(
            function,
            at,
            f"{what} {copied}: what is stored in a copy is lost",
            map_name=place_name(value) if value is not None else "",
            hint="pass and keep a pointer",
            related=[
                Related(Location(function.path, *call.op.at), f"this {call.method} uses the copy")
                for call in sync_calls(function, package)
                if variable is not None and _is_rooted_in(call.map, variable)
            ],
        )


def _is_rooted_in(value: ir.Value, variable: ir.Variable) -> bool:
    start = ir.root(value)
    return isinstance(start, ir.Local) and start.variable is variable


def _assigned(op: ir.Assign | ir.Access) -> Iterable[ir.Value]:
    return () if op.value is None or (isinstance(op, ir.Access) and op.kind != "write") else (op.value,)


# The ops that copy values: what to say about it, and which these are.
_COPYING: dict[type[ir.Op], tuple[str, Callable[[Any], Iterable[ir.Value]]]] = {
    ir.Assign: ("this assignment copies", _assigned),
    ir.Access: ("this assignment copies", _assigned),
    ir.Call: ("this argument copies", lambda op: op.arguments if not _is_measured(op) else ()),
    ir.Return: ("this return copies", lambda op: op.values),
    ir.Send: ("this send copies", lambda op: (op.value,)),
    ir.Range: ("each step of this range copies", lambda op: (op.value,) if op.define and op.value is not None else ()),
}


def _is_measured(op: ir.Call) -> bool:
    """Whether a call only asks for the size of its argument, which is not evaluated (`unsafe.Sizeof(*c)`)."""
    return isinstance(op.callee, ir.FunctionRef) and op.callee.package == "unsafe"


def _kept(op: ir.Op) -> Iterator[ir.Value]:
    """The values that the literals of an op copy."""
    for literal in operands(op):
        bare = ir.strip(literal)
        if isinstance(bare, ir.Composite):
            for _, entry in bare.entries:
                yield entry


_PLACES = frozenset((ir.Local, ir.Global, ir.Field, ir.Element, ir.Assertion))


def _is_place(value: ir.Value) -> bool:
    """Whether a value is read out of a variable, rather than made on the spot."""
    if isinstance(value, ir.Unary):
        made = isinstance(value.operand, ir.Result) and isinstance(value.operand.call.callee, ir.FunctionRef)
        return value.op == "*" and not made  # `*New()` is a new one, as a rule
    return type(value) in _PLACES
