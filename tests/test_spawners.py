from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import ConfigError, Settings

PROGRAM = """package main

import "example.com/pool"

func count(words []string) map[string]int {
	counts := map[string]int{}
	for _, word := range words {
		pool.Later(func() { counts[word]++ })
	}
	return counts
}

func main() { count(nil) }
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    (tmp_path / "main.go").write_text(PROGRAM)
    return tmp_path


def rules_of(folder: Path, settings: Settings) -> set[str]:
    return {reported.finding.rule for reported in check(["."], settings, cwd=folder).findings}


def test_an_unknown_function_is_taken_to_call_at_once(program: Path) -> None:
    assert "GM101" not in rules_of(program, Settings())


def test_a_configured_spawner_starts_goroutines(program: Path) -> None:
    assert "GM101" in rules_of(program, Settings(spawners={"example.com/pool.Later": {"argument": 0}}))


def test_what_is_no_spawner_is_refused(program: Path) -> None:
    with pytest.raises(ConfigError, match=r"example\.com/pool\.Later"):
        check(["."], Settings(spawners={"example.com/pool.Later": {"arguments": 0}}), cwd=program)
