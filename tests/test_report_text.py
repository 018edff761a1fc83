from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import RULES, race, report

from golint_maps.finding import Location
from golint_maps.report.excerpt import clean, excerpt
from golint_maps.report.formats import RenderOptions, formats, text
from golint_maps.syntax.source import LineIndex

OPTIONS = RenderOptions(rules=RULES)


def render(*findings, **options) -> str:
    return text.render(report(*findings), dataclasses.replace(OPTIONS, **options)).decode()


def test_formats_are_found():
    assert {"json", "sarif", "text"} <= set(formats())


def test_a_conflict_shows_both_sides():
    assert render(race()).splitlines() == [
        "srv/server.go:4:2: warning GM101[concurrent-map-write] Server.peers is written by two goroutines",
        "  4 |     delete(s.peers, id)",
        "    |     ^^^^^^^^^^^^^^^^^^^",
        "  srv/ot her é.go:4:18: the other write of peers[k]",
        '  4 |     use("世😀"); s.peers["k"] = 1 // ␛[31m',
        "    |                  ----------------",
        "  hint: take s.mu around both.",
        "  fix: Lock (--fix --unsafe-fixes)",
        "",
        "Found 1 problem (1 warning) in 2 files of 1 package; 1 suppressed.",
    ]


def test_nothing_found():
    assert render() == "No problems found in 2 files of 1 package; 1 suppressed.\n"
    assert render(summary=False) == ""


def test_statistics_count_by_rule():
    assert "     2  GM101  concurrent-map-write" in render(race(), race(), statistics=True).splitlines()


def test_color_changes_nothing_but_color():
    import click

    colored = render(race(), color=True)
    assert "\x1b[" in colored
    assert click.unstyle(colored) == render(race())


def test_paths_and_messages_can_not_steer_the_terminal():
    evil = "a\x1b[2J\u202e\udcff.go"
    finding = dataclasses.replace(race(), location=Location(evil, 0, 1), message="x\ny\x07", related=())
    shown = report(finding)
    shown.sources[evil] = LineIndex.of(b"x")
    output = text.render(shown, OPTIONS).decode()
    assert output.startswith("a␛[2J\\u202e\\xff.go:1:1: warning GM101[concurrent-map-write] x␊y␇\n")


@given(st.text(st.characters(codec=None)))
def test_clean_leaves_nothing_that_steers(value):
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in clean(value))


def cells(value: str) -> int:
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in value
    )


@given(st.data())
def test_excerpts_fit_and_marks_stand_below_what_they_mark(data):
    line = data.draw(st.text(st.sampled_from("ab\t世é\u0301😀\x00 "), max_size=300)).encode()
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    width = data.draw(st.integers(16, 120))
    cut = excerpt(LineIndex.of(b"first\n" + line + b"\r\nlast"), 6 + start, 6 + end, width)
    assert cut.offset == cells(cut.before)
    assert cut.length == max(1, cells(cut.marked))
    assert cells(cut.before + cut.marked + cut.after) <= width
    assert "\t" not in cut.before + cut.marked + cut.after


def test_long_lines_are_clipped_around_the_marks():
    line = b"x" * 100_000 + b"HERE" + b"y" * 100_000
    cut = excerpt(LineIndex.of(line), 100_000, 100_004, 40)
    assert cut.marked == "HERE"
    assert cut.before == "…" + "x" * 17
    assert cut.after == "y" * 17 + "…"


@pytest.mark.parametrize("end", [9, 200])
def test_a_range_over_several_lines_marks_the_first(end):
    cut = excerpt(LineIndex.of(b"for {\n\tx\n}\n"), 0, end, 80)
    assert (cut.marked, cut.length) == ("for {", 5)
