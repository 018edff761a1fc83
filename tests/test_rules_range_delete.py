"""GM201 about the current key: what would say it better; how the loop goes on only if asked, and if it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.finding import Level
from golint_maps.project.config import Settings


@pytest.mark.parametrize(
    ("body", "notes", "asked"),
    [
        ("delete(m, k)", 1, 1),
        ("if k > 1 { delete(m, k) }", 1, 1),
        ("delete(m, k); break", 0, 0),
        ("delete(m, k); return", 0, 0),
        ("if k > 1 { delete(m, k); break }", 0, 0),
        ("delete(m, k); if k > 1 { break }", 0, 1),
        ("println(k); delete(m, k)", 0, 1),
    ],
)
def test_nothing_is_said_of_a_loop_that_is_right(tmp_path: Path, body: str, notes: int, asked: int) -> None:
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    (tmp_path / "m.go").write_text(
        f"package m\n\nfunc f(m map[int]int) {{\n\tfor k := range m {{\n\t\t{body}\n\t}}\n}}\n"
    )
    for least, expected in (("medium", notes), ("low", asked)):
        settings = Settings(select=("GM201",), min_level="note", min_confidence=least)
        report = check([str(tmp_path)], settings, cwd=tmp_path)
        assert [one.finding.level for one in report.findings] == [Level.NOTE] * expected
