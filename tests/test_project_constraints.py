"""Build constraints: file names, expressions, and what fits into one build."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.project import constraints
from golint_maps.project.constraints import (
    can_coexist,
    combine,
    from_file_name,
    minimum_version,
    needs,
    parse,
    wants_tags,
)


@pytest.mark.parametrize(
    ("name", "constraint"),
    [
        ("a.go", ""),
        ("linux.go", ""),
        ("a_linux.go", "linux"),
        ("_linux.go", "linux"),
        ("a_arm64.go", "arm64"),
        ("a_linux_arm64.go", "linux && arm64"),
        ("a_linux_arm64_test.go", "linux && arm64"),
        ("a_linux_test.go", "linux"),
        ("linux_test.go", ""),
        ("a_test.go", ""),
        ("a_test_linux.go", "linux"),
        ("a_linux_x.go", ""),
        ("a_arm64_linux.go", "linux"),
        ("linux_arm64.go", "arm64"),
        ("a_unix.go", ""),
        ("a_linux.pb.go", "linux"),
        ("a.pb_linux.go", ""),
        ("a_Linux.go", ""),
        ("", ""),
    ],
)
def test_from_file_name(name: str, constraint: str) -> None:
    assert from_file_name(name) == constraint


@pytest.mark.parametrize("text", ["a", "!a", "a&&b", "a && b || !c", "(a||b)&&!(c&&d)", " a ", "go1.21", "a.b_c"])
def test_parses(text: str) -> None:
    assert parse(text) is not None


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "a &", "a &&", "|| a", "(a", "a)", "!", "!!a", "a-b", "()", "(" * 9999]
)
def test_refuses(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", False),
        ("linux", False),
        ("!deadlock", False),
        ("deadlock", True),
        ("linux && deadlock", True),
        ("linux || deadlock", False),
        ("cgo", False),
        ("!cgo && go1.21", False),
        ("a b", False),
    ],
)
def test_wants_tags(text: str, wanted: bool) -> None:
    assert wants_tags(text) == wanted


def test_and_binds_closer_than_or() -> None:
    assert parse("a || b && c") == parse("a || (b && c)") != parse("(a || b) && c")


@pytest.mark.parametrize(
    ("a", "b", "fits"),
    [
        ("", "", True),
        ("", "linux", True),
        ("linux", "windows", False),
        ("linux", "!windows", True),
        ("linux", "linux && amd64", True),
        ("linux && arm64", "linux && amd64", False),
        ("amd64", "386", False),
        ("linux", "android", True),
        ("darwin", "ios", True),
        ("solaris", "illumos", True),
        ("android", "!linux", False),
        ("unix", "linux", True),
        ("unix", "windows", False),
        ("!unix", "darwin", False),
        ("!unix", "plan9", True),
        ("!linux && !darwin && !windows", "unix", True),
        ("go1.21", "!go1.20", False),
        ("go1.20", "!go1.21", True),
        ("!go1.21", "go1", True),
        ("race", "!race", False),
        ("race", "cgo", True),
        ("linux || race", "windows", True),
        ("gc", "gccgo", False),
        ("linux && windows", "", False),
        ("linux &&", "windows", True),
        ("a && !a", "windows", False),
    ],
)
def test_can_coexist(a: str, b: str, fits: bool) -> None:
    assert can_coexist(a, b) is fits


def test_too_many_tags_are_taken_to_fit() -> None:
    many = " && ".join(f"tag{number}" for number in range(40))
    assert can_coexist(many, f"!tag0 && ({many})")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("go1.21", (1, 21)),
        ("linux && go1.22", (1, 22)),
        ("(linux && go1.22) || (windows && go1.20)", (1, 20)),
        ("linux", None),
        ("linux || (windows && go1.22)", None),
        ("!go1.22", None),
        ("!!go1.22", None),
        ("!(!go1.22)", (1, 22)),
        ("go1.20 && go1.21", (1, 21)),
        ("!(!linux || !go1.2)", (1, 2)),
        ("go1", (1, 0)),
        ("go1.x", None),
        ("", None),
    ],
)
def test_minimum_version(text: str, version: tuple[int, int] | None) -> None:
    assert minimum_version(text) == version


def test_needs() -> None:
    assert needs("ignore", "ignore")
    assert needs("linux && ignore", "ignore")
    assert not needs("ignore || linux", "ignore")
    assert not needs("!ignore", "ignore")
    assert not needs("ignored", "ignore")
    assert not needs("ignore &&", "ignore")


def test_combine() -> None:
    assert combine("", "a", "", "a") == "a"
    assert combine("linux", "a || b") == "linux && (a || b)"
    assert combine("a || b", "(c || d) && e") == "(a || b) && (c || d) && e"
    assert combine() == combine("", "") == ""


TAGS = st.sampled_from(["linux", "android", "windows", "unix", "amd64", "386", "go1.18", "go1.21", "race", "cgo"])
EXPRESSIONS = st.recursive(
    TAGS,
    lambda inner: st.one_of(
        inner.map(lambda one: f"!({one})"),
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS, EXPRESSIONS)
def test_coexistence_is_symmetric(a: str, b: str) -> None:
    assert can_coexist(a, b) is can_coexist(b, a)


@given(EXPRESSIONS, EXPRESSIONS)
def test_coexistence_is_that_of_the_conjunction(a: str, b: str) -> None:
    assert can_coexist(a, b) is can_coexist(combine(a, b), "")


@given(EXPRESSIONS)
def test_either_it_or_its_negation_holds_somewhere_but_never_both(a: str) -> None:
    assert can_coexist(a, "") or can_coexist(f"!({a})", "")
    assert not can_coexist(a, f"!({a})")


def _builds() -> list[frozenset[str]]:
    systems = [{"linux", "unix"}, {"android", "linux", "unix"}, {"windows"}, {"darwin", "unix"}, {"plan9"}]
    versions: list[set[str]] = [set(), {"go1.18"}, {"go1.18", "go1.21"}]
    frees: list[set[str]] = [set(), {"race"}, {"cgo"}, {"race", "cgo"}]
    archs: list[set[str]] = [{"amd64"}, {"386"}, {"arm64"}]
    return [frozenset().union(*world) for world in itertools.product(systems, archs, versions, frees)]


@given(EXPRESSIONS, EXPRESSIONS)
def test_coexistence_agrees_with_a_list_of_real_builds(a: str, b: str) -> None:
    def holds(expression: constraints.Expression | None, build: frozenset[str]) -> bool:
        if isinstance(expression, constraints.Tag):
            return expression.name in build
        if isinstance(expression, constraints.Not):
            return not holds(expression.operand, build)
        assert isinstance(expression, (constraints.All, constraints.Any))
        results = [holds(operand, build) for operand in expression.operands]
        return all(results) if isinstance(expression, constraints.All) else any(results)

    assert can_coexist(a, b) is any(holds(parse(a), build) and holds(parse(b), build) for build in _builds())


@given(st.text(alphabet="ab!&|() go1.", max_size=30), st.text(max_size=20))
def test_any_text_is_taken(a: str, b: str) -> None:
    assert can_coexist(a, b) in (True, False)
    assert can_coexist(a, b) is can_coexist(b, a)
    minimum_version(a)
    needs(a, "ignore")
