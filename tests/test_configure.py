"""Levels, `extend`, the schema, and the commands `golint-maps config`."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from test_project_config import FULL

import golint_maps
from golint_maps.cli import main
from golint_maps.cli.config import START
from golint_maps.project.config import ConfigError, Settings, load, parse, schema, show, toml

NIL = 'package p\n\nfunc f() {\n\tvar m map[string]int\n\tm["a"] = 1\n}\n'
MORE = '[levels]\nGM4 = "note"\n[[per-path]]\npaths = ["x"]\nlevels = { nil-map-write = "error" }\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def levels() -> dict[str, str]:
    findings = json.loads(run("check", "-f", "json").stdout)["findings"]
    return {finding["path"]: finding["level"] for finding in findings}


def test_levels_and_those_of_paths() -> None:
    for name in ("a", "b", "c"):
        Path(name).mkdir()
        Path(name, "p.go").write_text(NIL)
    text = '[levels]\nGM4 = "note"\n[[per-path]]\npaths = ["/b/"]\nlevels = { nil-map-write = "warning" }\n'
    assert set(levels().values()) == {"error"}
    Path(".golint-maps.toml").write_text(text)
    assert levels() == {"a/p.go": "note", "b/p.go": "warning", "c/p.go": "note"}
    assert run("check").exit_code == 1
    assert run("check", "a").exit_code == 0
    Path(".golint-maps.toml").write_text(text.replace("GM4", "GM49"))
    result = run("check")
    assert (result.exit_code, "levels: unknown rule 'GM49'" in result.stderr) == (2, True)


def test_extend() -> None:
    Path("base").mkdir()
    Path("base/strict.toml").write_text(
        'min-level = "warning"\nfail-on = "error"\nexclude = ["gen/"]\nignore = ["GM2"]\nbaseline = "known"\n'
        '[levels]\nGM1 = "note"\nGM4 = "note"\n'
    )
    Path("base/more.toml").write_text('extend = "strict.toml"\nselect = ["GM1"]\n')
    Path("top.toml").write_text(
        'extend = ["base/more.toml"]\nfail-on = "warning"\nexclude = ["old/"]\n[levels]\nGM4 = "error"\n'
    )
    found = load("top.toml")
    assert (found.min_level, found.fail_on, found.select) == ("warning", "warning", ("GM1",))
    assert found.exclude == ("gen/", "old/")
    assert found.levels == {"GM1": "note", "GM4": "error"}
    assert found.folder == str(Path.cwd().resolve())
    assert Path(found.baseline) == Path("base/known").resolve()


@pytest.mark.parametrize("text", ['extend = "a.toml"', 'extend = "gone.toml"', "extend = 1"])
def test_what_can_not_be_extended(text: str) -> None:
    Path("a.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"leads back|no such file|must be a list of strings"):
        load("a.toml")


def test_the_schema_takes_what_the_parser_takes() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    for text in (FULL, MORE, START, show(parse(FULL)), show(Settings()), 'extend = "x"'):
        parse(text)
        jsonschema.validate(toml().loads(text), schema())


@pytest.mark.parametrize(
    "text",
    [
        "what = 1",
        "select = 1",
        'min-level = "loud"',
        "vendor = 1",
        "[[per-path]]\nignore = []",
        '[[per-path]]\npaths = ["x"]',
        '[levels]\nGM1 = "loud"',
        "[locks]\nx = 1",
        "[spawners]\nx = 1",
        "extend = 1",
    ],
)
def test_the_schema_refuses_what_the_parser_refuses(text: str) -> None:
    with pytest.raises(ConfigError):
        parse(text)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(toml().loads(text), schema())


def test_the_commands() -> None:
    assert "config init" in run("config", "check").stderr
    assert run("config", "init").exit_code == 0
    assert parse(Path(".golint-maps.toml").read_text()) == Settings()
    assert run("config", "check").stderr == f"golint-maps: {Path('.golint-maps.toml').resolve()} is right\n"
    again = run("config", "init")
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    uncommented = "\n".join(line.removeprefix("# ") for line in START.splitlines() if " = " in line or "[" in line)
    assert parse(uncommented).per_path
    Path("x.toml").write_text('exclude = ["a\\\\b"]\nignore = ["GM9"]\n')
    bad = run("config", "check", "x.toml")
    assert (bad.exit_code, "x.toml: ignore: unknown rule 'GM9'" in bad.stderr) == (2, True)
    Path("x.toml").write_text('exclude = ["a\\\\b"]\n')
    assert "folders are separated by /" in run("config", "check", "x.toml").stderr
    assert json.loads(run("config", "schema").stdout) == schema()


def test_the_schema_that_comes_with_the_package_is_this_one() -> None:
    shipped = Path(golint_maps.__file__).with_name("golint-maps.schema.json")
    assert json.loads(shipped.read_text()) == schema(), (
        "golint-maps config schema > golint_maps/golint-maps.schema.json"
    )
