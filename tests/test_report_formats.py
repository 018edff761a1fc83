"""The formats for other tools, each judged by the rules of its consumer, and all of them on hostile code."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
import unicodedata
from typing import Any
from xml.etree import ElementTree

import pytest
from report_sample import RULES, SERVER, hostile, race, report

from golint_maps.engine.outcome import Problem, Report
from golint_maps.finding import Confidence, Level, Location
from golint_maps.report.formats import RenderOptions, formats

OPTIONS = RenderOptions(rules=RULES, root="/project/repo")
BROKEN = Problem("internal", "srv/x.go", "it broke")
REPORTS = {
    "empty": report(),
    "race": report(
        race(), dataclasses.replace(race(), level=Level.ERROR), dataclasses.replace(race(), level=Level.NOTE)
    ),
    "broken": report(race(), problems=(BROKEN,)),
    "only broken": report(problems=(BROKEN,)),
    "hostile": hostile(),
}
ALL = sorted(formats())


def render(name: str, shown: Report, **options: Any) -> str:
    return formats()[name].render(shown, dataclasses.replace(OPTIONS, **options)).decode("utf-8")


def test_each_format_is_found_by_its_file_name():
    assert {
        "text",
        "concise",
        "json",
        "json-lines",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
    } <= set(ALL)
    assert not {"formats", "encode", "--init--"} & set(ALL)
    with pytest.raises(KeyError):
        formats()["nonsense"]


def test_only_the_format_that_is_printed_is_imported(tmp_path):
    (tmp_path / "a.go").write_text("package a\n")
    program = (
        "import sys\nfrom golint_maps.cli import main\n"
        "try: main(['check', 'a.go', '--format', 'concise', '--color', 'never'])\nexcept SystemExit: pass\n"
        "print(sorted(name.rpartition('.')[2] for name in sys.modules if name.startswith('golint_maps.report.formats.')))\n"
        "print('sarif_om' in sys.modules, 'xml.etree' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['concise', 'text']", "False False"]


# What the consumers document, as lists of complaints.


def gitlab_complaints(text: str) -> list[str]:
    """GitLab: an array without BOM; description, check_name, fingerprint, severity, location.path and the first line."""
    rows = json.loads(text)
    if not isinstance(rows, list):
        return ["no array"]
    complaints = []
    for row in rows:
        for key in ("description", "check_name", "fingerprint", "severity"):
            if not (isinstance(row.get(key), str) and row[key]):
                complaints.append(f"{key} is missing")
        if row.get("severity") not in ("info", "minor", "major", "critical", "blocker"):
            complaints.append(f"severity {row.get('severity')}")
        path = row["location"]["path"]
        if path.startswith(("./", "/")) or not path:
            complaints.append(f"path {path!r} is not relative to the repository")
        begin = row["location"]["lines"]["begin"]
        if not (isinstance(begin, int) and begin >= 1):
            complaints.append(f"line {begin!r}")
    prints = [row["fingerprint"] for row in rows]
    if len(set(prints)) != len(prints):
        complaints.append("fingerprints are not unique")
    return complaints


def junit_complaints(text: str) -> list[str]:
    """JUnit's readers: testsuites > testsuite > testcase > failure or error; counts that add up; a case at least."""
    root = ElementTree.fromstring(text)
    complaints = [] if root.tag == "testsuites" else [f"root {root.tag}"]
    total = {"tests": 0, "failures": 0, "errors": 0}
    for suite in root:
        cases = list(suite)
        counted = {
            "tests": len(cases),
            "failures": len(suite.findall("testcase/failure")),
            "errors": len(suite.findall("testcase/error")),
        }
        if suite.tag != "testsuite" or not suite.get("name"):
            complaints.append("a suite without a name")
        for key, number in counted.items():
            total[key] += number
            if int(suite.attrib[key]) != number:
                complaints.append(f"{key} of a suite")
        for case in cases:
            if case.tag != "testcase" or not case.get("name") or not case.get("classname"):
                complaints.append("a case without name or class")
            float(case.attrib["time"])
            complaints += [f"{part.tag} in a case" for part in case if part.tag not in ("failure", "error")]
            complaints += [f"{part.tag} without a message" for part in case if not part.get("message")]
    complaints += [f"{key} in all" for key, number in total.items() if int(root.attrib[key]) != number]
    return complaints if total["tests"] else [*complaints, "no test case: taken for a failure"]


def checkstyle_complaints(text: str) -> list[str]:
    """Checkstyle: checkstyle(version) > file(name) > error(line, column?, severity, message, source?)."""
    root = ElementTree.fromstring(text)
    complaints = [] if root.tag == "checkstyle" and root.get("version") else ["root"]
    for file in root:
        if file.tag != "file" or not file.get("name"):
            complaints.append("a file without a name")
        for error in file:
            if error.tag != "error" or set(error.attrib) - {"line", "column", "severity", "message", "source"}:
                complaints.append(f"{error.tag} {error.attrib}")
            if error.get("severity") not in ("ignore", "info", "warning", "error") or not error.get("message"):
                complaints.append("severity or message")
            if int(error.attrib["line"]) < 1 or int(error.attrib["column"]) < 1:
                complaints.append("position")
    names = [file.get("name") for file in root]
    return complaints + (["a file twice"] if len(names) != len(set(names)) else [])


def rdjson_complaints(text: str) -> list[str]:
    """Reviewdog: a DiagnosticResult in the JSON form of protocol buffers, which refuses keys that it doesn't know."""
    known = {
        "result": {"diagnostics", "source", "severity"},
        "diagnostic": {
            "message", "location", "severity", "source", "code", "suggestions", "original_output", "originalOutput"
        },
    }  # fmt: skip
    complaints: list[str] = []

    def keys(what: str, value: dict[str, Any], allowed: set[str]) -> None:
        complaints.extend(f"{what} has {key}" for key in set(value) - allowed)

    def position(what: str, found: dict[str, Any]) -> tuple[int, int]:
        keys(what, found, {"line", "column"})
        if not all(isinstance(number, int) and 1 <= number < 2**31 for number in found.values()):
            complaints.append(f"{what} {found}")
        return found["line"], found["column"]

    def span(what: str, found: dict[str, Any]) -> None:
        keys(what, found, {"start", "end"})
        if position(what, found["start"]) > position(what, found["end"]):
            complaints.append(f"{what} ends before it starts")

    result = json.loads(text)
    keys("result", result, known["result"])
    for diagnostic in result["diagnostics"]:
        keys("diagnostic", diagnostic, known["diagnostic"])
        if not diagnostic["message"] or diagnostic["severity"] not in ("ERROR", "WARNING", "INFO"):
            complaints.append("message or severity")
        keys("location", diagnostic["location"], {"path", "range"})
        span("range", diagnostic["location"]["range"])
        keys("code", diagnostic["code"], {"value", "url"})
        for suggestion in diagnostic.get("suggestions", []):
            keys("suggestion", suggestion, {"range", "text"})
            span("suggestion", suggestion["range"])
    return complaints


COMMAND = re.compile(r"::(error|warning|notice) ([^:\n]+)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The annotations that GitHub's runner reads from a log; fails on any other command that it would obey."""

    def plain(value: str) -> str:
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, character)
        return value

    found = []
    for line in re.split(r"[\r\n]+", text):
        if line.lstrip().startswith("::"):
            command = COMMAND.fullmatch(line)
            assert command, line
            pairs = dict(pair.split("=", 1) for pair in command[2].split(","))
            found.append((command[1], {key: plain(value) for key, value in pairs.items()}, plain(command[3])))
        else:
            assert not re.search(r"##[A-Za-z]*\[", line), line
    return found


def github_complaints(text: str) -> list[str]:
    """GitHub: known properties, columns on one line only, titles of 255 and messages of 64 KB at most."""
    complaints = []
    for _, properties, message in commands(text):
        if set(properties) - {"file", "line", "endLine", "col", "endColumn", "title"}:
            complaints.append(f"unknown property: {properties}")
        if int(properties["line"]) < 1 or int(properties["endLine"]) < int(properties["line"]):
            complaints.append("lines")
        if properties["line"] != properties["endLine"] and ("col" in properties or "endColumn" in properties):
            complaints.append("columns of a range over several lines")
        if len(properties["title"]) > 255 or len(message.encode()) > 65_536 or not message:
            complaints.append("length")
        if properties["file"].startswith(("/", "./")):
            complaints.append("path")
    return complaints


JUDGES = {
    "gitlab": gitlab_complaints,
    "junit": junit_complaints,
    "checkstyle": checkstyle_complaints,
    "rdjson": rdjson_complaints,
    "github": github_complaints,
}


@pytest.mark.parametrize("name", JUDGES)
@pytest.mark.parametrize("shown", REPORTS)
def test_consumers_accept(name, shown):
    assert JUDGES[name](render(name, REPORTS[shown])) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gitlab", '[{"description": "x", "check_name": "y", "fingerprint": "z", "severity": "error", '
                   '"location": {"path": "./a.go", "lines": {"begin": 0}}}]'),
        ("junit", '<testsuites tests="1" failures="0" errors="0"/>'),
        ("checkstyle", '<checkstyle><file name="a"><error line="0" column="1" severity="bad"/></file></checkstyle>'),
        ("rdjson", '{"diagnostics": [{"message": "x", "severity": "error", "location": {"path": "a", "range": '
                   '{"start": {"line": 2, "column": 1}, "end": {"line": 1, "column": 1}}}, "code": {"id": "x"}}]}'),
        ("github", "::error file=/a.go,line=1,endLine=2,col=1,title=x::y"),
    ],
)  # fmt: skip
def test_the_judges_see_faults(name, text):
    assert JUDGES[name](text)


@pytest.mark.parametrize("name", ["junit", "checkstyle", "rdjson", "gitlab", "github", "concise", "json-lines"])
def test_all_findings_are_there(name):
    counted = {
        "junit": lambda text: len(ElementTree.fromstring(text).findall(".//failure")),
        "checkstyle": lambda text: len(ElementTree.fromstring(text).findall(".//error")),
        "rdjson": lambda text: len(json.loads(text)["diagnostics"]),
        "gitlab": lambda text: len(json.loads(text)),
        "github": lambda text: len(commands(text)),
        "concise": lambda text: len(text.splitlines()),
        "json-lines": lambda text: len([json.loads(line) for line in text.split("\n") if line]),
    }[name]
    for shown in REPORTS.values():
        assert counted(render(name, shown)) == len(shown.findings)


# What is particular to a format.


def test_concise_is_one_line_for_each_finding():
    expected = "srv/server.go:4:2: warning GM101[concurrent-map-write] Server.peers is written by two goroutines\n"
    assert render("concise", report(race())) == expected
    assert render("concise", report()) == ""


def test_json_lines_have_the_keys_of_json():
    shown = report(race())
    (line,) = render("json-lines", shown).splitlines()
    assert json.loads(line) == json.loads(render("json", shown))["findings"][0]


def test_json_tells_the_story_of_each_goroutine():
    (finding,) = json.loads(render("json", report(race())))["findings"]
    assert finding["hint"] == "take s.mu around both."
    assert [thread["title"] for thread in finding["threads"]] == ["the goroutine of f", "callers of Drop"]
    (step,) = finding["threads"][1]["steps"]
    assert step == {"path": "srv/server.go", "line": 4, "column": 2, "kind": "", "message": "deletes", "locks": []}


def test_github_gets_the_worst_and_surest_first_and_is_told_what_it_will_not_show():
    some = [dataclasses.replace(race(), message=f"number {number}") for number in range(11)]
    sure = dataclasses.replace(race(), confidence=Confidence.HIGH, message="sure")
    bad = dataclasses.replace(race(), level=Level.ERROR, message="bad")
    text = render("github", report(*some, sure, bad))
    assert [message.splitlines()[0] for _, _, message in commands(text)][:3] == ["bad", "sure", "number 0"]
    assert text.splitlines()[-1] == (
        "golint-maps: 13 problems are in this log; GitHub shows the first 10 annotations of each level"
    )


def test_github_columns_are_left_out_of_ranges_over_lines():
    whole = dataclasses.replace(race(), location=Location("srv/server.go", SERVER.index(b"func"), len(SERVER) - 1))
    ((_, properties, _),) = commands(render("github", report(whole)))
    assert (properties["line"], properties["endLine"], "col" in properties) == ("3", "5", False)


def test_github_columns_count_utf16_and_messages_name_the_other_side():
    ((level, properties, message),) = commands(render("github", report(race())))
    assert level == "warning"
    assert (properties["col"], properties["endColumn"]) == ("2", "21")
    assert properties["title"] == "GM101 concurrent-map-write"
    assert message.splitlines()[1:] == [
        "srv/ot her é.go:4: the other write of peers[k]",
        "Hint: take s.mu around both.",
    ]


def test_long_messages_are_cut_for_github():
    huge = dataclasses.replace(race(), message="x" * 100_000)
    ((_, _, message),) = commands(render("github", report(huge)))
    assert len(message) <= 64_000


@pytest.mark.parametrize(("name", "read"), [
    ("github", lambda text: commands(text)[0][1]["file"]),
    ("gitlab", lambda text: json.loads(text)[0]["location"]["path"]),
    (
        "sarif",
        lambda text: json.loads(text)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"][
            "uri"
        ],
    ),
])  # fmt: skip
def test_services_know_files_by_their_place_in_the_repository(name, read):
    assert read(render(name, report(race()), folder="services/api/")) == "services/api/srv/server.go"
    up = Location("../lib/x.go", 0, 1)
    shown = report(dataclasses.replace(race(), location=up, related=(), threads=(), fix=None))
    shown.sources["../lib/x.go"] = shown.sources["srv/server.go"]
    assert read(render(name, shown, folder="services/api/")) == "services/lib/x.go"


def test_the_repository_is_found_by_the_command(tmp_path):
    nested = tmp_path / "services" / "api"
    nested.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (nested / "a.go").write_text('package a\n\nfunc f() {\n\tvar m map[string]int\n\tm["x"] = 1\n}\n')
    command = [sys.executable, "-m", "golint_maps", "check", "a.go", "--format", "github"]
    done = subprocess.run(command, cwd=nested, capture_output=True, text=True)
    assert "file=services/api/a.go," in done.stdout


def test_suppressed_findings_are_in_sarif_when_asked_for(tmp_path):
    code = 'package a\n\nfunc f() {\n\tvar m map[string]int\n\tm["x"] = 1 //nolint:GM401 // it is a test\n}\n'
    (tmp_path / "a.go").write_text(code)
    command = [sys.executable, "-m", "golint_maps", "check", "--no-cache", "--format", "sarif"]
    found = []
    for more in ([], ["--show-suppressed"]):
        done = subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0
        found.append([result.get("suppressions") for result in json.loads(done.stdout)["runs"][0]["results"]])
    assert found == [[], [[{"kind": "inSource"}]]]


def test_rdjson_suggests_only_what_is_one_change_at_its_place():
    (diagnostic,) = json.loads(render("rdjson", report(race())))["diagnostics"]
    assert diagnostic["suggestions"] == [
        {"range": {"start": {"line": 4, "column": 2}, "end": {"line": 4, "column": 2}}, "text": "s.mu.Lock()\n\t"}
    ]
    fix = race().fix
    assert fix is not None
    two = dataclasses.replace(race(), fix=dataclasses.replace(fix, edits=fix.edits * 2))
    assert "suggestions" not in json.loads(render("rdjson", report(two)))["diagnostics"][0]


def test_junit_tells_problems_from_findings():
    root = ElementTree.fromstring(render("junit", REPORTS["broken"]))
    assert (root.get("failures"), root.get("errors")) == ("1", "1")
    failure = root.find(".//failure")
    assert failure is not None and failure.text is not None
    assert failure.text.splitlines()[0] == "srv/server.go:4:2: Server.peers is written by two goroutines"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell):
    command = [sys.executable, "-m", "golint_maps"]
    script = subprocess.run([*command, "completion", shell], capture_output=True, text=True, check=True).stdout
    assert "_GOLINT_MAPS_COMPLETE" in script and "golint-maps" in script
    asked = {"COMP_WORDS": "golint-maps check --show-s", "COMP_CWORD": "2" if shell != "fish" else "--show-s"}
    program = "from golint_maps.cli import main; main(prog_name='golint-maps')"
    environment = {**os.environ, **asked, "_GOLINT_MAPS_COMPLETE": f"{shell}_complete"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert "--show-suppressed" in done.stdout and "--show-settings" in done.stdout


# Hostile code.


@pytest.mark.parametrize("name", ALL)
def test_nothing_steers_a_terminal(name):
    text = render(name, hostile())
    bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\n\t"}
    assert bad == set()


@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_nothing_steers_a_runner(name):
    told = commands(render(name, hostile()))
    assert len(told) == (len(hostile().findings) if name == "github" else 0)


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_stays_well_formed_and_says_what_was_there(name):
    root = ElementTree.fromstring(render(name, hostile()))
    said = " ".join(value for part in root.iter() for value in [*part.attrib.values(), part.text or ""])
    for word in ("</script><script>alert(1)</script>", "]]>", "<!--", "%0A::error::x"):
        assert word in said
    assert not list(root.iter("script"))


def test_json_formats_say_what_was_there():
    messages = [finding["message"] for finding in json.loads(render("json", hostile()))["findings"]]
    assert "\x1b]0;title\x07 is written" in messages
    assert "\u202egnp.exe\u2066 is written" in messages
    assert [json.loads(line)["message"] for line in render("json-lines", hostile()).split("\n") if line] == messages
