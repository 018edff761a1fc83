"""What can go wrong around a run, made to go wrong: one fault for each test. docs/security.md lists them by the same names.

Faults that need the right moment come from an audit hook inside the process: it does what another program could, just
when a file is opened. As root may read everything, that right is given up first where a fault is about permissions.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from golint_maps.report.formats import formats

if sys.platform.startswith("linux"):
    import resource
else:
    pytest.skip("devices, signals and limits of Linux", allow_module_level=True)

BUG = 'package m\n\nfunc f(m map[string]int) {\n\tgo func() { m["a"] = 1 }()\n\tm["b"] = 2\n}\n'
NIL = 'package m\n\nfunc g() {\n\tvar m map[string]int\n\tm["a"] = 1\n}\n'
SLOW = (
    "package p\n\ntype T struct{ m map[string]int }\n\nfunc (t *T) f() {\n"
    + '\tgo func() { t.m["a"] = 1 }()\n' * 2500
    + "}\n"
)

PACKAGES = "abcdefghijkl"  # of which each is SLOW: seconds of work for two workers

# `when(name, do)` does something once, at the moment when a file of that name is opened.
_MAIN = """
import os, signal, sys, time
waiting = {}
def when(name, do):
    waiting[name] = do
def meddle(event, arguments):
    if event == "open" and waiting and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        do = waiting.pop(os.path.basename(path), None)
        if do is not None:
            do(path)
sys.addaudithook(meddle)
"""
_RUN = """
from golint_maps.cli import main
main(prog_name="golint-maps")
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A module with one bug, and one that is in another file."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.27\n")
    (folder / "a.go").write_text(BUG)
    (folder / "b.go").write_text(NIL)
    return folder


def run(
    folder: Path, *arguments: str, meddling: str = "", before: Callable[[], None] | None = None, **options: object
) -> subprocess.CompletedProcess[bytes]:
    """The command `check`, or another one, in a process of its own which `before` and `meddling` make trouble for."""
    words = arguments if arguments[:1] in (("baseline",), ("cache",)) else ("check", *arguments)
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    done = subprocess.run(
        [sys.executable, "-c", f"{_MAIN}{meddling}{_RUN}", *words],
        cwd=folder,
        timeout=300,
        preexec_fn=lambda: (bounded(), before and before()),
        **given,  # type: ignore[call-overload]
    )
    for stream in (done.stdout, done.stderr):
        assert b"Traceback" not in (stream or b""), stream.decode()
    return done


def bounded() -> None:
    """What goes wrong here must not take the memory of others."""
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, resource.RLIM_INFINITY))


def powerless() -> None:
    """Give up root's right to read and write everything, before the program starts."""
    library = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        library.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; fails for others than root, who lack them anyway


def limited(kind: int, amount: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (amount, amount))


def no_harm(done: subprocess.CompletedProcess[bytes]) -> None:
    """Both bugs are reported."""
    assert done.returncode == 1, done.stderr
    assert done.stdout.count(b"GM101") == done.stdout.count(b"GM401") == 1


def one_is_missing(done: subprocess.CompletedProcess[bytes], said: bytes) -> None:
    """One file can't be read, which is said; the other one is reported on."""
    assert done.returncode == 1, done.stderr
    assert said in done.stderr
    assert (done.stdout.count(b"GM101"), done.stdout.count(b"GM401")) == (0, 1)


# --- files of the tree ------------------------------------------------------------------------------------------------


def test_a_file_vanishes(tree: Path) -> None:
    """As if it had not been there. Who names it is told."""
    meddling = "when('a.go', os.unlink)"
    one_is_missing(run(tree, "--no-cache", meddling=meddling), b"")
    (tree / "a.go").write_text(BUG)
    done = run(tree, "--no-cache", "a.go", "b.go", meddling=meddling)
    assert done.returncode == 2 and b"a.go" in done.stderr and b"GM401" in done.stdout


def test_a_file_becomes_another_one(tree: Path) -> None:
    meddling = "when('a.go', lambda path: os.replace('new', path))"
    (tree / "new").write_text(NIL.replace("g()", "h()"))
    done = run(tree, "--no-cache", meddling=meddling)
    assert done.returncode == 1
    assert (done.stdout.count(b"GM101"), done.stdout.count(b"GM401")) == (0, 2)


def test_a_file_becomes_shorter_after_it_was_read(tree: Path) -> None:
    no_harm(run(tree, "--no-cache", meddling="when('b.go', lambda path: open('a.go', 'w').close())"))


def test_a_file_becomes_a_pipe(tree: Path) -> None:
    meddling = "when('a.go', lambda path: (os.unlink(path), os.mkfifo(path)))"
    one_is_missing(run(tree, "--no-cache", meddling=meddling), b"regular file")


def test_a_file_becomes_a_folder(tree: Path) -> None:
    meddling = "when('a.go', lambda path: (os.unlink(path), os.mkdir(path)))"
    one_is_missing(run(tree, "--no-cache", meddling=meddling), b"a.go")


def test_a_file_becomes_a_device(tree: Path) -> None:
    meddling = "when('a.go', lambda path: (os.unlink(path), os.symlink('/dev/zero', path)))"
    one_is_missing(run(tree, "--no-cache", meddling=meddling), b"regular file")


def test_a_file_becomes_a_link_to_itself(tree: Path) -> None:
    meddling = "when('a.go', lambda path: (os.unlink(path), os.symlink(path, path)))"
    one_is_missing(run(tree, "--no-cache", meddling=meddling), b"a.go")


def test_the_folder_vanishes(tree: Path) -> None:
    vanish = "import shutil\nwhen('a.go', lambda path: shutil.rmtree(os.path.dirname(path)))"
    (tree / "in").mkdir()
    (tree / "in/a.go").write_text(BUG)
    (tree / "a.go").unlink()
    one_is_missing(run(tree, "--no-cache", meddling=vanish), b"")


def test_the_working_folder_is_gone(tree: Path) -> None:
    done = run(tree, "--no-cache", meddling="import shutil\nshutil.rmtree(os.getcwd())")
    assert done.returncode == 2 and b"working" in done.stderr


def test_a_file_can_not_be_read(tree: Path) -> None:
    (tree / "a.go").chmod(0)
    one_is_missing(run(tree, "--no-cache", before=powerless), b"permission denied")


def test_a_folder_can_not_be_read(tree: Path) -> None:
    (tree / "in").mkdir()
    (tree / "a.go").rename(tree / "in/a.go")
    (tree / "in").chmod(0)
    done = run(tree, "--no-cache", before=powerless)
    (tree / "in").chmod(0o700)
    one_is_missing(done, b"permission denied")


def test_the_checkout_is_read_only(tree: Path) -> None:
    for path in (tree / "a.go", tree / "b.go", tree):
        path.chmod(0o555)
    done = run(tree, before=powerless)
    tree.chmod(0o755)
    no_harm(done)


def test_a_folder_is_called_like_a_file(tree: Path) -> None:
    (tree / "x.go").mkdir()
    (tree / "x.go/y.go").write_text("package m\n")
    no_harm(run(tree, "--no-cache"))


def test_a_pipe_lies_among_the_files(tree: Path) -> None:
    os.mkfifo(tree / "x.go")
    no_harm(run(tree, "--no-cache"))


def test_a_device_lies_among_the_files(tree: Path) -> None:
    (tree / "x.go").symlink_to("/dev/zero")
    no_harm(run(tree, "--no-cache"))


def test_a_link_leads_nowhere(tree: Path) -> None:
    (tree / "x.go").symlink_to("missing.go")
    no_harm(run(tree, "--no-cache"))


def test_links_lead_in_a_circle(tree: Path) -> None:
    (tree / "loop").symlink_to(".")
    (tree / "x.go").symlink_to("x.go")
    (tree / "one").symlink_to("two")
    (tree / "two").symlink_to("one")
    no_harm(run(tree, "--no-cache"))


def test_names_differ_by_case_only(tree: Path) -> None:
    (tree / "A.go").write_text("package m\n")
    no_harm(run(tree, "--no-cache"))


def test_a_line_break_in_a_path(tree: Path) -> None:
    (tree / "x\ny").mkdir()
    (tree / "x\ny/a.go").write_text(BUG)
    done = run(tree, "--no-cache", "-f", "concise")
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 3 + done.stdout.count(b"Found")


@pytest.mark.parametrize(("locale", "names"), [("C", ("text", "json")), ("C.UTF-8", tuple(formats()))])
def test_a_path_that_is_no_text(tree: Path, locale: str, names: tuple[str, ...]) -> None:
    (tree / "a.go").rename(os.fsdecode(os.fsencode(tree) + b"/\xff\xfe.go"))
    environment = os.environ | {"LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for name in names:
        done = run(tree, "-f", name, env=environment)
        assert done.returncode == 1 and b"GM101" in done.stdout, (name, done.stderr)


def test_a_very_long_path(tree: Path) -> None:
    """Longer than a path may be that is given to the system in one piece."""
    (tree / "a.go").rename(tree / "z.go")
    with contextlib.chdir(tree) if sys.version_info >= (3, 11) else pytest.skip("no chdir to come back from"):
        for _ in range(40):
            Path("x" * 200).mkdir()
            os.chdir("x" * 200)
        Path("a.go").write_text(BUG)
    done = run(tree, "--no-cache")
    assert b"too long" in done.stderr
    assert done.stdout.count(b"GM101") == done.stdout.count(b"GM401") == 1


def test_a_very_deep_path(tree: Path) -> None:
    deep = tree
    for _ in range(1500):
        deep = deep / "d"
        deep.mkdir()
    (tree / "a.go").rename(deep / "a.go")
    try:
        no_harm(run(tree, "--no-cache"))
    finally:  # what removes the folders of tests goes into each from within the one above, and would never come back
        (deep / "a.go").unlink()
        while deep != tree:
            deep.rmdir()
            deep = deep.parent


# --- space, memory and other means ------------------------------------------------------------------------------------


def test_the_disk_is_full_for_a_report(tree: Path) -> None:
    done = run(tree, "--no-cache", "-o", "/dev/full")
    assert done.returncode == 2 and b"No space left" in done.stderr


def test_the_disk_is_full_for_standard_output(tree: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(tree, "--no-cache", stdout=full)
    assert done.returncode == 2 and b"No space left" in done.stderr


def test_a_file_may_not_grow_for_a_report(tree: Path) -> None:
    done = run(tree, "--no-cache", "-o", "report.txt", before=limited(resource.RLIMIT_FSIZE, 20))
    assert done.returncode == 2 and b"report.txt" in done.stderr


def test_a_file_may_not_grow_for_the_cache(tree: Path, cache_folder: Path) -> None:
    done = run(tree, before=limited(resource.RLIMIT_FSIZE, 20))
    no_harm(done)
    assert b"can't be written" in done.stderr
    no_harm(run(tree))


def test_a_file_may_not_grow_for_a_fix(tree: Path) -> None:
    before = {path.name: path.read_bytes() for path in tree.iterdir()}
    done = run(tree, "--no-cache", "--fix", before=limited(resource.RLIMIT_FSIZE, 20))
    assert done.returncode == 2 and b"b.go" in done.stderr
    assert {path.name: path.read_bytes() for path in tree.iterdir()} == before


def test_a_file_may_not_grow_for_a_baseline(tree: Path) -> None:
    assert run(tree, "baseline").returncode == 0
    accepted = (tree / ".golint-maps-baseline").read_bytes()
    (tree / "c.go").write_text(NIL.replace("g()", "h()"))
    done = run(tree, "baseline", before=limited(resource.RLIMIT_FSIZE, 20))
    assert done.returncode == 2 and b"baseline" in done.stderr
    assert (tree / ".golint-maps-baseline").read_bytes() == accepted


def test_a_file_may_not_grow_for_the_workers(tree: Path) -> None:
    """Facts are passed on through files. What can't be passed on is said; all findings of each package are there."""
    (tree / "in").mkdir()
    (tree / "b.go").rename(tree / "in/b.go")
    done = run(tree, "--no-cache", "-j", "2", before=limited(resource.RLIMIT_FSIZE, 20))
    assert done.returncode == 2 and b"can't be passed on" in done.stderr, done.stderr
    assert done.stdout.count(b"GM101") == done.stdout.count(b"GM401") == 1


def test_there_is_no_folder_for_temporary_files(tree: Path) -> None:
    (tree / "in").mkdir()
    (tree / "b.go").rename(tree / "in/b.go")
    done = run(tree, "--no-cache", "-j", "2", meddling="import tempfile\ntempfile.tempdir = '/nowhere'\n")
    no_harm(done)


def test_memory_runs_out_in_a_worker(tree: Path) -> None:
    """One package needs more than there is; the others are reported on."""
    (tree / "in").mkdir()
    (tree / "b.go").rename(tree / "in/b.go")
    (tree / "in/large.go").write_text("package m\n\nvar x = []string{\n" + "\ta, b, c, d,\n" * 50_000 + "}\n")
    done = run(tree, "--no-cache", "-j", "2", before=limited(resource.RLIMIT_AS, 220_000_000))
    assert done.returncode == 2
    assert b" in: the analysis of package" in done.stderr or b"died" in done.stderr
    assert done.stdout.count(b"GM101") == 1


def test_few_files_may_be_open(tree: Path) -> None:
    for number in range(100):
        (tree / f"p{number}").mkdir()
        (tree / f"p{number}/a.go").write_text("package p\n")
    no_harm(run(tree, before=limited(resource.RLIMIT_NOFILE, 24)))


def test_the_home_folder_can_not_be_written(tree: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "GOLINT_MAPS_CACHE_DIR"}
    (tree / "home").mkdir(mode=0o500)
    environment |= {"HOME": str(tree / "home"), "XDG_CACHE_HOME": str(tree / "home/cache")}
    no_harm(run(tree, before=powerless, env=environment))


# --- streams ----------------------------------------------------------------------------------------------------------


def test_nobody_reads_standard_output(tree: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = run(tree, "--no-cache", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_nobody_reads_standard_error(tree: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    (tree / "a.go").chmod(0)
    done = run(tree, "--no-cache", stderr=writer, before=powerless)
    os.close(writer)
    assert done.returncode == 1 and b"GM401" in done.stdout


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_streams_are_closed_from_the_start(tree: Path, closed: tuple[int, ...]) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    done = run(tree, "--no-cache", before=close)
    assert (done.returncode, done.stderr) == (1, b"")
    assert (tree / "a.go").read_text() == BUG


# --- signals and processes --------------------------------------------------------------------------------------------


def working(folder: Path, *options: str) -> tuple[subprocess.Popen[bytes], list[int], Path]:
    """A run over slow packages with two workers at work: its process, theirs, and its folder for temporary files."""
    for name in PACKAGES:
        (folder / name).mkdir()
        (folder / name / "a.go").write_text(SLOW)
    temporary = folder.parent / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "golint_maps", "check", "--no-cache", "-j", "2", *options],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What starts in the background of a shell ignores interrupts, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 300
    workers: list[int] = []
    while len(workers) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
        workers = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    assert len(workers) == 2
    # Both are at work: Python itself loses an interrupt that comes while it forks.
    while any(seconds_of(pid) < 0.1 for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process, workers, temporary


def seconds_of(pid: int) -> float:
    """The processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def gone(pids: list[int], seconds: float = 300) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it(tree: Path, sent: signal.Signals, code: int) -> None:
    process, workers, temporary = working(tree)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == code
    assert output == b""
    assert b"before the end" in errors and b"Traceback" not in errors
    assert gone(workers)
    assert list(temporary.iterdir()) == []


def test_it_is_killed(tree: Path) -> None:
    """Nothing can be tidied up then, but the workers must not go on for ever."""
    process, workers, _ = working(tree)
    process.kill()
    process.communicate(timeout=300)
    assert gone(workers)


def test_a_worker_is_killed(tree: Path) -> None:
    """What it was at work on is done again, and nothing is missing."""
    process, workers, temporary = working(tree, "--format", "json")
    os.kill(workers[0], signal.SIGKILL)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 1 and errors == b""
    found = {one["path"] for one in json.loads(output)["findings"] if one["rule"] == "GM101"}
    assert found == {"a.go", *(f"{name}/a.go" for name in PACKAGES)}
    assert list(temporary.iterdir()) == []


# --- the cache --------------------------------------------------------------------------------------------------------


def entries(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file() and len(path.parent.name) == 2]
    assert found
    return found


@pytest.mark.parametrize("damage", [b"", b"golint", b"\0" * 4000, b"\x80\x04."])
def test_entries_of_the_cache_are_damaged(tree: Path, cache_folder: Path, damage: bytes) -> None:
    no_harm(run(tree))
    for entry in entries(cache_folder):
        entry.write_bytes(damage or entry.read_bytes()[:-1])
    no_harm(run(tree))


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "link to itself"])
def test_entries_of_the_cache_are_no_files(tree: Path, cache_folder: Path, kind: str) -> None:
    no_harm(run(tree))
    for entry in entries(cache_folder):
        entry.unlink()
        if kind == "pipe":
            os.mkfifo(entry)
        elif kind == "device":
            entry.symlink_to("/dev/zero")
        elif kind == "folder":
            entry.mkdir()
        else:
            entry.symlink_to(entry)
    no_harm(run(tree))


def test_the_cache_is_read_only(tree: Path, cache_folder: Path) -> None:
    no_harm(run(tree))
    (tree / "c.go").write_text("package m\n")
    for path in [*cache_folder.rglob("*"), cache_folder]:
        path.chmod(0o500)
    done = run(tree, before=powerless)
    no_harm(done)
    assert b"can't be written" in done.stderr


def test_the_cache_is_a_file(tree: Path, cache_folder: Path) -> None:
    cache_folder.rmdir()
    cache_folder.write_text("")
    no_harm(run(tree))


def test_the_cache_vanishes(tree: Path, cache_folder: Path) -> None:
    no_harm(run(tree))
    (tree / "c.go").write_text("package m\n")
    no_harm(run(tree, meddling=f"import shutil\nwhen('c.go', lambda path: shutil.rmtree({str(cache_folder)!r}))"))


# --- the list of all these --------------------------------------------------------------------------------------------


def test_the_documentation_lists_each_fault() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs/security.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- ([a-z][^:\n]*?): ", page.partition("## Faults")[2].partition("\n## ")[0], re.MULTILINE)
    tests = [name[5:].replace("_", " ") for name in globals() if name.startswith("test_")]
    assert listed == tests[:-1]
