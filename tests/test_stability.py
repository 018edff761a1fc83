"""What users build upon (docs/stability.md): a failure here means that a change would break them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from report_sample import race, report

from golint_maps import cli
from golint_maps.engine.run import known_rules
from golint_maps.finding import Confidence, Finding, Level, Location
from golint_maps.flow import ir
from golint_maps.project.config import Settings, parse, schema
from golint_maps.report.formats import RenderOptions
from golint_maps.report.formats import json as json_format
from golint_maps.rule import Rule

# Ids that were released, with their names. Add new ones; never change or remove a line.
RULES = """
GM001 unused-suppression, GM101 concurrent-map-write, GM102 concurrent-map-read-write, GM103 concurrent-map-iteration,
GM104 inconsistent-lock, GM105 write-under-rlock, GM106 guarded-map-escapes, GM107 check-then-act, GM108 wrong-lock,
GM109 published-map-mutated, GM110 atomic-compare-map, GM111 guard-deadlock, GM112 unguarded-memo, GM201 range-delete,
GM202 range-insert, GM203 range-value-copy, GM204 range-goroutine, GM205 map-order-dependence, GM206 range-lock-dropped,
GM301 syncmap-copied, GM302 syncmap-check-then-act, GM303 syncmap-result-ignored, GM304 syncmap-value-mutated,
GM305 syncmap-unhashable-key, GM306 syncmap-uncomparable-old, GM307 syncmap-unchecked-load, GM308 syncmap-type-mismatch,
GM309 syncmap-reset, GM310 syncmap-range-misuse, GM311 syncmap-mixed, GM312 syncmap-misfit, GM401 nil-map-write,
GM402 nil-inner-map-write, GM403 unhashable-key, GM404 pointer-key-mismatch, GM405 fragile-key, GM406 lost-value-update,
GM407 missing-key-used, GM408 lost-map-assignment, GM501 map-only-grows, GM502 delete-keeps-memory,
GM503 runtime-linkname, GM504 runtime-layout
"""


def test_ids_keep_their_names() -> None:
    released = {tuple(one.split()) for one in RULES.replace("\n", " ").split(",")}
    assert released <= {(rule.id, rule.name) for rule in known_rules()}


def test_exit_codes() -> None:
    assert (cli.CLEAN, cli.FOUND, cli.FAILED, cli.INTERRUPTED, cli.TERMINATED) == (0, 1, 2, 130, 143)


def test_levels_and_confidences() -> None:
    assert [level.label for level in sorted(Level)] == ["note", "warning", "error"]
    assert [one.name for one in sorted(Confidence)] == ["LOW", "MEDIUM", "HIGH"]


def test_the_rule_api() -> None:
    assert {"id", "name", "level", "default"} <= set(Rule.__annotations__) | set(vars(Rule))
    assert {"check_package", "check_function", "summary", "page"} <= set(dir(Rule))
    fields = {field.name for field in dataclasses.fields(Finding)}
    assert {"rule", "name", "location", "message", "level", "confidence", "map", "related", "threads", "fix"} <= fields
    assert [field.name for field in dataclasses.fields(Location)] == ["path", "start", "end"]


# Configuration keys that were released, with the type of their values. Add new ones; never change or remove a line.
KEYS = """
baseline string, exclude array, exclude-tests boolean, extend string|array, fail-on string, generated boolean,
gitignore boolean, hidden boolean, ignore array, levels object, locks.types array, maps.methods object, maps.safe array,
maps.types array, min-confidence string, min-level string, node-modules boolean, per-path array, per-path.ignore array,
per-path.levels object, per-path.paths array, report-unused-suppressions boolean, rules.folder string, select array,
spawners object, testdata boolean, vendor boolean
"""
CHOICES = {
    "min-level": ["note", "warning", "error"],
    "min-confidence": ["low", "medium", "high"],
    "fail-on": ["note", "warning", "error"],
}
METHODS = 'A = "read", B = "write", C = "delete", D = "iterate", E = "len", F = "clear"'
# What holds where a configuration says nothing.
DEFAULTS = {"min_level": "note", "min_confidence": "medium", "fail_on": "warning", "gitignore": True}


def test_configuration_keys() -> None:
    released = set(" ".join(KEYS.split()).split(", "))
    assert released <= set(keys(schema()))
    for key, choices in CHOICES.items():
        assert set(choices) <= set(schema()["properties"][key]["enum"])
    assert DEFAULTS.items() <= vars(Settings()).items()
    spawner = '{ argument = 0, many = true, joined-by-wait = true, title = "t" }'
    parse(f'[spawners]\n"a/b.F" = {spawner}\n[maps.methods]\n"a/b.T" = {{ {METHODS} }}\n')


def keys(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """The keys of a schema with their types, those of tables inside as `table.key`."""
    for key, about in table.get("properties", {}).items():
        if "properties" not in about:  # where it has, it is but a name for what is inside
            kinds = [one["type"] for one in about.get("anyOf", [about])]
            yield f"{prefix}{key} {'|'.join(kinds)}"
        yield from keys(about.get("items", about), f"{prefix}{key}.")


# Fields of the JSON report that were released. Add new ones; never change or remove a line.
FIELDS = """
version number, tool.name string, tool.version string, findings.rule string, findings.name string,
findings.level string, findings.confidence string, findings.message string, findings.path string, findings.line number,
findings.column number, findings.end_line number, findings.end_column number, findings.map string, findings.hint string,
findings.related.path string, findings.related.line number, findings.related.column number,
findings.related.message string, findings.threads.title string, findings.threads.steps.path string,
findings.threads.steps.line number, findings.threads.steps.column number, findings.threads.steps.kind string,
findings.threads.steps.message string, findings.threads.steps.locks list, findings.fingerprint string,
findings.fix.title string, findings.fix.safe boolean, findings.fix.edits.path string, findings.fix.edits.line number,
findings.fix.edits.column number, findings.fix.edits.end_line number, findings.fix.edits.end_column number,
findings.fix.edits.text string, summary.files number, summary.packages number, summary.partly_read number,
summary.skipped number, summary.suppressed number, summary.known number, summary.seconds number
"""


def test_fields_of_the_json_report() -> None:
    written = json.loads(json_format.render(report(race()), RenderOptions()))
    assert written["version"] == 1
    assert set(" ".join(FIELDS.split()).split(", ")) <= set(json_fields(written))


def json_fields(value: Any, name: str = "") -> Iterator[str]:
    """The names of all fields with the kinds of their values."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from json_fields(inside, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from json_fields(value[0], name)
    else:
        kinds = {bool: "boolean", int: "number", float: "number", str: "string", list: "list"}
        yield f"{name} {kinds.get(type(value), 'null')}"


# The ops that rules may visit. Add new ones; never remove a name.
OPS = "Access Assign Block Call If Jump Loop Range Receive Return Select Send Switch"


def test_the_ops_that_rules_visit() -> None:
    assert [name for name in OPS.split() if not issubclass(vars(ir)[name], ir.Op)] == []
