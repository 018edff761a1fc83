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


WRAPPERS = """package wrap

import "sync"

type Pool struct{ jobs chan func() }

func (p *Pool) Later(f func()) { p.jobs <- f }

func Safe(f func()) {
	go func() {
		defer func() { _ = recover() }()
		f()
	}()
}

func Each(n int, f func(int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(i)
		}()
	}
	wg.Wait()
}

func Now(f func()) { f() }

func Twice(f func()) {
	f()
	go func() {}()
	func() { f() }()
}
"""

USERS = """package main

import (
	"sync"

	"example.com/app/wrap"
)

func main() {
	counts := map[string]int{}
	_, _ = counts, sync.Mutex{}
	%s
}
"""

STARTED = {
    "safe": "for _, k := range []string{`a`, `b`} { wrap.Safe(func() { counts[k]++ }) }",
    "pool": "p := &wrap.Pool{}; for _, k := range []string{`a`, `b`} { p.Later(func() { counts[k]++ }) }",
    "each": "wrap.Each(9, func(i int) { counts[`a`] = i })",
}
CALLED = {
    "now": "for _, k := range []string{`a`, `b`} { wrap.Now(func() { counts[k]++ }) }",
    "twice": "for _, k := range []string{`a`, `b`} { wrap.Twice(func() { counts[k]++ }) }",
    "locked": "var mu sync.Mutex; wrap.Each(9, func(i int) { mu.Lock(); counts[`a`] = i; mu.Unlock() }); counts[`b`]++",
    "one": "wrap.Safe(func() { println(1) }); counts[`a`]++",
}


def lay_out(folder: Path, body: str) -> None:
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    (folder / "wrap").mkdir()
    (folder / "wrap/wrap.go").write_text(WRAPPERS)
    (folder / "main.go").write_text(USERS % body)


@pytest.mark.parametrize("name", STARTED)
@pytest.mark.parametrize("paths", [["."], ["main.go"]])
def test_what_a_wrapper_of_another_package_starts(tmp_path: Path, name: str, paths: list[str]) -> None:
    lay_out(tmp_path, STARTED[name])
    found = {one.finding.rule for one in check(paths, Settings(), cwd=tmp_path).findings}
    assert "GM101" in found


@pytest.mark.parametrize("name", CALLED)
def test_what_a_function_of_another_package_calls_at_once(tmp_path: Path, name: str) -> None:
    lay_out(tmp_path, CALLED[name])
    assert not {rule for rule in rules_of(tmp_path, Settings()) if rule.startswith("GM1")}


def test_workers_have_ended_when_they_are_awaited(tmp_path: Path) -> None:
    code = """package main

import (
	"sync"

	"k8s.io/client-go/util/workqueue"
)

func count(words []string) int {
	counts := map[string]int{}
	var mu sync.Mutex
	workqueue.ParallelizeUntil(nil, 4, len(words), func(i int) {
		%s
	})
	return counts["a"]
}

func main() { count(nil) }
"""
    (tmp_path / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    for body, found in (("mu.Lock(); counts[words[i]]++; mu.Unlock()", False), ("counts[words[i]]++", True)):
        (tmp_path / "main.go").write_text(code % body)
        assert bool(rules_of(tmp_path, Settings(select=("GM1",)))) is found
