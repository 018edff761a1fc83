"""The analysis of a very large package in a process of its own, which ends with it.

A worker still has what it has loaded for the packages before, and a forked one the text of the whole run as well. Beside
one of the largest packages there is no room for that: the new process has nothing in memory but what it needs. It is told
on standard input what to do, and answers on standard output: what it announces, and at last what comes of the analysis.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from golint_maps.engine import garbage
from golint_maps.engine.program import on_disk

if TYPE_CHECKING:
    from golint_maps.engine.outcome import Outcome
    from golint_maps.engine.worker import Worker

# Bytes of a package that is worth a process: there are few of more than this, and their analysis takes many seconds.
LARGE = 6_000_000

# The working directory may be anybody's: nothing is imported from there.
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from golint_maps.engine.apart import main; main()"


def do(
    worker: Worker, number: int, hashes: Mapping[str, str], announce: Callable[[int, str], None]
) -> tuple[Outcome, str | None] | None:
    """What `worker.do` gives, done by a new process; None where there can't be one, or where it did not get to the end."""
    try:
        work = pickle.dumps((worker.only(number), number, dict(hashes)), pickle.HIGHEST_PROTOCOL)
        with subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(work)
            process.stdin.flush()  # and it stays open: its end tells the process that nobody waits any more
            while True:
                answer = pickle.load(process.stdout)
                if len(answer) == 1:
                    return answer[0]  # type: ignore[no-any-return]
                announce(*answer)
    except Exception:  # what can't be sent, a process that can't be started, or one that has died
        return None


def main() -> None:
    """Be that process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no answer

    def answer(*what: object) -> None:
        pickle.dump(what, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    worker, number, hashes = pickle.load(sys.stdin.buffer)
    if worker.program not in ("", on_disk()):
        os._exit(1)  # it was upgraded meanwhile: those who wait are the old one, and go on as that
    threading.Thread(target=_end_with_input, daemon=True).start()
    garbage.left_to_packages()
    answer(worker.do(number, hashes, answer))
    os._exit(0)  # to take all apart that was made takes longer than to leave it


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
