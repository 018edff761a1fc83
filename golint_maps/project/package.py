"""What the first floor hands on: files grouped into packages, with their module."""

from __future__ import annotations

from dataclasses import replace

from golint_maps.record import record

GoVersion = tuple[int, int]
DEFAULT_GO_VERSION: GoVersion = (1, 22)


@record(frozen=True, slots=True)
class GoFile:
    """One Go file, read as bytes.

    `path` is its key in findings: relative to the working directory where possible, with `/`, undecodable bytes as
    surrogate escapes. `imports` are the import paths (without `C`), `constraint` the `//go:build` expression joined
    with the one in the file's name (`_linux_amd64.go`), "" for none. `go_version` is that of the file (`//go:build
    go1.N`, or else the module's). `reported` tells whether findings in it are wanted; other files are only read for the
    package's sake. `generated` follows Go's exact header. `witness` is a test that was to be left out: it is read for what
    it says in favour of the others.
    """

    path: str
    text: bytes
    package_name: str
    imports: tuple[str, ...]
    constraint: str = ""
    go_version: GoVersion = DEFAULT_GO_VERSION
    is_test: bool = False
    generated: bool = False
    reported: bool = True
    witness: bool = False


@record(frozen=True, slots=True)
class Module:
    """A Go module: `path` from `go.mod` ("" for files without one), `root` the key of its folder.

    `replaces` maps module paths to folder keys for `replace … => ./dir`, and the modules of a `go.work` to theirs.
    """

    path: str
    root: str
    go_version: GoVersion = DEFAULT_GO_VERSION
    replaces: tuple[tuple[str, str], ...] = ()


@record(frozen=True, slots=True)
class Package:
    """The unit of analysis: the files of one folder with one package name (in-package tests included).

    `import_path` is unique within a run: module path + folder, or `folder key` where there is no module; an external
    test package has its folder's import path with `_test` appended; commands keep their folder's path.
    """

    import_path: str
    name: str
    folder: str
    files: tuple[GoFile, ...]
    module: Module
    external_test: bool = False

    @property
    def code(self) -> Package:
        """The package without its witnesses; the package itself if it has none."""
        files = tuple(file for file in self.files if not file.witness)
        return self if len(files) == len(self.files) else replace(self, files=files)

    @property
    def imports(self) -> frozenset[str]:
        """The import paths of all its files."""
        return frozenset(path for file in self.files for path in file.imports)
