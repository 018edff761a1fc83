"""The command `golint-maps why`."""

from __future__ import annotations

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import fail, working_folder
from golint_maps.cli.options import CONFIG_FILE, settings_for


@click.command(short_help="Show what is believed about the maps on a line.")
@click.argument("place", metavar="PATH:LINE")
@CONFIG_FILE
def why(place: str, config_file: str | None) -> None:
    """Show what the analysis believes about the maps touched on PATH:LINE.

    For each map: what guards it and why, every access with its threads and locks, and the verdict with the reason for
    a report or for silence.

    \b
    Example:
      golint-maps why server/session.go:41
    """
    path, _, number = place.rpartition(":")
    if not path or not number.isdigit():
        fail(f"{place!r} is not PATH:LINE, such as server/session.go:41")
    from golint_maps.engine.why import why as explain_line
    from golint_maps.report.excerpt import printable_path

    cwd = working_folder()
    settings = settings_for([path], config_file, cwd)
    try:
        lines = explain_line(path, int(number), settings, cwd=cwd)
    except LookupError as error:
        fail(str(error.args[0]))
    shown = (line[: -len(line.lstrip())] + printable_path(line.lstrip()) if line.strip() else "" for line in lines)
    terminal.write("".join(f"{line}\n" for line in shown).encode("utf-8", "replace"))
