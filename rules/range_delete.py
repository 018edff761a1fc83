"""GM201 range-delete."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import emptying, ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.ranging import CURRENT, DERIVED, VISITED, MapLoop, Mutation, map_loops
from golint_maps.rule import Rule


class RangeDelete(Rule):
    """Entries are deleted from a map while it is being ranged over.

    ## What it reports

    Inside the body of `for k, v := range m`, directly, through another name of the same map, or by a function of the
    package that is called there:

    - *note*: `delete(m, k)` of the current key. Go defines this. Where the loop does nothing else, the report says
      what would say it better: `clear(m)` (Go 1.21), or `maps.DeleteFunc(m, …)`.
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
      that is taken for the key (`delete(m, v.ID)`); what is left then is the note.
    - The body consists of nothing but `clear(m)`.

    ## How to fix

    Collect the keys in the loop and delete them after it, or range over `maps.Clone(m)`. A loop that empties the map
    becomes `clear(m)`, which the fix does; one that filters it becomes `maps.DeleteFunc`.

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
        """Report the deletions of the function's loops over maps, each op once and as loud as it gets."""
        loudest: dict[ir.Op, Finding] = {}
        for loop in map_loops(function, package):
            for mutation in loop.mutations:
                finding = self._judge(loop, mutation, package)
                known = loudest.get(mutation.op)
                if finding is not None and (known is None or _loudness(finding) > _loudness(known)):
                    loudest[mutation.op] = finding
        yield from loudest.values()

    def _judge(self, loop: MapLoop, mutation: Mutation, package: PackageFlow) -> Finding | None:
        if mutation.kind == "clear":
            if not mutation.goes_on or len(loop.loop.body.ops) == 1:
                return None
            return self._cleared(loop, mutation)
        if mutation.kind != "delete" or mutation.relation == VISITED:
            return None
        if mutation.relation == CURRENT:
            return self._current(loop, mutation, package)
        return self._other(loop, mutation) if mutation.goes_on else None

    def _current(self, loop: MapLoop, mutation: Mutation, package: PackageFlow) -> Finding:
        name = ir.text_of(loop.written)
        advice = emptying.advice(loop, mutation, package)
        defined = (
            f"deleting the current key of `{name}` while ranging over it is defined: each other entry is visited once"
        )
        return self.finding(
            loop.function,
            mutation.op.at,
            f"{defined}; {advice.message}" if advice else defined,
            map_name=place_name(loop.map),
            hint=advice.hint if advice else "",
            level=Level.NOTE,
            related=self._sides(loop, mutation),
            fix=advice.fix if advice else None,
        )

    def _other(self, loop: MapLoop, mutation: Mutation) -> Finding:
        name = ir.text_of(loop.written)
        by = f" by {mutation.through[0].callee.name}" if mutation.through else ""
        by = by or (f" by {mutation.via}" if mutation.via else "")
        what = (
            "keys other than the current one are"
            if mutation.key is None and by
            else "another key than the current one is"
        )
        return self.finding(
            loop.function,
            mutation.op.at,
            f"{what} deleted from `{name}`{by} while ranging over it: which entries are still visited is random",
            map_name=place_name(loop.map),
            hint="collect the keys in the loop and delete them after it",
            confidence=_confidence(loop, mutation),
            related=self._sides(loop, mutation),
        )

    def _cleared(self, loop: MapLoop, mutation: Mutation) -> Finding:
        name = ir.text_of(loop.written)
        by = f" by {mutation.through[0].callee.name}" if mutation.through else ""
        return self.finding(
            loop.function,
            mutation.op.at,
            f"`{name}` is cleared{by} while ranging over it: the entries not visited yet, a random choice, are lost",
            map_name=place_name(loop.map),
            hint="clear the map after the loop, or leave the loop right after",
            confidence=_confidence(loop, mutation),
            related=self._sides(loop, mutation),
        )

    @staticmethod
    def _sides(loop: MapLoop, mutation: Mutation) -> list[Related]:
        found = [Related(Location(loop.function.path, *loop.head), f"`{ir.text_of(loop.written)}` is ranged over here")]
        if mutation.through:
            fact = mutation.fact
            verb = "clears it" if mutation.kind == "clear" else "deletes"
            found.append(Related(Location(fact.function.path, *fact.at), f"{fact.function.name} {verb} here"))
        return found


def _loudness(finding: Finding) -> tuple[int, int]:
    return (finding.level if finding.confidence > Confidence.LOW else 0, finding.confidence)


def _confidence(loop: MapLoop, mutation: Mutation) -> Confidence:
    if loop.repeated or mutation.relation == DERIVED:
        return Confidence.LOW
    return Confidence.MEDIUM if mutation.through else Confidence.HIGH
