"""The output formats, found by discovery: each module of this package that has a `NAME` and a `render`.

    NAME = "text"
    def render(report: Report, options: RenderOptions) -> bytes: ...

`render` turns a report into the whole file (bytes, UTF-8); it opens no files and knows no terminal.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from golint_maps.engine.outcome import Report
    from golint_maps.rule import Rule

DEFAULT_WIDTH = 120


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a format may be told beside the report.

    `rules` are those that a report may mention, for formats which describe them. `color` asks for ANSI colours, `width`
    is the number of terminal cells to fit excerpts into. `summary` and `statistics` ask the formats for people for
    their closing line and for counts by rule. `root` is the absolute path (with `/`) which the report's paths are
    relative to, for those that lead out of it. `category` tells apart several reports on one commit.
    """

    rules: tuple[type[Rule], ...] = ()
    color: bool = False
    width: int = DEFAULT_WIDTH
    summary: bool = True
    statistics: bool = False
    root: str = ""
    category: str = "golint-maps"


class Format(Protocol):
    """What a module has to offer to be a format."""

    NAME: str

    def render(self, report: Report, options: RenderOptions) -> bytes:
        """The whole output for `report`, in UTF-8 where it is text."""
        ...


@cache
def formats() -> dict[str, Format]:
    """All formats by name, sorted."""
    package = importlib.import_module(__package__ or "golint_maps.report")
    found: dict[str, Format] = {}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, "NAME") and hasattr(module, "render"):
            found[module.NAME] = cast(Format, module)
    return dict(sorted(found.items()))
