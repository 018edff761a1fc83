"""Rules of the user's own, as `docs/custom-rules.md` shows them, and what can be wrong with them."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from golint_maps.cli import main
from golint_maps.engine import ownrules
from golint_maps.rule import Rule

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "custom-rules.md"
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS: dict[str, list[str]] = {}
for _block in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
    BLOCKS.setdefault(_block["language"], []).append(_block["text"])

RULE = '''
from golint_maps.finding import Level
from golint_maps.rule import Rule

class {name}(Rule):
    """{doc}"""

    id = {id!r}
    name = {rule!r}
    level = {level}

    def visit_access(self, op, function, package):
        yield self.finding(function, op.at, "seen")
'''


def rule(**given: str) -> str:
    """The text of a rule that reports every access, with things changed."""
    known = {"name": "Seen", "doc": "A map is touched.", "id": "MINE1", "rule": "map-seen", "level": "Level.WARNING"}
    return RULE.format(**{**known, **given})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project of the document, as the working directory."""
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "acme.py").write_text(BLOCKS["python"][0], encoding="utf-8")
    (tmp_path / "store.go").write_text(BLOCKS["go"][0], encoding="utf-8")
    (tmp_path / "go.mod").write_text("module example.com/store\n\ngo 1.23\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def test_the_run_of_the_document(project: Path) -> None:
    command = BLOCKS["sh"][0].split()
    assert command[0] == "golint-maps"
    done = call(*command[1:])
    assert done.stdout == BLOCKS["text"][0]
    assert (done.exit_code, done.stderr) == (1, "")
    assert [path.name for path in (project / "lint").iterdir()] == ["acme.py"]


def test_the_folder_of_the_configuration_must_be_allowed(project: Path) -> None:
    (project / ".golint-maps.toml").write_text(BLOCKS["toml"][0])
    (project / "lint" / "marks.py").write_text("open('loaded', 'w').close()\n")
    done = call("check")
    assert "ACME" not in done.stdout
    assert "--allow-rules-folder" in done.stderr
    assert call("check", "--show-settings").exit_code == 0
    assert not (project / "loaded").exists()
    allowed = call("check", "--allow-rules-folder", "--select", "ACME")
    assert allowed.stdout == BLOCKS["text"][0]
    assert allowed.stderr == ""
    assert (project / "loaded").exists()


def test_the_folder_is_relative_to_the_configuration(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".golint-maps.toml").write_text(BLOCKS["toml"][0])
    (project / "deep").mkdir()
    (project / "deep" / "a.go").write_text(BLOCKS["go"][0])
    monkeypatch.chdir(project / "deep")
    assert "ACME101" in call("check", "--allow-rules-folder").stdout


def test_the_other_commands_know_them_too(project: Path) -> None:
    assert "ACME102  handed-out-map" in call("rules", "--rules-folder", "lint").stdout
    assert "Token" in call("explain", "secret-key", "--rules-folder", "lint").stdout


def test_worker_processes_know_them(project: Path) -> None:
    for number in range(3):
        (project / f"p{number}").mkdir()
        (project / f"p{number}" / "store.go").write_text(BLOCKS["go"][0])
    done = call("check", "--rules-folder", "lint", "--select", "ACME", "--jobs", "2", "--no-cache", "-q", "-f", "json")
    assert done.stdout.count('"ACME102"') == 4
    assert done.exit_code == 1


@pytest.mark.parametrize("point", ["acme_rules", "acme_rules:HandedOutMap"])
def test_an_installed_package(point: str, project: Path, tmp_path: Path) -> None:
    """A package as an installer leaves it: the module, and its metadata with the entry points of the document."""
    tomllib = pytest.importorskip("tomllib")
    described = tomllib.loads(BLOCKS["toml"][1])["project"]
    points = described["entry-points"][ownrules.GROUP]
    assert points == {"acme": "acme_rules"}
    site = tmp_path / "site"
    metadata = site / f"acme_rules-{described['version']}.dist-info"
    metadata.mkdir(parents=True)
    (site / "acme_rules.py").write_text(BLOCKS["python"][0])
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {described['name']}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{ownrules.GROUP}]\nacme = {point}\nbroken = acme_rules:Missing\n")
    environment = os.environ | {"PYTHONPATH": str(site), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "golint_maps", "check", "--select", "ACME102", "--no-cache", "-q", "store.go"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=project)
    assert "Store.Users hands out Store.users" in done.stdout
    assert "entry point broken of acme-rules: can't be loaded: AttributeError" in done.stderr
    assert done.returncode == 2


def can_build() -> bool:
    """Whether setuptools is here with the command that makes wheels, its own or that of the package wheel."""
    if importlib.util.find_spec("setuptools") is None:
        return False
    return any(importlib.util.find_spec(name) for name in ("setuptools.command.bdist_wheel", "wheel"))


@pytest.mark.skipif(not can_build(), reason="setuptools is not there to build it")
def test_an_installer_understands_the_package(project: Path) -> None:
    source = project / "package"
    source.mkdir()
    (source / "pyproject.toml").write_text(BLOCKS["toml"][1])
    (source / "acme_rules.py").write_text(BLOCKS["python"][0])
    site = project / "site"
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", str(site), str(source)], check=True)
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "golint_maps", "rules"]
    listed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "ACME101  secret-key" in listed.stdout


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("broken.py", "def f(:\n", "can't be loaded: SyntaxError"),
        ("raises.py", "x = 1\nraise OSError('no such luck')\n", "can't be loaded: OSError: no such luck (line 2)"),
        ("leaves.py", "import sys\nsys.exit(3)\n", "can't be loaded: SystemExit: 3 (line 2)"),
        ("json.py", rule(), "another module is named json: give the file another name"),
        ("two-words.py", rule(), "two-words.py is no name for a module"),
        ("takes.py", rule(id="GM101"), "its id GM101 belongs to golint-maps itself (concurrent-map-write) already"),
        ("named.py", rule(rule="range-delete"), "its name range-delete belongs to golint-maps itself (range-delete)"),
        ("same.py", rule(id="ACME101"), "acme.py already"),
        ("lower.py", rule(id="mine1"), "capital letters and a number, such as ACME101, not 'mine1'"),
        ("words.py", rule(rule="Two Words"), "lower-case words with hyphens"),
        ("level.py", rule(level="3"), "its level must be Level.NOTE"),
        ("silent.py", rule(doc=" "), "it has no docstring"),
    ],
)
def test_what_is_wrong_names_the_file_and_harms_nobody_else(
    name: str, text: str, complaint: str, project: Path
) -> None:
    (project / "lint" / name).write_text(text)
    (project / "lint" / "zz_good.py").write_text(rule(id="GOOD1", rule="good-one"))
    done = call("check", "--rules-folder", "lint", "-q", "-f", "json")
    assert done.exit_code == 2
    assert complaint in done.stderr
    assert f"{os.sep}lint{os.sep}{name}: " in done.stderr
    for id_ in ("ACME101", "GOOD1", "GM106"):
        assert f'"{id_}"' in done.stdout


def test_a_rule_that_fails_is_a_problem(project: Path) -> None:
    (project / "lint" / "fails.py").write_text(rule().replace("yield ", "raise KeyError('oops')\n        yield "))
    done = call("check", "--rules-folder", "lint", "-q")
    assert done.exit_code == 2
    assert "rule MINE1 failed: KeyError: 'oops'" in done.stderr
    assert "ACME101" in done.stdout


def test_a_folder_that_is_not_there(project: Path) -> None:
    done = call("check", "--rules-folder", "gone")
    assert done.exit_code == 2
    assert "gone: can't be loaded: NotADirectoryError: there is no such folder" in done.stderr


def test_files_may_share_what_begins_with_an_underscore(project: Path) -> None:
    (project / "lint" / "_shared.py").write_text("raise_it = False\n")
    (project / "lint" / "mine.py").write_text("from _shared import raise_it\n" + rule())
    assert ownrules.known(project / "lint").problems == ()


def test_a_rule_that_is_imported_from_another_file_is_one_rule(project: Path) -> None:
    (project / "lint" / "uses.py").write_text("from acme import SecretKey\n")
    known = ownrules.known(project / "lint")
    assert known.problems == ()
    assert [one.id for one in known.rules if one.id.startswith("ACME")] == ["ACME101", "ACME102"]


def test_another_folder_has_modules_of_its_own(tmp_path: Path) -> None:
    def summary(folder: str, doc: str) -> str:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.py").write_text(rule(doc=doc))
        found: list[type[Rule]] = [one for one in ownrules.known(tmp_path / folder).rules if one.id == "MINE1"]
        return found[0].summary()

    assert summary("one", "The first.") == "The first."
    assert summary("two", "The second.") == "The second."


def test_selecting_what_is_not_there_says_so(project: Path) -> None:
    done = call("check", "--select", "ACME101")
    assert done.exit_code == 2
    assert "unknown rule 'ACME101'" in done.stderr
