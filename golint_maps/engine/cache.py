"""What is remembered of packages between runs: findings of all rules, and facts for their importers.

A package's entry is found by the hash of all that its analysis looks at by itself: the bytes and paths of its files, how
they are built, the settings that matter, the rules, and this program. It holds a few results, each with the facts of
other packages that it asked for; one is right if those are what they were. So a change in a package is felt by those that
import it only where it changes what they have seen of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine.outcome import Outcome
from golint_maps.engine.plain import facts_codec, findings_codec
from golint_maps.engine.store import Store, canonical, digest, tool_identity
from golint_maps.engine.visible import ABSENT, PRESENT, names_hash

if TYPE_CHECKING:
    from golint_maps.engine.order import Step
    from golint_maps.flow.facts import PackageFacts
    from golint_maps.project.config import Settings
    from golint_maps.rule import Rule

# Results per entry: branches that are switched between differ in what they import, not only in the package itself.
_VARIANTS = 4


class LostFacts(Exception):  # noqa: N818 - no error, but a reason to begin again
    """Facts that were in the store a moment ago are gone."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A remembered result: the outcome and the hash of the package's facts."""

    outcome: Outcome
    facts: str


class PackageCache:
    """The results of packages in a store, for one way to analyse (rules, settings, program)."""

    def __init__(self, store: Store, settings: Settings, rules: Sequence[type[Rule]]) -> None:
        """`rules` are all that are computed."""
        self.store = store
        self.reading = True
        self._identity = identity(settings, rules)
        self._keys: dict[str, str] = {}

    def find(self, step: Step, hashes: Mapping[str, str]) -> Hit | None:
        """What is known of a package, given the hashes of the facts of those below it by import path."""
        if not self.reading:
            return None
        for variant in self._variants(self._key(step)):
            try:
                asked, facts, findings, partly, lines = variant
                if all(_is_as_before(name, value, step, hashes) for name, value in asked):
                    reported = [file.reported for file in step.package.files]
                    return Hit(
                        Outcome(
                            findings_codec().decode(findings),
                            tuple(partly),
                            (),
                            sum(count for count, wanted in zip(lines, reported, strict=True) if wanted),
                        ),
                        facts,
                    )
            except (TypeError, ValueError):
                continue
        return None

    def keep(self, step: Step, outcome: Outcome, facts: PackageFacts, asked: Mapping[str, str | int]) -> str:
        """Remember a result; the hash of its facts. Results with problems are not kept, but their facts have one, too."""
        data = facts_codec().encode(facts)
        known = digest(canonical(data))
        if outcome.problems:
            return known
        kept = self.store.put(_facts_key(known), data)
        if kept:
            key = self._key(step)
            lines = [file.text.count(b"\n") for file in step.package.files]
            findings = findings_codec().encode(outcome.findings)
            variant = [sorted(asked.items()), known, findings, list(outcome.partly_read), lines]
            older = [one for one in self._variants(key) if one[:1] != [[list(item) for item in variant[0]]]]
            self.store.put(key, [variant, *older[: _VARIANTS - 1]])
        return known

    def facts(self, known: str) -> PackageFacts:
        """The facts with the hash `known`. Raises LostFacts where they are no longer there."""
        data = self.store.get(_facts_key(known))
        try:
            facts: PackageFacts = facts_codec().decode(data)
        except ValueError:
            raise LostFacts(known) from None
        if data is None:
            raise LostFacts(known)
        return facts

    def _variants(self, key: str) -> list[Any]:
        found = self.store.get(key) if self.reading else None
        return found if isinstance(found, list) else []

    def _key(self, step: Step) -> str:
        path = step.package.import_path
        if path not in self._keys:
            self._keys[path] = digest(canonical(["package", self._identity, _description(step)]))
        return self._keys[path]


def identity(settings: Settings, rules: Sequence[type[Rule]]) -> str:
    """A hash of what decides about findings beside the code that is checked."""
    lock_types, spawners = sorted(settings.lock_types), repr(sorted(settings.spawners.items()))
    return digest(canonical([tool_identity(), lock_types, spawners, [_rule_identity(rule) for rule in rules]]))


def _rule_identity(rule: type[Rule]) -> list[str]:
    if rule.__module__.startswith("golint_maps."):
        return [rule.id]  # a part of this program
    try:
        home = Path(str(sys.modules[rule.__module__].__file__))
        # Its own file and those beside it, which it may import.
        return [rule.id, home.name, *(digest(path.read_bytes()) for path in sorted(home.parent.glob("*.py")))]
    except (KeyError, OSError):
        return [rule.id, os.urandom(16).hex()]  # nobody can tell when it changes, so nothing is remembered


def _description(step: Step) -> list[Any]:
    """All that the analysis can see of a package by itself."""
    package = step.package
    wanted = any(file.reported for file in package.files)
    module = package.module
    return [
        [package.import_path, package.name, package.folder, package.external_test, wanted],
        [module.path, module.go_version],
        [
            [file.path, digest(file.text), file.package_name, file.constraint, file.go_version, file.is_test]
            for file in package.files
        ],
    ]


def _is_as_before(name: str, value: str | int, step: Step, hashes: Mapping[str, str]) -> bool:
    """Whether the analysis would get the same answer (`VisibleFacts.asked`) if it asked for `name` now."""
    if not name:
        return value == names_hash(one for one, path in step.sees.items() if path in hashes)
    now = hashes.get(step.sees.get(name, ""))
    return value == (PRESENT if now is not None else ABSENT) if isinstance(value, int) else value == now


def _facts_key(known: str) -> str:
    return digest(b"facts " + known.encode())
