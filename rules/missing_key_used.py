"""GM407 missing-key-used."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule
from golint_maps.types.model import Func, Interface, Map, Pointer, Type


class MissingKeyUsed(Rule):
    """The value of a key that may be missing is used at once, through a nil pointer, interface or function.

    ## What it reports

    `m[k].Method()`, `m[k].field`, `*m[k]` and `m[k]()` for values that are pointers, interfaces or functions, where nothing
    in the function shows that the key is there. The rule is off unless it is selected: often the key is known to be there.

    ## Why it hurts

    A missing key gives the zero value, and using a nil pointer, interface or function panics.

    ## Bad

    ```go
    package main

    func main() {
        handlers := map[string]func(){"start": func() {}}
        handlers["stop"]() // panics
    }
    ```

    ## Good

    ```go
    package main

    func main() {
        handlers := map[string]func(){"start": func() {}}
        if handler, ok := handlers["stop"]; ok {
                handler()
        }
    }
    ```

    ## When it stays silent

    After a look at the same entry in the function (comma-ok, a comparison, an assignment to it), and when the key comes from
    a range over the same map.

    ## How to fix

    Use the two-value form and decide what a missing key means.

    ## Configure and suppress

    The rule is off by default; `--select GM407`, or `select = ["GM", "GM407"]` in `.golint-maps.toml`, turns it on. A single
    line is excused by `//nolint:GM407 // reason` or `//golint-maps:ignore GM407 reason`.

    ## References

    - [Index expressions](https://go.dev/ref/spec#Index_expressions): a missing key gives the zero value of the element type
    - [Calls](https://go.dev/ref/spec#Calls), [Selectors](https://go.dev/ref/spec#Selectors): what a nil
      function, pointer or interface does there
    """

    id = "GM407"
    name = "missing-key-used"
    level = Level.WARNING
    default = False

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look for entries that are used where they are looked up."""
        entries = package.index(function).inside(ir.Element)
        if function.body is None or not any(_is_usable(entry, package) for _, entry in entries):
            return
        known = _looked_at(function.body)
        for op in ir.walk(function.body):
            for value in operands(op):
                for part in parts(value):
                    entry = _used_entry(part, op, package)
                    if entry is None or entry in known or (entry.base, entry.key) in _ranged(function.body):
                        continue
                    known.add(entry)
                    yield self.finding(
                        function,
                        entry.at,
                        f"{ir.text_of(entry)} is used without knowing that the key is there: a missing one gives nil",
                        map_name=place_name(entry.base),
                        hint=f"`if value, ok := {ir.text_of(entry)}; ok {{ … }}`",
                    )


def _used_entry(value: ir.Value, op: ir.Op, package: PackageFlow) -> ir.Element | None:
    """The map entry whose value is called, dereferenced or looked into by `value`."""
    inner: ir.Value | None = None
    if isinstance(value, (ir.Field, ir.MethodRef)):
        inner = value.base
        if isinstance(inner, ir.Unary) and inner.op == "*":
            inner = inner.operand
    elif isinstance(value, ir.Unary) and value.op == "*":
        inner = value.operand
    elif isinstance(op, ir.Call) and value is op.callee:
        inner = value if isinstance(package.world.underlying(value.type), Func) else None
    return inner if isinstance(inner, ir.Element) and _is_usable(inner, package) else None


def _is_usable(entry: ir.Element, package: PackageFlow) -> bool:
    """Whether an element is the entry of a map that must not be used where it is nil."""
    return package.world.map_type(entry.base.type) is not None and _may_be_nil(entry.type, package)


def _may_be_nil(type_: Type, package: PackageFlow) -> bool:
    return isinstance(package.world.underlying(type_), (Pointer, Interface, Func)) and not isinstance(type_, Map)


def _looked_at(body: ir.Block) -> set[ir.Value]:
    """The entries that the function compares, assigns, or looks up with comma-ok."""
    found: set[ir.Value] = set()
    for op in ir.walk(body):
        if isinstance(op, ir.Access) and op.key is not None and (op.found or op.kind == "write"):
            found.add(ir.Element(op.map, op.key))
        for value in operands(op):
            for part in parts(value):
                if isinstance(part, ir.Binary) and part.op in ("==", "!="):
                    found.update(side for side in (part.left, part.right) if isinstance(side, ir.Element))
    return found


def _ranged(body: ir.Block) -> set[tuple[ir.Value, ir.Value]]:
    """The maps that are ranged over, with the variable that takes the key."""
    return {(op.subject, op.key) for op in ir.walk(body) if isinstance(op, ir.Range) and op.key is not None}
