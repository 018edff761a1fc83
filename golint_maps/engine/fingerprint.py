"""Fingerprints: what a finding is known by from run to run, however the code around it moves."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from golint_maps.engine.outcome import ReportedFinding
from golint_maps.finding import Finding
from golint_maps.syntax.source import LineIndex

# What gofmt and other hands may change without a change of meaning: white space, comments, and the comma or semicolon
# that a line break before a bracket needs. Strings are matched so that nothing in them is taken for a comment.
_STRING = rb"\"(?:\\.|[^\"\\\n])*\"|`[^`]*`|'(?:\\.|[^'\\\n])*'"
_TOKENS = re.compile(rb"(?s)(" + _STRING + rb")|//[^\n]*|/\*.*?\*/|\s+|[,;](?=(?:\s|//[^\n]*\n|/\*.*?\*/)*[)\]}])")
_CLOSURE = re.compile(r"\.func\d+")


def with_fingerprints(findings: Iterable[Finding], sources: Mapping[str, LineIndex]) -> tuple[ReportedFinding, ...]:
    """The findings, in their order, each with its fingerprint (32 hexadecimal digits), unique among them.

    It is made of the rule, the map, the declared function, and the code that the finding points at, without its white
    space and comments. The path and the line are no part of it, so that moving code doesn't make its findings new. The
    second one of equal content has `:2` behind it, and so on.
    """
    seen: Counter[str] = Counter()
    reported = []
    for finding in findings:
        place = finding.location
        code = _TOKENS.sub(rb"\1", sources[place.path].text[place.start : place.end])
        # The number of a closure says where it stands among others, which is not its own affair.
        names = (finding.rule, _CLOSURE.sub("", finding.map), _CLOSURE.sub("", finding.anchor))
        content = b"\0".join((*(name.encode("utf-8", "surrogateescape") for name in names), code))
        identity = hashlib.sha256(content).hexdigest()[:32]
        seen[identity] += 1
        number = seen[identity]
        reported.append(ReportedFinding(finding, identity if number == 1 else f"{identity}:{number}"))
    return tuple(reported)


def content(fingerprint: str) -> str:
    """The part of a fingerprint that findings of equal content have in common."""
    return fingerprint.partition(":")[0]
