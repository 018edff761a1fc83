"""GM504 runtime-layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import definitions
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule
from golint_maps.types.model import Named, Pointer, Struct, Type

_UNSAFE = Named("unsafe", "Pointer")
_HEADER_NAME = re.compile(r"_?(?:go)?(?:[hb]map|maptype|map_?header|hiter|map_?iter)(?:struct)?", re.IGNORECASE)
_HEADER_FIELDS = frozenset(
    {"count", "flags", "B", "noverflow", "hash0", "buckets", "oldbuckets", "nevacuate", "tophash"}
)
_TOOLCHAIN = frozenset({"std", "cmd"})
_MAX_DEPTH = 4


class RuntimeLayout(Rule):
    """A map is read through `unsafe` as the header struct of a certain runtime.

    ## What it reports

    Conversions of a map (or of a pointer that comes from one) by `unsafe.Pointer` to a pointer to a struct such as `hmap`,
    `bmap` or `hiter`.

    ## Why it hurts

    The layout is private to the runtime. Since the Swiss tables of Go 1.24 there is no `hmap` any more: what such code reads
    as the number of buckets is a byte of something else, and what it writes corrupts memory. It compiles without a word.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "unsafe"
    )

    type hmap struct {
        count int
        flags uint8
        B     uint8
    }

    func main() {
        m := map[string]int{"a": 1}
        h := *(**hmap)(unsafe.Pointer(&m))
        fmt.Println(h.B) // a byte that means something else
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    func main() {
        m := map[string]int{"a": 1}
        fmt.Println(len(m))
    }
    ```

    ## When it stays silent

    For `unsafe` conversions of other things, for the reference itself (`*(*unsafe.Pointer)(unsafe.Pointer(&m))`), and in the
    toolchain's own modules.

    ## How to fix

    Use `len`, `range`, `maps` or `reflect`; measure memory with a profile.

    ## Configure and suppress

    `--ignore GM504`, or `ignore = ["GM504"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM504 // reason` or `//golint-maps:ignore GM504 reason`.

    ## References

    - [Go 1.24 release notes, "Runtime"](https://go.dev/doc/go1.24#runtime): the map implementation based on Swiss Tables
    - [Faster Go maps with Swiss Tables](https://go.dev/blog/swisstable)
    """

    id = "GM504"
    name = "runtime-layout"
    level = Level.ERROR
    without_maps = True

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look at the conversions from unsafe pointers."""
        if function.body is None:
            return
        said: set[ir.Span] = set()
        for _, part in package.index(function).inside(ir.Conversion):
            if part.at in said:
                continue
            header = _header(part.type, package)
            if header is None or not _is_unsafe(part.operand) or package.package.module.path in _TOOLCHAIN:
                continue
            map_ = _map_behind(part.operand, package, 0)
            if map_ is None and not _looks_like_header(header, package):
                continue
            said.add(part.at)
            yield self.finding(
                function,
                part.at,
                f"a map is read as a {header.name}, but the layout of maps is private to the runtime and has changed",
                map_name=place_name(map_) if map_ is not None else "",
                hint="use `len`, `range`, `maps` or `reflect`",
            )


def _header(type_: Type, package: PackageFlow) -> Named | None:
    """The struct type that a conversion to a pointer (or pointer to a pointer) leads to."""
    depth = 0
    while isinstance(type_, Pointer) and depth < 2:
        type_, depth = type_.element, depth + 1
    if depth and isinstance(type_, Named) and isinstance(package.world.underlying(type_), Struct):
        return type_
    return None


def _looks_like_header(type_: Named, package: PackageFlow) -> bool:
    struct = package.world.underlying(type_)
    if not isinstance(struct, Struct) or not _HEADER_NAME.fullmatch(type_.name.rpartition(".")[2]):
        return False
    return len({one.name for one in struct.fields} & _HEADER_FIELDS) >= 2


def _is_unsafe(value: ir.Value) -> bool:
    return value.type == _UNSAFE or (isinstance(value, ir.Conversion) and value.target == "unsafe.Pointer")


def _map_behind(value: ir.Value, package: PackageFlow, depth: int) -> ir.Value | None:
    """The map whose address, or reference, an unsafe pointer was made from."""
    while isinstance(value, ir.Conversion):
        value = value.operand
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, ir.Unary) and value.op == "&":
        return value.operand if package.world.map_type(value.operand.type) is not None else None
    if isinstance(value, ir.Local) and value.variable.kind == "local":
        for given in definitions(value.variable):
            if given is not None and (found := _map_behind(given, package, depth + 1)) is not None:
                return found
    if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.MethodRef):
        callee = value.call.callee
        if callee.name in ("Pointer", "UnsafePointer") and isinstance(callee.base, ir.Result):
            inner = callee.base.call
            if isinstance(inner.callee, ir.FunctionRef) and inner.callee.package == "reflect" and inner.arguments:
                given = inner.arguments[0]
                return given if package.world.map_type(given.type) is not None else None
    return None
