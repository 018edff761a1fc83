"""The programs in `docs/myths.md` do what the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from golang import Toolchain, binary, run

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "myths.md"
_MYTH = re.compile(
    r'^### "(?P<claim>[^\n]+)"\n(?P<words>.*?)(?:^<!-- (?P<note>[^\n]+) -->\n\n)?^```go\n(?P<program>.*?)^```$'
    r"(?P<rest>(?:\n\n```text\n.*?^```$)?)",
    re.MULTILINE | re.DOTALL,
)
REPORTED = "the race detector reports it"
SILENT = "the race detector says nothing"
ENDED = "the runtime ends it: "


@dataclass(frozen=True)
class Myth:
    """A claim, the program that refutes it, what that prints (None: not said), and what else it does."""

    claim: str
    program: str
    printed: str | None
    note: str
    folder: str


def read() -> list[Myth]:
    """The myths of the page, in order."""
    found = []
    for number, match in enumerate(_MYTH.finditer(DOCUMENT.read_text(encoding="utf-8"))):
        printed = re.search(r"```text\n(.*?)^```", match["rest"], re.MULTILINE | re.DOTALL)
        text = printed[1] if printed else None
        found.append(Myth(match["claim"], match["program"], text, match["note"] or "", f"myth{number}"))
    return found


MYTHS = read()
IDS = [myth.claim for myth in MYTHS]


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory, go: Toolchain) -> Path:
    """A module with all the programs, formatted and vetted, built to `plain` and, where it matters, to `race`."""
    root = tmp_path_factory.mktemp("myths")
    (root / "go.mod").write_text("module myths\n\ngo 1.27\n")
    for myth in MYTHS:
        (root / myth.folder).mkdir()
        (root / myth.folder / "main.go").write_text(myth.program, encoding="utf-8")
    assert go.badly_formatted(root) == []
    assert go.vet([myth.folder for myth in MYTHS], module=root, race=False) == {}
    (root / "plain").mkdir()
    go.build([myth.folder for myth in MYTHS], root / "plain", module=root, race=False)
    if not go.why_no_race:
        (root / "race").mkdir()
        folders = [myth.folder for myth in MYTHS if myth.note in (REPORTED, SILENT)]
        go.build(folders, root / "race", module=root, race=True)
    return root


def test_every_myth_has_a_program_that_shows_something() -> None:
    headings = DOCUMENT.read_text(encoding="utf-8").count("\n### ")
    assert len(MYTHS) == headings
    for myth in MYTHS:
        assert myth.note in ("", REPORTED, SILENT) or myth.note.startswith(ENDED)
        assert myth.note or myth.printed


@pytest.mark.parametrize("myth", MYTHS, ids=IDS)
def test_the_program_shows_it(myth: Myth, module: Path, go: Toolchain) -> None:
    if not myth.note or myth.printed is not None:
        done = run(binary(module / "plain", myth.folder), timeout=300)
        assert (done.output, done.code) == (myth.printed, 0)
    if myth.note.startswith(ENDED):
        done = run(binary(module / "plain", myth.folder), timeout=300)
        assert done.code == 2
        assert re.search(f"fatal error: {myth.note.removeprefix(ENDED)}", done.output)
    if myth.note in (REPORTED, SILENT):
        if go.why_no_race:
            pytest.skip(go.why_no_race)
        # The detector sees what has happened, and a schedule may keep two accesses from overlapping.
        outputs = [run(binary(module / "race", myth.folder), timeout=300).output for _ in range(5)]
        reports = [output for output in outputs if "WARNING: DATA RACE" in output]
        assert bool(reports) == (myth.note == REPORTED), outputs[0]
