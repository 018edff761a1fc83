from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from examples import TESTDATA
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from golint_maps.engine import cache as cache_module
from golint_maps.engine import catalogue, job, run, schedule, snapshot, store
from golint_maps.engine.plain import Codec, declared_in, facts_codec, findings_codec
from golint_maps.engine.store import Store, StoreError, canonical
from golint_maps.flow.facts import PackageFacts
from golint_maps.project.config import Settings
from golint_maps.rule import StandIn, runnable
from golint_maps.types import declarations, model, stdlib

GO_MOD = "module m\n\ngo 1.22\n"
# Three packages in a chain: what `base` declares decides what is found in `top`.
BASE = """package base

type Table {table}

func New() Table {{ return make(Table) }}
"""
MIDDLE = """package middle

import "m/base"

type Holder struct {
	Table base.Table
}
"""
TOP = """package top

import "m/middle"

type Server struct{ holder middle.Holder }

func (s *Server) Run() {
	for i := 0; i < 4; i++ {
		go func() { s.holder.Table["x"] = i }()
	}
}
"""
ALONE = "package alone\n\nvar counts = map[string]int{}\n\nfunc Run() {\n\tfor {\n\t\tgo func() { counts[`a`]++ }()\n\t}\n}\n"
FILES = {"base/b.go": BASE.format(table="map[string]int"), "middle/m.go": MIDDLE, "top/t.go": TOP, "alone/a.go": ALONE}


@pytest.fixture
def tree(tmp_path) -> Path:
    (tmp_path / "go.mod").write_text(GO_MOD)
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text)
    return tmp_path


class Counted:
    """The analysis, which notes the packages that it is asked for."""

    def __init__(self) -> None:
        self.packages: list[str] = []

    def __call__(self, package, facts, rules, tell=None):
        self.packages.append(package.import_path)
        return job.analyse(package, facts, rules, tell=tell)


def check(folder: Path, cache: Path | None, *paths: str, settings: Settings | None = None, jobs: int = 1, **options):
    """The report, and the packages that were analysed."""
    counted = Counted()
    kept = Store(os.fspath(cache)) if cache is not None else None
    report = run.check(paths, settings or Settings(), cwd=folder, jobs=jobs, analyse=counted, cache=kept, **options)
    return report, sorted(counted.packages)


def same(one, other) -> None:
    """Two reports say the same, but for the time."""
    statistics = dataclasses.replace(other.statistics, seconds=one.statistics.seconds)
    assert one == dataclasses.replace(other, statistics=statistics)


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and len(path.parent.name) == 2]


def test_nothing_is_analysed_twice(tree, cache_folder):
    cold, analysed = check(tree, cache_folder)
    assert analysed == ["m/alone", "m/base", "m/middle", "m/top"]
    assert {reported.finding.location.path for reported in cold.findings} == {"alone/a.go", "top/t.go"}
    warm, analysed = check(tree, cache_folder)
    assert analysed == []
    same(warm, cold)
    same(warm, check(tree, None)[0])
    assert warm.profile.remembered == 4


def test_contents_alone_find_every_result(tmp_path, cache_folder):
    """As after a fresh checkout with the cache of an earlier one: other times, the same bytes."""
    examples = {TESTDATA.joinpath(*path.relative_to(TESTDATA).parts[:2]) for path in TESTDATA.glob("*/*/*/*.go")}
    assert len(examples) > 40
    for number, checkout in enumerate(("first", "second")):
        folder = tmp_path / checkout
        folder.mkdir()
        shutil.copy(TESTDATA / "go.mod", folder)
        for example in examples:
            shutil.copytree(example, folder / example.relative_to(TESTDATA))
        _, analysed = check(folder, cache_folder)
        assert bool(analysed) == (number == 0), analysed


def test_other_choices_are_answered_from_the_cache(tree, cache_folder):
    check(tree, cache_folder)
    for settings in (
        Settings(select=("GM1",)),
        Settings(select=("ALL",), min_confidence="low"),
        Settings(ignore=("GM101",)),
        Settings(report_unused_suppressions=True),
    ):
        warm, analysed = check(tree, cache_folder, settings=settings)
        assert analysed == []
        same(warm, check(tree, None, settings=settings)[0])
    assert check(tree, cache_folder, "alone/a.go")[1] == []


def test_what_the_analysis_depends_on_is_part_of_the_key(tree, cache_folder):
    check(tree, cache_folder)
    spawner = {"example.com/pool.Submit": {"argument": 0}}
    changed = [
        Settings(lock_types=("example.com/a.Lock",)),
        Settings(spawners=spawner),
        Settings(map_types=("example.com/a.Table",)),
        Settings(safe_types=("example.com/a.Table",)),
        Settings(map_methods={"example.com/a.Table": {"Put": "write"}}),
    ]
    assert [len(check(tree, cache_folder, settings=settings)[1]) for settings in changed] == [4] * len(changed)
    (tree / "go.mod").write_text(GO_MOD.replace("1.22", "1.21"))
    assert len(check(tree, cache_folder)[1]) == 4


def test_a_changed_program_analyses_anew(tree, cache_folder, monkeypatch):
    check(tree, cache_folder)
    monkeypatch.setattr(cache_module, "tool_identity", lambda store: "other")
    assert len(check(tree, cache_folder)[1]) == 4


def test_a_rule_from_elsewhere_is_known_by_its_source(tmp_path, cache_folder, monkeypatch):
    store = Store(str(cache_folder))
    source = tmp_path / "own_rule.py"
    text = (
        "from golint_maps.rule import Rule\nfrom golint_maps.finding import Level\n"
        "class Own(Rule):\n    id = 'X1'\n    name = 'own'\n    level = Level.NOTE\n"
    )
    source.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    import own_rule

    try:
        before = cache_module.identity(store, Settings(), [own_rule.Own])
        assert cache_module.identity(store, Settings(), [own_rule.Own]) == before
        source.write_text(text + "# changed\n")
        assert cache_module.identity(store, Settings(), [own_rule.Own]) != before
    finally:
        del sys.modules["own_rule"]


def test_importers_are_analysed_where_what_they_see_has_changed(tree, cache_folder):
    check(tree, cache_folder)
    base = tree / "base/b.go"
    # The body of a function, comments and places are nobody else's business.
    base.write_text("// Package base.\n" + FILES["base/b.go"].replace("return make(Table)", "t := Table{}; return t"))
    report, analysed = check(tree, cache_folder)
    assert analysed == ["m/base"]
    same(report, check(tree, None)[0])
    # Nor is what only the package itself can name.
    base.write_text(FILES["base/b.go"] + "\nvar seen = map[string]int{}\n\nfunc see(key string) { seen[key]++ }\n")
    report, analysed = check(tree, cache_folder)
    assert analysed == ["m/base"]
    same(report, check(tree, None)[0])
    base.write_text(FILES["base/b.go"] + "\nfunc See(key string) {}\n")
    assert "m/top" in check(tree, cache_folder)[1]
    base.write_text(BASE.format(table="map[string]int64"))
    report, analysed = check(tree, cache_folder)
    # `middle` only passes the name on, while `top` looks behind it.
    assert "m/base" in analysed and "m/top" in analysed and "m/alone" not in analysed
    same(report, check(tree, None)[0])
    base.write_text(BASE.format(table="[]int"))
    report, _ = check(tree, cache_folder)
    assert {reported.finding.location.path for reported in report.findings} == {"alone/a.go"}
    same(report, check(tree, None)[0])
    base.write_text(FILES["base/b.go"])
    assert check(tree, cache_folder)[1] == []  # as before: both states are known


def test_packages_that_come_and_go(tree, cache_folder):
    check(tree, cache_folder)
    (tree / "base/b.go").unlink()
    report, analysed = check(tree, cache_folder)
    assert "m/alone" not in analysed
    same(report, check(tree, None)[0])
    (tree / "base/b.go").write_text(FILES["base/b.go"])
    report, analysed = check(tree, cache_folder)
    assert analysed == []
    same(report, check(tree, None)[0])


def test_several_processes_share_what_is_known(tree, cache_folder):
    if sys.platform != "linux":
        pytest.skip("the counting analysis is handed on by forking")
    settings = Settings(select=("ALL",), min_confidence="low")
    plain, _ = check(tree, None, settings=settings)
    (tree / "alone/a.go").write_text(ALONE + "// changed\n")
    check(tree, cache_folder, settings=settings, jobs=2)
    (tree / "top/t.go").write_text(TOP + "\n")
    report, _ = check(tree, cache_folder, settings=settings, jobs=2)
    assert report.profile.remembered == 3
    same(report, check(tree, None, settings=settings)[0])
    (tree / "top/t.go").write_text(TOP)
    (tree / "alone/a.go").write_text(ALONE)
    same(check(tree, cache_folder, settings=settings, jobs=2)[0], plain)


# --- what can go wrong with the folder --------------------------------------------------------------------------------


def damage(path: Path, how: str, source: random.Random) -> None:
    raw = path.read_bytes()
    if how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(raw[: source.randrange(len(raw))])
    elif how == "bit":
        at = source.randrange(len(raw))
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << source.randrange(8)]) + raw[at + 1 :])
    elif how == "older":
        path.write_bytes(raw.replace(b"cache 1", b"cache 0"))
    elif how == "other":
        path.write_bytes(source.randbytes(len(raw)))
    else:
        path.unlink()


@pytest.mark.parametrize("how", ["empty", "cut", "bit", "older", "other", "gone"])
@pytest.mark.parametrize("share", [0.4, 1.0])
def test_damaged_entries_are_written_anew(tree, cache_folder, how, share):
    source = random.Random(7)
    cold, _ = check(tree, cache_folder)
    for round_ in range(3):
        for path in sorted(entries(cache_folder)):
            if source.random() < share:
                damage(path, how, source)
        (tree / "top/t.go").write_text(TOP + "\n" * round_)
        report, _ = check(tree, cache_folder)
        same(report, check(tree, None)[0])
        assert check(tree, cache_folder)[1] == []
    assert len(cold.findings) == len(report.findings)


def test_entries_that_are_whole_but_mean_nothing(tree, cache_folder):
    check(tree, cache_folder)
    kept = Store(os.fspath(cache_folder))
    for data in (None, 7, {}, [], [[1, 2]], [[[], "x", ["Finding"], [], []]], [[[["m/base", "0"]], 1, 2, 3, 4]]):
        for path in entries(cache_folder):
            kept.put(path.parent.name + path.name, data)
        report, _ = check(tree, cache_folder)
        same(report, check(tree, None)[0])


def test_a_crash_in_the_middle_of_writing(tree, cache_folder):
    check(tree, cache_folder)
    for path in entries(cache_folder):
        path.with_name(path.name + ".1-1.tmp").write_bytes(path.read_bytes()[:20])
        path.unlink()
    assert len(check(tree, cache_folder)[1]) == 4
    assert check(tree, cache_folder)[1] == []
    kept = Store(os.fspath(cache_folder))
    count = kept.usage().entries  # half-written entries may still be at work
    for path in cache_folder.rglob("*.tmp"):
        os.utime(path, (0, 0))
    assert kept.usage().entries > count
    kept.clean()
    assert entries(cache_folder) == []


def test_killed_runs_leave_a_cache_that_works(tree, cache_folder):
    expected, _ = check(tree, None)
    for delay in (0.3, 0.5, 0.7, 0.9):
        process = subprocess.Popen(
            [sys.executable, "-m", "golint_maps", "check", "--cache-dir", cache_folder],
            cwd=tree,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=300)
        same(check(tree, cache_folder)[0], expected)


def test_many_at_a_time(tree, cache_folder):
    """Several runs on one empty cache, while entries are being removed."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom golint_maps.engine import run\n"
        "from golint_maps.engine.store import Store\nfrom golint_maps.project.config import Settings\n"
        "for _ in range(6):\n"
        "    report = run.check([], Settings(), cwd=Path(), jobs=1, cache=Store(sys.argv[1]))\n"
        "    print([(r.finding.rule, r.finding.location, r.fingerprint) for r in report.findings], report.notes)\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, cache_folder], cwd=tree, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    stop = threading.Event()

    def remove() -> None:
        while not stop.wait(0.05):
            Store(os.fspath(cache_folder)).clean()

    cleaner = threading.Thread(target=remove)
    cleaner.start()
    try:
        printed = [process.communicate(timeout=300)[0].splitlines() for process in processes]
    finally:
        stop.set()
        cleaner.join()
    expected, _ = check(tree, None)
    line = [(one.finding.rule, one.finding.location, one.fingerprint) for one in expected.findings]
    assert {text for lines in printed for text in lines} == {f"{line} ()"}
    assert [len(lines) for lines in printed] == [6] * 4


def test_facts_that_vanish_make_the_run_begin_again(tree, cache_folder, monkeypatch):
    check(tree, cache_folder)
    (tree / "top/t.go").write_text(TOP + "\n")
    monkeypatch.setattr(cache_module, "_facts_key", lambda known: store.digest(b"gone " + known.encode()))
    report, analysed = check(tree, cache_folder)
    assert set(analysed) == {"m/alone", "m/base", "m/middle", "m/top"}
    same(report, check(tree, None)[0])


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_folders_that_others_can_write_are_not_used(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(StoreError, match="other users may write there"):
        Store(os.fspath(shared))
    Store(os.fspath(tmp_path / "own"))
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_read_only_folder_is_read(tree, cache_folder):
    cold, _ = check(tree, cache_folder)
    (tree / "alone/a.go").write_text(ALONE + "\n")
    folders = [cache_folder, *(path for path in cache_folder.iterdir() if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    try:
        for _ in range(2):
            report, analysed = check(tree, cache_folder)
            assert analysed == ["m/alone"]
            assert "can't be written" in report.notes[0]
            assert report.findings == cold.findings
    finally:
        for folder in folders:
            folder.chmod(0o700)


def test_a_full_disk_is_no_failure(tree, cache_folder, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    report, _ = check(tree, cache_folder)
    monkeypatch.undo()
    assert report.notes == (f"the cache in {cache_folder} can't be written: no space left on device",)
    assert not list(cache_folder.rglob("*.tmp"))
    assert report.findings == check(tree, None)[0].findings


def test_it_is_bounded(tmp_path):
    kept = Store(os.fspath(tmp_path / "c"), limit=50_000)
    keys = [store.digest(b"%d" % number) for number in range(100)]
    for age, key in enumerate(keys):
        assert kept.put(key, random.Random(age).randbytes(800).hex())
        path = tmp_path / "c" / key[:2] / key[2:]
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    assert kept.get(keys[0]) is not None  # which makes it the one that was used last
    kept.trim()
    assert kept.usage().size <= 50_000
    assert kept.get(keys[0]) is not None and kept.get(keys[99]) is not None
    assert kept.get(keys[1]) is None


def test_cleaning_spares_what_is_not_ours(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    kept = Store(os.fspath(tmp_path))
    kept.put(store.digest(b"x"), [1])
    assert kept.clean().entries == 1
    assert (tmp_path / "notes" / "mine.txt").exists()


# --- the codec --------------------------------------------------------------------------------------------------------

TYPES = st.recursive(
    st.one_of(st.just(model.UNKNOWN), st.builds(model.Basic, st.text()), st.builds(model.Named, st.text(), st.text())),
    lambda inner: st.one_of(
        st.builds(model.Map, inner, inner),
        st.builds(model.Func, st.tuples(inner), st.tuples(inner, inner), st.booleans()),
        st.builds(model.Struct, st.tuples(st.builds(model.StructField, st.text(), inner, st.booleans()))),
    ),
)


@settings_of(suppress_health_check=list(HealthCheck), deadline=None)
@given(TYPES)
def test_types_survive(type_):
    codec = facts_codec()
    assert codec.decode(json.loads(canonical(codec.encode(type_)))) == type_


def test_all_declarations_of_the_standard_library_survive():
    codec = facts_codec()
    for path in sorted(stdlib.paths())[::7]:
        facts = PackageFacts(stdlib.package(path))
        assert codec.decode(json.loads(canonical(codec.encode(facts)))) == facts


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.dictionaries(st.one_of(st.text(), st.tuples(st.text())), inner),
        st.frozensets(st.one_of(st.integers(), st.text(), st.tuples(st.text(), st.integers()))),
    ),
)


@given(PLAIN)
def test_plain_data_survives(value):
    codec = Codec([])
    assert codec.decode(json.loads(canonical(codec.encode(value)))) == value


@given(PLAIN | st.lists(st.sampled_from(["(", "d", "Finding", "Location", "Level", "eval", 1, None])))
def test_data_of_others_is_an_error_and_nothing_else(data):
    with contextlib.suppress(ValueError, TypeError):
        findings_codec().decode(json.loads(json.dumps(data, default=str)))


def test_only_registered_classes():
    with pytest.raises(TypeError, match="not registered"):
        findings_codec().encode(Path("x"))
    with pytest.raises(ValueError, match="not encoded data"):
        findings_codec().decode(["Path", "x"])
    assert model.Map in declared_in(model) and declarations.TypeDecl in declared_in(declarations)


# --- runs after which nothing, or little, has changed -----------------------------------------------------------------


def settle(folder: Path) -> None:
    """Make the files old enough for their times to be trusted."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if ".git" not in path.parts:
            os.utime(path, (1_500_000_000, 1_500_000_000))
    os.utime(folder, (1_500_000_000, 1_500_000_000))


@pytest.fixture
def settled(tree, monkeypatch) -> Path:
    """The tree, with a run that lies far enough behind its making (the time of a change of status can't be set)."""
    monkeypatch.setattr(snapshot, "_RECENT", -3600.0)
    settle(tree)
    return tree


@pytest.fixture
def no_discovery(monkeypatch):
    """Makes discovery fail from now on: what comes is from a snapshot."""

    def forbid() -> None:
        def fail(*_arguments):
            raise AssertionError("discovery was asked")

        monkeypatch.setattr("golint_maps.project.discovery.discover", fail)

    return forbid


def test_an_unchanged_tree_is_not_read(settled, cache_folder, no_discovery):
    cold, _ = check(settled, cache_folder)
    no_discovery()
    warm, analysed = check(settled, cache_folder)
    assert analysed == []
    same(warm, cold)
    quiet = Settings(select=("GM101",), min_confidence="high")
    assert {one.finding.rule for one in check(settled, cache_folder, settings=quiet)[0].findings} <= {"GM101"}


def test_one_changed_file_is_the_only_one_read(settled, cache_folder, no_discovery, monkeypatch):
    check(settled, cache_folder)
    (settled / "top/t.go").write_text("// New.\n" + TOP.replace("i < 4", "i < 5"))
    expected, _ = check(settled, None)
    no_discovery()
    for _ in range(2):
        report, analysed = check(settled, cache_folder)
        same(report, expected)
    assert analysed == []


def test_a_change_below_reaches_the_importers(settled, cache_folder, no_discovery):
    check(settled, cache_folder)
    (settled / "base/b.go").write_text(BASE.format(table="[]int"))
    expected, _ = check(settled, None)
    report, analysed = check(settled, cache_folder)
    assert "m/alone" not in analysed and "m/top" in analysed
    same(report, expected)


def test_importers_for_which_nothing_has_changed_are_not_read(settled, cache_folder, monkeypatch):
    check(settled, cache_folder)
    (settled / "base/b.go").write_text(FILES["base/b.go"] + "\nfunc own() {}\n")
    expected, _ = check(settled, None)
    text, read = snapshot.FileOnDisk.text, set()
    monkeypatch.setattr(snapshot.FileOnDisk, "text", property(lambda self: (read.add(self.path), text.fget(self))[1]))
    report, analysed = check(settled, cache_folder, jobs=0)
    same(report, expected)
    assert analysed == ["m/base"]
    assert "middle/m.go" not in read


@pytest.mark.parametrize("small", [10, 150, 10_000])
def test_a_change_below_reaches_importers_in_other_processes(settled, cache_folder, monkeypatch, small):
    monkeypatch.setattr(schedule, "SMALL", small)
    check(settled, cache_folder)
    (settled / "base/b.go").write_text(BASE.format(table="[]int"))
    expected, _ = check(settled, None)
    report, _ = check(settled, cache_folder, jobs=0)
    same(report, expected)


def go_mod(tree: Path) -> None:
    (tree / "go.mod").write_text(GO_MOD.replace("module m", "module n"))


def new_file(tree: Path) -> None:
    (tree / "alone/b.go").write_text(ALONE.replace("counts", "others").replace("Run", "Walk"))


def new_folder(tree: Path) -> None:
    (tree / "deep/er").mkdir(parents=True)
    (tree / "deep/er/x.go").write_text(ALONE)


def gone(tree: Path) -> None:
    (tree / "alone/a.go").unlink()


def ignored(tree: Path) -> None:
    (tree / ".gitignore").write_text("alone\n")


def other_package(tree: Path) -> None:
    (tree / "alone/a.go").write_text(ALONE.replace("package alone", "package other"))


def other_import(tree: Path) -> None:
    (tree / "top/t.go").write_text(TOP.replace('"m/middle"', 'middle "m/base"').replace("Holder", "Table"))


def generated(tree: Path) -> None:
    (tree / "alone/a.go").write_text("// Code generated by x. DO NOT EDIT.\n\n" + ALONE)


def same_size_and_time(tree: Path) -> None:
    path = tree / "alone/a.go"
    before = path.stat()
    path.write_text(ALONE.replace("map[string]", "map[uint64]").replace("`a`", "111"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def inner_module(tree: Path) -> None:
    (tree / "base/go.mod").write_text("module elsewhere\n")


def workspace(tree: Path) -> None:
    (tree.parent / "go.work").write_text("go 1.22\n\nuse ./other\n")


@pytest.mark.parametrize(
    "change",
    [
        go_mod,
        new_file,
        new_folder,
        gone,
        ignored,
        other_package,
        other_import,
        generated,
        same_size_and_time,
        inner_module,
        workspace,
    ],
)
@pytest.mark.parametrize("paths", [(), ("top", "alone/a.go")])
def test_no_change_is_missed(settled, cache_folder, change, paths):
    (settled / ".git").mkdir()
    check(settled, cache_folder, *paths)
    check(settled, cache_folder, *paths)
    if change is gone and paths:
        paths = ("top",)
    change(settled)
    for _ in range(2):
        same(check(settled, cache_folder, *paths)[0], check(settled, None, *paths)[0])


@settings_of(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_series_of_edits(tmp_path_factory, data):
    """Whatever is written in between, a run with the cache says what one without it says."""
    folder, kept = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("kept")
    kept.chmod(0o700)
    (folder / "go.mod").write_text(GO_MOD)
    texts = {
        "base/b.go": [None, *(BASE.format(table=one) for one in ("map[string]int", "[]int", "map[int]int"))],
        "middle/m.go": [MIDDLE, MIDDLE + "\nvar x = map[string]base.Table{}\n"],
        "top/t.go": [TOP, "// x\n" + TOP, TOP.replace("i < 4", "i < 44")],
        "alone/a.go": [None, ALONE, "//go:build linux\n\n" + ALONE],
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_RECENT", -3600.0)
        for _ in range(data.draw(st.integers(1, 5))):
            name = data.draw(st.sampled_from(sorted(texts)))
            text = data.draw(st.sampled_from(texts[name]))
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            if text is not None:
                path.write_text(text)
            else:
                path.unlink(missing_ok=True)
            same(check(folder, kept)[0], check(folder, None)[0])


def test_a_file_that_changes_while_it_is_looked_at(settled, cache_folder, monkeypatch):
    check(settled, cache_folder)
    recall = snapshot.Snapshots.recall

    def late(self):
        found = recall(self)
        (settled / "alone/a.go").write_text(ALONE.replace("counts", "numbers"))
        return found

    monkeypatch.setattr(snapshot.Snapshots, "recall", late)
    report, _ = check(settled, cache_folder)
    same(report, check(settled, None)[0])
    assert "numbers" in {one.finding.map for one in report.findings}


def test_changes_just_before_a_run_are_not_trusted(tree, cache_folder):
    check(tree, cache_folder)
    same_size_and_time(tree)
    same(check(tree, cache_folder)[0], check(tree, None)[0])


def test_texts_of_an_editor_go_on_top_of_a_snapshot(settled, cache_folder, no_discovery):
    check(settled, cache_folder)
    overlay = {"alone/a.go": ALONE.replace("counts", "numbers").encode()}
    expected, _ = check(settled, None, overlay=overlay)
    new = {"alone/z.go": b"package alone\n"}
    same(check(settled, cache_folder, overlay=new)[0], check(settled, None, overlay=new)[0])
    no_discovery()
    report, analysed = check(settled, cache_folder, overlay=overlay)
    assert analysed == ["m/alone"]
    same(report, expected)
    assert check(settled, cache_folder)[1] == []


def test_rules_that_stand_in_say_the_same(cache_folder):
    kept = Store(os.fspath(cache_folder))
    known = catalogue.known(kept)[0]
    standing_in = catalogue.known(kept)[0]
    assert known == run.known_rules()
    assert [issubclass(rule, StandIn) for rule in standing_in] == [rule.id != "GM001" for rule in known]
    described = [
        [(r.id, r.name, r.level, r.default, r.page(), r.summary()) for r in some] for some in (known, standing_in)
    ]
    assert described[0] == described[1]
    assert runnable(standing_in) == known


def test_a_warm_run_brings_neither_the_parser_nor_the_rules(tree, cache_folder):
    code = (
        "import sys\nfrom golint_maps.cli import main\n"
        "try:\n    main(['check', '-q'])\nexcept SystemExit as e:\n    status = e.code\n"
        "heavy = [name for name in sys.modules if name.startswith(('tree_sitter', 'golint_maps.flow', 'golint_maps.rules.'))]\n"
        "print(status, heavy[:5], file=sys.stderr)\n"
    )
    errors = []
    time.sleep(2.2)  # a run is remembered whole only if all changes lie behind it
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, timeout=300)
        errors.append(done.stderr.splitlines()[-1])
    assert errors[0] != "1 []"
    assert errors[1] == "1 []"
