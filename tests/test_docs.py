"""The pages in `docs/rules/` are those of the rules as they are, and whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_rule_pages import programs, sections

from golint_maps.cli import main
from golint_maps.engine.run import check, known_rules
from golint_maps.project.config import Settings
from golint_maps.report.pages import INDEX, file_name, pages, write_pages
from golint_maps.rule import Rule

RULES = [rule for rule in known_rules() if rule.__module__.startswith("golint_maps.")]
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
EACH = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
SECTIONS = [
    "What it reports",
    "Why it hurts",
    "Bad",
    "Good",
    "When it stays silent",
    "How to fix",
    "Configure and suppress",
    "References",
]
_LINK = re.compile(r"\]\((\S+?)\)")


def test_the_folder_is_current() -> None:
    """`golint-maps rules --format markdown --output docs/rules` makes it so."""
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert there == pages(RULES)


@EACH
def test_a_page_has_all_sections(rule: type[Rule]) -> None:
    found = sections(rule.page())
    assert [title for title in found if title in SECTIONS] == SECTIONS
    assert all(text.strip() for text in found.values())
    settings = found["Configure and suppress"]
    assert rule.id in settings
    assert "nolint" in settings or rule.id == "GM001"
    assert _LINK.search(found["References"])
    assert {"Bad", "Good"} <= {program.heading for program in programs(rule)}


def test_the_links_of_the_index_lead_to_pages() -> None:
    linked = _LINK.findall((FOLDER / INDEX).read_text(encoding="utf-8"))
    assert linked == [file_name(rule) for rule in RULES]
    assert all((FOLDER / name).is_file() for name in linked)


def test_the_programs_about_unused_comments(tmp_path: Path) -> None:
    """That rule belongs to the engine, so that the tests of the other pages don't see it."""
    rule = next(rule for rule in RULES if rule.id == "GM001")
    for program in programs(rule):
        (tmp_path / "main.go").write_text(program.text, encoding="utf-8")
        report = check([str(tmp_path)], Settings(report_unused_suppressions=True), cwd=tmp_path)
        assert [one.finding.rule for one in report.findings] == ["GM001"] * (program.heading == "Bad")


def test_the_command_writes_what_has_changed(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    command = ["rules", "--format", "markdown", "--output", str(folder)]
    first = CliRunner().invoke(main, command)
    assert first.exit_code == 0, first.stderr
    (folder / "GM101-concurrent-map-write.md").write_text("other")
    (folder / "GM999-gone.md").write_bytes((folder / INDEX).read_bytes())
    (folder / "mine.md").write_text("mine")
    again = CliRunner().invoke(main, command)
    assert "2 files changed" in again.stderr
    assert not (folder / "GM999-gone.md").exists()
    assert (folder / "mine.md").read_text() == "mine"
    assert write_pages(known_rules(), folder) == 0


def test_the_format_and_the_folder_go_together(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["rules", "--format", "markdown"]).exit_code == 2
    assert CliRunner().invoke(main, ["rules", "--output", str(tmp_path)]).exit_code == 2
