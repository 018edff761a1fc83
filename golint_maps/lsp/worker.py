"""The worker process: takes in what happens in the editor, and analyses one package after the other, most urgent first.

Messages are pickled methods of `Desk` with their arguments. One that arrives while a package is being analysed cuts the
analysis short, since its result would be stale or there is something more urgent; the package stays dirty.
"""

from __future__ import annotations

import _thread
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from golint_maps.lsp.desk import Desk
from golint_maps.lsp.options import Options
from golint_maps.lsp.tidying import PAUSE, Tidying
from golint_maps.lsp.view import Complaint, Idle, Working
from golint_maps.record import record


@record(frozen=True, slots=True)
class Message:
    """A method of `Desk` to be called, and the number of the message."""

    number: int
    method: str
    arguments: tuple[Any, ...] = ()


@record(frozen=True, slots=True)
class Beginning:
    """What the worker starts with: see `Desk`. `avoided` are packages that have brought down a worker before."""

    folders: tuple[str, ...]
    options: Options
    encoding: str
    pages: str
    avoided: frozenset[tuple[str, str]] = frozenset()
    log_level: int = logging.WARNING
    log_file: str | None = None


class Superseded(BaseException):
    """Raised inside of an analysis when a message has arrived."""


def main(connection: Connection, beginning: Beginning) -> None:
    """Serve the other end of `connection` until it is closed."""
    sys.stdout = sys.stderr  # standard output belongs to the protocol
    logging.basicConfig(
        level=beginning.log_level,
        filename=beginning.log_file,
        format="%(asctime)s worker %(levelname)s %(message)s",
        force=True,
    )
    _Worker(connection, beginning).run()


class _Worker:
    def __init__(self, connection: Connection, beginning: Beginning) -> None:
        self.connection = connection
        self.desk = Desk(beginning.folders, beginning.options, beginning.encoding, beginning.pages)
        self.desk.avoided |= beginning.avoided
        self.messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.interruptible = False
        self.answered = 0
        self.tidying = Tidying()

    def run(self) -> None:
        signal.signal(signal.SIGINT, self._interrupt)
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            try:
                self._turn()
            except (BrokenPipeError, EOFError):
                return
            except Superseded:  # a signal that came late
                continue
            except Exception as error:  # nothing that an editor sends may end the worker
                logging.exception("a message could not be taken in")
                self._send(Complaint(f"internal error: {type(error).__name__}: {error}"))

    def _turn(self) -> None:
        """Take in all messages; then analyse one package, or wait."""
        job = self.desk.next() if self.messages.empty() else None
        if job is None:
            if self.messages.empty():
                self._send(Idle(self.answered))
            message = self._next_message()
            self.answered = message.number
            for event in getattr(self.desk, message.method)(*message.arguments):
                self._send(event)
            return
        root, name = job
        self._send(Working(root, name, *self.desk.progress()))
        try:
            with self._interruptibly():
                view = self.desk.analyse(root, name)
        except Superseded:
            logging.debug("%s: cut short", name)
            return
        logging.debug("%s: %.3f s", name, view.seconds)
        self._send(view)
        self.tidying.analysed(self.desk.size(root, name))

    @contextmanager
    def _interruptibly(self) -> Iterator[None]:
        self.interruptible = True
        try:
            if not self.messages.empty():
                raise Superseded
            yield
        finally:
            self.interruptible = False

    def _next_message(self) -> Message:
        """The next message; while there is none, there is time for garbage."""
        if self.messages.empty():
            self.tidying.idle()
        if self.tidying.wanted:
            try:
                return self.messages.get(timeout=PAUSE)
            except queue.Empty:
                self.tidying.quiet()
        return self.messages.get()

    def _interrupt(self, signum: int, frame: FrameType | None) -> None:
        """In the main thread: a message has arrived (or somebody has pressed Ctrl-C, which is for the parent)."""
        if self.interruptible and not self.messages.empty():
            self.interruptible = False
            raise Superseded

    def _listen(self) -> None:
        """In a thread of its own."""
        try:
            while True:
                self.messages.put(self.connection.recv())
                if self.interruptible:
                    _thread.interrupt_main()
        except (EOFError, OSError):  # the server is gone
            os._exit(0)

    def _send(self, event: object) -> None:
        self.connection.send(event)
