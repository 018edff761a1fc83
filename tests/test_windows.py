"""Paths of Windows, on any platform: drives, shares, backslashes, names whose case does not matter."""

from __future__ import annotations

import ntpath
from types import SimpleNamespace

import pytest

from golint_maps.project import ignore, keys, reach
from golint_maps.project.ignore import Patterns, PatternSet
from golint_maps.project.keys import Keys


@pytest.fixture(autouse=True)
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules under test see the functions that `os.path` has on Windows; no path is a link."""
    path = SimpleNamespace(**vars(ntpath))
    path.realpath = ntpath.normpath
    path.lexists = lambda name: ntpath.normcase(name) == r"c:\repo\.git"
    for module in (keys, ignore, reach):
        monkeypatch.setattr(module, "os", SimpleNamespace(path=path, sep="\\"))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (r"C:\repo\app", "."),
        (r"C:\repo\app\in\a.go", "in/a.go"),
        (r"c:\REPO\App\in\a.go", "in/a.go"),
        (r"C:\repo\lib\a.go", "../lib/a.go"),
        (r"D:\else\a.go", "D:/else/a.go"),
        (r"\\server\share\a.go", "//server/share/a.go"),
    ],
)
def test_keys_have_slashes(path: str, key: str) -> None:
    assert Keys(r"C:\repo\app").key(path) == key


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("in/a.go", r"C:\repo\app\in\a.go"),
        (r"in\a.go", r"C:\repo\app\in\a.go"),
        (r"..\lib\a.go", r"C:\repo\lib\a.go"),
        ("D:/else/a.go", r"D:\else\a.go"),
        ("//server/share/in/a.go", r"\\server\share\in\a.go"),
    ],
)
def test_what_is_typed_is_a_path(name: str, path: str) -> None:
    found = Keys(r"C:\repo\app")
    assert found.path(name) == path
    assert found.path(found.key(path)) == path


def test_keys_of_shares() -> None:
    found = Keys(r"\\server\share\repo")
    assert found.key(r"\\server\share\repo\in\a.go") == "in/a.go"
    assert found.path("in/a.go") == r"\\server\share\repo\in\a.go"
    assert found.key(r"C:\a.go") == "C:/a.go"


def test_patterns_have_slashes() -> None:
    patterns = PatternSet(Patterns("C:\\repo", ("/gen/", "internal/*/x.go", "*.pb.go")))
    assert patterns.matches(r"C:\repo\gen\a.go", is_folder=False)
    assert patterns.matches(r"C:\repo\internal\in\x.go", is_folder=False)
    assert patterns.matches(r"C:\repo\in\a.pb.go", is_folder=False)
    assert not patterns.matches(r"C:\repo\in\gen.go", is_folder=False)
    assert not patterns.matches(r"D:\repo\gen\a.go", is_folder=False)
    assert not PatternSet(Patterns("C:\\repo", (r"in\gen",))).matches(r"C:\repo\in\gen", is_folder=True)


@pytest.mark.parametrize(
    ("target", "inside"),
    [
        (r"C:\repo\lib", True),
        (r"c:\Repo\LIB", True),
        (r"..\lib", True),
        (r"..\..\other", False),
        (r"C:\repository", False),
        (r"D:\repo\lib", False),
        (r"\\server\repo\lib", False),
    ],
)
def test_nothing_leads_out_of_a_repository(target: str, inside: bool) -> None:
    assert reach.within_reach(r"C:\repo\app", target) is inside
