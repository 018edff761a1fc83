"""Stands in for the analysis in tests of the engine: it reads its verdicts from the text of the files.

Each `BUG(<rule>)` is a finding. `dies(<n>)` kills the process at the first n attempts (counted by a file named in the
environment), `raises` makes the analysis fail, `secret` makes facts that can't be pickled. The facts of a package are
the import paths of all packages whose facts it has looked at, so that order and hand-over of facts can be observed.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report_sample import RULES

from golint_maps.engine.outcome import Problem, Timings
from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.project.package import Package
from golint_maps.rule import Rule

ATTEMPTS = "FAKE_ANALYSIS_ATTEMPTS"
BUG = re.compile(rb"BUG\((\w+)(?:,(\w+))?\)")


@dataclass(frozen=True)
class PackageResult:
    findings: tuple[Finding, ...]
    facts: Any
    partly_read: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: int = 0
    timings: Timings = field(default_factory=Timings)


def analyse(
    package: Package, facts: Mapping[str, Any], rules: Sequence[type[Rule]], tell: object = None
) -> PackageResult:
    text = b"".join(file.text for file in package.files)
    if b"raises" in text:
        raise RuntimeError("the analysis\nhas a bug")
    if death := re.search(rb"dies\((\d+)\)", text):
        attempts = Path(os.environ[ATTEMPTS])
        attempts.write_text(attempts.read_text() + "x")
        if len(attempts.read_text()) <= int(death[1]):
            os._exit(1)
    below = [facts[name] for name in sorted(facts)]
    seen = {path for paths in below for path in paths} | set(facts)
    wanted = {rule.id: rule for rule in rules}
    findings = []
    for file in package.files:
        for mark in BUG.finditer(file.text):
            rule = wanted.get(mark[1].decode())
            if rule is not None:
                findings.append(finding(rule, file.path, mark.start(), mark.end(), (mark[2] or b"").decode()))
    told: Any = (lambda: 0) if b"secret" in text else tuple(sorted({*seen, package.import_path}))
    partly = tuple(file.path for file in package.files if b"(((" in file.text)
    return PackageResult(tuple(findings), told, partly, lines=text.count(b"\n"))


def finding(rule: type[Rule], path: str, start: int, end: int, how: str = "") -> Finding:
    """A finding of `rule`; `how` names its level or confidence, or asks for a place in a file that is not there."""
    found = Finding(rule.id, rule.name, rule.level, Confidence.HIGH, "this is bad", Location(path, start, end))
    if how.upper() in Level.__members__:
        found = dataclasses.replace(found, level=Level[how.upper()])
    elif how.upper() in Confidence.__members__:
        found = dataclasses.replace(found, confidence=Confidence[how.upper()])
    elif how == "elsewhere":
        found = dataclasses.replace(found, related=(Related(Location("gone.go", 0, 1), "far away"),))
    return found


def facts_as_findings(
    package: Package, facts: Mapping[str, Any], rules: Sequence[type[Rule]], tell: object = None
) -> PackageResult:
    """As `analyse`, with one finding in each package that tells which facts it could see."""
    result = analyse(package, facts, rules)
    told = finding(RULES[0], package.files[0].path, 0, 7)
    message = f"{package.import_path}: {' '.join(sorted(facts))}"
    return dataclasses.replace(result, findings=(*result.findings, dataclasses.replace(told, message=message)))
