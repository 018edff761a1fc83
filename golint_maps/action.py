"""What the GitHub action does, from its inputs (environment variables) to its outputs: `python -I -m golint_maps.action`.

It is a door like the command line, which it calls. Nothing of an input is ever read by a shell.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

from golint_maps.record import record

ROWS = 50
"""Findings in the job summary; GitHub cuts pages that are too long."""

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_ON = ("true", "false")
_LEVELS = ("error", "warning", "note", "never")


class InputError(Exception):
    """An input that can't be used; the text names it."""


@record(frozen=True, slots=True)
class Inputs:
    """The inputs of the action, checked. Files and paths are still relative to the working directory."""

    paths: tuple[str, ...]
    args: tuple[str, ...]
    config: str
    fail_on: str
    baseline: str
    only_new: bool
    sarif_file: str
    upload_sarif: bool
    category: str
    annotations: bool
    cache: bool

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Inputs:
        """Read `INPUT_…` variables. Raises InputError."""

        def text(name: str) -> str:
            return environment.get(f"INPUT_{name}", "").strip()

        def choice(name: str, choices: Sequence[str]) -> str:
            value = text(name)
            if value and value not in choices:
                raise InputError(f"the input {name.lower().replace('_', '-')} must be one of {', '.join(choices)}")
            return value

        def lines(name: str) -> tuple[str, ...]:
            return tuple(line.strip() for line in text(name).splitlines() if line.strip())

        return cls(
            paths=lines("PATHS"),
            args=lines("ARGS"),
            config=text("CONFIG"),
            fail_on=choice("FAIL_ON", _LEVELS),
            baseline=text("BASELINE"),
            only_new=choice("ONLY_NEW", _ON) == "true",
            sarif_file=text("SARIF_FILE"),
            upload_sarif=choice("UPLOAD_SARIF", _ON) == "true",
            category=text("CATEGORY") or "golint-maps",
            annotations=choice("ANNOTATIONS", _ON) == "true",
            cache=choice("CACHE", _ON) == "true",
        )


def main() -> None:
    """Check, print, annotate, and write outputs and summary. Exits with 0, also where there are findings."""
    try:
        inputs = Inputs.of(os.environ)
        base = _base(os.environ) if inputs.only_new else None
    except InputError as error:
        _give_up(str(error))
    here = Path.cwd()
    root = Path(os.environ.get("GITHUB_WORKSPACE") or here).resolve()
    if not here.resolve().is_relative_to(root):
        root = here
    with tempfile.TemporaryDirectory(dir=os.environ.get("RUNNER_TEMP") or None) as folder:
        sarif = here / inputs.sarif_file if inputs.sarif_file else None
        if sarif is None and inputs.upload_sarif:
            sarif = Path(os.environ.get("RUNNER_TEMP") or root) / "golint-maps.sarif"
        findings, marks = Path(folder, "findings.json"), Path(folder, "annotations.txt")
        command = _command(inputs, here, root, base, {"json": findings, "github": marks, "sarif": sarif})
        code = _run(command, root)
        if not findings.exists():
            _give_up(f"golint-maps ended with {code}; its message stands above")
        report = json.loads(findings.read_bytes())
        if inputs.annotations and marks.exists():
            print(marks.read_text("utf-8"), end="", flush=True)
    if sarif is not None:
        _categorise(sarif, inputs.category)
    found, known = report["findings"], report["summary"]["known"]
    outputs = {
        "findings": str(len(found) + known),
        "new-findings": str(len(found)),
        "sarif-file": os.fspath(sarif) if sarif else "",
        "exit-code": str(code),
        "result": "0" if code == 1 and inputs.fail_on == "never" else str(code),
    }
    _append("GITHUB_OUTPUT", "".join(_output(name, value) for name, value in outputs.items()))
    _append("GITHUB_STEP_SUMMARY", summary(report, os.environ))


def _command(inputs: Inputs, here: Path, root: Path, base: str | None, formats: Mapping[str, Path | None]) -> list[str]:
    """The command line; paths are given from the root, since annotations and code scanning know no other folder."""
    inside = os.path.relpath(here.resolve(), root)
    command = [sys.executable, "-I", "-m", "golint_maps", "check", "--color=never", "--format=text"]
    command += [f"--format={name}:{file}" for name, file in formats.items() if file is not None]
    if inputs.config:
        command.append(f"--config={here / inputs.config}")
    if inputs.baseline:
        command.append(f"--baseline={here / inputs.baseline}")
    if inputs.fail_on and inputs.fail_on != "never":
        command.append(f"--fail-on={inputs.fail_on}")
    if base is not None:
        command.append(f"--diff-base={base}")
    if inputs.cache:
        command.append(f"--cache-dir={Path(os.environ.get('RUNNER_TEMP') or root) / 'golint-maps-cache'}")
    else:
        command.append("--no-cache")
    names = inputs.paths or (".",)
    return [*command, *inputs.args, "--", *(os.fspath(Path(inside, name)) if inside != "." else name for name in names)]


def _run(command: Sequence[str], root: Path) -> int:
    """Run it; the runner must not take what it prints (names of files, say) for commands of its own."""
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", flush=True)
    try:
        return subprocess.run(command, cwd=root, check=False).returncode
    finally:
        print(f"\n::{token}::", flush=True)


def _base(environment: Mapping[str, str]) -> str | None:
    """The commit that a pull request, a merge queue or a push starts from; None where there is none, as on a tag.

    It is fetched if the checkout doesn't have it. Raises InputError.
    """
    try:
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
    except (KeyError, OSError, ValueError) as error:
        raise InputError("only-new needs the event of the workflow, and GITHUB_EVENT_PATH holds none") from error
    if "pull_request" in event:
        commit = event["pull_request"]["base"]["sha"]
    elif "merge_group" in event:
        commit = event["merge_group"]["base_sha"]
    else:
        commit = event.get("before") or ""
    if not _COMMIT.fullmatch(commit) or not commit.strip("0"):
        print("golint-maps: this event has no earlier commit, so all findings are reported", flush=True)
        return None
    quiet = ["git", "-c", f"core.hooksPath={os.devnull}"]
    known = subprocess.run([*quiet, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True, check=False)
    if known.returncode:
        fetch = [*quiet, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", commit]
        if subprocess.run(fetch, check=False).returncode:
            raise InputError(f"only-new: {commit} could not be fetched; give actions/checkout `fetch-depth: 0`")
    return str(commit)


def _categorise(sarif: Path, category: str) -> None:
    """Put the category into the file, where code scanning reads it first."""
    log = json.loads(sarif.read_bytes())
    for run in log["runs"]:
        run["automationDetails"] = {**run.get("automationDetails", {}), "id": category.rstrip("/") + "/"}
    sarif.write_text(json.dumps(log, ensure_ascii=False, separators=(",", ":")), "utf-8")


def summary(report: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    """The page of the job (Markdown) for a report in the form of `--format json`."""
    found, counts = report["findings"], report["summary"]
    levels = Counter(finding["level"] for finding in found)
    parts = ", ".join(
        f"{levels[level]} {level}{'s' if levels[level] > 1 else ''}" for level in _LEVELS if levels[level]
    )
    lines = [f"## golint-maps: {parts or 'no problems found'}", ""]
    lines.append(
        f"{counts['files']:,} files of {counts['packages']:,} packages in {counts['seconds']:.1f} s"
        f"; {counts['known']:,} known, {counts['suppressed']:,} suppressed, {counts['partly_read']:,} partly read"
    )
    if found:
        lines += ["", "| level | rule | where | what |", "|---|---|---|---|"]
        worst_first = sorted(found, key=lambda finding: _LEVELS.index(finding["level"]))
        lines += [_row(finding, environment) for finding in worst_first[:ROWS]]
    if len(found) > ROWS:
        lines += ["", f"… and {len(found) - ROWS:,} more, in the log."]
    return "\n".join(lines) + "\n\n"


def _row(finding: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    place = _plain(f"{finding['path']}:{finding['line']}")
    server, repository, commit = (environment.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    if server and repository and commit and not finding["path"].startswith(("../", "/")):
        link = f"{server}/{repository}/blob/{commit}/{quote(finding['path'])}#L{finding['line']}"
        place = f"[{place}]({link})"
    rule = f"{finding['rule']} {finding['name']}"
    return f"| {finding['level']} | {_plain(rule)} | {place} | {_plain(finding['message'])} |"


def _plain(text: str) -> str:
    """Text that means nothing to Markdown or HTML, on one line."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]|~#!$@])", r"\\\1", line)


def _output(name: str, value: str) -> str:
    """A line of GITHUB_OUTPUT, whose value can't pretend to be another one."""
    mark = f"end-{secrets.token_hex(16)}"
    return f"{name}<<{mark}\n{value}\n{mark}\n"


def _append(variable: str, text: str) -> None:
    file = os.environ.get(variable)
    if file:
        with Path(file).open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(text)


def _give_up(message: str) -> NoReturn:
    line = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::error title=golint-maps::{line}", flush=True)
    _append("GITHUB_OUTPUT", _output("exit-code", "2"))
    sys.exit(2)


if __name__ == "__main__":
    main()
