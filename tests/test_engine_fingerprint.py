from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import race

from golint_maps.engine.fingerprint import content, with_fingerprints
from golint_maps.finding import Finding, Location
from golint_maps.syntax.source import LineIndex


def at(text: bytes, **changes) -> tuple[Finding, dict[str, LineIndex]]:
    """A finding at the call of `delete` in a file `a.go`."""
    path = changes.pop("path", "a.go")
    start = text.index(b"delete(")
    finding = dataclasses.replace(race(), location=Location(path, start, text.index(b")", start) + 1), **changes)
    return finding, {path: LineIndex.of(text)}


def one(text: bytes, **changes) -> str:
    finding, sources = at(text, **changes)
    return with_fingerprints([finding], sources)[0].fingerprint


CODE = b"func f() {\n\tdelete(m, k)\n}\n"


@given(st.lists(st.sampled_from([b"// a comment\n", b"\n", b"var x = 1\n"])), st.sampled_from([b"\t", b"    ", b""]))
def test_lines_and_indentation_may_move(above, indent):
    assert one(b"".join(above) + CODE.replace(b"\t", indent).replace(b", ", b",  ")) == one(CODE)


@pytest.mark.parametrize(
    "code",
    [
        b"func f() {\n\tdelete(\n\t\tm,\n\t\tk,\n\t)\n}\n",
        b"func f() {\n\tdelete(m, // the map\n\t\tk /* the key */)\n}\n",
        b"func f() { if ok { delete(m,k) } }\r\n",
    ],
)
def test_code_may_be_formatted_otherwise(code):
    assert one(code) == one(CODE)


def test_strings_are_no_comments():
    assert one(CODE.replace(b"k", b'"a//b"')) != one(CODE.replace(b"k", b'"a//c"'))
    assert one(CODE.replace(b"k", b"`/*`, x, `*/`")) != one(CODE.replace(b"k", b"`/*`, y, `*/`"))


def test_closures_may_be_counted_otherwise():
    assert one(CODE, anchor="f.func2", map="f.func2:m") == one(CODE, anchor="f.func1", map="f.func1:m")


def test_files_may_move():
    assert one(CODE, path="b/c.go") == one(CODE)


def test_what_changes_it():
    changed = [
        one(CODE),
        one(CODE, rule="GM102"),
        one(CODE, map="Server.other"),
        one(CODE, anchor="g"),
        one(CODE.replace(b"k", b"j")),
    ]
    assert len(set(changed)) == len(changed)


def test_equal_ones_are_numbered():
    finding, sources = at(CODE)
    first, second = with_fingerprints([finding, finding], sources)
    assert first.fingerprint == one(CODE) == content(second.fingerprint)
    assert second.fingerprint == f"{first.fingerprint}:2"


def test_names_that_are_not_utf8_are_no_problem():
    assert len(one(CODE, anchor="\udcff")) == 32
