"""The analysis of one package: a pure function of its files and of the facts of the packages that it imports."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from golint_maps.engine.outcome import Problem, Timings
from golint_maps.finding import Finding
from golint_maps.flow import ir
from golint_maps.flow.build import lower_package
from golint_maps.flow.facts import PackageFacts
from golint_maps.flow.models import Spawner
from golint_maps.flow.package import PackageFlow, analyse_package
from golint_maps.flow.reuse import Reuse
from golint_maps.project.package import Package
from golint_maps.rule import Rule
from golint_maps.types import stdlib
from golint_maps.types.declarations import PackageTypes, exported
from golint_maps.types.hints import NO_HINTS, TypeHints

# Lowering and interpretation recurse along the nesting of the code, which `expressions.MAX_DEPTH` bounds.
_RECURSION = 20_000


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What the analysis of one package gives: findings, facts for its importers, and what was not wholly read."""

    findings: tuple[Finding, ...]
    facts: PackageFacts
    partly_read: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: int = 0
    timings: Timings = field(default_factory=Timings)


class TypesOf(Mapping[str, PackageTypes]):
    """The declarations inside a mapping of facts."""

    def __init__(self, facts: Mapping[str, PackageFacts]) -> None:
        self._facts = facts

    def __getitem__(self, path: str) -> PackageTypes:
        return self._facts[path].types

    def __contains__(self, path: object) -> bool:
        return path in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def analyse(
    package: Package,
    facts: Mapping[str, PackageFacts],
    rules: Sequence[type[Rule]],
    spawners: Mapping[str, Spawner] = MappingProxyType({}),
    hints: TypeHints = NO_HINTS,
    tell: Callable[[PackageFacts], None] | None = None,
) -> PackageResult:
    """Analyse a package; `facts` are those of the packages in the run that it may ask for, by import path.

    `spawners` are the configuration's functions that run an argument on another goroutine, by qualified name, `hints`
    what it tells about types. `tell` is called with the package's facts as soon as they are known, which is long before
    its findings are.

    A rule that fails is a problem of its own and does not hide what others found.
    """
    return examine(package, facts, rules, spawners, hints, tell=tell)[0]


def examine(
    package: Package,
    facts: Mapping[str, PackageFacts],
    rules: Sequence[type[Rule]],
    spawners: Mapping[str, Spawner] = MappingProxyType({}),
    hints: TypeHints = NO_HINTS,
    reuse: Reuse | None = None,
    tell: Callable[[PackageFacts], None] | None = None,
) -> tuple[PackageResult, PackageFlow | None]:
    """As `analyse`, with the flow for further questions (None without rules): for callers in the same process.

    `reuse` is what was kept of the package as it was before an edit, all other arguments being the same.
    """
    known: list[PackageFacts] = []

    def declared(types: PackageTypes) -> None:
        known.append(PackageFacts(exported(types)))
        if tell is not None:
            tell(known[0])

    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    started = time.perf_counter()
    lines = sum(file.text.count(b"\n") for file in package.files if file.reported)
    if not rules:  # only others ask for it: its declarations are enough
        types = TypesOf(facts)
        lowered = lower_package(package, types, stdlib.package, declarations_only=True, hints=hints, declared=declared)
        timings = Timings((("declarations", time.perf_counter() - started),))
        return PackageResult((), known[0], lowered.partly_read, (), lines, timings), None
    flow = analyse_package(package, TypesOf(facts), stdlib.package, spawners, hints, reuse, declared)
    analysed = time.perf_counter()
    findings: list[Finding] = []
    problems: list[Problem] = []
    seconds: list[tuple[str, float]] = []
    for rule in rules:
        if not (flow.has_maps or rule.without_maps):
            continue
        begun = time.perf_counter()
        try:
            findings.extend(_findings(rule(), flow))
        except Exception:
            reason = traceback.format_exc().strip().splitlines()
            detail = f"rule {rule.id} failed: {reason[-1]} ({reason[-3].strip()})"
            problems.append(Problem("internal", package.folder, detail, rule.id))
        seconds.append((rule.id, time.perf_counter() - begun))
    timings = Timings((("flow", analysed - started), ("rules", time.perf_counter() - analysed)), tuple(seconds))
    return PackageResult(tuple(findings), known[0], flow.partly_read, tuple(problems), lines, timings), flow


def _findings(rule: Rule, flow: PackageFlow) -> Iterable[Finding]:
    """What one rule reports of a package: its package check, its function checks, its visitors."""
    yield from rule.check_package(flow)
    per_function = type(rule).check_function is not Rule.check_function
    visitors = {
        operation: getattr(rule, f"visit_{operation.__name__.lower()}")
        for operation in ir.Op.__subclasses__()
        if hasattr(rule, f"visit_{operation.__name__.lower()}")
    }
    if not per_function and not visitors:
        return
    for function in flow.all_functions():
        if per_function:
            yield from rule.check_function(function, flow)
        if visitors and function.body is not None:
            for op in ir.walk(function.body):
                visit = visitors.get(type(op))
                if visit is not None:
                    yield from visit(op, function, flow)
