"""The analysis of one package: a pure function of its files and of the facts of the packages that it imports."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from types import MappingProxyType

from golint_maps.engine.outcome import Problem, Timings
from golint_maps.engine.witnesses import in_doubt, upheld
from golint_maps.finding import Finding
from golint_maps.flow import ir
from golint_maps.flow.answers import about
from golint_maps.flow.build import lower_package
from golint_maps.flow.facts import PackageFacts
from golint_maps.flow.models import Spawner
from golint_maps.flow.package import PackageFlow, analyse_package
from golint_maps.flow.remembered import forget
from golint_maps.flow.reuse import Reuse
from golint_maps.project.package import Package
from golint_maps.record import record
from golint_maps.rule import Rule
from golint_maps.types import stdlib
from golint_maps.types.declarations import PackageTypes, exported
from golint_maps.types.hints import NO_HINTS, TypeHints

# Lowering and interpretation recurse along the nesting of the code, which `expressions.MAX_DEPTH` bounds.
_RECURSION = 20_000


@record(frozen=True, slots=True)
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
    result, flow = examine(package, facts, rules, spawners, hints, tell=tell)
    if flow is not None:
        flow.take_apart()
    return result


def examine(
    package: Package,
    facts: Mapping[str, PackageFacts],
    rules: Sequence[type[Rule]],
    spawners: Mapping[str, Spawner] = MappingProxyType({}),
    hints: TypeHints = NO_HINTS,
    reuse: Reuse | None = None,
    hearing: Reuse | None = None,
    tell: Callable[[PackageFacts], None] | None = None,
) -> tuple[PackageResult, PackageFlow | None]:
    """As `analyse`, with the flow for further questions (None without rules): for callers in the same process.

    `reuse` is what was kept of the package as it was before an edit, all other arguments being the same, and `hearing`
    the same of the second look, with the tests that are witnesses.
    """
    code = package.code
    try:
        result, flow = _examine(code, facts, rules, spawners, hints, reuse, tell)
        doubted = in_doubt(result.findings) if code is not package else frozenset()
        if doubted:
            # What is kept for the next analysis is kept for all rules.
            asked = rules if hearing is not None else [rule for rule in rules if rule.id in doubted]
            heard, _ = _examine(package, facts, asked, spawners, hints, hearing, None)
            certain = [one for one in result.findings if one.rule not in doubted]
            standing = upheld([one for one in result.findings if one.rule in doubted], heard.findings)
            result = replace(result, findings=(*certain, *standing))
        return result, flow
    finally:
        forget()


def _examine(
    package: Package,
    facts: Mapping[str, PackageFacts],
    rules: Sequence[type[Rule]],
    spawners: Mapping[str, Spawner],
    hints: TypeHints,
    reuse: Reuse | None,
    tell: Callable[[PackageFacts], None] | None,
) -> tuple[PackageResult, PackageFlow | None]:
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
    wanted: list[Rule] = []
    for kind in rules:
        if flow.has_maps or kind.without_maps:
            try:
                wanted.append(kind())
            except Exception:
                problems.append(Problem("internal", package.folder, _failure(kind.id), kind.id))
    known_of = _of_functions(wanted, flow) if reuse is not None else None
    for rule in wanted:
        begun = time.perf_counter()
        try:
            if known_of is None:
                findings.extend(_findings(rule, flow))
            else:
                findings.extend(rule.check_package(flow))
                for found, failure in known_of.get(rule.id, ()):
                    findings.extend(found)
                    if failure:
                        problems.append(Problem("internal", package.folder, failure, rule.id))
                        break
        except Exception:
            problems.append(Problem("internal", package.folder, _failure(rule.id), rule.id))
        seconds.append((rule.id, time.perf_counter() - begun))
    timings = Timings((("flow", analysed - started), ("rules", time.perf_counter() - analysed)), tuple(seconds))
    return PackageResult(tuple(findings), known[0], flow.partly_read, tuple(problems), lines, timings), flow


def _failure(rule: str) -> str:
    """What to say of the exception that is being handled, which a rule has raised."""
    import traceback  # long to import, and hardly ever needed

    reason = traceback.format_exc().strip().splitlines()
    return f"rule {rule} failed: {reason[-1]} ({reason[-3].strip()})"


def _findings(rule: Rule, flow: PackageFlow) -> Iterator[Finding]:
    """What one rule reports of a package: its package check, its function checks, its visitors."""
    yield from rule.check_package(flow)
    visitors = _visitors(rule)
    if visitors:
        for function in flow.all_functions():
            yield from _in_function(rule, visitors, function, flow)
    elif _checks_functions(rule):
        for function in flow.all_functions():
            yield from rule.check_function(function, flow)


def _in_function(rule: Rule, visitors: _Visitors, function: ir.Function, flow: PackageFlow) -> Iterator[Finding]:
    yield from rule.check_function(function, flow)
    if visitors:
        for op in flow.index(function).of(visitors):
            yield from visitors[type(op)](op, function, flow)


_Visitors = Mapping[type[ir.Op], Callable[[ir.Op, ir.Function, PackageFlow], Iterable[Finding]]]


_VISITS = {operation: f"visit_{operation.__name__.lower()}" for operation in ir.Op.__subclasses__()}


def _visitors(rule: Rule) -> _Visitors:
    """The methods of a rule that are called with ops, by kind of op."""
    return {operation: getattr(rule, name) for operation, name in _VISITS.items() if hasattr(rule, name)}


def _checks_functions(rule: Rule) -> bool:
    return type(rule).check_function is not Rule.check_function


# What a rule has found in a function, and how it failed then ("" if it did not).
_Found = tuple[list[Finding], str]


def _of_functions(rules: Iterable[Rule], flow: PackageFlow) -> dict[str, list[_Found]]:
    """What each rule (by id) finds in single functions, in the order of these; taken over where it still holds."""
    asked = [(rule, _visitors(rule)) for rule in rules]
    asked = [(rule, visitors) for rule, visitors in asked if visitors or _checks_functions(rule)]

    def look(function: ir.Function, seen: PackageFlow) -> list[tuple[str, _Found]]:
        every = [(rule.id, _in_one(rule, visitors, function, seen)) for rule, visitors in asked]
        return [(rule, found) for rule, found in every if found != ([], "")]

    by_rule: dict[str, list[_Found]] = {}
    question = "rules" if flow.has_maps else "rules without maps"
    for function in flow.all_functions():
        for rule, found in about(question, function, flow, partial(look, function)):
            by_rule.setdefault(rule, []).append(found)
    return by_rule


def _in_one(rule: Rule, visitors: _Visitors, function: ir.Function, flow: PackageFlow) -> _Found:
    found: list[Finding] = []
    try:
        found.extend(_in_function(rule, visitors, function, flow))
    except Exception:
        return found, _failure(rule.id)
    return found, ""
