"""Findings as SARIF 2.1.0, in the shape that code-scanning services accept and viewers show well.

One run; results in the order of the report; columns in UTF-16 units. The other sides of a conflict are related
locations, linked from the message, since viewers show only those that are; what each goroutine does is a thread flow
of its own.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from golint_maps import HOME, __version__
from golint_maps.engine.outcome import Report, ReportedFinding
from golint_maps.finding import Finding, Fix, Level, Location, ThreadTrace
from golint_maps.report.encode import below, to_json
from golint_maps.report.excerpt import clean
from golint_maps.report.formats import RenderOptions
from golint_maps.report.regions import first_line, region
from golint_maps.syntax.source import LineIndex

if TYPE_CHECKING:
    import sarif_om

    from golint_maps.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "golintMapsIdentity/v1"

# Beyond these, GitHub rejects the file or cuts it down by itself.
MAX_RESULTS = 25_000
MAX_BYTES = 10_000_000
MAX_RELATED = 50
MAX_STEPS = 1_000
MAX_DESCRIPTION = 1_024
MAX_CONTEXT = 2_048

PARTLY_READ = "This file has syntax that could not be read, or a function too large; the rest of it was checked."

_PROBLEM_SEVERITY = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def render(report: Report, options: RenderOptions) -> bytes:
    """The report as a SARIF log (JSON on one line, UTF-8). `options.rules` become the rules of the driver."""
    from golint_maps.report.sarif_tree import plain

    limit = MAX_RESULTS
    while True:
        writer = _Writer(report, options, limit)
        # On one line: indenting takes ten times as long and doubles what services limit.
        data = to_json(plain(writer.log())).encode("utf-8", "replace") + b"\n"
        if len(data) <= MAX_BYTES or limit <= 1:
            break
        packed = len(zlib.compress(data))
        if packed <= MAX_BYTES:
            break
        limit = max(1, int(0.9 * min(limit, len(report.findings) + len(report.silenced)) * MAX_BYTES / packed))
    options.left_out["results"] = writer.left_out
    return data


class _Writer:
    """Builds one log. sarif-om is imported when the first is built: it costs more than the rest of the program."""

    def __init__(self, report: Report, options: RenderOptions, limit: int) -> None:
        """`limit` is the number of results to write at most."""
        import sarif_om

        self.om = sarif_om
        self.report = report
        self.options = options
        everything = [*((reported, False) for reported in report.findings), *((one, True) for one in report.silenced)]
        # The loudest are the ones to keep, in the order of the report.
        loudest = sorted(
            range(len(everything)),
            key=lambda number: (
                everything[number][1],
                -everything[number][0].finding.level,
                -everything[number][0].finding.confidence,
            ),
        )
        self.kept = [everything[number] for number in sorted(loudest[:limit])]
        self.left_out = len(everything) - len(self.kept)
        self.rule_index = {rule.id: index for index, rule in enumerate(options.rules)}

    def log(self) -> sarif_om.SarifLog:
        """The whole log."""
        driver = self.om.ToolComponent(
            name="golint-maps",
            version=__version__,
            semantic_version=__version__,
            information_uri=HOME,
            rules=[self.rule(rule) for rule in self.options.rules],
        )
        run = self.om.Run(
            tool=self.om.Tool(driver=driver),
            automation_details=self.om.RunAutomationDetails(id=f"{self.options.category}/"),
            column_kind="utf16CodeUnits",
            invocations=[self.invocation(self.left_out)],
            original_uri_base_ids={
                ROOT: self.om.ArtifactLocation(description=self.om.Message(text="The top of the repository."))
            },
            results=[self.result(reported, silenced) for reported, silenced in self.kept],
        )
        return self.om.SarifLog(runs=[run], version="2.1.0", schema_uri=SCHEMA)

    def rule(self, rule: type[Rule]) -> sarif_om.ReportingDescriptor:
        """What a viewer shows of a rule."""
        page = rule.page()
        return self.om.ReportingDescriptor(
            id=rule.id,
            name=_pascal_case(rule.name),
            short_description=self.om.MultiformatMessageString(text=_shorten(rule.summary() or rule.name)),
            full_description=self.om.MultiformatMessageString(text=_shorten(_what_it_reports(page) or rule.name)),
            help=self.om.MultiformatMessageString(text=page or rule.name, markdown=page or rule.name),
            default_configuration=self.om.ReportingConfiguration(level=rule.level.label, enabled=rule.default),
            properties={
                "tags": ["go", "map", "reliability"],
                "precision": "high" if rule.default else "medium",
                "problem.severity": _PROBLEM_SEVERITY[rule.level],
            },
        )

    def result(self, reported: ReportedFinding, silenced: bool = False) -> sarif_om.Result:
        """One finding."""
        finding = reported.finding
        flows = [self.thread_flow(thread) for thread in finding.threads if thread.steps]
        return self.om.Result(
            rule_id=finding.rule,
            rule_index=self.rule_index.get(finding.rule, -1),
            kind="fail",
            level=finding.level.label,
            message=self.om.Message(text=_linked_message(finding)),
            locations=[self.location(finding.location, context=True)],
            related_locations=[
                self.location(related.location, related.message, number)
                for number, related in enumerate(finding.related[:MAX_RELATED], 1)
            ]
            or None,
            code_flows=[self.om.CodeFlow(thread_flows=flows)] if flows else None,
            fixes=[self.fix(finding.fix)] if finding.fix else None,
            suppressions=[self.om.Suppression(kind="inSource")] if silenced else None,
            partial_fingerprints={FINGERPRINT: reported.fingerprint},
            properties={"confidence": finding.confidence.label, **({"map": finding.map} if finding.map else {})},
        )

    def thread_flow(self, thread: ThreadTrace) -> sarif_om.ThreadFlow:
        """What one goroutine does."""
        steps = [
            self.om.ThreadFlowLocation(location=self.location(step.location, step.message), importance="essential")
            for step in thread.steps[:MAX_STEPS]
        ]
        return self.om.ThreadFlow(
            locations=steps, message=self.om.Message(text=clean(thread.title)) if thread.title else None
        )

    def fix(self, fix: Fix) -> sarif_om.Fix:
        """A rewrite, one change for each file."""
        changes = []
        for path in dict.fromkeys(edit.location.path for edit in fix.edits):
            replacements = [
                self.om.Replacement(
                    deleted_region=self.region(edit.location, whole=True),
                    inserted_content=self.om.ArtifactContent(text=edit.text),
                )
                for edit in fix.edits
                if edit.location.path == path
            ]
            changes.append(self.om.ArtifactChange(artifact_location=self.artifact(path), replacements=replacements))
        return self.om.Fix(artifact_changes=changes, description=self.om.Message(text=fix.title))

    def location(
        self, location: Location, message: str = "", number: int = -1, *, context: bool = False
    ) -> sarif_om.Location:
        """A place, with what happens there and the number by which a message links to it, perhaps with lines around."""
        return self.om.Location(
            id=number,
            physical_location=self.om.PhysicalLocation(
                artifact_location=self.artifact(location.path),
                region=self.region(location),
                context_region=self.context(location) if context else None,
            ),
            message=self.om.Message(text=clean(message)) if message else None,
        )

    def region(self, location: Location, whole: bool = False) -> sarif_om.Region:
        """A range; cut to its first line unless `whole`, as a pull request shows only what lies in changed lines."""
        index: LineIndex = self.report.sources[location.path]
        end = location.end if whole else first_line(index, location.start, location.end)
        place = region(index, location.start, end, index.column_utf16)
        return self.om.Region(
            start_line=place.start_line,
            start_column=place.start_column,
            end_line=place.end_line,
            end_column=place.end_column,
            snippet=None if whole else self.om.ArtifactContent(text=_decode(index.text[location.start : end])),
        )

    def context(self, location: Location) -> sarif_om.Region | None:
        """The line of a place and its neighbours; None where that would be too much or nothing more than the line."""
        index: LineIndex = self.report.sources[location.path]
        line = index.line(location.start)
        first, last = max(1, line - 1), min(line + 1, len(index.starts))
        text = index.text[index.line_start(first) : index.line_start(last) + len(index.line_bytes(last))]
        if first == last or len(text) > MAX_CONTEXT:
            return None
        return self.om.Region(start_line=first, end_line=last, snippet=self.om.ArtifactContent(text=_decode(text)))

    def artifact(self, path: str) -> sarif_om.ArtifactLocation:
        """A file: relative to the root, or absolute when it lies outside."""
        inside = below(path, self.options.folder)
        outside = inside.startswith(("/", "../")) or bool(PurePath(path).drive)
        if outside and self.options.root:
            return self.om.ArtifactLocation(uri=_file_uri(self.options.root, path))
        return self.om.ArtifactLocation(uri=_quote(inside), uri_base_id=ROOT)

    def invocation(self, left_out: int) -> sarif_om.Invocation:
        """How the run went: what could not be read, and what went wrong."""
        notifications = [
            self.om.Notification(
                message=self.om.Message(text=problem.detail or problem.kind),
                level="error",
                locations=self._file(problem.path),
            )
            for problem in self.report.problems
        ]
        notifications += [
            self.om.Notification(
                message=self.om.Message(text=PARTLY_READ),
                level="warning",
                locations=self._file(path),
            )
            for path in self.report.partly_read
        ]
        notifications += [
            self.om.Notification(message=self.om.Message(text=note), level="note") for note in self.report.notes
        ]
        if left_out:
            text = f"{left_out} findings of the lowest levels were left out, as services take {MAX_RESULTS:,} results and 10 MB."
            notifications.append(self.om.Notification(message=self.om.Message(text=text), level="warning"))
        return self.om.Invocation(
            execution_successful=not self.report.problems, tool_execution_notifications=notifications
        )

    def _file(self, path: str) -> Sequence[sarif_om.Location] | None:
        if not path:
            return None
        return [self.om.Location(physical_location=self.om.PhysicalLocation(artifact_location=self.artifact(path)))]


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _linked_message(finding: Finding) -> str:
    """The message, followed by a link to each related location, and the hint."""
    text = clean(finding.message).replace("](", "] (").rstrip()
    if not text.endswith((".", "!", "?")):
        text += "."
    if finding.related:
        links = (
            f"[{_escape_link(clean(related.message) or 'related place')}]({number})"
            for number, related in enumerate(finding.related[:MAX_RELATED], 1)
        )
        text += f" See: {'; '.join(links)}."
    if finding.hint:
        text += f" Hint: {clean(finding.hint).replace('](', '] (').rstrip('.')}."
    return text


def _escape_link(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _pascal_case(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))


def _what_it_reports(page: str) -> str:
    """The section of that name of a rule's page, else what comes before the first heading; as one paragraph."""
    intro, *sections = re.split(r"^##\s+", page, flags=re.MULTILINE)
    for section in sections:
        title, _, body = section.partition("\n")
        if title.strip().lower() == "what it reports" and body.strip():
            return " ".join(body.split())
    return " ".join(intro.split())


def _shorten(text: str) -> str:
    if len(text) <= MAX_DESCRIPTION:
        return text
    return text[: MAX_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def _quote(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def _file_uri(root: str, path: str) -> str:
    """The `file:` URI of a path that leads out of `root` (both with `/`)."""
    absolute = path if path.startswith("/") or PurePath(path).drive else f"{root}/{path}"
    drive, _, rest = absolute.replace("\\", "/").rpartition(":")
    parts: list[str] = []
    for part in rest.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "file:///" + (f"{drive}:/" if drive else "") + _quote("/".join(parts))
