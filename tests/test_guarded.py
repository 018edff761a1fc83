"""What packages tell of the locks of their exported maps, and what is made of that where they are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

STORE = """package store

import "sync"

type Store struct {
	Mu    sync.RWMutex
	Items map[string]int
}

func New() *Store { return &Store{Items: map[string]int{}} }

"""
LOCKED = """func (s *Store) Put(name string, n int) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.Items[name] = n
}

func (s *Store) Get(name string) int {
	s.Mu.RLock()
	n := s.Items[name]
	s.Mu.RUnlock()
	return n
}
"""
API = """package api

import "example.com/app/store"

type API struct{ store *store.Store }

"""
READ = "func (a *API) Get(name string) int { return a.store.Items[name] }\n"


def found(folder: Path, api: str, store: str = STORE + LOCKED) -> list[str]:
    """What is said of a map of a package in another one, which imports it."""
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    for name, text in (("store", store), ("api", api)):
        (folder / name).mkdir()
        (folder / name / "code.go").write_text(text)
    report = check(["."], Settings(), cwd=folder, cache=None)
    assert not report.problems
    said = [
        (one.finding.confidence.name, one.finding.message) for one in report.findings if one.finding.rule == "GM104"
    ]
    return [f"{confidence} {message}" for confidence, message in said if "in its own package" in message]


def test_a_read_that_forgets_the_lock(tmp_path: Path) -> None:
    (one,) = found(tmp_path, API + READ)
    assert one == (
        "MEDIUM Store.Items is guarded by `a.store.Mu` in its own package, but read here by callers of API.Get "
        "without it, while Store.Put may change it"
    )


@pytest.mark.parametrize(
    "rest",
    [
        # What takes no lock, in places that others call.
        LOCKED
        + "func (s *Store) Len() int { return len(s.Items) }\nfunc (s *Store) Has(n string) bool { return s.Items[n] > 0 }\n",
        # A change without it.
        LOCKED
        + 'func (s *Store) Reset() { s.Items["a"] = 0 }\nfunc (s *Store) Drop(n string) { delete(s.Items, n) }\n',
        # Never changed once it is there.
        LOCKED.replace("s.Items[name] = n", "_ = s.Items[name]"),
        # Changed under the lock of readers.
        LOCKED.replace("s.Mu.Lock()", "s.Mu.RLock()").replace("s.Mu.Unlock()", "s.Mu.RUnlock()"),
        # The lock of another object.
        LOCKED.replace("func (s *Store) Put(", "func (s *Store) Put(o *Store, ").replace("s.Mu.Lock()", "o.Mu.Lock()"),
        # It is given back on one of two ways.
        LOCKED.replace("	defer s.Mu.Unlock()\n", "	if n > 0 {\n		s.Mu.Unlock()\n	}\n"),
        # One place is no habit.
        "func (s *Store) Put(name string, n int) {\n	s.Mu.Lock()\n	defer s.Mu.Unlock()\n	s.Items[name] = n\n}\n",
    ],
)
def test_what_shows_no_guard(tmp_path: Path, rest: str) -> None:
    assert found(tmp_path, API + READ, STORE + rest) == []


@pytest.mark.parametrize(
    "rest",
    [
        # Closures, branches that leave, and what is made here, tell nothing against it.
        LOCKED + "func (s *Store) Each(f func(int)) {\n	s.Mu.RLock()\n	defer s.Mu.RUnlock()\n"
        "	for _, n := range s.Items {\n		f(n)\n	}\n}\n",
        LOCKED + 'func Load() *Store {\n	s := New()\n	s.Items["a"] = 1\n	return s\n}\n',
        LOCKED + "func (s *Store) countLocked() int { return len(s.Items) }\n",
        LOCKED.replace(
            "	n := s", '	if name == "" {\n		s.Mu.RUnlock()\n		return 0\n	}\n	n := s'
        ),
        LOCKED.replace(
            "s.Mu.Lock()\n	defer s.Mu.Unlock()",
            "if n < 0 {\n		return\n	}\n	s.Mu.Lock()\n	defer s.Mu.Unlock()",
        ),
    ],
)
def test_what_shows_a_guard_all_the_same(tmp_path: Path, rest: str) -> None:
    assert len(found(tmp_path, API + READ, STORE + rest)) == 1


def test_a_comment_names_the_guard(tmp_path: Path) -> None:
    store = STORE.replace("map[string]int\n", "map[string]int // guarded by Mu\n")
    once = "func (s *Store) Put(name string, n int) {\n	s.Mu.Lock()\n	defer s.Mu.Unlock()\n	s.Items[name] = n\n}\n"
    assert len(found(tmp_path, API + READ, store + once)) == 1


def test_embedded_locks_are_locks(tmp_path: Path) -> None:
    store = (STORE + LOCKED).replace("Mu    sync.RWMutex", "sync.RWMutex").replace("s.Mu.", "s.")
    assert len(found(tmp_path, API + READ, store)) == 1


@pytest.mark.parametrize(
    "code",
    [
        # It locks, itself or by somebody who calls.
        "func (a *API) Get(name string) int {\n	a.store.Mu.RLock()\n	defer a.store.Mu.RUnlock()\n"
        "	return a.store.Items[name]\n}\n",
        "func (a *API) Get(name string) int {\n	a.store.Mu.RLock()\n	defer a.store.Mu.RUnlock()\n	return a.get(name)\n}\n\n"
        "func (a *API) get(name string) int { return a.store.Items[name] }\n",
        # The object is made here, or is being set up.
        'func Count() int {\n	s := store.New()\n	s.Items["a"] = 1\n	return len(s.Items)\n}\n',
        'func New(s *store.Store) *API {\n	s.Items["a"] = 1\n	return &API{s}\n}\n',
        'func (a *API) Init() { a.store.Items["a"] = 1 }\n',
        # Nobody knows who has it besides: callers hand it down.
        "func Size(s *store.Store) int { return len(s.Items) }\n",
        "func (a *API) Size() int {\n	s := store.New()\n	return size(s)\n}\n\n"
        "func size(s *store.Store) int { return len(s.Items) }\n",
        # A comment excuses it.
        "func (a *API) Get(name string) int {\n	// no lock needed here\n	return a.store.Items[name]\n}\n",
        # Some helper locks, for all that its name says.
        "func (a *API) Get(name string) int {\n	defer a.lockStore()()\n	return a.store.Items[name]\n}\n\n"
        "func (a *API) lockStore() func() { return func() {} }\n",
    ],
)
def test_importers_that_are_right(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, API + code) == []


@pytest.mark.parametrize(
    "code",
    [
        "func Watch(s *store.Store) {\n	go func() {\n		for range s.Items {\n		}\n	}()\n}\n",
        "func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { _ = a.store.Items[r.URL.Path] }\n",
        "var shared = store.New()\n\nfunc Get(name string) int { return shared.Items[name] }\n",
        "func (a *API) Get(name string) int {\n	a.store.Mu.RLock()\n	a.store.Mu.RUnlock()\n	return a.store.Items[name]\n}\n",
    ],
)
def test_importers_that_are_wrong(tmp_path: Path, code: str) -> None:
    api = API.replace('import "', 'import "net/http"\n\nimport "') if "http." in code else API
    assert [one.partition(" ")[0] for one in found(tmp_path, api + code)] == ["MEDIUM"]


def test_variables(tmp_path: Path) -> None:
    store = (
        'package store\n\nimport "sync"\n\nvar (\n	mu    sync.Mutex\n	Items = map[string]int{}\n)\n\n'
        + LOCKED.replace("(s *Store) ", "").replace("s.Mu.R", "mu.").replace("s.Mu.", "mu.").replace("s.Items", "Items")
    )
    api = 'package api\n\nimport "example.com/app/store"\n\nfunc Get(name string) int { return store.Items[name] }\n'
    (one,) = found(tmp_path, api, store)
    assert "Items is guarded by `store.mu` in its own package" in one
