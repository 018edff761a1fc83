"""Where others use what was handed to them: the far side of a send and of a return.

A map that is changed after it went through a channel or out of a function is used somewhere else. These places are what
a finding points to; they accuse nobody by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import parts
from golint_maps.flow.places import place_key

Source = Callable[[ir.Value], bool]


def receivers(package: PackageFlow, channel: ir.Value) -> Iterator[tuple[ir.Function, ir.Span]]:
    """The uses of maps that come out of a channel: accesses to what was received from the same place."""
    key = place_key(ir.strip(channel))
    if key is None:
        return

    def same(value: ir.Value) -> bool:
        return place_key(ir.strip(value)) == key

    def received(value: ir.Value) -> bool:
        return isinstance(value, ir.Unary) and value.op == "<-" and same(value.operand)

    for function in package.all_functions():
        yield from _uses(function, package, received, lambda op: op.over == "channel" and same(op.subject))


def callers(package: PackageFlow, function: ir.Function) -> Iterator[tuple[ir.Function, ir.Span]]:
    """The uses of maps that a function returns, and of those inside what it returns, by its callers in the package."""

    def returned(value: ir.Value) -> bool:
        return isinstance(value, ir.Result) and package.program.declared(value.call.callee) == [function]

    for other in package.all_functions():
        if other is not function:
            yield from _uses(other, package, returned, lambda op: returned(ir.strip(op.subject)))


def _uses(
    function: ir.Function, package: PackageFlow, gives: Source, hands_out: Callable[[ir.Range], bool]
) -> Iterator[tuple[ir.Function, ir.Span]]:
    """The accesses of one function to maps that begin with what `gives` or `hands_out` says."""
    if function.body is None:
        return
    got: set[ir.Variable] = set()

    def from_there(value: ir.Value) -> bool:
        start = ir.root(value)
        return gives(start) or (isinstance(start, ir.Local) and start.variable in got)

    for op in ir.walk(function.body):
        if isinstance(op, ir.Assign) and op.define and isinstance(op.target, ir.Local) and op.value is not None:
            if any(gives(part) for part in parts(op.value)):
                got.add(op.target.variable)
        elif isinstance(op, ir.Range) and (hands_out(op) or from_there(op.subject)):
            # A channel gives what was sent as the key of the loop, a map what it holds as the value.
            items = (op.key,) if op.over == "channel" else (op.value,)
            got.update(one.variable for one in items if isinstance(one, ir.Local))
        if isinstance(op, (ir.Access, ir.Range)):
            subject = op.map if isinstance(op, ir.Access) else op.subject
            if package.world.map_type(subject.type) is not None and from_there(subject):
                yield function, op.at if isinstance(op, ir.Access) else subject.at
