"""Bytes that a fuzzer finds by watching which code they reach: `python tests/fuzz_bytes.py go -max_total_time=600`.

Needs `pip install atheris`. The first word says what reads the bytes: `go` (a source file, all rules), or one of the small
readers (`mod`, `settings`, `patterns`, `baseline`, `constraint`, `entry`). What follows is libFuzzer's, among it a folder
that keeps what reached new code. A crash is an exception that the reader does not promise, or a problem in the report.
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["golint_maps"]):
    from golint_maps.engine import baseline
    from golint_maps.engine.plain import facts_codec, findings_codec
    from golint_maps.engine.run import check
    from golint_maps.project import config, constraints, gomod, header, ignore

    # Which brings in the analysis and the rules, to be watched as well.
    check(["x.go"], config.Settings(), cwd=Path(__file__).parent, overlay={"x.go": b"package x\n"}, jobs=1)

from fuzz import complaint, damaged, sources

_LONGEST = 4000


def _go(data: bytes) -> None:
    if complained := complaint(data):
        raise AssertionError(complained)


def _mod(data: bytes) -> None:
    gomod.parse(data)


def _settings(data: bytes) -> None:
    with contextlib.suppress(config.ConfigError):
        config.show(config.parse(data.decode("utf-8", "replace")))


def _patterns(data: bytes) -> None:
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    patterns = ignore.PatternSet(ignore.Patterns("/r", tuple(line for line in lines if not ignore.bad_pattern(line))))
    patterns.matches("/r/a/b.go", is_folder=False)


def _baseline(data: bytes) -> None:
    with contextlib.suppress(baseline.BaselineError):
        assert baseline.read(baseline.write(baseline.read(data))) == baseline.read(data)


def _constraint(data: bytes) -> None:
    header.scan(data)
    text = data.decode("utf-8", "replace")
    constraints.needs(text, "linux")
    constraints.can_coexist(text, "linux && !cgo")


def _entry(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        read = json.loads(data)
        for codec in (findings_codec(), facts_codec()):
            with contextlib.suppress(ValueError):
                codec.decode(read)


READERS: dict[str, Callable[[bytes], None]] = {
    "go": _go,
    "mod": _mod,
    "settings": _settings,
    "patterns": _patterns,
    "baseline": _baseline,
    "constraint": _constraint,
    "entry": _entry,
}


def _mutated(data: bytes, longest: int, seed: int) -> bytes:
    """Damage of the kinds that `fuzz.py` knows, or of libFuzzer's own, which alone seldom leaves anything of a grammar."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return atheris.Mutate(data, longest)
    return damaged(chance, data)[1][:longest]


def main() -> None:
    """Hand over to libFuzzer, which does not return."""
    if len(sys.argv) < 2 or sys.argv[1] not in READERS:
        sys.exit(f"usage: fuzz_bytes.py {'|'.join(READERS)} [libFuzzer's options and folders]")
    name = sys.argv.pop(1)
    arguments = [*sys.argv, "-timeout=60", f"-max_len={_LONGEST}"]
    if name == "go" and not any(Path(one).is_file() for one in arguments[1:]):  # a file is an input to try again
        seeds = tempfile.mkdtemp(prefix="golint-maps-seeds-")
        for number, text in enumerate(text for text in sources(None) if len(text) < _LONGEST // 2):
            (Path(seeds) / str(number)).write_bytes(text)
        atheris.Setup([*arguments, seeds], READERS[name], custom_mutator=_mutated)
    else:
        atheris.Setup(arguments, READERS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
