"""The documentation page of each rule: complete, and true, which is why its programs are checked and compiled."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from golang import Toolchain

from golint_maps.engine.run import check
from golint_maps.finding import Finding, Level
from golint_maps.project.config import Settings
from golint_maps.rule import Rule, discover

SECTIONS = ("What it reports", "Why it hurts", "Bad", "Good", "When it stays silent", "How to fix", "References")
_HEADING = re.compile(r"^## (?P<title>.+)\n", re.MULTILINE)
_PROGRAM = re.compile(r"^```go\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

RULES = discover()
_ON = frozenset(rule.id for rule in RULES if rule.default)
EACH = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


@dataclass(frozen=True)
class Program:
    """A program that a page shows: under which heading, and in which folder the tests keep it."""

    rule: str
    heading: str
    folder: str
    text: str


def sections(page: str) -> dict[str, str]:
    """The text of each section of a page, by heading."""
    parts = _HEADING.split(page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def programs(rule: type[Rule]) -> list[Program]:
    """The Go programs on a rule's page, in order."""
    return [
        Program(rule.id, heading, f"{rule.id.lower()}_{heading.lower().replace(' ', '_')}_{number}", match["text"])
        for heading, text in sections(rule.page()).items()
        for number, match in enumerate(_PROGRAM.finditer(text), start=1)
    ]


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Go module with all programs of all pages, each in its folder."""
    root = tmp_path_factory.mktemp("pages")
    (root / "go.mod").write_text("module pages\n\ngo 1.27\n", encoding="utf-8")
    for rule in RULES:
        for program in programs(rule):
            (root / program.folder).mkdir()
            (root / program.folder / "main.go").write_text(program.text, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def found(module: Path) -> dict[str, list[Finding]]:
    """What all rules say about the programs, by folder."""
    report = check(["."], Settings(select=tuple(rule.id for rule in RULES)), cwd=module)
    assert report.problems == ()
    assert report.partly_read == ()
    by_folder: dict[str, list[Finding]] = {}
    for one in report.findings:
        by_folder.setdefault(Path(one.finding.location.path).parent.name, []).append(one.finding)
    return by_folder


def is_loud(finding: Finding, rule: type[Rule]) -> bool:
    """Whether a good program on the page of `rule` must not have this finding: its own, or one that users see."""
    return finding.rule == rule.id or (finding.level >= Level.WARNING and finding.rule in _ON)


@pytest.fixture(scope="session")
def complaints(module: Path, go: Toolchain) -> str:
    """What the compiler says about the programs: for each that it refuses, `# pages/<folder>` and the reasons."""
    done = subprocess.run(
        [go.tool("go"), "build", "./..."],
        cwd=module,
        env=dict(go.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0 or "# pages/" in done.stdout, done.stdout
    return done.stdout


@EACH
def test_the_page_is_complete(rule: type[Rule]) -> None:
    assert rule.summary().endswith(".")
    found = sections(rule.page())
    assert [title for title in found if title in SECTIONS] == list(SECTIONS)
    assert all(text.strip() for text in found.values())
    shown = {program.heading for program in programs(rule)}
    assert {"Bad", "Good"} <= shown


@EACH
def test_the_bad_programs_are_reported_and_the_good_ones_are_not(
    rule: type[Rule], found: dict[str, list[Finding]]
) -> None:
    for program in programs(rule):
        said = found.get(program.folder, [])
        if program.heading == "Bad":
            assert rule.id in {one.rule for one in said}, f"silent about\n{program.text}"
        if program.heading == "Good":
            loud = [f"{one.rule} {one.message}" for one in said if is_loud(one, rule)]
            assert not loud, program.text


@EACH
def test_the_programs_compile(rule: type[Rule], complaints: str) -> None:
    refused = {line.split("/")[1] for line in complaints.splitlines() if line.startswith("# pages/")}
    mine = {program.folder for program in programs(rule)}
    assert not mine & refused, complaints
