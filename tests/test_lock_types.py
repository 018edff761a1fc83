"""`[locks] types`: locks whose declarations are not at hand."""

from __future__ import annotations

from pathlib import Path

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

PROGRAM = """package app

import (
	"sync"

	"example.com/spin"
)

type Hub struct {
	mu    sync.Mutex
	spin  spin.Waiter
	peers map[string]int
}

func (h *Hub) Twice() {
	h.mu.Lock()
	h.mu.Lock()
	h.mu.Unlock()
	h.mu.Unlock()
}
"""


def rules_of(folder: Path, settings: Settings) -> set[str]:
    return {reported.finding.rule for reported in check(["."], settings, cwd=folder).findings}


def test_a_second_lock_may_be_the_guard(tmp_path: Path) -> None:
    """Only the one lock beside a map is taken for its guard; the unknown type may be anything, until it is named."""
    (tmp_path / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    (tmp_path / "app.go").write_text(PROGRAM)
    assert rules_of(tmp_path, Settings()) == {"GM111"}
    assert rules_of(tmp_path, Settings(lock_types=("example.com/spin.Waiter",))) == set()
    assert rules_of(tmp_path, Settings(lock_types=("example.com/spin.Other",))) == {"GM111"}


def test_methods_tell_a_lock_without_any_configuration(tmp_path: Path) -> None:
    methods = "".join(
        f"func (h *Hub) {name}(id string) {{\n\t{lock}h.peers[id] = 1\n\t{unlock}}}\n\n"
        for name, lock, unlock in (
            ("A", "h.spin.Lock()\n\t", "h.spin.Unlock()\n"),
            ("B", "h.spin.Lock()\n\t", "h.spin.Unlock()\n"),
            ("C", "", ""),
        )
    )
    head = PROGRAM.partition("func")[0].replace('\t"sync"\n\n', "").replace("\tmu    sync.Mutex\n", "")
    made = "func New() *Hub { return &Hub{peers: map[string]int{}} }\n\n"
    (tmp_path / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    (tmp_path / "app.go").write_text(head + made + methods)
    assert rules_of(tmp_path, Settings()) == {"GM104"}
