"""The commands `golint-maps cache …`."""

from __future__ import annotations

import click

from golint_maps.cli import terminal
from golint_maps.cli.options import CACHE_FOLDER, open_store


@click.group()
def cache() -> None:
    """Show or empty the cache, where results are kept for later runs.

    It is bounded in size, and what it holds is found by content, so that there is never a need to empty it.
    """


@cache.command()
@CACHE_FOLDER
def info(cache_dir: str | None) -> None:
    """Tell where the cache is and how much it holds."""
    store = open_store(cache_dir, strict=True)
    usage = store.usage()
    terminal.write(f"{store.folder}: {usage.entries:,} entries, {usage.size / 1e6:.1f} MB\n".encode())


@cache.command()
@CACHE_FOLDER
def clean(cache_dir: str | None) -> None:
    """Remove all entries."""
    store = open_store(cache_dir, strict=True)
    removed = store.clean()
    terminal.write(f"{store.folder}: removed {removed.entries:,} entries, {removed.size / 1e6:.1f} MB\n".encode())
