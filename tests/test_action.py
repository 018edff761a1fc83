"""The GitHub action: valid by the published schema, and its own steps in bash, as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from golint_maps import action

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
CALM = 'package p\n\nfunc f() {\n\tm := map[string]int{}\n\tm["a"] = 1\n}\n'
BAD = CALM.replace("m := map[string]int{}", "var m map[string]int")

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="it needs bash")


def test_the_published_schema_accepts_it() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, os.fspath(ROOT / "action.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_expression_stands_in_a_command() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]


def test_every_input_and_output_is_used() -> None:
    steps = json.dumps(ACTION["runs"])
    assert not [name for name in ACTION["inputs"] if f"inputs.{name}" not in steps]
    assert set(ACTION["outputs"]) == {"findings", "new-findings", "sarif-file", "exit-code"}


class Runner:
    """A runner of steps: expressions, the environment, output and summary files."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "work space"
        self.temp = folder / "temp"
        self.workspace.mkdir()
        self.temp.mkdir()
        self.event: dict[str, Any] = {}
        self.log = ""
        self.summary = ""

    def run(self, **given: str) -> tuple[int, dict[str, str]]:
        """Run the steps `check` and `Result` with inputs (`_` for `-`); the exit code of the job, and the outputs."""
        inputs = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        assert inputs.keys() == ACTION["inputs"].keys()
        known = {f"inputs.{name}": value for name, value in inputs.items()}
        known["steps.install.outputs.bin"] = os.fspath(Path(sys.executable).parent)
        known["runner.temp"] = os.fspath(self.temp)
        code, outputs = self.step("Check", known)
        if "result" in outputs:
            code, _ = self.step("Result", {"steps.check.outputs.result": outputs["result"]})
        return code, outputs

    def step(self, name: str, known: dict[str, str]) -> tuple[int, dict[str, str]]:
        (step,) = [step for step in ACTION["runs"]["steps"] if step["name"] == name]

        def value(text: str) -> str:
            return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: known[found[1]], text)

        output, summary, event = (self.temp / name for name in ("output", "summary", "event.json"))
        output.write_text("")
        summary.write_text("")
        event.write_text(json.dumps(self.event))
        environment = {name: value(text) for name, text in step["env"].items()}
        for variable in ("PATH", "HOME", "SYSTEMROOT"):
            environment.setdefault(variable, os.environ.get(variable, ""))
        environment |= {
            "GITHUB_OUTPUT": os.fspath(output),
            "GITHUB_STEP_SUMMARY": os.fspath(summary),
            "GITHUB_EVENT_PATH": os.fspath(event),
            "GITHUB_WORKSPACE": os.fspath(self.workspace),
            "RUNNER_TEMP": os.fspath(self.temp),
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "somebody/something",
            "GITHUB_SHA": "0" * 40,
        }
        script = self.temp / "script.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", os.fspath(script)],
            cwd=self.workspace / value(step.get("working-directory", ".")),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.log += done.stdout + done.stderr
        self.summary += summary.read_text()
        found = re.findall(r"^([\w-]+)<<(\S+)\n(.*?)\n\2$", output.read_text(), re.MULTILINE | re.DOTALL)
        return done.returncode, {name: text for name, _, text in found}


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    runner = Runner(tmp_path)
    (runner.workspace / "go.mod").write_text("module example.com/p\n\ngo 1.24\n")
    return runner


@needs_bash
def test_findings(runner: Runner) -> None:
    (runner.workspace / "p.go").write_text(BAD)
    code, outputs = runner.run(sarif_file="out.sarif", category="linux", upload_sarif="true")
    assert code == 1
    assert outputs["findings"] == outputs["new-findings"] == outputs["exit-code"] == "1"
    assert "p.go:5:2: error GM401[nil-map-write]" in runner.log
    run = json.loads(Path(outputs["sarif-file"]).read_text())["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "p.go"
    assert run["automationDetails"]["id"] == "linux/"
    assert runner.summary.startswith("## golint-maps: 1 error\n")
    link = f"https://github.example/somebody/something/blob/{'0' * 40}/p.go#L5"
    assert f"| error | GM401 nil-map-write | [p.go:5]({link}) |" in runner.summary
    assert re.search(r"^::error .*file=p\.go,", runner.log, re.MULTILINE)
    assert (runner.temp / "golint-maps-cache").is_dir()


@needs_bash
def test_nothing_found(runner: Runner) -> None:
    (runner.workspace / "p.go").write_text(CALM)
    code, outputs = runner.run(cache="false")
    assert code == 0
    assert outputs["findings"] == outputs["exit-code"] == "0"
    assert outputs["sarif-file"] == ""
    assert runner.summary.startswith("## golint-maps: no problems found\n")
    assert "::error" not in runner.log
    assert not (runner.temp / "golint-maps-cache").exists()


@needs_bash
def test_findings_that_are_not_to_fail_the_job(runner: Runner) -> None:
    (runner.workspace / "p.go").write_text(BAD)
    code, outputs = runner.run(fail_on="never", annotations="false")
    assert (code, outputs["exit-code"]) == (0, "1")
    assert "::error" not in runner.log


@needs_bash
def test_a_folder_within(runner: Runner) -> None:
    (runner.workspace / "in ner").mkdir()
    (runner.workspace / "in ner/p.go").write_text(BAD)
    (runner.workspace / "in ner/.golint-maps.toml").write_text('min-level = "warning"\n')
    code, outputs = runner.run(working_directory="in ner", args="--min-confidence=high\n--exclude=x y", sarif_file="o")
    assert code == 1
    assert "in ner/p.go:5:2" in runner.log
    assert Path(outputs["sarif-file"]) == runner.workspace / "in ner/o"
    code, _ = runner.run(working_directory="in ner", config=".golint-maps.toml", paths="p.go\n", fail_on="error")
    assert code == 1


@needs_bash
def test_a_baseline(runner: Runner) -> None:
    (runner.workspace / "p.go").write_text(BAD)
    command = [sys.executable, "-m", "golint_maps", "baseline", "-o", "known.txt"]
    subprocess.run(command, cwd=runner.workspace, check=True, capture_output=True)
    code, outputs = runner.run(baseline="known.txt")
    assert (code, outputs["findings"], outputs["new-findings"]) == (0, "1", "0")


@needs_bash
def test_only_new_in_a_pull_request_with_one_commit_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    origin = tmp_path / "origin"
    origin.mkdir()

    def git(*arguments: str, cwd: Path = origin) -> str:
        who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"]
        return subprocess.run(["git", *who, *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout

    git("init", "-q", "-b", "main")
    (origin / "go.mod").write_text("module example.com/p\n\ngo 1.24\n")
    (origin / "p.go").write_text(BAD)
    git("add", "-A")
    git("commit", "-q", "-m", "old")
    base = git("rev-parse", "HEAD").strip()
    (origin / "q.go").write_text(BAD.replace("f()", "g()"))
    git("add", "-A")
    git("commit", "-q", "-m", "new")
    runner = Runner(tmp_path)
    runner.workspace.rmdir()
    git("clone", "-q", "--depth=1", origin.as_uri(), os.fspath(runner.workspace))
    runner.event = {"pull_request": {"base": {"sha": base}}}
    code, outputs = runner.run(only_new="true")
    assert (code, outputs["findings"], outputs["new-findings"]) == (1, "2", "1"), runner.log
    assert "q.go:5:2" in runner.log
    runner.event = {"before": "0" * 40}
    assert runner.run(only_new="true")[1]["new-findings"] == "2"
    runner.event = {"before": "--upload-pack=touch pwned"}
    assert runner.run(only_new="true")[1]["new-findings"] == "2"
    runner.event = {"before": "1" * 40}
    assert runner.run(only_new="true")[0] == 2
    assert "could not be fetched; give actions/checkout `fetch-depth: 0`" in runner.log


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "a; touch pwned",
    "a' \" b",
    "-o pwned",
    "&& touch pwned",
    "${{ x }}",
    "%0A::x",
]


@needs_bash
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_paths(runner: Runner, text: str) -> None:
    """Each is only the name of a folder."""
    folder = runner.workspace / text
    folder.mkdir()
    (folder / "p.go").write_text(BAD)
    code, outputs = runner.run(paths=text)
    assert (code, outputs["findings"]) == (1, "1"), runner.log
    assert not list(runner.workspace.parent.rglob("pwned*"))
    (runner.workspace / "p.go").write_text(BAD)
    code, outputs = runner.run(working_directory=text)
    assert (code, outputs["findings"]) == (1, "1"), runner.log


@needs_bash
@pytest.mark.parametrize(
    "name", ["config", "baseline", "sarif_file", "category", "fail_on", "only_new", "cache", "args"]
)
def test_hostile_inputs(runner: Runner, name: str) -> None:
    (runner.workspace / "p.go").write_text(CALM)
    for text in (*HOSTILE, "x\nexit-code=0\nsarif-file<<a\npwned"):
        before = runner.log
        code, outputs = runner.run(**{name: text, "annotations": "false"})
        assert code in (0, 2), runner.log[len(before) :]
        assert (code == 0) == (outputs["exit-code"] == "0")
        assert not [path for path in runner.workspace.parent.rglob("pwned*") if "-o" not in text]


@needs_bash
def test_names_are_no_commands_of_the_runner(runner: Runner) -> None:
    (runner.workspace / "::add-mask::x.go").write_text(BAD)
    code, _ = runner.run(annotations="false")
    assert code == 1
    token = re.search(r"^::stop-commands::(\w+)$", runner.log, re.MULTILINE)
    assert token
    inside = runner.log[token.end() : runner.log.index(f"::{token[1]}::", token.end())]
    assert "::add-mask::x.go:5:2" in inside
    assert runner.log.count("::add-mask::") == inside.count("::add-mask::")


@needs_bash
@pytest.mark.parametrize("version", ["$(touch pwned)", "1.0; touch pwned", "../x", "--index-url=x", "1.0 x"])
def test_a_version_that_is_none_is_not_installed(runner: Runner, version: str) -> None:
    known = {
        "steps.python.outputs.python-path": "/bin/false",
        "github.action_path": os.fspath(ROOT),
        "inputs.version": version,
        "runner.temp": os.fspath(runner.temp),
    }
    code, _ = runner.step("Install golint-maps", known)
    assert code == 2
    assert "the input version is no version" in runner.log


def test_the_summary_shows_text_as_it_is() -> None:
    finding = {
        "level": "error",
        "rule": "GM101",
        "name": "n",
        "path": "a|b`.go",
        "line": 3,
        "message": "<img src=x> | `m`\n[x](y)",
    }
    counts = {"files": 1, "packages": 1, "seconds": 0.1, "known": 0, "suppressed": 0, "partly_read": 0}
    page = action.summary({"findings": [finding] * 60, "summary": counts}, {})
    assert r"| error | GM101 n | a\|b\`.go:3 | &lt;img src=x&gt; \| \`m\` \[x\](y) |" in page
    assert "… and 10 more" in page
    assert page.startswith("## golint-maps: 60 errors\n")
