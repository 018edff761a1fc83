"""Function literals are interpreted where they are made or first run, with what is known there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from golint_maps.flow import ir
from golint_maps.flow.facts import FunctionFacts, Spawn
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import ONCE_DONE
from golint_maps.flow.program import leaves


class Literals:
    """Enters each function literal once for the record."""

    def __init__(self, walk: Walk, interpret: Callable[[ir.Function, State], FunctionFacts]) -> None:
        self.walk = walk
        self.program = walk.program
        self._interpret = interpret
        # Those whose facts are final.
        self.recorded: set[ir.Function] = set()

    def enter(self, function: ir.Function, state: State, spawn: Spawn | None = None) -> None:
        """Interpret a function literal with what is known where it is made (or run)."""
        if function.parent is None or function in self.recorded:
            return
        if self.walk.recording:
            self.recorded.add(function)
        elif function in self.program.facts:
            return
        done = {slot: held for slot, held in state.held.items() if held.mode == ONCE_DONE}  # what is over stays over
        inner = State(done, env=dict(state.env), shared=state.shared, given=state.given, assumed=state.assumed)
        inner.own = dict(state.own)
        if spawn is not None:
            self.walk.spawned_by.append(spawn)
        self._interpret(function, inner)
        if spawn is not None:
            self.walk.spawned_by.pop()

    def mention(self, value: ir.Value, state: State, enter: bool = True) -> None:
        """Function literals inside a value are interpreted where they are made."""
        if not self.walk.frame.function.closures:
            return
        for part in leaves(value):
            if isinstance(part, ir.Closure) and enter:
                self.enter(part.function, state)

    def mention_all(self, values: Iterable[ir.Value | None], state: State) -> None:
        """As `mention`, of several values."""
        if self.walk.frame.function.closures:
            for value in values:
                if value is not None:
                    self.mention(value, state)
