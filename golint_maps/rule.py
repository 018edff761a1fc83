"""What a rule is: the contract that our rules and users' own rules are written against.

A rule is one class in one file of `rules/`. Its docstring is its documentation page (Markdown): the first line says what
is reported, the sections are named `## What it reports`, `## Why it hurts`, `## Bad`, `## Good`, `## When it stays silent`,
`## How to fix`, `## References`. The engine walks each function once and hands each op to the visitor methods that a rule has.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from golint_maps.finding import Confidence, Finding, Fix, Level, Location, MissingLock, Quoted, Related, ThreadTrace

if TYPE_CHECKING:
    from golint_maps.flow import ir
    from golint_maps.flow.package import PackageFlow


class Rule:
    """One defect that golint-maps can report.

    Subclasses set `id` (`GM201`), `name` (`range-delete`, names the defect), `level` (at high confidence), if it is off
    unless selected `default = False`, and `without_maps = True` if it has something to say about packages that have
    nothing to do with maps, which others are not asked about. They define any of

    - `check_package(package)`: verdicts over a whole package (`PackageFlow`);
    - `check_function(function, package)`: called once for each function and function literal (`ir.Function`);
    - `visit_<op>(op, function, package)` for ops of `golint_maps.flow.ir`, by lower-cased class name: `visit_range`,
      `visit_access`, `visit_call`, `visit_assign`, `visit_return`, `visit_send`, `visit_if`, …

    each of which yields `Finding`s, made with `self.finding(...)`. A rule keeps no state between calls.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    level: ClassVar[Level]
    default: ClassVar[bool] = True
    without_maps: ClassVar[bool] = False

    def finding(
        self,
        function: ir.Function,
        at: ir.Where,
        message: str,
        *,
        map_name: str = "",
        hint: str = "",
        level: Level | None = None,
        confidence: Confidence = Confidence.HIGH,
        related: Iterable[Related] = (),
        threads: Iterable[ThreadTrace] = (),
        fix: Fix | None = None,
        missing_lock: MissingLock | None = None,
        quoted: Iterable[Quoted] = (),
    ) -> Finding:
        """A finding of this rule at the byte range `at` in the file of `function`.

        `level` defaults to the rule's own; medium confidence lowers an error to a warning, as the catalogue says.
        """
        chosen = self.level if level is None else level
        if confidence < Confidence.HIGH and level is None:
            chosen = min(chosen, Level.WARNING)
        return Finding(
            rule=self.id,
            name=self.name,
            level=chosen,
            confidence=confidence,
            message=message,
            location=Location(function.path, *at),
            map=map_name,
            hint=hint,
            related=tuple(related),
            threads=tuple(threads),
            anchor=function.name,
            fix=fix,
            missing_lock=missing_lock,
            quoted=tuple(quoted),
        )

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Verdicts over the whole package; override."""
        return iter(())

    def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
        """Verdicts over one function body; override."""
        return iter(())

    @classmethod
    def page(cls) -> str:
        """The documentation page: the docstring, dedented (Markdown)."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first line of the documentation page: what is reported, in one sentence."""
        return cls.page().partition("\n")[0]


class StandIn(Rule):
    """Base of classes that describe a rule without being able to run it."""


def runnable(rules: Iterable[type[Rule]]) -> tuple[type[Rule], ...]:
    """The rules, with those of the same id in place of stand-ins. Raises KeyError where there is none."""
    rules = tuple(rules)
    if not any(issubclass(rule, StandIn) for rule in rules):
        return rules
    installed = {rule.id: rule for rule in discover()}
    return tuple(installed[rule.id] if issubclass(rule, StandIn) else rule for rule in rules)


def discover() -> tuple[type[Rule], ...]:
    """The rules of this program, sorted by id: each `Rule` subclass with an id in a module of `golint_maps.rules`.

    Raises ValueError when two rules claim one id or one name. Users' own rules are found by `golint_maps.engine.ownrules`.
    """
    package = importlib.import_module("golint_maps.rules")
    found: dict[str, type[Rule]] = {}
    names: set[str] = set()
    for info in pkgutil.iter_modules(package.__path__):
        for candidate in rules_in(importlib.import_module(f"golint_maps.rules.{info.name}")):
            if candidate.id in found or candidate.name in names:
                raise ValueError(f"two rules claim {candidate.id} or {candidate.name}")
            found[candidate.id] = candidate
            names.add(candidate.name)
    return tuple(found[key] for key in sorted(found))


def rules_in(module: ModuleType) -> Iterator[type[Rule]]:
    """The rules that a module defines: `Rule` subclasses of its own which have an id."""
    for candidate in vars(module).values():
        if (
            isinstance(candidate, type)
            and issubclass(candidate, Rule)
            and candidate.__module__ == module.__name__
            and "id" in vars(candidate)
        ):
            yield candidate
