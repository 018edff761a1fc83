"""Expressions that were made steady match what they matched before, and in time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from golint_maps.project.steady import steady

PIECES = st.sampled_from(["a", "b", "*", "**", "/", "?", "[ab]", "[!a]", "/**/", "\\*", ".", "x", "*a*"])
NAMES = st.text("aabbx.*", min_size=1, max_size=5)


def expression(pattern: str) -> str | None:
    try:
        made = GitIgnoreSpec.from_lines([pattern]).patterns
    except ValueError:
        return None
    return made[0].regex.pattern if made and made[0].regex is not None else None


def reach(pattern: str, path: str) -> tuple[bool, int]:
    """Whether it matches, and where the folder ends that does."""
    match = re.search(pattern, path)
    folder = match.groupdict().get("ps_d") if match else None
    return match is not None, match.end("ps_d") if match and folder else -1


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join), st.lists(NAMES, min_size=1, max_size=6), st.booleans())
def test_it_matches_the_same(pattern: str, names: list[str], is_folder: bool) -> None:
    made = expression(pattern)
    if made is not None:
        path = "/".join(names) + "/" * is_folder
        as_git = re.sub(r"\[\^(?!/\])", "[^/", made)  # `[!a]` is no slash
        assert reach(re.sub(r"\[\^(?!/)", "[^/", steady(made)), path) == reach(as_git, path)


@pytest.mark.parametrize("pattern", ["*.go", "/gen/", "**/x", "internal/**/*_test.go"])
def test_the_usual_ones_are_left_alone(pattern: str) -> None:
    made = expression(pattern)
    assert made is not None and steady(made) == made


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "b", "**/a/" * 40 + "b", "**/*a*a*a/" * 20 + "b", "a*" * 2000 + "/**/c*d"]
)
def test_the_worst_ones_end(pattern: str) -> None:
    made = expression(pattern)
    assert made is not None
    started = time.process_time()
    for path in ("a" * 255, "a/" * 500 + "x", ("a" * 30 + "/") * 60):
        re.search(steady(made), path)
    assert time.process_time() - started < 2
