"""The commands `golint-maps config …`: a configuration file to start with, a judgement of one, its schema."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import working_folder

START = """\
# golint-maps: `golint-maps config check` says whether this file is right, docs/configuration.md what there is.
# Patterns are those of .gitignore, relative to this file, with / on all platforms.

# Accepted findings, which are not reported; `golint-maps baseline` writes the file.
# baseline = ".golint-maps-baseline"

# Nothing below this level (note, warning, error) or less certain (low, medium, high).
# min-level = "note"
# min-confidence = "medium"

# The least level that makes the exit code 1.
# fail-on = "warning"

# exclude = ["internal/legacy/", "*.pb.go"]

# Levels for rules, by id, group or name.
# [levels]
# GM107 = "note"

# [[per-path]]
# paths = ["*_test.go"]
# ignore = ["GM1"]
# levels = { GM4 = "warning" }
"""


@click.group()
def config() -> None:
    """Make a configuration file, check it, or print its schema.

    \b
    Examples:
      golint-maps config init
      golint-maps config check
      golint-maps config schema > golint-maps.schema.json
    """


@config.command()
def init() -> None:
    """Write a .golint-maps.toml to start with into the working directory, unless there is one."""
    from golint_maps.project.config import FILE_NAME

    try:
        with Path(FILE_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(START)
    except FileExistsError:
        terminal.say(f"{FILE_NAME} is there already; `golint-maps config check` judges it", error=True)
        sys.exit(2)
    except OSError as error:
        terminal.say(f"can't write {FILE_NAME}: {(error.strerror or str(error)).lower()}", error=True)
        sys.exit(2)
    terminal.say(f"{FILE_NAME} is written; all in it is still a comment")


@config.command()
@click.argument("file", required=False)
def check(file: str | None) -> None:
    """Check a configuration FILE (by default the one that holds here), and those that it extends."""
    from golint_maps.engine.run import choose, known_rules, spawners
    from golint_maps.project.config import ConfigError, find_config, load

    cwd = working_folder()
    found = Path(file) if file else find_config(".", cwd)
    if found is None:
        terminal.say("there is no .golint-maps.toml here or above; `golint-maps config init` writes one")
        return
    try:
        settings = load(found)
        choose(known_rules(), settings)
        spawners(settings)
    except ConfigError as error:
        terminal.say(str(error), error=True)
        sys.exit(2)
    for pattern in (*settings.exclude, *(path for entry in settings.per_path for path in entry.paths)):
        if "\\" in pattern:
            terminal.say(f"{found}: {pattern!r}: folders are separated by /, and \\ only takes away a special meaning")
    terminal.say(f"{found} is right")


@config.command()
def schema() -> None:
    """Print the JSON schema of configuration files, for editors."""
    import json

    from golint_maps.project.config import schema as made

    terminal.write(json.dumps(made(), indent=2).encode() + b"\n")
