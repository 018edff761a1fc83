"""What a checked repository must not be able to do. The promises are in docs/security.md."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from golint_maps.engine import store

SOURCE = Path(__file__).resolve().parent.parent
BUG = 'package m\n\nfunc f(m map[string]int) {\n\tgo func() { m["a"] = 1 }()\n\tm["b"] = 2\n}\n'

# Run before the command: any look beyond files ends the process.
GUARD = """
import sys
def guard(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and event != "socket.__new__":
        raise SystemExit(f"network: {event}")
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile"):
        raise SystemExit(f"executed: {event} {arguments}")
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(SECRET):
        raise SystemExit(f"read: {arguments[0]}")
sys.addaudithook(guard)
from golint_maps.cli import main
main(prog_name="golint-maps")
"""


def guarded(folder: Path, *arguments: str, secret: str = "/nothing/here") -> subprocess.CompletedProcess[str]:
    """The command under an audit hook that forbids programs, the network, and files below `secret`."""
    return subprocess.run(
        [sys.executable, "-c", f"SECRET = {secret!r}\n{GUARD}", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def test_nothing_is_executed_sent_or_written(tmp_path: Path) -> None:
    tree, cache = tmp_path / "tree", tmp_path / "cache"
    tree.mkdir()
    (tree / "a.go").write_text(f"//go:generate touch executed\n{BUG}")
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.27\n\ntoolchain go1.99.9\n")
    (tree / "setup.py").write_text("raise SystemExit('executed')")
    (tree / "sitecustomize.py").write_text("raise SystemExit('executed')")
    before = snapshot(tree)
    done = guarded(tree, "check", "--cache-dir", str(cache), "-j", "1")
    assert done.returncode == 1 and "GM101" in done.stdout, done.stderr
    assert snapshot(tree) == before
    assert {path.name for path in tmp_path.iterdir()} <= {"tree", "cache"}


def test_the_guard_of_these_tests_works(tmp_path: Path) -> None:
    (tmp_path / "a.go").write_text(BUG)
    assert "read: " in guarded(tmp_path, "check", "--no-cache", secret=str(tmp_path)).stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("go.mod", "module example.com/m\n\ngo 1.27\n\nreplace example.com/x => ../secret\n"),
        ("go.mod", "module example.com/m\n\ngo 1.27\n\nreplace example.com/x => SECRET\n"),
        ("go.work", "go 1.27\n\nuse .\nuse ../secret\n"),
        ("go.work", "go 1.27\n\nuse SECRET\n"),
        ("link", ""),
        ("link to a file", ""),
        ("vendored", ""),
        (".golint-maps.toml", 'baseline = "../secret/plain"\n'),
        (".golint-maps.toml", 'extend = "../secret/plain"\n'),
        (".golint-maps.toml", 'extend = "SECRET/plain"\n'),
        ("linked configuration", ""),
    ],
)
def test_nothing_outside_of_the_repository_is_read(tmp_path: Path, name: str, text: str) -> None:
    tree, secret = tmp_path / "tree", tmp_path / "secret"
    (tree / ".git").mkdir(parents=True)
    secret.mkdir()
    (secret / "go.mod").write_text("module example.com/x\n")
    (secret / "x.go").write_text("package x\n\nvar M = map[string]int{}\n")
    (tree / "go.mod").write_text("module example.com/m\n\ngo 1.27\n")
    (tree / "a.go").write_text(BUG.replace("\n\n", '\n\nimport _ "example.com/x"\n\n', 1))
    (secret / "plain").write_text("hunter2\n")
    if name == "link":
        (tree / "linked").symlink_to(secret)
    elif name == "link to a file":
        (tree / "x.go").symlink_to(secret / "x.go")
    elif name == "vendored":
        (tree / "vendor" / "example.com").mkdir(parents=True)
        (tree / "vendor" / "example.com" / "x").symlink_to(secret)
    elif name == "linked configuration":
        (tree / ".golint-maps.toml").symlink_to(secret / "plain")
    else:
        (tree / name).write_text(text.replace("SECRET", str(secret)))
    done = guarded(tree, "check", "--no-cache", "-j", "1", "--include-vendor", secret=str(secret))
    assert "read: " not in done.stderr and "hunter2" not in done.stdout + done.stderr
    if "toml" in name or "configuration" in name:
        assert done.returncode == 2 and "leads out of" in done.stderr
    else:
        assert done.returncode == 1 and "GM101" in done.stdout, done.stderr


@pytest.mark.parametrize("how", ["configured", "linked", "linked, without a repository", "configured, without one"])
def test_a_baseline_is_not_written_outside(tmp_path: Path, how: str) -> None:
    tree = tmp_path / "tree"
    (tree / ".git").mkdir(parents=True)
    if "without" in how:
        (tree / ".git").rmdir()
    (tree / "a.go").write_text(BUG)
    if "configured" in how:
        (tree / ".golint-maps.toml").write_text('baseline = "../victim"\n')
    else:
        (tree / ".golint-maps-baseline").symlink_to("../victim")
    done = guarded(tree, "baseline")
    assert done.returncode == 2 and "leads out of" in done.stderr
    assert not (tmp_path / "victim").exists()
    assert guarded(tree, "baseline", "-o", "../named").returncode == 0  # who names it means it
    assert (tmp_path / "named").exists()


def test_a_cache_with_links_in_it_writes_nowhere_else(tmp_path: Path) -> None:
    """A folder for the cache in the checked tree may have come with it."""
    tree, outside = tmp_path / "tree", tmp_path / "outside"
    cache = tree / ".cache"
    cache.mkdir(parents=True, mode=0o700)
    outside.mkdir()
    (tree / "a.go").write_text(BUG)
    (cache / "CACHEDIR.TAG").symlink_to("../../outside/tag")
    (cache / ".gitignore").symlink_to("../../outside/ignore")
    for number in range(256):
        (cache / f"{number:02x}").symlink_to("../../outside")
    done = guarded(tree, "check", "--cache-dir", ".cache")
    assert done.returncode == 1 and "GM101" in done.stdout, done.stderr
    assert list(outside.iterdir()) == []


def test_an_entry_that_unpacks_to_more_than_it_may_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store.Store(os.fspath(tmp_path / "cache"))
    assert kept.put("ab12", "x" * 2000)
    assert kept.get("ab12") == "x" * 2000
    monkeypatch.setattr(store, "_LARGEST", 1000)
    assert kept.get("ab12") is None


NAMES = ["::error file=a,line=1::x.go", " ::warning::x.go", "##[group]x.go", "\x1b]0;x\x07.go", "a\n::error::x.go"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("command", [["check"], ["check", "--show-files"], ["check", "-f", "concise"], ["why"]])
def test_names_command_neither_terminals_nor_runners(tmp_path: Path, command: list[str]) -> None:
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_text(BUG.replace("func f", f"func f{number}"))
    runs = [[*command, f"{name}:5"] for name in NAMES] if command == ["why"] else [[*command, "--no-cache"]]
    for one in runs:
        done = guarded(tmp_path, *one)
        assert done.stdout, done.stderr
        for line in (done.stdout + done.stderr).split("\n"):
            assert not line.lstrip().startswith("::") and "##[" not in line, line
            assert line.isprintable(), line


def test_rules_of_a_repository_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.go").write_text(BUG)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "evil.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'w')\n")
    (tmp_path / ".golint-maps.toml").write_text('[rules]\nfolder = "own"\n')
    guarded(tmp_path, "check", "--no-cache")
    assert not (tmp_path / "loaded").exists()


def expressions() -> list[tuple[str, str]]:
    """All regular expressions in our code that are literals: where, and what."""
    found = []
    for path in sorted([*(SOURCE / "golint_maps").rglob("*.py"), *(SOURCE / "rules").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "re.compile",
                "re.sub",
                "re.match",
                "re.search",
                "re.fullmatch",
                "re.finditer",
                "re.split",
                "re.findall",
            ):
                if node.args and isinstance(node.args[0], ast.Constant):
                    pattern = node.args[0].value
                    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
                    found.append((f"{path.relative_to(SOURCE)}:{node.lineno}", text))
    return found


ATTACKS = [
    piece * 3000 for piece in (" ", "a", "a ", "/", "*", "//", "(", "1", ".", "-", "a.", "lock ", "must ", "\t\n", '"')
]


@pytest.mark.parametrize(("where", "pattern"), expressions(), ids=lambda value: str(value)[:60])
def test_no_expression_backtracks(where: str, pattern: str) -> None:
    compiled = re.compile(pattern)
    started = time.process_time()
    for attack in ATTACKS:
        for text in (attack, f"{attack}!", f"x{attack}\n", f"must{attack}"):
            compiled.match(text)
    assert time.process_time() - started < 2, where


def test_cache_entries_are_the_users_own(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    (tmp_path / "a.go").write_text(BUG)
    cache = tmp_path / "cache"
    done = guarded(tmp_path, "check", "--cache-dir", str(cache))
    assert done.returncode == 1, done.stderr
    others = [path for path in [cache, *cache.rglob("*")] if path.stat().st_mode & 0o022]
    assert others == []
