"""Ranges over maps: when the loop is left, what is known of keys, and what the fixes make of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.finding import Finding
from golint_maps.project.config import Settings


def findings(tmp_path: Path, code: str, *rules: str, go: str = "1.24", least: str = "medium") -> list[Finding]:
    (tmp_path / "go.mod").write_text(f"module example.org/m\n\ngo {go}\n")
    (tmp_path / "m.go").write_text(code)
    report = check([str(tmp_path)], Settings(select=rules, min_level="note", min_confidence=least), cwd=tmp_path)
    assert report.problems == ()
    return [reported.finding for reported in report.findings]


def fixed(tmp_path: Path, code: str, *, go: str = "1.24") -> tuple[str, bool] | None:
    """The code after the fix of the only finding of GM201, and whether it is safe; None where there is no fix."""
    (found,) = findings(tmp_path, code, "GM201", go=go, least="low")
    if found.fix is None:
        return None
    (edit,) = found.fix.edits
    raw = code.encode()
    return (raw[: edit.location.start] + edit.text.encode() + raw[edit.location.end :]).decode(), found.fix.safe


LEFT = [
    "m[k+1] = 1; break",
    "m[k+1] = 1; return",
    'm[k+1] = 1; panic("no")',
    "if k > 1 { m[k+1] = 1; return }",
    "m[k+1] = 1; if k > 1 { return } else { break }",
    "for { m[k+1] = 1; break outer }",
    "for i := 0; i < 3; i++ { m[k+i] = 1 }; break",
    "switch { case k > 1: m[k+1] = 1; break outer }",
    "switch { case k > 1: m[k+1] = 1; fallthrough; default: return }",
    "{ m[k+1] = 1 }; return",
    "m[k+1] = 1; for {}",
]
STAYED = [
    "m[k+1] = 1",
    "m[k+1] = 1; continue",
    "m[k+1] = 1; if k > 1 { return }",
    "switch { case k > 1: m[k+1] = 1; break }",
    "for { m[k+1] = 1; break }",
    "for i := 0; i < 3; i++ { m[k+i] = 1; if i > 1 { return } }",
    "m[k+1] = 1; for { if k > 1 { break } }",
    "m[k+1] = 1; for { continue outer }",
    "m[k+1] = 1; select { case <-done: return; default: }",
    "m[k+1] = 1; func() { return }()",
]
OUTER = "package m\n\nfunc f(m map[int]int, done chan bool) {{\nouter:\n\tfor k := range m {{\n\t\t{}\n\t}}\n}}\n"


@pytest.mark.parametrize("body", LEFT)
def test_inserting_before_the_loop_is_left_is_silent(tmp_path: Path, body: str) -> None:
    assert findings(tmp_path, OUTER.format(body), "GM202") == []


@pytest.mark.parametrize("body", STAYED)
def test_inserting_while_the_loop_goes_on_is_reported(tmp_path: Path, body: str) -> None:
    assert [found.rule for found in findings(tmp_path, OUTER.format(body), "GM202")] == ["GM202"]


KNOWN = [
    "if x == k { m[x] = 1 }",
    "if x != k { continue }; m[x] = 1",
    "if x > 3 && k == x { m[x] = 1 }",
    "if x != k || x > 3 { continue }; m[x] = 1",
    "switch k { case 7: m[7] = 1 }",
    "if _, ok := m[x]; ok { m[x] = 1 }",
    "_, ok := m[x]; if !ok { continue }; m[x] = 1",
    "if m[x] > 0 { m[x]-- }",
    "if m[x] != 0 { m[x]-- }",
    "y := k; z := y; m[z] = 1",
]
UNKNOWN = [
    "if x == k { x++; m[x] = 1 }",
    "if x == k { println() }; m[x] = 1",
    "if x != k { m[x] = 1 }",
    "if x == k || x > 3 { m[x] = 1 }",
    "switch k { case 7, 8: m[7] = 1 }",
    "if _, ok := m[x]; !ok { m[x] = 1 }",
    "_, ok := m[x]; if ok { delete(m, x) }; m[x] = 1",
    "if m[x] >= 0 { m[x]-- }",
    "if other[x] > 0 { m[x]-- }",
    "y := k; y++; m[y] = 1",
    "k++; m[k] = 1",
]
KEYS = "package m\n\nfunc f(m, other map[int]int, x int) {{\n\tfor k := range m {{\n\t\t{}\n\t}}\n}}\n"


@pytest.mark.parametrize("body", KNOWN)
def test_a_key_that_is_known_to_be_there_is_silent(tmp_path: Path, body: str) -> None:
    assert findings(tmp_path, KEYS.format(body), "GM202") == []


@pytest.mark.parametrize("body", UNKNOWN)
def test_a_key_that_may_be_new_is_reported(tmp_path: Path, body: str) -> None:
    assert [found.rule for found in findings(tmp_path, KEYS.format(body), "GM202")] == ["GM202"]


EMPTIED = "package m\n\ntype s struct{{ m map[{key}]int }}\n\nfunc (s *s) f() {{\n\tfor k := range s.m {{\n\t\t{body}\n\t}}\n}}\n"


@pytest.mark.parametrize(("key", "safe"), [("string", True), ("*int", True), ("[2]int", True), ("chan int", True)])
def test_a_loop_that_empties_the_map_becomes_clear(tmp_path: Path, key: str, safe: bool) -> None:
    code = EMPTIED.format(key=key, body="delete(s.m, k)")
    expected = f"package m\n\ntype s struct{{ m map[{key}]int }}\n\nfunc (s *s) f() {{\n\tclear(s.m)\n}}\n"
    assert fixed(tmp_path, code) == (expected, safe)


@pytest.mark.parametrize("key", ["float64", "any", "[2]float32", "struct{ x complex128 }", "interface{ M() }", "error"])
def test_keys_that_may_not_equal_themselves_make_the_fix_unsafe(tmp_path: Path, key: str) -> None:
    result = fixed(tmp_path, EMPTIED.format(key=key, body="delete(s.m, k)"))
    assert result is not None
    assert not result[1]


def test_no_fix_loses_a_comment_or_an_effect(tmp_path: Path) -> None:
    assert fixed(tmp_path, EMPTIED.format(key="int", body="delete(s.m, k) // all")) is None
    assert fixed(tmp_path, EMPTIED.format(key="int", body="delete(s.m, k)"), go="1.20") is None
    assigned = (
        "package m\n\nfunc f(m map[int]int) (k int) {\n\tfor k = range m {\n\t\tdelete(m, k)\n\t}\n\treturn k\n}\n"
    )
    assert fixed(tmp_path, assigned) is None
    shadowed = "package m\n\nfunc f(m map[int]int, clear bool) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n"
    assert fixed(tmp_path, shadowed) is None


FILTER = """package m

import {imports}

func f(m map[string]*int, low int) {{
	for k, v := range m {{
		if {condition} {{
			delete(m, k)
		}}
	}}
	_ = maps.Clone(m)
}}
"""


def test_a_loop_that_filters_the_map_becomes_delete_func(tmp_path: Path) -> None:
    result = fixed(tmp_path, FILTER.format(imports='"maps"', condition="*v < low || len(k) == 0"))
    assert result is not None
    code, safe = result
    assert safe  # the condition calls nothing
    assert "\tmaps.DeleteFunc(m, func(k string, v *int) bool {\n\t\treturn *v < low || len(k) == 0\n\t})\n\t_ =" in code


def test_delete_func_goes_by_the_name_of_the_import(tmp_path: Path) -> None:
    renamed = FILTER.format(imports='m2 "maps"', condition="*v < low").replace("maps.Clone(m)", "m2.Clone(m)")
    result = fixed(tmp_path, renamed)
    assert result is not None
    assert "\tm2.DeleteFunc(m, " in result[0]


def test_what_comes_before_the_condition_comes_along(tmp_path: Path) -> None:
    result = fixed(tmp_path, FILTER.format(imports='"maps"', condition="n := *v; n < low"))
    assert result is not None
    assert "\t\tn := *v\n\t\treturn n < low\n" in result[0]


def test_a_constant_key_is_not_a_filter(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, FILTER.format(imports='"maps"', condition='k == "x"'), "GM201", least="low")
    assert "DeleteFunc" not in found.message


def test_mutations_of_one_loop_are_one_finding(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, KEYS.format("m[k+1] = 1; m[k+2] = 2; delete(m, x); delete(m, x+1)"), "GM202")
    assert len(found.related) == 2  # the loop, and the second insertion
