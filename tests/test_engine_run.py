from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import fake_analysis
import pytest
from report_sample import RULES

from golint_maps.engine import order, ownrules, run, workers
from golint_maps.engine.outcome import Report
from golint_maps.engine.suppress import UnusedSuppression
from golint_maps.project.config import ConfigError, PerPath, Settings
from golint_maps.project.discovery import Discovery
from golint_maps.project.package import GoFile, Module, Package

KNOWN = (UnusedSuppression, *RULES)
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="the fake analysis is handed on by forking")


def tree(folder: Path, **files: str) -> Path:
    """Write files (`a__b` is `a/b.go`) and a `go.mod` of the module `m`."""
    (folder / "go.mod").write_text("module m\n\ngo 1.22\n")
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".go")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def check(folder: Path, *paths: str, settings: Settings | None = None, **options) -> Report:
    options.setdefault("analyse", fake_analysis.analyse)
    return run.check(paths, settings or Settings(), cwd=folder, rules=KNOWN, **options)


def places(report: Report) -> list[str]:
    found = (reported.finding for reported in report.findings)
    return [f"{f.location.path}:{report.sources[f.location.path].line(f.location.start)} {f.rule}" for f in found]


def test_findings_are_sorted_and_each_once(tmp_path):
    tree(tmp_path, b="package m\n//BUG(GM201) BUG(GM101)\n", a="package m\n\n//BUG(GM101)\n")

    def twice(package, facts, rules, tell=None):
        result = fake_analysis.analyse(package, facts, rules)
        return fake_analysis.PackageResult(result.findings[::-1] * 2, result.facts, lines=result.lines)

    report = check(tmp_path, analyse=twice)
    assert places(report) == ["a.go:3 GM101", "b.go:2 GM201", "b.go:2 GM101"]
    assert (report.statistics.files, report.statistics.packages, report.statistics.lines) == (2, 1, 5)
    assert len({reported.fingerprint for reported in report.findings}) == 3
    assert sorted(report.sources) == ["a.go", "b.go"]


def test_only_named_files_are_reported_on(tmp_path):
    tree(tmp_path, a="package m\n//BUG(GM101)\n", b="package m\n//BUG(GM101)\n")
    report = check(tmp_path, "b.go")
    assert places(report) == ["b.go:2 GM101"]
    assert report.statistics.files == 1


@pytest.mark.parametrize(
    ("settings", "rules"),
    [
        (Settings(), ["GM101", "GM101", "GM201"]),
        (Settings(select=("ALL",)), ["GM101", "GM101", "GM201", "GM205"]),
        (Settings(ignore=("GM2",)), ["GM101", "GM101"]),
        (Settings(min_level="warning"), ["GM101", "GM101"]),
        (Settings(min_level="error"), ["GM101"]),
        (Settings(min_confidence="low"), ["GM101", "GM101", "GM101", "GM201"]),
        (Settings(per_path=(PerPath(("*.go",), ("range-delete", "GM205")),)), ["GM101", "GM101"]),
        (Settings(per_path=(PerPath(("other/",), ("ALL",)),)), ["GM101", "GM101", "GM201"]),
    ],
)
def test_choices(tmp_path, settings, rules):
    bugs = "//BUG(GM101) BUG(GM201)\n//BUG(GM205)\n//BUG(GM101,warning)\n//BUG(GM101,low)\n"
    tree(tmp_path, a=f"package m\n{bugs}")
    found = [reported.finding.rule for reported in check(tmp_path, settings=settings).findings]
    assert sorted(found) == rules


def test_rules_that_do_not_exist_are_configuration_errors(tmp_path):
    tree(tmp_path)
    settings = Settings(per_path=(PerPath(("x",), ("GM110",)),), file="conf.toml")
    with pytest.raises(ConfigError, match=r"^conf.toml: per-path.ignore: unknown rule 'GM110'; did you mean GM101\?$"):
        check(tmp_path, settings=settings)


def test_suppression_and_its_count(tmp_path):
    tree(tmp_path, a="package m\n//nolint:GM101\nvar a = 1 //BUG(GM101)\n//BUG(GM101) //nolint:GM101\n//BUG(GM101)\n")
    report = check(tmp_path)
    assert places(report) == ["a.go:4 GM101", "a.go:5 GM101"]
    assert report.statistics.suppressed == 1


def test_hidden_findings_are_not_counted_but_make_their_comments_useful(tmp_path):
    tree(tmp_path, a="package m\n\nvar a = `BUG(GM101,low)` //nolint:GM101\nvar b = 1 //nolint:GM201\n")
    report = check(tmp_path, settings=Settings(report_unused_suppressions=True))
    assert places(report) == ["a.go:4 GM001"]
    assert report.statistics.suppressed == 0
    assert places(check(tmp_path)) == []
    assert places(check(tmp_path, settings=Settings(select=("GM001", "GM2")))) == ["a.go:4 GM001"]
    ignored = Settings(report_unused_suppressions=True, ignore=("unused-suppression",))
    assert places(check(tmp_path, settings=ignored)) == []


def test_a_failure_hides_nothing_else(tmp_path):
    tree(tmp_path, a="package m\n//BUG(GM101)\n", x__x="package x\n//raises\n", y__y='package y\nimport _ "m/x"\n')
    report = check(tmp_path, analyse=fake_analysis.facts_as_findings)
    assert places(report) == ["a.go:1 GM101", "a.go:2 GM101", "y/y.go:1 GM101"]
    (problem,) = report.problems
    assert (problem.kind, problem.path) == ("internal", "x/x.go")
    assert "RuntimeError: the analysis has a bug (fake_analysis.py:" in problem.detail
    assert report.findings[2].finding.message == "m/y: "


def test_what_can_not_be_read(tmp_path):
    tree(tmp_path, a="package m\n//(((\n")
    report = check(tmp_path, "a.go", "gone.go")
    assert [(problem.kind, problem.path) for problem in report.problems] == [("unreadable", "gone.go")]
    assert report.partly_read == ("a.go",)
    assert report.statistics.partly_read == 1


def test_places_that_are_not_at_hand_are_left_out(tmp_path):
    tree(tmp_path, a="package m\n//BUG(GM101,elsewhere)\n")
    (reported,) = check(tmp_path).findings
    assert reported.finding.related == ()


def test_the_overlay_stands_in_for_the_disk(tmp_path):
    tree(tmp_path, a="package m\n")
    assert places(check(tmp_path, "a.go", overlay={"a.go": b"package m\n//BUG(GM101)\n"})) == ["a.go:2 GM101"]


def test_facts_come_from_all_packages_below(tmp_path):
    tree(
        tmp_path,
        a__a='package a\nimport _ "m/b"\nimport _ "fmt"\n',
        b__b='package b\nimport _ "m/c"\n',
        c__c="package c\n",
        c__c_test='package c_test\nimport _ "m/c"\nimport _ "m/a"\n',
        d__d="package d\n",
    )
    report = check(tmp_path, analyse=fake_analysis.facts_as_findings)
    assert [reported.finding.message for reported in report.findings] == [
        "m/a: m/b m/c",
        "m/b: m/c",
        "m/c: ",
        "m/c_test: m/a m/b m/c",
        "m/d: ",
    ]


def test_packages_read_for_others_are_not_judged(tmp_path):
    tree(tmp_path, a__a='package a\nimport _ "m/b"\n', b__b="package b\n//BUG(GM101)\n")
    asked = {}

    def spy(package, facts, rules, tell=None):
        asked[package.import_path] = len(rules)
        return fake_analysis.analyse(package, facts, rules)

    check(tmp_path, "a", analyse=spy)
    assert asked == {"m/a": 2, "m/b": 0}


def package(path: str, *imports: str) -> Package:
    file = GoFile(f"{path}/x.go", b"package x\n", "x", tuple(imports))
    return Package(path, "x", path, (file,), Module("", "."))


def test_the_order_does_not_depend_on_that_of_the_input():
    generator = random.Random(1)
    names = [f"p{number}" for number in range(30)]
    packages = [package(name, *generator.sample(names, 3)) for name in names]  # full of cycles
    steps = order.ordered(Discovery(tuple(packages)))
    done: set[str] = set()
    for step in steps:
        assert step.after <= done
        assert set(step.sees.values()) <= done
        assert all(set(other.sees) <= set(step.sees) for other in steps if other.package.import_path in step.after)
        done.add(step.package.import_path)
    assert done == set(names)
    generator.shuffle(packages)
    assert order.ordered(Discovery(tuple(packages))) == steps


def test_long_chains_of_imports():
    steps = order.ordered(Discovery(tuple(package(f"p{n:04}", f"p{n + 1:04}") for n in range(3000))))
    assert [step.package.import_path for step in steps[:2]] == ["p2999", "p2998"]


def forest(folder: Path) -> Path:
    """Forty packages that import each other at random."""
    generator = random.Random(2)
    files = {}
    for number in range(40):
        below = generator.sample(range(number), min(number, 2))
        imports = "".join(f'import _ "m/p{other:02}"\n' for other in below)
        files[f"p{number:02}__x"] = f"package p{number:02}\n{imports}//BUG(GM101)\n"
    return tree(folder, **files)


def told(report: Report) -> tuple[object, ...]:
    return report.findings, report.sources, report.problems, report.partly_read


@needs_fork
def test_the_number_of_processes_changes_nothing(tmp_path):
    forest(tmp_path)
    (tmp_path / "p07" / "x.go").write_text("package p07\n//raises\n")
    (tmp_path / "p11" / "y.go").write_text("package p11\n//(((\n")
    seen: list[tuple[int, int]] = []
    alone = check(tmp_path, analyse=fake_analysis.facts_as_findings, jobs=1)
    both = check(
        tmp_path, analyse=fake_analysis.facts_as_findings, jobs=3, progress=lambda done, of: seen.append((done, of))
    )
    assert told(alone) == told(both)
    assert len(alone.findings) == 78
    assert seen == [(done, 40) for done in range(1, 41)]


@needs_fork
def test_an_importer_begins_when_the_facts_are_known(tmp_path):
    """The imported package goes on only after its importer has begun."""
    tree(tmp_path, a__a="package a\n//BUG(GM101)\n", b__b='package b\nimport _ "m/a"\n//BUG(GM201)\n')
    begun = tmp_path / "begun"

    def meet(package, facts, rules, tell=None):
        if package.import_path == "m/b":
            assert facts["m/a"] == ("m/a",)
            begun.touch()
        else:
            tell(("m/a",))
            limit = time.monotonic() + 300
            while not begun.exists():
                assert time.monotonic() < limit, "nobody came"
                time.sleep(0.01)
        return fake_analysis.analyse(package, facts, rules)

    report = check(tmp_path, jobs=2, analyse=meet)
    assert places(report) == ["a/a.go:2 GM101", "b/b.go:3 GM201"]
    assert report.problems == ()


@needs_fork
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_told_before_a_failure_holds(tmp_path, jobs):
    tree(tmp_path, a__a="package a\n", b__b='package b\nimport _ "m/a"\n//BUG(GM201)\n')

    def fails(package, facts, rules, tell=None):
        if package.import_path == "m/a":
            tell(("m/a", "told"))
            raise RuntimeError("too late")
        return fake_analysis.facts_as_findings(package, facts, rules)

    report = check(tmp_path, jobs=jobs, analyse=fails)
    assert [problem.path for problem in report.problems] == ["a/a.go"]
    assert "m/b: m/a" in [reported.finding.message for reported in report.findings]


@needs_fork
@pytest.mark.parametrize(("deaths", "problems"), [(1, 0), (9, 1)])
def test_a_process_that_dies_is_tried_once_more(tmp_path, monkeypatch, deaths, problems):
    folder = forest(tmp_path)
    (folder / "p05" / "y.go").write_text(f"package p05\n//dies({deaths})\n")
    attempts = tmp_path / "attempts"
    attempts.write_text("")
    monkeypatch.setenv(fake_analysis.ATTEMPTS, os.fspath(attempts))
    report = check(folder, jobs=2)
    assert len(report.findings) == 40 - problems
    assert [problem.path for problem in report.problems] == ["p05"] * problems
    assert all("process died" in problem.detail for problem in report.problems)
    assert len(attempts.read_text()) == 2


@needs_fork
def test_facts_that_are_no_plain_data_are_a_problem_not_a_crash(tmp_path):
    tree(tmp_path, a__a="package a\n//secret BUG(GM101)\n", b__b='package b\nimport _ "m/a"\n//BUG(GM101)\n')
    report = check(tmp_path, jobs=2)
    assert places(report) == ["a/a.go:2 GM101", "b/b.go:3 GM101"]
    assert [problem.path for problem in report.problems] == ["a/a.go"]


def test_without_any_process_the_work_is_done_here(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise OSError("no more processes")

    class NoProcesses:
        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        submit = staticmethod(refuse)

    monkeypatch.setattr(workers, "_executor", lambda *_arguments: NoProcesses())
    report = check(forest(tmp_path), jobs=2)
    assert len(report.findings) == 40
    assert report.problems == ()


def test_small_runs_stay_in_this_process(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_executor", None)
    assert len(check(forest(tmp_path)).findings) == 40


def test_the_known_rules_hold_our_own(monkeypatch):
    monkeypatch.setattr(ownrules, "discover", lambda: RULES)
    assert [rule.id for rule in run.known_rules()] == ["GM001", "GM101", "GM201", "GM205"]
