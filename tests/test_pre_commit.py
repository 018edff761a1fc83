"""The hooks, run by the real pre-commit when git commits.

The hooks' own environments would have to be installed from a package index, so `language` is overridden here with
`system`: the commands, the file types and the rest are those of `.pre-commit-hooks.yaml`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CALM = 'package p\n\nfunc f() {\n\tm := map[string]int{}\n\tm["a"] = 1\n}\n'
BAD = CALM.replace("m := map[string]int{}", "var m map[string]int")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="it needs git")


@pytest.fixture
def hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with our hooks, as pre-commit clones it; the working directory is an empty one that has a module."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", os.fspath(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.setenv("PRE_COMMIT_HOME", os.fspath(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "somebody@example.com")
    published = tmp_path / "hooks"
    published.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", published)
    run("git", "init", "-q", os.fspath(published))
    run("git", "-C", os.fspath(published), "add", "-A")
    run("git", "-C", os.fspath(published), "commit", "-q", "-m", "hooks")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    run("git", "init", "-q")
    Path("go.mod").write_text("module example.com/p\n\ngo 1.24\n")
    return published


def run(*command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def install(hooks: Path, hook: str, more: str = "") -> None:
    rev = run("git", "-C", os.fspath(hooks), "rev-parse", "HEAD").stdout.strip()
    Path(".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks.as_uri()}\n  rev: {rev}\n  hooks:\n  - id: {hook}\n    language: system\n{more}"
    )
    run(sys.executable, "-m", "pre_commit", "install")
    run("git", "add", "-A")


def commit(*paths: str) -> tuple[bool, str]:
    """Whether git took the commit of these files (or of what is staged), and what was said."""
    if paths:
        run("git", "add", *paths)
    done = subprocess.run(["git", "commit", "-m", "a change"], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("hook", ["golint-maps", "golint-maps-full", "golint-maps-system"])
def test_a_bad_commit_is_refused_and_a_good_one_passes(hooks: Path, hook: str) -> None:
    install(hooks, hook)
    Path("p.go").write_text(BAD)
    taken, said = commit("p.go")
    assert not taken
    assert "p.go:5:2: error GM401[nil-map-write]" in said
    Path("p.go").write_text(CALM)
    taken, said = commit("p.go")
    assert taken, said
    assert "Passed" in said
    Path("notes.txt").write_text("no Go\n")
    taken, said = commit("notes.txt")
    assert taken
    assert "Skipped" in said


def test_what_is_staged_is_judged(hooks: Path) -> None:
    install(hooks, "golint-maps")
    Path("p.go").write_text(CALM)
    run("git", "add", "p.go")
    Path("p.go").write_text(BAD)  # not staged
    taken, said = commit()
    assert taken, said
    assert Path("p.go").read_text() == BAD
    run("git", "add", "p.go")
    Path("p.go").write_text(CALM)  # mended, but that is not what would be committed
    taken, said = commit()
    assert not taken
    assert "GM401" in said
    assert Path("p.go").read_text() == CALM


def test_only_staged_files_are_reported_and_their_packages_are_read(hooks: Path) -> None:
    Path("old.go").write_text(BAD)
    Path("m.go").write_text("package p\n\ntype table map[string]int\n")
    run("git", "add", "-A")
    run("git", "commit", "-q", "-m", "old")
    install(hooks, "golint-maps")
    Path("new.go").write_text('package p\n\nfunc g() {\n\tvar t table\n\tt["a"] = 1\n}\n')
    taken, said = commit("new.go")
    assert not taken
    assert "new.go:5:2: error GM401" in said  # the type is declared in a file that is not part of the commit
    assert "old.go" not in said


def test_excludes_hold(hooks: Path) -> None:
    install(hooks, "golint-maps")
    Path(".golint-maps.toml").write_text('exclude = ["legacy/"]\n')
    Path("legacy").mkdir()
    Path("legacy/p.go").write_text(BAD)
    taken, said = commit("legacy/p.go", ".golint-maps.toml")
    assert taken, said


def test_files_of_many_packages_at_once(hooks: Path) -> None:
    """All in one run (`require_serial`), so that nothing is printed twice."""
    install(hooks, "golint-maps")
    for number in range(300):
        folder = Path(f"package_with_a_long_name_{number}")
        folder.mkdir()
        (folder / "p.go").write_text(CALM)
    taken, said = commit(".")
    assert taken, said


@pytest.mark.parametrize("option", ["--diff-base, HEAD", "--baseline, known.txt"])
def test_only_what_is_new(hooks: Path, option: str) -> None:
    Path("p.go").write_text(BAD)
    run("git", "add", "-A")
    run("git", "commit", "-q", "-m", "old")
    run("golint-maps", "baseline", "-o", "known.txt")
    install(hooks, "golint-maps", f"    args: [{option}]\n")
    Path("p.go").write_text("// Package p is old.\n" + BAD)
    taken, said = commit("p.go")
    assert taken, said
    Path("p.go").write_text(BAD + BAD[len("package p") :].replace("f()", "g()"))
    taken, said = commit("p.go")
    assert not taken
    assert "p.go:11:2: error GM401" in said
    assert "p.go:5:2" not in said
