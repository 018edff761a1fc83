"""What goes through channels: whether a sender gives an object away, or keeps a way to it.

An object that is made, sent and then left alone belongs to whoever has received it, and to nobody else. A sender keeps
it if it uses the variable again before that holds another object, or if the object has been put somewhere else as well.
The question is asked of types: one sender who keeps an object is enough to doubt all objects of its type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from golint_maps.flow import ir
from golint_maps.flow.parts import definitions, mentions, operands
from golint_maps.types.model import qualified_name_of

_MADE = (ir.Composite, ir.Make, ir.New)
# Functions that give a new object at each call, by their names.
_MAKERS = ("new", "make", "clone", "copy")


def kept_types(functions: Iterable[ir.Function]) -> frozenset[str]:
    """The qualified names of the types of which a sender in these functions, or literals inside them, keeps an object."""
    kept: set[str] = set()
    for function in functions:
        for one in ir.with_literals(function):
            for op in ir.walk(one.body) if one.body is not None else ():
                if isinstance(op, ir.Send):
                    name = qualified_name_of(op.value.type)
                    if name and name not in kept and _keeps(op, one):
                        kept.add(name)
    return frozenset(kept)


def _keeps(send: ir.Send, sender: ir.Function) -> bool:
    value = ir.strip(send.value)
    if _is_new(value):
        return False
    if not isinstance(value, ir.Local) or value.variable.function is not sender or sender.body is None:
        return True
    variable = value.variable
    if variable.captured or not (_holds_new(variable) or _is_ranged(variable, sender)):
        return True
    if any(_is_put_elsewhere(op, variable) for op in ir.walk(sender.body) if op is not send):
        return True
    return _After(send, variable).uses_again(sender.body)


def _holds_new(variable: ir.Variable) -> bool:
    """Whether a variable only ever holds what was made for it, or received."""
    given = definitions(variable)
    return variable.kind == "local" and bool(given) and all(one is not None and _is_new(ir.strip(one)) for one in given)


def _is_new(value: ir.Value) -> bool:
    """Whether a value is an object that nobody else has: made here, or received."""
    if isinstance(value, ir.Result):
        callee = value.call.callee
        return isinstance(callee, (ir.FunctionRef, ir.MethodRef)) and callee.name.lower().startswith(_MAKERS)
    return isinstance(value, _MADE) or (isinstance(value, ir.Unary) and value.op == "<-")


def _is_ranged(variable: ir.Variable, function: ir.Function) -> bool:
    """Whether a variable holds what a range over a channel yields, and nothing else."""
    loops = (op for op in ir.walk(function.body) if isinstance(op, ir.Range)) if function.body is not None else ()
    yielded = (op.key for op in loops if op.over == "channel")
    return len(definitions(variable)) == 1 and any(
        isinstance(one, ir.Local) and one.variable is variable for one in yielded
    )


def _is_put_elsewhere(op: ir.Op, variable: ir.Variable) -> bool:
    """Whether an op stores the object of a variable: in a place, in another variable, or in a slice or map."""
    stored: Iterator[ir.Value | None]
    if isinstance(op, ir.Assign):
        if isinstance(op.target, ir.Local) and op.target.variable is variable:
            return False
        stored = iter((op.value,))
    elif isinstance(op, ir.Access) and op.kind == "write":
        stored = iter((op.value,))
    elif isinstance(op, ir.Call) and op.mode != "call":
        stored = iter((op.callee, *op.arguments))
    elif isinstance(op, ir.Return):
        stored = iter(op.values)
    else:
        return False
    return any(one is not None and _hands_over(one, variable) for one in stored)


def _hands_over(value: ir.Value, variable: ir.Variable) -> bool:
    """Whether a value contains the object of a variable, rather than something read from it."""
    bare = ir.strip(value)
    if isinstance(bare, ir.Local):
        return bare.variable is variable
    if isinstance(bare, ir.Composite):
        return any(_hands_over(entry, variable) for _, entry in bare.entries)
    if isinstance(bare, ir.Opaque):  # append
        return any(_hands_over(one, variable) for one in bare.operands)
    return isinstance(bare, (ir.Closure, ir.MethodRef)) and mentions(bare, variable)


class _After:
    """Follows control from a send on, to where the variable that was sent is used again, or holds something else."""

    def __init__(self, send: ir.Send, variable: ir.Variable) -> None:
        self.send = send
        self.variable = variable
        self.used = False
        # Whether a jump has left a block with what was sent.
        self.jumped = False

    def uses_again(self, body: ir.Block) -> bool:
        """Whether some way from the send leads to a use of the same object."""
        self._block(body, False)
        return self.used

    def _block(self, block: ir.Block, sent: bool) -> bool | None:
        """Whether the variable may hold what was sent at the end of a block; None if control does not get there."""
        now: bool | None = sent
        for op in block.ops:
            if now is None:
                break
            now = self._op(op, now)
        return now

    def _op(self, op: ir.Op, sent: bool) -> bool | None:
        if op is self.send:
            return True
        if isinstance(op, ir.Assign) and op.target == ir.Local(self.variable):
            self._uses(op.value, sent)
            return False
        if isinstance(op, ir.Range) and op.key == ir.Local(self.variable):  # another object in each iteration
            self._uses(op.subject, sent)
            return sent or bool(self._block(op.body, False))
        for value in operands(op):
            self._uses(value, sent)
        if isinstance(op, (ir.Return, ir.Jump)):
            self.jumped = self.jumped or (sent and isinstance(op, ir.Jump))
            return None
        blocks = ir.blocks_of(op)
        if isinstance(op, (ir.Loop, ir.Range)):
            after = sent
            for _ in range(2):
                for block in blocks:
                    after = bool(self._block(block, after)) or after or self.jumped
            return after
        if isinstance(op, (ir.Switch, ir.Select)):
            ways = [self._case(case, sent) for case in op.cases]
            if isinstance(op, ir.Switch) and not any(case.default for case in op.cases):
                ways.append(sent)
            return self.jumped or _joined(ways)
        return _joined([self._block(block, sent) for block in blocks]) if blocks else sent

    def _case(self, case: ir.Case, sent: bool) -> bool | None:
        head = self._block(case.head, sent)
        return None if head is None else self._block(case.body, head)

    def _uses(self, value: ir.Value | None, sent: bool) -> None:
        if sent and value is not None and mentions(value, self.variable):
            self.used = True


def _joined(ways: list[bool | None]) -> bool | None:
    alive = [one for one in ways if one is not None]
    return any(alive) if alive else None
