"""References to maps that leave their place: returned, stored, sent or passed on, by themselves or inside of a struct."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.flow.interpretation.naming import Naming, names_something
from golint_maps.flow.interpretation.recording import Recorder
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.locks import has_lock, is_lock
from golint_maps.flow.places import is_entry
from golint_maps.types.model import Pointer, Struct, Type

# What may be or hold the reference of a map wherever it goes.
_LEAVING = frozenset((ir.Field, ir.Global, ir.Element, ir.Composite))


class References:
    """Records where references to maps leave."""

    def __init__(self, walk: Walk, naming: Naming, recorder: Recorder) -> None:
        self.walk = walk
        self.world = walk.program.world
        self.naming = naming
        self.recorder = recorder
        # Struct literals that are being looked at as they leave.
        self._leaving: list[ir.Value] = []
        # Local slices and maps with what was put into them, by where that is mentioned.
        self._gathered: dict[ir.Variable, set[ir.Span]] = {}

    def start(self) -> None:
        """Another declared function is interpreted."""
        self._gathered.clear()

    def copied(self, written: ir.Value, value: ir.Value, op: ir.Op, state: State, at: ir.Span = ir.NOWHERE) -> None:
        """A map's reference leaves its place: returned, stored, sent or passed on, by itself or inside of a struct.

        `at` is where it is mentioned, if that is not the whole of `op`.
        """
        bare = ir.strip(value)
        if not isinstance(op, (ir.Return, ir.Send)) and type(bare) not in _LEAVING:
            return
        if self.world.map_type(bare.type) is not None and (
            isinstance(bare, (ir.Field, ir.Global, ir.Element))
            or (isinstance(bare, ir.Local) and isinstance(op, ir.Return) and (state.live or state.past))
        ):
            self.recorder.record("copy", value, op, state, at, written)
        elif isinstance(bare, ir.Composite):
            self._entries_copied(bare, op, state)
        elif isinstance(bare, ir.Result) and isinstance(op, ir.Return):
            iterated = self.naming.iterated(bare, state)
            if iterated is not None:
                self.recorder.record("copy", iterated, op, state)
        elif isinstance(op, (ir.Return, ir.Send)):
            self._struct_copied(written, bare, op, state)

    def _entries_copied(
        self, literal: ir.Composite, op: ir.Op, state: State, but: frozenset[str] = frozenset()
    ) -> None:
        given = [(name, entry, ir.strip(self.naming.resolve(entry, state))) for name, entry in literal.entries]
        if literal in self._leaving:  # `node = &Node{next: node}`
            return
        self._leaving.append(literal)
        # Who hands out the lock along with the map shares both.
        along = [value.base for _, _, value in given if isinstance(value, ir.Field) and self.naming.is_lock(value.type)]
        with_own = any(isinstance(value, ir.Local) and self.naming.is_lock(value.type) for _, _, value in given)
        for name, entry, value in given:
            shared = value.base in along if isinstance(value, ir.Field) else with_own and isinstance(value, ir.Local)
            if name not in but and not shared:
                self.copied(entry, value, op, state, entry.at)
        self._leaving.pop()

    def _struct_copied(self, written: ir.Value, bare: ir.Value, op: ir.Op, state: State) -> None:
        """A struct leaves, and takes references to maps along: it was filled with them, or is a copy of another one."""
        skipped, variable = frozenset[str](), None
        pointed = written.operand if isinstance(written, ir.Unary) and written.op == "&" else None
        if isinstance(pointed, ir.Local) and not isinstance(pointed.type, Pointer):
            bare = pointed
        if (
            isinstance(bare, ir.Local)
            and bare.variable.function is self.walk.frame.function
            and bare.variable.kind == "local"
        ):
            variable = bare
            own = {
                one.name: given for one, given in state.own.items() if isinstance(one, ir.Field) and one.base == bare
            }
            if bare not in self._leaving:  # `n.start = &n`
                self._leaving.append(bare)
                for value in own.values():
                    if names_something(value):
                        self._taken_along(value, op, state)
                self._leaving.pop()
            skipped = frozenset(own)
            made = ir.strip(state.env.get(bare.variable, bare))
            if isinstance(made, ir.Composite):
                self._entries_copied(made, op, state, skipped)
            bare = made
        type_ = written.type
        if isinstance(type_, Pointer) and isinstance(variable, ir.Local):
            type_ = variable.type  # `c := *s.config; return &c`
        elif isinstance(type_, Pointer) and is_entry(bare) and not has_lock(type_.element, self.world):
            type_ = type_.element
        struct = self.world.underlying(type_)
        if not isinstance(struct, Struct) or not isinstance(bare, (ir.Field, ir.Global, ir.Element, ir.Item)):
            return
        leading = [one.type for one in struct.fields if isinstance(one.type, Pointer)]
        if any(is_lock(one, self.world) or has_lock(one.element, self.world) for one in leading):
            return  # the copy has the same lock, or leads to it
        # What only this package can touch in the object that a pointer leads to, is seen where it does.
        by_value = type_ is written.type
        # Of a new object behind a pointer, others can touch what they can name; its methods may well take a lock of the package.
        named = isinstance(written.type, Pointer) and isinstance(variable, ir.Local)
        self._fields_copied(bare, type_, written.at, op, state, variable, by_value, named)

    def _fields_copied(
        self,
        base: ir.Value,
        type_: Type,
        at: ir.Span,
        op: ir.Op,
        state: State,
        copy: ir.Value | None,
        hidden: bool,
        named: bool = False,
    ) -> None:
        """The maps of a struct that is copied leave, and those of the structs that are part of it.

        `copy` names what they are copied to, if that is a variable here, which may have got maps of its own since. `hidden`:
        also those which other packages can't name; `named`: never these.
        """
        struct = self.world.underlying(type_)
        owner = getattr(self.world.unalias(type_), "qualified", "")
        hidden = not named and (hidden or owner.rpartition(".")[2][:1].isupper())
        for one in struct.fields if isinstance(struct, Struct) else ():
            inner = ir.Field(base, one.name, owner, type=one.type, at=at)
            mine = ir.Field(copy, one.name, owner, type=one.type) if copy is not None else None
            if mine is not None and mine in state.own:
                continue
            if self.world.map_type(one.type) is None:
                if one.embedded and not isinstance(one.type, Pointer):
                    self._fields_copied(inner, one.type, at, op, state, mine, hidden, named)
            elif hidden or one.name[:1].isupper():
                self.recorder.record("copy", inner, op, state)

    def _taken_along(self, value: ir.Value, op: ir.Op, state: State) -> None:
        """What was put into a struct leaves with it: where it was put in is where the reference left its place."""
        for fact in self.walk.frame.facts.accesses if self.walk.recording else ():
            if fact.kind == "copy" and fact.at == value.at:
                fact.op = op
                return
        self.copied(value, value, op, state, value.at)

    def gather(self, into: ir.Value, written: ir.Value, state: State) -> None:
        """A map, or a struct with maps, is put into a local slice or map: a copy of the reference, or of the struct."""
        bare = ir.strip(self.naming.resolve(written, state))
        if not (
            self.walk.recording and isinstance(into, ir.Local) and isinstance(bare, (ir.Field, ir.Element, ir.Item))
        ):
            return
        if into.variable.kind != "local" or into.variable.function is not self.walk.frame.function:
            return
        before = ir.Op(written.at)
        if self.world.map_type(bare.type) is None:
            self._struct_copied(written, bare, before, state)
        elif isinstance(bare, ir.Item):
            self.recorder.record("copy", written, before, state)
        self._gathered.setdefault(into.variable, set()).add(written.at)

    def gathered_leaves(self, value: ir.Value, op: ir.Return) -> None:
        """A slice or map is returned with what was put into it: the references leave where they were put in."""
        bare = ir.strip(value)
        spans = self._gathered.get(bare.variable, set()) if isinstance(bare, ir.Local) else set[ir.Span]()
        for fact in self.walk.frame.facts.accesses if spans and self.walk.recording else ():
            if fact.kind == "copy" and fact.at in spans and not isinstance(fact.op, (ir.Return, ir.Send)):
                fact.op = op
