"""Keys that no two goroutines have at a time: a work queue hands out each one once, or each goroutine was started with one.

`for _, repo := range repos { go work(repo) }`, and `work` keeps something under `repo.ID`; a worker takes `key` from a queue,
and is done with it when it says so; a controller reconciles one request at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import field

from golint_maps.flow import ir
from golint_maps.flow.facts import CallFact
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import definitions
from golint_maps.flow.threads import HANDLER
from golint_maps.record import record

_MAX_DEPTH = 8
# What names an object, rather than something that others share with it (`pod.Spec.NodeName`).
_NAMES = re.compile(r"id|name|key|uid|namespace|namespacedname", re.IGNORECASE)
_ENDS = re.compile(r"(?:id|ID|Id|Name|Key|UID|Namespace)$")
_PARTS = frozenset({"Spec", "Status"})


@record(slots=True)
class OwnKeys:
    """Answers about the keys in a package."""

    package: PackageFlow
    sites: dict[ir.Function, list[CallFact]] = field(default_factory=lambda: defaultdict(list))

    def is_own(self, key: ir.Value | None, function: ir.Function) -> bool:
        """Whether a key is one that a goroutine in that function has to itself."""
        return key is not None and self._traced(key, function, 0)

    def _traced(self, value: ir.Value, function: ir.Function, depth: int) -> bool:
        """Whether a value names what a queue, a request or the start of the goroutine has given."""
        if depth > _MAX_DEPTH:
            return False
        value = ir.strip(value)
        while isinstance(value, ir.Field):
            if value.name in _PARTS or not (_NAMES.fullmatch(value.name) or _ENDS.search(value.name)):
                # An object may be reached through others (`req.NamespacedName.Name`), but is not what these share.
                return False
            value = ir.strip(value.base)
        if isinstance(value, ir.Result):
            return self._returned(value, function, depth)
        if isinstance(value, ir.Opaque):
            return any(self._traced(one, function, depth + 1) for one in value.operands)
        if isinstance(value, ir.Binary):
            return any(self._traced(one, function, depth + 1) for one in (value.left, value.right))
        if not isinstance(value, ir.Local):
            return False
        variable = value.variable
        if variable.function is not function:
            return self._captured(variable, function, depth)
        if variable.kind == "param":
            return self._given(variable, function, depth)
        known = definitions(variable) if variable.kind == "local" else []
        return len(known) == 1 and known[0] is not None and self._traced(known[0], function, depth + 1)

    def _returned(self, value: ir.Result, function: ir.Function, depth: int) -> bool:
        callee = value.call.callee
        if isinstance(callee, (ir.MethodRef, ir.Field)) and callee.name == "Get" and not value.call.arguments:
            return any(
                isinstance(op, ir.Call)
                and isinstance(op.callee, (ir.MethodRef, ir.Field))
                and op.callee.name == "Done"
                and op.arguments
                and op.callee.base == callee.base
                for op in ir.walk_with_literals(ir.outermost(function))
            )
        if isinstance(callee, ir.MethodRef) and _NAMES.fullmatch(callee.name.removeprefix("Get")):
            return self._traced(callee.base, function, depth + 1)
        return any(self._traced(one, function, depth + 1) for one in value.call.arguments)

    def _captured(self, variable: ir.Variable, function: ir.Function, depth: int) -> bool:
        """A variable of a function around this one: that of the loop which starts it, or what that one has to itself."""
        parent = function.parent
        if parent is None:
            return False
        starts = [one for one in self._sites(function) if one.spawn is not None]
        if starts:
            return all(self._is_item(ir.Local(variable), one) for one in starts)
        return self._traced(ir.Local(variable, type=variable.type), parent, depth + 1)

    def _given(self, variable: ir.Variable, function: ir.Function, depth: int) -> bool:
        if function.short_name == "Reconcile" and ir.text_of(ir.Local(variable)) in ("req", "request"):
            return True
        sites = [one for one in self._sites(function) if not one.caller.is_test]
        if not sites or (function.exported and not function.receiver_type):
            return False
        for site in sites:
            argument = site.arguments.get(variable)
            if argument is None:
                return False
            if site.spawn is not None:
                if not self._is_item(argument, site):
                    return False
            elif not self._traced(argument, site.caller, depth + 1):
                return False
        return True

    def _is_item(self, value: ir.Value, start: CallFact) -> bool:
        """Whether a value is that of the round of a loop in which a goroutine is started, by one who does so alone.

        It comes from a `range`, or out of a channel.
        """
        threads = [context.thread for context in self.package.contexts.get(start.caller, ())]
        if any(thread.kind == HANDLER or thread.many for thread in threads):
            return False
        first, body = _start(value), start.caller.body
        for op in ir.walk(body) if body is not None else ():
            if isinstance(op, ir.Range) and op.over != "integer" and op.at[0] <= start.at[0] < op.at[1]:
                if (isinstance(first, ir.Item) and first.loop is op) or first in (op.key, op.value):
                    return True
            received = isinstance(op, ir.Loop) and isinstance(first, ir.Unary) and first.op == "<-"
            if received and op.at[0] <= first.at[0] <= start.at[0] < op.at[1]:
                return True
        return False

    def _sites(self, function: ir.Function) -> list[CallFact]:
        if not self.sites:
            for facts in self.package.facts.values():
                for call in facts.calls:
                    self.sites[call.callee].append(call)
        return self.sites.get(function, [])


def _start(value: ir.Value) -> ir.Value:
    """What a path of fields starts in, through variables that are given a value once."""
    for _ in range(_MAX_DEPTH):
        while isinstance(value, ir.Field):
            value = ir.strip(value.base)
        known = definitions(value.variable) if isinstance(value, ir.Local) and value.variable.kind == "local" else []
        if len(known) != 1 or known[0] is None:
            break
        value = ir.strip(known[0])
    return value


def own_keys(package: PackageFlow) -> OwnKeys:
    """The keys of a package; found once and shared by the rules that ask."""
    return package.shared(OwnKeys)
