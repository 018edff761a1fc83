from __future__ import annotations

import json

from report_sample import race, report

from golint_maps import __version__
from golint_maps.finding import Location, Related
from golint_maps.report.formats import RenderOptions
from golint_maps.report.formats import json as json_format
from golint_maps.syntax.source import LineIndex


def test_the_whole_document():
    assert json.loads(json_format.render(report(race()), RenderOptions())) == {
        "version": 1,
        "tool": {"name": "golint-maps", "version": __version__},
        "findings": [
            {
                "rule": "GM101",
                "name": "concurrent-map-write",
                "level": "warning",
                "confidence": "medium",
                "message": "Server.peers is written by two goroutines",
                "path": "srv/server.go",
                "line": 4,
                "column": 2,
                "end_line": 4,
                "end_column": 21,
                "map": "Server.peers",
                "hint": "take s.mu around both.",
                "related": [
                    {"path": "srv/ot her é.go", "line": 4, "column": 18, "message": "the other write of peers[k]"}
                ],
                "threads": [
                    {
                        "title": "the goroutine of f",
                        "steps": [
                            {
                                "path": "srv/ot her é.go",
                                "line": 4,
                                "column": 18,
                                "kind": "",
                                "message": "writes",
                                "locks": [],
                            }
                        ],
                    },
                    {
                        "title": "callers of Drop",
                        "steps": [
                            {
                                "path": "srv/server.go",
                                "line": 4,
                                "column": 2,
                                "kind": "",
                                "message": "deletes",
                                "locks": [],
                            }
                        ],
                    },
                ],
                "fingerprint": "0" * 32,
                "fix": {
                    "title": "Lock",
                    "safe": False,
                    "edits": [
                        {
                            "path": "srv/server.go",
                            "line": 4,
                            "column": 2,
                            "end_line": 4,
                            "end_column": 2,
                            "text": "s.mu.Lock()\n\t",
                        }
                    ],
                },
            }
        ],
        "summary": {
            "files": 2,
            "packages": 1,
            "partly_read": 0,
            "skipped": 0,
            "suppressed": 1,
            "known": 0,
            "seconds": 0.123,
        },
    }


def test_one_finding_on_a_line():
    lines = json_format.render(report(race(), race()), RenderOptions()).decode().splitlines()
    assert [line[:10] for line in lines] == [
        "{",
        '  "version',
        '  "tool": ',
        '  "finding',
        '    {"rule',
        '    {"rule',
        "  ],",
        '  "summary',
        "}",
    ]
    assert json.loads(json_format.render(report(), RenderOptions()))["findings"] == []


def test_undecodable_paths_stay_readable_json():
    import dataclasses

    place = Location("a\udcff.go", 0, 1)
    finding = dataclasses.replace(race(), location=place, related=(Related(place, "here"),), fix=None)
    shown = report(finding)
    shown.sources[place.path] = LineIndex.of(b"x")
    found = json.loads(json_format.render(shown, RenderOptions()).decode())["findings"][0]
    assert found["path"] == found["related"][0]["path"] == "a\ufffd.go"
    assert found["fix"] is None
