"""`go.mod` and `go.work`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.project.gomod import UNSTATED_GO_VERSION, GoMod, Replace, parse, parse_version

FULL = b"""// a comment
module example.com/m // the name

go 1.21.3
toolchain go1.22.1

require (
\tgithub.com/a/b v1.0.0
\tgo v1.2.3 // odd, but a block's line is no directive
)

replace (
\texample.com/lib => ../lib
\texample.com/old v1.2.3 => example.com/new v1.3.0 // fork
)
replace "example.com/q" => `./q dir`
"""


def test_full() -> None:
    assert parse(FULL) == GoMod(
        module="example.com/m",
        go_version=(1, 21),
        toolchain="go1.22.1",
        replaces=(
            Replace("example.com/lib", "", "../lib", ""),
            Replace("example.com/old", "v1.2.3", "example.com/new", "v1.3.0"),
            Replace("example.com/q", "", "./q dir", ""),
        ),
    )


def test_work() -> None:
    assert parse(b"go 1.22\nuse ./a\nuse (\n\t./b // b\n\t.\n)\n").uses == ("./a", "./b", ".")


@pytest.mark.parametrize(
    ("new", "local"),
    [
        ("./x", True),
        ("../x", True),
        ("..", True),
        (".", True),
        ("/x", True),
        ("C:\\x", True),
        ("example.com/x", False),
        ("...", False),
        (".x/y", False),
    ],
)
def test_local(new: str, local: bool) -> None:
    assert Replace("m", "", new, "").local is local


@pytest.mark.parametrize(
    "text", [b"", b"module m\n", b"module m\ngo\n", b"module m\ngo x\n", b"go (\n)\n", b"\xff\x00"]
)
def test_no_go_directive_means_1_16(text: bytes) -> None:
    assert parse(text).go_version == UNSTATED_GO_VERSION == (1, 16)


@pytest.mark.parametrize(
    ("text", "module"),
    [
        (b"\xef\xbb\xbfmodule m\r\n", "m"),
        (b'module "m"\n', "m"),
        (b"module (\n\tm\n)\n", "m"),
        (b"module m//x\n", "m"),
        (b"module m\nmodule n\n", "m"),
        (b"module https://x\n", "https:"),
        (b"modul m\n", ""),
        (b"module\n", ""),
    ],
)
def test_module(text: bytes, module: str) -> None:
    assert parse(text).module == module


@pytest.mark.parametrize(
    "line", [b"replace a", b"replace a =>", b"replace => b", b"replace", b"replace (", b"replace a = b"]
)
def test_half_replaces_are_passed_over(line: bytes) -> None:
    mod = parse(line + b"\nmodule m\n")
    assert mod.replaces == ()


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.21", (1, 21)),
        ("1.21.3", (1, 21)),
        ("1.22rc1", (1, 22)),
        ("go1.23", (1, 23)),
        ("1", (1, 0)),
        ("v1", None),
        ("", None),
    ],
)
def test_version(text: str, version: tuple[int, int] | None) -> None:
    assert parse_version(text) == version


WORDS = st.sampled_from(
    ["module", "go", "replace", "use", "=>", "(", ")", '"', "`", "//", "\n", " ", "1.", "9" * 5000, "a"]
)


@given(st.one_of(st.binary(), st.lists(WORDS, max_size=30).map(lambda words: " ".join(words).encode())))
def test_never_raises(text: bytes) -> None:
    major, minor = parse(text).go_version
    assert major >= 0
    assert minor >= 0
