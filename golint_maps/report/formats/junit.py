"""Findings as failed tests in the XML that JUnit's readers (Jenkins, GitLab, Azure and others) know.

A suite for each file with findings, a test case for each finding. Without findings there is one case, which passes, since
some readers take an empty report for a failure. What kept code from being analysed is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree

from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Finding
from golint_maps.report.encode import element, shown_path, to_xml
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions
from golint_maps.report.formats.text import place


def render(report: Report, options: RenderOptions) -> bytes:
    """An XML document (UTF-8)."""
    findings, problems = report.findings, report.problems
    root = element(
        None,
        "testsuites",
        name="golint-maps",
        tests=max(1, len(findings) + len(problems)),
        failures=len(findings),
        errors=len(problems),
        time=f"{report.statistics.seconds:.3f}",
    )
    for path, group in groupby(findings, key=lambda reported: reported.finding.location.path):
        _suite(root, path, list(group), report)
    if problems:
        suite = _new_suite(root, "golint-maps", tests=len(problems), errors=len(problems))
        for problem in problems:
            case = element(suite, "testcase", name=problem.kind, classname=shown_path(problem.path), time="0.000")
            element(case, "error", message=problem.detail, type=problem.kind)
    if not findings and not problems:
        suite = _new_suite(root, "golint-maps", tests=1)
        element(suite, "testcase", name="unsafe map usage", classname="golint-maps", time="0.000")
    return to_xml(root)


def _new_suite(
    root: ElementTree.Element, name: str, *, tests: int, failures: int = 0, errors: int = 0
) -> ElementTree.Element:
    numbers = {"tests": tests, "failures": failures, "errors": errors, "skipped": 0, "time": "0.000"}
    return element(root, "testsuite", name=name, **numbers)


def _suite(root: ElementTree.Element, path: str, group: Sequence[ReportedFinding], report: Report) -> None:
    suite = _new_suite(root, shown_path(path), tests=len(group), failures=len(group))
    for reported in group:
        finding = reported.finding
        line = report.sources[path].line(finding.location.start)
        case = element(
            suite,
            "testcase",
            name=f"{finding.rule} {finding.name}:{line}",
            classname=shown_path(path),
            file=shown_path(path),
            line=line,
            time="0.000",
        )
        failure = element(case, "failure", message=finding.message, type=finding.level.label)
        failure.text = "\n".join(_words(finding, report))


def _words(finding: Finding, report: Report) -> Iterator[str]:
    yield f"{place(finding.location, report.sources)}: {clean(finding.message)}"
    for related in finding.related:
        yield f"{place(related.location, report.sources)}: {clean(related.message)}"
    if finding.hint:
        yield f"hint: {clean(finding.hint)}"
