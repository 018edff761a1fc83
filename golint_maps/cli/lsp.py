"""The command `golint-maps lsp`."""

from __future__ import annotations

import click

from golint_maps.cli.exits import fail


@click.command(short_help="Serve an editor (language server).")
@click.option("--stdio", is_flag=True, help="Talk over standard input and output.  [default]")
@click.option("--tcp", metavar="HOST:PORT", help="Listen there for one connection instead.")
@click.option("--log-file", metavar="FILE", help="Log to FILE instead of standard error.")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="warning")
def lsp(stdio: bool, tcp: str | None, log_file: str | None, log_level: str) -> None:
    """Serve an editor by the Language Server Protocol: findings while typing, fixes, explanations.

    Editors start it by themselves; docs/editors.md says how to make them.
    """
    host, _, port = (tcp or ":").rpartition(":")
    if tcp is not None and (not port.isdigit() or int(port) > 65535):
        raise click.BadOptionUsage("--tcp", f"--tcp: {tcp!r} is not HOST:PORT, such as 127.0.0.1:7777")
    if tcp is not None and stdio:
        raise click.UsageError("--stdio and --tcp exclude each other")
    try:
        from golint_maps.lsp.start import start
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        fail("the language server needs pygls: pip install 'golint-maps[lsp]'")
    try:
        start((host or "127.0.0.1", int(port)) if tcp is not None else None, log_level, log_file)
    except OSError as error:
        fail(f"can't serve: {error.strerror or error}")
