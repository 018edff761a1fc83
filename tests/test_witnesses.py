"""Tests that are left out are heard as witnesses: they may excuse a finding, and never bring one about."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from editor import module

from golint_maps.engine import run, snapshot
from golint_maps.engine.outcome import Report
from golint_maps.engine.store import Store
from golint_maps.engine.witnesses import upheld
from golint_maps.finding import Confidence, Finding, Level, Location
from golint_maps.lsp.desk import Desk
from golint_maps.lsp.options import Options
from golint_maps.lsp.view import Text
from golint_maps.project.config import Settings

# A helper for tests in an ordinary file: nothing in the code makes its map.
MOCK = """package p

type mock struct{ scales map[string]int }

func (m *mock) Put(name string) { m.scales[name] = 1 }
"""
MAKES = "package p\n\nvar fake = &mock{scales: map[string]int{}}\n\nfunc use() { fake.Put(`a`) }\n"
FORGETS = "package p\n\nvar fake = &mock{}\n\nfunc use() { fake.Put(`a`) }\n"


def check(folder: Path, *paths: str, cache: Path | None = None, jobs: int = 1, exclude: bool = True) -> Report:
    kept = Store(os.fspath(cache)) if cache is not None else None
    settings = Settings(exclude_tests=exclude)
    return run.check(paths, settings, cwd=folder, jobs=jobs, cache=kept)


def places(report: Report) -> list[str]:
    assert not report.problems
    return [f"{one.finding.location.path} {one.finding.rule}" for one in report.findings]


def test_what_tests_make_is_made(tmp_path: Path) -> None:
    root = module(tmp_path, {"p.go": MOCK})
    assert places(check(root)) == ["p.go GM401"]
    (root / "p_test.go").write_text(MAKES)
    assert places(check(root)) == []
    assert places(check(root, "p.go")) == []
    (root / "p_test.go").write_text(FORGETS)
    assert places(check(root)) == ["p.go GM401"]


def test_they_excuse_and_weaken_and_accuse_nobody() -> None:
    """Of each finding in the code: what is left of it after the tests were heard."""
    here, there, far = (Location("p.go", start, start + 1) for start in (1, 5, 9))
    sure = Finding("GM401", "nil-map-write", Level.ERROR, Confidence.HIGH, "m is nil", here, map="T.m")
    weaker = replace(sure, confidence=Confidence.LOW, level=Level.WARNING)
    assert list(upheld([sure], [])) == []
    assert list(upheld([sure], [sure])) == [sure]
    assert list(upheld([sure], [weaker])) == [weaker]
    assert list(upheld([weaker], [sure])) == [weaker]
    # The test that calls the code may be where the finding stands now.
    assert list(upheld([sure], [replace(sure, location=Location("p_test.go", 1, 2))])) == [sure]
    assert list(upheld([sure, replace(sure, location=there)], [replace(sure, location=there)])) == [
        replace(sure, location=there)
    ]
    assert list(upheld([sure], [sure, replace(sure, location=far), replace(sure, map="T.other")])) == [sure]


def test_nothing_is_reported_in_them(tmp_path: Path) -> None:
    text = MOCK.replace("package p\n", "package p_test\n").replace("mock", "other")
    root = module(tmp_path, {"p.go": MOCK, "p_test.go": FORGETS + MOCK.partition("\n")[2], "x_test.go": text})
    report = check(root)
    assert {place.split()[0] for place in places(report)} == {"p.go"}
    assert (report.statistics.files, report.statistics.packages, report.statistics.skipped) == (1, 1, 2)
    assert report.checked == ("p.go",)
    named = check(root, "p_test.go", "p.go")
    assert "p_test.go" in named.checked


def test_tests_of_their_own_are_no_witnesses_but_parts_of_the_package(tmp_path: Path) -> None:
    """A test that is named is checked like any other file, and the other tests are heard."""
    broken = FORGETS.replace("fake", "other").replace("use", "again")
    root = module(tmp_path, {"p.go": MOCK, "p_test.go": broken, "q_test.go": MAKES})
    assert places(check(root, "p_test.go")) == places(check(root, "p_test.go", exclude=False))


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_cache_knows_them(tmp_path: Path, cache_folder: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_RECENT", -3600.0)
    files = {"p.go": MOCK, "p_test.go": MAKES, "q/q.go": "package q\n", "q/q_test.go": "package q\n"}
    root = module(tmp_path, files)
    for text, expected in ((MAKES, []), (FORGETS, ["p.go GM401"]), (MAKES, [])):
        (root / "p_test.go").write_text(text)
        for _ in range(2):
            assert places(check(root, cache=cache_folder, jobs=jobs)) == expected
    # The same files, but now the tests are checked as well.
    assert "p_test.go GM401" not in places(check(root, cache=cache_folder))
    (root / "p_test.go").write_text(FORGETS)
    assert places(check(root, cache=cache_folder)) == ["p.go GM401"]
    with_tests = check(root, cache=cache_folder, exclude=False)
    assert places(with_tests) == places(check(root, exclude=False))


def test_the_editor_hears_them(tmp_path: Path) -> None:
    root = module(tmp_path, {"p.go": MOCK, "p_test.go": MAKES, ".golint-maps.toml": "exclude-tests = true\n"})
    desk = Desk([str(root)], Options(), "utf-16")
    list(desk.start())

    def shown() -> set[str]:
        found = set()
        while (job := desk.next()) is not None:
            view = desk.analyse(*job)
            found |= {one.rule for file in view.files.values() for one in file.shown}
        return found

    assert shown() == set()
    for version, (name, text, expected) in enumerate(
        [
            ("p.go", MOCK + "\n", set()),
            ("p_test.go", FORGETS, {"GM401"}),
            ("p.go", MOCK + "\n// More.\n", {"GM401"}),
            ("p_test.go", MAKES, set()),
            ("p.go", MOCK, set()),
        ]
    ):
        path = root / name
        list(desk.put([Text(str(path), path.as_uri(), version, text.encode())]))
        assert shown() == expected, (name, text)
