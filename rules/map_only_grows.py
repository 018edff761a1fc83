"""GM501 map-only-grows."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.growth import growing_maps
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule


class MapOnlyGrows(Rule):
    """A long-lived map takes keys from outside, and nothing ever removes one.

    ## What it reports

    - a package variable that is written with a key taken from a request (its path, a form value, the remote address) or from
      the clock, where no code of the package deletes from it, clears or replaces it;
    - a field of a type which has a method that ends something by its key (`Stop(id)`, `Remove(id)`, `Unsubscribe(id)`): the
      method looks the key up, other methods add keys, and nothing deletes one.

    ## Why it hurts

    The process grows until it is killed, and what has ended still counts as there. A client that may choose the keys can make
    it happen quickly.

    ## Bad

    ```go
    package main

    type Watchers struct{ stops map[string]chan struct{} }

    func (w *Watchers) Add(id string) { w.stops[id] = make(chan struct{}) }

    func (w *Watchers) Stop(id string) {
        if stop, ok := w.stops[id]; ok {
                close(stop) // the entry stays for ever
        }
    }

    func main() {
        w := &Watchers{stops: map[string]chan struct{}{}}
        w.Add("a")
        w.Stop("a")
    }
    ```

    ## Good

    ```go
    package main

    type Watchers struct{ stops map[string]chan struct{} }

    func (w *Watchers) Add(id string) { w.stops[id] = make(chan struct{}) }

    func (w *Watchers) Stop(id string) {
        if stop, ok := w.stops[id]; ok {
                close(stop)
                delete(w.stops, id)
        }
    }

    func main() {
        w := &Watchers{stops: map[string]chan struct{}{}}
        w.Add("a")
        w.Stop("a")
    }
    ```

    ## When it stays silent

    When anything deletes from, clears or replaces the map, or hands it to other code; for keys of bounded types, and for maps
    that are filled at start-up.

    ## How to fix

    Delete the entry where its life ends, bound the map, or give entries a time to live.

    ## Configure and suppress

    `--ignore GM501`, or `ignore = ["GM501"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM501 // reason` or `//golint-maps:ignore GM501 reason`.

    ## References

    - [Deletion of map elements](https://go.dev/ref/spec#Deletion_of_map_elements)
    - [golang/go#20135](https://go.dev/issue/20135): maps do not shrink after elements are deleted, which is a reason more to
      bound them
    """

    id = "GM501"
    name = "map-only-grows"
    level = Level.NOTE

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each map once, at the write that adds keys."""
        for growing in growing_maps(package):
            related = []
            if growing.ender is not None:
                message = f"{growing.ender.name} looks the key up, but leaves the entry"
                related = [Related(Location(growing.ender.path, *growing.ended_at), message)]
            yield self.finding(
                growing.function,
                growing.at,
                f"{ir.text_of(growing.map)} only grows: {growing.reason}, and nothing ever deletes one",
                map_name=place_name(growing.map),
                hint="delete the entry where its life ends, or bound the map",
                related=related,
            )
