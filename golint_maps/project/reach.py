"""How far what a repository says may lead: no link, path or setting in it leads out of it."""
# Paths are plain strings here, as in the walk, which asks for each link.
# ruff: noqa: PTH118

from __future__ import annotations

import os

from golint_maps.project.ignore import repository_root


def within_reach(folder: str, target: str) -> bool:
    """Whether something in the absolute `folder` may name `target` (absolute or relative to it), all links followed.

    It may name what lies in the same repository, and anything where there is no repository.
    """
    home = os.path.realpath(folder)
    repository = repository_root(home)
    return repository is None or is_below(repository, os.path.join(home, target))


def is_below(folder: str, path: str) -> bool:
    """Whether `path` is `folder` or lies below it, all links followed."""
    home, real = os.path.realpath(folder), os.path.realpath(path)
    try:
        return os.path.commonpath([home, real]) == home
    except ValueError:  # on different drives
        return False
