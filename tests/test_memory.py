"""What an analysis has made is gone when it is done, and a very large package gets a process of its own."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from golint_maps.engine import apart, run, schedule
from golint_maps.flow import ir
from golint_maps.project.config import Settings

ROOT = Path(__file__).parent.parent
CODE = (
    "package p\n\nvar seen = map[string]int{}\n\nfunc Start() {\n\tgo func() { seen[`a`] = 1 }()\n\tseen[`b`] = 2\n}\n"
)


def functions() -> list[ir.Function]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, ir.Function)]


def test_functions_are_forgotten() -> None:
    before = functions()  # what other tests in this process hold on to
    known = {id(one) for one in before}
    report = run.check([str(ROOT / "testdata" / "syncmap_check_then_act")], Settings(), cwd=ROOT, jobs=1)
    assert report.findings
    assert not [one for one in functions() if id(one) not in known]


def test_large_packages_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.go").write_text(CODE)
    alone = run.check([], Settings(), cwd=tmp_path, jobs=1)
    assert alone.findings
    monkeypatch.setattr(apart, "LARGE", 10)
    assert run.check([], Settings(), cwd=tmp_path, jobs=2).findings == alone.findings
    monkeypatch.setattr(apart, "_PROGRAM", "import sys; sys.exit(1)")
    assert run.check([], Settings(), cwd=tmp_path, jobs=2).findings == alone.findings


def test_it_is_done_apart(tmp_path: Path) -> None:
    (tmp_path / "p.go").write_text(CODE)
    told: list[tuple[int, str]] = []
    from golint_maps.engine.job import analyse
    from golint_maps.engine.order import ordered
    from golint_maps.engine.worker import Worker
    from golint_maps.project.discovery import discover

    steps = ordered(discover([], Settings().discovery(tmp_path), tmp_path))
    worker = Worker(steps, run.known_rules(), analyse, None)
    worker.folder = tmp_path
    done = apart.do(worker, 0, {}, lambda number, known: told.append((number, known)))
    assert done is not None and done[0].findings and told == [(0, "")]
    assert schedule.SMALL < apart.LARGE
    worker.program = "another version, which was there when the run began"
    assert apart.do(worker, 0, {}, lambda number, known: None) is None
