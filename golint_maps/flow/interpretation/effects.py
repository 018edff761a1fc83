"""What single operations do to the state: accesses, assignments, sends and receives."""

from __future__ import annotations

from collections.abc import Collection

from golint_maps.flow import ir
from golint_maps.flow.interpretation.literals import Literals
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.ownership import Ownership
from golint_maps.flow.interpretation.recording import Recorder
from golint_maps.flow.interpretation.references import References
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.synchronisation import Synchronisation
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.places import place_key, prefixes
from golint_maps.types.model import Array, Func, Named, Pointer


class Effects:
    """The effects of the operations that neither call nor jump."""

    def __init__(
        self,
        walk: Walk,
        naming: Naming,
        ownership: Ownership,
        synchronisation: Synchronisation,
        recorder: Recorder,
        references: References,
        literals: Literals,
    ) -> None:
        self.walk = walk
        self.program = walk.program
        self.world = walk.program.world
        self.naming = naming
        self.ownership = ownership
        self.synchronisation = synchronisation
        self.recorder = recorder
        self.references = references
        self.literals = literals

    def assign(self, op: ir.Assign, state: State) -> State:
        """A variable, or a place, gets a value."""
        frame = self.walk.frame
        if op.value is not None:
            self.literals.mention(op.value, state)
        target = op.target
        value = self.naming.resolve(op.value, state) if op.value is not None else None
        if isinstance(target, ir.Local):
            variable = target.variable
            if isinstance(op.value, ir.Opaque) and op.value.operands[:1] == (target,):  # out = append(out, it)
                for one in op.value.operands[1:]:
                    self.references.gather(target, one, state)
            if (variable.function is not frame.function and self.world.map_type(variable.type) is not None) or (
                not op.define and self.world.map_type(variable.type) is not None and variable.captured
            ):
                self.recorder.record("replace", ir.Local(variable, type=variable.type), op, state)
            state.env.pop(variable, None)
            if state.own:
                state.own = {path: one for path, one in state.own.items() if ir.root(path) != target}
            if value is not None and self._worth_knowing(value, variable, state):
                state.env[variable] = value
            elif value is None and op.define and isinstance(variable.type, Pointer):
                state.env[variable] = ir.Nil(type=variable.type, at=variable.at)
            # A new variable in each iteration, or one that only this function knows: others have what it held before.
            if variable in state.shared and (op.define or not variable.captured):
                state.shared -= {variable}
            if op.value is not None and self.ownership.taken_locked(op.value, state):
                state.taken |= {variable}
            elif variable in state.taken:
                state.taken -= {variable}
            if variable.captured and value is not None and isinstance(ir.strip(value), (ir.Closure, ir.MethodRef)):
                self.program.keep(f"local:{id(variable)}", value)
            return state
        if isinstance(target, ir.Unary) and target.op == "*":  # `*p = T{…}` replaces each map inside
            self.literals.mention(target, state)
            return state
        if self.world.map_type(target.type) is not None:
            if target in state.own:
                state.own[target] = ir.Opaque("")  # the field is replaced, not the map that it was another name for
            self.recorder.record("replace", target, op, state)
        self.literals.mention(target, state)
        if value is not None and self.naming.is_field_of_copy(target, state):
            if not self.ownership.is_plain(target.type):
                state.own[target] = value
            return state
        state.own.pop(target, None)
        path = ir.strip(self.naming.resolve(target, state))
        self.forget((path,), state)
        if self.world.map_type(target.type) is not None and isinstance(path, (ir.Field, ir.Global)):
            frame.replaced.add(path)
            new = value is not None and isinstance(ir.strip(value), (ir.Make, ir.Composite))
            state.built = state.built | {path} if new else state.built - {path}
        if op.value is not None and value is not None:
            self._stored(target, op.value, state)
            self._rebind(path, value, state)
            if isinstance(target, ir.Field):
                self._fill(target, value, state)
        return state

    def _fill(self, target: ir.Field, value: ir.Value, state: State) -> None:
        """A struct that was made here, or by a call, is given a map: its field may be another name for one that exists."""
        base, given = ir.strip(target.base), ir.strip(self.naming.resolve(value, state))
        if isinstance(base, ir.Local) and self.world.map_type(target.type) is not None:
            behind = state.env.get(base.variable)
            if behind is not None and isinstance(ir.strip(behind), (ir.Composite, ir.New, ir.Result)):
                field = ir.Field(base, target.name, target.owner, type=target.type, at=target.at)
                state.own[field] = ir.Opaque("") if ir.root(given) == base else value

    def _worth_knowing(self, value: ir.Value, variable: ir.Variable, state: State) -> bool:
        if isinstance(value, (ir.Closure, ir.MethodRef, ir.FunctionRef, ir.Composite, ir.Make, ir.New, ir.Result)):
            return True
        if isinstance(value, ir.Found):  # whether a map was found in a map of maps
            return self.world.map_type(value.subject.type) is not None
        bare = ir.strip(value)
        if isinstance(bare, (ir.Composite, ir.Make, ir.New, ir.Result)):
            return True
        if not isinstance(bare, (ir.Local, ir.Global, ir.Field, ir.Element, ir.Item)):
            return False
        if any(isinstance(part, ir.Local) and part.variable is variable for part in prefixes(bare)):
            return False
        # A struct copied by value is another object, but shares the maps inside; an array or a lock shares nothing.
        if isinstance(variable.type, Named) and variable.type.qualified in ("sync.Mutex", "sync.RWMutex"):
            return False
        under = self.world.underlying(variable.type)
        return not (isinstance(under, Array))

    def forget(self, paths: Collection[ir.Value], state: State) -> None:
        """Places are replaced: what local variables took from them before is theirs alone now."""
        for variable in [v for v, known in state.env.items() if any(part in paths for part in prefixes(known))]:
            del state.env[variable]

    def _rebind(self, path: ir.Value, value: ir.Value, state: State) -> None:
        """A fresh object is put into a place: from now on, the variable that holds it names that place."""
        bare = ir.strip(value)
        if (
            isinstance(bare, ir.Local)
            and bare.variable.function is self.walk.frame.function
            and bare.variable.kind == "local"
            and not any(part == bare for part in prefixes(path))
        ):
            behind = state.env.get(bare.variable)
            if self.world.map_type(bare.type) is not None or (
                behind is not None and self.naming.names_itself(bare.variable, behind)
            ):
                state.env[bare.variable] = path
                if behind is not None and self.ownership.made_here(behind, state):
                    state.given |= {path}

    def _stored(self, target: ir.Value, value: ir.Value, state: State) -> None:
        """`target = value`: functions are remembered by place, references leave, objects become as shared as the target."""
        resolved = self.naming.resolve(value, state)
        bare = ir.strip(resolved)
        self.references.copied(value, resolved, ir.Op(value.at), state)
        key = place_key(self.naming.resolve(target, state))
        if isinstance(bare, (ir.Closure, ir.MethodRef, ir.FunctionRef)):
            if key is not None:
                self.program.keep(key, bare, self.naming.resolve(target, state))
        elif isinstance(bare, ir.Local) and isinstance(self.world.underlying(bare.type), Func):
            if bare.variable.kind == "param" and key is not None and self.walk.recording:
                self.walk.frame.facts.parameter_stores[bare.variable] = key
        elif isinstance(bare, ir.Composite):
            self._keep_entries(bare, state)
        if not self.ownership.private(target, state) and self._leads_on(target, value, state):
            self.ownership.share(value, state)

    def _leads_on(self, target: ir.Value, value: ir.Value, state: State) -> bool:
        """Whether others can come to an object by what is stored: not by a number, nor by a part of what they come from."""
        if self.ownership.is_plain(value.type):
            return False
        start = ir.root(self.naming.resolve(target, state))
        return not isinstance(start, ir.Local) or start != ir.root(self.naming.resolve(value, state))

    def _keep_entries(self, literal: ir.Composite, state: State) -> None:
        if not isinstance(literal.type, Named):
            return
        for name, entry in literal.entries:
            resolved = ir.strip(self.naming.resolve(entry, state))
            if isinstance(name, str):
                key = f"{literal.type.qualified}.{name}"
                if isinstance(resolved, (ir.Closure, ir.MethodRef, ir.FunctionRef)):
                    self.program.keep(key, resolved)
                elif (
                    isinstance(resolved, ir.Local)
                    and resolved.variable.kind == "param"
                    and isinstance(self.world.underlying(resolved.type), Func)
                ):
                    self.walk.frame.facts.parameter_stores[resolved.variable] = key
            if isinstance(resolved, ir.Composite):
                self._keep_entries(resolved, state)

    def access(self, op: ir.Access, state: State) -> State:
        """A map is read, written, ranged over or handed to something that does."""
        self.literals.mention_all((op.map, op.key, op.value), state)
        self.recorder.record(op.kind, op.map, op, state)
        if op.kind == "delete" and op.key is not None:  # what was looked up before is out of the map now
            self.forget((ir.Element(ir.strip(self.naming.resolve(op.map, state)), op.key, of_map=True),), state)
        if op.kind == "write" and op.value is not None:
            self.references.gather(ir.strip(op.map), op.value, state)
            self._stored(op.map, op.value, state)
            if op.key is not None:
                element = ir.Element(
                    ir.strip(self.naming.resolve(op.map, state)), op.key, type=op.value.type, of_map=True
                )
                self._rebind(element, self.naming.resolve(op.value, state), state)
        return state

    def send(self, op: ir.Send, state: State) -> State:
        """A value goes through a channel: a signal to whoever waits, or a token of a semaphore."""
        self.literals.mention_all((op.channel, op.value), state)
        self.references.copied(op.value, self.naming.resolve(op.value, state), op, state)
        channel = ir.strip(self.naming.resolve(op.channel, state))
        self.synchronisation.carry(channel)
        self.walk.frame.signals[channel] = self.walk.order
        self.ownership.share(op.value, state)
        if self.synchronisation.is_semaphore(channel, state):
            self.synchronisation.semaphore(channel, state, sends=True)
        return state

    def receive(self, op: ir.Receive, state: State) -> State:
        """A value comes from a channel: somebody has ended, or a token of a semaphore is taken or given back."""
        frame = self.walk.frame
        channel = ir.strip(self.naming.resolve(op.channel, state))
        self.synchronisation.carry(channel)
        self.synchronisation.join(channel, state, in_loop=bool(frame.loops))
        if not len(frame.loops):
            state.received |= {channel}
        if self.synchronisation.is_semaphore(channel, state):
            self.synchronisation.semaphore(channel, state, sends=False)
        return state
