"""Whatever lies in the tree and whatever happens meanwhile: no traceback, an exit code that is true, nothing left behind."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from examples import TESTDATA
from fuzz import complaint, damaged, sources

from golint_maps.engine.run import check
from golint_maps.flow import lower
from golint_maps.project.config import Settings
from golint_maps.syntax.parser import parse

BUG = 'package m\n\nfunc f(m map[string]int) {\n\tgo func() { m["a"] = 1 }()\n\tm["b"] = 2\n}\n'
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="devices, signals and names of Linux")
HEAD = "package p\n\ntype T struct{ m map[string]int }\n\n"


def run(folder: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """`golint-maps check` in a process of its own."""
    command = [sys.executable, "-m", "golint_maps", "check", "--no-cache", *arguments]
    done = subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, timeout=300, **options)  # type: ignore[call-overload]
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "a.go").write_text(BUG)
    return tmp_path


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files(seed: int) -> None:
    chooser = random.Random(seed)
    texts = [text for text in sources(None) if len(text) < 4000]
    how, text = damaged(chooser, chooser.choice(texts))
    assert complaint(text) == "", how


DEEP = {
    "blocks": "func (t *T) f() " + "{" * 10_000 + 't.m["a"] = 1' + "}" * 10_000,
    "conditions": "func (t *T) f(x bool) {" + "if x {" * 10_000 + "}" * 10_000 + "}",
    "calls": 'func (t *T) f(g func(int) int) { t.m["a"] = ' + "g(" * 10_000 + "1" + ")" * 10_000 + "}",
    "parentheses": 'func (t *T) f() { t.m["a"] = ' + "(" * 10_000 + "1" + ")" * 10_000 + "}",
    "literals": "func (t *T) f() {" + "func() {" * 3000 + "}()" * 3000 + "}",
    "cases": 'func (t *T) f(a, b []int) {\n\tt.m["a"] = 1\n\tswitch {\n'
    + "".join(f"\tcase a[{one}] == 1 && b[{one}] == 2:\n\t\tt.m = nil\n" for one in range(40))
    + '\t}\n\tt.m["b"] = 2\n}',
    "operators": 'func (t *T) f() { t.m["a"] = 1' + '+t.m["b"]' * 10_000 + "}",
    "selectors": "func (t *T) f() { _ = t" + ".m[0]" * 10_000 + "}",
    "types": "var x " + "map[string]" * 10_000 + "int",
    "unclosed": "func (t *T) f() {" + "if x { " * 10_000,
    "variables that double": "var (\n"
    + "".join(f"\tv{one} = v{one + 1} + v{one + 1}\n" for one in range(60))
    + "\tv60 = x.Y()\n)",
    "constants in a chain": "const (\n"
    + "".join(f"\tc{one} = c{one + 1} + 1\n" for one in range(4000))
    + "\tc4000 = 1\n)\n\nvar n = map[int]int{c0: 1}",
    "fixes": "type U struct {\n"
    + "".join(f"\tm{one} map[string]int\n" for one in range(900))
    + "}\n\n"
    + "".join(f"func (u *U) f{one}() {{ u.m{one}[`a`]++ }}\n" for one in range(900)),
    "calls in a chain": "".join(f"func (t *T) f{one}() {{ t.f{one + 1}() }}\n" for one in range(5000))
    + "func (t *T) f5000() { t.m[`a`] = 1 }\n\nfunc g(t *T) {\n\tgo t.f0()\n\tt.f0()\n}",
    "line of a megabyte": "var s = `" + "x" * 1_000_000 + "`",
}


@pytest.mark.parametrize("shape", DEEP)
def test_deep_nesting(shape: str) -> None:
    assert complaint((HEAD + DEEP[shape] + "\n").encode()) == ""


def test_large_functions_are_read_in_part_and_named(tree: Path) -> None:
    (tree / "a.go").write_text(HEAD + "func (t *T) f() {\n" + '\tt.m["a"] = 1\n' * 31_000 + "}\n")
    done = run(tree, "--select", "GM2", stdout=subprocess.PIPE)
    assert b"a.go" in done.stderr and b"function too large" in done.stderr
    assert b"1 partly read" in done.stdout


def test_large_files_are_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lower, "_MAX_FILE_STEPS", 50)
    text = "package m\n\n" + "".join(BUG[BUG.index("func") :].replace("f(", f"f{one}(") for one in range(100))
    report = check(["x.go"], Settings(), cwd=TESTDATA, overlay={"x.go": text.encode()}, jobs=1)
    assert report.partly_read == ("x.go",)
    found = [report.sources["x.go"].line(one.finding.location.start) for one in report.findings]
    assert found and max(found) < 100  # the first ones, of 400 lines


@LINUX
def test_memory_does_not_grow_by_the_square(tree: Path) -> None:
    import resource

    cases = "".join(f"\tcase {one}:\n\t\tt.m[`{one}`]++\n" for one in range(8000))
    (tree / "a.go").write_text(f"{HEAD}func (t *T) f(x int) {{\n\tswitch x {{\n{cases}\t}}\n}}\n")
    done = run(
        tree,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000)),
    )
    assert (done.returncode, done.stderr) == (1, b""), done.stderr


@LINUX
def test_strange_things_in_folders(tree: Path) -> None:
    (tree / "folder.go").mkdir()
    (tree / "loop").symlink_to(".")
    (tree / "self.go").symlink_to("self.go")
    (tree / "nowhere.go").symlink_to("missing.go")
    (tree / "zero.go").symlink_to("/dev/zero")
    os.mkfifo(tree / "pipe.go")
    (tree / "A.go").write_text("package m\n")
    (tree / "line\nbreak").mkdir()
    (tree / "line\nbreak" / "a.go").write_text(BUG)
    Path(os.fsdecode(os.fsencode(tree) + b"/\xff\xfe.go")).write_text("package m\n")
    (tree / "\x1b[31mred.go").write_text(BUG.replace("func f", "func g"))
    done = run(tree, stdout=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stdout.count(b"GM101") == 3
    assert b"\x1b" not in done.stdout + done.stderr


@LINUX
@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize(
    "name", [".gitignore", ".git", "go.mod", "go.work", ".golint-maps.toml", "extended", "accepted"]
)
def test_what_is_no_file_is_not_read(tree: Path, name: str, kind: str) -> None:
    if name != ".git":
        (tree / ".git").mkdir()
    if kind == "pipe":
        os.mkfifo(tree / name)
    else:
        (tree / name).symlink_to("/dev/zero")
    key = {"extended": "extend", "accepted": "baseline"}.get(name)
    if key:
        (tree / ".golint-maps.toml").write_text(f'{key} = "{name}"\n')
    done = run(tree, stdout=subprocess.PIPE)
    if key:
        assert done.returncode == 2 and (b"regular file" in done.stderr or b"leads out" in done.stderr)
    else:
        assert done.returncode == 1 and b"GM101" in done.stdout


@pytest.mark.parametrize("where", [".gitignore", ".golint-maps.toml"])
@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/a/" * 40 + "b", "**/*a*a*a/" * 20 + "b", "*a" * 3000])
def test_no_pattern_runs_for_ever(tree: Path, where: str, pattern: str) -> None:
    (tree / ".git").mkdir()
    (tree / where).write_text(f"{pattern}\n" if where == ".gitignore" else f'exclude = ["{pattern}"]\n')
    deep = tree.joinpath(*["a"] * 60)
    deep.mkdir(parents=True)
    for folder in (tree, deep):
        (folder / f"{'a' * 200}.go").write_text("package m\n")
    done = run(tree, stdout=subprocess.PIPE)
    assert done.returncode == 1 or b"no path is longer" in done.stderr


@LINUX
@pytest.mark.parametrize("name", ["pipe.go", "zero.go", "missing.go"])
def test_strange_things_that_are_named(tree: Path, name: str) -> None:
    os.mkfifo(tree / "pipe.go")
    (tree / "zero.go").symlink_to("/dev/zero")
    done = run(tree, name, "a.go", stdout=subprocess.PIPE)
    assert done.returncode == 2
    assert name.encode() in done.stderr
    assert b"GM101" in done.stdout


def test_parser_takes_bytes_of_any_kind() -> None:
    for text in (b"", b"\0", b"\xff" * 100, b"\xef\xbb\xbf", bytes(range(256)) * 4):
        parse(text)


FOUND = {
    "a key of a literal that is no name": "func (t *T) f() {\n\tx := &T{*m: nil}\n\tx.m[`a`] = 1\n}",
    "results of a function that has none": "func f(m map[string]int, err error) {\n\tm[`a`] = 1\n\treturn T{}, err\n}",
}
"""What fuzzing has found once."""


@pytest.mark.parametrize("what", FOUND)
def test_what_fuzzing_has_found(what: str) -> None:
    assert complaint((HEAD + FOUND[what] + "\n").encode()) == ""


def test_calls_that_lack_their_arguments() -> None:
    calls = "\n".join(f"\t{name}()" for name in ("fmt.Printf", "fmt.Fprintf", "fmt.Println", "log.Printf", "maps.Copy"))
    text = f'package p\n\nimport (\n\t"fmt"\n\t"log"\n\t"maps"\n)\n\nfunc f(m map[string]int) {{\n{calls}\n}}\n'
    assert complaint(text.encode()) == ""
