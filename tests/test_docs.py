"""The pages tell the truth: links lead somewhere, configurations are such, options and formats exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from golint_maps.cli.check import check
from golint_maps.project.config import load, parse
from golint_maps.report.formats import formats

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += [
    ROOT / "docs" / f"{name}.md"
    for name in ("baseline", "command-line", "configuration", "github-action", "other-ci", "pre-commit", "user-asks")
]


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text(page)):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_exist(page: Path) -> None:
    known = {name for one in check.params for name in one.opts} | {"--help"}
    used = set(re.findall(r"golint-maps check[^`\n]*?(--[a-z-]+)", text(page)))
    assert used <= known


def test_configurations_are_such(tmp_path: Path) -> None:
    found = re.findall(r"^```toml\n(.*?)^```$", text(ROOT / "docs/configuration.md"), re.MULTILINE | re.DOTALL)
    assert parse(found[0]).spawners
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci/golint-maps-base.toml").write_text("")
    (tmp_path / "x.toml").write_text(found[0])
    assert load(tmp_path / "x.toml").levels


def test_formats_exist() -> None:
    page = text(ROOT / "docs/other-ci.md")
    rows = re.findall(r"^\| [^|]+ \| ((?:`[a-z-]+(?::[\w.-]+)?`(?:, | or )?)+) \|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z-]+)", row)}
    assert named
    assert named <= set(formats())


def test_inputs_and_outputs_of_the_action_are_described() -> None:
    action = yaml.safe_load(text(ROOT / "action.yml"))
    rows = re.findall(r"^\| `([a-z-]+)` \|", text(ROOT / "docs/github-action.md"), re.MULTILINE)
    assert sorted(rows) == sorted([*action["inputs"], *action["outputs"]])


def test_hooks_are_described() -> None:
    hooks = yaml.safe_load(text(ROOT / ".pre-commit-hooks.yaml"))
    rows = re.findall(r"^\| `([a-z-]+)` \|", text(ROOT / "docs/pre-commit.md"), re.MULTILINE)
    assert rows == [hook["id"] for hook in hooks]
