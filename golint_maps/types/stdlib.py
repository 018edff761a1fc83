"""The standard library's declarations, from a table that comes with the package (see `generate_stdlib`)."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from golint_maps.types.codec import decode_package
from golint_maps.types.declarations import PackageTypes

if TYPE_CHECKING:
    from zipfile import ZipFile

TABLE = "stdlib.zip"
META = "META.json"

# The Go version that the table was made from, such as "go1.27.3".
GO_VERSION: str


def __getattr__(name: str) -> str:
    # Read on first use, so that importing this module costs nothing.
    if name == "GO_VERSION":
        return _version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def member(path: str) -> str:
    """The name of the table's member for an import path."""
    return f"{path}.json"


@cache
def package(path: str) -> PackageTypes | None:
    """The exported declarations of the standard package with this import path; None where there is no such package.

    Unexported types and those of internal packages are there as far as exported ones lead to them; of struct fields the
    exported, the embedded and those that hold a lock. There are no positions. The result is shared: don't change it.
    """
    archive, names = _archive()
    name = member(path)
    return decode_package(json.loads(archive.read(name))) if name in names else None


def paths() -> frozenset[str]:
    """The import paths of all packages in the table."""
    _, names = _archive()
    return frozenset(name.removesuffix(".json") for name in names)


@cache
def _version() -> str:
    archive, _ = _archive()
    return str(json.loads(archive.read(META))["go"])


@cache
def _archive() -> tuple[ZipFile, frozenset[str]]:
    import io
    from importlib.resources import files
    from zipfile import ZipFile

    # Held in memory: an open file would share its position with forked workers.
    archive = ZipFile(io.BytesIO(files(__package__).joinpath(TABLE).read_bytes()))
    return archive, frozenset(archive.namelist()) - {META}
