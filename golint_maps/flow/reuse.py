"""What the analysis of a package keeps for the next one, after an edit: trees, functions, and what was found out of them.

A file's functions depend on its text and on declarations: those of its package, wherever these stand, and those of other
packages. What is found out of a function depends on the same, and on what is known of the functions that it calls.
Whoever keeps a `Reuse` has to start with a new one when the facts of other packages, or settings, have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar, cast

from golint_maps.flow import ir
from golint_maps.flow.kept import Kept, Loss, LoweredFile
from golint_maps.project.package import GoFile
from golint_maps.record import record
from golint_maps.syntax.parser import Parsed, parse
from golint_maps.types.declarations import PackageTypes, placeless
from golint_maps.types.noted import NotedWorld
from golint_maps.types.resolve import Declaration

T = TypeVar("T")


@record(frozen=True, slots=True)
class _Answer:
    rests_on: Hashable
    found: object


class Reuse:
    """Everything that is kept of one package."""

    def __init__(self) -> None:
        self._parsed: dict[str, tuple[bytes, Parsed]] = {}
        self._declarations: dict[str, tuple[bytes, list[Declaration]]] = {}
        self._world: NotedWorld | None = None
        self._now = Kept()
        # From before an edit that others could tell: while a brace is missing, half of a file declares nothing.
        self._aside = Kept()
        self._whole: dict[str, object] = {}

    def world(self, world: NotedWorld) -> NotedWorld:
        """The world in which the package is analysed from now on."""
        self._world = world
        return world

    @contextmanager
    def noting(self, function: ir.Function) -> Iterator[None]:
        """Something is found out of a function: it holds as long as what is asked of types has the same answers."""
        assert self._world is not None
        with self._world.noting() as asked:
            yield
        self._now.note(function, asked)

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

    def declared(self, types: PackageTypes, files: Iterable[GoFile]) -> None:
        """Note what the package declares before the functions of its `files` are lowered; what rests on other declarations
        is dropped."""
        assert self._world is not None
        seen = placeless(types)
        loss = self._now.loss(seen, self._world)
        if loss != Loss():
            others, before = self._aside.loss(seen, self._world), self._now
            left = _held(before, loss, files)
            if _held(self._aside, others, files) > left:
                self._now, loss, self._aside = self._aside, others, before
            elif _held(before, Loss(), files) > left and _size(before) >= _size(self._aside):
                self._now, self._aside = before.copy(), before
            if loss is not None:
                self._now.remove(loss)
            else:
                self._now = Kept()
        self._now.declared = seen

    def lowered(self, file: GoFile) -> LoweredFile | None:
        """What lowering a file would give, if that is known."""
        known = self._now.lowered.get(file.path)
        return known if known is not None and known.whole and known.file == file else None

    def in_part(self, file: GoFile, imports: Mapping[str, str]) -> LoweredFile | None:
        """What is known of some functions of a file, those that stand wholly above the first change; None for nothing."""
        known = self._now.lowered.get(file.path)
        if known is None or known.cut or known.partly or known.imports != imports:
            return None
        if (known.file.is_test, known.file.go_version) != (file.is_test, file.go_version):
            return None
        if known.file.text == file.text:
            return known
        # Comments behind the end of a function may still belong to it.
        same = file.text.rfind(b"\n", 0, _common(known.file.text, file.text))
        return known.part(tuple(one for one in known.functions if one.at[1] <= same))

    def drop_local_types(self) -> None:
        """Forget all files with types inside functions: two of these have the same name, so that each depends on others."""
        for path in [path for path, lowered in self._now.lowered.items() if lowered.types]:
            self.drop(path)

    def drop(self, path: str) -> None:
        """Forget what the functions of a file are, and what rests on them."""
        self._now.drop(path)

    def only(self, paths: Collection[str]) -> None:
        """Forget the files with other paths than these."""
        for path in [one for one in self._parsed if one not in paths]:
            del self._parsed[path]
            self._declarations.pop(path, None)
            self.drop(path)

    def keep(self, lowered: LoweredFile) -> None:
        """Remember a lowered file; what rests on functions that it does not have any more is forgotten."""
        self._now.keep(lowered)

    def answer(self, question: str, function: ir.Function, rests_on: Hashable, find: Callable[[], T]) -> T:
        """What `find` would give for a function: the same as before, if `rests_on` is equal to what it was then."""
        known = self.recall(question, function)
        if isinstance(known, _Answer) and known.rests_on == rests_on:
            return cast("T", known.found)
        with self.noting(function):
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
        if question not in self._whole:
            self._whole[question] = make()
        return cast("T", self._whole[question])

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


def _held(kept: Kept, loss: Loss | None, files: Iterable[GoFile]) -> int:
    """How many functions of `files` hold, with what was found out of them; -1 where nothing does."""
    if loss is None:
        return -1
    same = [one for one in map(kept.lowered.get, (file.path for file in files)) if one is not None]
    texts = {file.path: file.text for file in files}
    return sum(
        function not in loss.functions and function not in loss.answers
        for one in same
        if one.file.text == texts[one.file.path] and one.file.path not in loss.files
        for function in one.functions
    )


def _size(kept: Kept) -> int:
    """How much is declared: the more, the less of the code is broken."""
    types = kept.declared
    return len(types.types) + len(types.functions) + len(types.variables) if types is not None else 0
