"""What is kept of a package's functions for as long as its declarations say the same to those who have asked them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from golint_maps.flow import ir
from golint_maps.project.package import GoFile
from golint_maps.record import record
from golint_maps.types.changes import changes, leading_to
from golint_maps.types.declarations import PackageTypes, TypeDecl
from golint_maps.types.model import Type
from golint_maps.types.noted import NotedWorld
from golint_maps.types.world import Question, Questions


@record(frozen=True, slots=True)
class LoweredFile:
    """The functions of one file, and the types that are declared inside of them.

    `imports` are the packages that the file imports, by the names that it has for them. `cut` tells that parts of it were
    too long to be lowered, `partly` that parts could not be parsed. `asked` is what was asked of types for each function.
    Where it is not `whole`, some of the functions are not known any more.
    """

    file: GoFile
    functions: tuple[ir.Function, ...]
    types: Mapping[str, TypeDecl]
    imports: Mapping[str, str]
    cut: bool
    partly: bool
    asked: Mapping[ir.Function, Questions]
    whole: bool = True

    def part(self, functions: tuple[ir.Function, ...]) -> LoweredFile:
        """The same file, of which only some functions are known."""
        types = {name: one for name, one in self.types.items() if any(_within(one.at, each.at) for each in functions)}
        asked = {function: self.asked[function] for function in functions if function in self.asked}
        return replace(self, functions=functions, types=types, asked=asked, whole=False)


@record(frozen=True, slots=True)
class Loss:
    """What does not hold any more: files, functions of others, answers about functions, and answers to questions."""

    files: frozenset[str] = frozenset()
    functions: frozenset[ir.Function] = frozenset()
    answers: frozenset[ir.Function] = frozenset()
    questions: frozenset[Question] = frozenset()


@record(slots=True)
class Kept:
    """The declarations of a package (without places), its functions by path, and what was found out of them.

    `asked` is what the answers about a function have asked of types, `questions` all that was asked, with the answers.
    """

    declared: PackageTypes | None = None
    lowered: dict[str, LoweredFile] = field(default_factory=dict)
    answers: dict[str, dict[tuple[str, ir.Function], object]] = field(default_factory=dict)
    asked: dict[str, dict[ir.Function, frozenset[Question]]] = field(default_factory=dict)
    questions: Questions = field(default_factory=dict)
    _few: int = 0

    def loss(self, now: PackageTypes, world: NotedWorld) -> Loss | None:
        """What does not hold where this is declared `now`; None where nothing does."""
        if self.declared is None:
            return None
        if self.declared == now:
            return Loss()
        changed = changes(self.declared, now)
        if changed is None:
            return None
        files = frozenset(changed.concern({path: one.file.text for path, one in self.lowered.items()}))
        if not changed.types:
            return Loss(files)
        leads = leading_to(changed.types, self.declared, now)
        answer = world.answerer()
        questions = frozenset(
            question
            for question, known in self.questions.items()
            if any(leads(one) for one in question if isinstance(one, Type)) and answer(question) != known
        )
        if not questions:
            return Loss(files)
        return Loss(
            files,
            frozenset(
                function
                for one in self.lowered.values()
                for function, asked in one.asked.items()
                if not questions.isdisjoint(asked)
            ),
            frozenset(
                function
                for several in self.asked.values()
                for function, asked in several.items()
                if not questions.isdisjoint(asked)
            ),
            questions,
        )

    def copy(self) -> Kept:
        """The same, for a declaration of it that is to come."""
        answers = {path: dict(several) for path, several in self.answers.items()}
        asked = {path: dict(several) for path, several in self.asked.items()}
        return Kept(self.declared, dict(self.lowered), answers, asked, dict(self.questions), self._few)

    def remove(self, loss: Loss) -> None:
        """Forget what does not hold any more."""
        for path in loss.files:
            self.drop(path)
        if loss.questions:
            for path, lowered in list(self.lowered.items()):
                functions = tuple(one for one in lowered.functions if one not in loss.functions)
                if len(functions) < len(lowered.functions):
                    self.keep(lowered.part(functions))
                for function in loss.answers.intersection(self.asked[path]):
                    del self.asked[path][function]
                gone = [key for key in self.answers[path] if key[1] in loss.answers]
                for key in gone:
                    del self.answers[path][key]
        for question in loss.questions:
            del self.questions[question]
        if len(self.questions) > 2 * self._few:
            self._forget_questions()

    def _forget_questions(self) -> None:
        """Forget what only those have asked who are gone."""
        found: set[Question] = set()
        for path, lowered in self.lowered.items():
            found.update(*lowered.asked.values(), *self.asked[path].values())
        self.questions = {question: self.questions[question] for question in found}
        self._few = len(found)

    def drop(self, path: str) -> None:
        """Forget what the functions of a file are, and what rests on them."""
        self.lowered.pop(path, None)
        self.answers.pop(path, None)
        self.asked.pop(path, None)

    def keep(self, lowered: LoweredFile) -> None:
        """Remember a lowered file; what rests on functions that it does not have any more is forgotten."""
        path, kept = lowered.file.path, set(lowered.functions)
        answers = {key: one for key, one in self.answers.get(path, {}).items() if ir.outermost(key[1]) in kept}
        asked = {one: each for one, each in self.asked.get(path, {}).items() if ir.outermost(one) in kept}
        self.lowered[path], self.answers[path], self.asked[path] = lowered, answers, asked
        for questions in lowered.asked.values():
            self.questions.update(questions)

    def note(self, function: ir.Function, asked: Questions) -> None:
        """Something was found out of a function with answers to these questions."""
        if asked and function.path in self.lowered:
            self.questions.update(asked)
            several = self.asked[function.path]
            several[function] = several.get(function, frozenset()).union(asked)


def _within(inner: ir.Where, outer: ir.Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
