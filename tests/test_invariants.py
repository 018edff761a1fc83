"""What must not change a verdict, and what must: properties over made-up programs (see `programs.py`)."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from golang import Toolchain
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from programs import SOUND, Program, assemble, declarations, draw, render

from golint_maps.engine.run import check
from golint_maps.finding import Finding, Level, Location
from golint_maps.project.config import Settings

RULES = ("GM101", "GM102", "GM103", "GM104", "GM105", "GM106", "GM108", "GM109", "GM204")

Verdict = Counter[tuple[str, str]]
"""How often each rule is reported, at which level."""

# By seed: hypothesis' own random numbers are mostly small ones, and give the same few programs again and again.
programs = st.integers(0, 2**32).map(lambda seed: draw(random.Random(seed)))
# More of them than in each run of the tests: GOLINT_MAPS_EXAMPLES=1000 pytest tests/test_invariants.py
EXAMPLES = int(os.environ.get("GOLINT_MAPS_EXAMPLES", "25"))
some = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", autouse=True)
def _quiet(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _folder
    _folder = tmp_path_factory.mktemp("module")
    (_folder / "go.mod").write_text("module example.com/m\n\ngo 1.27\n")


_folder = Path()


def findings(files: str | Mapping[str, str], select: Sequence[str] = RULES) -> list[Finding]:
    texts = {"main.go": files} if isinstance(files, str) else files
    report = check(
        list(texts), Settings(select=select), cwd=_folder, overlay={n: t.encode() for n, t in texts.items()}, jobs=1
    )
    assert report.problems == () and report.partly_read == ()
    return [one.finding for one in report.findings]


def verdict(files: str | Mapping[str, str]) -> Verdict:
    found = [finding for finding in findings(files) if finding.level >= Level.WARNING]
    return Counter((finding.rule, finding.level.name) for finding in found)


@some
@given(programs)
def test_comments_and_blank_lines_change_nothing(program: Program) -> None:
    text = render(program)
    commented = re.sub(r"\n(\t+)(?=\w)", r"\n\n\1/* a */ // as you like it\n\1", text)
    assert verdict(commented) == verdict(text)


@some
@given(programs)
def test_indentation_changes_nothing(program: Program) -> None:
    text = render(program)
    assert verdict(text.replace("\t", "  ").replace("\n", "\r\n")) == verdict(text)


@some
@given(programs, st.randoms(use_true_random=False))
def test_gofmt_changes_nothing(program: Program, chance: random.Random) -> None:
    """All findings of all rules, notes too, each with every place that it names, before and after gofmt."""
    careless = unformatted(render(program), chance)
    done = subprocess.run([_gofmt()], input=careless, capture_output=True, text=True, check=True)
    assert done.stdout != careless
    assert told(done.stdout) == told(careless)


def unformatted(text: str, chance: random.Random) -> str:
    """The same Go as nobody would write it: lines put together and torn apart, blanks anywhere and nowhere."""
    head, brace, body = text.partition("func ")
    result = []
    for line in (brace + body).splitlines():
        words = line.strip()
        plain = '"' not in words and "'" not in words and "//" not in words
        if plain and chance.random() < 0.5:  # where a blank may stand, there may be more of them, or a line's end
            words = re.sub(r"([(,{])", lambda match: match[1] + chance.choice(("", " ", "  ", "\t")), words)
            words = re.sub(r" (:?=|\+=|[<>%]|==|!=|&&|\|\|) ", lambda match: chance.choice((match[1], match[0])), words)
            words = re.sub(r", (?=\w)", lambda match: chance.choice((",", ",\n", ", ")), words)
        ends = plain and words.endswith((")", "]", "++", "return n")) and not words.startswith(("case", "//"))
        result.append(" " * chance.randint(0, 3) + words + (";" if ends and chance.random() < 0.5 else "\n"))
    return head + re.sub(r"\{\n", lambda match: chance.choice(("{", "{\n", "{\n\n\n")), "".join(result))


_SET = re.compile(rb"[\s;,()]")  # what gofmt puts in and takes away


def told(text: str) -> list[object]:
    """What is found, in a form that does not depend on how the text is set: places count what gofmt leaves alone."""

    def place(location: Location) -> tuple[int, str]:
        before, own = text.encode()[: location.start], text.encode()[location.start : location.end]
        return len(_SET.sub(b"", before)), _SET.sub(b"", own).decode()

    return sorted(
        (
            finding.rule,
            finding.level,
            finding.confidence,
            re.sub(r"\s", "", finding.message),
            place(finding.location),
            [(place(one.location), re.sub(r"\s", "", one.message)) for one in finding.related],
            [[(place(one.location), one.kind, one.locks) for one in thread.steps] for thread in finding.threads],
        )
        for finding in findings(text, ("ALL",))
    )


def _gofmt() -> str:
    return Toolchain.installed(_folder).tool("gofmt")


@some
@given(programs)
def test_unrelated_code_changes_nothing(program: Program) -> None:
    text = render(program)
    unrelated = """
type Unrelated struct {
	guard sync.Mutex
	words map[string]bool
}

func (u *Unrelated) Add(word string) {
	u.guard.Lock()
	defer u.guard.Unlock()
	u.words[word] = true
}

func NewUnrelated() *Unrelated { return &Unrelated{words: map[string]bool{}} }
"""
    other = f'package main\n\nimport "sync"\n{unrelated}'
    assert verdict({"main.go": text, "unrelated.go": other}) == verdict(text)


@some
@given(programs, st.randoms(use_true_random=False))
@example(draw(random.Random(3179697649)), random.Random(3179697649))  # two writes that are alike, and a read
def test_where_declarations_stand_changes_nothing(program: Program, chance: random.Random) -> None:
    parts = declarations(program)
    files: dict[str, list[str]] = {}
    for part in chance.sample(parts, len(parts)):
        files.setdefault(chance.choice(("a.go", "b.go", "z.go")), []).append(part)
    assert verdict({name: assemble(own) for name, own in files.items()}) == verdict(render(program))


@some
@given(programs)
def test_other_names_change_nothing(program: Program) -> None:
    text = render(program)
    names = {
        "m": "entries",
        "mu": "gate",
        "other": "second",
        "s": "that",
        "put": "north",
        "get": "south",
        "drop": "east",
        "scan": "west",
        "Put": "North",
        "Get": "South",
        "Drop": "East",
        "Scan": "West",
        "table": "shelf",
        "Store": "Shelf",
        "inner": "core",
        "counts": "tally",
    }
    other = re.sub(r'(?<!["/\w])[A-Za-z]+(?!\w)(?!")', lambda match: names.get(match[0], match[0]), text)
    other = re.sub(r"\b(put|get|drop|scan|Put|Get|Drop|Scan)Locked\b", lambda m: names[m[1]] + "Locked", other)
    assert verdict(other) == verdict(text)


@some
@given(programs)
def test_a_block_around_statements_changes_nothing(program: Program) -> None:
    text = render(program)
    wrapped = re.sub(r"(?m)^(\t+)n := 0\n((?:\1.*\n|\n)*?)\1return n$", r"\1n := 0\n\1{\n\2\1}\n\1return n", text)
    if "defer" not in text:  # which belongs to the function all the same; but keep the text as simple as that
        assert wrapped != text
    assert verdict(wrapped) == verdict(text)


@some
@given(programs)
@example(draw(random.Random(140317638)))  # functions that nobody is known to call, once without a guard
@example(draw(random.Random(1083869816)))  # and once with one
def test_an_extracted_function_changes_nothing(program: Program) -> None:
    text = render(program)
    extracted = re.sub(
        r"(?m)^func (\(s \*[\w\[\]]+\) )(put|get|drop|scan|Put|Get|Drop|Scan)\(k string\) int \{$",
        r"func \1\2(k string) int {\n\treturn s.\2Body(k)\n}\n\nfunc \1\2Body(k string) int {",
        text,
    )
    extracted = re.sub(r"\.(Put|Get|Drop|Scan)Body\b", lambda m: f".{m[1].lower()}Body", extracted)
    extracted = re.sub(r"\) (Put|Get|Drop|Scan)Body\b", lambda m: f") {m[1].lower()}Body", extracted)
    assert bool(verdict(extracted)) == bool(verdict(text))


@some
@given(programs)
def test_a_lock_everywhere_is_enough(program: Program) -> None:
    assume(program.home != "snapshot")  # what was published must not be written, lock or no lock
    assert verdict(render(program.with_all_locks())) == Counter()


@some
@given(programs)
@example(draw(random.Random(424525)))  # the lock is captured by a function literal that the goroutine captures
def test_the_missing_lock_is_enough(program: Program) -> None:
    """The functions that lack the lock get it; the others hold it as before, however that is spelled."""
    assume(program.home != "snapshot")
    missing = [number for number, action in enumerate(program.actions) if action.guard not in SOUND]
    mended = program
    for number in missing:
        mended = mended.with_lock(number)
    assert verdict(render(mended)) == Counter()


@some
@given(programs)
@example(draw(random.Random(746456)))  # with one lock less, another one guards most accesses
def test_a_lock_less_takes_no_report_away(program: Program) -> None:
    # Where both goroutines are in sight. Elsewhere the other locks are the evidence that a lock is missing.
    in_sight = {("GM101", "ERROR"), ("GM102", "ERROR"), ("GM103", "ERROR")}
    assume(in_sight & set(verdict(render(program))))
    for number, action in enumerate(program.actions):
        if action.guard not in ("waits", "left behind"):  # without these, there is a goroutine less as well
            assert verdict(render(program.without_lock(number)))


def test_processes_and_cache_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.27\n")
    for seed in range(40):
        (tmp_path / f"p{seed}").mkdir()
        (tmp_path / f"p{seed}" / "main.go").write_text(render(draw(random.Random(seed))))
    command = [sys.executable, "-m", "golint_maps", "check", "--format", "json", "--select", "GM1,GM2,GM3,GM4"]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path / "home")}
    outputs = []
    # The second one finds all in the cache, the third one nothing, so that three processes have to find it themselves.
    for options in (["-j", "1"], ["-j", "1"], ["-j", "3", "--no-cache"]):
        done = subprocess.run([*command, *options], cwd=tmp_path, env=environment, capture_output=True, timeout=300)
        assert done.returncode == 1, done.stderr
        outputs.append(json.loads(done.stdout)["findings"])
    assert outputs[0] and outputs[0] == outputs[1] == outputs[2]
