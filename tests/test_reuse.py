"""After each edit of a package, an analysis that reuses what the last one has left finds what one from scratch finds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import assemble, declarations, draw

from golint_maps.engine.job import examine
from golint_maps.finding import Finding, Level
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.reuse import Reuse
from golint_maps.project.package import GoFile, Module, Package
from golint_maps.rule import Rule, discover

PROGRAMS = sorted(Path(__file__).parents[1].joinpath("testdata").glob("*/*/*.go"))
RULES = discover()
FILES, MOVES, EDITS = 4, 6, 20


def package_of(texts: dict[str, str]) -> Package:
    files = tuple(
        GoFile(
            path,
            text.encode(),
            "main",
            tuple(re.findall(r'^(?:import |\t)"([\w./]+)"$', text, re.MULTILINE)),
            is_test=path.endswith("_test.go"),
        )
        for path, text in sorted(texts.items())
    )
    return Package("example.com/m", "main", ".", files, Module("example.com/m", "."))


def edits(texts: dict[str, str], dice: random.Random) -> Iterator[dict[str, str]]:
    """Versions of a package, each one edit after the one before, as a person makes them: now and then it is undone."""
    last = texts
    for number in range(EDITS):
        path = dice.choice(sorted(texts))
        lines = texts[path].split("\n")
        at = dice.randrange(len(lines))
        kind = dice.choice(
            (
                "type",
                "type",
                "delete",
                "repeat",
                "move",
                "rename",
                "rename all",
                "retype",
                "comment",
                "undo",
                "type away",
                "declare",
                "declare",
                "field",
                "field",
                "field away",
            )
        )
        if number < MOVES:  # so that files use what others declare
            kind = "move"
        before = texts
        if kind == "undo":
            texts, last = last, texts
            yield texts
            continue
        if kind == "type":
            bodies = [row for row, line in enumerate(lines) if line.startswith("\t") and line.endswith("{")]
            lines.insert(dice.choice(bodies) + 1 if bodies else 0, '\t_ = len("typed")')
        elif kind == "delete":
            del lines[at]
        elif kind == "repeat":
            lines.insert(at, lines[at])
        elif kind == "comment":
            lines.insert(at, "// what follows needs no lock")
        elif kind == "declare":  # somewhere in the file, so that it may also break what stands there
            owners = re.findall(r"^type (\w+)", "\n".join(texts.values()), re.MULTILINE) or ["T"]
            names = re.findall(r"\.(\w+)\(", "\n".join(texts.values())) or ["run"]
            line = dice.choice(
                (
                    "func (t *OWNER) NAME() {}",
                    "func (t *OWNER) NAME2(m map[string]int) {",
                    "func (t OWNER) Lock() {}\n\nfunc (t OWNER) Unlock() {}",
                    'func (t *OWNER) String() string { return "" }',
                    "func NAME(t *OWNER) map[string]int { return nil }",
                    "type fresh struct{ OWNER; m map[string]int }",
                    "type NAME interface{ NAME() }",
                    "type OWNER2 = OWNER",
                    "var shared2 = map[string]*OWNER{}",
                )
            )
            gaps = [row for row, line in enumerate(lines) if not line] or [at]
            lines.insert(
                dice.choice(gaps), re.sub("OWNER", dice.choice(owners), re.sub("NAME", dice.choice(names), line))
            )
        elif kind == "field":  # into a struct that may be known elsewhere
            owners = re.findall(r"^type (\w+)", "\n".join(texts.values()), re.MULTILINE) or ["T"]
            line = dice.choice(
                (
                    "extra map[string]bool",
                    "m, items map[string]int",
                    "mu sync.Mutex",
                    "sync.RWMutex",
                    "shared sync.Map",
                    "OWNER",
                    "*OWNER",
                    "next *OWNER",
                    "all map[string]*OWNER",
                    "byKey map[OWNER]int",
                    "run func(*OWNER)",
                    "done chan OWNER",
                )
            )
            structs = [row for row, text in enumerate(lines) if text.endswith("struct {")]
            if structs:
                line = re.sub("OWNER", dice.choice(owners), line)
                lines.insert(
                    dice.choice(structs) + 1, "\t" + line[: dice.choice((len(line), dice.randint(1, len(line))))]
                )
        elif kind == "field away":
            structs = [
                row for row, text in enumerate(lines[:-1]) if text.endswith("struct {") and lines[row + 1] != "}"
            ]
            if structs:
                del lines[dice.choice(structs) + 1]
        elif kind == "type away":
            lines[at] = lines[at][: len(lines[at]) // 2]
        elif kind == "rename":
            names = re.findall(r"\b[a-z]\w+\b", lines[at])
            if names:
                name = dice.choice(names)
                lines = [re.sub(rf"\b{name}\b", f"{name}2", line) for line in lines]
        elif kind == "rename all":  # whatever has that name, in all files
            names = re.findall(r"\b[a-z]\w+\b", lines[at])
            if names:
                name = dice.choice(names)
                texts = {one: re.sub(rf"\b{name}\b", f"{name}2", text) for one, text in texts.items()}
                lines = texts[path].split("\n")
        elif kind == "retype":  # of fields, variables, parameters and results
            typed = [row for row, line in enumerate(lines) if "map[" in line or "sync." in line]
            if typed:
                row = dice.choice(typed)
                old, new = dice.choice(
                    (("map[string]", "[]"), ("map[", "map[int]map["), ("sync.Mutex", "sync.RWMutex"))
                )
                lines[row] = lines[row].replace(old, new, 1)
        else:  # a declaration moves to another file
            starts = [row for row, line in enumerate(lines) if line.startswith("func ")]
            if starts:
                start = dice.choice(starts)
                end = next((row for row in range(start, len(lines)) if lines[row] == "}"), start) + 1
                other = dice.choice(sorted(texts))
                texts = {**texts, other: texts[other] + "\n" + "\n".join(lines[start:end]) + "\n"}
                if other != path:
                    del lines[start:end]
                else:
                    lines = texts[path].split("\n")
        texts, last = {**texts, path: "\n".join(lines)}, before
        yield texts


@pytest.mark.parametrize("seed", range(12))
def test_reuse_changes_no_finding(seed: int) -> None:
    dice = random.Random(seed)
    # Of several files and packages, the one that is chosen may show nothing by itself.
    bad = [path for path in PROGRAMS if path.parent.name.startswith("bad") and len(list(path.parent.iterdir())) == 1]
    chosen = [*dice.sample(bad, FILES // 2), *dice.sample(PROGRAMS, FILES // 2)]
    texts = {f"f{number}.go": path.read_text() for number, path in enumerate(chosen)}
    reuse, known = Reuse(), 0
    examine(package_of(texts), {}, RULES, reuse=reuse)
    for version in edits(texts, dice):
        package = package_of(version)
        fresh, _ = examine(package, {}, RULES)
        again, flow = examine(package, {}, RULES, reuse=reuse)
        assert again.findings == fresh.findings
        assert (again.problems, again.partly_read) == (fresh.problems, fresh.partly_read) and not again.problems
        known += len(again.findings)
        assert flow is not None and flow.reuse is reuse
    assert known, "nothing was found in any version"


@settings(max_examples=8, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_reuse_changes_no_finding_of_programs_in_several_files(seed: int) -> None:
    dice = random.Random(seed)
    files: list[list[str]] = [[], [], []]
    for declaration in declarations(draw(dice)):
        dice.choice(files).append(declaration)
    texts = {f"f{number}.go": assemble(parts) for number, parts in enumerate(files)}
    reuse = Reuse()
    examine(package_of(texts), {}, RULES, reuse=reuse)
    for version in edits(texts, dice):
        fresh, _ = examine(package_of(version), {}, RULES)
        again, _ = examine(package_of(version), {}, RULES, reuse=reuse)
        assert (again.findings, again.problems) == (fresh.findings, ())


def test_functions_of_unchanged_files_are_kept() -> None:
    texts = {f"f{number}.go": path.read_text() for number, path in enumerate(PROGRAMS[:FILES])}
    reuse = Reuse()
    _, before = examine(package_of(texts), {}, RULES, reuse=reuse)
    texts["f1.go"] = texts["f1.go"].replace("{\n", "{\n\n", 3)
    _, after = examine(package_of(texts), {}, RULES, reuse=reuse)
    assert before is not None and after is not None
    kept = {function.path for function in after.functions if function in set(before.functions)}
    assert kept == {"f0.go", "f2.go", "f3.go"}


def test_a_new_declaration_is_seen_everywhere() -> None:
    texts = {
        "a.go": "package main\n\nfunc (t *table) write() {\n\tt.rows[1] = 2\n}\n",
        "b.go": "package main\n\ntype table struct{ rows map[int]int }\n",
    }
    reuse = Reuse()
    found = examine(package_of(texts), {}, RULES, reuse=reuse)[0].findings
    assert [one.rule for one in found] == ["GM401"]
    texts["b.go"] = texts["b.go"].replace("map[int]int", "[]int")
    assert examine(package_of(texts), {}, RULES, reuse=reuse)[0].findings == ()


@pytest.mark.parametrize("used", ["items()", "shared"])
def test_a_function_or_variable_of_another_file_gets_another_type(used: str) -> None:
    texts = {
        "a.go": f"package main\n\nfunc use() {{\n\t{used}[1].count = 2\n}}\n",
        "b.go": "package main\n\ntype item struct{ count int }\n\nvar shared = map[int]item{}\n\n"
        "func items() map[int]item {\n\treturn shared\n}\n",
    }
    reuse = Reuse()
    assert [one.rule for one in examine(package_of(texts), {}, RULES, reuse=reuse)[0].findings] == ["GM406"]
    texts["b.go"] = texts["b.go"].replace("map[int]item", "[]item")
    assert examine(package_of(texts), {}, RULES, reuse=reuse)[0].findings == ()


def test_functions_that_use_nothing_new_are_kept() -> None:
    texts = {"a.go": "package main\n\nfunc one() {}\n", "b.go": "package main\n\nfunc two() { three() }\n"}
    reuse = Reuse()
    _, before = examine(package_of(texts), {}, RULES, reuse=reuse)
    _, after = examine(package_of({**texts, "c.go": "package main\n\nfunc three() {}\n"}), {}, RULES, reuse=reuse)
    assert before is not None and after is not None
    assert [one in before.functions for one in after.functions] == [True, False, False]


def test_a_rule_that_fails_is_reported_after_each_edit() -> None:
    class Failing(Rule):
        id, name, level, without_maps = "GM999", "failing", Level.NOTE, True

        def check_function(self, function: ir.Function, package: PackageFlow) -> Iterator[Finding]:
            yield self.finding(function, function.at, function.name)
            if function.name == "two":
                raise ValueError(function.name)

    texts = {"a.go": "package main\n\nfunc one() {}\n\nfunc two() {}\n", "b.go": "package main\n\nfunc three() {}\n"}
    reuse = Reuse()
    for _ in range(2):
        fresh, _ = examine(package_of(texts), {}, [Failing])
        again, _ = examine(package_of(texts), {}, [Failing], reuse=reuse)
        assert [one.message for one in again.findings] == [one.message for one in fresh.findings] == ["one", "two"]
        assert again.problems == fresh.problems and "ValueError: two" in again.problems[0].detail
        texts["b.go"] += "\n"


def test_functions_above_an_edit_are_kept() -> None:
    text = "package main\n\nfunc one() {\n\ttype pair struct{ a, b int }\n\t_ = pair{}\n}\n\nfunc two() {}\n\nfunc three() {}\n"
    reuse = Reuse()
    _, before = examine(package_of({"a.go": text}), {}, RULES, reuse=reuse)
    _, after = examine(package_of({"a.go": text.replace("two() {", "two() { _ = 1")}), {}, RULES, reuse=reuse)
    assert before is not None and after is not None
    assert [one in before.functions for one in after.functions] == [True, False, False]
    assert after.types.types.keys() == before.types.types.keys() and len(after.types.types) == 1


@pytest.mark.parametrize(
    "text", ["", "\t_ = 1", '\t_ = "', "}", "// no lock is needed here", "/*", 'import m "maps"', "`"]
)
def test_an_edit_at_any_place_of_a_file(text: str) -> None:
    """A line is put in at each place, one after the other, whatever it does to what stands above and below."""
    path = next(path for path in PROGRAMS if path.parts[-3:-1] == ("inconsistent_lock", "bad_access_after_unlock"))
    lines = path.read_text().split("\n")
    reuse = Reuse()
    found = set()
    for row in range(0, len(lines), 2):
        version = package_of({"a.go": "\n".join([*lines[:row], text, *lines[row:]])})
        fresh, again = examine(version, {}, RULES)[0], examine(version, {}, RULES, reuse=reuse)[0]
        assert (again.findings, again.problems, again.partly_read) == (
            fresh.findings,
            fresh.problems,
            fresh.partly_read,
        )
        found.update(one.rule for one in again.findings)
    assert found


OWNERS = {
    "a.go": "package main\n\ntype store struct{ m map[int]int }\n\nfunc (s *store) put() {\n\ts.m[1] = 2\n}\n",
    "b.go": "package main\n\ntype other struct{}\n\nfunc (o *other) put() {}\n",
    "c.go": "package main\n\nfunc use(s *store) {\n\ts.put()\n}\n",
}


@pytest.mark.parametrize(
    ("path", "old", "new", "kept"),
    [
        ("b.go", "other) put", "other) get", ["a.go", "c.go"]),
        ("b.go", "struct{}", "struct{}\n\ntype third struct{ o *other }", ["a.go", "c.go"]),
        ("b.go", "struct{}", "struct{}\n\nfunc (o *other) Lock() {}", ["a.go", "c.go"]),
        ("a.go", "map[int]int }", "map[int]int; n int }", ["b.go", "c.go"]),
        ("a.go", "map[int]int }", "map[int]int; put func() }", ["b.go"]),  # which c.go means by its call
        ("a.go", "put()", "put(n int)", ["b.go"]),
    ],
)
def test_what_can_not_tell_a_new_declaration_is_kept(path: str, old: str, new: str, kept: list[str]) -> None:
    reuse = Reuse()
    _, before = examine(package_of(OWNERS), {}, RULES, reuse=reuse)
    changed = {**OWNERS, path: OWNERS[path].replace(old, new)}
    _, after = examine(package_of(changed), {}, RULES, reuse=reuse)
    assert before is not None and after is not None
    assert [one.path for one in after.functions if one in before.functions and one.path != path] == kept
    _, again = examine(package_of(OWNERS), {}, RULES, reuse=reuse)
    assert again is not None
    assert [one.path for one in again.functions if one in before.functions and one.path != path] == [
        one
        for one in OWNERS
        if one != path  # what was put aside holds again
    ]


def test_only_functions_that_ask_for_a_field_can_tell_it() -> None:
    texts = {
        "a.go": "package main\n\ntype table struct{ rows map[int]int }\n",
        "b.go": "package main\n\nfunc (t *table) one() {\n\tt.extra[1] = 2\n}\n\n"
        "func (t *table) two() {\n\tt.rows[1] = 2\n}\n\nfunc three(t *table) *table {\n\treturn t\n}\n",
    }
    reuse = Reuse()
    before, flow = examine(package_of(texts), {}, RULES, reuse=reuse)
    texts["a.go"] = texts["a.go"].replace("int }", "int; extra map[int]int }")
    after, again = examine(package_of(texts), {}, RULES, reuse=reuse)
    assert flow is not None and again is not None
    assert [one.short_name for one in again.functions if one in flow.functions] == ["two", "three"]
    assert len(before.findings) == 1 and {one.map for one in after.findings} == {"table.rows", "table.extra"}


def test_what_is_remembered_of_a_type_is_asked_by_all() -> None:
    texts = {
        "a.go": "package main\n\ntype table struct {\n\tn int\n}\n",
        "b.go": "package main\n\nfunc (t table) one() {}\n",
        "c.go": "package main\n\nfunc (t table) two() {}\n",
    }
    reuse = Reuse()
    assert examine(package_of(texts), {}, RULES, reuse=reuse)[0].findings == ()
    texts["a.go"] = texts["a.go"].replace("int", "sync.Map").replace("main\n", 'main\n\nimport "sync"\n')
    found = examine(package_of(texts), {}, RULES, reuse=reuse)[0].findings
    assert [(one.rule, one.location.path) for one in found] == [("GM301", "b.go"), ("GM301", "c.go")]
