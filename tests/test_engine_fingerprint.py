from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st
from report_sample import race

from golint_maps.engine.fingerprint import with_fingerprints
from golint_maps.finding import Finding, Location
from golint_maps.syntax.source import LineIndex


def at(text: bytes, **changes) -> tuple[Finding, dict[str, LineIndex]]:
    """A finding at the text `delete(` of a file `a.go`."""
    path = changes.pop("path", "a.go")
    start = text.index(b"delete(")
    finding = dataclasses.replace(race(), location=Location(path, start, start + 6), **changes)
    return finding, {path: LineIndex.of(text)}


def one(text: bytes, **changes) -> str:
    finding, sources = at(text, **changes)
    return with_fingerprints([finding], sources)[0].fingerprint


CODE = b"func f() {\n\tdelete(m, k)\n}\n"


@given(st.lists(st.sampled_from([b"// a comment\n", b"\n", b"var x = 1\n"])), st.sampled_from([b"\t", b"    ", b""]))
def test_lines_and_indentation_may_move(above, indent):
    assert one(b"".join(above) + CODE.replace(b"\t", indent).replace(b", ", b",  ")) == one(CODE)


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
    assert first.fingerprint == one(CODE) != second.fingerprint


def test_names_that_are_not_utf8_are_no_problem():
    assert len(one(CODE, anchor="\udcff")) == 32
