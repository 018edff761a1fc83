"""GM201 as a note: it says how the loop goes on, so there is nothing to say where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.finding import Level
from golint_maps.project.config import Settings


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ("delete(m, k)", 1),
        ("delete(m, k); break", 0),
        ("delete(m, k); return", 0),
        ("if k > 1 { delete(m, k); break }", 0),
        ("delete(m, k); if k > 1 { break }", 1),
    ],
)
def test_nothing_is_said_of_a_loop_that_ends(tmp_path: Path, body: str, notes: int) -> None:
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    (tmp_path / "m.go").write_text(
        f"package m\n\nfunc f(m map[int]int) {{\n\tfor k := range m {{\n\t\t{body}\n\t}}\n}}\n"
    )
    report = check([str(tmp_path)], Settings(select=("GM201",), min_level="note"), cwd=tmp_path)
    assert [one.finding.level for one in report.findings] == [Level.NOTE] * notes
