"""GM203 range-value-copy."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.flow.rangecopies import lost_writes
from golint_maps.flow.ranging import MapLoop, map_loops
from golint_maps.rule import Rule


class RangeValueCopy(Rule):
    """A field of the loop's copy of a map value is written, and the copy is dropped: the map keeps the old value.

    ## What it reports

    In a range over a map of structs or arrays, a write to a field or element of the loop's value variable (`for _, v
    := range m { v.n++ }`), also by a method or function that only sets what it points to (`v.Reset()`, `reset(&v)`),
    after which the variable is not used any more in that iteration. The same where the variable itself is counted up or
    appended to (`for _, n := range m { n *= 2 }`).

    ## Why it hurts

    A range copies each value into the loop variable. A struct in a map is not addressable, so that there is no way to
    write into it from there: `v.n++` changes the copy, the next iteration throws it away, and the map stays as it was.
    Nothing fails; the update is lost.

    ## Bad

    ```go
    package main

    import "fmt"

    type Peer struct{ Score int }

    func main() {
        peers := map[string]Peer{"ann": {Score: 10}}
        for _, p := range peers {
            p.Score--
        }
        fmt.Println(peers["ann"].Score) // 10
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    type Peer struct{ Score int }

    func main() {
        peers := map[string]Peer{"ann": {Score: 10}}
        for name, p := range peers {
            p.Score--
            peers[name] = p
        }
        fmt.Println(peers["ann"].Score) // 9
    }
    ```

    ## When it stays silent

    - The copy is used afterwards: written back (`m[k] = v`), appended, sent, returned, printed, passed on.
    - The value is a pointer, or the write goes through a pointer, slice or map inside the struct.
    - Its address is taken, or a function literal uses it.

    ## How to fix

    Write the value back (`m[k] = v`), which is allowed while ranging, or keep pointers in the map (`map[K]*V`).

    ## Configure and suppress

    `--ignore GM203` turns the rule off; `//golint-maps:ignore GM203 reason` or `//nolint:GM203 // reason` on the line
    or the line above it silences one finding.

    ## References

    - [For statements with range clause](https://go.dev/ref/spec#For_range): iteration values are assigned to the
      variables
    - [Address operators](https://go.dev/ref/spec#Address_operators): map elements are not addressable
    - [golang/go#3117](https://go.dev/issue/3117): why `m[k].n++` does not compile
    """

    id = "GM203"
    name = "range-value-copy"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Report the lost writes of the function's loops over maps, those of one loop together."""
        for loop in map_loops(function, package):
            writes = list(lost_writes(loop, package))
            if not writes:
                continue
            first = writes[0]
            name = ir.text_of(loop.written)
            whole = isinstance(first.op, ir.Assign) and isinstance(first.op.target, ir.Local)
            deed = "changes" if isinstance(first.op, ir.Call) else "is changed, but is" if whole else "is written in"
            path = function.path
            related = [Related(Location(path, *loop.head), "the value is copied from the map here")]
            related += [Related(Location(path, *one.op.at), "also lost here") for one in writes[1:]]
            yield self.finding(
                function,
                first.op.at,
                f"`{first.what}` {deed} a copy of the value in `{name}` that is not used afterwards: the map does not change",
                map_name=place_name(loop.map),
                hint=_hint(loop, name),
                related=related,
            )


def _hint(loop: MapLoop, name: str) -> str:
    copy = ir.text_of(loop.value) if loop.value is not None else "value"
    key = ir.text_of(loop.key) if isinstance(loop.key, ir.Local) else "key"
    return f"write it back with `{name}[{key}] = {copy}`, or keep pointers in the map"
