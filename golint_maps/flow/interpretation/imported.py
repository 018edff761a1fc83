"""What functions of other packages of the run do, without a lock, to the maps that a call leads them to."""

from __future__ import annotations

from collections.abc import Iterable

from golint_maps.flow import ir
from golint_maps.flow.interpretation.naming import Naming
from golint_maps.flow.interpretation.recording import Recorder
from golint_maps.flow.interpretation.state import State
from golint_maps.flow.interpretation.walk import Walk
from golint_maps.flow.program import home_of
from golint_maps.types.declarations import Called, PackageTypes, Touched
from golint_maps.types.model import UNKNOWN, Map
from golint_maps.types.touching import RECEIVER, VARIABLE

# What stands for an object that has a name: who it belongs to can be told.
_NAMED = (ir.Local, ir.Global)


class Imported:
    """Records the touches that a call of an imported function brings with it, as accesses at the call."""

    def __init__(self, walk: Walk, naming: Naming, recorder: Recorder) -> None:
        self.walk = walk
        self.world = walk.program.world
        self.naming = naming
        self.recorder = recorder

    def called(self, op: ir.Call, callee: ir.Value, state: State) -> None:
        """`callee` (resolved), which is declared elsewhere, is called here."""
        for one in self._touched(callee):
            map_ = self._map(one, op, callee)
            if map_ is None or not isinstance(ir.root(self.naming.resolve(map_, state)), _NAMED):
                continue
            self.recorder.record(one.kind, map_, ir.Touch(op.at, one.kind, map_, via=_name(callee), there=one), state)

    def calls_at_once(self, callee: ir.Value) -> dict[int, Called]:
        """The functions that `callee` is given, calls, and does nothing else with, by their positions."""
        declared, name = self._declared(callee)
        return {one.index: one for one in declared.called.get(name, ())} if declared is not None else {}

    def lock_around(self, called: Called | None, op: ir.Call, callee: ir.Value) -> ir.Value | None:
        """The lock that `callee` holds while it calls what it is given, as seen from the call."""
        if called is None or called.lock is None:
            return None
        start = self._start(called.lock, op, callee)
        return self._along(start, called.path, op, owned=True) if start is not None else None

    def _touched(self, callee: ir.Value) -> Iterable[Touched]:
        declared, name = self._declared(callee)
        return declared.touched.get(name, ()) if declared is not None else ()

    def _declared(self, callee: ir.Value) -> tuple[PackageTypes | None, str]:
        """The other package that declares a function, and its name there."""
        home = home_of(callee)
        if home is None or home[0] == self.walk.program.package:
            return None, ""
        package, owner, name = home
        return self.world.package(package), f"{owner}.{name}" if owner else name

    def _map(self, touched: Touched, op: ir.Call, callee: ir.Value) -> ir.Value | None:
        """The map that is touched, as seen from the call."""
        value: ir.Value
        if touched.root == VARIABLE:
            package, _, name = touched.variable.rpartition(".")
            declared = self.world.variable(package, name)
            value = ir.Global(package, name, type=declared.type if declared is not None else Map(UNKNOWN, UNKNOWN))
        else:
            start = self._start(touched.root, op, callee)
            if start is None:
                return None
            value = start
        # Without owners: one package's object of that type is not another one's, but for what it is reached by.
        return self._along(value, touched.path, op, owned=False)

    def _start(self, root: int, op: ir.Call, callee: ir.Value) -> ir.Value | None:
        """The object of a method, or one of the arguments; None for one that is not there."""
        if root == RECEIVER:
            return callee.base if isinstance(callee, ir.MethodRef) else None
        return op.arguments[root] if root < len(op.arguments) else None

    def _along(self, value: ir.Value, path: Iterable[str], op: ir.Call, *, owned: bool) -> ir.Value | None:
        """What fields lead to, from an object; `owned`: the types are named that have them."""
        for name in path:
            hops = self.world.field(value.type, name)
            if hops is None:
                return None
            for hop in hops:
                value = ir.Field(value, hop.name, hop.owner if owned else "", type=hop.type, at=op.at)
        return value


def _name(callee: ir.Value) -> str:
    """The function as people write it: `memo.Register`, `Memo.Square`."""
    assert isinstance(callee, (ir.FunctionRef, ir.MethodRef))
    if isinstance(callee, ir.MethodRef):
        return f"{callee.owner.rpartition('.')[2]}.{callee.name}"
    return f"{callee.package.rpartition('/')[2]}.{callee.name}"
