"""Methods that servers call from many goroutines at once, because of the interface that their type serves.

What tells: a generated type that is embedded (`pb.UnimplementedGreeterServer`), the function that registers an object
(`pb.RegisterGreeterServer(s, &greeter{})`, `rpc.Register(new(Arith))`), or a parameter which only generated code makes
(`Chat(stream pb.Greeter_ChatServer)`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from golint_maps.flow import ir, models
from golint_maps.flow.program import qualified_name
from golint_maps.types.model import Basic, Chan, Pointer, Struct, Type, qualified_name_of
from golint_maps.types.world import World

# That of the standard library, and what it was before Go 1.7.
_CONTEXTS = frozenset(("context.Context", "golang.org/x/net/context.Context"))
_REGISTERS = re.compile(r"Register\w+Server")
# The server of net/rpc runs each call on a goroutine of its own.
_RPC = frozenset({f"net/rpc.{prefix}Register{name}" for prefix in ("", "Server.") for name in ("", "Name")})


class Services:
    """What the package itself shows of the services that its types provide."""

    def __init__(self, functions: Iterable[ir.Function], world: World) -> None:
        self._world = world
        # By qualified names of types.
        calls, rpc = set[str](), set[str]()
        for function in functions:
            for op in ir.walk_with_literals(function):
                if isinstance(op, ir.Call) and op.arguments and getattr(op.callee, "name", "").startswith("Register"):
                    registered = qualified_name_of(world.deref(ir.strip(op.arguments[-1]).type))
                    if registered and qualified_name(op.callee) in _RPC:
                        rpc.add(registered)
                    elif registered and len(op.arguments) == 2 and _is_generated(op.callee):
                        calls.add(registered)

        self._calls, self._rpc = frozenset(calls), frozenset(rpc)

    @property
    def registered(self) -> tuple[frozenset[str], frozenset[str]]:
        """The types of registered objects: what `title` rests on beside the method and the types."""
        return self._calls, self._rpc

    def title(self, method: ir.Function) -> str:
        """What calls an exported method, for a message: "which runs once per call"; "" if nothing is known to.

        `Collect` is called by each scrape of a Prometheus registry.
        """
        assert method.receiver is not None
        types = [_bare(one.type) for one in method.params]
        if method.short_name == "Collect" and len(types) == 1 and isinstance(types[0], Chan):
            return models.SCRAPE if getattr(types[0].element, "name", "") == "Metric" else ""
        owner = self._world.deref(method.receiver.type)
        name = qualified_name_of(owner)
        called = len(types) == 2 and qualified_name_of(types[0]) in _CONTEXTS and len(method.results) == 2
        if called and (name in self._calls or self._embeds_generated(owner)):
            return models.CALL
        if types and getattr(types[-1], "name", "").endswith(f"_{method.short_name}Server"):
            return models.CALL
        fails = len(method.results) == 1 and method.results[0].type == Basic("error")
        return models.CALL if name in self._rpc and len(types) == 2 and fails else ""

    def _embeds_generated(self, type_: Type) -> bool:
        struct = self._world.underlying(type_)
        return isinstance(struct, Struct) and any(
            one.embedded and one.name.startswith(("Unimplemented", "Unsafe")) and one.name.endswith("Server")
            for one in struct.fields
        )


def _is_generated(callee: ir.Value) -> bool:
    return isinstance(callee, ir.FunctionRef) and _REGISTERS.fullmatch(callee.name) is not None


def _bare(type_: Type) -> Type:
    return type_.element if isinstance(type_, Pointer) else type_
