"""GM204 range-goroutine."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Fix, Level, Location, Related
from golint_maps.flow import fanout, ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.ranging import MapLoop, map_loops
from golint_maps.flow.rewrites import Text
from golint_maps.rule import Rule

_SAID = frozenset(
    {"concurrent-map-write", "concurrent-map-read-write", "concurrent-map-iteration", "inconsistent-lock"}
)
_DEED = {"write": "writes", "delete": "deletes from", "clear": "clears"}


class RangeGoroutine(Rule):
    """Goroutines started in a range over a map change that map, or share the loop's variables.

    ## What it reports

    In the body of a range over a map:

    - goroutines (`go`, `WaitGroup.Go`, `errgroup.Group.Go`, …) that write, delete from or clear the ranged map while
      the loop that starts them goes on, without a lock that the loop holds too. Where GM101 to GM104 tell the same,
      they do;
    - goroutines that use a loop variable of which there is only one: before Go 1.22 (the `go` line of `go.mod`, or a
      `//go:build go1.21` of the file), or where the range assigns to variables declared before (`for k = range m`).

    ## Why it hurts

    The range reads the map at each step. A goroutine that changes it meanwhile is a data race, also when it takes a
    lock: the loop takes none. The runtime ends the program with `fatal error: concurrent map iteration and map write`,
    which can't be recovered.

    A shared variable is overwritten by the next iteration, mostly before the goroutine has looked at it. Many
    goroutines then work on the last entry, and none on the others.

    ## Bad

    ```go
    //go:build go1.21

    package main

    import (
        "fmt"
        "sync"
    )

    func main() {
        names := map[string]bool{"ann": true, "bob": true, "eve": true}
        var wg sync.WaitGroup
        for name := range names {
            wg.Add(1)
            go func() {
                defer wg.Done()
                fmt.Println(name) // three times the same name
            }()
        }
        wg.Wait()
    }
    ```

    ## Good

    ```go
    //go:build go1.21

    package main

    import (
        "fmt"
        "sync"
    )

    func main() {
        names := map[string]bool{"ann": true, "bob": true, "eve": true}
        var wg sync.WaitGroup
        for name := range names {
            name := name
            wg.Add(1)
            go func() {
                defer wg.Done()
                fmt.Println(name)
            }()
        }
        wg.Wait()
    }
    ```

    ## When it stays silent

    - The variable is copied (`k := k`), passed as an argument, or new in each iteration (Go 1.22 with `:=`).
    - The iteration waits for its goroutine, or the loop is left right after the start.
    - The loop holds the lock that the goroutines take, or they change another map.

    ## How to fix

    Collect the results and change the map after `Wait`, range over a copy (`maps.Clone`), or hold the lock over the
    whole loop. For shared variables: `k := k` in the body, an argument, or `go 1.22` in `go.mod`.

    The fix makes the copies, as the first lines of the body.

    ## Configure and suppress

    `--ignore GM204` turns the rule off; `//golint-maps:ignore GM204 reason` or `//nolint:GM204 // reason` on the line
    or the line above it silences one finding.

    ## References

    - [Fixing for loops in Go 1.22](https://go.dev/blog/loopvar-preview)
    - [For statements with range clause](https://go.dev/ref/spec#For_range)
    - [The Go memory model](https://go.dev/ref/mem)
    """

    id = "GM204"
    name = "range-goroutine"
    level = Level.ERROR

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report the goroutines that the function's loops over maps start."""
        for loop in map_loops(function, package):
            yield from self._shared(loop, package)
            changing = list(self._changing(loop, package))
            if changing and not _is_said(loop, package):
                yield from changing

    def _shared(self, loop: MapLoop, package: PackageFlow) -> Iterator[Finding]:
        for use in fanout.shared_variables(loop, package):
            name = use.variable.name
            why = "all iterations share before Go 1.22" if loop.loop.define else "the next iteration assigns"
            yield self.finding(
                use.function,
                use.at,
                f"the goroutine uses the loop variable `{name}`, {why}: it sees the entry of a later iteration",
                map_name=place_name(loop.map),
                hint=f"copy it in the body with `{name} := {name}`, or pass it as an argument",
                related=[
                    Related(Location(loop.function.path, *loop.head), f"`{name}` is assigned here for each entry"),
                    Related(Location(loop.function.path, *use.start.at), "the goroutine is started here"),
                ],
                fix=_copy(loop, name, package),
            )

    def _changing(self, loop: MapLoop, package: PackageFlow) -> Iterator[Finding]:
        seen: set[tuple[str, ir.Span]] = set()
        name = ir.text_of(loop.written)
        for start, fact in fanout.changes(loop, package):
            if (fact.function.path, fact.at) in seen:
                continue
            seen.add((fact.function.path, fact.at))
            yield self.finding(
                fact.function,
                fact.at,
                f"a goroutine started by the range over `{name}` {_DEED[fact.kind]} it while the loop goes on, "
                "without a lock that both hold",
                map_name=place_name(loop.map),
                hint="change the map after the goroutines have ended, or hold one lock in both",
                related=[
                    Related(Location(loop.function.path, *loop.head), f"`{name}` is ranged over here"),
                    Related(Location(loop.function.path, *start.at), "the goroutine is started here"),
                ],
            )


def _copy(loop: MapLoop, name: str, package: PackageFlow) -> Fix | None:
    """`k := k` as the first line of the body, which gives each iteration a variable of its own."""
    text = Text(loop.function, package)
    start = loop.loop.body.at[0]
    _, next_line = text.lines((start, start + 1))
    # `{` ends its line, without a comment, and the loop does not end there.
    if not loop.loop.define or text.of((start, next_line)).strip() != "{" or next_line >= loop.loop.at[1]:
        return None
    indent = text.indent(loop.loop.at[0])
    edit = text.edit((next_line, next_line), f"{indent}\t{name} := {name}\n")
    return Fix(f"Copy {name} in the body of the loop", (edit,), safe=True)


def _is_said(loop: MapLoop, package: PackageFlow) -> bool:
    """Whether a conflict of the same map with this very loop is reported anyway."""
    iteration = loop.iteration
    for conflict in package.conflicts if iteration is not None else ():
        if conflict.kind in _SAID and iteration is not None and conflict.place.key == iteration.key:
            touched = (conflict.first, conflict.second, *conflict.others)
            if any(one.fact.op is iteration.op for one in touched):
                return True
    return False
