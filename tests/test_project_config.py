"""Configuration files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.project.config import (
    ACCESSES,
    FILE_NAME,
    ConfigError,
    PerPath,
    Settings,
    find_config,
    load,
    merge,
    nearest,
    parse,
    show,
)
from golint_maps.project.ignore import Patterns

FULL = """
select = ["GM1", "range-delete"]
ignore = ["GM104"]
min-level = "warning"
min-confidence = "high"
fail-on = "error"
exclude = ["/gen/", "*_mock.go"]
exclude-tests = true
vendor = true
testdata = true
node-modules = true
hidden = true
generated = true
gitignore = false
report-unused-suppressions = true

[[per-path]]
paths = ["internal/"]
ignore = ["GM2"]

[spawners]
"example.com/pool.Pool.Submit" = { argument = 0, many = true }

[locks]
types = ["example.com/x.Mutex"]

[maps]
types = ["example.com/x.Table"]
safe = ["example.com/x.Sharded"]

[maps.methods]
"example.com/x.Tree" = { Put = "write", Each = "iterate" }

[rules]
folder = "lint"
"""


def test_full() -> None:
    assert parse(FULL) == Settings(
        select=("GM1", "range-delete"),
        ignore=("GM104",),
        min_level="warning",
        min_confidence="high",
        fail_on="error",
        exclude=("/gen/", "*_mock.go"),
        exclude_tests=True,
        vendor=True,
        testdata=True,
        node_modules=True,
        hidden=True,
        generated=True,
        gitignore=False,
        report_unused_suppressions=True,
        per_path=(PerPath(("internal/",), ("GM2",)),),
        spawners={"example.com/pool.Pool.Submit": {"argument": 0, "many": True}},
        lock_types=("example.com/x.Mutex",),
        map_types=("example.com/x.Table",),
        safe_types=("example.com/x.Sharded",),
        map_methods={"example.com/x.Tree": {"Put": "write", "Each": "iterate"}},
        rules_folder="lint",
    )


def test_defaults() -> None:
    settings = parse("")
    assert settings == Settings()
    assert (settings.min_confidence, settings.fail_on, settings.gitignore) == ("medium", "warning", True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("min_level = 'note'", ["min_level", "'min-level'"]),
        ("exlude = []", ["exlude", "'exclude'"]),
        ("zzzzzzzz = 1", ["zzzzzzzz", "there are: select, "]),
        ("[lock]\ntypes = []", ["'lock'", "'locks'"]),
        ("[locks]\ntype = []", ["'locks.type'", "'locks.types'"]),
        ("locks = 1", ["locks must be a table, not a number"]),
        ("select = 'GM1'", ["select must be a list of strings, not a string"]),
        ("select = [1]", ["select must be a list of strings"]),
        ("vendor = 1", ["vendor must be true or false, not a number"]),
        ("min-level = 'warn'", ["min-level", "'warn'", "'warning'"]),
        ("min-level = 3", ["min-level must be a string, not a number"]),
        ("fail-on = 2020-01-01", ["fail-on must be a string, not a date or time"]),
        ("exclude = ['!']", ["exclude holds '!'"]),
        ("[per-path]\npaths = []", ["per-path must be a list of tables"]),
        ("[[per-path]]\npaths = []", ["per-path.ignore is missing"]),
        ("[[per-path]]\npath = []", ["'per-path.path'", "'per-path.paths'"]),
        ("[spawners]\nx = 1", ["spawners.x must be a table"]),
        ("[spawners]\nx = {y = [2020-01-01]}", ["spawners.x.y must not be a date or time"]),
        ("[rules]\nfolder = false", ["rules.folder must be a string, not false"]),
        ("select = [", []),
        ("x = 1\nx = 2", []),
        ("a = " + "[" * 5000, []),
    ],
)
def test_complaints_name_file_and_key(text: str, parts: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, "dir/conf.toml")
    message = str(caught.value)
    assert message.startswith("dir/conf.toml: ")
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_load(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"\xef\xbb\xbfvendor = true\r\n")
    settings = load(path)
    assert (settings.vendor, settings.file, settings.folder) == (True, str(path), os.path.realpath(tmp_path))
    path.write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(path)
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        load(tmp_path / "none.toml")


def test_find_config_stops_at_the_repository(tmp_path: Path) -> None:
    repository = tmp_path / "repo"
    deep = repository / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / FILE_NAME).touch()
    outer = Path(os.path.realpath(tmp_path / FILE_NAME))
    assert find_config(".", deep) == outer
    (repository / ".git").mkdir()
    assert find_config(".", deep) is None
    (repository / FILE_NAME).touch()
    inner = Path(os.path.realpath(repository / FILE_NAME))
    for start in (".", "...", "./...", "x.go", "new/x.go", str(deep), "..", "../...", deep / "x.go"):
        assert find_config(start, deep) == inner, start
    assert find_config("repo/a/b/...", tmp_path) == inner
    assert find_config(".", tmp_path) == outer
    (deep / FILE_NAME).mkdir()
    assert find_config(".", deep) == inner


def test_merge() -> None:
    settings = Settings(select=("GM1",), ignore=("GM104",), vendor=True)
    assert merge(settings) == settings
    assert merge(settings, select=None, vendor=None, ignore=()) == settings
    merged = merge(settings, select=["GM2"], ignore=["GM104", "GM3"], vendor=False, min_level="error")
    assert merged == replace(settings, select=("GM2",), ignore=("GM104", "GM3"), vendor=False, min_level="error")
    assert merge(settings, select=[]) == settings
    with pytest.raises(ConfigError, match=r"--fail-on: .*'warn'.*'warning'"):
        merge(settings, fail_on="warn")
    with pytest.raises(TypeError, match="selct"):
        merge(settings, selct=["x"])


def test_discovery_options(tmp_path: Path) -> None:
    settings = replace(parse(FULL), folder="/conf")
    options = settings.discovery(tmp_path, exclude=["x"], force_exclude=True, overlay={"a.go": b""})
    assert options.exclude == (Patterns("/conf", ("/gen/", "*_mock.go")), Patterns(str(tmp_path), ("x",)))
    assert options.vendor and options.testdata and options.node_modules and options.hidden and options.generated
    assert options.exclude_tests and options.force_exclude and not options.gitignore
    assert options.overlay == {"a.go": b""}
    defaults = Settings().discovery(tmp_path)
    assert defaults.gitignore
    assert not (defaults.vendor or defaults.testdata or defaults.generated or defaults.force_exclude)


def test_rules_silenced_by_path(tmp_path: Path) -> None:
    entries = (PerPath(("/a/", "*_x.go"), ("GM1",)), PerPath(("b.go",), ("GM2", "GM3")))
    ignored = Settings(per_path=entries, folder=str(tmp_path)).ignored_at(tmp_path / "sub")
    assert ignored("../a/b.go") == ("GM1", "GM2", "GM3")
    assert ignored("a/c.go") == ()
    assert ignored("c_x.go") == ("GM1",)
    assert ignored("../../c_x.go") == ()


def test_rule_names_say_where_they_stand() -> None:
    assert list(parse(FULL).rule_names()) == [
        ("select", "GM1"),
        ("select", "range-delete"),
        ("ignore", "GM104"),
        ("per-path.ignore", "GM2"),
    ]


def test_show_says_where_from() -> None:
    assert show(Settings()).startswith("# no configuration file\n")
    assert show(Settings(file="a\nb")).startswith("# from 'a\\nb'\n")
    assert parse(show(parse(FULL))) == parse(FULL)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
TYPE = st.from_regex(r"[^\s*.][^\s*]*\.\w+", fullmatch=True).filter(lambda text: text.isprintable())
TYPES = st.lists(TYPE, max_size=3).map(tuple)
PATTERNS = st.lists(st.sampled_from(["a/", "*.go", "!x", 'q"\\\\']), max_size=3).map(tuple)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXT, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXT, inner, max_size=2)),
    max_leaves=4,
)


@given(
    st.builds(
        Settings,
        select=TEXTS,
        ignore=TEXTS,
        min_level=st.sampled_from(["note", "warning", "error"]),
        exclude=PATTERNS,
        generated=st.booleans(),
        gitignore=st.booleans(),
        per_path=st.lists(st.builds(PerPath, PATTERNS, TEXTS), max_size=2).map(tuple),
        spawners=st.dictionaries(TEXT, st.dictionaries(TEXT, VALUES, max_size=2), max_size=2),
        lock_types=TYPES,
        map_types=TYPES,
        safe_types=TYPES,
        map_methods=st.dictionaries(TYPE, st.dictionaries(TEXT, st.sampled_from(ACCESSES), max_size=2), max_size=2),
        rules_folder=TEXT,
    )
)
def test_shown_settings_read_back(settings: Settings) -> None:
    assert parse(show(settings)) == settings


@given(st.text(max_size=60))
def test_any_text_is_settings_or_a_complaint(text: str) -> None:
    try:
        settings = parse(text)
    except ConfigError as error:
        assert str(error)
    else:
        assert parse(show(settings)) == settings


def test_nearest() -> None:
    assert nearest("GM10l", ["GM101", "GM202"]) == "GM101"
    assert nearest("MIN_LEVEL", ["min-level", "ignore"]) == "min-level"
    assert nearest("qqq", ["min-level"]) is None
