"""The server's end of the worker process: starts it, talks to it, and tells when it has died."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable
from typing import Any

from golint_maps.lsp import worker
from golint_maps.lsp.view import Working


class Bridge:
    """One worker process. `hear` is called with each event, `died` with what it was at; both in a thread of their own."""

    def __init__(
        self,
        beginning: worker.Beginning,
        hear: Callable[[Any], None],
        died: Callable[[Working | None], None],
    ) -> None:
        """Start the process. It is a fresh interpreter, since forking a process with threads is asking for trouble."""
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=worker.main, args=(other, beginning), daemon=True)
        self._process.start()
        other.close()
        self._hear = hear
        self._died = died
        self.number = 0
        self._closed = False
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int | None:
        """The process id of the worker."""
        return self._process.pid

    def send(self, method: str, *arguments: Any) -> None:
        """Have `method` of the worker's desk called; `number` is that by which `Idle` tells that it was taken in."""
        self.number += 1
        try:
            self._connection.send(worker.Message(self.number, method, arguments))
        except OSError:  # it has died; `died` is told by the one who listens
            logging.debug("the worker is gone, %s is not sent", method)

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._connection.close()
        self._process.terminate()

    def _listen(self) -> None:
        at: Working | None = None
        try:
            while True:
                event = self._connection.recv()
                at = event if isinstance(event, Working) else None
                self._hear(event)
        except (EOFError, OSError):
            if not self._closed:
                self._died(at)
