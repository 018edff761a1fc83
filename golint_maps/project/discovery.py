"""Discovery: from what was named to packages. `walk` lists folders, `read_folder` reads one of them."""
# Paths are plain strings on this floor, since trees of ten thousands of files are walked with them.
# ruff: noqa: PTH118, PTH119, PTH120

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from golint_maps.project import constraints, header
from golint_maps.project.found import Discovery, is_primary, place
from golint_maps.project.ignore import Patterns
from golint_maps.project.keys import Keys, join
from golint_maps.project.modules import Modules, folders_of
from golint_maps.project.package import GoFile, GoVersion, Module, Package
from golint_maps.project.reach import within_reach
from golint_maps.project.regular import read_regular
from golint_maps.project.walk import (
    DiscoveryOptions,
    DiscoveryProblem,
    ListedFile,
    list_folder,
    problem_of,
    walk,
)
from golint_maps.record import record

__all__ = [
    "Discovery",
    "DiscoveryOptions",
    "DiscoveryProblem",
    "FolderReading",
    "Patterns",
    "discover",
    "read_folder",
]

# A file's own version can take the language back, but not behind the release which made that possible.
_OLDEST_FILE_VERSION: GoVersion = (1, 21)


@record(frozen=True, slots=True)
class FolderReading:
    """The packages of one folder (their import paths not yet unique in a run), generated files met, and problems."""

    packages: tuple[Package, ...]
    generated: tuple[str, ...] = ()
    problems: tuple[DiscoveryProblem, ...] = ()


def discover(paths: Sequence[str], options: DiscoveryOptions, cwd: Path) -> Discovery:
    """Find and read the packages of `paths` (files, folders, `folder/...`; the working directory for none).

    Never raises for what lies on the disk: what can't be read is in `problems`.
    """
    keys = Keys(os.fspath(cwd))
    modules = Modules(keys)
    found = walk(paths, options, keys)
    overlay = {keys.path(name): text for name, text in options.overlay.items()}
    readings: dict[str, FolderReading] = {}
    for folder in sorted(found.folders):
        readings[folder] = read_folder(folder, found.folders[folder], keys, modules, options, overlay)
    looked_at = set(found.looked_at)
    if options.follow_imports:
        looked_at |= _follow_imports(readings, keys, modules, options, overlay)
    skipped = len(found.skipped) + sum(len(reading.generated) for reading in readings.values())
    problems = [*found.problems.values(), *(problem for reading in readings.values() for problem in reading.problems)]
    return Discovery(
        packages=_with_unique_paths(package for reading in readings.values() for package in reading.packages),
        skipped=skipped,
        problems=tuple(sorted(problems, key=lambda problem: (problem.path, problem.message))),
        cwd=keys.cwd,
        looked_at=tuple(sorted(looked_at)),
        read=modules.read,
    )


def read_folder(
    folder: str,
    listing: Mapping[str, ListedFile],
    keys: Keys,
    modules: Modules,
    options: DiscoveryOptions,
    overlay: Mapping[str, bytes],
) -> FolderReading:
    """Read the files of the absolute `folder` and group them into packages; `overlay` maps absolute paths to texts."""
    module = modules.of(folder)
    key = keys.key(folder)
    files: list[GoFile] = []
    generated: list[str] = []
    problems: list[DiscoveryProblem] = []
    for name in sorted(listing):
        listed = listing[name]
        path = os.path.join(folder, name)
        text = overlay.get(path)
        if text is None:
            try:
                text = read_regular(path)
            except OSError as error:
                if listed.named or not isinstance(error, FileNotFoundError):
                    problems.append(problem_of(join(key, name), error, named=listed.named))
                continue
        head = header.scan(text)
        unwanted = head.generated and not listed.named and not options.generated
        if listed.reported and unwanted:
            generated.append(path)
        reported = listed.reported and not unwanted
        witness = listed.witness and not listed.reported
        files.append(_go_file(join(key, name), text, head, module, reported=reported, witness=witness))
    return FolderReading(
        tuple(_packages(key, modules.import_path(folder), module, files)), tuple(generated), tuple(problems)
    )


def _go_file(key: str, text: bytes, head: header.Header, module: Module, *, reported: bool, witness: bool) -> GoFile:
    name = key.rpartition("/")[2]
    version = module.go_version if head.go_version is None else max(head.go_version, _OLDEST_FILE_VERSION)
    return GoFile(
        path=key,
        text=text,
        package_name=head.package_name,
        imports=head.imports,
        constraint=constraints.combine(constraints.from_file_name(name), head.constraint),
        go_version=version,
        is_test=name.endswith("_test.go"),
        generated=head.generated,
        reported=reported,
        witness=witness,
    )


def go_file(old: GoFile, text: bytes) -> GoFile:
    """The file `old` with another text, as reading its folder would find it now.

    Its Go version is that of `old` where that follows from other files; a difference in it is one in the constraint.
    """
    head = header.scan(text)
    name = old.path.rpartition("/")[2]
    return GoFile(
        path=old.path,
        text=text,
        package_name=head.package_name,
        imports=head.imports,
        constraint=constraints.combine(constraints.from_file_name(name), head.constraint),
        go_version=old.go_version,
        is_test=old.is_test,
        generated=head.generated,
        reported=old.reported,
        witness=old.witness,
    )


def _packages(folder: str, path: str, module: Module, files: list[GoFile]) -> Iterable[Package]:
    """Group the files of one folder: the package that importers see, its external tests, and what else lies there.

    A file that only builds with the tag `ignore` is a program of its own, and a file without a package clause (broken,
    or just being written) goes with the folder's package.
    """
    alone: list[GoFile] = []
    nameless: list[GoFile] = []
    groups: dict[str, list[GoFile]] = {}
    for file in files:
        if not file.package_name:
            nameless.append(file)
        elif constraints.needs(file.constraint, "ignore"):
            alone.append(file)
        else:
            groups.setdefault(file.package_name, []).append(file)
    external = {
        name for name, members in groups.items() if name.endswith("_test") and all(file.is_test for file in members)
    }
    primary = _primary(path, {name: members for name, members in groups.items() if name not in external})
    if nameless:
        groups.setdefault(primary, []).extend(nameless)
    for name, members in groups.items():
        if name == primary:
            own = path
        elif name in external and name in (f"{primary}_test", min(external)):
            own = f"{path}_test"
        else:
            own = f"{path}#{name}"
        ordered = tuple(sorted(members, key=lambda file: file.path))
        yield Package(own, name, folder, ordered, module, external_test=name in external)
    for file in alone:
        base = file.path.rpartition("/")[2]
        yield Package(f"{path}#{base}", file.package_name, folder, (file,), module)


def _primary(path: str, groups: Mapping[str, Sequence[GoFile]]) -> str:
    """The name of the package that an import of the folder means; "" where there are only external tests or nothing."""
    last = path.rpartition("/")[2]

    def rank(name: str) -> tuple[bool, bool, bool, int, str]:
        members = groups[name]
        return (
            all(file.is_test for file in members),
            name == "documentation",
            name != last and all(file.constraint for file in members),
            -len(members),
            name,
        )

    return min(groups, key=rank, default="")


def _with_unique_paths(packages: Iterable[Package]) -> tuple[Package, ...]:
    """Settle the import paths: vendored packages have that of their origin, and nobody has that of another.

    Two modules of one tree may claim one path (fixtures often do); the later one by folder is told apart by `@folder`.
    """
    taken: dict[str, Package] = {}
    for package in sorted(packages, key=lambda one: (not is_primary(one), one.folder, one.import_path)):
        path = package.import_path
        vendored = f"/{path}".rpartition("/vendor/")[2].removeprefix("/")
        for candidate in (vendored, path, f"{path}@{package.folder}"):
            if candidate not in taken:
                taken[candidate] = package if candidate == path else replace(package, import_path=candidate)
                break
    return tuple(taken[path] for path in sorted(taken))


def _follow_imports(
    readings: dict[str, FolderReading],
    keys: Keys,
    modules: Modules,
    options: DiscoveryOptions,
    overlay: Mapping[str, bytes],
) -> set[str]:
    """Add the packages that those in `readings` import from their own modules, and so on; nothing in them is reported.

    With them a package is judged alike, whatever else was named. Vendored packages are only followed if wanted. Returns
    the folders that were looked for.
    """
    looked_at: set[str] = set()
    seen: set[tuple[Module, str]] = set()
    pending = list(readings)
    while pending:
        for package in readings[pending.pop()].packages:
            for import_path in package.imports:
                if (package.module, import_path) in seen:
                    continue
                seen.add((package.module, import_path))
                for key in folders_of(package.module, import_path):
                    if "vendor" in key.split("/") and not options.vendor:
                        continue
                    folder = place(keys.cwd, key)
                    if folder in readings:
                        break
                    looked_at.add(folder)
                    listing = _quiet_listing(folder, overlay)
                    if listing and within_reach(place(keys.cwd, package.folder), folder):
                        readings[folder] = read_folder(folder, listing, keys, modules, options, overlay)
                        pending.append(folder)
                        break
    return looked_at


def _quiet_listing(folder: str, overlay: Mapping[str, bytes]) -> dict[str, ListedFile]:
    try:
        names = list_folder(folder, (os.path.basename(path) for path in overlay if os.path.dirname(path) == folder))
    except OSError:
        return {}
    return {name: ListedFile() for name in names if not name.endswith("_test.go")}
