"""What the server finds is what `check` finds, in any order of events, and no more is analysed than has to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from editor import GOOD, HUB, module

from golint_maps.engine.run import check
from golint_maps.lsp.desk import Desk
from golint_maps.lsp.options import Options
from golint_maps.lsp.view import PackageView, Text
from golint_maps.project.config import Settings

TESTDATA = Path(__file__).parent.parent / "testdata"


def drain(desk: Desk) -> list[PackageView]:
    views = []
    while (job := desk.next()) is not None:
        views.append(desk.analyse(*job))
    return views


def put(desk: Desk, path: Path, text: str, version: int = 1) -> None:
    list(desk.put([Text(str(path), path.as_uri(), version, text.encode())]))


def found(views: list[PackageView]) -> set[tuple[str, int, str, str]]:
    return {
        (path, one.diagnostic.range.start.line + 1, one.rule, one.diagnostic.message.split("\n")[0])
        for view in views
        for path, file in view.files.items()
        for one in file.shown
    }


def test_it_finds_what_check_finds(tmp_path: Path) -> None:
    """Over two groups of the examples, one file of each package having been another one before."""
    for group in ("inconsistent_lock", "nil_map_write", "syncmap_check_then_act"):
        for source in sorted((TESTDATA / group).rglob("*.go")):
            target = tmp_path / source.relative_to(TESTDATA)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    (tmp_path / "go.mod").write_text((TESTDATA / "go.mod").read_text())
    report = check([str(tmp_path)], Settings(), cwd=tmp_path, jobs=1)
    expected = {
        (
            str(tmp_path / one.finding.location.path),
            report.sources[one.finding.location.path].line(one.finding.location.start),
            one.finding.rule,
            one.finding.message,
        )
        for one in report.findings
    }
    assert len(expected) > 20
    desk = Desk([str(tmp_path)], Options(), "utf-16")
    list(desk.start())
    assert found(drain(desk)) == expected
    path = min(Path(path) for path, *_ in expected)
    put(desk, path, "package p\n")
    drain(desk)
    put(desk, path, path.read_text(), 2)
    list(desk.close([str(path)]))
    again = found(drain(desk))
    assert {one for one in again if one[0] == str(path)} == {one for one in expected if one[0] == str(path)}
    assert again <= expected


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    low = "package low\n\ntype Table map[string]int\n\nfunc Size(t Table) int { return len(t) }\n"
    high = 'package high\n\nimport "example.com/hub/low"\n\nfunc Fill(t low.Table) { t["a"] = 1 }\n'
    return module(tmp_path, {"low/low.go": low, "high/high.go": high, "other/hub.go": HUB})


def test_importers_look_again_only_if_declarations_have_changed(chain: Path) -> None:
    desk = Desk([str(chain)], Options(), "utf-16")
    list(desk.start())
    drain(desk)
    low = (chain / "low/low.go").read_text()
    put(desk, chain / "low/low.go", "// moved\n" + low.replace("len(t)", "2 * len(t)"))
    assert [view.name for view in drain(desk)] == ["example.com/hub/low"]
    put(desk, chain / "low/low.go", low.replace("map[string]int", "[]int"), 2)
    assert [view.name for view in drain(desk)] == ["example.com/hub/low", "example.com/hub/high"]
    put(desk, chain / "low/low.go", low.replace("map[string]int", "[]int"), 3)
    assert drain(desk) == []


def test_what_was_edited_last_comes_first(chain: Path) -> None:
    desk = Desk([str(chain)], Options(), "utf-16")
    list(desk.start())
    put(desk, chain / "low/low.go", (chain / "low/low.go").read_text())
    put(desk, chain / "other/hub.go", GOOD)
    assert [view.name.rpartition("/")[2] for view in drain(desk)] == ["other", "low", "high"]


class CutShort(BaseException):
    """As the worker's, when a message arrives."""


def cut(*_: object, **__: object) -> None:
    raise CutShort


def test_an_analysis_that_is_cut_short_is_done_again(chain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk([str(chain)], Options(), "utf-16")
    list(desk.start())
    job = desk.next()
    assert job is not None
    with monkeypatch.context() as patched:
        patched.setattr("golint_maps.engine.job.analyse_package", cut)
        with pytest.raises(CutShort):
            desk.analyse(*job)
    assert desk.next() == job
    with monkeypatch.context() as patched:
        patched.setattr("golint_maps.lsp.render.Renderer.views", cut)
        with pytest.raises(CutShort):
            desk.analyse(*job)
    assert desk.next() == job
    assert len(drain(desk)) == 3


def test_importers_look_again_even_if_the_analysis_is_cut_short_after_that_of_declarations(
    chain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk([str(chain)], Options(), "utf-16")
    list(desk.start())
    drain(desk)
    put(desk, chain / "low/low.go", (chain / "low/low.go").read_text().replace("map[string]int", "[]int"))
    job = desk.next()
    assert job is not None
    with monkeypatch.context() as patched:
        patched.setattr("golint_maps.engine.run.reported", cut)
        with pytest.raises(CutShort):
            desk.analyse(*job)
    assert [view.name for view in drain(desk)] == ["example.com/hub/low", "example.com/hub/high"]
