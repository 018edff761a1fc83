"""Locks that a function leaves held on purpose, in ways that `go vet` objects to, so that no good example may show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

CONFIG = """package lib

import "sync"

type Config struct {
	mu  sync.RWMutex
	env map[string]string
}

type Server struct{ config Config }

func (s *Server) Env(name string) string {
	s.config.mu.RLock()
	defer s.config.mu.RUnlock()
	return s.config.env[name]
}

func (s *Server) Replace(env map[string]string) {
	c := Config{env: env}
	s.config.mu.Lock()
	defer s.config.mu.Unlock()
%s
}
"""


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("\tc.mu.Lock()\n\ts.config = c", []),  # what is deferred finds the new one in its place
        ("\tc.mu.Lock()\n\ts.config.env = c.env", ["GM111"]),
        ("\ts.config = c\n\tc.mu.Lock()", ["GM111"]),
    ],
)
def test_a_lock_is_copied_into_the_place_that_is_unlocked(body: str, wanted: list[str], tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/lib\n\ngo 1.22\n")
    (tmp_path / "lib.go").write_text(CONFIG % body)
    report = check(["."], Settings(select=("GM111",)), cwd=tmp_path)
    assert [one.finding.rule for one in report.findings] == wanted
