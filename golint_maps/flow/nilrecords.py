"""What the analysis of nil maps finds: needs of callers, writes, results, births.

Plain data between `nilness`, which fills it, and `nilplaces`, which asks the questions about the whole package.
"""

from __future__ import annotations

from dataclasses import field

from golint_maps.flow import ir
from golint_maps.flow.nilfacts import Fact, Kind, Origin
from golint_maps.record import record


@record(frozen=True, slots=True)
class Need:
    """A map that a function writes without making or checking it: `path` starts in its receiver, a parameter or a global.

    `function` and `op` are the write itself; `depth` counts the calls between. `conditional` tells that other conditions
    decide whether it happens, `looped` that a loop does.
    """

    path: ir.Value
    function: ir.Function
    op: ir.Access
    conditional: bool
    looped: bool
    depth: int = 0


@record(slots=True, eq=False)
class Write:
    """A write to a map as this function sees it: its path and the worst that is known of it (None: nothing was done).

    `times` is how many ways come to it, `bad` what it is on those on which it is nil. `related` tells that such a way has
    passed conditions which may depend on those under which the map was made.
    """

    function: ir.Function
    op: ir.Access
    path: ir.Value
    key: str | None
    fact: Fact | None
    conditional: bool
    times: int = 0
    untouched: bool = False
    related: bool = False
    bad: list[tuple[ir.Value, Fact]] = field(default_factory=list)


@record(frozen=True, slots=True)
class NilWrite:
    """A write to a map that is nil. `at` in `function` is where to say so; `write` is the write itself."""

    function: ir.Function
    at: ir.Span
    map: ir.Value
    origin: Origin
    sure: bool
    write: tuple[ir.Function, ir.Span]
    kind: str = "write"
    fact: Kind = Kind.NIL


@record(slots=True)
class Given:
    """What a result is on the ways out of a function: facts by the fields below it, and its path where all agree."""

    facts: dict[tuple[str, ...], Fact] = field(default_factory=dict)
    chains: dict[tuple[str, ...], tuple[ir.Field, ...]] = field(default_factory=dict)
    path: ir.Value | None = None
    guard: int = -1
    from_parameter: dict[tuple[str, ...], ir.Value] = field(default_factory=dict)
    when: list[dict[ir.Value, bool]] = field(default_factory=list)


@record(slots=True, eq=False)
class Summary:
    """What callers have to know of a function; `assigns` are place keys, `leaks` the parameters that others may change.

    `leaves_nil` are the paths that are nil on one way out, `resets` those that are on all of them.
    """

    needs: list[Need] = field(default_factory=list)
    assigns: frozenset[str] = frozenset()
    ensures: set[ir.Value] = field(default_factory=set)
    leaves_nil: dict[ir.Value, Origin] = field(default_factory=dict)
    resets: dict[ir.Value, Origin] = field(default_factory=dict)
    leaks: set[ir.Variable] = field(default_factory=set)
    results: list[Given] = field(default_factory=list)


@record(frozen=True, slots=True)
class Birth:
    """An object that leaves the function that made it with the map `key` (a place key) still nil."""

    key: str
    origin: Origin


@record(slots=True)
class Nilness:
    """Everything found in a function, or in a package, before the package-wide questions are asked."""

    found: list[NilWrite] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    leaked: set[str] = field(default_factory=set)
    # By the id of a write that its callers have to prepare: whether all of them have made the map.
    satisfied: dict[int, bool] = field(default_factory=dict)
    # By the same id: the calls that lead to the write without having made the map, function and position.
    unprepared: dict[int, list[tuple[ir.Function, ir.Span]]] = field(default_factory=dict)
    # By place key: the functions that make the map where they find it to be nil.
    lazily: dict[str, list[ir.Function]] = field(default_factory=dict)
    summaries: dict[ir.Function, Summary] = field(default_factory=dict)

    def add(self, other: Nilness) -> None:
        """Put in what was found in one function."""
        self.found += other.found
        self.writes += other.writes
        for birth in other.births:
            if not any(known.origin.at == birth.origin.at and known.key == birth.key for known in self.births):
                self.births.append(birth)
        self.leaked |= other.leaked
        for write, good in other.satisfied.items():
            self.satisfied[write] = good and self.satisfied.get(write, True)
        for write, calls in other.unprepared.items():
            self.unprepared.setdefault(write, []).extend(calls)
        for key, functions in other.lazily.items():
            self.lazily.setdefault(key, []).extend(functions)
        self.summaries.update(other.summaries)
