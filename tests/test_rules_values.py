"""Values of maps: what can't be shown by programs that compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

PEERS = """package m

type Score struct{ N int }

type Peer struct {
	Score Score
	Link  *Score
}

func f(m map[string]%s) { %s }
"""


@pytest.mark.parametrize(
    ("value", "statement", "lines"),
    [
        ("Peer", 'm["a"].Score = Score{}', [10]),
        ("Peer", 'm["a"].Score.N = 1', [10]),
        ("Peer", 'm["a"].Score.N++', [10]),
        ("Peer", 'm["a"].Link.N = 1', []),
        ("*Peer", 'm["a"].Score.N = 1', []),
        ("[]Peer", 'm["a"][0].Score.N = 1', []),
        ("Unknown", 'm["a"].Score = 1', []),
    ],
)
def test_fields_of_entries_cannot_be_assigned(tmp_path: Path, value: str, statement: str, lines: list[int]) -> None:
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    code = PEERS % (value, statement)
    (tmp_path / "m.go").write_text(code)
    report = check([str(tmp_path)], Settings(select=("GM406",)), cwd=tmp_path)
    starts = [reported.finding.location.start for reported in report.findings]
    assert [code[:start].count("\n") + 1 for start in starts] == lines
