"""The README tells the truth: its example prints what it says, and its table of rules names rules that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from golint_maps.cli import main
from golint_maps.engine.run import known_rules
from golint_maps.project.config import parse

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (GM\d{3}) \| ([\w-]+) \| (\w+)(, off)? \| (.+) \|$", re.MULTILINE)


def fenced(language: str) -> str:
    """The first block of the README in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hub.go").write_text(fenced("go"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert result.stdout.strip() == fenced("text").strip()


def test_the_configuration_is_one() -> None:
    assert parse(fenced("toml")).per_path


def test_the_table_names_rules_that_exist_as_they_are() -> None:
    known = {rule.id: (rule.name, rule.level.label, not rule.default) for rule in known_rules()}
    rows = {id_: (name, level, bool(off)) for id_, name, level, off, _ in _ROW.findall(README)}
    assert rows
    assert rows == {id_: known.get(id_) for id_ in rows}
