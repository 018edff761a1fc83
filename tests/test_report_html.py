"""The page, as text, and as a real browser shows it."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html.parser
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from report_sample import RULES, hostile, race, report

from golint_maps.engine.outcome import Report
from golint_maps.finding import Level, Location, ThreadStep, ThreadTrace
from golint_maps.report.formats import RenderOptions, formats
from golint_maps.syntax.source import LineIndex

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking",
    "--disable-component-update --disable-sync --disable-dev-shm-usage --window-size=1600,1000",
)
browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)")


def page(shown: Report) -> str:
    return formats()["html"].render(shown, RenderOptions(rules=RULES)).decode()


def dump(folder: Path, shown: Report, script: str = "", flags: Sequence[str] = (), fragment: str = "") -> str:
    """The page after its script has run, as the browser serialises it; `script` is run behind it, and is allowed to be."""
    assert CHROMIUM is not None
    text = page(shown)
    if script:
        script = "{" + script + "}"  # a block: its names are not the page's
        allowed = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        text = text.replace("script-src '", f"script-src '{allowed}' '", 1)
        text = text.replace("</body>", f"<script>{script}</script></body>")
    file = folder / "report.html"
    file.write_text(text, "utf-8")
    command = [
        CHROMIUM,
        *" ".join(FLAGS).split(),
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        file.as_uri() + fragment,
    ]
    return subprocess.run(command, capture_output=True, timeout=300, check=True).stdout.decode()


class Reader(html.parser.HTMLParser):
    """The elements of a page with their attributes, and the text of those with a class or an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[tuple[str, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag not in ("meta", "input", "br"):
            keys = [*(given.get("class") or "").split(), *([f"#{given['id']}"] if given.get("id") else [])]
            for key in keys:
                self.texts.setdefault(key, []).append("")
            self._open.append((tag, keys))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, keys in self._open:
            for key in keys:
                self.texts[key][-1] += data


def conflict() -> Report:
    """A race of which one side holds a lock."""
    here = race().location
    there = race().related[0].location
    threads = (
        ThreadTrace("main", (ThreadStep(here, "main calls Drop", "call"), ThreadStep(here, "is deleted", "access"))),
        ThreadTrace(
            "the goroutine of f",
            (
                ThreadStep(there, "the goroutine starts", "start"),
                ThreadStep(there, "takes s.mu", "lock", ("s.mu",)),
                ThreadStep(there, "is written holding `s.mu`", "access", ("s.mu",)),
            ),
        ),
    )
    note = dataclasses.replace(race(), rule="GM201", name="range-delete", level=Level.NOTE, map="other", threads=())
    return report(dataclasses.replace(race(), threads=threads), note)


# As text.


def test_the_page_needs_nothing_from_elsewhere():
    for tag, attributes in Reader(page(conflict())).elements:
        assert not {"src", "action", "srcset", "style"} & set(attributes), tag
        assert attributes.get("href", "#").startswith("#"), tag
        assert not any(name.startswith("on") for name in attributes), tag
    assert "@import" not in page(conflict())


def test_the_policy_allows_this_script_and_style_and_nothing_else():
    text = page(hostile())
    policies = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    directives = dict(part.strip().split(" ", 1) for part in policies[0].split(";"))
    assert len(policies) == 1
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert directives[name] == f"'sha256-{digest}'"


def test_hostile_code_stays_data():
    reader = Reader(page(hostile()))
    assert [tag for tag, _ in reader.elements].count("script") == 2
    assert "img" not in [tag for tag, _ in reader.elements]
    (data,) = re.findall(r'id="data">(.*?)</script>', page(hostile()), re.DOTALL)
    assert "<" not in data
    messages = [finding["message"] for finding in json.loads(data)["findings"]]
    assert "</script><script>alert(1)</script> is written" in messages


def test_what_is_marked_is_what_was_meant():
    (data,) = re.findall(r'id="data">(.*?)</script>', page(report(race())), re.DOTALL)
    told = json.loads(data)
    place = told["findings"][0]["threads"][0]["steps"][0]
    line = told["lines"][place["path"]][str(place["line"])].encode("utf-16-le")
    start, end = place["mark"]
    assert line[2 * start : 2 * end].decode("utf-16-le") == 's.peers["k"] = 1'


def test_long_lines_are_cut_around_what_is_marked():
    text = b"x" * 100_000 + b"HERE" + b"y" * 100_000
    path = "long.go"
    shown = report(
        dataclasses.replace(race(), location=Location(path, 100_000, 100_004), related=(), threads=(), fix=None)
    )
    shown.sources[path] = LineIndex.of(text)
    (data,) = re.findall(r'id="data">(.*?)</script>', page(shown), re.DOTALL)
    told = json.loads(data)
    start, end = told["findings"][0]["place"]["mark"]
    assert told["lines"][path]["1"][start:end] == "HERE"
    assert len(data) < 4_000


# In a browser.


@browser
def test_a_conflict_is_seen(tmp_path):
    texts = Reader(dump(tmp_path, conflict())).texts
    assert [" ".join(title.split()) for title in texts["lane-title"]] == [
        "maingoroutine A",
        "the goroutine of fgoroutine B",
    ]
    assert len(texts["access"]) == 2
    assert "is deleted" in texts["access"][0] and "delete(s.peers, id)" in texts["access"][0]
    assert "is written holding s.mu" in texts["access"][1]
    assert [bar for bar in texts["bar"] if bar] == ["no lock", "s.mu"]
    assert len(texts["held"]) == 3  # two steps of the lane, and the legend
    assert texts["clash"] == ["at the same time"]
    assert texts["hint"][0].startswith("How to fix: take s.mu around both.")
    assert texts["#count"] == ["2 problems in 2 files of 1 package"]


@browser
def test_the_accesses_stand_side_by_side_and_lock_bars_last_until_them(tmp_path):
    script = """
      const top = [...document.querySelectorAll('.access')].map((node) => Math.round(node.getBoundingClientRect().top));
      const left = [...document.querySelectorAll('.access')].map((node) => node.getBoundingClientRect().left);
      const bars = [...document.querySelectorAll('.two .bar.held')].map((node) => node.getBoundingClientRect());
      document.title = JSON.stringify({
        level: top[0] === top[1], apart: left[1] - left[0], gap: bars[1].top - bars[0].bottom,
        wide: document.documentElement.scrollWidth <= innerWidth,
      });
    """
    text = dump(tmp_path, conflict(), script)
    told = json.loads(html.unescape(re.findall(r"<title>(.*?)</title>", text)[0]))
    assert told["level"] is True and told["apart"] > 300 and abs(told["gap"]) < 1 and told["wide"] is True


@browser
def test_filters_search_and_keys(tmp_path):
    script = """
      const count = () => document.getElementById('count').textContent;
      const type = (text) => {
        const search = document.getElementById('search');
        search.value = text;
        search.dispatchEvent(new Event('input'));
      };
      const choose = (id, value) => {
        const node = document.getElementById(id);
        node.value = value;
        node.dispatchEvent(new Event('change'));
      };
      const key = (name) => (document.activeElement || document.body)
        .dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
      const chosen = () => document.querySelector('[aria-selected=true]')?.querySelector('.what').textContent ?? null;
      const out = {};
      type('server.peers race'); out.none = [count(), chosen(), document.querySelector('#detail').textContent];
      type('peers GM101'); out.search = [count(), chosen()];
      type('');
      choose('rule', 'GM201'); out.rule = [count(), chosen()];
      choose('rule', '');
      choose('package', '=srv'); out.package = count();
      choose('package', '');
      document.querySelector('#levels .note').click(); out.level = [count(), chosen()];
      document.querySelector('#levels .note').click(); out.back = count();
      document.getElementById('list').focus();
      key('ArrowDown'); out.down = chosen();
      key('k'); out.up = chosen();
      key('End'); out.end = chosen();
      key('Enter'); out.enter = document.activeElement.id;
      key('/'); out.slash = document.activeElement.id;
      key('Escape'); out.escape = document.activeElement.id;
      const dark = document.documentElement.classList.contains('dark');
      document.getElementById('theme').click();
      out.theme = document.documentElement.classList.contains('dark') !== dark;
      document.title = JSON.stringify(out);
    """
    text = dump(tmp_path, conflict(), script)
    told = json.loads(html.unescape(re.findall(r"<title>(.*?)</title>", text)[0]))
    assert told == {
        "none": ["0 of 2 problems", None, "No finding matches."],
        "search": ["1 of 2 problems", "Server.peers"],
        "rule": ["1 of 2 problems", "other"],
        "package": "2 problems in 2 files of 1 package",
        "level": ["1 of 2 problems", "Server.peers"],
        "back": "2 problems in 2 files of 1 package",
        "down": "other",
        "up": "Server.peers",
        "end": "other",
        "enter": "detail",
        "slash": "search",
        "escape": "list",
        "theme": True,
    }


@browser
def test_hostile_code_does_nothing_in_a_browser(tmp_path):
    script = """
      const items = document.querySelectorAll('#list li');
      for (const item of items) item.click();
      document.title = JSON.stringify([items.length, document.scripts.length, document.images.length,
        document.querySelectorAll('#detail a, #list a, iframe').length]);
    """
    text = dump(tmp_path, hostile(), script)
    told = json.loads(html.unescape(re.findall(r"<title>(.*?)</title>", text)[0]))
    assert told == [len(hostile().findings), 3, 0, 0]


@browser
def test_thousands_of_findings(tmp_path):
    many = [dataclasses.replace(conflict().findings[0].finding, map=f"map{number}") for number in range(5_000)]
    script = """
      const before = performance.now();
      const search = document.getElementById('search');
      search.value = 'map4999';
      search.dispatchEvent(new Event('input'));
      document.body.offsetHeight;
      document.title = JSON.stringify([document.getElementById('count').textContent, performance.now() - before]);
    """
    text = dump(tmp_path, report(*many), script)
    count, milliseconds = json.loads(html.unescape(re.findall(r"<title>(.*?)</title>", text)[0]))
    assert count == "1 of 5,000 problems"
    assert milliseconds < 20_000  # on a machine that has other things to do


@browser
def test_a_link_leads_to_its_finding(tmp_path):
    shown = conflict()
    text = dump(tmp_path, shown, fragment=f"#{shown.findings[1].fingerprint}")
    assert "other" in Reader(text).texts["#detail"][0]


@browser
def test_it_follows_the_readers_choice_of_dark(tmp_path):
    assert 'class="dark"' in dump(tmp_path, conflict(), flags=["--blink-settings=preferredColorScheme=0"])


@browser
def test_nothing_found_and_nothing_to_run(tmp_path):
    assert Reader(dump(tmp_path, report())).texts["empty"][0] == "No problems found."
