"""GM406 lost-value-update."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.copies import lost_updates
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule
from golint_maps.types.model import Struct


class LostValueUpdate(Rule):
    """A value is copied out of a map and changed, but the map never gets the change.

    ## What it reports

    - a field of a copy (`p := m[k]`) that is set, after which the copy is not used any more: neither stored back nor read;
      the same by a method or function that only sets fields (`p.Reset()`, `reset(&p)`);
    - a number that is counted up, or a slice that is appended to, in a variable that nothing uses afterwards
      (`list := m[k]`, then `list = append(list, x)`);
    - a field that is set after the copy was stored back, or after a struct that was made here was put into the map;
    - a mutex that is locked, or an atomic that is changed, in a copy of an element: every caller has its own;
    - `m[k].f = v`, which Go refuses to compile for the same reason.

    ## Why it hurts

    An index expression gives a copy of the value. The assignment compiles and runs, and its effect is gone at the end of the
    function; a lock in a copy excludes nobody.

    ## Bad

    ```go
    package main

    import "fmt"

    type Peer struct{ Score int }

    func reward(peers map[string]Peer, name string) {
        peer := peers[name]
        peer.Score++ // the map keeps the old score
    }

    func main() {
        peers := map[string]Peer{"a": {}}
        reward(peers, "a")
        fmt.Println(peers["a"].Score) // 0
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    type Peer struct{ Score int }

    func reward(peers map[string]Peer, name string) {
        peer := peers[name]
        peer.Score++
        peers[name] = peer
    }

    func main() {
        peers := map[string]Peer{"a": {}}
        reward(peers, "a")
        fmt.Println(peers["a"].Score) // 1
    }
    ```

    ## When it stays silent

    When the changed copy is used in any way: stored, returned, passed on, read, or its address taken. Pointer values, and what
    is reached through pointers, slices and maps inside the copy, are shared with the map and fine.

    ## How to fix

    Store the copy back (`m[k] = v`) after the last change, or keep pointers in the map.

    ## Configure and suppress

    `--ignore GM406`, or `ignore = ["GM406"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM406 // reason` or `//golint-maps:ignore GM406 reason`.

    ## References

    - [Index expressions](https://go.dev/ref/spec#Index_expressions), [Assignment statements](https://go.dev/ref/spec#Assignment_statements)
    - [golang/go#3117](https://go.dev/issue/3117): why `m[k].n++` does not compile
    """

    id = "GM406"
    name = "lost-value-update"
    level = Level.WARNING

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Look for changes of copies that nothing sees."""
        yield from self._unassignable(function, package)
        for lost in lost_updates(function, package):
            name = lost.variable.name
            source = ir.text_of(lost.element)
            if lost.method.startswith("&"):
                message = f"{lost.method} is the address of a copy of {source}: each caller locks a lock of its own"
            elif lost.method:
                message = f"{lost.method} works on {name}, a copy of {source}: others use a copy of their own"
            elif lost.stored_at == lost.copied_at:
                message = f"{name} is changed after a copy of it was stored in {source}, which does not get this"
            elif lost.stored_at is not None:
                message = f"{name} is changed after it was stored back: {source} does not get this"
            elif lost.call:
                message = f"{lost.call} changes {name}, a copy of {source}, and this change is lost"
            else:
                message = f"{name} is a copy of {source}, and this change of it is lost"
            new = lost.stored_at == lost.copied_at
            how = "stored here, before the change" if new else "copied out of the map here"
            related = [Related(Location(function.path, *lost.copied_at), how)]
            if lost.stored_at is not None and not new:
                related.append(Related(Location(function.path, *lost.stored_at), "stored back here, before the change"))
            yield self.finding(
                function,
                lost.at,
                message,
                map_name=place_name(lost.element.base),
                hint=f"keep pointers in the map, or store it back: `{source} = {name}`"
                if not lost.method
                else "keep pointers in the map",
                related=related,
            )

    def _unassignable(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """`m[k].f = v` doesn't compile: what `m[k]` gives is a copy, and a copy without a name can't be changed."""
        for op in package.index(function).ops(ir.Assign):
            field: ir.Value | None = op.target
            while isinstance(field, ir.Field) and isinstance(field.base, ir.Field):
                field = field.base if isinstance(package.world.underlying(field.base.type), Struct) else None
            if not isinstance(field, ir.Field) or not isinstance(field.base, ir.Element):
                continue
            entry = field.base
            if package.world.map_type(entry.base.type) is None:
                continue
            if isinstance(package.world.underlying(entry.type), Struct):
                source = ir.text_of(entry)
                yield self.finding(
                    function,
                    op.at,
                    f"{ir.text_of(field)} can't be assigned: {source} is a copy of the entry, and Go refuses to compile this",
                    map_name=place_name(entry.base),
                    hint=f"change a copy and store it back, or keep pointers in the map: `v := {source}; …; {source} = v`",
                )
