"""Comments that say that an access needs no lock, and those that say the opposite."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

CODE = """package main

import "sync"

type cache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *cache) set() {
	c.mu.Lock()
	c.m["a"] = 1
	c.mu.Unlock()
}

func main() {
	c := &cache{m: map[string]int{}}
	go c.set()
	println(c.m["a"]) // %s
}
"""


@pytest.mark.parametrize(
    ("comment", "findings"),
    [
        ("the value", 1),
        ("no lock needed: nobody else is here yet", 0),
        ("safe because of the order", 0),
        ('want "read without the lock"', 1),
        ("TODO: read without the lock", 1),
        ("BUG: not safe because there is no lock", 1),
    ],
)
def test_what_excuses_an_access(tmp_path: Path, comment: str, findings: int) -> None:
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    (tmp_path / "main.go").write_text(CODE % comment)
    report = check([str(tmp_path)], Settings(select=("GM1",)), cwd=tmp_path)
    assert len(report.findings) == findings


STORE = """package store

import "sync"

type Store struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *Store) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[k]++
}

func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

// Names gives what there is. %s
func (s *Store) %s() (names []string) {
	%s
	for name := range s.items {
		names = append(names, name)
	}
	return names
}
"""


@pytest.mark.parametrize(
    ("comment", "name", "first", "findings"),
    [
        ("", "Names", "names = nil", 1),
        ("It is used by tests only.", "Names", "", 0),
        ("Only used in unit tests.", "Names", "", 0),
        ("Exists solely for testing purposes.", "Names", "", 0),
        ("Exported for testing purposes.", "Names", "", 0),
        ("Used for testing whether a name is there.", "Names", "", 1),
        ("It is the only one for testing whether a name is there.", "Names", "", 1),
        ("", "NamesForTest", "", 0),
        ("", "NamesForTesters", "", 1),
        ("", "Names", 'osutil.MustBeTestBinary("not here")', 0),
        ("", "Names", 'log.Print("contest")', 1),
    ],
)
def test_what_is_for_tests_alone(tmp_path: Path, comment: str, name: str, first: str, findings: int) -> None:
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    (tmp_path / "store.go").write_text(STORE % (comment, name, first))
    report = check([str(tmp_path)], Settings(select=("GM1",)), cwd=tmp_path)
    assert len(report.findings) == findings


PARTS = """package parts

import "sync"

// Barriers are what is waited for. %s
type Barriers struct {
	mu sync.Mutex
	// %s
	inner map[string]int // %s
}

func (b *Barriers) Update(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inner[name]++
}

func (b *Barriers) Get(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.inner[name]
}

func (b *Barriers) Count() int { return len(b.inner) }
"""


@pytest.mark.parametrize(
    ("type_", "above", "behind", "findings"),
    [
        ("", "by name", "a note", 1),
        ("They are NOT-THREAD-SAFE.", "by name", "a note", 0),
        ("They are not safe for concurrent use.", "by name", "a note", 0),
        ("They are safe for concurrent use.", "by name", "a note", 1),
        ("Callers have to hold the lock of the feed.", "by name", "a note", 0),
        ("", "read-only after start", "a note", 0),
        ("", "by name", "never changed after it was made", 0),
        ("", "only accessed by the loop", "a note", 1),  # which is what a race breaks
    ],
)
def test_what_a_declaration_says(tmp_path: Path, type_: str, above: str, behind: str, findings: int) -> None:
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    (tmp_path / "parts.go").write_text(PARTS % (type_, above, behind))
    report = check([str(tmp_path)], Settings(select=("GM1",)), cwd=tmp_path)
    assert len(report.findings) == findings
