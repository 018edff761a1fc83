"""The examples are true: the programs of `testdata/` do what they claim, and we report what they want.

How they say so is written in `examples.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from examples import TESTDATA, Example, Mark, examples, marks
from golang import GoError, Outcome, Toolchain, binary, run
from together import lay_out, may_share

from golint_maps.finding import Confidence, Finding, Level, Location
from golint_maps.rule import Rule, discover

EXAMPLES = examples()
EACH = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.folder)

ATTEMPTS = 5
# Programs that are linked into one binary.
SHARED = 64
# Seconds. A hot race can keep the detector busy for long; a good program on a loaded machine deserves patience.
TIMEOUT, PATIENCE = 20, 120


# --- what the Go toolchain says -----------------------------------------------------------------------------------


def has_raced(outcome: Outcome) -> bool:
    return "WARNING: DATA RACE" in outcome.output or "fatal error: concurrent map" in outcome.output


def shows_what_it_claims(example: Example, outcome: Outcome) -> bool:
    output = outcome.output
    if example.claim == "fails: race":
        return has_raced(outcome)
    if example.claim == "fails: deadlock":
        return outcome.code == 2 and "all goroutines are asleep - deadlock!" in output
    if example.claim == "fails: panic":
        panics = re.findall(r"^panic: (.*)", output, re.MULTILINE)
        return outcome.code == 2 and any(re.search(example.detail, message) for message in panics)
    if example.claim == "misbehaves: exit 1":
        return outcome.code == 1 and bool(output.strip())
    return outcome.code == 0 and not has_raced(outcome)


def try_out(example: Example, program: Path, *arguments: str) -> Outcome:
    """Run until it shows what it claims, or has had its chances; good programs have one."""
    attempts, timeout = (ATTEMPTS, TIMEOUT) if example.kind == "bad" else (1, PATIENCE)
    for _ in range(attempts):
        outcome = run(program, *arguments, timeout=timeout)
        if shows_what_it_claims(example, outcome):
            break
    return outcome


@dataclass(frozen=True)
class Built:
    """Compiled programs: the binary of those that share one, and the name of each in it; the folder of the others."""

    folder: Path
    shared: Path | None = None
    names: Mapping[str, str] = field(default_factory=dict)


class Runs:
    """Builds and runs programs ahead of the tests that ask for them."""

    def __init__(self, go: Toolchain, wanted: list[Example], folder: Path) -> None:
        self._go = go
        self._folder = folder
        self._pool = ThreadPoolExecutor(2)
        self._outcomes: dict[str, Future[Outcome]] = {}
        groups: dict[tuple[bool, bool], list[Example]] = defaultdict(list)
        for example in wanted:
            if example.raced and example.kind == "bad" and go.why_no_race:
                continue
            groups[example.raced and not go.why_no_race, may_share(example, TESTDATA)].append(example)
        for (race, shared), group in groups.items():
            for start in range(0, len(group), SHARED):
                some = group[start : start + SHARED]
                into = folder / f"{'race' if race else 'plain'}-{'shared' if shared else 'alone'}-{start}"
                built = self._pool.submit(self._share if shared else self._build, some, into, race)
                for example in some:
                    self._outcomes[example.folder] = self._pool.submit(self._run, example, built)

    def of(self, example: Example) -> Outcome:
        """How it went. Raises GoError if it does not build."""
        return self._outcomes[example.folder].result()

    def close(self) -> None:
        """Forget what has not been run yet."""
        self._pool.shutdown(cancel_futures=True)

    def _build(self, group: list[Example], into: Path, race: bool) -> Built:
        into.mkdir(parents=True)
        for rule in {example.rule for example in group}:  # in folders of their own, as names are alike
            (into / rule).mkdir()
            folders = [example.folder for example in group if example.rule == rule]
            self._go.build(folders, into / rule, module=TESTDATA, race=race)
        return Built(into)

    def _share(self, group: list[Example], into: Path, race: bool) -> Built:
        names = lay_out(group, TESTDATA, into)
        (into / "bin").mkdir()
        try:
            self._go.build(["all"], into / "bin", module=into, race=race)
        except GoError:  # one of them does not compile: which one, each will say for itself
            return self._build(group, into / "alone", race)
        shared = binary(into / "bin", "all")
        silent = run(shared, timeout=PATIENCE)
        assert (silent.code, silent.output) == (0, ""), f"initialisation does more than it should: {silent.output}"
        return Built(into, shared, names)

    def _run(self, example: Example, built: Future[Built]) -> Outcome:
        done = built.result()
        if done.shared is not None:
            return try_out(example, done.shared, done.names[example.folder])
        program = binary(done.folder / example.rule, example.folder)
        try:
            return try_out(example, program)
        finally:
            program.unlink()  # they are large


def selected(request: pytest.FixtureRequest, test: str) -> list[Example]:
    """The examples for which the running session has the test of this name."""
    names = {item.name for item in request.session.items}
    return [example for example in EXAMPLES if f"{test}[{example.folder}]" in names]


@pytest.fixture(scope="session")
def runs(go: Toolchain, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    wanted = selected(request, test_the_program_does_what_it_claims.__name__)
    running = Runs(go, wanted, tmp_path_factory.mktemp("programs"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def vetted(go: Toolchain, request: pytest.FixtureRequest) -> dict[str, list[str]]:
    folders = [e.folder for e in selected(request, test_go_vet_has_nothing_to_say.__name__) if e.kind != "bad"]
    return go.vet(folders, module=TESTDATA, race=not go.why_no_race)


@EACH
def test_the_program_does_what_it_claims(example: Example, go: Toolchain, runs: Runs) -> None:
    if example.claim == "fails: race" and go.why_no_race:
        pytest.skip(go.why_no_race)
    try:
        outcome = runs.of(example)
    except GoError as error:
        pytest.fail(str(error), pytrace=False)
    if not shows_what_it_claims(example, outcome):
        claim = f"{example.claim} {example.detail}".strip() or "exit 0 without a race"
        ended = "was stopped" if outcome.timed_out else f"exited with {outcome.code}"
        pytest.fail(f"{example.folder} claims {claim!r} but {ended}:\n{outcome.output[-4000:]}", pytrace=False)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.kind != "bad"], ids=lambda example: example.folder)
def test_go_vet_has_nothing_to_say(example: Example, vetted: dict[str, list[str]]) -> None:
    said = {path: texts for path, texts in vetted.items() if path.startswith(f"{example.folder}/")}
    assert not said


def test_the_examples_are_formatted(go: Toolchain) -> None:
    assert go.badly_formatted(TESTDATA) == []


def test_each_rule_has_bad_and_good_examples() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for example in EXAMPLES:
        kinds[example.rule].add("good" if example.kind == "good" else "bad")
    assert {rule: have for rule, have in kinds.items() if have != {"bad", "good"}} == {}


# --- what we say --------------------------------------------------------------------------------------------------


Place = tuple[str, int]  # a file relative to testdata, with `/`, and its 1-based line


@dataclass(frozen=True)
class Said:
    """A finding with the lines that it names."""

    finding: Finding
    place: Place
    related: frozenset[Place]

    def __str__(self) -> str:
        found = self.finding
        head = f"{self.place[0]}:{self.place[1]}: {found.level.label} ({found.confidence.label})"
        return f"{head} {found.rule} {found.name}: {found.message}"

    def answers(self, mark: Mark) -> bool:
        """Whether this is what the mark asks for."""
        wanted = (mark.path, mark.line)
        if wanted != self.place and not (mark.kind == "want-related" and wanted in self.related):
            return False
        return mark.matches(self.finding.rule, self.finding.name, self.finding.message)


@pytest.fixture(scope="session")
def known() -> dict[str, type[Rule]]:
    rules = {rule.id: rule for rule in discover()}
    if not rules:
        pytest.skip("no rule is installed")
    return rules


@pytest.fixture(scope="session")
def said(known: dict[str, type[Rule]], request: pytest.FixtureRequest) -> list[Said]:
    pytest.importorskip("golint_maps.engine.job")
    from golint_maps.engine.run import check
    from golint_maps.project.config import Settings

    # Named one by one, rules that are off by default run as well.
    settings = Settings(select=tuple(known), min_level="note", min_confidence="medium", testdata=True)
    folders = [example.folder for example in selected(request, test_the_findings_are_those_that_it_wants.__name__)]
    report = check(folders, settings, cwd=TESTDATA)
    assert report.problems == ()
    assert report.partly_read == ()

    def place(location: Location) -> Place:
        return location.path, report.sources[location.path].line(location.start)

    findings = [reported.finding for reported in report.findings]
    return [Said(f, place(f.location), frozenset(place(r.location) for r in f.related)) for f in findings]


@EACH
def test_the_findings_are_those_that_it_wants(
    example: Example, known: dict[str, type[Rule]], request: pytest.FixtureRequest
) -> None:
    live = [mark for mark in example.marks if mark.kind != "may" and mark.is_about(known)]
    if example.kind != "good" and not live:
        pytest.skip(f"no rule is there yet for {example.rule}")
    said: list[Said] = request.getfixturevalue("said")
    mine = [one for one in said if one.place[0].startswith(f"{example.folder}/")]

    missing = [mark for mark in live if not any(one.answers(mark) for one in mine)]
    marked = {(mark.path, mark.line) for mark in example.marks}
    wrong = [one for one in mine if is_loud(one, example, known) and one.place not in marked]

    due = [f"missing: {mark}" for mark in missing if mark.kind != "todo-want"]
    if example.claim != "todo-silent:":
        due += [f"wrong: {one}" for one in wrong]
    if due:
        pytest.fail("\n".join([*due, *(f"said: {one}" for one in mine)]), pytrace=False)
    if missing or wrong:
        pytest.xfail("\n".join([*map(str, missing), *map(str, wrong)]))


def is_loud(one: Said, example: Example, known: dict[str, type[Rule]]) -> bool:
    """Whether a user who has changed no setting would have to read it."""
    found = one.finding
    is_on = known[found.rule].default or found.name == example.rule
    return is_on and found.level >= Level.WARNING and found.confidence >= Confidence.MEDIUM


# --- what this file itself would notice ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "shown", "not_shown"),
    [
        ("fails: race", (66, "WARNING: DATA RACE"), (0, "")),
        ("fails: race", (2, "fatal error: concurrent map writes"), (2, "panic: something else")),
        ("fails: deadlock", (2, "fatal error: all goroutines are asleep - deadlock!"), (None, "")),
        ("fails: panic", (2, "panic: assignment to entry in nil map"), (2, "panic: something else")),
        ("fails: panic", (2, "\npanic: assignment to entry in nil map"), (0, "panic: assignment to entry in nil map")),
        ("misbehaves: exit 1", (1, "lost: 3"), (0, "lost: 3")),
        ("misbehaves: exit 1", (1, "lost: 3"), (1, "")),
        ("note:", (0, ""), (1, "")),
        ("", (0, "done"), (66, "WARNING: DATA RACE")),
    ],
)
def test_a_claim_is_judged_by_what_happened(
    claim: str, shown: tuple[int, str], not_shown: tuple[int | None, str]
) -> None:
    example = Example("rule/kind_slug", claim, "nil map", ())
    assert shows_what_it_claims(example, Outcome(*shown))
    assert not shows_what_it_claims(example, Outcome(*not_shown))


def test_marks_are_read() -> None:
    text = 'x // want "GM10[14].*a\\\\.b" `GM201`\ny\nz // may "(GM103|GM204)"\n'
    found = list(marks("f.go", text))
    assert found == [
        Mark("f.go", 1, "want", "GM10[14].*a\\.b"),
        Mark("f.go", 1, "want", "GM201"),
        Mark("f.go", 3, "may", "(GM103|GM204)"),
    ]
    assert found[0].matches("GM104", "inconsistent-lock", "the map a.b")
    assert not found[0].matches("GM104", "inconsistent-lock", "the map aXb")
    assert [mark.is_about(["GM104"]) for mark in found] == [True, False, False]
    assert [mark.is_about(["GM204", "GM201"]) for mark in found] == [False, True, True]


@pytest.mark.parametrize("comment", ['// want: "GM101"', '// wants "GM101"', '// want "peers"', "// want GM101"])
def test_marks_that_would_never_be_checked_are_refused(comment: str) -> None:
    with pytest.raises(ValueError, match=r"f\.go:1"):
        list(marks("f.go", f"x {comment}\n"))
