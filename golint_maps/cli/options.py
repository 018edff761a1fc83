"""Options that several commands have, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import fail

if TYPE_CHECKING:
    from golint_maps.engine.store import Store
    from golint_maps.project.config import Settings
    from golint_maps.rule import Rule


CONFIG_FILE = click.option("--config", "config_file", metavar="FILE", help="Take settings from FILE.")
EXCLUDE = click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out what matches (as in .gitignore).")
JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: as it suits]"
)
COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; NO_COLOR and FORCE_COLOR are honoured by 'auto'.",
)
CACHE_FOLDER = click.option(
    "--cache-dir",
    envvar="GOLINT_MAPS_CACHE_DIR",
    metavar="DIR",
    help="The folder for what later runs can use.  [default: one in the user's cache folder]",
)
RULES_FOLDER = click.option(
    "--rules-folder",
    metavar="DIR",
    help="Load rules of your own from the Python files in DIR, which run with your rights.",
)


def settings_for(paths: Sequence[str], config_file: str | None, cwd: Path, **given: Any) -> Settings:
    """The settings of the configuration file with those of the command line on top. Raises ConfigError, UsageError."""
    from golint_maps.project import config

    file = Path(config_file) if config_file is not None else config.find_config(paths[0] if paths else ".", cwd)
    return config.merge(config.load(file) if file is not None else config.Settings(), **given)


@overload
def open_store(folder: str | None, *, strict: Literal[True]) -> Store: ...
@overload
def open_store(folder: str | None) -> Store | None: ...
def open_store(folder: str | None, *, strict: bool = False) -> Store | None:
    """The cache in `folder` (None: where it is by default); one that can't be used is done without, unless `strict`."""
    from golint_maps.engine.store import Store, StoreError, default_folder

    try:
        return Store(folder or default_folder())
    except StoreError as error:
        if strict:
            fail(str(error))
        terminal.say(str(error))
        return None


def known_rules(rules_folder: str | None) -> tuple[type[Rule], ...]:
    """All rules, with a word about those that can't be used."""
    from golint_maps.engine import ownrules

    known = ownrules.known(Path(rules_folder) if rules_folder is not None else None)
    for problem in known.problems:
        terminal.say(f"{problem.path}: {problem.detail}", error=True)
    return known.rules


def check_patterns(patterns: Sequence[str]) -> None:
    """Whether `--exclude` is given patterns. Raises click.UsageError."""
    from golint_maps.project.ignore import bad_pattern

    for pattern in patterns:
        if complaint := bad_pattern(pattern):
            raise click.BadOptionUsage("--exclude", f"--exclude: {pattern!r} is no pattern: {complaint}")
