"""The race detector judges our verdicts: `python tests/judge.py --programs 2000 --seed 1`.

Programs of `programs.py` are compiled into one binary, a package each, and run under the race detector in several
schedules. The same programs are checked by golint-maps, each as a package `main` of its own. What the detector reports
and we don't is a miss; what we report and it never sees is a false alarm, or true of another use of the same code.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from golang import Toolchain, binary
from programs import Program, draw, render, restless

from golint_maps.engine.run import check
from golint_maps.finding import Finding, Level, Location
from golint_maps.project.config import Settings

# The rules whose findings the race detector can confirm.
RULES = ("GM101", "GM102", "GM103", "GM104", "GM105", "GM106", "GM108", "GM109", "GM204")
# GOMAXPROCS of each run: one alone gives other orders than many.
SCHEDULES = (1, 2, 4)

_MAIN = """package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

{imports}
)

var programs = []func(){{
{calls}
}}

func main() {{
	first, _ := strconv.Atoi(os.Args[1])
	for i := first; i < len(programs); i++ {{
		fmt.Fprintf(os.Stderr, "=== %d\\n", i)
		stuck := time.AfterFunc(5*time.Second, func() {{
			fmt.Fprintf(os.Stderr, "=== stuck %d\\n", i)
			os.Exit(3)
		}})
		programs[i]()
		stuck.Stop()
	}}
	fmt.Fprintln(os.Stderr, "=== end")
}}
"""
_PAUSING = """package pausing

import (
	"math/rand/v2"
	"runtime"
	"time"
)

// Pause lets others run, in a way that orders nothing: the generator of these numbers is each thread's own.
func Pause() {
	switch rand.IntN(6) {
	case 0, 1, 2:
		runtime.Gosched()
	case 3:
		time.Sleep(time.Duration(rand.IntN(20)) * time.Microsecond)
	}
}
"""
_MARK = re.compile(r"^=== (\d+)$", re.MULTILINE)
_FRAME = re.compile(r"/p(\d+)/main\.go:(\d+)")


@dataclass(frozen=True)
class Judgement:
    """What came of one program: the lines that raced (none: no race was seen), how it ended, and what we report."""

    number: int
    program: Program
    text: str
    lines: frozenset[int]
    stuck: bool
    findings: tuple[Finding, ...]

    @property
    def raced(self) -> bool:
        return bool(self.lines)

    @property
    def reported(self) -> bool:
        return bool(self.findings)

    @property
    def named(self) -> bool:
        """Whether a line that raced is one that we name."""
        return any(
            self.line_of(place) in self.lines
            for finding in self.findings
            for place in (finding.location, *(related.location for related in finding.related))
        )

    def line_of(self, place: Location) -> int:
        """The 1-based line of a place in the program."""
        return self.text.encode().count(b"\n", 0, place.start) + 1


def judge(programs: Sequence[Program], toolchain: Toolchain, folder: Path, *, rounds: int = 1) -> list[Judgement]:
    """Judge `programs` in an empty `folder`; `rounds` is how often each schedule is run.

    Raises golang.GoError where a program doesn't compile.
    """
    texts = [render(program) for program in programs]
    raced, stuck = _race(programs, toolchain, folder / "raced", rounds)
    found = report(texts, folder / "checked")
    return [
        Judgement(number, program, text, frozenset(raced.get(number, ())), number in stuck, found[number])
        for number, (program, text) in enumerate(zip(programs, texts, strict=True))
    ]


def report(texts: Sequence[str], folder: Path) -> list[tuple[Finding, ...]]:
    """Our findings of RULES, level warning or above, for each of these programs."""
    for number, text in enumerate(texts):
        (folder / f"p{number}").mkdir(parents=True)
        (folder / f"p{number}" / "main.go").write_text(text, encoding="utf-8")
    (folder / "go.mod").write_text("module example.com/judged\n\ngo 1.27\n", encoding="utf-8")
    done = check([], Settings(select=RULES), cwd=folder, jobs=1)
    if done.problems:
        raise RuntimeError(done.problems)
    by_program: dict[int, list[Finding]] = {}
    for reported in done.findings:
        if reported.finding.level >= Level.WARNING:
            number = int(reported.finding.location.path.split("/")[0][1:])
            by_program.setdefault(number, []).append(reported.finding)
    return [tuple(by_program.get(number, ())) for number in range(len(texts))]


def _race(
    programs: Sequence[Program], toolchain: Toolchain, folder: Path, rounds: int
) -> tuple[Mapping[int, set[int]], set[int]]:
    """The lines that raced, by program, and the programs that did not end."""
    for number, program in enumerate(programs):
        (folder / f"p{number}").mkdir(parents=True)
        text = restless(render(program, package=f"p{number}", entry="Main"))
        (folder / f"p{number}" / "main.go").write_text(text, encoding="utf-8")
    (folder / "go.mod").write_text("module judged\n\ngo 1.27\n", encoding="utf-8")
    for name in ("pausing", "all"):
        (folder / name).mkdir()
    (folder / "pausing" / "pausing.go").write_text(_PAUSING, encoding="utf-8")
    imports = "\n".join(f'\t"judged/p{number}"' for number in range(len(programs)))
    calls = "\n".join(f"\tp{number}.Main," for number in range(len(programs)))
    (folder / "all" / "main.go").write_text(_MAIN.format(imports=imports, calls=calls), encoding="utf-8")
    into = folder / "bin"
    into.mkdir()
    toolchain.build(["all"], into, module=folder, race=True)
    raced: dict[int, set[int]] = {}
    stuck: set[int] = set()
    for processors in SCHEDULES * rounds:
        first = 0
        while first < len(programs):
            done = subprocess.run(
                [str(binary(into, "all")), str(first)],
                env=os.environ | {"GOMAXPROCS": str(processors), "GORACE": "halt_on_error=0 history_size=3"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=280,
            )
            output = done.stderr.decode(errors="replace")
            for block in output.split("=================="):
                if "DATA RACE" in block:
                    _note(block.split("Goroutine ")[0], raced)
            if "=== end" in output:
                break
            last = int(_MARK.findall(output)[-1])
            if "fatal error: concurrent map" in output:
                _note(output[output.rindex("fatal error: concurrent map") :].split("\n\ngoroutine ")[0], raced)
                raced.setdefault(last, set()).add(0)
            else:
                stuck.add(last)
            first = last + 1
    return raced, stuck


def _note(block: str, raced: dict[int, set[int]]) -> None:
    """Note the lines of a report: of each of its stacks, the first that is in a program."""
    for stack in re.split(r"\n\s*\n", block):
        if frame := _FRAME.search(stack):
            raced.setdefault(int(frame[1]), set()).add(int(frame[2]))


def main() -> None:
    """Judge some programs, print the table, and keep what disagrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=250, help="programs in one binary")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the programs on which we disagree")
    given = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "golint-maps-judge-cache"
    cache.mkdir(exist_ok=True)
    toolchain = Toolchain.installed(cache)
    seeds = random.Random(given.seed)
    programs = [draw(random.Random(seeds.randrange(2**32))) for _ in range(given.programs)]
    started = time.perf_counter()
    judged: list[Judgement] = []
    for first in range(0, len(programs), given.batch):
        with tempfile.TemporaryDirectory(prefix="golint-maps-judge-") as folder:
            some = judge(programs[first : first + given.batch], toolchain, Path(folder), rounds=given.rounds)
        judged += (replace(one, number=first + one.number) for one in some)
        if len(judged) < len(programs):
            print(f"{len(judged)} judged in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    table = Counter((one.raced, one.reported) for one in judged)
    errors = Counter(one.raced for one in judged if any(finding.level is Level.ERROR for finding in one.findings))
    both = [one for one in judged if one.raced and one.reported]
    print(
        json.dumps(
            {
                "programs": len(judged),
                "seed": given.seed,
                "raced and reported": table[True, True],
                "raced, not reported": table[True, False],
                "no race, reported": table[False, True],
                "no race, not reported": table[False, False],
                "errors": {"raced": errors[True], "no race": errors[False]},
                "a racing line is named": sum(one.named for one in both),
                "stuck": [one.number for one in judged if one.stuck],
                "seconds": round(time.perf_counter() - started),
            },
            indent=2,
        )
    )
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        for one in judged:
            if one.raced != one.reported or one.stuck:
                kind = "stuck" if one.stuck else "missed" if one.raced else "false"
                said = "".join(
                    f"// {finding.level.name} {finding.rule} line {one.line_of(finding.location)}: {finding.message}\n"
                    for finding in one.findings
                )
                head = f"// {one.program.shape}\n// raced: {sorted(one.lines)}\n{said}"
                (given.keep / f"{kind}_{given.seed}_{one.number}.go").write_text(head + one.text, encoding="utf-8")


if __name__ == "__main__":
    main()
