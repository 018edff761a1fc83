"""GM112 unguarded-memo."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.memos import memos
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule


class UnguardedMemo(Rule):
    """A function that looks something up fills a map on demand, and no lock guards the map.

    ## What it reports

    A function that other packages reach looks a key up in a map, finds nothing, works the value out, stores it, and returns
    it. To those who call it, it only reads. The map is a package variable, a field of a type with the exported
    method, or a variable that a returned function literal keeps, and nothing in the package holds a lock when it touches it.
    So it is where a function fills a package variable which it finds empty, and returns it or what is in it.

    It is a *note*: nothing in the package shows that two goroutines come here. Where something does, GM101 to GM103 report
    it, with both sides.

    ## Why it hurts

    Two goroutines that ask at the same time both write, and the runtime ends the process with `fatal error: concurrent map
    writes` or `concurrent map read and map write`. Callers have no reason to take a lock around what looks like a getter, and
    can't take one together with the other callers of a package variable.

    ## Bad

    ```go
    package squares

    var squares = map[int]int{}

    func Square(n int) int {
        if s, ok := squares[n]; ok {
                return s
        }
        s := n * n
        squares[n] = s // two goroutines that ask at once end the process
        return s
    }
    ```

    ## Good

    ```go
    package squares

    import "sync"

    var (
        mu      sync.Mutex
        squares = map[int]int{}
    )

    func Square(n int) int {
        mu.Lock()
        defer mu.Unlock()
        if s, ok := squares[n]; ok {
                return s
        }
        s := n * n
        squares[n] = s
        return s
    }
    ```

    ## When it stays silent

    In package `main`, whose callers are all known; where any access holds a lock; where what is stored is a parameter
    (`Register(name, driver)`), or is not returned; for functions that prepare something, by their names (`init`, `New…`,
    `Register…`, `Parse…`); for writers, encoders, parsers and the like, which one goroutine drives; where a comment on the map
    or its type says that it is not for several goroutines ("not safe for concurrent use").

    ## How to fix

    Guard the map with a `sync.Mutex`, or use a `sync.Map` with `LoadOrStore`. `sync.OnceValue` does where there is one
    value only. If only one goroutine is meant to come here, say so in the comment of the type.

    ## Configure and suppress

    `--ignore GM112`, or `ignore = ["GM112"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM112 // reason` or `//golint-maps:ignore GM112 reason`.

    ## References

    - [The Go FAQ: Why are map operations not defined to be atomic?](https://go.dev/doc/faq#atomic_maps)
    - [sync.Map](https://pkg.go.dev/sync#Map), which is made for caches that only grow
    """

    id = "GM112"
    name = "unguarded-memo"
    level = Level.NOTE

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each map once, at the write."""
        for memo in memos(package):
            function, map_ = memo.write.function, memo.write.map
            looked = Related(
                Location(function.path, *memo.read.at), "looked at here" if memo.whole else "looked up here"
            )
            done = "fills {} where it is empty" if memo.whole else "looks a key up in {} and adds it"
            yield self.finding(
                function,
                memo.write.at,
                f"{function.name} {done.format(ir.text_of(map_))}, without a lock: "
                "two goroutines that ask at once end the process",
                map_name=place_name(map_),
                hint="guard the map with a sync.Mutex, use sync.Map with LoadOrStore, or say that it is for one goroutine",
                related=[looked],
            )
