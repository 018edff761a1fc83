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
