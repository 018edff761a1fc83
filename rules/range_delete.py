"""GM201 range-delete."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level
from golint_maps.flow import emptying, ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.ranging import (
    CURRENT,
    VISITED,
    Defect,
    MapLoop,
    Mutation,
    by_whom,
    certainty,
    map_loops,
    sides,
    verdicts,
)
from golint_maps.rule import Rule


class RangeDelete(Rule):
    """Entries are deleted from a map while it is being ranged over.

    ## What it reports

    Inside the body of `for k, v := range m`, directly, through another name of the same map, or by a function of the
    package that is called there:

    - *note*: a loop that does nothing but delete its current key, with what would say it better: `clear(m)` (Go 1.21), or
      `maps.DeleteFunc(m, …)`. In loops that do more, it is right as it is, and told with low confidence only.
    - *warning*: deleting another key than the current one.
    - *warning*: `clear(m)` while the loop goes on.

    While the map is shared between goroutines without a lock, it is GM103 that reports the loop.

    ## Why it hurts

    An entry that is removed before the iteration has reached it is not produced any more. Which entries come first is
    random, so that it is random too which of them are still visited: of two entries that delete each other one stays,
    and nobody knows which. After a `clear` the loop ends with whatever has been handled until then. The runtime
    doesn't crash and the race detector sees nothing; the results differ from run to run.

    Deleting the current key is safe: each of the other entries is still visited exactly once. But a key that is not
    equal to itself (a floating-point NaN, or a struct or interface with one inside) can't be deleted at all; only
    `clear` gets rid of it.

    ## Bad

    ```go
    package main

    import "fmt"

    func main() {
        next := map[string]string{"a": "b", "b": "c", "c": "a"}
        visited := 0
        for _, to := range next {
                visited++
                delete(next, to)
        }
        fmt.Println(visited) // 2, or 3
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    func main() {
        next := map[string]string{"a": "b", "b": "c", "c": "a"}
        visited := 0
        var gone []string
        for _, to := range next {
                visited++
                gone = append(gone, to)
        }
        for _, name := range gone {
                delete(next, name)
        }
        fmt.Println(visited, len(next)) // 3 0
    }
    ```

    ## When it stays silent

    - The loop is left right after (`break`, `return`) on that path, or the deletes come after the loop.
    - Another map is changed: another instance, a clone that is ranged over, a map inside the element.
    - The key was visited before (`delete(m, previous)`, where only visited keys are kept in `previous`).
    - For the warnings: the key equals the current one (`if id == k`), or values are always stored under the field
      that is taken for the key (`delete(m, v.ID)`) or under themselves. Keys of a callee's own making have low
      confidence.
    - The body consists of nothing but `clear(m)`.

    ## How to fix

    Collect the keys in the loop and delete them after it, or range over `maps.Clone(m)`. A loop that empties the map
    becomes `clear(m)`, and one that filters it becomes `maps.DeleteFunc`: the fix does both, from Go 1.21 on, and imports
    `maps`. `clear` is not a safe fix where keys may be NaN (floats, and interfaces, structs or arrays that may hold them),
    for it removes those as well.

    ## Configure and suppress

    The notes are not shown with `--min-level warning`. `--ignore GM201` turns the rule off;
    `//golint-maps:ignore GM201 reason` or `//nolint:GM201 // reason` on the line or the line above it silences one
    finding.

    ## References

    - [For statements with range clause](https://go.dev/ref/spec#For_range), "If a map entry that has not yet been
      reached is removed during iteration"
    - [Clear](https://go.dev/ref/spec#Clear), [maps.DeleteFunc](https://pkg.go.dev/maps#DeleteFunc)
    - [golang/go#56351](https://go.dev/issue/56351), [golang/go#63312](https://go.dev/issue/63312): NaN keys and
      `clear`
    """

    id = "GM201"
    name = "range-delete"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report the deletions of the function's loops over maps, those of one loop with one defect together."""
        for verdict in verdicts(map_loops(function, package), _judge):
            loop, first = verdict.loop, verdict.mutations[0]
            name = ir.text_of(loop.written)
            by = by_whom(first)
            fix, confidence = None, verdict.defect.confidence
            if verdict.defect.kind == "current":
                message = f"deleting the current key of `{name}`{by} in a range over it is defined: each other entry "
                message += "is visited once"
                advice = emptying.advice(loop, first, package)
                if advice is not None:
                    message, fix = f"{message}; {advice.message}", advice.fix
                hint = advice.hint if advice else ""
                if advice is None:  # it is right as it is, and to be told so again and again is no help
                    confidence = Confidence.LOW
            elif verdict.defect.kind == "clear":
                message = f"`{name}` is cleared{by} while ranging over it: the entries not visited yet are lost, and "
                message += "which ones these are is random"
                hint = "clear the map after the loop, or leave the loop right after"
            else:
                several = first.key is None and by
                what = "keys other than the current one are" if several else "another key than the current one is"
                message = (
                    f"{what} deleted from `{name}`{by} while ranging over it: which entries are still visited is random"
                )
                hint = "collect the keys in the loop and delete them after it"
            yield self.finding(
                loop.function,
                first.op.at,
                message,
                map_name=place_name(loop.map),
                hint=hint,
                level=verdict.defect.level,
                confidence=confidence,
                related=sides(verdict, "cleared" if verdict.defect.kind == "clear" else "deleted"),
                fix=fix,
            )


def _judge(loop: MapLoop, mutation: Mutation) -> Defect | None:
    if mutation.kind == "clear":
        if not mutation.goes_on or len(loop.loop.body.ops) == 1:
            return None
        return Defect(Level.WARNING, certainty(loop, mutation), "clear")
    if mutation.kind != "delete" or mutation.relation == VISITED or not mutation.goes_on:
        return None
    if mutation.relation == CURRENT:
        return Defect(Level.NOTE, Confidence.HIGH, "current")
    # A key that means nothing out here may be the visited entry's own, by ways that are not followed.
    sure = certainty(loop, mutation) if mutation.key is not None or not mutation.through else Confidence.LOW
    return Defect(Level.WARNING, sure, "other")
