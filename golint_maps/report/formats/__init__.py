"""The output formats: each module of this package is one, named as the module is, with `-` for `_`.

    def render(report: Report, options: RenderOptions) -> bytes: ...

`render` turns a report into the whole file (bytes, UTF-8); it opens no files and knows no terminal. A format is found by
its file name and imported when it is asked for: a run pays for the one that it prints.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from golint_maps.record import record

if TYPE_CHECKING:
    from golint_maps.engine.outcome import Report
    from golint_maps.rule import Rule

DEFAULT_WIDTH = 120


@record(frozen=True, slots=True)
class RenderOptions:
    """What a format may be told beside the report.

    `rules` are those that a report may mention, for formats which describe them. `color` asks for ANSI colours, `width`
    is the number of terminal cells to fit excerpts into. `summary` and `statistics` ask the formats for people for
    their closing line and for counts by rule. `root` is the absolute path (with `/`) which the report's paths are
    relative to, for those that lead out of it; `folder` is the way to it from the top of the repository (`""`, or with
    `/` at its end), for services that know files by their place in the repository. `category` tells apart several
    reports on one commit. In `left_out` a format counts what it had to leave out: `results`.
    """

    rules: tuple[type[Rule], ...] = ()
    color: bool = False
    width: int = DEFAULT_WIDTH
    summary: bool = True
    statistics: bool = False
    root: str = ""
    folder: str = ""
    category: str = "golint-maps"
    left_out: dict[str, int] = field(default_factory=dict)


class Format(Protocol):
    """What a module has to offer to be a format."""

    def render(self, report: Report, options: RenderOptions) -> bytes:
        """The whole output for `report`, in UTF-8 where it is text."""
        ...


class _Formats(Mapping[str, Format]):
    """The formats by name, sorted; each is imported when it is looked up."""

    def __init__(self) -> None:
        modules = (info.name for info in pkgutil.iter_modules(__path__))
        self._modules = {name.replace("_", "-"): name for name in sorted(modules)}

    def __getitem__(self, name: str) -> Format:
        return cast(Format, importlib.import_module(f"{__name__}.{self._modules[name]}"))

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, sorted."""
    return _Formats()
