"""The intermediate form of function bodies: what floor 4 analyses and what rules look at.

A body is lowered once (`golint_maps.flow.lower`) from its syntax tree into plain data. `Value`s are expressions without
side effects; `Op`s are what happens, in evaluation order. Touching a map, calling and receiving are always ops of their
own, placed before the op that uses the result, so that nobody has to search expressions for effects.

Positions (`at`) are half-open byte ranges in the file of the enclosing function. They do not take part in equality:
two values are equal when they denote the same access path (`s.peers[id]` twice is equal to itself).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

from golint_maps.record import record
from golint_maps.types.declarations import Touched
from golint_maps.types.model import UNKNOWN, Type


class Span(int):
    """A half-open range of bytes, `at[0]` to `at[1]`; where one begins decides its order.

    It is one number, which takes a third of what a pair of numbers takes: a package has millions of them.
    """

    __slots__ = ()

    @classmethod
    def of(cls, start: int, end: int) -> Span:
        """The range from one offset to another."""
        return cls(start << 32 | end)

    def __getitem__(self, index: int) -> int:
        return self >> 32 if index == 0 else self & 0xFFFFFFFF

    def __iter__(self) -> Iterator[int]:
        return iter((self >> 32, self & 0xFFFFFFFF))

    def __repr__(self) -> str:
        return f"<{self[0]}:{self[1]}>"


NOWHERE = Span(0)

# What takes a range also takes a pair of offsets.
Where = Span | tuple[int, int]


@record(eq=False, slots=True)
class Variable:
    """A local variable, parameter, receiver or named result; compared by identity, so shadowing needs no care.

    `kind` is `local`, `param`, `receiver`, `result` or `range`. `index` is the position among the parameters (receiver:
    -1). `assignments` counts the places that assign it, its declaration included; `captured` tells that a closure uses
    it. `function` is the function that declares it.
    """

    name: str
    type: Type
    kind: str
    function: Function
    at: Span
    index: int = 0
    assignments: int = 0
    captured: bool = False

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"


# --- values -----------------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class Value:
    """An expression; `type` is its static type, `UNKNOWN` where it can't be known."""

    type: Type = field(default=UNKNOWN, compare=False, kw_only=True)
    at: Span = field(default=NOWHERE, compare=False, kw_only=True)


@record(frozen=True, slots=True)
class Local(Value):
    """A use of a variable."""

    variable: Variable


@record(frozen=True, slots=True)
class Global(Value):
    """A package variable: `package` is the import path."""

    package: str
    name: str


@record(frozen=True, slots=True)
class Field(Value):
    """`base.name`; promoted fields are spelled out hop by hop.

    `owner` is `path/to/pkg.Type`, or "" for anonymous structs and for library types: what is reached through those is told
    apart by what holds them.
    """

    base: Value
    name: str
    owner: str = field(default="", compare=False)


@record(frozen=True, slots=True)
class Element(Value):
    """`base[key]` of a map, slice, array or pointer to array; `of_map` where `base` is known to be a map."""

    base: Value
    key: Value
    of_map: bool = field(default=False, compare=False, kw_only=True)


@record(frozen=True, slots=True)
class Unary(Value):
    """`op operand`; `op` is `&`, `*`, `!`, `-`, `+`, `^` or `<-` (whose `Receive` op precedes it)."""

    op: str
    operand: Value


@record(frozen=True, slots=True)
class Binary(Value):
    """`left op right`."""

    op: str
    left: Value
    right: Value


@record(frozen=True, slots=True)
class Constant(Value):
    """A literal, or a use of a declared constant; `text` as written."""

    text: str


@record(frozen=True, slots=True)
class Nil(Value):
    """The predeclared nil."""


@record(frozen=True, slots=True, eq=False)
class Composite(Value):
    """`T{…}`. `entries` are (key, value): key is a field name, a Value (maps), or None; each literal is itself only."""

    entries: tuple[tuple[str | Value | None, Value], ...] = ()

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@record(frozen=True, slots=True, eq=False)
class Make(Value):
    """`make(T, …)` (also of a named or generic map type)."""

    arguments: tuple[Value, ...] = ()

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@record(frozen=True, slots=True, eq=False)
class New(Value):
    """`new(T)`, or `new(expr)` of Go 1.26."""

    initial: Value | None = None

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@record(frozen=True, slots=True)
class Conversion(Value):
    """`T(operand)`; the target is `type`."""

    operand: Value
    target: str = ""


@record(frozen=True, slots=True)
class Assertion(Value):
    """`operand.(T)`; `checked` for the two-value form and in type switches."""

    operand: Value
    checked: bool = field(default=False, compare=False)


@record(frozen=True, slots=True)
class Found(Value):
    """The `ok` of a two-value map read, receive or assertion of `subject`."""

    subject: Value


@record(frozen=True, slots=True)
class Result(Value):
    """Result number `index` of `call`."""

    call: Call
    index: int = 0


@record(frozen=True, slots=True)
class Closure(Value):
    """A function literal."""

    function: Function


@record(frozen=True, slots=True)
class FunctionRef(Value):
    """A declared function; `package` is the import path, `builtin` for predeclared ones."""

    package: str
    name: str


@record(frozen=True, slots=True)
class MethodRef(Value):
    """The method `name` of `base` (promotion spelled out in `base`). `owner` is the named type that declares it.

    `owner` is `path/to/pkg.Type`, or "" where the type of the base is unknown or an anonymous interface.
    """

    base: Value
    name: str
    owner: str = field(default="", compare=False)


@record(frozen=True, slots=True)
class Item(Value):
    """The key (`part` "key") or value (`part` "value") that a range over `subject` yields."""

    subject: Value
    part: str
    loop: Range = field(compare=True)


@record(frozen=True, slots=True)
class Opaque(Value):
    """Any other expression, equal where its source text and its operands are."""

    text: str
    operands: tuple[Value, ...] = ()


# --- operations -------------------------------------------------------------------------------------------------------


@record(eq=False, slots=True)
class Op:
    """Something that happens; compared by identity."""

    at: Span


@record(eq=False, slots=True)
class Access(Op):
    """One touch of a map (`map` is the map expression, its type a map or unknown-but-indexed never).

    `kind` is `read` (lookup), `write` (element assignment), `delete`, `iterate`, `len`, `clear` or `check` (comparison with
    nil). `m[k] op= v` gives a read and a write. `via` is the callee for hidden accesses (`maps.Copy`, `json.Marshal`),
    otherwise "". `found` is set for the two-value read. `value` is what a write stores. `compound` marks `m[k]++` and
    `m[k] += v`. Replacing a whole map is an `Assign` to a map-typed target, not an access.
    """

    kind: str
    map: Value
    key: Value | None = None
    value: Value | None = None
    via: str = ""
    found: bool = False
    compound: bool = False


@record(eq=False, slots=True)
class Touch(Access):
    """A touch by a function of another package, seen from its call; `there` says where the function does it.

    It stands in facts only, never in a body.
    """

    there: Touched | None = None


@record(eq=False, slots=True)
class Call(Op):
    """A call. `mode` is `call`, `go` or `defer`. `results` are the types of its results.

    Calls of builtins that only touch maps (`len`, `delete`, `clear`) are accesses and no calls. For `x.f(a)` with a known
    method, `callee` is a `MethodRef`; a call through a variable or field of function type has that value as its callee.
    """

    callee: Value
    arguments: tuple[Value, ...]
    mode: str = "call"
    results: tuple[Type, ...] = ()
    spread: bool = False
    text: str = ""


@record(eq=False, slots=True)
class Assign(Op):
    """`target = value` for one target. `define` for `:=`, `var`; a zero-value declaration has value None."""

    target: Value
    value: Value | None
    define: bool = False
    op: str = ""


@record(eq=False, slots=True)
class Return(Op):
    """`return values` (the named results for a bare return)."""

    values: tuple[Value, ...]


@record(eq=False, slots=True)
class Send(Op):
    """`channel <- value`."""

    channel: Value
    value: Value


@record(eq=False, slots=True)
class Receive(Op):
    """`<-channel`, also the receive of each step of a range over a channel."""

    channel: Value


@record(eq=False, slots=True)
class Jump(Op):
    """`break`, `continue`, `goto`, `fallthrough`, or `panic` (also `os.Exit`, `log.Fatal` and the like)."""

    kind: str
    label: str = ""


@record(eq=False, slots=True)
class Block(Op):
    """A sequence; `label` where a labelled block is the target of a break."""

    ops: list[Op] = field(default_factory=list)
    label: str = ""
    walked: tuple[Op, ...] | None = field(default=None, repr=False)


@record(eq=False, slots=True)
class If(Op):
    """What the condition does precedes this op."""

    condition: Value
    then: Block
    orelse: Block


@record(eq=False, slots=True)
class Loop(Op):
    """`for init; condition; post {}`; init precedes this op, `head` is what the condition does on each iteration."""

    head: Block
    condition: Value | None
    body: Block
    post: Block
    label: str = ""


@record(eq=False, slots=True)
class Range(Op):
    """`for key, value := range subject {}`.

    `key` and `value` are the targets (None where absent or blank). Over a map, an `Access` of kind `iterate` precedes.
    `over` is `map`, `slice`, `channel`, `integer`, `function`, `string` or `unknown`. `per_iteration` tells that the
    variables are fresh in each iteration (Go 1.22), which only matters for `:=` (`define`).
    """

    subject: Value
    key: Value | None
    value: Value | None
    body: Block
    over: str
    define: bool
    per_iteration: bool
    label: str = ""


@record(eq=False, slots=True)
class Case(Op):
    """One arm of a switch or select: `values` (expressions or nothing), `head` (its communication), `body`."""

    values: tuple[Value, ...]
    head: Block
    body: Block
    default: bool = False
    falls_through: bool = False


@record(eq=False, slots=True)
class Switch(Op):
    """An expression or type switch."""

    subject: Value | None
    cases: list[Case]
    label: str = ""


@record(eq=False, slots=True)
class Select(Op):
    """A select statement."""

    cases: list[Case]
    label: str = ""


@record(eq=False, slots=True)
class Function:
    """A function, method or function literal with its lowered body.

    `name` is how people write it: `Get`, `Server.Get`, `Server.Get.func1`. `receiver_type` is the bare name of the
    receiver's named type. `package` is the import path, `path` the file's key, `doc` the comment directly above.
    `results` are the named results, or unnamed variables standing for them.
    """

    name: str
    package: str
    path: str
    at: Span
    name_at: Span
    receiver_type: str = ""
    short_name: str = ""
    receiver: Variable | None = None
    params: list[Variable] = field(default_factory=list)
    results: list[Variable] = field(default_factory=list)
    variadic: bool = False
    body: Block | None = None
    parent: Function | None = None
    closures: list[Function] = field(default_factory=list)
    doc: str = ""
    is_test: bool = False
    go_version: tuple[int, int] = (1, 22)

    def __repr__(self) -> str:
        return f"<func {self.name}>"

    @property
    def exported(self) -> bool:
        """Whether other packages can name it (a method also needs an exported receiver type; interfaces reach more)."""
        return self.parent is None and self.short_name[:1].isupper()


def blocks_of(op: Op) -> tuple[Block, ...]:
    """The blocks nested directly in an op, in source order."""
    blocks = _BLOCKS.get(type(op))
    return blocks(op) if blocks is not None else ()


_BLOCKS: dict[type[Op], Callable[[Any], tuple[Block, ...]]] = {
    Block: lambda op: (op,),
    If: lambda op: (op.then, op.orelse),
    Loop: lambda op: (op.head, op.body, op.post),
    Range: lambda op: (op.body,),
    Switch: lambda op: tuple([block for case in op.cases for block in (case.head, case.body)]),
    Select: lambda op: tuple([block for case in op.cases for block in (case.head, case.body)]),
}


def walk(block: Block) -> Iterator[Op]:
    """All ops of a block and of the blocks inside it, in source order; closures' bodies are not entered.

    Not for blocks that are still being filled: the first walk is remembered.
    """
    found = block.walked
    if found is None:
        ops: list[Op] = []
        _walk(block, ops)
        found = block.walked = tuple(ops)
    return iter(found)


def _walk(block: Block, into: list[Op]) -> None:
    for op in block.ops:
        into.append(op)
        blocks = _BLOCKS.get(type(op))
        if blocks is not None:
            for inner in blocks(op):
                _walk(inner, into)


def all_blocks(block: Block) -> Iterator[Block]:
    """A block and all blocks inside it; closures' bodies are not entered."""
    pending = [block]
    while pending:
        one = pending.pop()
        yield one
        for op in one.ops:
            pending += blocks_of(op)


def outermost(function: Function) -> Function:
    """The declared function that a function literal stands in; a declared function itself."""
    while function.parent is not None:
        function = function.parent
    return function


def with_literals(function: Function) -> Iterator[Function]:
    """A function and all function literals inside it; of literals at one level the last comes first."""
    pending = [function]
    while pending:
        one = pending.pop()
        pending.extend(one.closures)
        yield one


def walk_with_literals(function: Function) -> Iterator[Op]:
    """All ops of a function and of the function literals inside it."""
    for one in with_literals(function):
        if one.body is not None:
            yield from walk(one.body)


def strip(value: Value) -> Value:
    """The value behind `&`, `*`, conversions to the same kind and assertions: the place it denotes."""
    kind = type(value)
    while kind is Conversion or kind is Assertion or (kind is Unary and value.op in "&*"):  # type: ignore[attr-defined]
        value = value.operand  # type: ignore[attr-defined]
        kind = type(value)
    return value


def root(value: Value) -> Value:
    """The value at which an access path starts: `s` for `s.rooms[id].members`."""
    while True:
        kind = type(value)
        if kind is Field or kind is Element:
            value = value.base  # type: ignore[attr-defined]
        elif kind is Local or kind is Result:
            return value
        elif kind is Item:
            value = value.subject  # type: ignore[attr-defined]
        elif kind is Conversion or kind is Assertion or (kind is Unary and value.op in "&*"):  # type: ignore[attr-defined]
            value = value.operand  # type: ignore[attr-defined]
        else:
            return value


def text_of(value: Value) -> str:
    """How a person would write an access path (`s.rooms[id].members`); for messages."""
    if isinstance(value, Local):
        return value.variable.name
    if isinstance(value, Global):
        return value.name
    if isinstance(value, (Field, MethodRef)):
        return f"{text_of(value.base)}.{value.name}"
    if isinstance(value, Element):
        return f"{text_of(value.base)}[{text_of(value.key)}]"
    if isinstance(value, Unary):
        inner = text_of(value.operand)
        return inner if value.op in ("&", "*") else value.op + inner
    if isinstance(value, (Conversion, Assertion)):
        return text_of(value.operand)
    if isinstance(value, Constant):
        return value.text
    if isinstance(value, FunctionRef):
        return value.name
    if isinstance(value, Result):
        return f"{text_of(value.call.callee)}()"
    if isinstance(value, Item):
        return f"{text_of(value.subject)}[…]"
    if isinstance(value, Binary):
        return f"{text_of(value.left)} {value.op} {text_of(value.right)}"
    if isinstance(value, Opaque):
        return value.text
    if isinstance(value, Nil):
        return "nil"
    return "…"
