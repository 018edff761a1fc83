"""Whether a loop goes on: after which ops of its body another iteration may follow."""

from __future__ import annotations

from golint_maps.flow import ir
from golint_maps.record import record


def going_on(loop: ir.Range | ir.Loop) -> frozenset[ir.Op]:
    """The ops of the loop's body, nested ones included, after which control may come back to its head.

    An op that is followed by `break`, `return` or a panic on each path is not among them.
    """
    walk = _Backwards()
    walk.targets.append(_Target(loop.label, True, after_break=False, after_continue=True))
    walk.block(loop.body, True)
    return frozenset(walk.going)


def leaves(block: ir.Block) -> bool:
    """Whether control never reaches the end of a block: it returns, jumps away or panics on each path."""
    return not _Backwards().block(block, True)


@record(slots=True)
class _Target:
    label: str
    loop: bool
    after_break: bool
    after_continue: bool = False
    plain: bool = False


class _Backwards:
    """Walks ops from the last to the first, knowing whether the head of the loop may be reached from behind each."""

    def __init__(self) -> None:
        self.going: set[ir.Op] = set()
        self.targets: list[_Target] = []
        self.falling = False

    def block(self, block: ir.Block, after: bool) -> bool:
        """Whether the head may be reached from the start of a block, given whether it may be from its end."""
        for op in reversed(block.ops):
            if after:
                self.going.add(op)
            after = self.op(op, after)
        return after

    def op(self, op: ir.Op, after: bool) -> bool:
        if isinstance(op, ir.Return):
            return False
        if isinstance(op, ir.Jump):
            return self._jump(op, after)
        if isinstance(op, ir.Block):
            return self._inside(_Target(op.label, False, after, plain=True), op, after)
        if isinstance(op, ir.If):
            then, orelse = self.block(op.then, after), self.block(op.orelse, after)
            return then or orelse
        if isinstance(op, ir.Loop):
            return self._loop(op, after, op.condition is not None)
        if isinstance(op, ir.Range):
            return self._loop(op, after, True)
        if isinstance(op, (ir.Switch, ir.Select)):
            return self._cases(op, after)
        return after

    def _inside(self, target: _Target, block: ir.Block, after: bool) -> bool:
        self.targets.append(target)
        try:
            return self.block(block, after)
        finally:
            self.targets.pop()

    def _jump(self, op: ir.Jump, after: bool) -> bool:
        if op.kind == "fallthrough":
            return self.falling
        if op.kind not in ("break", "continue"):
            return False
        for target in reversed(self.targets):
            if op.label:
                if target.label == op.label:
                    return target.after_break if op.kind == "break" else target.after_continue
            elif not target.plain and (op.kind == "break" or target.loop):
                return target.after_break if op.kind == "break" else target.after_continue
        return False

    def _loop(self, op: ir.Loop | ir.Range, after: bool, ends: bool) -> bool:
        end = after and ends
        start = self._inside(_Target(op.label, True, after, end), op.body, end)
        if start and not end:
            start = self._inside(_Target(op.label, True, after, True), op.body, True)
        if isinstance(op, ir.Loop):
            self.block(op.post, start or end)
            self.block(op.head, start or end)
        return start or end

    def _cases(self, op: ir.Switch | ir.Select, after: bool) -> bool:
        saved = self.falling
        found = isinstance(op, ir.Switch) and after and not any(case.default for case in op.cases)
        self.falling = False
        for case in reversed(op.cases):
            start = self._inside(_Target(op.label, False, after), case.body, after)
            found = self.block(case.head, start) or found
            self.falling = start
        self.falling = saved
        return found
