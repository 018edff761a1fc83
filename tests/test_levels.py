"""How loud a report is: kinds of evidence that were right less often in real code are notes, which break no build."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.finding import Confidence, Finding, Level
from golint_maps.project.config import Settings

HEAD = """package jobs

import (
	"net/http"
	"sync"
	"time"
)

var _ = time.Now
var _ http.Handler
var _ sync.Mutex

"""

CASES: dict[str, tuple[str, str, Level]] = {
    "a package variable that requests write": (
        "GM101",
        """
var hits = map[string]int{}

func Serve() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { hits[r.URL.Path]++ })
}
""",
        Level.ERROR,
    ),
    "a captured map that the goroutines of a loop write": (
        "GM101",
        """
func Lengths(words []string) map[string]int {
	lengths := map[string]int{}
	var wg sync.WaitGroup
	for _, word := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			lengths[word] = len(word)
		}()
	}
	wg.Wait()
	return lengths
}
""",
        Level.ERROR,
    ),
    "the map of an object that the goroutines of a loop write": (
        "GM101",
        """
type Jobs struct{ done map[string]bool }

func (j *Jobs) Run(names []string) {
	for _, name := range names {
		go func() { j.done[name] = true }()
	}
}
""",
        Level.WARNING,
    ),
    "a goroutine of an object, and whoever calls it": (
        "GM102",
        """
type Jobs struct{ done map[string]bool }

func NewJobs() *Jobs {
	j := &Jobs{done: map[string]bool{}}
	go j.loop()
	return j
}

func (j *Jobs) loop() {
	for {
		j.done[time.Now().String()] = true
		time.Sleep(time.Second)
	}
}

func (j *Jobs) Done(name string) bool { return j.done[name] }
""",
        Level.NOTE,
    ),
    "a forgotten lock on a read": (
        "GM104",
        """
type Jobs struct {
	mu   sync.Mutex
	done map[string]bool
}

func (j *Jobs) Add(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done[name] = false
}

func (j *Jobs) End(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done[name] = true
}

func (j *Jobs) Done(name string) bool { return j.done[name] }
""",
        Level.WARNING,
    ),
    "an object that is given another map without the lock": (
        "GM104",
        """
type Jobs struct {
	mu   sync.Mutex
	done map[string]bool
}

func (j *Jobs) Add(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done[name] = false
}

func (j *Jobs) End(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done[name] = true
}

func (j *Jobs) Forget() { j.done = map[string]bool{} }
""",
        Level.NOTE,
    ),
    "a map that leaves its lock and is changed under it": (
        "GM106",
        """
type Jobs struct {
	mu   sync.Mutex
	done map[string]bool
}

func (j *Jobs) Add(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done[name] = false
}

func (j *Jobs) All() map[string]bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.done
}
""",
        Level.WARNING,
    ),
    "a map that leaves its lock and is filled once": (
        "GM106",
        """
type Jobs struct {
	mu    sync.Mutex
	names map[string]int
}

func (j *Jobs) Names() map[string]int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.names == nil {
		j.names = map[string]int{}
		for n, name := range []string{"a", "b"} {
			j.names[name] = n
		}
	}
	return j.names
}
""",
        Level.NOTE,
    ),
}


def reported(code: str, rule: str, folder: Path, least: Confidence = Confidence.MEDIUM) -> list[Finding]:
    """The findings of one rule in a package of that code."""
    (folder / "go.mod").write_text("module example.com/jobs\n\ngo 1.22\n")
    (folder / "jobs.go").write_text(HEAD + code)
    settings = Settings(select=(rule,), min_confidence=least.name.lower())
    return [one.finding for one in check(["."], settings, cwd=folder, jobs=1).findings]


@pytest.mark.parametrize("name", CASES)
def test_the_level_says_what_such_evidence_is_worth(name: str, tmp_path: Path) -> None:
    rule, code, level = CASES[name]
    assert [one.level for one in reported(code, rule, tmp_path)] == [level]


def test_an_object_that_is_given_another_map_is_being_prepared(tmp_path: Path) -> None:
    code = """
type Jobs struct{ done map[string]bool }

func NewJobs() *Jobs {
	j := &Jobs{done: map[string]bool{}}
	go j.loop()
	return j
}

func (j *Jobs) loop() {
	for {
		_ = j.done["a"]
		time.Sleep(time.Second)
	}
}

func (j *Jobs) Forget() { j.done = map[string]bool{} }
"""
    assert reported(code, "GM102", tmp_path) == []
    assert [one.level for one in reported(code, "GM102", tmp_path, Confidence.LOW)] == [Level.NOTE]
