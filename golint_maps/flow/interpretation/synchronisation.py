"""What keeps goroutines apart: locks and semaphores that are taken and released, and goroutines that are awaited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.facts import FunctionFacts, LockFact
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import EXCLUSIVE, Held, LockOp, Perhaps, embedded_lock, held_of
from golint_maps.flow.places import place_key
from golint_maps.flow.program import is_one_slot, slot_of
from golint_maps.flow.sets import frozen
from golint_maps.types.model import Basic, Chan, Struct, Type, qualified_name_of


class Synchronisation:
    """Takes and releases locks, and knows when goroutines have ended."""

    def __init__(self, walk: Walk, naming: Naming) -> None:
        self.walk = walk
        self.program = walk.program
        self.world = walk.program.world
        self.naming = naming

    def carry(self, channel: ir.Value) -> None:
        """Something is sent through a channel, or received."""
        under = self.world.underlying(channel.type)
        if isinstance(under, Chan):
            self.pass_on(under.element, self.walk.frame.facts.carried)

    @staticmethod
    def pass_on(type_: Type, passed: set[str]) -> None:
        """Objects of a type are handed from one goroutine to the next."""
        name = qualified_name_of(type_)
        if name:
            passed.add(name)

    def is_semaphore(self, channel: ir.Value, state: State) -> bool:
        """Whether a channel has one slot and carries nothing: then a token in it is a lock.

        In a select with other cases it is a notification rather than a lock.
        """
        if self.walk.selecting:
            return False
        under = self.world.underlying(channel.type)
        if not isinstance(under, Chan):
            return False
        token = self.world.underlying(under.element)
        if token != Basic("bool") and not (isinstance(token, Struct) and not token.fields):
            return False
        return self.has_one_slot(channel, state)

    def has_one_slot(self, channel: ir.Value, state: State) -> bool:
        """Whether a channel or weighted semaphore was made for one at a time."""
        made = state.env.get(channel.variable) if isinstance(channel, ir.Local) else None
        if made is None and isinstance(channel, ir.Local):
            return slot_of(channel) in self.program.one_slot
        if isinstance(made, (ir.Make, ir.Result)):
            return is_one_slot(made)
        return place_key(channel) in self.program.one_slot

    def semaphore(self, channel: ir.Value, state: State, sends: bool) -> None:
        """The first of send and receive takes the lock, whichever way round the code has it; the other releases it."""
        held = held_of(channel, EXCLUSIVE)
        if held.key in state.held:
            self.outlived(held.key, state)
            del state.held[held.key]
        elif sends or held.key not in state.dropped:
            state.held[held.key] = held

    def join(self, what: ir.Value, state: State, in_loop: bool, wait: bool = False) -> None:
        """Goroutines that signal `what` have ended: all of them after `Wait`, one of them after a receive."""
        self.walk.frame.joins.add(what)
        if wait:
            self.end(frozen((what,)), state)
            return
        kept = []
        for spawn in state.live:
            signals = self.program.signals.get(spawn.identity, frozen())
            if what not in signals:
                kept.append(spawn)
            elif spawn.many:
                kept.append(spawn)
                if in_loop:
                    state.joining |= {spawn.identity}
            else:
                state.past |= {spawn.identity}
        state.live = frozen(kept)

    def end(self, waited: frozenset[ir.Value], state: State) -> None:
        """All goroutines that signal one of these have ended."""
        if state.live:
            left = frozen(
                spawn for spawn in state.live if waited.isdisjoint(self.program.signals.get(spawn.identity, frozen()))
            )
            state.past |= {spawn.identity for spawn in state.live - left}
            state.live = left

    def lock(self, operation: LockOp, op: ir.Call, state: State, deferred: bool) -> None:
        """A lock is taken or released."""
        frame = self.walk.frame
        held = self.held(operation.lock, operation.mode)
        held = replace(held, key=self.program.same_lock.get(held.key, held.key))
        if self.walk.recording:
            before = frozen(state.held.values())
            frame.facts.lock_ops.append(
                LockFact(
                    frame.function,
                    op.at,
                    held,
                    operation.takes,
                    before,
                    state.dropped,
                    bool(frame.loops),
                    deferred,
                )
            )
        if operation.tries:
            return
        if operation.takes:
            state.take(held)
        else:
            self.outlived(held.key, state)
            if not state.release(held):
                state.dropped |= {held.key}

    def outlived(self, key: str, state: State) -> None:
        """A lock is released: the goroutines that run now are not under it to their end, though they may be awaited."""
        state.built = frozenset()
        outlive = self.walk.frame.facts.outlive
        for spawn in state.live:
            outlive[spawn.identity] = outlive.get(spawn.identity, frozen()) | {key}

    def held(self, lock: ir.Value, mode: str) -> Held:
        """The held lock, under one name: `lk.Lock()` with s for the Locker is `s.Lock()`, is `s.Mutex.Lock()`."""
        found = self.world.method(lock.type, "Lock")
        for hop in found.hops if found is not None else ():
            lock = ir.Field(lock, hop.name, hop.owner, type=hop.type, at=lock.at)
        if found is None:
            named = self.world.named(lock.type)
            embedded = embedded_lock(lock.type, self.world)
            if embedded is not None and named is not None:
                lock = ir.Field(lock, embedded.name, named.qualified, type=embedded.type, at=lock.at)
            elif isinstance(lock, ir.Local) and named is not None and self.world.declaration(named) is not None:
                # It comes from a type that is not here, deeper inside: one for all methods, whatever their receiver is called.
                return Held(f"{named.qualified}.Lock", mode, lock)
        return held_of(lock, mode)

    def acquired(self, facts: FunctionFacts, callee: ir.Function, op: ir.Call, state: State) -> list[Held]:
        """The locks (in the callee's terms) which a call takes and does not give back, the stronger modes last."""
        taken = facts.acquires
        for parameter, truth, given in self._deciding(facts, callee, op, state):
            known = isinstance(given, ir.Constant) and given.text == ("true" if truth else "false")
            if known or (isinstance(given, ir.Local) and (given.variable, truth) in state.assumed):
                taken |= facts.acquires_if[parameter, truth]
        return sorted(taken, key=lambda one: one.mode == EXCLUSIVE)

    def passed_on(self, facts: FunctionFacts, callee: ir.Function, op: ir.Call, state: State) -> list[Perhaps]:
        """The locks (in the callee's terms) which a call takes if a parameter of this function says so, which it passes on."""
        found = []
        for parameter, truth, given in self._deciding(facts, callee, op, state):
            if isinstance(given, ir.Local) and given.variable.kind == "param" and given.variable.assignments <= 1:
                found += [Perhaps(one, given.variable, truth) for one in facts.acquires_if[parameter, truth]]
        return found

    def _deciding(
        self, facts: FunctionFacts, callee: ir.Function, op: ir.Call, state: State
    ) -> Iterator[tuple[ir.Variable, bool, ir.Value]]:
        """The parameters on which it depends what a call takes, whether they have to be true, and what they are given."""
        if facts.acquires_if:
            for parameter, argument in zip(callee.params, op.arguments, strict=False):
                for truth in (True, False):
                    if (parameter, truth) in facts.acquires_if:
                        yield parameter, truth, ir.strip(self.naming.resolve(argument, state))
