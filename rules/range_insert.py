"""GM202 range-insert."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.ranging import (
    CURRENT,
    DERIVED,
    NORMALISED,
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


class RangeInsert(Rule):
    """A key that may be new is inserted into a map while it is being ranged over.

    ## What it reports

    An assignment, inside the body of `for … := range m`, to a key of `m` that may not be there yet:

    - directly (`m[k+"s"] = v`, `m[next]++`), or through another name of the same map;
    - by `maps.Copy`, `maps.Insert` or `json.Unmarshal` into it;
    - by a function of the package that is called in the body, a few calls deep;
    - by deleting the current key and putting it back: it is a new entry then.

    ## Why it hurts

    Go leaves open whether an entry that is created during an iteration is produced by it: each new key is visited or
    skipped by chance, differently from run to run. With a map that grows while it is being ranged over, the runtime
    moves the entries to larger tables and carries on in the old order, so that how many of the new keys come up
    depends on the hash seed too. Keys made from visited keys can be made again from the new ones: `"v2/" + k` ends up
    as `"v2/v2/…"`. Tests with a handful of entries often pass.

    ## Bad

    ```go
    package main

    import "fmt"

    func main() {
        prices := map[string]int{"tea": 3, "cup": 7, "pot": 20}
        for name, price := range prices {
                prices[name+" (used)"] = price / 2
        }
        fmt.Println(len(prices)) // 6, or 7, or 9
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "maps"
    )

    func main() {
        prices := map[string]int{"tea": 3, "cup": 7, "pot": 20}
        used := make(map[string]int, len(prices))
        for name, price := range prices {
                used[name+" (used)"] = price / 2
        }
        maps.Copy(prices, used)
        fmt.Println(len(prices)) // 6
    }
    ```

    ## When it stays silent

    - The current key is assigned (`m[k] = v`, `m[k]++`), also through a copy of `k` or where `id == k` is known.
    - The key is certainly there: `if _, ok := m[id]; ok { m[id] = v }`, or a key that an inner range over `m` gave.
    - The loop is left right after on that path (`break`, `return`).
    - Another map is written: another instance, a clone, a map inside the element (`m[k][x] = v`), or one that was put
      in the ranged map's place.
    - The value is stored under its own key (`m[v.ID] = v`, where values are always stored under their `ID`).
    - An outer loop repeats the range until nothing changes any more.
    - The current key is added in another form, without deleting anything: `m[strings.ToLower(k)] = v`.

    ## How to fix

    Collect the new entries in a second map (or a slice) and add them after the loop, range over `maps.Clone(m)`, or
    keep a list of work of which the end is tested in each step (`for len(todo) > 0`).

    ## Configure and suppress

    `--ignore GM202` turns the rule off; `//golint-maps:ignore GM202 reason` or `//nolint:GM202 // reason` on the line
    or the line above it silences one finding.

    ## References

    - [For statements with range clause](https://go.dev/ref/spec#For_range), "If a map entry is created during
      iteration"
    - [golang/go#18325](https://go.dev/issue/18325): the same loop, a different map each time
    - [golang/go#46097](https://go.dev/issue/46097): vet was asked to warn of this
    - [golang/go#9926](https://go.dev/issue/9926): assigning to keys that are there is allowed
    """

    id = "GM202"
    name = "range-insert"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report the insertions of the function's loops over maps, those of one loop with one defect together."""
        for verdict in verdicts(map_loops(function, package), _judge):
            loop, first = verdict.loop, verdict.mutations[0]
            name = ir.text_of(loop.written)
            if verdict.defect.kind == "reinserted":
                message = f"the current key of `{name}` is deleted and put back{by_whom(first)} while ranging over it: "
                message += "it may be visited again"
                hint = "assign to the key without deleting it, or delete and insert after the loop"
            else:
                message = f"a key that may be new is inserted into `{name}`{by_whom(first)} while ranging over it: "
                message += "whether the loop visits it is random"
                hint = f"collect the new entries and add them after the loop, or range over `maps.Clone({name})`"
            yield self.finding(
                loop.function,
                first.op.at,
                message,
                map_name=place_name(loop.map),
                hint=hint,
                confidence=verdict.defect.confidence,
                related=sides(verdict, "inserted"),
            )


def _judge(loop: MapLoop, mutation: Mutation) -> Defect | None:
    if mutation.kind != "write" or not mutation.goes_on or mutation.present:
        return None
    if mutation.reinserted and mutation.relation in (CURRENT, DERIVED):
        sure = Confidence.HIGH if mutation.relation == CURRENT and not mutation.through else Confidence.MEDIUM
        return Defect(Level.WARNING, min(sure, Confidence.LOW) if loop.repeated else sure, "reinserted")
    if mutation.relation in (CURRENT, VISITED) and not mutation.reinserted:
        return None
    sure = certainty(loop, mutation)
    if mutation.relation == NORMALISED and (mutation.moved or _adds(mutation)):
        sure = Confidence.HIGH
    return Defect(Level.WARNING, sure, "new")


def _adds(mutation: Mutation) -> bool:
    """Whether a write depends on what the entry held before: then it matters whether it is done twice."""
    return isinstance(mutation.fact.op, ir.Access) and mutation.fact.op.compound
