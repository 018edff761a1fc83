"""The code that is measured on: trees of Go files, cut or multiplied to a number of lines."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Corpus:
    """A copy of a tree, which may be changed."""

    name: str
    folder: Path
    lines: int


def copied(name: str, source: Path, target: Path, lines: int | None = None) -> Corpus:
    """A copy of the Go code of `source` with about that many `lines`: cut off, or copied several times over.

    Each copy is a module of its own; what is left out are test data, vendored code, and hidden folders.
    """
    chosen = [path for path in _folders(source) if any(path.glob("*.go"))]
    total = copies = 0
    while lines is None or total < lines:
        here = target / f"copy{copies}"
        module = source / "go.mod"
        here.mkdir(parents=True)
        (here / "go.mod").write_bytes(module.read_bytes() if module.is_file() else b"module bench\n\ngo 1.22\n")
        before = total
        for folder in chosen:
            inside = here / folder.relative_to(source)
            inside.mkdir(parents=True, exist_ok=True)
            for path in folder.iterdir():
                if path.name == "go.mod" or (path.suffix == ".go" and path.is_file()):
                    shutil.copyfile(path, inside / path.name)
                    total += path.read_bytes().count(b"\n") if path.suffix == ".go" else 0
            if lines is not None and total >= lines:
                break
        copies += 1
        if lines is None or total == before:
            break
    return Corpus(name, target, total)


def _folders(source: Path) -> list[Path]:
    found = [source]
    for folder in found:
        found.extend(
            path
            for path in sorted(folder.iterdir())
            if path.is_dir()
            and not path.is_symlink()
            and path.name not in ("testdata", "vendor", "node_modules")
            and path.name[0] not in "._"
        )
    return found


def large_file(corpus: Corpus, lines: int) -> Path:
    """A file of the package whose size is the nearest to that many lines: the one that is edited."""
    packages: dict[Path, int] = {}
    for path in corpus.folder.rglob("*.go"):
        if not path.name.endswith("_test.go"):
            packages[path.parent] = packages.get(path.parent, 0) + path.read_bytes().count(b"\n")
    folder = min(sorted(packages), key=lambda one: abs(packages[one] - lines))
    return max(
        (path for path in folder.glob("*.go") if not path.name.endswith("_test.go")),
        key=lambda path: (path.stat().st_size, path.name),
    )
