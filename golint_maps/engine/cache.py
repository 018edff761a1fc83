"""What is remembered of packages between runs: findings of all rules, and facts for their importers.

A package's entry is found by the hash of all that its analysis looks at by itself: the bytes and paths of its files, how
they are built, the settings that matter, the rules, and this program. It holds a few results, each with the facts of
other packages that it asked for; one is right if those are what they were. So a change in a package is felt by those that
import it only where it changes what they have seen of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from golint_maps.engine.outcome import Outcome
from golint_maps.engine.plain import Data, facts_codec, findings_codec
from golint_maps.engine.program import tool_identity
from golint_maps.engine.snapshot import content_hash
from golint_maps.engine.store import Store, canonical, digest
from golint_maps.engine.visible import ABSENT, PRESENT, names_hash
from golint_maps.record import record

if TYPE_CHECKING:
    from golint_maps.engine.order import Step
    from golint_maps.flow.facts import PackageFacts
    from golint_maps.project.config import Settings
    from golint_maps.project.package import GoFile
    from golint_maps.rule import Rule

# Results per entry: branches that are switched between differ in what they import, not only in the package itself.
_VARIANTS = 4


Asked = Mapping[str, "str | int"]
"""What an analysis wanted to know of others: see `engine.visible.VisibleFacts`."""


class LostFacts(Exception):  # noqa: N818 - no error, but a reason to begin again
    """Facts that were in the store a moment ago are gone."""


@record(frozen=True, slots=True)
class Hit:
    """A remembered result: the outcome and the hash of the package's facts."""

    outcome: Outcome
    facts: str


class PackageCache:
    """The results of packages in a store, for one way to analyse (rules, settings, program).

    `recent` are results that are known to fit the files as they are (see `engine.snapshot`), by import path, and `expected`
    the hashes of facts which all packages had then.
    """

    def __init__(self, store: Store, identity_: str) -> None:
        """`identity_` is the hash of what decides about findings beside the code that is checked."""
        self.store = store
        self.reading = True
        self.recent: Mapping[str, Data] = {}
        self.expected: Mapping[str, str] = {}
        self._as_expected = True
        self._identity = identity_
        self._keys: dict[str, str] = {}

    def done(self, path: str, facts: str | None) -> None:
        """Take note of the facts of a package."""
        if self.expected.get(path) != facts:
            self._as_expected = False

    def find(self, step: Step, hashes: Mapping[str, str]) -> Hit | None:
        """What is known of a package, given the hashes of the facts of those below it by import path."""
        if not self.reading:
            return None
        recent = self.recent.get(step.package.import_path)
        if recent is not None and self._as_expected:
            return _hit(recent, step.package.files)
        for entry in self._entries(self._key(step)):
            try:
                if all(_is_as_before(name, value, step, hashes) for name, value in entry[0]):
                    return _hit(entry, step.package.files)
            except (IndexError, TypeError, ValueError):
                continue
        return None

    def encoded(self, facts: PackageFacts) -> tuple[Data, str]:
        """Facts as they are kept, and their hash."""
        data = facts_codec().encode(facts)
        return data, digest(canonical(data))

    def remember(self, step: Step, outcome: Outcome, facts: Data, asked: Asked) -> tuple[Outcome, str]:
        """Remember a result with its encoded facts; the outcome with its entry, and the hash of the facts.

        Results with problems are not kept.
        """
        known = digest(canonical(facts))
        if outcome.problems:
            return outcome, known
        lines = [file.text.count(b"\n") for file in step.package.files]
        findings = [findings_codec().encode(finding) for finding in outcome.findings]
        entry = [[list(one) for one in sorted(asked.items())], known, findings, list(outcome.partly_read), lines]
        if self.store.put(_facts_key(known), facts):
            key = self._key(step)
            older = [one for one in self._entries(key) if one[:1] != entry[:1]]
            self.store.put(key, [entry, *older[: _VARIANTS - 1]])
        return replace(outcome, entry=entry), known

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

    def _entries(self, key: str) -> list[Any]:
        found = self.store.get(key) if self.reading else None
        return [one for one in found if isinstance(one, list)] if isinstance(found, list) else []

    def _key(self, step: Step) -> str:
        path = step.package.import_path
        if path not in self._keys:
            self._keys[path] = digest(canonical(["package", self._identity, _description(step)]))
        return self._keys[path]


def outcome_of(entry: Data, files: Sequence[GoFile], wanted: Callable[[Data], bool] | None = None) -> Outcome:
    """The outcome that was kept as `entry`, for these files of the package, with the encoded findings that are `wanted`.

    Raises IndexError, TypeError or ValueError for what is no entry.
    """
    _, _, findings, partly, lines = entry
    decode = findings_codec().decode
    return Outcome(
        tuple([decode(one) for one in findings if wanted is None or wanted(one)]),
        tuple(partly),
        (),
        sum(count for count, file in zip(lines, files, strict=True) if file.reported),
        entry=entry,
    )


def worth_decoding(rules: Sequence[type[Rule]], least: int) -> Callable[[Data], bool]:
    """Whether an encoded finding is one of these rules, with at least that confidence."""
    ids = {rule.id for rule in rules}
    # In the order of the fields of `Finding`, behind the name of the class.
    return lambda finding: finding[1] in ids and finding[4][1] >= least


def _hit(entry: Data, files: Sequence[GoFile]) -> Hit:
    return Hit(outcome_of(entry, files), entry[1])


def identity(store: Store, settings: Settings, rules: Sequence[type[Rule]]) -> str:
    """A hash of what decides about findings beside the code that is checked; `store` helps to find it."""
    types = [sorted(names) for names in (settings.lock_types, settings.map_types, settings.safe_types)]
    told = [*types, repr(sorted(settings.map_methods.items())), repr(sorted(settings.spawners.items()))]
    return digest(canonical([tool_identity(store), told, [_rule_identity(rule) for rule in rules]]))


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
            [
                file.path,
                content_hash(file),
                file.package_name,
                file.constraint,
                file.go_version,
                file.is_test,
                file.witness,
            ]
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
