"""GM312 syncmap-misfit."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.syncmaps import STORES, SyncCall, sync_maps
from golint_maps.flow.syncpaths import locked, uncaptured
from golint_maps.rule import Rule


class SyncmapMisfit(Rule):
    """A `sync.Map` whose synchronisation nobody needs: a plain map would be simpler and faster.

    ## What it reports

    As a note:

    - a `sync.Map` in a local variable which never leaves its goroutine;
    - a `sync.Map` all of whose calls in the package are made with a mutex held.

    ## Why it hurts

    A `sync.Map` gives up static types, allocates for most stores, and is several times slower than a plain map in one
    goroutine. Under a mutex all of that buys nothing. It also tells readers that the data is shared where it is not.

    ## Bad

    ```go
    package main

    import (
        "fmt"
        "strings"
        "sync"
    )

    func main() {
        var seen sync.Map
        for _, word := range strings.Fields("to be or not to be") {
            seen.Store(word, true)
        }
        fmt.Println(seen.Load("be"))
    }
    ```

    ## Good

    ```go
    package main

    import (
        "fmt"
        "strings"
    )

    func main() {
        seen := map[string]bool{}
        for _, word := range strings.Fields("to be or not to be") {
            seen[word] = true
        }
        fmt.Println(seen["be"])
    }
    ```

    ## When it stays silent

    The map is captured by a function that runs elsewhere, its address is taken, or some call is made without a lock.
    Tests.

    ## How to fix

    Use a plain `map[K]V`, with the mutex that is there already.

    ## Configure and suppress

    `--ignore GM312`, or `ignore = ["GM312"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM312 // reason` or `//golint-maps:ignore GM312 reason`.

    ## References

    - [sync.Map](https://pkg.go.dev/sync#Map): the two cases that it is made for
    - [Go maps in action, concurrency](https://go.dev/blog/maps)
    """

    id = "GM312"
    name = "syncmap-misfit"
    level = Level.NOTE

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Look at the calls on each map together."""
        maps = sync_maps(package)
        for calls in maps.by_place.values():
            calls = [call for call in calls if not call.through]
            if not calls or any(call.function.is_test for call in calls):
                continue
            if uncaptured(calls[0], maps):
                yield self._report(calls, "never leaves this goroutine", "a plain map is enough")
            elif (
                len(calls) > 1
                and any(call.method in STORES for call in calls)
                and all(locked(call, maps) for call in calls)
            ):
                yield self._report(
                    calls, "is only used with a mutex held", "a plain map under the same mutex is enough"
                )

    def _report(self, calls: list[SyncCall], why: str, hint: str) -> Finding:
        first = calls[0]
        return self.finding(
            first.function,
            first.op.at,
            f"the sync.Map {first.name} {why}",
            map_name=place_name(first.map),
            hint=hint,
            confidence=Confidence.MEDIUM,
            related=[Related(Location(one.function.path, *one.op.at), "it is used here") for one in calls[1:4]],
        )
