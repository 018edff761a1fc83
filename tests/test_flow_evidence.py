"""How much the kind of evidence weighs: what is wrong more often than right is not shown by default."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

HEAD = """package peers

import (
	"sync"
	"testing"
)

var _ *testing.T

type Peers struct {
	mu   sync.Mutex
	byID map[string]int
}

func (p *Peers) Add(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byID[id]++
}

func (p *Peers) Len() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.byID)
}

"""

SHOWN = {
    "a callback that is passed on when the lock is gone": """
func (p *Peers) Sum(sum func(each func(yield func(int))) int) int {
	return sum(func(yield func(int)) {
		for _, n := range p.byID {
			yield(n)
		}
	})
}
""",
    "an exported function that changes the map": """
func (p *Peers) Drop(id string) {
	delete(p.byID, id)
}
""",
    "the only helper that changes the map without the lock": """
func (p *Peers) Forget(id string) { p.forget(id) }

func (p *Peers) forget(id string) { delete(p.byID, id) }
""",
    "a helper that ranges over the map": """
func (p *Peers) IDs() []string { return p.ids() }

func (p *Peers) ids() (found []string) {
	for id := range p.byID {
		found = append(found, id)
	}
	return found
}
""",
}

SILENT = {
    "a callback that is passed on under the lock": """
func (p *Peers) Sum(sum func(each func(yield func(int))) int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return sum(func(yield func(int)) {
		for _, n := range p.byID {
			yield(n)
		}
	})
}
""",
    "helpers that change the map": """
func (p *Peers) Load(ids []string) { p.load(ids) }

func (p *Peers) load(ids []string) {
	for _, id := range ids {
		p.byID[id] = 1
	}
}

func (p *Peers) Forget(id string) { p.forget(id) }

func (p *Peers) forget(id string) { delete(p.byID, id) }
""",
    "a helper of tests": """
func Fill(t *testing.T, p *Peers) {
	for id := range p.byID {
		t.Log(id)
	}
}
""",
    "a function whose comment is about it, in what it calls": """
// Restore is not thread-safe: it is for the start, before anything else is called.
func (p *Peers) Restore() int { return p.sum() }

func (p *Peers) sum() (total int) {
	for _, n := range p.byID {
		total += n
	}
	return total
}
""",
}


def findings(folder: Path, code: str) -> int:
    (folder / "go.mod").write_text("module example.org/peers\n\ngo 1.24\n")
    (folder / "peers.go").write_text(HEAD + code)
    return len(check([str(folder)], Settings(select=("GM1",)), cwd=folder).findings)


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_what_is_shown(tmp_path: Path, code: str) -> None:
    assert findings(tmp_path, code) == 1


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_what_is_not_shown(tmp_path: Path, code: str) -> None:
    assert findings(tmp_path, code) == 0
