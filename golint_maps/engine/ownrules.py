"""All rules that there are: those of this program, those of installed packages, and those of a folder of the user's.

Packages name theirs in the entry point group `golint_maps.rules`: a rule, or a module with rules. A folder of rules is
Python that runs with the user's rights. It is loaded only if it was named, or allowed, on the command line: what a
repository says about itself must not be enough to run code of its choice.

What can't be used is a problem that names the file or package; all other rules still run.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from golint_maps.engine.outcome import Problem
from golint_maps.engine.suppress import UnusedSuppression
from golint_maps.finding import Level
from golint_maps.record import record
from golint_maps.rule import Rule, discover, rules_in

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "golint_maps.rules"
_ID = re.compile(r"[A-Z][A-Z]+[0-9]+")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@record(frozen=True, slots=True)
class Known:
    """Rules sorted by id, and what was wrong with those that are not among them."""

    rules: tuple[type[Rule], ...]
    problems: tuple[Problem, ...] = ()


def known(folder: Path | None = None) -> Known:
    """The rules of this program, of installed packages, and of the Python files in `folder` (if it is not None)."""
    built_in: tuple[type[Rule], ...] = (*discover(), UnusedSuppression)
    found = {rule.id: rule for rule in built_in}
    names = {rule.name for rule in found.values()}
    problems: list[Problem] = []
    sources = [*_installed(), *(_files(folder) if folder is not None else ())]
    for source, load in sources:
        try:
            candidates = load()
        except BaseException as error:  # whatever a file does when it is run, but for what ends this program
            if isinstance(error, (KeyboardInterrupt, MemoryError)):
                raise
            problems.append(Problem("config", source, f"can't be loaded: {_describe(error, source)}"))
            continue
        for rule in candidates:
            complaint = _complaint(rule)
            if not complaint and rule.id in found:
                complaint = f"its id {rule.id} belongs to {_home(found[rule.id])} already"
            elif not complaint and rule.name in names:
                other = next(one for one in found.values() if one.name == rule.name)
                complaint = f"its name {rule.name} belongs to {_home(other)} already"
            if complaint:
                problems.append(Problem("config", source, f"rule {rule.__name__} is left out: {complaint}"))
                continue
            found[rule.id] = rule
            names.add(rule.name)
    return Known(tuple(found[key] for key in sorted(found)), tuple(problems))


_Source = tuple[str, Callable[[], Iterable[type[Rule]]]]


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    if not any(map(_may_name_rules, sys.path)):
        return ()
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)))


def _may_name_rules(place: str) -> bool:
    """Whether a package that is installed in a place of `sys.path` has rules: a quick look.

    What Python has for that is slow to import, and there are such packages on few machines only.
    """
    folder = Path(place)
    if folder.is_file():  # an archive
        return True
    try:
        return any(
            f"[{GROUP}]" in one.read_text("utf-8", "replace")
            for one in folder.glob("*-[Ii][Nn][Ff][Oo]/entry_points.txt")
        )
    except OSError:
        return True


def _installed() -> Iterator[_Source]:
    for point in _entry_points():
        name = point.dist.name if point.dist is not None else point.value
        yield f"entry point {point.name} of {name}", lambda point=point: _of(point.load())  # type: ignore[misc]


def _of(loaded: object) -> Iterable[type[Rule]]:
    if isinstance(loaded, ModuleType):
        return rules_in(loaded)
    if isinstance(loaded, type) and issubclass(loaded, Rule):
        return [loaded]
    raise TypeError(f"{loaded!r} is neither a module nor a subclass of golint_maps.rule.Rule")


def _files(folder: Path) -> list[_Source]:
    """The files of a folder, `_…` apart, which are for what several rules share."""
    if not folder.is_dir():

        def missing() -> Iterable[type[Rule]]:
            raise NotADirectoryError("there is no such folder")

        return [(str(folder), missing)]
    folder = folder.resolve()
    # At the end, so that nothing of the user's hides a module of the library; worker processes get the same path.
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    _forget_others(folder)
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    return [(str(path), lambda path=path: rules_in(_imported(path))) for path in files]  # type: ignore[misc]


_loaded: dict[str, Path] = {}


def _forget_others(folder: Path) -> None:
    """Make room for modules of the same names: those of the folder that was used before."""
    for name, path in list(_loaded.items()):
        if path.parent != folder:
            sys.modules.pop(name, None)
            del _loaded[name]
            if str(path.parent) in sys.path:
                sys.path.remove(str(path.parent))


def _imported(path: Path) -> ModuleType:
    name = path.stem
    if not name.isidentifier():
        raise ImportError(f"{path.name} is no name for a module: use letters, digits and underscores")
    spec = importlib.machinery.PathFinder.find_spec(name)
    if name in sys.builtin_module_names or spec is None or spec.origin is None or Path(spec.origin) != path:
        raise ImportError(f"another module is named {name}: give the file another name")
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        importlib.invalidate_caches()
        module = importlib.import_module(name)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    finally:
        sys.dont_write_bytecode = writes
    _loaded[name] = path
    return module


def _complaint(rule: type[Rule]) -> str:
    """What is wrong with how a rule describes itself, or ""."""
    if not isinstance(rule.id, str) or not _ID.fullmatch(rule.id):
        return f"its id must be capital letters and a number, such as ACME101, not {rule.id!r}"
    if not isinstance(getattr(rule, "name", None), str) or not _NAME.fullmatch(rule.name):
        return "its name must be lower-case words with hyphens, such as global-map"
    if not isinstance(getattr(rule, "level", None), Level):
        return "its level must be Level.NOTE, Level.WARNING or Level.ERROR"
    if not rule.summary():
        return "it has no docstring, which is its documentation"
    return ""


def _home(rule: type[Rule]) -> str:
    """Where a rule comes from, for people."""
    if rule.__module__.startswith("golint_maps."):
        return f"golint-maps itself ({rule.name})"
    return str(getattr(sys.modules.get(rule.__module__), "__file__", rule.__module__))


def _describe(error: BaseException, source: str) -> str:
    """An exception in one line, with the line of the file that it came from."""
    import traceback  # long to import, and hardly ever needed

    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == source]
    if isinstance(error, SyntaxError) and error.filename == source:
        lines.append(error.lineno)
    text = " ".join(str(error).split())
    where = f" (line {lines[-1]})" if lines else ""
    return f"{type(error).__name__}{f': {text}' if text else ''}{where}"
