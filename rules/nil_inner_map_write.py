"""GM402 nil-inner-map-write."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir, nilfixes, nilwords
from golint_maps.flow.nilplaces import nil_report
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule


class NilInnerMapWrite(Rule):
    """A map inside a map is written without having been made, which panics.

    ## What it reports

    `m[a][b] = c` where no code has put a map into `m` for `a`: on this path, or anywhere in the package. The same holds for
    the map field of a struct value inside a map (`m[a].tags[b] = c`), and for a lookup whose `ok` was false.

    ## Why it hurts

    A lookup of a missing key gives the zero value, and the zero value of a map type is nil. Reading on is harmless, the
    write panics with `assignment to entry in nil map`.

    ## Bad

    ```go
    package main

    func main() {
        costs := make(map[string]map[string]int)
        costs["a"]["b"] = 1 // panics: costs["a"] is nil
    }
    ```

    ## Good

    ```go
    package main

    func main() {
        costs := make(map[string]map[string]int)
        if costs["a"] == nil {
                costs["a"] = make(map[string]int)
        }
        costs["a"]["b"] = 1
    }
    ```

    ## When it stays silent

    When the inner map is made on the path, or other code of the package puts maps into the outer one, or others may have
    filled it: an exported field, a parameter, the result of a decoder.

    ## How to fix

    Make the inner map first, or use one map with a struct of both keys: `map[struct{ from, to string }]int`.

    The fix makes the inner map right before the write if it is nil, which changes nothing but the panic.

    ## Configure and suppress

    `--ignore GM402`, or `ignore = ["GM402"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM402 // reason` or `//golint-maps:ignore GM402 reason`.

    ## References

    - [Index expressions](https://go.dev/ref/spec#Index_expressions): a missing key gives the zero value, which is nil for maps
    - [Map types](https://go.dev/ref/spec#Map_types): no elements may be added to a nil map
    """

    id = "GM402"
    name = "nil-inner-map-write"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report the writes whose inner map is proved nil in their function or by the whole package."""
        report = nil_report(package)
        said: set[tuple[str, ir.Span]] = set()
        for place in report.places:
            first = place.writes[0]
            if not place.inner:
                continue
            said.update((w.function.path, w.op.at) for w in place.writes)
            yield self.finding(
                first.function,
                first.op.at,
                f"write to {ir.text_of(first.op.map)}, which is nil: {place.reason}",
                map_name=place_name(nilwords.outer(first.path)),
                hint=nilwords.hint(first.path),
                related=nilwords.around(place),
                fix=nilfixes.of_place(place, package),
            )
        for found in report.flow.found:
            where = (found.write[0].path, found.write[1])
            if where in said or not nilwords.is_inner(found.map):
                continue
            said.add(where)
            yield self.finding(
                found.function,
                found.at,
                nilwords.sentence(found),
                map_name=place_name(nilwords.outer(found.map)),
                hint=nilwords.hint(found.map),
                confidence=Confidence.HIGH if found.sure else Confidence.MEDIUM,
                related=[Related(Location(found.origin.function.path, *found.origin.at), found.origin.message)],
                fix=nilfixes.of_write(found, package),
            )
