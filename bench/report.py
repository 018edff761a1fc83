"""The results as a table, a page and a plot."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import Measured

HEAD = f"{'':10} {'':58} {'seconds':>9} {'CPU':>9} {'of P':>7} {'MB':>6}  target"


@dataclass(frozen=True)
class Row:
    """One measurement; `reference` is P in seconds (0 for none), `met` whether the target was (None: there is none)."""

    corpus: str
    what: str
    measured: Measured
    reference: float
    target: str
    met: bool | None


def line(row: Row) -> str:
    """The row of the printed table."""
    seconds, cpu, ratio, memory = _cells(row)
    verdict = "" if row.met is None else " met" if row.met else " MISSED"
    return f"{row.corpus:10.10} {row.what:58} {seconds:>9} {cpu:>9} {ratio:>7} {memory:>6}  {row.target}{verdict}"


def _cells(row: Row) -> tuple[str, str, str, str]:
    measured = row.measured
    if measured.failure:
        return measured.failure, "", "", ""
    if not measured.seconds:
        return "", "", "", ""
    ratio = f"{measured.seconds / row.reference:.2f}" if row.reference else ""
    return f"{measured.seconds:.3f}", f"{measured.cpu:.3f}", ratio, f"{measured.megabytes:.0f}"


def as_data(row: Row) -> dict[str, Any]:
    """The row for programs."""
    measured = row.measured
    return {
        "corpus": row.corpus,
        "what": row.what,
        "seconds": round(measured.seconds, 4),
        "cpu": round(measured.cpu, 4),
        "megabytes": round(measured.megabytes),
        "ratio": round(measured.seconds / row.reference, 3) if row.reference else None,
        "failure": measured.failure,
        "target": row.target,
        "met": row.met,
    }


def machine(semgrep: str | None, go: Path | None) -> str:
    """The machine in one line: what the numbers depend on, and nothing that names it."""
    parts = [
        f"{os.cpu_count()} cores ({platform.machine()})",
        f"{_memory():.0f} GB",
        f"{platform.system()}",
        f"Python {platform.python_version()}",
    ]
    if go is not None:
        parts.append(_version([str(go), "version"]).removeprefix("go version ").partition(" ")[0])
    if semgrep:
        parts.append(f"semgrep {_version([semgrep, '--version'])}")
    return ", ".join(parts)


def _memory() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError):
        return 0.0


def _version(command: list[str]) -> str:
    try:
        output = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    return output.strip().splitlines()[-1] if output.strip() else "?"


def write(path: Path, rows: Sequence[Row], on: str, *, quick: bool) -> None:
    """Write the page of results."""
    load = "A short run on small cuts, which only shows that the benchmark works.\n\n" if quick else ""
    table = "".join(
        f"| {row.corpus} | {row.what} | {' | '.join(_cells(row))} | {row.target} | {_word(row)} |\n" for row in rows
    )
    path.write_text(
        "# Results\n\n"
        "Written by `python -m bench`. P is the time that tree-sitter alone needs to read and parse the same files on one "
        "core, in the same run. CPU is what all processes of a run took together. "
        "Memory is the peak of the largest single process.\n\n"
        f"{load}Machine: {on}.\n\n"
        "| code | what | seconds | CPU | of P | MB | target | met |\n|---|---|---|---|---|---|---|---|\n"
        f"{table}\n![Growth]({path.with_suffix('.svg').name})\n",
        encoding="utf-8",
    )


def _word(row: Row) -> str:
    return "" if row.met is None else "yes" if row.met else "no"


def plot(path: Path, growth: Sequence[tuple[int, float, float]]) -> None:
    """Draw seconds and memory over lines; nothing without matplotlib."""
    try:
        import matplotlib
    except ImportError:
        print("no plot: pip install matplotlib")
        return
    matplotlib.use("svg")
    # The same numbers give the same file.
    matplotlib.rcParams["svg.hashsalt"] = "golint-maps"
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    lines = [one[0] for one in growth]
    left.plot(lines, [seconds / count * 1e6 for count, seconds, _ in growth], marker="o")
    left.set(xscale="log", xlabel="lines", ylabel="µs per line, cold", ylim=(0, None))
    right.plot(lines, [memory for *_, memory in growth], marker="o", color="tab:orange")
    right.set(xscale="log", xlabel="lines", ylabel="MB, largest process", ylim=(0, None))
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
