"""GM205 map-order-dependence."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir, ordering
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.ranging import map_loops
from golint_maps.rule import Rule

_SAYS = {
    ordering.APPEND: "the order of `{}` is that of the iteration over `{}`, and nothing sorts it",
    ordering.FIRST: "`{}` is returned for the first match in `{}`: where several entries match, which one is random",
    ordering.TEXT: "the text in `{}` depends on the order of the iteration over `{}`",
    ordering.FLOAT: "the floating-point sum `{}` depends on the order of the iteration over `{}` in its last digits",
    ordering.OUTPUT: "what goes to `{}` comes in the order of the iteration over `{}`",
    ordering.LAST: "`{}` keeps what the last of several entries of `{}` gives it: which one is random",
}


class MapOrderDependence(Rule):
    """A result depends on the order in which a range visits the entries of a map.

    ## What it reports

    In the body of a range over a map:

    - entries appended to a slice that is not sorted afterwards;
    - the first match returned, where several entries may match;
    - strings joined, floating-point numbers summed up;
    - entries printed, or written to a file, builder, hash or encoder;
    - the last of several entries kept: in a variable, or in another map under a key that a function makes.

    The rule is off unless it is selected (`--select GM205`): often enough, the order doesn't matter to anybody.

    ## Why it hurts

    The order of a range over a map is not specified, and the runtime begins each one at a random place. Output differs
    from run to run, which breaks caches, signatures, golden files and reviews; the "first" of several matches is
    another one each time; tests fail now and then. Sums of floats differ in their last digits, since addition rounds.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "strings"
    )

    func main() {
        columns := map[string]string{"id": "int", "name": "text", "age": "int"}
        var parts []string
        for name, typ := range columns {
            parts = append(parts, name+" "+typ)
        }
        fmt.Println(strings.Join(parts, ", ")) // another order each time
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "maps"
        "slices"
        "strings"
    )

    func main() {
        columns := map[string]string{"id": "int", "name": "text", "age": "int"}
        var parts []string
        for _, name := range slices.Sorted(maps.Keys(columns)) {
            parts = append(parts, name+" "+columns[name])
        }
        fmt.Println(strings.Join(parts, ", ")) // age int, id int, name text
    }
    ```

    ## When it stays silent

    - The slice is sorted afterwards.
    - Sums of integers, counts, sets, other maps under the same keys, existence tests (`return true`).
    - The least or greatest entry is kept (the condition looks at the variable that is assigned).
    - At most one entry can match, because the key is compared.
    - The loop is left right after, so that any entry will do.

    ## How to fix

    Range over the sorted keys (`slices.Sorted(maps.Keys(m))`), sort the result, or break ties by the key.

    ## Configure and suppress

    `--select GM205` turns the rule on; `//golint-maps:ignore GM205 reason` or `//nolint:GM205 // reason` on the line or
    the line above it silences one finding.

    ## References

    - [For statements with range clause](https://go.dev/ref/spec#For_range): the iteration order is not specified
    - [Go maps in action, iteration order](https://go.dev/blog/maps)
    """

    id = "GM205"
    name = "map-order-dependence"
    level = Level.WARNING
    default = False

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report what depends on the order of the function's loops over maps, once for each loop and collector."""
        for loop in map_loops(function, package):
            seen: set[tuple[str, str]] = set()
            name = ir.text_of(loop.written)
            for one in ordering.dependences(loop, package):
                if (one.kind, one.text) in seen:
                    continue
                seen.add((one.kind, one.text))
                yield self.finding(
                    function,
                    one.at,
                    _SAYS[one.kind].format(one.text, name),
                    map_name=place_name(loop.map),
                    hint=f"range over the sorted keys: `slices.Sorted(maps.Keys({name}))`",
                    confidence=Confidence.MEDIUM,
                    related=[Related(Location(function.path, *loop.head), f"`{name}` is ranged over here")],
                )
