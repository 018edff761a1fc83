"""GM409 needless-check."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Fix, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.rewrites import Text, is_plain
from golint_maps.rule import Rule


class NeedlessCheck(Rule):
    """A check stands around an operation on a map that does nothing anyway where the check fails.

    ## What it reports

    An `if` without `else` whose body is nothing but

    - `delete(m, k)`, behind `if _, ok := m[k]; ok`, `if m != nil` or `if len(m) > 0`;
    - `clear(m)`, or a range over `m`, behind `if m != nil` or `if len(m) > 0`.

    ## Why it hurts

    It does no harm at run time but for a second lookup. It tells the reader that something would go wrong without it, and
    the next one will believe that. Deleting a key that is not there, and ranging over, deleting from or clearing a map that
    is nil or empty, are no operations by the specification. Only writing to a nil map panics.

    ## Bad

    ```go
    package main

    import "fmt"

    func main() {
        ages := map[string]int{"ann": 40}
        if _, ok := ages["bob"]; ok {
                delete(ages, "bob")
        }
        if ages != nil {
                for name, age := range ages {
                        fmt.Println(name, age)
                }
        }
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    func main() {
        ages := map[string]int{"ann": 40}
        delete(ages, "bob")
        for name, age := range ages {
                fmt.Println(name, age)
        }
    }
    ```

    ## When it stays silent

    Where anything else happens in the body, the check has an `else` or asks more than that, or the map is not written in the
    same way in both places, or by something that may have an effect.

    ## How to fix

    Leave the check out, which the fix does. It is withheld where a comment would be lost.

    ## Configure and suppress

    The rule is off by default, because it is about style: `--select GM409` turns it on. `//nolint:GM409 // reason` or
    `//golint-maps:ignore GM409 reason` silences one finding.

    ## References

    - [Deletion of map elements](https://go.dev/ref/spec#Deletion_of_map_elements): "If the map m is nil or the element
      m[k] does not exist, delete is a no-op."
    - [For statements with range clause](https://go.dev/ref/spec#For_range): "If the map is nil, the number of iterations
      is 0."
    - [Clear](https://go.dev/ref/spec#Clear)
    """

    id = "GM409"
    name = "needless-check"
    level = Level.NOTE
    default = False

    def visit_if(self, op: ir.If, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report a check whose body is one operation that doesn't need it."""
        inner = _only(op.then)
        if inner is None or op.orelse.ops or op.orelse.at[0] != op.at[1]:
            return
        access, statement = inner
        text = Text(function, package)
        if package.world.map_type(access.map.type) is None or not is_plain(access.map):
            return
        written = text.of(access.map.at)
        asked = text.of((op.at[0], op.then.at[0])).removeprefix("if").strip()
        checks = {f"{written} != nil", f"len({written}) > 0", f"len({written}) != 0"}
        key = text.of(access.key.at) if access.kind == "delete" and access.key is not None else ""
        lookup = asked.replace(" ", "").partition(";")
        looked_up = bool(key) and lookup == (f"_,ok:={written}[{key}]".replace(" ", ""), ";", "ok")
        if (
            looked_up
            and access.key is not None
            and not isinstance(access.key, ir.Constant)
            and not is_plain(access.key)
        ):
            return
        if asked not in checks and not looked_up:
            return
        what = {"delete": "deleting from it", "clear": "clearing it", "iterate": "ranging over it"}[access.kind]
        why = "a key that is not there needs no check before delete" if looked_up else f"{what} does nothing then"
        yield self.finding(
            function,
            (op.at[0], op.then.at[0]),
            f"needless check of {written}: {why}",
            map_name=place_name(access.map),
            hint="leave the check out",
            related=[Related(Location(function.path, *access.at), "this needs no check")],
            fix=_fix(op, statement, text),
        )


def _only(block: ir.Block) -> tuple[ir.Access, ir.Span] | None:
    """The one operation of a block, if it is harmless on nil and empty maps, with the span of its statement."""
    ops = block.ops
    if not ops or not isinstance(ops[0], ir.Access) or ops[0].via:
        return None
    if len(ops) == 1 and ops[0].kind in ("delete", "clear"):
        return ops[0], ops[0].at
    if len(ops) == 2 and ops[0].kind == "iterate" and isinstance(ops[1], ir.Range) and ops[1].subject is ops[0].map:
        return (ops[0], ops[1].at) if not ops[1].label else None
    return None


def _fix(op: ir.If, statement: ir.Span, text: Text) -> Fix | None:
    """The statement in place of the `if`, one step to the left."""
    if not text.stands_alone(op.at) or not text.stands_alone(statement):
        return None
    before, after = text.of((op.at[0], statement[0])), text.of((statement[1], op.at[1]))
    body = text.of(statement)
    if "//" in before + after or "/*" in before + after or after.strip() != "}" or "`" in body:
        return None  # a comment would be lost, or a text of several lines would change
    if before.split("{")[-1].strip():
        return None  # something that has no effect stands there, such as `_ = v`
    lines = body.split("\n")
    moved = "\n".join([lines[0], *(line.removeprefix("\t") for line in lines[1:])])
    return Fix("Leave the check out", (text.edit(op.at, moved),), safe=True)
