from __future__ import annotations

import dataclasses
import json
import os
import re
import unicodedata
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from report_sample import OTHER, RULES, SERVER, ConcurrentWrite, hostile, race, report

from golint_maps.engine.outcome import Problem, Report
from golint_maps.finding import Level, Location, Related
from golint_maps.report.formats import RenderOptions, formats, sarif
from golint_maps.syntax.source import LineIndex

SCHEMA = os.environ.get("SARIF_SCHEMA", "")
BROKEN = Problem("internal", "srv/x.go", "it broke")


def log(shown: Report, **options: Any) -> dict[str, Any]:
    return json.loads(sarif.render(shown, RenderOptions(rules=RULES, **options)))


def github_complaints(document: dict[str, Any]) -> list[str]:
    """What GitHub's code scanning would reject, cut, or not show, by its documentation."""
    complaints: list[str] = []

    def demand(condition: Any, complaint: str) -> None:
        if not condition:
            complaints.append(complaint)

    demand(document.get("$schema"), "$schema")
    demand(document.get("version") == "2.1.0", "version")
    demand(len(document.get("runs", [])) == 1, "one run")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    demand(driver.get("name"), "driver name")
    demand("results" in run, "results must be there even when empty")
    demand(len(run["results"]) <= 25_000, "too many results")
    ids = [rule["id"] for rule in driver["rules"]]
    demand(len(ids) == len(set(ids)), "rule ids are unique")
    for rule in driver["rules"]:
        demand(rule["name"] != rule["id"] and len(rule["name"]) <= 255, f"name of {rule['id']}")
        for key in ("shortDescription", "fullDescription"):
            demand(0 < len(rule[key]["text"]) <= 1024, f"{key} of {rule['id']}")
        demand(rule["help"]["text"] and rule["help"]["markdown"], f"help of {rule['id']}")
        demand(rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), f"level of {rule['id']}")
        properties = rule["properties"]
        demand(0 < len(properties["tags"]) <= 10, f"tags of {rule['id']}")
        demand(properties["precision"] in ("very-high", "high", "medium", "low"), f"precision of {rule['id']}")
        demand(properties["problem.severity"] in ("error", "warning", "recommendation"), f"severity of {rule['id']}")
        demand("security-severity" not in properties, f"{rule['id']} is not a security rule")
    for result in run["results"]:
        demand(result["message"]["text"].strip(), "message")
        demand(result["level"] in ("error", "warning", "note"), "level is written")
        demand(driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex")
        demand(len(result["locations"]) == 1, "exactly one location")
        demand(result["partialFingerprints"], "partialFingerprints")
        demand("primaryLocationLineHash" not in result["partialFingerprints"], "GitHub computes that one itself")
        demand(len(result.get("relatedLocations", [])) <= 1_000, "related locations")
        for related in result.get("relatedLocations", []):
            demand(f"]({related['id']})" in result["message"]["text"], "a related location without a link is not shown")
        flows = [flow for code_flow in result.get("codeFlows", []) for flow in code_flow["threadFlows"]]
        demand(sum(len(flow["locations"]) for flow in flows) <= 10_000, "thread flow locations")
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            demand(uri and uri.isascii() and " " not in uri, f"uri {uri!r}")
            region = physical["region"]
            demand({"startLine", "startColumn", "endLine", "endColumn"} <= set(region), "region")
            demand(region["startLine"] == region["endLine"], "a pull request shows regions of changed lines only")
            demand(1 <= region["startColumn"] <= region["endColumn"], "columns")
    return complaints


CASES = {
    "empty": report(),
    "race": report(race()),
    "broken": report(race(), problems=(BROKEN,), partly_read=("srv/server.go",)),
}


@pytest.mark.parametrize("name", CASES)
def test_github_accepts(name):
    assert github_complaints(log(CASES[name])) == []


@pytest.mark.skipif(not SCHEMA, reason="SARIF_SCHEMA does not name the file with SARIF's JSON schema")
@pytest.mark.parametrize("name", CASES)
def test_the_official_schema_accepts(name):
    schema = json.loads(Path(SCHEMA).read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(log(CASES[name]))] == []


def test_an_empty_run_has_results():
    assert log(report())["runs"][0]["results"] == []


def test_the_result_points_at_the_code_in_utf16():
    (result,) = log(report(race()))["runs"][0]["results"]
    assert result["level"] == "warning"
    assert result["ruleId"] == "GM101"
    related = result["relatedLocations"][0]["physicalLocation"]
    assert unquote(related["artifactLocation"]["uri"]) == "srv/ot her é.go"
    assert related["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    region = related["region"]
    units = OTHER.decode().splitlines()[region["startLine"] - 1].encode("utf-16-le")
    marked = units[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le")
    assert marked == region["snippet"]["text"] == 's.peers["k"] = 1'


def test_a_warning_stays_a_warning_under_a_rule_of_errors():
    run = log(report(race()))["runs"][0]
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"enabled": True, "level": "error"}
    assert run["results"][0]["level"] == "warning"
    assert run["results"][0]["kind"] == "fail"


def test_each_goroutine_is_a_thread_flow():
    (result,) = log(report(race()))["runs"][0]["results"]
    (flow,) = result["codeFlows"]
    assert [thread["message"]["text"] for thread in flow["threadFlows"]] == ["the goroutine of f", "callers of Drop"]
    assert [len(thread["locations"]) for thread in flow["threadFlows"]] == [1, 1]


def test_rules_carry_their_pages():
    first = log(report())["runs"][0]["tool"]["driver"]["rules"][0]
    assert first["name"] == "ConcurrentMapWrite"
    assert first["shortDescription"]["text"] == "Two goroutines may write one map at the same time."
    assert first["fullDescription"]["text"] == "Two writes of one map, of `x[i]`, which no common lock keeps apart."
    assert first["help"]["markdown"] == ConcurrentWrite.page()


def test_long_descriptions_are_cut_at_a_word():
    assert sarif._shorten("word " * 400).endswith("word…")
    assert len(sarif._shorten("word " * 400)) <= 1024


def test_problems_become_notifications():
    shown = dataclasses.replace(CASES["broken"], notes=("b.go: permission denied",))
    (invocation,) = log(shown)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]] == [
        ("error", "it broke"),
        ("warning", sarif.PARTLY_READ),
        ("note", "b.go: permission denied"),
    ]
    (fine,) = log(report())["runs"][0]["invocations"]
    assert fine == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_a_range_over_lines_is_cut_to_the_first():
    whole = Location("srv/server.go", SERVER.index(b"func"), len(SERVER))
    (result,) = log(report(dataclasses.replace(race(), location=whole)))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"], region["endColumn"]) == (3, 3, 35)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("../up/a b.go", "file:///project/up/a%20b.go"),
        ("/abs/ä.go", "file:///abs/%C3%A4.go"),
        ("a:b/50%.go", "a%3Ab/50%25.go"),
        ("raw\udcff.go", "raw%FF.go"),
    ],
)
def test_uris(path, uri):
    place = Location(path, 0, 1)
    shown = report(dataclasses.replace(race(), location=place, related=(), threads=(), fix=None))
    shown.sources[path] = LineIndex.of(b"x\n")
    (result,) = log(shown, root="/project/repo")["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_brackets_in_a_message_make_no_links():
    place = race().location
    finding = dataclasses.replace(race(), message="m[k](v) is called", related=(Related(place, "see [x](9)"),))
    (result,) = log(report(finding))["runs"][0]["results"]
    assert result["message"]["text"].startswith(r"m[k] (v) is called. See: [see \[x\](9)](1). Hint: ")


def test_too_many_results_keep_the_loudest(monkeypatch):
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    notes = [dataclasses.replace(race(), level=level) for level in (Level.NOTE, Level.ERROR, Level.NOTE, Level.ERROR)]
    run = log(report(*notes))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    assert "2 findings" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_too_large_a_file_keeps_the_loudest(monkeypatch):
    monkeypatch.setattr(sarif, "MAX_BYTES", 4_000)
    levels = [Level.NOTE, Level.ERROR] * 200
    many = [dataclasses.replace(race(), level=level, message=f"{n:x} " * 40) for n, level in enumerate(levels)]
    options = RenderOptions(rules=RULES)
    data = sarif.render(report(*many), options)
    run = json.loads(data)["runs"][0]
    assert len(zlib.compress(data)) <= 4_000
    assert 0 < len(run["results"]) < 200
    assert {result["level"] for result in run["results"]} == {"error"}
    assert options.left_out["results"] == 400 - len(run["results"])
    assert (
        f"{400 - len(run['results'])} findings"
        in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    )


def test_suppressed_findings_are_there_only_if_asked_for():
    shown = report(race(), dataclasses.replace(race(), level=Level.NOTE))
    asked = dataclasses.replace(shown, findings=shown.findings[:1], silenced=shown.findings[1:])
    results = log(asked)["runs"][0]["results"]
    assert [result.get("suppressions") for result in results] == [None, [{"kind": "inSource"}]]
    assert github_complaints(log(asked)) == []
    assert len(json.loads(formats()["json"].render(asked, RenderOptions()))["suppressed"]) == 1


def test_the_driver_says_where_to_read_about_it():
    assert log(report())["runs"][0]["tool"]["driver"]["informationUri"].startswith("https://")


def test_hostile_code_makes_no_links_and_no_controls():
    document = log(hostile())
    assert github_complaints(document) == []
    for result in document["runs"][0]["results"]:
        text = result["message"]["text"]
        assert re.findall(r"(?<!\\)\]\((?!1\))", text) == []
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text)
