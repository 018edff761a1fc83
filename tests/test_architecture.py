"""The floors of docs/architecture.md: what a module imports lies on its own floor or below, and never in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import golint_maps

ROOT = Path(golint_maps.__file__).resolve().parent
# A program that writes a table which comes with the package; nothing imports it.
GENERATOR = "golint_maps.types.generate_stdlib"
FLOORS = ["project", "syntax", "types", "flow", "rules", "engine", "report", "lsp", "cli"]


def modules() -> dict[str, Path]:
    found = {}
    for file in ROOT.rglob("*.py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        found[".".join(("golint_maps", *parts)).removesuffix(".__init__")] = file
    return found


def imported(file: Path, names: dict[str, Path]) -> Iterator[str]:
    """The modules that a file imports anywhere, also inside functions; not those that it imports for types alone."""
    tree = ast.parse(file.read_bytes())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                inner_name = f"{node.module}.{alias.name}"
                yield inner_name if inner_name in names else node.module


def graph() -> dict[str, set[str]]:
    names = modules()
    return {
        name: {other for other in imported(file, names) if other in names and other != name}
        for name, file in names.items()
    }


def test_there_are_no_circles() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        raise AssertionError(" <- ".join(error.args[1])) from None


def test_imports_lead_downstairs() -> None:
    def floor(name: str) -> int | None:
        part = name.split(".")[1] if "." in name else ""
        return FLOORS.index(part) if part in FLOORS else None

    wrong = []
    known = graph()
    assert not any(GENERATOR in others for others in known.values())
    del known[GENERATOR]
    for name, others in known.items():
        here = floor(name)
        for other in others:
            there = floor(other)
            if here is not None and there is not None and there > here:
                wrong.append(f"{name} imports {other}")
    assert wrong == []
