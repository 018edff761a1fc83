"""A small report for the tests of the output formats: a race over two files, with everything a finding can carry."""

from __future__ import annotations

import dataclasses

from golint_maps.engine.outcome import Problem, Report, ReportedFinding, Statistics
from golint_maps.finding import (
    Confidence,
    Edit,
    Finding,
    Fix,
    Level,
    Location,
    Related,
    ThreadStep,
    ThreadTrace,
)
from golint_maps.rule import Rule
from golint_maps.syntax.source import LineIndex

SERVER = b"package srv\n\nfunc (s *Server) Drop(id string) {\n\tdelete(s.peers, id)\n}\n"
# A tab, a wide character, and a character outside of the basic plane stand before the write.
OTHER = 'package srv\n\nfunc f(s *Server) {\n\tuse("世😀"); s.peers["k"] = 1 // \x1b[31m\n}\n'.encode()


class ConcurrentWrite(Rule):
    """Two goroutines may write one map at the same time.

    ## What it reports
    Two writes of one map, of `x[i]`, which no common lock keeps
    apart.

    ## Why it hurts
    The program dies.
    """

    id = "GM101"
    name = "concurrent-map-write"
    level = Level.ERROR


class RangeDelete(Rule):
    """The map that is ranged loses entries."""

    id = "GM201"
    name = "range-delete"
    level = Level.NOTE


class MapOrder(Rule):
    """A result depends on the order of a map."""

    id = "GM205"
    name = "map-order-dependence"
    level = Level.WARNING
    default = False


RULES: tuple[type[Rule], ...] = (ConcurrentWrite, RangeDelete, MapOrder)


def span(text: bytes, wanted: str) -> tuple[int, int]:
    """The byte range of the first occurrence of `wanted`."""
    start = text.index(wanted.encode())
    return start, start + len(wanted.encode())


def race() -> Finding:
    here = Location("srv/server.go", *span(SERVER, "delete(s.peers, id)"))
    there = Location("srv/ot her é.go", *span(OTHER, 's.peers["k"] = 1'))
    return Finding(
        rule="GM101",
        name="concurrent-map-write",
        level=Level.WARNING,
        confidence=Confidence.MEDIUM,
        message="Server.peers is written by two goroutines",
        location=here,
        map="Server.peers",
        hint="take s.mu around both.",
        related=(Related(there, "the other write of peers[k]"),),
        threads=(
            ThreadTrace("the goroutine of f", (ThreadStep(there, "writes"),)),
            ThreadTrace("callers of Drop", (ThreadStep(here, "deletes"),)),
            ThreadTrace("nothing seen", ()),
        ),
        anchor="Server.Drop",
        fix=Fix("Lock", (Edit(Location(here.path, here.start, here.start), "s.mu.Lock()\n\t"),), safe=False),
    )


def report(*findings: Finding, problems: tuple[Problem, ...] = (), partly_read: tuple[str, ...] = ()) -> Report:
    """A report of these findings, in this order."""
    return Report(
        findings=tuple(ReportedFinding(finding, f"{number:032x}") for number, finding in enumerate(findings)),
        sources={"srv/server.go": LineIndex.of(SERVER), "srv/ot her é.go": LineIndex.of(OTHER)},
        statistics=Statistics(
            files=2, packages=1, suppressed=1, lines=10, seconds=0.1234567, partly_read=len(partly_read)
        ),
        problems=problems,
        partly_read=partly_read,
    )


HOSTILE_WORDS = (
    "</script><script>alert(1)</script>",
    "::set-output name=x::y",
    "##[add-path]/evil",
    "##vso[task.setvariable variable=x]y",
    "\x1b]0;title\x07",
    "\x9b31m",
    "%0A::error::x",
    "]]>",
    "<!--",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1))",
    "\u202egnp.exe\u2066",
    "\ufffe",
    "line\r\n::error::next",
    "{{constructor}}",
    "a,b:c;d",
)


def hostile() -> Report:
    """A finding for each hostile word, which stands in its path, its message, its map, its code and all the rest."""
    findings = []
    sources: dict[str, LineIndex] = {}
    for word in HOSTILE_WORDS:
        path = f"{word}\udcff.go".replace("\r\n", "\n")
        code = f"package p // {word}\n\tm[1] = 2 // {word}\n".encode("utf-8", "surrogatepass") + b"// \xff\xfe\n"
        sources[path] = LineIndex.of(code)
        place = Location(path, *span(code, "m[1] = 2"))
        findings.append(
            dataclasses.replace(
                race(),
                message=f"{word} is written",
                location=place,
                map=word,
                hint=f"don't {word}",
                related=(Related(place, f"see {word}"),),
                threads=(
                    ThreadTrace(word, (ThreadStep(place, word, "lock", (word,)), ThreadStep(place, word, "access"))),
                    ThreadTrace(f"other {word}", (ThreadStep(place, word, "access"),)),
                ),
                fix=Fix(word, (Edit(place, word),), safe=True),
            )
        )
    return dataclasses.replace(report(*findings), sources=sources, problems=(Problem("internal", "\x1b.go", "]]>"),))
