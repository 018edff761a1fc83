"""GM401 nil-map-write."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir, nilfixes, nilwords
from golint_maps.flow.nilplaces import NilPlace, nil_report
from golint_maps.flow.nilsyncmaps import Unset, unset_sync_maps
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule


class NilMapWrite(Rule):
    """A map is written that is nil on some path, which panics.

    ## What it reports

    Writes (`m[k] = v`, `m[k]++`, `maps.Copy(m, …)`, `Header.Set`) to a map which nobody has made:

    - a variable declared with `var`, a named result, or a field of a zero struct, where a path without `make` reaches the
      write;
    - a field that no code of the package ever makes, and one that some constructors make and others forget;
    - a map that is compared with nil and then written on the path where it is nil;
    - the result of a function of the package that returns nil (also together with an error that nobody looked at);
    - a parameter, or the field of an object, that a caller leaves nil;
    - a map that `Close` or `Stop` sets to nil, written by a call that may come later;
    - a field that is given the map of an exported field (`s.handlers = config.Handlers`), which others may leave out and
      nothing in the package makes.

    A call on a `*sync.Map` that nothing ever sets is reported as well: there, even lookups panic.

    ## Why it hurts

    Reading a nil map is fine, so everything seems to work until the first write, which panics with `assignment to entry in
    nil map`. Often that is a rare branch: the first error to be counted, the first entry of an optional section.

    ## Bad

    ```go
    package main

    type Registry struct {
        handlers map[string]func()
    }

    func NewRegistry() *Registry {
        return &Registry{} // the map is left out
    }

    func (r *Registry) Add(name string, handler func()) {
        r.handlers[name] = handler // panics
    }

    func main() {
        NewRegistry().Add("a", func() {})
    }
    ```

    ## Good

    ```go
    package main

    type Registry struct {
        handlers map[string]func()
    }

    func NewRegistry() *Registry {
        return &Registry{handlers: make(map[string]func())}
    }

    func (r *Registry) Add(name string, handler func()) {
        r.handlers[name] = handler
    }

    func main() {
        NewRegistry().Add("a", func() {})
    }
    ```

    ## When it stays silent

    Lookups, `len`, `range`, `delete` and `clear` of a nil map are defined and do nothing. A write behind a nil check or a
    lazy `make` is fine. Exported fields and variables may be set by other packages, and decoders fill what they are given:
    what can't be known is not reported.
    A mock in an ordinary file, of which only tests make an object, is the business of these tests.

    ## How to fix

    Make the map where the variable is declared or in the constructor; where zero values must work, make it right before the
    write: `if m == nil { m = make(…) }`.

    The fix does the former for a variable, the latter for a field. It is safe for a variable which nothing ever makes,
    so that each write would panic, if nobody asks whether it is nil.

    ## Configure and suppress

    `--ignore GM401`, or `ignore = ["GM401"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM401 // reason` or `//golint-maps:ignore GM401 reason`.

    ## References

    - [Map types](https://go.dev/ref/spec#Map_types): "A nil map is equivalent to an empty map except that no
      elements may be added."
    - [The zero value](https://go.dev/ref/spec#The_zero_value), [Making slices, maps and channels](https://go.dev/ref/spec#Making_slices_maps_and_channels)
    """

    id = "GM401"
    name = "nil-map-write"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report the writes that are proved nil in their function or by the whole package, the surest proof of each."""
        report = nil_report(package)
        said: set[tuple[str, ir.Span]] = set()
        for place in report.places:
            if place.sure:
                yield from self._place(place, said, package)
        for found in report.flow.found:
            where = (found.write[0].path, found.write[1])
            if where in said or nilwords.is_inner(found.map):
                continue
            said.add(where)
            origin = found.origin
            related = [Related(Location(origin.function.path, *origin.at), origin.message)]
            if found.kind == "call":
                related.append(Related(Location(where[0], *where[1]), f"written here by {found.write[0].name}"))
            yield self.finding(
                found.function,
                found.at,
                nilwords.sentence(found),
                map_name=place_name(found.map),
                hint=nilwords.hint(found.map),
                confidence=Confidence.HIGH if found.sure else Confidence.MEDIUM,
                related=related,
                fix=nilfixes.of_write(found, package),
            )
        for place in report.places:
            if not place.sure:
                yield from self._place(place, said, package)
        for unset in unset_sync_maps(package):
            yield self._pointer(unset)

    def _pointer(self, unset: Unset) -> Finding:
        first = unset.calls[0]
        related = [Related(Location(one.function.path, *one.op.at), "called here as well") for one in unset.calls[1:]]
        if unset.declared is not None:
            related.append(Related(Location(first.function.path, *unset.declared), "it is declared without a value"))
        return self.finding(
            first.function,
            first.op.at,
            f"{first.method} of {first.name}, a *sync.Map which is nil: nothing ever sets it",
            map_name=place_name(first.map),
            hint="use a sync.Map without a pointer, whose zero value is ready, or set it with `new(sync.Map)`",
            related=related,
        )

    def _place(self, place: NilPlace, said: set[tuple[str, ir.Span]], package: PackageFlow) -> Iterator[Finding]:
        first = place.writes[0]
        if place.inner or not said.isdisjoint((write.function.path, write.op.at) for write in place.writes):
            return
        said.update((write.function.path, write.op.at) for write in place.writes)
        yield self.finding(
            first.function,
            first.op.at,
            f"write to {ir.text_of(first.op.map)}, which {'is' if place.sure else 'may be'} nil: {place.reason}",
            map_name=place_name(first.path),
            hint=nilwords.hint(first.path),
            confidence=Confidence.HIGH if place.sure else Confidence.MEDIUM,
            related=nilwords.around(place),
            fix=nilfixes.of_place(place, package),
        )
