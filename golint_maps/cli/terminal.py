"""What the commands need to know about the terminal: colours, width, progress, outputs that are closed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType, TracebackType

import click


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


def end_in_order() -> None:
    """From now on, SIGTERM raises Terminated, so that workers and temporary files don't stay behind."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Terminated

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, end)


def open_streams() -> None:
    """Make sure that there are standard streams: one that was closed from the start (`>&-`) leads nowhere from now on.

    Without that, the next file that is opened would get its number.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))


def end_at_once(code: object) -> None:
    """End the process here and now: to take apart all that was made and imported takes Python a tenth of a short run.

    It goes the long way, after this, if somebody looks on (a profiler, a debugger), other threads are at work, or what was
    written does not arrive.
    """
    watched = sys.getprofile() is not None or sys.gettrace() is not None
    if watched or threading.active_count() > 1 or not isinstance(code, int):
        return
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Progress:
    """One line on standard error about a run that takes long; gone when it is over."""

    AFTER = 1.0
    EVERY = 0.1

    def __init__(self, shown: bool) -> None:
        """`shown` tells whether there is anybody to see it."""
        self.shown = shown
        self.next = time.monotonic() + self.AFTER
        self.drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Tell that `done` of `total` packages are done."""
        now = time.monotonic()
        if self.shown and now >= self.next:
            self.next = now + self.EVERY
            self.drawn = True
            click.echo(f"\rchecking packages: {done} of {total}", nl=False, err=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self.drawn:
            click.echo("\r\x1b[K", nl=False, err=True)


def wants_color(choice: str) -> bool:
    """Whether standard output gets colours, by the option `--color`; `auto` asks the environment and the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The cells in a line of the terminal, or a width that suits files."""
    import shutil

    from golint_maps.report.formats import DEFAULT_WIDTH

    return shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if sys.stdout.isatty() else DEFAULT_WIDTH


def write(data: bytes, *, color: bool = False) -> None:
    """Write to standard output; quietly give up when nobody reads it any more (`| head`)."""
    try:
        if sys.stdout.isatty():  # in the terminal's encoding; click translates colours where that is needed
            encoding = sys.stdout.encoding or "utf-8"
            text = data.decode("utf-8", "replace").encode(encoding, "replace").decode(encoding)
            click.echo(text, nl=False, color=color)
        else:
            stream = sys.stdout.buffer
            stream.write(data)
            stream.flush()
    except OSError as error:
        # Python flushes standard output once more when it ends, which must not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            say(f"can't write to standard output: {error.strerror or error}", error=True)
            sys.exit(2)


def say(message: str, *, error: bool = False) -> None:
    """Tell something on standard error."""
    from golint_maps.report.excerpt import clean

    click.echo(f"golint-maps: {'error: ' if error else ''}{clean(message)}", err=True)


def count(number: int, noun: str) -> str:
    """`3 files`, `1 file`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
