"""How long the language server takes from a change to its diagnostics, and whether its memory stays as it is.

A module of more than 300,000 lines is written (or one of yours is taken: --module and --file), one of its packages of more
than 10,000 lines is edited, and the time from each change to the diagnostics of its version is taken, without the delay for
which the server waits for further changes (which is 0 here). Lines are put into functions and taken out of them, and what
TYPED has is typed, one character after the other, whatever that does to the code around it.

    python bench/lsp_latency.py                        a table
    python bench/lsp_latency.py --hours 1              as many changes as in an hour of typing, with the memory
    python bench/lsp_latency.py --hours 1 --pause 5    at the pace of an hour of typing
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

# Changes that are analysed in an hour of typing: a pause every five seconds.
PER_HOUR = 720

# What is typed into a file that was written, and the line in front of which.
TYPED = {
    "a statement is typed": ("\treturn total", '\tif s.items["x"] != nil { s.order = nil }'),
    "a method is typed": ("func compute0x5(", "func (s *Store0) Extra(name string) int { return len(s.items) }"),
    "a type is typed": ("func compute0x5(", "type Fresh struct { mu sync.Mutex; m map[string]int }"),
    "a field is typed": ("\torder []string", "\textra map[string]bool"),
}

FILE = """package p{package}

import "sync"

type Item{file} struct {{
	name  string
	count int
	tags  map[string]string
}}

type Store{file} struct {{
	mu    sync.RWMutex
	items map[string]*Item{file}
	order []string
}}

func NewStore{file}() *Store{file} {{
	return &Store{file}{{items: map[string]*Item{file}{{}}}}
}}
{methods}
"""

METHODS = """
func (s *Store{file}) Put{number}(name string, count int) error {{
	s.mu.Lock()
	defer s.mu.Unlock()
	item, ok := s.items[name]
	if !ok {{
		item = &Item{file}{{name: name, tags: map[string]string{{}}}}
		s.items[name] = item
		s.order = append(s.order, name)
	}}
	item.count += count
	if item.count > {number} {{
		item.tags["full"] = name
	}}
	return nil
}}

func (s *Store{file}) Sum{number}(names []string) (total int) {{
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, name := range names {{
		if item := s.items[name]; item != nil {{
			total += item.count
		}}
	}}
	return total
}}

func compute{file}x{number}(values []int) int {{
	best := 0
	for index, value := range values {{
		switch {{
		case value > best && index%2 == 0:
			best = value
		case value < 0:
			continue
		default:
			best += index
		}}
	}}
	return best + {number}
}}
"""


def write_module(root: Path, packages: int, files: int, methods: int) -> tuple[Path, int]:
    """Write a module; the file to edit, and the lines of all."""
    lines = 0
    root.joinpath("go.mod").write_text("module example.com/bench\n\ngo 1.24\n")
    for package in range(packages):
        folder = root / f"p{package}"
        folder.mkdir()
        for file in range(files):
            body = "".join(METHODS.format(file=file, number=number) for number in range(methods))
            text = FILE.format(package=package, file=file, methods=body)
            lines += text.count("\n")
            (folder / f"f{file}.go").write_text(text)
    return root / "p0" / "f0.go", lines


class Client(LanguageClient):
    """Notes when diagnostics arrive."""

    def __init__(self) -> None:
        super().__init__("bench", "1")
        self.arrived: dict[tuple[str, int | None], float] = {}
        self.event = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.arrived[params.uri, params.version] = time.perf_counter()
            self.event.set()

        @self.feature(types.WINDOW_LOG_MESSAGE)
        def logged(params: types.LogMessageParams) -> None:
            print(params.message, file=sys.stderr)

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params: types.ShowMessageParams) -> None:
            pass

    async def wait(self, uri: str, version: int) -> float:
        """When those of a version arrived."""
        while (uri, version) not in self.arrived:
            self.event.clear()
            await asyncio.wait_for(self.event.wait(), 600)
        return self.arrived[uri, version]


def processes(pid: int) -> Iterator[Path]:
    """The folders of a process and its children in /proc (Linux)."""
    pending = [pid]
    while pending:
        folder = Path(f"/proc/{pending.pop()}")
        yield folder
        for task in folder.joinpath("task").iterdir():
            pending += map(int, (task / "children").read_text().split())


def memory(pid: int) -> float:
    """The resident memory of a process and its children in MB."""
    found = [folder.joinpath("status").read_text().split("VmRSS:") for folder in processes(pid)]
    return sum(int(status[1].split()[0]) / 1024 for status in found if len(status) > 1)


def spent(pid: int) -> float:
    """The seconds of CPU that a process and its children have used."""
    found = [folder.joinpath("stat").read_text().rpartition(")")[2].split() for folder in processes(pid)]
    return sum(int(fields[11]) + int(fields[12]) for fields in found) / os.sysconf("SC_CLK_TCK")


def show(kind: str, times: list[float], cpu: float) -> None:
    """One row of the table; `cpu` is what all of it took together, in seconds."""
    times = sorted(times)
    print(f"{kind:32}{len(times):5} changes: median {statistics.median(times) * 1000:.0f} ms", end=", ")
    print(f"p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms, worst {times[-1] * 1000:.0f} ms", end=", ")
    print(f"CPU {cpu / len(times) * 1000:.0f} ms each")


async def run(root: Path, file: Path, changes: int, scope: str, pause: float, typed: bool) -> None:
    """Measure, and print."""
    client = Client()
    await client.start_io(sys.executable, "-m", "golint_maps", "lsp")
    options = {"delay": 0, "scope": scope}
    capabilities = types.ClientCapabilities()
    await client.initialize_async(
        types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri(), initialization_options=options)
    )
    client.initialized(types.InitializedParams())
    uri, text = file.as_uri(), file.read_text()
    begun = time.perf_counter()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "go", 1, text)))
    first = await client.wait(uri, 1) - begun
    print(f"first diagnostics of the open file: {first:.2f} s")
    server = client._server
    assert server is not None
    has_proc = Path("/proc/self/task").exists()
    used = [memory(server.pid)] if has_proc else []
    pid = server.pid if has_proc else None

    def cpu() -> float:
        return spent(pid) if pid is not None else 0.0

    before = cpu()
    version = 1

    async def change(start: types.Position, end: types.Position, new: str) -> float:
        """The time from a change to its diagnostics."""
        nonlocal version
        version += 1
        part = types.TextDocumentContentChangePartial(types.Range(start, end), new)
        sent = time.perf_counter()
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [part]))
        taken = await client.wait(uri, version) - sent
        client.arrived.clear()
        if used and version % 100 == 0:
            used.append(memory(server.pid))
        await asyncio.sleep(pause)
        return taken

    lines = text.splitlines()
    dice = random.Random(1)
    bodies = [number for number, line in enumerate(lines) if line.startswith("\t") and line.endswith("{")]
    times: list[float] = []
    while len(times) < changes:
        row = dice.choice(bodies) + 1
        times.append(await change(types.Position(row, 0), types.Position(row, 0), '\t_ = len("typed")\n'))
        times.append(await change(types.Position(row, 0), types.Position(row + 1, 0), ""))
    show("a line is put in, or taken out", times, cpu() - before)
    for kind, (there, new) in TYPED.items() if typed else ():
        row = next(number for number, line in enumerate(lines) if line.startswith(there))
        begun_at = cpu()
        times = [await change(types.Position(row, 0), types.Position(row, 0), "\n")]
        for column, character in enumerate(new):
            times.append(await change(types.Position(row, column), types.Position(row, column), character))
        show(kind, times, cpu() - begun_at)
        await change(types.Position(row, 0), types.Position(row + 1, 0), "")
    changes = version - 1
    if has_proc:
        print(f"CPU: {(cpu() - before) / changes * 1000:.0f} ms for each change")
        print("memory: " + ", ".join(f"{one:.0f}" for one in used) + " MB")
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--module", type=Path, help="a module to take")
    parser.add_argument("--file", type=Path, help="the file of it to edit")
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--hours", type=float, help="as many changes as in so many hours of typing")
    parser.add_argument(
        "--scope", default="package", help="what is reported; the first pass over a workspace takes long"
    )
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two changes")
    given = parser.parse_args()
    changes = int(given.hours * PER_HOUR) if given.hours else given.changes
    if given.module:
        asyncio.run(run(given.module.resolve(), given.file.resolve(), changes, given.scope, given.pause, False))
        return
    with tempfile.TemporaryDirectory() as folder:
        file, lines = write_module(Path(folder).resolve(), packages=30, files=20, methods=12)
        print(f"{lines:,} lines in 30 packages")
        asyncio.run(run(Path(folder).resolve(), file, changes, given.scope, given.pause, not given.hours))


if __name__ == "__main__":
    main()
