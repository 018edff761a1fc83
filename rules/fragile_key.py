"""GM405 fragile-key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.fragility import Fragile, Fragility, fragility
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule


class FragileKey(Rule):
    """A map is searched by keys that may not be equal although they look so: times and floating-point numbers.

    ## What it reports

    - `time.Time` keys that carry the monotonic clock reading (`time.Now()`) or a location of their own (`time.Parse`), in
      a map that is searched by them (`m[time.Now()]++` searches as well): both take part in `==`; also in a field of a struct
      key;
    - float keys that may be NaN (quotients, `math.Log`, `strconv.ParseFloat`, …) in a map that is searched, or emptied with
      `delete`: NaN is equal to nothing, so such an entry is never found and `delete` never removes it;
    - integers held in floats, as a note: an integer type is the better key.

    ## Why it hurts

    The same moment is stored twice, a lookup misses, and entries that can't be deleted pile up. It depends on values, so that
    tests rarely show it.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "time"
    )

    func main() {
        start := time.Now()
        events := map[time.Time]string{start: "start"}
        _, ok := events[start.UTC()]
        fmt.Println(ok) // false: the same moment, another location
        _, ok = events[time.Now().Add(-time.Since(start))]
        fmt.Println(ok)
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "time"
    )

    func main() {
        start := time.Now()
        events := map[int64]string{start.UnixNano(): "start"}
        _, ok := events[start.UTC().UnixNano()]
        fmt.Println(ok) // true
    }
    ```

    ## When it stays silent

    When the map is only written, ranged over and cleared; when times are normalised (`Truncate`, `Round`, `time.Unix`,
    `time.Date`) or their origin is not known.

    ## How to fix

    Use a canonical key: `t.UnixNano()`, `t.UTC().Round(0)`, an integer, or a formatted string. `clear` removes NaN keys.

    ## Configure and suppress

    `--ignore GM405`, or `ignore = ["GM405"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM405 // reason` or `//golint-maps:ignore GM405 reason`.

    ## References

    - [Comparison operators](https://go.dev/ref/spec#Comparison_operators)
    - [time.Time](https://pkg.go.dev/time#Time): `==` compares the location and the monotonic clock reading as well
    - [golang/go#20660](https://go.dev/issue/20660): NaN keys in maps, and the proposal to disallow them
    """

    id = "GM405"
    name = "fragile-key"
    level = Level.WARNING

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Look at the keys of each map with time or float keys, once per map."""
        accesses: dict[str, dict[ir.Access, ir.Function]] = defaultdict(dict)
        for facts in package.facts.values():
            for fact in facts.accesses:
                if isinstance(fact.op, ir.Access) and fact.op.key is not None and not fact.op.via:
                    accesses[fact.key].setdefault(fact.op, fact.function)
        for group in accesses.values():
            yield from self._place(group, package)

    def _place(self, group: dict[ir.Access, ir.Function], package: PackageFlow) -> Iterator[Finding]:
        searches = [op for op in group if op.kind in ("delete", "read")]
        if not searches:
            return
        worst: tuple[Fragile, ir.Access] | None = None
        for op in group:
            map_type = package.world.map_type(op.map.type)
            if map_type is None or op.key is None:
                return
            found = fragility(op.key, map_type.key, package.world)
            if found is not None and found.kind is not Fragility.TIME and all(one.compound for one in searches):
                continue  # a count of what is rarely NaN
            if found is not None and (worst is None or found.kind.value > worst[0].kind.value):
                worst = (found, op)
        if worst is None:
            return
        found, op = worst
        search = next((one for one in searches if one is not op), None)
        related = []
        if search is not None:
            verb = "deleted by key" if search.kind == "delete" else "searched"
            related = [Related(Location(group[search].path, *search.at), f"the map is {verb} here")]
        yield self.finding(
            group[op],
            op.at,
            f"key of {ir.text_of(op.map)} is fragile: {found.reason}",
            map_name=place_name(op.map),
            hint=found.hint,
            level=Level.NOTE if found.kind is Fragility.INTEGER else None,
            related=related,
        )
