"""GM404 pointer-key-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.flow.places import place_key, place_name
from golint_maps.rule import Rule
from golint_maps.types.model import Pointer

# Other places that a finding names.
_MOST = 4


class PointerKeyMismatch(Rule):
    """A map is searched with a pointer that was made just now, which no key can be equal to.

    ## What it reports

    A lookup or `delete` whose key is a fresh pointer: `m[&Point{1, 2}]`, `delete(m, new(T))`, or a local variable that holds
    one and has not been used for anything else.

    ## Why it hurts

    Pointers are equal when they point to the same variable, not when what they point to is equal. The lookup never finds
    anything, the `delete` never removes anything, and the map grows.

    ## Bad

    ```go
    package main

    import "fmt"

    type Point struct{ X, Y int }

    func main() {
        board := map[*Point]string{}
        board[&Point{1, 2}] = "a"
        fmt.Println(board[&Point{1, 2}] == "a") // false
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    type Point struct{ X, Y int }

    func main() {
        board := map[Point]string{}
        board[Point{1, 2}] = "a"
        fmt.Println(board[Point{1, 2}] == "a") // true
    }
    ```

    ## When it stays silent

    When the pointer was stored before, or comes from elsewhere: a set of objects by identity is a sound use of pointer keys.

    ## How to fix

    Use the value itself as the key, if its type is comparable, or an identifier of it.

    ## Configure and suppress

    `--ignore GM404`, or `ignore = ["GM404"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM404 // reason` or `//golint-maps:ignore GM404 reason`.

    ## References

    - [Comparison operators](https://go.dev/ref/spec#Comparison_operators): two pointer values
      are equal if they point to the same variable or if both have value nil
    - [Map types](https://go.dev/ref/spec#Map_types)
    """

    id = "GM404"
    name = "pointer-key-mismatch"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look at the keys of lookups and deletes."""
        for op in package.index(function).ops(ir.Access):
            if op.kind not in ("read", "delete") or op.key is None or op.via:
                continue
            map_type = package.world.map_type(op.map.type)
            if map_type is None or op.compound or not isinstance(package.world.underlying(map_type.key), Pointer):
                continue
            made = _made_here(op.key, op, function)
            if made is None:
                continue
            verb = "delete from" if op.kind == "delete" else "lookup in"
            related = [Related(Location(function.path, *made), "the pointer is made here")] if made != op.key.at else []
            related += _put_in(op.map, package)
            yield self.finding(
                function,
                op.at,
                f"{verb} {ir.text_of(op.map)} with a pointer that was just made: no key is equal to it",
                map_name=place_name(op.map),
                hint="use the value as the key, or the pointer that was stored",
                related=related,
            )


def _put_in(searched: ir.Value, package: PackageFlow) -> list[Related]:
    """Where entries get into the map by pointers that nobody keeps: these can never be found again."""
    key = place_key(ir.strip(searched))
    related: list[Related] = []
    for function in package.all_functions() if key is not None else ():
        for op in ir.walk(function.body) if function.body is not None else ():
            if isinstance(op, ir.Access) and op.kind == "write" and op.key is not None and _is_fresh(op.key):
                if place_key(ir.strip(op.map)) == key and len(related) < _MOST:
                    related.append(
                        Related(Location(function.path, *op.at), "put in here by a pointer that nobody keeps")
                    )
    return related


def _made_here(key: ir.Value, access: ir.Access, function: ir.Function) -> ir.Span | None:
    """Where the pointer was made, if nothing but this access has used it by then; None for other keys."""
    if _is_fresh(key):
        return key.at
    if not isinstance(key, ir.Local) or key.variable.captured or key.variable.assignments != 1:
        return None
    made: ir.Span | None = None
    assert function.body is not None
    for op in ir.walk(function.body):
        if op is access:
            return made
        for value in operands(op):
            if any(isinstance(part, ir.Local) and part.variable is key.variable for part in parts(value)):
                if isinstance(op, ir.Assign) and value is op.target and op.value is not None and _is_fresh(op.value):
                    made = op.value.at
                elif not (isinstance(op, ir.Assign) and isinstance(op.target, ir.Field) and value is op.target):
                    return None
    return None


def _is_fresh(value: ir.Value) -> bool:
    if isinstance(value, ir.Unary) and value.op == "&":
        return isinstance(value.operand, ir.Composite)
    return isinstance(value, ir.New)
