"""Each fix does what it should: `testdata/<rule>/fix_<what it shows>/` is a program before and after.

`main.go.golden` is what `--fix` makes of `main.go` (nothing, if there is none), `main.go.unsafe.golden` what
`--fix --unsafe-fixes` makes of it (the same as `--fix`, if there is none). The programs that come out are compiled, vetted
and run with the race detector by Go. `UPDATE_GOLDEN=1 pytest tests/test_fixes.py` writes the goldens anew, to be read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from examples import TESTDATA
from golang import Toolchain, binary, run

from golint_maps.engine.mend import inside, mend
from golint_maps.engine.outcome import Report
from golint_maps.engine.run import check
from golint_maps.project.config import Settings
from golint_maps.rule import discover

RULES = {rule.name: rule for rule in discover()}
CASES = sorted(path.parent.relative_to(TESTDATA).as_posix() for path in TESTDATA.glob("*/fix_*/main.go"))
EACH = pytest.mark.parametrize("case", CASES)
KINDS = pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
SUFFIXES = (".golden", ".unsafe.golden")


@dataclass(frozen=True)
class Fixed:
    """A case after its fixes: its folder, and what was reported before and what is left."""

    folder: Path
    before: Report
    after: Report


def fixed(case: str, unsafe: bool, into: Path) -> Fixed:
    """Fix a case in a copy; its own rule alone, so that a golden shows one thing."""
    folder = into / case
    shutil.copytree(TESTDATA / case, folder, ignore=shutil.ignore_patterns("*.golden"))
    if not (into / "go.mod").exists():
        shutil.copy(TESTDATA / "go.mod", into)
    rule = RULES[case.partition("/")[0].replace("_", "-")]
    settings = Settings(select=(rule.id,), min_confidence="low", testdata=True)

    def checked(texts: Mapping[str, bytes]) -> Report:
        return check([case], settings, cwd=into, overlay=texts)

    before = checked({})
    mended = mend(checked, unsafe=unsafe, may_change=inside([case], into))
    for change in mended.changes:
        (into / change.path).write_bytes(change.after)
    assert mended.report.problems == ()
    return Fixed(folder, before, mended.report)


def golden(case: str, name: str, unsafe: bool) -> Path:
    """The file that says what comes out of one of the case's files."""
    for suffix in reversed(SUFFIXES[: 1 + unsafe]):
        path = TESTDATA / case / f"{name}{suffix}"
        if path.exists():
            return path
    return TESTDATA / case / name


@EACH
@KINDS
def test_the_fixes_give_the_golden_file(case: str, unsafe: bool, tmp_path: Path) -> None:
    result = fixed(case, unsafe, tmp_path)
    for path in sorted(result.folder.glob("*.go")):
        if os.environ.get("UPDATE_GOLDEN"):
            target = TESTDATA / case / f"{path.name}{SUFFIXES[unsafe]}"
            target.unlink(missing_ok=True)
            if path.read_bytes() != golden(case, path.name, unsafe).read_bytes():
                target.write_bytes(path.read_bytes())
        assert path.read_text(encoding="utf-8") == golden(case, path.name, unsafe).read_text(encoding="utf-8")


@EACH
def test_a_case_shows_something(case: str, tmp_path: Path) -> None:
    """Where nothing is fixed at all, it is because the fix is withheld, and not because nothing was found."""
    result = fixed(case, True, tmp_path)
    assert result.before.findings
    # Idempotent: what is left has no fix that could be made.
    assert not [one for one in result.after.findings if one.finding.fix is not None]


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes out of all cases, with all fixes, as one module."""
    root = tmp_path_factory.mktemp("fixed")
    for case in CASES:
        fixed(case, True, root)
    return root


def test_what_comes_out_is_formatted(module: Path, go: Toolchain) -> None:
    assert go.badly_formatted(TESTDATA) == []
    assert go.badly_formatted(module) == []


@EACH
def test_what_comes_out_runs(case: str, module: Path, go: Toolchain, tmp_path: Path) -> None:
    own = (module / case / "go.mod").exists()
    root, folder = (module / case, ".") if own else (module, case)
    race = not go.why_no_race
    assert go.vet([folder], module=root, race=race) == {}
    go.build([folder], tmp_path, module=root, race=race)
    program = next(iter(tmp_path.iterdir())) if own else binary(tmp_path, case)
    done = run(program, timeout=300)
    assert done.code == 0, done.output
