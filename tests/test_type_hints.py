"""`[locks]` and `[maps]`: locks and maps whose declarations are not at hand, and types that take care of themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.engine.why import why
from golint_maps.project.config import ConfigError, Settings, parse

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


HUB = """package app

import (
	"net/http"

	"example.com/lib"
)

type Hub struct{ seen TYPE }

func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	CALL
}

func Start() {
	h := &Hub{}
	http.Handle("/", h)
}

var _ lib.Unused
"""


def hub(folder: Path, type_: str, call: str, **settings: object) -> set[str]:
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    (folder / "app.go").write_text(HUB.replace("TYPE", type_).replace("CALL", call))
    return rules_of(folder, Settings(**settings)) & {"GM101", "GM102"}  # type: ignore[arg-type]


def test_a_type_from_elsewhere_may_be_a_map(tmp_path: Path) -> None:
    call = "h.seen[r.URL.Path] = 1"
    assert hub(tmp_path, "lib.Table", call) == set()
    assert hub(tmp_path, "lib.Table", call, map_types=("example.com/lib.Table",)) == {"GM101"}
    assert hub(tmp_path, "lib.Table", call, map_types=("example.com/lib.Other",)) == set()


def test_what_methods_do_can_be_told(tmp_path: Path) -> None:
    methods = {"example.com/lib.Tree": {"Put": "write", "Get": "read"}}
    for type_ in ("lib.Tree", "*lib.Tree"):
        assert hub(tmp_path, type_, "h.seen.Put(r.URL.Path, 1)") == set()
        assert hub(tmp_path, type_, "h.seen.Put(r.URL.Path, 1)", map_methods=methods) == {"GM101"}
        assert hub(tmp_path, type_, "h.seen.Get(r.URL.Path)", map_methods=methods) == set()
        assert hub(tmp_path, type_, "h.seen.Len()", map_methods=methods) == set()


def test_why_knows_what_was_told(tmp_path: Path) -> None:
    told = {"example.com/lib.Tree": {"Put": "write"}}
    hub(tmp_path, "lib.Tree", "h.seen.Put(r.URL.Path, 1)")
    assert "no map is touched" in "".join(why("app.go", 12, Settings(), cwd=tmp_path))
    assert "concurrent-map-write" in "".join(why("app.go", 12, Settings(map_methods=told), cwd=tmp_path))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            '[maps.methods]\n"lib.Tree" = { Put = "wirte" }',
            "maps.methods.lib.Tree.Put: unknown value 'wirte'; did you mean",
        ),
        ('[maps.methods]\n"lib.Tree" = ["Put"]', "maps.methods.lib.Tree must be a table"),
        ('[maps]\ntypes = ["Tree"]', "maps.types holds 'Tree', which lacks its package, as in 'example.com/lib.Tree'"),
        ("[maps.methods]\nTree = {}", "maps.methods holds 'Tree'"),
        ('[locks]\ntypes = ["*lib.Waiter"]', "locks.types holds '*lib.Waiter'"),
    ],
)
def test_what_makes_no_sense_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(f"x.toml: {complaint}")):
        parse(text, "x.toml")
