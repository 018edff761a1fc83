"""GM502 delete-keeps-memory."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule
from golint_maps.types.model import Basic, Type

_BOUNDED = frozenset({"bool", "uint8", "int8"})


class DeleteKeepsMemory(Rule):
    """A long-lived map is emptied and kept: the memory of its table stays.

    ## What it reports

    A loop that deletes all keys, or `clear`, on a map that lives on in a field or a package variable. The rule is off unless
    it is selected, for it can't know how large the map has been.

    ## Why it hurts

    A map's table never shrinks. Its slots stay allocated, together with the values stored in them (up to 128 bytes each);
    what their pointers led to, larger values and the bytes of strings are freed. After a peak of a million `[128]byte`
    values, 287 MiB stay. A range over a nearly empty, once large map also walks all slots.

    ## Bad

    ```go
    package main

    type Cache struct{ blocks map[int][16]int64 }

    func (c *Cache) Flush() {
        for id := range c.blocks {
                delete(c.blocks, id) // the table stays
        }
    }

    func main() {
        c := &Cache{blocks: map[int][16]int64{1: {}}}
        c.Flush()
    }
    ```

    ## Good

    ```go
    package main

    type Cache struct{ blocks map[int][16]int64 }

    func (c *Cache) Flush() {
        c.blocks = make(map[int][16]int64)
    }

    func main() {
        c := &Cache{blocks: map[int][16]int64{1: {}}}
        c.Flush()
    }
    ```

    ## When it stays silent

    For local variables and parameters, and for key types with few values.

    ## How to fix

    Assign a new map if the old one may have been large. If it fills up again each time, emptying it is the cheaper choice.

    ## Configure and suppress

    The rule is off by default; `--select GM502`, or `select = ["GM", "GM502"]` in `.golint-maps.toml`, turns it on. A single
    line is excused by `//nolint:GM502 // reason` or `//golint-maps:ignore GM502 reason`.

    ## References

    - [Deletion of map elements](https://go.dev/ref/spec#Deletion_of_map_elements), [Clear](https://go.dev/ref/spec#Clear)
    - [golang/go#20135](https://go.dev/issue/20135): maps do not shrink after elements are deleted
    """

    id = "GM502"
    name = "delete-keeps-memory"
    level = Level.NOTE
    default = False

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look for loops that delete everything, and for `clear`."""
        for op in package.index(function).of((ir.Access, ir.Range)):
            emptied = _emptied(op)
            if emptied is None or not _is_kept(emptied.map, package):
                continue
            name = ir.text_of(emptied.map)
            yield self.finding(
                function,
                emptied.at,
                f"{name} is emptied and kept: the memory of its table is not given back",
                map_name=place_name(emptied.map),
                hint=f"if it may have been large, assign a new map: `{name} = make(…)`",
            )


def _emptied(op: ir.Op) -> ir.Access | None:
    """The access that empties a map: `clear`, or the delete in a loop that does nothing else."""
    if isinstance(op, ir.Access):
        return op if op.kind == "clear" else None
    if isinstance(op, ir.Range) and op.over == "map" and len(op.body.ops) == 1:
        inner = op.body.ops[0]
        if isinstance(inner, ir.Access) and inner.kind == "delete" and inner.map == op.subject and inner.key == op.key:
            return inner
    return None


def _is_kept(map_: ir.Value, package: PackageFlow) -> bool:
    """Whether the map lives on after the function, and its key type does not bound it."""
    if not isinstance(ir.strip(map_), (ir.Field, ir.Global)):
        return False
    map_type = package.world.map_type(map_.type)
    if map_type is None:
        return False
    key: Type = package.world.underlying(map_type.key)
    return not (isinstance(key, Basic) and key.name in _BOUNDED)
