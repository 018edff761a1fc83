"""GM403 unhashable-key."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import ir
from golint_maps.flow.dynamickeys import DynamicKeys
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_name
from golint_maps.rule import Rule


class UnhashableKey(Rule):
    """A map whose keys are interfaces is given a key that can't be hashed, which panics.

    ## What it reports

    A lookup, write or delete in a map with interface keys (`map[any]T`, `map[error]T`) whose key holds, or may hold, a slice,
    a map, a function, or a struct or array of them: written so right there, put into the field that the key comes from, given
    by a caller, returned by the function of the package that made the key, or decoded by `encoding/json`.

    ## Why it hurts

    The compiler accepts every type as a key of such a map, the runtime panics with `hash of unhashable type`, even for a
    lookup. Where the key comes from outside, one message is enough to bring the process down.

    ## Bad

    ```go
    package main

    type Event struct{ Payload any }

    func count(events []Event) int {
        seen := map[any]bool{}
        for _, event := range events {
                seen[event.Payload] = true // panics for the []byte
        }
        return len(seen)
    }

    func main() {
        count([]Event{{"a"}, {[]byte("b")}})
    }
    ```

    ## Good

    ```go
    package main

    type Event struct{ Payload any }

    func count(events []Event) int {
        seen := map[any]bool{}
        for _, event := range events {
                switch key := event.Payload.(type) {
                case []byte:
                        seen[string(key)] = true
                case string:
                        seen[key] = true
                }
        }
        return len(seen)
    }

    func main() {
        count([]Event{{"a"}, {[]byte("b")}})
    }
    ```

    ## When it stays silent

    When nothing shows that an unhashable value gets there, after a type switch or assertion, and in functions that ask
    `reflect.Type.Comparable` or recover.

    ## How to fix

    Give the map a comparable key type. Where keys must be of several types, convert the unhashable ones, for example to a
    string, before they are used.

    ## Configure and suppress

    `--ignore GM403`, or `ignore = ["GM403"]` in `.golint-maps.toml`, turns the rule off. A single line is excused by
    `//nolint:GM403 // reason` or `//golint-maps:ignore GM403 reason`.

    ## References

    - [Map types](https://go.dev/ref/spec#Map_types): "If the key type is an interface type,
      these comparison operators must be defined for the dynamic key values; failure will cause a run-time panic."
    - [Comparison operators](https://go.dev/ref/spec#Comparison_operators)
    """

    id = "GM403"
    name = "unhashable-key"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Look at the keys of all maps with interface keys."""
        keys = DynamicKeys(package)
        for found in keys.find():
            related = [Related(Location(found.source.path, *found.source_at), found.reason)] if found.source else []
            yield self.finding(
                found.function,
                found.at,
                f"key of {ir.text_of(found.map)} can't be hashed: {found.reason}, and the access panics",
                map_name=place_name(found.map),
                hint="give the map a comparable key type, or convert the key, for example to a string",
                confidence=Confidence.HIGH if found.sure else Confidence.MEDIUM,
                related=related,
            )
