"""Long tables are left out of what is parsed: nothing moves, nothing else is lost, and what stands around them is found."""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.engine.run import check
from golint_maps.project.config import Settings
from golint_maps.syntax.parser import parse
from golint_maps.syntax.tables import without_tables

ROWS = {
    "numbers": "\t0x1F, -2, 3.5e3,\n",
    "map of numbers": "\t65: 1,\n",
    "map of texts": '\t"a \\" b": "c, // d",\n',
    "runes": "\t'\\u00e4', 'x', '\\'',\n",
    "structs": '\t{1, 2, "x"}, // one of them\n',
    "windows": "\t1, 2,\r\n",
}
OTHERS = {
    "names": "\ta, b,\n",
    "calls": "\tf(1),\n",
    "lists under keys": '\t"a": {1, 2},\n',
    "no comma": "\t1\n",
    "open text": '\t"a,\n',
}


def file_of(row: str, count: int) -> bytes:
    """A file that is large enough, with one table."""
    return ("package p\n\nvar v = T{\n" + row * count + "}\n" + "// what stands after it\n" * 6_000).encode()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_rows_of_literals_are_blanked_but_for_the_first(row: str) -> None:
    text = file_of(row, 200)
    left = without_tables(text)
    assert left.count(row.strip().encode()) == 16
    assert len(left) == len(text)
    assert [len(line) for line in left.split(b"\n")] == [len(line) for line in text.split(b"\n")]
    assert not parse(text).partly


@pytest.mark.parametrize("row", OTHERS.values(), ids=OTHERS)
def test_other_rows_stay(row: str) -> None:
    text = file_of(row, 200)
    assert without_tables(text) == text


def test_short_tables_and_small_files_stay() -> None:
    assert without_tables(file_of("\t1,\n", 63)) == file_of("\t1,\n", 63)
    small = ("package p\n\nvar v = []int{\n" + "\t1,\n" * 500 + "}\n").encode()
    assert without_tables(small) == small


@given(st.lists(st.sampled_from([*ROWS.values(), *OTHERS.values(), "}\n", "`\n", "\n", "\xff\n"]), max_size=12))
def test_any_text_keeps_its_length_and_lines(pieces: list[str]) -> None:
    text = "".join(piece * 70 for piece in pieces).encode("latin-1") + b"\n// filling" * 15_000
    left = without_tables(text)
    assert len(left) == len(text)
    assert all(old == new or (new in b" " and old not in b"\r\n") for old, new in zip(text, left, strict=True))


def test_what_stands_behind_a_table_is_found_where_it_stands(tmp_path: pathlib.Path) -> None:
    table = "var weights = map[rune]int32{\n" + "".join(f"\t{n}: {n % 7},\n" for n in range(20_000)) + "}\n"
    before = f"package main\n\n{table}\nfunc main() {{\n\tvar m map[string]int\n\t"
    (tmp_path / "main.go").write_text(before + "m[`a`] = 1\n}\n")
    (found,) = check([str(tmp_path)], Settings(select=("GM401",)), cwd=tmp_path).findings
    assert found.finding.location.start == len(before)
