"""The order of packages: each after those that it imports, so that it can be given their facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from golint_maps.project.found import Discovery
from golint_maps.project.package import Package
from golint_maps.record import record


@record(frozen=True, slots=True)
class Step:
    """A package at its place in the order.

    `after` are the import paths of the packages that have to be done before: those that it imports itself. `sees` maps
    each name under which it may ask for facts to the import path of the package that has them: all packages below it
    under their own paths, and those that it imports also under the path that its files write, where that differs.
    """

    package: Package
    after: frozenset[str]
    sees: Mapping[str, str]


class _Below(Mapping[str, str]):
    """What a package sees, put together when it is first asked for: most packages of a run may never be analysed."""

    def __init__(self, imports: Mapping[str, str], steps: Mapping[str, Step]) -> None:
        self._imports = imports
        self._steps = steps
        self._found: dict[str, str] | None = None

    def __getitem__(self, name: str) -> str:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[dict[str, str]]]:
        return dict, (self._all(),)

    def _all(self) -> dict[str, str]:
        if self._found is None:
            below: set[str] = set()
            pending = sorted(set(self._imports.values()))
            while pending:
                path = pending.pop()
                if path not in below:
                    below.add(path)
                    pending.extend(self._steps[path].after)
            self._found = {**{path: path for path in sorted(below)}, **self._imports}
        return self._found


def imports_of(discovery: Discovery) -> dict[str, dict[str, str]]:
    """For each package by import path: the imports that are part of the run, as written, with the paths that they mean."""
    packages = {package.import_path: package for package in discovery.packages}
    return {path: _imports(package, discovery, packages) for path, package in packages.items()}


def ordered(discovery: Discovery, names: Mapping[str, Mapping[str, str]] | None = None) -> tuple[Step, ...]:
    """The packages of a run, each after its imports and an external test package after its package.

    `names` is what `imports_of` gives, if that is known already.

    Import cycles (only broken code has them) are cut where they are met first, starting from the least import path, so
    that the order depends on the packages alone.
    """
    packages = {package.import_path: package for package in discovery.packages}
    names = imports_of(discovery) if names is None else names
    steps: dict[str, Step] = {}
    for path in _depth_first({path: sorted(set(names[path].values())) for path in sorted(packages)}):
        after = frozenset(target for target in names[path].values() if target in steps)
        imports = {name: target for name, target in names[path].items() if target in after}
        steps[path] = Step(packages[path], after, _Below(imports, steps))
    return tuple(steps.values())


def _imports(package: Package, discovery: Discovery, packages: Mapping[str, Package]) -> dict[str, str]:
    """Of each import of `package` that is part of the run: the path as written, and that of the package it means."""
    found: dict[str, str] = {}
    for written in sorted(package.imports):
        meant = discovery.resolve(package, written)
        if meant is not None and meant.import_path != package.import_path:
            found[written] = meant.import_path
    tested = package.import_path.removesuffix("_test")
    if package.external_test and tested in packages:
        found[tested] = tested
    return found


def _depth_first(edges: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """The nodes, each after those that it leads to; without recursion, as chains of imports may be long."""
    seen: set[str] = set()
    for root in edges:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(edges[root]))]
        while stack:
            node, targets = stack[-1]
            target = next((target for target in targets if target not in seen), None)
            if target is None:
                stack.pop()
                yield node
            else:
                seen.add(target)
                stack.append((target, iter(edges[target])))
