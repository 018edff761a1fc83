"""What conditions say about nil: the states in which a condition is true, or false."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from golint_maps.flow import ir
from golint_maps.flow.nilfacts import BAD, MADE, Fact, Kind
from golint_maps.flow.nilstate import State, merge, strip
from golint_maps.flow.nilvalues import Values
from golint_maps.flow.parts import compared_with_nil
from golint_maps.types.model import Basic

States = list[State]

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

# States that differ in what was assumed only, before they are told apart by what is nil alone.
_MAX_WAYS = 32
# Conditions whose truth a state remembers: with one more for each case, a long switch would take memory by its square.
_MAX_ASSUMED = 64


class Conditions:
    """Splits states by conditions."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.world = values.world

    def assume(self, condition: ir.Value | None, truth: bool, states: Iterable[State]) -> States:
        """The states in which a condition is true (or false); each is a copy."""
        if condition is None:
            return [state.copy() for state in states] if truth else []
        found: States = []
        for state in states:
            found.extend(self._assume(condition, truth, state))
        # `a && b` is false in two ways, and each further condition doubles them: a long switch would never end.
        return merge(found, self.world) if len(found) > _MAX_WAYS else found

    def _assume(self, condition: ir.Value, truth: bool, state: State) -> States:
        if isinstance(condition, ir.Unary) and condition.op == "!":
            return self._assume(condition.operand, not truth, state)
        if isinstance(condition, ir.Constant) and condition.text in ("true", "false"):
            return [state.copy()] if (condition.text == "true") == truth else []
        if isinstance(condition, ir.Binary) and condition.op in ("&&", "||"):
            if (condition.op == "&&") == truth:  # both sides have this truth
                return self.assume(condition.right, truth, self._assume(condition.left, truth, state))
            first = self._assume(condition.left, truth, state)
            second = self.assume(condition.right, truth, self._assume(condition.left, not truth, state))
            if not truth:
                # `m == nil && other` was false: that m is nil all the same is a combination nobody may have meant.
                for one in second:
                    if one.facts.groups is state.facts.groups:
                        continue
                    for path, fact in one.facts.items():
                        if fact.kind is Kind.NIL and fact.origin and fact.origin.checked:
                            if state.facts.kind(path) is Kind.UNKNOWN:
                                one.unknown(path)
            return first + second
        if isinstance(condition, ir.Local) and condition.variable in state.meaning:
            meant = state.meaning[condition.variable]
            if not isinstance(meant, (ir.Result, ir.Local)):
                return self._assume_meant(condition, meant, truth, state)
        if isinstance(condition, ir.Binary) and condition.op == "!=":
            condition, truth = ir.Binary("==", condition.left, condition.right), not truth
        if truth is not _when_missing(condition) and self._needs_entry(condition, state):
            return []
        known = state.assumed.get(condition, state.flags.get(condition))
        if known is None and isinstance(condition, ir.Binary) and isinstance(condition.left, ir.Local):
            known = _by_number(condition.op, condition.left, condition.right, state)
        if known is not None:
            return [state.copy()] if known == truth else []
        state = state.copy()
        if not self._refine(condition, truth, state):
            return []
        state.assumed = _with(state.assumed, condition, truth)
        return [state]

    def _assume_meant(self, name: ir.Local, meant: ir.Value, truth: bool, state: State) -> States:
        """A variable holds a condition: its value stays what it was found to be, whatever happens to what it was about."""
        known = state.assumed.get(name)
        if known is not None:
            return [state.copy()] if known == truth else []
        found = self._assume(meant, truth, state)
        for one in found:
            one.assumed = _with(one.assumed, name, truth)
        return found

    def _needs_entry(self, condition: ir.Value, state: State) -> bool:
        """Whether a condition compares the entry of a map which has none."""
        entry = condition.left if isinstance(condition, ir.Binary) else condition
        if _when_missing(condition) is None or not isinstance(entry, ir.Element):
            return False
        path = state.path(entry.base)
        if path is None or self.world.map_type(entry.base.type) is None:
            return False
        fact = state.lookup(path, self.world)
        return fact is not None and fact.kind in (Kind.NIL, Kind.EMPTY)

    def _refine(self, condition: ir.Value, truth: bool, state: State) -> bool:
        """Put what a condition tells into the state; False where it contradicts what is known."""
        if isinstance(condition, ir.Binary):
            compared = compared_with_nil(condition)
            if compared is not None and compared[1]:
                return self._compared(compared[0], truth, condition.at, state)
            return self._measured(condition, truth, state)
        if isinstance(condition, ir.Found):
            return self._found(condition, truth, state)
        if isinstance(condition, ir.Local):
            meant = state.meaning.get(condition.variable)
            if isinstance(meant, ir.Result):
                self.settle(meant, not truth, state)
        return True

    def _compared(self, value: ir.Value, is_nil: bool, at: ir.Span, state: State) -> bool:
        if self.world.map_type(value.type) is not None:
            path = state.path(value)
            if path is None:
                return True
            fact = state.lookup(path, self.world)
            kind = fact.kind if fact is not None else Kind.UNKNOWN
            if (is_nil and kind in (Kind.MADE, Kind.EMPTY)) or (not is_nil and kind is Kind.NIL):
                return False
            if not is_nil:
                state.facts[path] = MADE
            elif kind is not Kind.NIL:
                origin = self.values.origin(value.at, "this comparison says that it may be nil", checked=True)
                state.facts[path] = Fact(Kind.NIL, origin)
            return True
        if isinstance(value, ir.Local):
            meant = state.meaning.get(value.variable)
            if isinstance(meant, ir.Result):
                self.settle(meant, not is_nil, state)
        return True

    def settle(self, guard: ir.Result, failed: bool, state: State) -> None:
        """It has been looked at whether a call failed."""
        for path, fact in state.facts.items():
            if fact.kind is Kind.PENDING and fact.call == guard:
                state.facts[path] = replace(fact, kind=Kind.MAYBE, call=None) if failed else MADE

    def _measured(self, condition: ir.Binary, truth: bool, state: State) -> bool:
        """`len(m) > 0` says that m is made."""
        left, right, op = condition.left, condition.right, condition.op
        if isinstance(left, ir.Constant):
            left, right, op = right, left, {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(op, op)
        if not (isinstance(left, ir.Opaque) and left.text.startswith("len(") and len(left.operands) == 1):
            return True
        measured = left.operands[0]
        if _is_split(measured, state) and isinstance(right, ir.Constant) and (op, right.text) == ("==", "0"):
            return not truth
        if self.world.map_type(measured.type) is None or not isinstance(right, ir.Constant):
            return True
        bound = right.text
        some = {("==", "0"): False, (">", "0"): True, (">=", "1"): True, ("<", "1"): False, ("<=", "0"): False}.get(
            (op, bound)
        )
        if some is None and op in ("==", ">", ">=") and bound.isdigit():
            some = True if truth else None
        if some is None or some != truth:
            return True
        path = state.path(measured)
        if path is None:
            return True
        fact = state.lookup(path, self.world)
        if fact is not None and fact.kind in (Kind.NIL, Kind.EMPTY):
            return False
        state.facts[path] = MADE
        return True

    def _found(self, condition: ir.Found, truth: bool, state: State) -> bool:
        """The ok of `inner, ok := m[k]` or of an assertion."""
        subject = condition.subject
        path = state.path(subject)
        if path is None:
            self._settle_assertion(condition, truth, state)
            return True
        if truth and isinstance(path, ir.Element):
            outer = state.lookup(strip(path.base), self.world)
            if outer is not None and outer.kind in (Kind.EMPTY, Kind.NIL):
                return False
            is_map = self.world.map_type(path.base.type) is not None
            if is_map and (isinstance(strip(path.base), ir.Field) or (outer is not None and outer.kind in BAD)):
                state.facts[strip(path.base)] = MADE  # what has an entry is no nil map
        if self.world.map_type(subject.type) is None:
            return True
        fact = state.lookup(path, self.world)
        if truth:
            if fact is None or fact.kind is not Kind.UNKNOWN:
                state.unknown(path)
            if isinstance(path, ir.Element):
                state.facts[path] = MADE
        elif fact is None or fact.kind not in (Kind.MADE,):
            origin = self.values.origin(subject.at, "there is no entry for this key", checked=True)
            state.facts[path] = Fact(Kind.NIL, origin)
        return True

    def _settle_assertion(self, condition: ir.Found, truth: bool, state: State) -> None:
        for path, fact in state.facts.items():
            if fact.kind is Kind.PENDING and fact.call == condition:
                if truth:
                    state.unknown(path)
                else:
                    state.facts[path] = replace(fact, kind=Kind.NIL, call=None)


def _is_split(value: ir.Value, state: State) -> bool:
    """Whether a value is what `strings.Split` gives: a text by itself, if there is nothing to split."""
    made = state.meaning.get(value.variable) if isinstance(value, ir.Local) else value
    callee = made.call.callee if isinstance(made, ir.Result) else None
    return isinstance(callee, ir.FunctionRef) and callee.package == "strings" and callee.name in ("Split", "SplitAfter")


def _by_number(op: str, name: ir.Local, bound: ir.Value, state: State) -> bool | None:
    """Whether `name op bound` holds for a variable that is known to be a certain number."""
    compare = _COMPARISONS.get(op)
    if compare is None or not (isinstance(bound, ir.Constant) and bound.text.isdigit()):
        return None
    for known, truth in state.flags.items():
        if truth and isinstance(known, ir.Binary) and known.left == name:
            if isinstance(known.right, ir.Constant) and known.right.text.isdigit():
                return compare(int(known.right.text), int(bound.text))
    return None


def is_constant(name: ir.Local, value: ir.Constant) -> tuple[ir.Value, bool] | None:
    """What is known after `name = value`, as a condition and its truth; None for constants that are no plain literals."""
    if value.text in ("true", "false"):
        return name, value.text == "true"
    return (ir.Binary("==", name, value), True) if value.text.isdigit() else None


def _with(assumed: Mapping[ir.Value, bool], condition: ir.Value, truth: bool) -> dict[ir.Value, bool]:
    """What is assumed, and one condition more; the oldest one is forgotten where they are many."""
    known = dict(assumed)
    if len(known) >= _MAX_ASSUMED:
        del known[next(iter(known))]
    known[condition] = truth
    return known


def _when_missing(condition: ir.Value) -> bool | None:
    """What `m[k]`, `m[k] == c` or `m[k] > c` is for a missing key; None where that can't be told."""
    if isinstance(condition, ir.Element):
        return False if condition.type == Basic("bool") else None
    if isinstance(condition, ir.Binary) and isinstance(condition.left, ir.Element):
        if isinstance(condition.right, ir.Constant):
            text = condition.right.text
            zero = text in ("0", '""', "false", "``", "0.0")
            if condition.op == "==":
                return zero if zero or text.isdigit() or text[:1] in '"`' else None
            if condition.op in (">", ">=") and text.isdigit():
                return condition.op == ">=" and zero
    return None


def surely_empty(subject: ir.Value, state: State) -> bool:
    """Whether a condition has said that there is nothing to range over: an empty collection, nil, or a count of 0."""
    if no_more_than_zero(subject, state):
        return True
    for condition, truth in state.assumed.items():
        if (
            isinstance(condition, ir.Binary)
            and isinstance(condition.left, ir.Opaque)
            and condition.left.operands == (subject,)
        ):
            if (
                isinstance(condition.right, ir.Constant)
                and condition.right.text == "0"
                and condition.left.text.startswith("len(")
            ):
                if (condition.op == "==" and truth) or (condition.op == ">" and not truth):
                    return True
        if truth and compared_with_nil(condition) == (subject, True):
            return True
    return False


def no_more_than_zero(count: ir.Value, state: State) -> bool:
    """Whether a condition has said that a number is 0 or less."""
    for condition, truth in state.assumed.items():
        if isinstance(condition, ir.Binary) and condition.left == count and isinstance(condition.right, ir.Constant):
            bound = (condition.op, condition.right.text)
            if bound in ((">", "0"), (">=", "1")) and not truth:
                return True
            if bound in (("==", "0"), ("<", "1"), ("<=", "0")) and truth:
                return True
    return False
