"""What users build upon (docs/stability.md): a failure here means that a change would break them."""

from __future__ import annotations

import dataclasses

from golint_maps import cli
from golint_maps.engine.run import known_rules
from golint_maps.finding import Confidence, Finding, Level, Location
from golint_maps.rule import Rule

# Ids that were released, with their names. Add new ones; never change or remove a line.
RULES = """
GM001 unused-suppression, GM101 concurrent-map-write, GM102 concurrent-map-read-write, GM103 concurrent-map-iteration,
GM104 inconsistent-lock, GM105 write-under-rlock, GM106 guarded-map-escapes, GM107 check-then-act, GM108 wrong-lock,
GM109 published-map-mutated, GM110 atomic-compare-map, GM111 guard-deadlock, GM201 range-delete, GM202 range-insert,
GM203 range-value-copy, GM204 range-goroutine, GM205 map-order-dependence, GM206 range-lock-dropped,
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
