"""Baselines and `--diff-base`, with the real analysis and real git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.cli import main
from golint_maps.engine.baseline import BaselineError, Entry, read, write

HUB = """package hub

import (
	"fmt"
	"net/http"
	"sync"
)

type Hub struct {
	mu    sync.RWMutex
	peers map[string]int
}

func New() *Hub { return &Hub{peers: map[string]int{}} }

func (h *Hub) Join(p string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.peers[p] = 1
}

func (h *Hub) Leave(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.peers, id)
}

func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if id := r.FormValue("kick"); id != "" {
		h.Leave(id)
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	for id := range h.peers {
		fmt.Fprintln(w, id)
	}
}
"""
BAD = HUB.replace("\th.mu.RLock()\n\tdefer h.mu.RUnlock()\n", "")
NIL = """package hub

func fill() {
	var m map[string]int
	m["a"] = 1
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module in an empty git repository, as the working directory."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "somebody@example.com")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    git("init", "-q", "-b", "main")
    Path("go.mod").write_text("module example.com/hub\n\ngo 1.24\n")
    return work


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def commit(message: str = "a change") -> str:
    git("add", "-A")
    git("commit", "-q", "-m", message)
    return git("rev-parse", "HEAD")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def found(*arguments: str) -> list[str]:
    result = run("check", "-f", "json", *arguments)
    assert result.exit_code in (0, 1), result.output
    findings = json.loads(result.stdout)["findings"]
    assert result.exit_code == bool(findings)
    return [f"{finding['rule']} {finding['path']}" for finding in findings]


# Baselines


def test_a_baseline_hides_what_is_there_and_nothing_else(folder: Path) -> None:
    Path("hub.go").write_text(BAD)
    assert found() == ["GM104 hub.go"]
    assert run("baseline").exit_code == 0
    result = run("check", "--baseline", ".golint-maps-baseline")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "No problems found in 1 file of 1 package; 1 known.\n"
    Path("nil.go").write_text(NIL)
    assert found("--baseline", ".golint-maps-baseline") == ["GM401 nil.go"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("type Hub", "\n// Hub is a hub.\n\n\ntype Hub"),
        lambda text: text.replace("range h.peers", "range   h . peers"),
        lambda text: text.replace("range h.peers", "range h.\n\t\t/* all of them */ peers"),
        lambda text: text.replace("\t", "  ").replace("\n", "\r\n"),
        lambda text: text.replace("for id := range h.peers", "for id, _ := range h.peers"),
    ],
)
def test_it_survives_reformatting(folder: Path, change) -> None:
    Path("hub.go").write_text(BAD)
    run("baseline")
    Path("hub.go").write_bytes(change(BAD).encode())
    assert found() == ["GM104 hub.go"]
    assert run("check", "--baseline", ".golint-maps-baseline").stderr == ""
    assert found("--baseline", ".golint-maps-baseline") == []


def test_it_survives_renaming(folder: Path) -> None:
    Path("hub.go").write_text(BAD)
    run("baseline")
    Path("inner").mkdir()
    Path("hub.go").rename("inner/other.go")
    assert found() == ["GM104 inner/other.go"]
    assert run("check", "--baseline", ".golint-maps-baseline").stderr == ""
    assert found("--baseline", ".golint-maps-baseline") == []


def test_equal_findings_are_counted(folder: Path) -> None:
    Path("a").mkdir()
    Path("a/hub.go").write_text(BAD)
    run("baseline")
    Path("b").mkdir()
    Path("b/hub.go").write_text(BAD)
    Path("0").mkdir()
    Path("0/hub.go").write_text(BAD)
    assert found("--baseline", ".golint-maps-baseline") == ["GM104 0/hub.go", "GM104 b/hub.go"]
    run("baseline")
    assert found("--baseline", ".golint-maps-baseline") == []


def test_what_is_no_longer_needed_is_told_and_fails_nothing(folder: Path) -> None:
    Path("hub.go").write_text(BAD)
    Path("nil.go").write_text(NIL)
    run("baseline")
    Path("hub.go").write_text(HUB)
    result = run("check", "--baseline", ".golint-maps-baseline")
    assert result.exit_code == 0
    assert "1 finding that is no longer there (GM104 Hub.peers in hub.go)" in result.stderr
    Path("hub.go").unlink()
    assert "GM104" in run("check", "--baseline", ".golint-maps-baseline").stderr
    # A run that did not look can't tell.
    assert run("check", "--baseline", ".golint-maps-baseline", "nil.go").stderr == ""
    assert run("check", "--baseline", ".golint-maps-baseline", "--select", "GM4").stderr == ""
    assert run("check", "-q", "--baseline", ".golint-maps-baseline").output == ""


def test_the_configuration_names_it_from_wherever_one_works(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".golint-maps.toml").write_text('baseline = "lint/known.txt"\n')
    Path("lint").mkdir()
    Path("inner").mkdir()
    Path("inner/hub.go").write_text(BAD)
    assert "known.txt accepts 1 finding" in run("baseline").stderr
    assert Path("lint/known.txt").read_text().splitlines()[1].endswith(" Hub.peers ../inner/hub.go")
    assert found() == []
    assert found("--no-baseline") == ["GM104 inner/hub.go"]
    monkeypatch.chdir("inner")
    assert found() == []
    assert run("check").stderr == ""


def test_fixes_leave_alone_what_is_accepted(folder: Path) -> None:
    Path("hub.go").write_text(BAD)
    run("baseline")
    run("check", "--fix", "--unsafe-fixes", "--baseline", ".golint-maps-baseline")
    assert Path("hub.go").read_text() == BAD


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "can't read the baseline b: no such file or directory; `golint-maps baseline` writes one"),
        (b"", "b: the first line is not that of a baseline"),
        (b"# golint-maps baseline 2\n", "b: a baseline of version 2, which a newer golint-maps has written"),
        (b"# golint-maps baseline 1\n\nGM1\n", "b: line 3 is no entry: 'GM1'"),
        (b"\xff", "b: not UTF-8"),
    ],
)
def test_what_is_no_baseline(folder: Path, text: bytes | None, message: str) -> None:
    if text is not None:
        Path("b").write_bytes(text)
    result = run("check", "--baseline", "b")
    assert result.exit_code == 2
    assert message in result.stderr


@given(st.lists(st.builds(Entry, st.text(min_size=1), st.just("GM101"), st.just("0" * 32))))
def test_it_reads_what_it_writes(entries: list[Entry]) -> None:
    wanted = [entry for entry in entries if not any("\ud800" <= char <= "\udfff" for char in entry.path)]
    written = write(wanted)
    assert list(read(written)) == sorted(wanted)
    assert written.decode().count("\n") == len(wanted) + 1
    assert write(reversed(wanted)) == written


def test_an_unreadable_path_is_an_error() -> None:
    with pytest.raises(BaselineError, match="can't be read"):
        read(write([Entry("a\nb", "GM101", "0" * 32)]).replace(b"\\n", b"\\N{what}"))


# Only what a change introduced


def test_only_what_is_new(folder: Path) -> None:
    Path("nil.go").write_text(NIL)
    Path("hub.go").write_text(HUB)
    commit()
    assert found("--diff-base", "HEAD") == []
    Path("hub.go").write_text(BAD)  # not staged
    assert found() == ["GM104 hub.go", "GM401 nil.go"]
    assert found("--diff-base", "HEAD") == ["GM104 hub.go"]
    git("add", "-A")
    assert found("--diff-base", "HEAD") == ["GM104 hub.go"]
    commit()
    assert found("--diff-base", "HEAD") == []
    assert found("--diff-base", "HEAD~1") == ["GM104 hub.go"]


def test_a_finding_on_a_line_that_did_not_change_is_new(folder: Path) -> None:
    """The deletion was fine until its caller gave up the lock."""
    kick = "package hub\n\nfunc (h *Hub) Kick(id string) {\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.drop(id)\n}\n"
    Path("hub.go").write_text(HUB + "\nfunc (h *Hub) drop(id string) { delete(h.peers, id) }\n")
    Path("kick.go").write_text(kick)
    commit()
    assert found() == []
    Path("kick.go").write_text(kick.replace("\th.mu.Lock()\n\tdefer h.mu.Unlock()\n", ""))
    assert found("--diff-base", "HEAD") == ["GM104 hub.go"]


def test_new_files_that_git_does_not_know_yet(folder: Path) -> None:
    commit()
    Path("nil.go").write_text(NIL)
    assert found("--diff-base", "HEAD") == ["GM401 nil.go"]


def test_renamed_files_and_moved_functions_are_not_new(folder: Path) -> None:
    Path("nil.go").write_text(NIL)
    Path("rest.go").write_text("package hub\n")
    commit()
    Path("nil.go").unlink()
    Path("rest.go").write_text(NIL + "\n// more\n")
    assert found("--diff-base", "HEAD") == []
    Path("again.go").write_text(NIL.replace("fill", "again"))
    assert found("--diff-base", "HEAD") == ["GM401 again.go"]


def test_a_branch_is_compared_with_where_it_left_the_other(folder: Path) -> None:
    Path("nil.go").write_text(NIL)
    Path("hub.go").write_text(HUB)
    commit("start")
    git("checkout", "-q", "-b", "topic")
    Path("hub.go").write_text(BAD)
    commit("topic")
    git("checkout", "-q", "main")
    Path("nil.go").unlink()
    commit("main goes on and mends it")
    git("checkout", "-q", "topic")
    assert found("--diff-base", "main") == ["GM104 hub.go"]  # not nil.go, which main no longer has
    git("merge", "-q", "-m", "merge", "main")
    assert found() == ["GM104 hub.go"]
    assert found("--diff-base", "main") == ["GM104 hub.go"]
    assert found("--diff-base", "HEAD^1") == []
    assert found("--diff-base", "HEAD^2") == ["GM104 hub.go"]


def test_from_a_folder_within_with_excludes_and_paths(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("inner").mkdir()
    Path("inner/nil.go").write_text(NIL)
    Path(".golint-maps.toml").write_text('[[per-path]]\npaths = ["inner/new*"]\nignore = ["GM4"]\n')
    commit()
    monkeypatch.chdir("inner")
    Path("new.go").write_text(NIL.replace("fill", "new"))
    Path("other.go").write_text(NIL.replace("fill", "other"))
    assert found("--diff-base", "HEAD") == ["GM401 other.go"]
    assert found("--diff-base", "HEAD", "nil.go", "new.go") == []


def test_generated_files_that_git_ignores_are_on_both_sides(folder: Path) -> None:
    Path(".gitignore").write_text("table.go\n")
    Path("table.go").write_text("package hub\n\ntype Table map[string]int\n")
    Path("use.go").write_text('package hub\n\nfunc use() {\n\tvar t Table\n\tt["a"] = 1\n}\n')
    commit()
    assert found() == ["GM401 use.go"]
    assert found("--diff-base", "HEAD") == []


def test_shallow_clones(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("hub.go").write_text(HUB)
    first = commit("first")
    Path("hub.go").write_text(BAD)
    commit("second")
    for depth in (1, 2):
        git("clone", "-q", f"--depth={depth}", folder.as_uri(), os.fspath(tmp_path / f"clone{depth}"))
    monkeypatch.chdir(tmp_path / "clone2")
    assert found("--diff-base", "HEAD~1") == ["GM104 hub.go"]
    monkeypatch.chdir(tmp_path / "clone1")
    result = run("check", "--diff-base", first)
    assert result.exit_code == 2
    assert f"--diff-base: this shallow clone doesn't have '{first}'" in result.stderr
    command = result.stderr.split("`")[1]
    assert command == f"git fetch --depth=1 origin {first}"
    subprocess.run([*command.split(), "-q"], check=True)
    result = run("check", "--diff-base", first)
    assert (result.exit_code, "GM104" in result.stdout) == (1, True)
    assert "so " + first + " itself is compared with" in result.stderr


def test_what_can_not_be_compared_with(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("nil.go").write_text(NIL)
    commit()
    for revision in ("gone", "--upload-pack=touch pwned", "-h", "HEAD:nil.go"):
        result = run("check", f"--diff-base={revision}")
        assert result.exit_code == 2
        assert f"--diff-base: there is no commit {revision!r}" in result.stderr
    git("checkout", "-q", "--orphan", "island")
    git("commit", "-q", "-m", "island")
    assert "have no common history" in run("check", "--diff-base", "main").stderr
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "nil.go").write_text(NIL)
    monkeypatch.chdir(outside)
    assert "not a git repository" in run("check", "--diff-base", "HEAD").stderr
    assert not list(tmp_path.rglob("pwned"))


def test_the_repository_is_only_read(folder: Path, tmp_path: Path) -> None:
    """No hook, filter, monitor or external diff of the repository runs, and nothing in it changes."""
    Path("nil.go").write_text(NIL)
    commit()
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "filter.trap.clean", "filter.trap.smudge", "diff.external", "diff.trap.textconv"):
        git("config", key, os.fspath(trap))
    git("config", "core.hooksPath", os.fspath(tmp_path))
    Path(".gitattributes").write_text("*.go filter=trap diff=trap\n")
    Path("other.go").write_text(NIL.replace("fill", "other"))
    before = {path: path.stat().st_mtime_ns for path in Path(".git").rglob("*")}
    assert found("--diff-base", "HEAD") == ["GM401 other.go"]
    assert {path: path.stat().st_mtime_ns for path in Path(".git").rglob("*")} == before
    assert not (tmp_path / "sprung").exists()
