"""Suppression comments: which findings a file's comments silence, and which of those comments do nothing.

    x := m[k] //nolint:golint_maps // the map is read-only here      one line, all our rules
    //nolint:GM101,errcheck // guarded by the caller                 the next line, or the declaration that starts there
    //golint-maps:ignore GM101,range-delete reason                   the same, for these rules
    //golint-maps:ignore-file GM2 reason                             the whole file

A bare `//nolint` is honoured too, but is never called unused, since it speaks to other linters as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from golint_maps.engine.comments import Comment, end_of_declaration, line_comments
from golint_maps.engine.select import ALL, matches, nearest
from golint_maps.finding import Confidence, Finding, Level, Location
from golint_maps.record import record
from golint_maps.rule import Rule
from golint_maps.syntax.source import LineIndex

_WORDS = re.compile(rb"nolint|golint-maps:")
_NOLINT = re.compile(r"//[/\s]*nolint(?::\s*(?P<names>[\w-]+(?:\s*,\s*[\w-]+)*))?(?![\w:-])")
_IGNORE = re.compile(r"//\s*golint-maps:(?P<verb>ignore-file|ignore)(?![\w-])(?P<rest>.*)")
_SELECTORS = re.compile(r"\s*(?P<names>[\w-]+(?:\s*,\s*[\w-]+)*)")
_OURS = frozenset({"golint_maps", "golint-maps"})
_OUR_ID = re.compile(r"GM\d+", re.IGNORECASE)
_DECLARATION = re.compile(rb"[ \t]*(?:func|type|var|const)\b")
_PACKAGE = re.compile(rb"[ \t]*package\b")
_COMMENT_LINE = re.compile(rb"[ \t]*//")


class UnusedSuppression(Rule):
    """A suppression comment that silences nothing.

    ## What it reports

    A `//nolint:golint_maps`, `//nolint:GM101`, `//golint-maps:ignore` or `//golint-maps:ignore-file` comment in whose
    range none of the rules it names has anything to report, and names in such a comment that mean no rule. Only rules
    that took part in the run are judged.

    ## Why it hurts

    The comment says that there is a danger here which somebody has thought about. When that is no longer so, it
    misleads the reader, and it will silence the next finding on that line, which nobody has thought about.

    ## Bad

    ```go
    package main

    import "fmt"

    func main() {
        ages := map[string]int{"ann": 40}
        fmt.Println(ages["ann"]) //nolint:GM101 // nobody else has it
    }
    ```

    ## Good

    ```go
    package main

    import "fmt"

    func main() {
        ages := map[string]int{"ann": 40}
        fmt.Println(ages["ann"])
    }
    ```

    ## When it stays silent

    A bare `//nolint`, and the names of other linters, may be there for the sake of those. The rule is off unless
    `--report-unused-suppressions` is given.

    ## How to fix

    Remove the comment, or the name that does nothing.

    ## Configure and suppress

    `--report-unused-suppressions`, or `report-unused-suppressions = true` in `.golint-maps.toml`, turns the rule on;
    `--ignore GM001` turns it off again.

    ## References

    - [How comments silence findings](https://golangci-lint.run/docs/linters/false-positives/): the convention of
      `//nolint`
    """

    id = "GM001"
    name = "unused-suppression"
    level = Level.WARNING
    default = False


@record(frozen=True, slots=True)
class Directive:
    """A suppression comment: it silences `selectors` (as written) on the lines from `first` to `last` (1-based).

    `own`: it speaks to golint-maps alone; `foreign`: its names may as well be those of other linters. `problem` is what
    is wrong with its form, if anything.
    """

    comment: Comment
    first: int
    last: int
    selectors: tuple[str, ...]
    own: bool = False
    foreign: bool = False
    problem: str = ""

    def silences(self, line: int, rule: type[Rule]) -> str | None:
        """The selector by which it silences `rule` on the 1-based `line`, or None."""
        if not self.first <= line <= self.last:
            return None
        return next((selector for selector in self.selectors if matches(selector, rule)), None)


def may_hold_comments(text: bytes) -> bool:
    """Whether a text may have suppression comments: a quick look."""
    return _WORDS.search(text) is not None


def directives(index: LineIndex) -> tuple[Directive, ...]:
    """The suppression comments of a file, in order."""
    if not may_hold_comments(index.text):
        return ()
    found = (_directive(comment, index) for comment in line_comments(index.text))
    return tuple(directive for directive in found if directive is not None)


class Suppressions:
    """The suppression comments of a run's files, and which of them were of use."""

    def __init__(self, sources: Mapping[str, LineIndex], rules: Iterable[type[Rule]]) -> None:
        """`sources` are the files that are reported on, by path; `rules` all that a comment may name."""
        self._rules = {rule.id: rule for rule in rules}
        self._sources = sources
        self._directives = {path: found for path, index in sources.items() if (found := directives(index))}
        self._used: set[tuple[str, int, str]] = set()

    def silence(self, finding: Finding) -> bool:
        """Whether a comment silences `finding`; the comment counts as used. Only the main location matters."""
        rule = self._rules.get(finding.rule)
        found = self._directives.get(finding.location.path)
        if rule is None or found is None:
            return False
        line = self._sources[finding.location.path].line(finding.location.start)
        silent = False
        for directive in found:
            selector = directive.silences(line, rule)
            if selector is not None and (rule is not UnusedSuppression or selector.upper() != ALL):
                self._used.add((finding.location.path, directive.comment.start, selector))
                silent = True
        return silent

    def unused(self, ran: Sequence[type[Rule]]) -> list[Finding]:
        """What is wrong with the comments that speak to us, after all findings were put to `silence`.

        A name is judged if all rules that it stands for (and that are on by default, where it stands for many) are
        among those that `ran`.
        """
        findings = []
        for path, found in self._directives.items():
            for directive in found:
                if directive.own or directive.foreign:
                    message = "; ".join(self._complaints(path, directive, ran))
                    if message:
                        findings.append(_finding(path, directive.comment, message))
        return [finding for finding in findings if not self.silence(finding)]

    def _complaints(self, path: str, directive: Directive, ran: Sequence[type[Rule]]) -> Iterable[str]:
        if directive.problem:
            yield directive.problem
        for selector in directive.selectors:
            meant = [rule for rule in self._rules.values() if matches(selector, rule)]
            if not meant and selector.upper() != ALL:
                if directive.foreign and not _OUR_ID.fullmatch(selector):
                    continue
                close = nearest(selector, list(self._rules.values()))
                yield f"unknown rule {selector}" + (f" (did you mean {close}?)" if close else "")
            elif (path, directive.comment.start, selector) not in self._used and _judged(meant, ran):
                what = "golint-maps" if selector.upper() == ALL else selector
                yield f"{what} has nothing to report here"


def _judged(meant: Sequence[type[Rule]], ran: Sequence[type[Rule]]) -> bool:
    """Whether a run of the rules `ran` can tell that none of `meant` has anything to report."""
    needed = meant if len(meant) == 1 else [rule for rule in meant if rule.default]
    return all(rule in ran for rule in needed if rule is not UnusedSuppression)


def _finding(path: str, comment: Comment, message: str) -> Finding:
    rule = UnusedSuppression
    return Finding(
        rule=rule.id,
        name=rule.name,
        level=rule.level,
        confidence=Confidence.HIGH,
        message=f"this comment suppresses nothing: {message}",
        location=Location(path, comment.start, comment.end),
        hint="remove what does nothing",
    )


def _directive(comment: Comment, index: LineIndex) -> Directive | None:
    text = comment.text.decode("utf-8", "replace")
    if nolint := _NOLINT.match(text):
        return _nolint(_split(nolint["names"] or "all"), comment, index)
    if ignore := _IGNORE.match(text):
        selectors = _SELECTORS.match(ignore["rest"])
        names = _split(selectors["names"]) if selectors else ()
        problem = "" if names else "it names no rule"
        lines = (1, len(index.starts)) if ignore["verb"] == "ignore-file" else _lines(comment, index)
        return Directive(comment, *lines, names, own=True, problem=problem)
    return None


def _nolint(names: tuple[str, ...], comment: Comment, index: LineIndex) -> Directive:
    """golangci-lint's comment, which may name all linters, us, our rules, and other linters."""
    ours = any(name.lower() in _OURS for name in names)
    if ours or any(name.lower() == "all" for name in names):
        return Directive(comment, *_lines(comment, index), (ALL,), own=ours)
    return Directive(comment, *_lines(comment, index), names, foreign=True)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))


def _lines(comment: Comment, index: LineIndex) -> tuple[int, int]:
    """The lines (1-based, inclusive) that a comment speaks about: its own, the next, a declaration, or the file."""
    line = index.line(comment.start)
    if not index.text[index.line_start(line) : comment.start].strip():
        line += 1
        while _COMMENT_LINE.match(index.line_bytes(line)):
            line += 1
    start = index.line_start(line)
    if _PACKAGE.match(index.text, start):
        return 1, len(index.starts)
    if _DECLARATION.match(index.text, start):
        return line, index.line(end_of_declaration(index.text, start))
    return line, line
