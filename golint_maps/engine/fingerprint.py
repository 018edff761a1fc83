"""Fingerprints: what a finding is known by from run to run, however the lines around it move."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from golint_maps.engine.outcome import ReportedFinding
from golint_maps.finding import Finding
from golint_maps.syntax.source import LineIndex


def with_fingerprints(findings: Iterable[Finding], sources: Mapping[str, LineIndex]) -> tuple[ReportedFinding, ...]:
    """The findings, in their order, each with its fingerprint (32 hexadecimal digits), unique among them.

    It is made of the rule, the map, the anchor, the text of the line without its white space, and a number which tells
    equal ones apart. The path is no part of it, so that moving a file doesn't make its findings new.
    """
    seen: Counter[bytes] = Counter()
    reported = []
    for finding in findings:
        index = sources[finding.location.path]
        line = b" ".join(index.line_bytes(index.line(finding.location.start)).split())
        names = (finding.rule, finding.map, finding.anchor)
        content = b"\0".join((*(name.encode("utf-8", "surrogateescape") for name in names), line))
        identity = hashlib.sha256(b"%s\0%d" % (content, seen[content])).hexdigest()[:32]
        seen[content] += 1
        reported.append(ReportedFinding(finding, identity))
    return tuple(reported)
