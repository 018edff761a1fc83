"""GM503 runtime-linkname."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.rule import Rule

_MAP_FUNCTION = (
    rb"map(?:access|assign|delete|iter|clear|clone|len|init|key|value|next|rehash|random)\w*|makemap\w*|"
    rb"reflect_(?:map|makemap)\w*|unsafe_?map\w*|typedmap\w*"
)
_LINKNAME = re.compile(
    rb"^//go:linkname[ \t]+(?P<local>\w+)[ \t]+(?P<target>"
    rb"(?:runtime|reflect)\.(?:" + _MAP_FUNCTION + rb")|internal/runtime/maps\.[\w.()*]+)",
    re.MULTILINE,
)
# The toolchain's own modules may know each other.
_TOOLCHAIN = frozenset({"std", "cmd"})


class RuntimeLinkname(Rule):
    """Code is linked to the runtime's map functions by `//go:linkname`.

    ## What it reports

    `//go:linkname` directives whose target is a map function of `runtime` or `reflect` (`runtime.mapassign`,
    `runtime.mapiterinit`, `reflect.mapclear`, …) or anything in `internal/runtime/maps`.

    ## Why it hurts

    These functions are no API. Their names, signatures and the layout of what they are given changed with the Swiss tables
    of Go 1.24, and the linker refuses most new links since Go 1.23. They also skip the checks that the compiler puts around
    them. What works today may corrupt memory after the next update of the toolchain.

    ## Bad

    ```go
    package main

    import "unsafe"

    //go:linkname mapaccess2 runtime.mapaccess2
    func mapaccess2(t, m, key unsafe.Pointer) (unsafe.Pointer, bool)

    func main() {}
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "reflect"
    )

    func main() {
        m := map[string]int{"a": 1}
        fmt.Println(reflect.ValueOf(m).MapIndex(reflect.ValueOf("a")))
    }
    ```

    ## When it stays silent

    For links to other functions of the runtime, and in the toolchain's own modules.

    ## How to fix

    Use the language, `maps`, or `reflect` (`MapRange`, `SetMapIndex`, `Value.Clear`).

    ## Configure and suppress

    `--ignore GM503`, or `ignore = ["GM503"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM503 // reason` or `//golint-maps:ignore GM503 reason`.

    ## References

    - [Go 1.23 release notes, "Linker"](https://go.dev/doc/go1.23#linker): restrictions on `//go:linkname`
    - [Go 1.24 release notes, "Runtime"](https://go.dev/doc/go1.24#runtime): the new map implementation
    - [golang/go#67401](https://go.dev/issue/67401): which symbols may be linked to
    """

    id = "GM503"
    name = "runtime-linkname"
    level = Level.ERROR
    without_maps = True

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Look for the directives in the text of the files."""
        if package.package.module.path in _TOOLCHAIN:
            return
        for path, file in package.files.items():
            for match in _LINKNAME.finditer(file.text):
                local, target = match["local"].decode(), match["target"].decode()
                declared = re.compile(rb"^func[ \t]+(" + match["local"] + rb")\b", re.MULTILINE).search(file.text)
                at = ir.Span.of(*(declared.span(1) if declared else match.span()))
                where = ir.Function(local, package.package.import_path, path, at, at)
                yield self.finding(
                    where,
                    at,
                    f"{local} is linked to {target}, which is internal to Go's map implementation and may change",
                    hint="use the language, `maps` or `reflect`",
                )
