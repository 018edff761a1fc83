"""GM408 lost-map-assignment."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import compared_with_nil, operands, parts
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule

_CHANGES = frozenset({"write", "delete", "clear"})


class LostMapAssignment(Rule):
    """A map parameter is replaced as if the caller could see it.

    ## What it reports

    `m = nil`, `m = make(…)`, `m = other` for a parameter or receiver of map type, after which the function does not read the
    map any more, or only fills it: the new map is lost when the function returns. The same for a default
    (`if m == nil { m = make(…) }`) that is filled, and neither returned nor read.

    ## Why it hurts

    A map is passed as a reference to a table. Changing entries is seen by the caller; assigning the parameter only changes
    the function's own variable, and the caller's map keeps its old entries.

    ## Bad

    ```go
    package main

    import "fmt"

    func reset(m map[string]int) {
        m = map[string]int{} // the caller's map stays as it is
    }

    func main() {
        m := map[string]int{"a": 1}
        reset(m)
        fmt.Println(len(m)) // 1
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    func reset(m map[string]int) {
        clear(m)
    }

    func main() {
        m := map[string]int{"a": 1}
        reset(m)
        fmt.Println(len(m)) // 0
    }
    ```

    ## When it stays silent

    When the new map is used afterwards (a default for a nil parameter, a copy to work on), and for `*map` parameters. An
    assignment of nil after the map was read is taken for a hint to the reader or to the garbage collector.

    ## How to fix

    Empty the map with `clear(m)`, return the new map, or take a pointer to the variable.

    ## Configure and suppress

    `--ignore GM408`, or `ignore = ["GM408"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM408 // reason` or `//golint-maps:ignore GM408 reason`.

    ## References

    - [Calls](https://go.dev/ref/spec#Calls): the parameters are passed by value
    - [FAQ: when are function parameters passed by value?](https://go.dev/doc/faq#pass_by_value)
    """

    id = "GM408"
    name = "lost-map-assignment"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look for replaced parameters."""
        if function.body is None:
            return
        candidates = [
            v for v in (*function.params, *([function.receiver] if function.receiver else [])) if _fits(v, package)
        ]
        for variable in candidates:
            for assignment in _replacements(variable, function.body):
                if not _is_used(variable, assignment, function.body):
                    yield self.finding(
                        function,
                        assignment.at,
                        f"{variable.name} is replaced, but the caller does not see it: its map stays as it was",
                        map_name=place_name(ir.Local(variable)),
                        hint=f"`clear({variable.name})` to empty the caller's map, or return the new one",
                    )
            for made in _defaults(variable, function.body):
                if _is_filled_in_vain(variable, made, function.body):
                    yield self.finding(
                        function,
                        made.at,
                        f"{variable.name} is made here if it is nil, but the caller does not see it: "
                        "what is put into it is lost",
                        map_name=place_name(ir.Local(variable)),
                        hint=f"return {variable.name}, or have the caller make it",
                    )


def _fits(variable: ir.Variable, package: PackageFlow) -> bool:
    return (
        variable.name != "_"
        and variable.assignments > 1
        and not variable.captured
        and package.world.map_type(variable.type) is not None
    )


def _replacements(variable: ir.Variable, body: ir.Block) -> Iterator[ir.Assign]:
    """The assignments of another map or nil to a variable, outside of conditions that ask whether it is nil."""
    for op in _outside_nil_checks(variable, body):
        if (
            isinstance(op, ir.Assign)
            and isinstance(op.target, ir.Local)
            and op.target.variable is variable
            and op.value
        ):
            if not any(_is(part, variable) for part in parts(op.value)):
                yield op


def _defaults(variable: ir.Variable, body: ir.Block) -> Iterator[ir.Assign]:
    """The assignments that make a map where the variable is nil: `if m == nil { m = make(…) }`."""
    for op in ir.walk(body):
        compared = compared_with_nil(op.condition) if isinstance(op, ir.If) else None
        if isinstance(op, ir.If) and compared is not None and compared[1] and _is(compared[0], variable):
            for one in op.then.ops:
                if isinstance(one, ir.Assign) and _is(one.target, variable):
                    if isinstance(one.value, (ir.Make, ir.Composite)):
                        yield one


def _is_filled_in_vain(variable: ir.Variable, made: ir.Assign, body: ir.Block) -> bool:
    """Whether a default is written to, and nothing else is ever done with it."""
    written = False
    for op in ir.walk(body):
        if op.at[0] <= made.at[0] or op is made:
            continue
        used = [value for value in operands(op) if any(_is(part, variable) for part in parts(value))]
        if used and not (isinstance(op, ir.Access) and op.kind == "write" and not op.via and used == [op.map]):
            return False
        written = written or bool(used)
    looped = any(isinstance(op, (ir.Loop, ir.Range)) and op.at[0] <= made.at[0] < op.at[1] for op in ir.walk(body))
    return written and not looped


def _outside_nil_checks(variable: ir.Variable, block: ir.Block) -> Iterator[ir.Op]:
    for op in block.ops:
        yield op
        if isinstance(op, ir.If) and any(_is(part, variable) for part in parts(op.condition)):
            continue
        for inner in ir.blocks_of(op):
            yield from _outside_nil_checks(variable, inner)


def _is(value: ir.Value, variable: ir.Variable) -> bool:
    return isinstance(value, ir.Local) and value.variable is variable


def _is_used(variable: ir.Variable, assignment: ir.Assign, body: ir.Block) -> bool:
    """Whether the assigned map is read or handed on afterwards, or the old one was read before it was dropped."""
    after = False
    to_nil = assignment.value is not None and isinstance(ir.strip(assignment.value), ir.Nil)
    looped = any(
        isinstance(op, (ir.Loop, ir.Range)) and op.at[0] <= assignment.at[0] < op.at[1] for op in ir.walk(body)
    )
    for op in ir.walk(body):
        if op is assignment:
            after = True
            continue
        used = [value for value in operands(op) if any(_is(part, variable) for part in parts(value))]
        if isinstance(op, ir.Access) and op.kind in _CHANGES and used == [op.map]:
            continue
        if isinstance(op, ir.Assign) and used == [op.target]:
            continue
        if used and (after or looped or to_nil):
            return True
    return False
