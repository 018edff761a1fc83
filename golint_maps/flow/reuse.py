"""What the analysis of a package keeps for the next one, after an edit: trees, functions, and what was found out of them.

A file's functions depend on its text and on declarations: those of its package, wherever these stand, and those of other
packages. What is found out of a function depends on the same, and on what is known of the functions that it calls.
Whoever keeps a `Reuse` has to start with a new one when the facts of other packages, or settings, have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from golint_maps.flow import ir
from golint_maps.project.package import GoFile
from golint_maps.syntax.parser import Parsed, parse
from golint_maps.types.changes import Changes, changes
from golint_maps.types.declarations import PackageTypes, TypeDecl, placeless
from golint_maps.types.resolve import Declaration

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LoweredFile:
    """The functions of one file, and the types that are declared inside of them.

    `imports` are the packages that the file imports, by the names that it has for them. `cut` tells that parts of it were
    too long to be lowered, `partly` that parts could not be parsed.
    """

    file: GoFile
    functions: tuple[ir.Function, ...]
    types: Mapping[str, TypeDecl]
    imports: Mapping[str, str]
    cut: bool
    partly: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    rests_on: Hashable
    found: object


@dataclass(slots=True)
class _Kept:
    """What rests on the types of a package: its functions by path, what was found out of them, and of all together."""

    declared: PackageTypes | None = None
    lowered: dict[str, LoweredFile] = field(default_factory=dict)
    answers: dict[str, dict[tuple[str, ir.Function], object]] = field(default_factory=dict)
    whole: dict[str, object] = field(default_factory=dict)


class Reuse:
    """Everything that is kept of one package."""

    def __init__(self) -> None:
        self._parsed: dict[str, tuple[bytes, Parsed]] = {}
        self._declarations: dict[str, tuple[bytes, list[Declaration]]] = {}
        self._now = _Kept()
        # From before the types became others: while a brace is missing, half of a file declares nothing.
        self._aside = _Kept()

    def parse(self, file: GoFile) -> Parsed:
        """The tree of a file."""
        text, parsed = self._parsed.get(file.path, (b"", None))
        if parsed is None or text != file.text:
            parsed = parse(file.text)
            self._parsed[file.path] = file.text, parsed
        return parsed

    def declarations(self, file: GoFile, read: Callable[[], list[Declaration]]) -> list[Declaration]:
        """The declarations of a file, as `read` gives them."""
        text, declarations = self._declarations.get(file.path, (b"", []))
        if not declarations or text != file.text:
            declarations = read()
            self._declarations[file.path] = file.text, declarations
        return declarations

    def declared(self, types: PackageTypes) -> None:
        """Note what the package declares before its functions are lowered; what rests on other declarations is dropped."""
        seen = placeless(types)
        changed = self._changed(seen)
        if changed is None:
            self._now, self._aside = self._aside, self._now
            changed = self._changed(seen)
        if changed is None:
            self._now, changed = _Kept(), Changes()
        for path in changed.concern({path: one.file.text for path, one in self._now.lowered.items()}):
            self.drop(path)
        self._now.declared = seen

    def _changed(self, seen: PackageTypes) -> Changes | None:
        """What is declared differently than it was for what is kept; None where nothing of it holds any more."""
        before = self._now.declared
        if before is None:
            return None
        return changes(before, seen) if before != seen else Changes()

    def lowered(self, file: GoFile) -> LoweredFile | None:
        """What lowering a file would give, if that is known."""
        known = self._now.lowered.get(file.path)
        return known if known is not None and known.file == file else None

    def above_edit(self, file: GoFile, imports: Mapping[str, str]) -> LoweredFile | None:
        """What is known of a file that has changed, as far as it stands wholly above the first change; None for nothing."""
        known = self._now.lowered.get(file.path)
        if known is None or known.cut or known.partly or known.imports != imports:
            return None
        if (known.file.is_test, known.file.go_version) != (file.is_test, file.go_version):
            return None
        # Comments behind the end of a function may still belong to it.
        same = file.text.rfind(b"\n", 0, _common(known.file.text, file.text))
        functions = tuple(one for one in known.functions if one.at[1] <= same)
        types = {name: one for name, one in known.types.items() if any(_within(one.at, each.at) for each in functions)}
        return replace(known, functions=functions, types=types)

    def drop_local_types(self) -> None:
        """Forget all files with types inside functions: two of these have the same name, so that each depends on others."""
        for path in [path for path, lowered in self._now.lowered.items() if lowered.types]:
            self.drop(path)

    def drop(self, path: str) -> None:
        """Forget what the functions of a file are, and what rests on them."""
        self._now.lowered.pop(path, None)
        self._now.answers.pop(path, None)

    def only(self, paths: Collection[str]) -> None:
        """Forget the files with other paths than these."""
        for path in [one for one in self._parsed if one not in paths]:
            del self._parsed[path]
            self._declarations.pop(path, None)
            self.drop(path)

    def keep(self, lowered: LoweredFile) -> None:
        """Remember a lowered file; what rests on functions that it does not have any more is forgotten."""
        path = lowered.file.path
        kept = set(lowered.functions)
        answers = {key: one for key, one in self._now.answers.get(path, {}).items() if ir.outermost(key[1]) in kept}
        self._now.lowered[path], self._now.answers[path] = lowered, answers

    def answer(self, question: str, function: ir.Function, rests_on: Hashable, find: Callable[[], T]) -> T:
        """What `find` would give for a function: the same as before, if `rests_on` is equal to what it was then."""
        known = self.recall(question, function)
        if isinstance(known, _Answer) and known.rests_on == rests_on:
            return cast("T", known.found)
        found = find()
        self.remember(question, function, _Answer(rests_on, found))
        return found

    def recall(self, question: str, function: ir.Function) -> object:
        """What was remembered under a question about a function; None for nothing."""
        return self._now.answers.get(function.path, {}).get((question, function))

    def remember(self, question: str, function: ir.Function, answer: object) -> None:
        """Remember an answer for as long as the function is kept."""
        if function.path in self._now.lowered:
            self._now.answers.setdefault(function.path, {})[question, function] = answer

    def whole(self, question: str, make: Callable[[], T]) -> T:
        """What is kept of the package as a whole under a question; whoever asks renews it. At first it is what `make` gives."""
        if question not in self._now.whole:
            self._now.whole[question] = make()
        return cast("T", self._now.whole[question])

    def forget(self, question: str, function: ir.Function) -> None:
        """Drop what was remembered, if anything was."""
        self._now.answers.get(function.path, {}).pop((question, function), None)


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _within(inner: ir.Where, outer: ir.Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
