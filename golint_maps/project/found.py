"""What discovery finds: the packages of a run."""
# Paths are plain strings on this floor, since trees of ten thousands of files are walked with them.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from functools import cached_property

from golint_maps.project.package import Package
from golint_maps.project.walk import DiscoveryProblem
from golint_maps.record import record


@record(frozen=True)
class Discovery:
    """What a run works on, independent of the order of arguments.

    `packages` are sorted by import path, their files by path. `skipped` counts Go files that were met and are not
    reported on: generated, ignored by git, excluded, hidden (but not those in folders that were never entered). `cwd`
    is the absolute working directory, to which all keys are relative. `looked_at` are the absolute folders that were
    listed, or looked for in vain, and `read` the files that say what a module is, there or not.
    """

    packages: tuple[Package, ...]
    skipped: int = 0
    problems: tuple[DiscoveryProblem, ...] = ()
    cwd: str = ""
    looked_at: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    def resolve(self, importer: Package, import_path: str) -> Package | None:
        """The package of this run that `import_path` means in a file of `importer`; None for those from elsewhere."""
        from golint_maps.project.modules import folders_of  # which a run that finds all in the cache can do without

        for folder in folders_of(importer.module, import_path):
            if package := self._importable.get(place(self.cwd, folder)):
                return package
        package = self._by_path.get(import_path)
        return None if package is None or package.external_test else package

    @cached_property
    def _importable(self) -> dict[str, Package]:
        return {place(self.cwd, one.folder): one for one in self.packages if is_primary(one)}

    @cached_property
    def _by_path(self) -> dict[str, Package]:
        return {package.import_path: package for package in self.packages}


def is_primary(package: Package) -> bool:
    """Whether an import of the package's folder means this package."""
    return not package.external_test and "#" not in package.import_path


def place(cwd: str, key: str) -> str:
    """The absolute path of a key."""
    return os.path.normpath(os.path.join(cwd, key))
