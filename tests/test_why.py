from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from golint_maps.cli import main

PROGRAM = """package store

import "sync"

type Store struct {
	mu   sync.Mutex
	data map[string]int
}

func New() *Store {
	s := &Store{}
	s.data = map[string]int{}
	s.data["a"] = 1
	return s
}

func (s *Store) Set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data[k] = v
}

func (s *Store) Drop(k string) {
	delete(s.data, k)
}
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/store\n\ngo 1.24\n")
    (tmp_path / "store.go").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(place: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["why", place])
    return result.exit_code, result.output


def line_of(text: str) -> int:
    return PROGRAM[: PROGRAM.index(text)].count("\n") + 1


def test_it_shows_the_guard_both_accesses_and_the_verdict(store: Path) -> None:
    code, said = ask(f"store.go:{line_of('delete(s.data')}")
    assert code == 0
    assert "Store.data" in said
    assert "guard: s.mu, held at 1 of 2 places" in said
    assert f"store.go:{line_of('s.data[k] = v')}  write in Store.Set" in said
    assert "holding `s.mu`" in said
    assert f"verdict: inconsistent-lock (medium confidence) at store.go:{line_of('delete(s.data')}" in said


def test_without_the_other_access_it_says_why_it_is_silent(store: Path) -> None:
    (store / "store.go").write_text(PROGRAM.replace("\tdelete(s.data, k)\n", ""))
    code, said = ask(f"store.go:{line_of('s.data[k] = v')}")
    assert code == 0
    assert "verdict: silent" in said


def test_a_line_without_a_map_says_so(store: Path) -> None:
    code, said = ask("store.go:3")
    assert code == 0
    assert "no map is touched on this line" in said


@pytest.mark.parametrize("place", ["store.go", "store.go:x", ":3"])
def test_what_is_no_place_is_refused(store: Path, place: str) -> None:
    code, said = ask(place)
    assert code == 2
    assert "PATH:LINE" in said


def test_a_missing_file_is_named(store: Path) -> None:
    code, said = ask("missing.go:1")
    assert code == 2
    assert "missing.go" in said
