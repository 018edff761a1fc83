"""Edits of text, and the imports that they leave without a use."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.engine.fix import OverlapError, apply, compatible, edits_for, mended, unified_diff, whole_edits
from golint_maps.finding import Confidence, Edit, Finding, Fix, Level, Location
from golint_maps.syntax.imports import addition


def edit(start: int, end: int, text: str, path: str = "a.go") -> Edit:
    return Edit(Location(path, start, end), text)


def finding(*edits: Edit, safe: bool = True) -> Finding:
    place = Location("a.go", 0, 1)
    fix = Fix("Mend it", edits, safe) if edits else None
    return Finding("GM201", "range-delete", Level.NOTE, Confidence.HIGH, "message", place, fix=fix)


def test_edits_are_made_at_the_offsets_of_the_text_before() -> None:
    assert apply(b"abcdef", [edit(4, 5, "E!"), edit(0, 1, ""), edit(2, 2, "-")]) == b"b-cdE!f"


def test_an_edit_asked_for_twice_is_made_once() -> None:
    assert apply(b"ab", [edit(1, 1, "-"), edit(1, 1, "-")]) == b"a-b"


@pytest.mark.parametrize(
    ("one", "other"),
    [((0, 3), (2, 4)), ((0, 3), (1, 2)), ((1, 1), (0, 3)), ((1, 1), (1, 1)), ((1, 1), (1, 2)), ((2, 2), (1, 2))],
)
def test_overlapping_edits_are_refused(one: tuple[int, int], other: tuple[int, int]) -> None:
    both = [edit(*one, "x"), edit(*other, "y")]
    with pytest.raises(OverlapError):
        apply(b"abcdef", both)
    findings = [finding(each) for each in both]
    assert compatible(findings) == (findings[0],)


def test_an_edit_outside_of_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes 3 to 5, in a text of 4"):
        apply(b"abcd", [edit(3, 5, "")])


def test_edits_take_the_line_ends_of_the_file() -> None:
    assert apply(b"a\r\nb\r\n", [edit(3, 4, "c\nd")]) == b"a\r\nc\r\nd\r\n"
    assert apply(b"a\nb\r\n", [edit(2, 3, "c\nd")]) == b"a\nc\nd\r\n"


def test_unsafe_fixes_have_to_be_asked_for() -> None:
    unsafe = finding(edit(0, 1, "x"), safe=False)
    assert edits_for(unsafe) == ()
    assert edits_for(unsafe, unsafe=True) == (edit(0, 1, "x"),)
    assert edits_for(finding()) == ()
    assert compatible([unsafe]) == ()


def test_fixes_that_share_an_edit_go_together() -> None:
    one, other = finding(edit(0, 0, "i"), edit(2, 3, "x")), finding(edit(0, 0, "i"), edit(4, 5, "y"))
    assert compatible([one, other]) == (one, other)


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    first, second = finding(edit(0, 2, "x")), finding(edit(1, 3, "y"), edit(4, 5, "z"))
    third = finding(edit(4, 5, "w"))
    assert compatible([first, second, third]) == (first, third)


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    text = draw(st.binary(max_size=40))
    offsets = st.integers(0, len(text))
    ranges = draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=6))
    return text, [edit(start, end, draw(st.text("ab\né", max_size=3))) for start, end in ranges]


@given(texts_and_edits())
def test_what_was_chosen_can_always_be_made(case: tuple[bytes, list[Edit]]) -> None:
    text, edits = case
    chosen = compatible([finding(one) for one in edits])
    made = {one for each in chosen for one in edits_for(each)}
    after = apply(text, made)
    assert len(after) >= len(text) - sum(one.location.end - one.location.start for one in made)
    untouched = text
    for one in sorted(made, key=lambda one: one.location.start, reverse=True):
        untouched = untouched[: one.location.start] + untouched[one.location.end :]
    for byte in set(untouched):
        assert after.count(byte) >= untouched.count(byte)


USES_SYNC = b'package a\n\nimport (\n\t"fmt"\n\t"sync"\n)\n\nfunc f() { m = sync.Map{}; fmt.Println() }\n'


def test_an_import_without_a_use_goes() -> None:
    at = USES_SYNC.index(b" = sync")
    edits = [edit(at, at + len(b" = sync.Map{}"), ".Clear()")]
    expected = b'package a\n\nimport (\n\t"fmt"\n)\n\nfunc f() { m.Clear(); fmt.Println() }\n'
    assert mended(USES_SYNC, edits) == expected
    assert apply(USES_SYNC, whole_edits("a.go", USES_SYNC, edits)) == expected


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (b'package a\n\nimport "sync"\n\n', b"package a\n\n"),
        (b'package a\n\nimport "sync" // for Map\n\n', None),
        (b'package a\n\nimport _ "sync"\n\n', None),
        (b'package a\n\nimport (\n\tm "sync"\n\t"fmt"\n)\n\nvar _ = m.X\n\n', None),
    ],
)
def test_which_imports_go(head: bytes, rest: bytes | None) -> None:
    text = head + b"var x = sync.Map{}\n"
    edits = [edit(len(head) + 8, len(text) - 1, "0")]
    assert mended(text, edits) == (head if rest is None else rest) + b"var x = 0\n"


def test_an_import_that_was_unused_before_stays() -> None:
    text = b'package a\n\nimport "sync"\n\nvar x = 1\n'
    assert mended(text, [edit(len(text) - 2, len(text) - 1, "2")]) == text.replace(b"1", b"2")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '\nimport "maps"\n'),
        ('\nimport "fmt"\n', '\nimport (\n\t"fmt"\n\t"maps"\n)\n'),
        ('\nimport str "strings"\n', '\nimport (\n\t"maps"\n\tstr "strings"\n)\n'),
        ('\nimport "x.org/y"\n', '\nimport (\n\t"maps"\n\n\t"x.org/y"\n)\n'),
        ('\nimport (\n\t"fmt"\n\t"os"\n)\n', '\nimport (\n\t"fmt"\n\t"maps"\n\t"os"\n)\n'),
        ('\nimport (\n\t"fmt"\n\n\t"x.org/y"\n)\n', '\nimport (\n\t"fmt"\n\t"maps"\n\n\t"x.org/y"\n)\n'),
        ('\nimport (\n\t"x.org/y"\n)\n', '\nimport (\n\t"maps"\n\n\t"x.org/y"\n)\n'),
        ('\nimport "C"\n\nimport (\n\t"os"\n)\n', '\nimport "C"\n\nimport (\n\t"maps"\n\t"os"\n)\n'),
        ('\nimport "fmt"\nimport "os"\n', '\nimport "maps"\nimport "fmt"\nimport "os"\n'),
    ],
)
def test_where_an_import_is_added(before: str, after: str) -> None:
    text = f"package a\n{before}\nvar x = 1\n".encode()
    known = addition(text, "maps")
    assert known is not None
    name, change = known
    assert name == "maps"
    assert change is not None
    start, end, new = change
    assert apply(text, [edit(start, end, new)]) == f"package a\n{after}\nvar x = 1\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        b'package a\n\nimport "golang.org/x/exp/maps"\n\nvar x = maps.Keys\n',
        b"package a\n\nfunc f() { maps := 1; _ = maps }\n",
        b'package a\n\nimport (\n\t"fmt"\n\t// why\n\t"os"\n)\n',
        b'package a\n\nimport "maps"\n\nfunc f(maps []int) int { return len(maps) }\n',
    ],
)
def test_where_an_import_is_not_added(text: bytes) -> None:
    assert addition(text, "maps") is None


def test_an_import_that_is_there_is_used() -> None:
    assert addition(b'package a\n\nimport "maps"\n\nvar x = maps.Keys\n', "maps") == ("maps", None)
    assert addition(b'package a\n\nimport m "maps"\n\nvar x = m.Keys\n', "maps") == ("m", None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\r\nb\r\n", b"a\r\nB\r\n"),
        (b"a\nb", b"a\nB"),
        (b"// \x0c\xff\r x\na\n", b"// \x0c\xff\r x\nA\n"),
    ],
)
@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch")
def test_patch_understands_the_diff(before: bytes, after: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.go").write_bytes(before)
    text = unified_diff("a.go", before, after).encode("utf-8", "surrogateescape")
    subprocess.run(["patch", "-p1", "--binary"], input=text, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "a.go").read_bytes() == after


def test_no_change_has_no_diff() -> None:
    assert unified_diff("a.go", b"a", b"a") == ""
