"""Where an interpretation stands: the function at hand, what was gathered of it so far, and what is true of all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field

from golint_maps.flow import ir
from golint_maps.flow.facts import FunctionFacts, Spawn
from golint_maps.flow.interpretation.state import State, Target
from golint_maps.flow.program import Program
from golint_maps.record import record


@record(slots=True)
class Frame:
    """A function that is being interpreted, and what has been gathered of it so far."""

    function: ir.Function
    facts: FunctionFacts
    # Where jumps lead, innermost last.
    targets: list[Target] = field(default_factory=list)
    exits: list[tuple[State, tuple[ir.Value, ...]]] = field(default_factory=list)
    # The loops around this point, innermost last.
    loops: list[ir.Span] = field(default_factory=list)
    # Parameters whose objects become reachable by others.
    escaping: set[ir.Variable] = field(default_factory=set)
    # What tells others that the function ends, each with the number of the last access before.
    signals: dict[ir.Value, int] = field(default_factory=dict)
    joins: set[ir.Value] = field(default_factory=set)
    # The identities of goroutines that calls have left running, and of those which may have run already when a call did.
    left: set[tuple[str, int]] = field(default_factory=set)
    twice: set[tuple[str, int]] = field(default_factory=set)
    replaced: set[ir.Value] = field(default_factory=set)


class Walk:
    """The frame at hand, and what goes on across frames: function literals are interpreted inside of their function."""

    def __init__(self, program: Program) -> None:
        nowhere = ir.Function("", program.package, "", ir.NOWHERE, ir.NOWHERE)
        self.program = program
        self.frame = Frame(nowhere, FunctionFacts(nowhere))
        # Whether facts are kept: the first turn of a loop only learns what its back edge brings.
        self.recording = True
        # The number of the last access.
        self.order = 0
        # The spawns whose function literal is being interpreted, innermost last.
        self.spawned_by: list[Spawn] = []
        # Whether this is the head of a case of a select.
        self.selecting = False

    @contextmanager
    def inside(self, function: ir.Function) -> Iterator[Frame]:
        """A frame for `function`, whose facts the program gets; the present one goes on behind it."""
        around = self.frame
        self.frame = Frame(function, FunctionFacts(function))
        self.program.facts[function] = self.frame.facts
        try:
            yield self.frame
        finally:
            self.frame = around
