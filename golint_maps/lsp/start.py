"""Starts the server on standard input and output, or on a port."""

from __future__ import annotations

import logging

from golint_maps.lsp.server import make_server


def start(address: tuple[str, int] | None, log_level: str, log_file: str | None) -> None:
    """Serve until the client says goodbye. Raises OSError where the log can't be written or the port is taken."""
    level = getattr(logging, log_level.upper())
    logging.basicConfig(
        level=level, filename=log_file, format="%(asctime)s server %(levelname)s %(message)s", force=True
    )
    server = make_server(level, log_file)
    try:
        if address is None:
            server.start_io()
        else:
            server.start_tcp(*address)
    finally:
        server.end()
