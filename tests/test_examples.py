"""The examples are true: the programs of `testdata/` do what they claim, and we report what they say (see `examples.py`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from examples import TESTDATA, Example, Mark, examples
from golang import GoError, Outcome, Toolchain, binary, run

EXAMPLES = examples()
EACH = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.folder)

ATTEMPTS = 5
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


def try_out(example: Example, program: Path) -> Outcome:
    """Run until it shows what it claims, or has had its chances; good programs have one."""
    attempts, timeout = (ATTEMPTS, TIMEOUT) if example.kind == "bad" else (1, PATIENCE)
    for _ in range(attempts):
        outcome = run(program, timeout=timeout)
        if shows_what_it_claims(example, outcome):
            break
    return outcome


class Runs:
    """Builds and runs programs ahead of the tests that ask for them."""

    def __init__(self, go: Toolchain, wanted: list[Example], folder: Path) -> None:
        self._go = go
        self._folder = folder
        self._pool = ThreadPoolExecutor(2)
        self._outcomes: dict[str, Future[Outcome]] = {}
        together: dict[tuple[str, bool], list[Example]] = defaultdict(list)
        for example in wanted:
            if example.raced and example.kind == "bad" and go.why_no_race:
                continue
            together[example.rule, example.raced and not go.why_no_race].append(example)
        for (rule, race), group in together.items():
            built = self._pool.submit(self._build, group, folder / rule / ("race" if race else "plain"), race)
            for example in group:
                self._outcomes[example.folder] = self._pool.submit(self._run, example, built)

    def of(self, example: Example) -> Outcome:
        """How it went. Raises GoError if it does not build."""
        return self._outcomes[example.folder].result()

    def close(self) -> None:
        """Forget what has not been run yet."""
        self._pool.shutdown(cancel_futures=True)

    def _build(self, group: list[Example], into: Path, race: bool) -> Path:
        into.mkdir(parents=True)
        self._go.build([example.folder for example in group], into, module=TESTDATA, race=race)
        return into

    def _run(self, example: Example, built: Future[Path]) -> Outcome:
        program = binary(built.result(), example.folder)
        try:
            return try_out(example, program)
        finally:
            program.unlink()  # hundreds of them would fill a small disk


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
