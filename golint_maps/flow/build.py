"""From the files of a package to its lowered functions: parse, declare, infer, lower."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import itemgetter

from tree_sitter import Node, Tree

from golint_maps.flow import ir
from golint_maps.flow.expressions import ExpressionLowerer
from golint_maps.flow.kept import LoweredFile
from golint_maps.flow.lower import Lowerer
from golint_maps.flow.reuse import Reuse
from golint_maps.project.constraints import wants_tags
from golint_maps.project.package import GoFile, Package
from golint_maps.record import record
from golint_maps.syntax.parser import parse
from golint_maps.types.calling import find_called
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.guarding import find_guarded
from golint_maps.types.hints import NO_HINTS, TypeHints
from golint_maps.types.keeping import find_kept
from golint_maps.types.model import UNKNOWN
from golint_maps.types.noted import NotedWorld
from golint_maps.types.resolve import PREDECLARED, Declaration, TypeReader
from golint_maps.types.touching import find_touched
from golint_maps.types.world import World

# The trees of a package take some 25 times as much as its text. Of one with more bytes than this they are not kept from the
# reading of declarations to the lowering, but made again: that costs a twentieth of its time, and halves the peak.
_LARGE = 2_000_000


@record(slots=True)
class Lowered:
    """A package as floor 4 starts from it: its declarations, its functions (closures inside), what was partly read."""

    package: Package
    types: PackageTypes
    world: World
    functions: list[ir.Function]
    partly_read: tuple[str, ...]


def lower_package(
    package: Package,
    known: Mapping[str, PackageTypes],
    fallback: Callable[[str], PackageTypes | None],
    declarations_only: bool = False,
    hints: TypeHints = NO_HINTS,
    reuse: Reuse | None = None,
    declared: Callable[[PackageTypes], None] = lambda types: None,
) -> Lowered:
    """Read a package whole: `known` are the declarations of the packages in the run, `fallback` the standard library's.

    With `declarations_only` no function is lowered: what is needed of a package that is only imported. `hints` is what
    is known of types beside their declarations, `reuse` what was kept of the package as it was before an edit. `declared`
    is called with the package's declarations as soon as they are complete, but for the types inside functions.
    """
    if reuse is not None:
        reuse.only({file.path for file in package.files})
    own = PackageTypes(package.import_path, package.name)
    packages: Mapping[str, PackageTypes] = ChainMap({package.import_path: own}, known)  # type: ignore[arg-type]
    world = World(packages, fallback, hints)
    if reuse is not None:
        world = reuse.world(NotedWorld(world))

    def declared_name(path: str) -> str | None:
        found = world.package(path)
        return found.name if found is not None and found.name else None

    partly: list[str] = []
    lowerers: list[Lowerer] = []
    trees: list[Tree] = []
    reads: list[tuple[bool, list[Declaration], Lowerer]] = []
    for file in package.files:
        parsed = reuse.parse(file) if reuse is not None else parse(file.text)
        if parsed.partly:
            partly.append(file.path)
        root = parsed.tree.root_node
        reader = TypeReader(package.import_path, file.text, root, declared_name)
        lowerer = Lowerer(reader, world, file.path, file.go_version, file.is_test)
        read = partial(reader.declarations, root, file.path)
        declarations = read() if reuse is None else reuse.declarations(file, read)
        reads.append((wants_tags(file.constraint), declarations, lowerer))
        lowerers.append(lowerer)
        trees.append(parsed.tree)
    # Of several declarations of a name the first counts: that of an ordinary build.
    pending: dict[int, tuple[Node, int, ExpressionLowerer]] = {}
    for _, declarations, lowerer in sorted(reads, key=itemgetter(0)):
        for declare in declarations:
            unknown = declare(own)
            if unknown is not None:
                pending[id(unknown[0])] = (*unknown[1:], lowerer)
    reads.clear()
    shadowed = frozenset(own.types) & frozenset(PREDECLARED)
    for lowerer in lowerers:
        lowerer.reader.shadowed = shadowed
        lowerer.pending = pending
    for lowerer in lowerers:
        lowerer.own = own
    for declaration in own.variables.values():
        if declaration.type == UNKNOWN and id(declaration) in pending:
            pending[id(declaration)][2].variable_type(declaration)
    pending.clear()
    _tell_importers(package.files, lowerers, trees, own, world)
    if reuse is None and sum(len(file.text) for file in package.files) > _LARGE:
        trees.clear()
    declared(own)
    if declarations_only:
        return Lowered(package, own, world, [], tuple(partly))
    if reuse is not None:
        reuse.declared(own, package.files)
    functions: list[ir.Function] = []
    for index, (file, lowerer) in enumerate(zip(package.files, lowerers, strict=True)):
        broken = file.path in partly
        root = (trees[index] if trees else parse(file.text).tree).root_node
        if reuse is None:
            lowered = _lowered(file, root, lowerer, own, None, broken)
        else:
            lowered = _lowered_again(file, root, lowerer, own, reuse, broken)
        functions += lowered.functions
        if lowered.cut and file.path not in partly:
            partly.append(file.path)
    return Lowered(package, own, world, functions, tuple(partly))


def _tell_importers(
    files: Sequence[GoFile], lowerers: Sequence[Lowerer], trees: Sequence[Tree], own: PackageTypes, world: World
) -> None:
    """Put what importers want to know of the functions among the declarations; nothing holds on to the trees after it."""
    shown = [
        (file.path, lowerer.reader, tree.root_node)
        for file, lowerer, tree in zip(files, lowerers, trees, strict=True)
        if not file.is_test
    ]
    own.touched = find_touched(shown, own, world)
    own.called = find_called(((reader, root) for _, reader, root in shown), own)
    own.kept, own.hooks = find_kept(shown, own, world)
    own.guarded = find_guarded(shown, own, world)


def _lowered(
    file: GoFile, root: Node, lowerer: Lowerer, own: PackageTypes, known: LoweredFile | None, partly: bool
) -> LoweredFile:
    """Lower a file, but for the functions that are known. Types inside functions are put among the `own`."""
    before = set(own.types)
    functions_before: dict[ir.Span, ir.Function] = {}
    if known is not None:
        own.types.update(known.types)
        functions_before = {function.at: function for function in known.functions}
    functions = tuple(lowerer.functions(root, own, functions_before))
    types = {name: one for name, one in own.types.items() if name not in before}
    asked = {**(known.asked if known is not None else {}), **lowerer.asked}
    return LoweredFile(file, functions, types, lowerer.reader.imports, lowerer.cut, partly, asked)


def _lowered_again(
    file: GoFile, root: Node, lowerer: Lowerer, own: PackageTypes, reuse: Reuse, partly: bool
) -> LoweredFile:
    """The functions of a file, as far as possible those that are known from before an edit."""
    known = reuse.lowered(file)
    if known is not None and own.types.keys().isdisjoint(known.types):
        own.types.update(known.types)
        return known
    known = reuse.in_part(file, lowerer.reader.imports)
    if known is not None and not own.types.keys().isdisjoint(known.types):
        known = None
    variants = sum(map(len, own.variants.values()))
    lowered = _lowered(file, root, lowerer, own, known, partly)
    if variants == sum(map(len, own.variants.values())):
        reuse.keep(lowered)
    else:
        reuse.drop(file.path)
        reuse.drop_local_types()
    return lowered
