"""Runs commands and says how long they took and how much memory their largest process needed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """`seconds` of wall time, those of all processors together (`cpu`), and the peak memory of the largest process in MB.

    `failure` is "" where all went well.
    """

    seconds: float
    megabytes: float = 0.0
    output: str = ""
    failure: str = ""
    cpu: float = 0.0


def run(
    command: Sequence[str | os.PathLike[str]],
    folder: Path,
    *,
    limit: float,
    environment: Mapping[str, str] | None = None,
    good: Sequence[int] = (0, 1),
    lacking: str = "",
) -> Measured:
    """Run a command once in `folder`; it, and what it has started, is ended after `limit` seconds.

    `good` are the exit codes of a run that did its work, unless it says on standard error what it was `lacking`.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        if shutil.which(command[0]) is None:
            return Measured(0.0, failure="not installed")
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        late = False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not late and time.perf_counter() - started > limit:
                late = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.002)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        text = output.read().decode("utf-8", "replace")
        complaints = errors.read().decode("utf-8", "replace")
        failure = ""
        if late:
            failure = f"over {limit:.0f} s"
        elif process.returncode not in good:
            last = complaints.strip().splitlines()[-1:] or [""]
            failure = f"exit {process.returncode}: {last[0][:80]}"
        elif lacking and lacking in complaints:
            failure = f"it says: {lacking}"
        return Measured(seconds, usage.ru_maxrss / 1024, text, failure, usage.ru_utime + usage.ru_stime)


def best(times: int, measure: Callable[[], Measured]) -> Measured:
    """The median of several runs, with the most memory that one of them needed."""
    runs = [measure() for _ in range(times)]
    failed = [one for one in runs if one.failure]
    if failed:
        return failed[0]
    middle = statistics.median_low([one.seconds for one in runs])
    cpu = statistics.median_low([one.cpu for one in runs])
    return Measured(middle, max(one.megabytes for one in runs), runs[0].output, cpu=cpu)


def own_peak() -> float:
    """The peak memory of this process in MB, below which nothing that it starts can be measured."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
