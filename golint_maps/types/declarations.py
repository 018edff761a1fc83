"""What a package declares, as plain data: the type half of a package's exported facts."""

from __future__ import annotations

from dataclasses import field, replace

from golint_maps.record import record
from golint_maps.types.model import Func, Type


@record(frozen=True, slots=True)
class Started:
    """A parameter (by its position) that a function runs on another goroutine, on several if `many`.

    `awaited`: the function waits for goroutines before it returns. `kept`: it keeps what it is given, and a goroutine of
    its package calls that later (`types.keeping`); `runner` names that goroutine, where others are called by the same, and
    `methods` are the methods that it calls, of an object.
    """

    index: int
    many: bool = False
    awaited: bool = False
    kept: bool = False
    runner: str = ""
    methods: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Called:
    """A parameter of function type (by its position) that a function calls at once, and does nothing else with.

    It holds a lock meanwhile if `lock` is not None: that of a parameter, by its position, or of the receiver (-1), along the
    fields `path`; `shared` if it takes it for reading.
    """

    index: int
    lock: int | None = None
    path: tuple[str, ...] = ()
    shared: bool = False


@record(frozen=True, slots=True)
class Touched:
    """A map that a call of a function touches without a lock.

    `kind` is `write`, `delete`, `clear`, `read` or `iterate`; `root` what the map is reached from: the position of a
    parameter, -1 for the receiver, -2 for a package variable (`variable`, qualified); `path` the fields from there to the map.
    `file`, `function` (its source up to the body) and `text` say where: what stands there, not at which offset, which
    every edit would move.
    """

    kind: str
    root: int
    variable: str
    path: tuple[str, ...]
    file: str
    function: str
    text: str


@record(frozen=True, slots=True)
class Guarding:
    """The lock under which a package touches an exported map of its own, as its syntax shows.

    `lock` is the field beside the map, or the variable, `locked` of `total` places hold it; `annotated` if a comment names it.
    `function` is the source, up to the body, of one that changes the map under it, `name` how people call that function,
    `text` what stands there, in `file`.
    """

    lock: str
    locked: int
    total: int
    annotated: bool
    name: str
    file: str
    function: str
    text: str


@record(frozen=True, slots=True)
class MethodDecl:
    """A method's signature, whether its receiver is a pointer, and which of its parameters it runs on goroutines."""

    signature: Func
    pointer: bool
    starts: tuple[Started, ...] = ()


@record(slots=True)
class TypeDecl:
    """A declared type. `underlying` is the type as written behind the name (it may be another named type).

    `parameters` are the names of its type parameters. `guards` says which sibling field an annotation or comment names as
    the guard of a field (field name to mutex field name). `constraint` is the build constraint of its file.
    """

    name: str
    underlying: Type
    parameters: tuple[str, ...] = ()
    alias: bool = False
    methods: dict[str, MethodDecl] = field(default_factory=dict)
    guards: dict[str, str] = field(default_factory=dict)
    doc: str = ""
    path: str = ""
    at: tuple[int, int] = (0, 0)
    fields_at: dict[str, tuple[int, int]] = field(default_factory=dict)


@record(slots=True)
class FunctionDecl:
    """A declared function; `parameters` are the names of its type parameters, `starts` as in `MethodDecl`."""

    name: str
    signature: Func
    parameters: tuple[str, ...] = ()
    starts: tuple[Started, ...] = ()


@record(slots=True)
class VariableDecl:
    """A package variable (or constant). `type` is filled by inference where it is not written."""

    name: str
    type: Type
    constant: bool = False
    guard: str = ""
    path: str = ""
    at: tuple[int, int] = (0, 0)


@record(slots=True)
class PackageTypes:
    """The declarations of one package. The first declaration of a name wins; build-tag variants are in `variants`.

    `touched` says which maps its exported functions (`F`) and methods (`T.M`) touch without a lock (`types.touching`), `called`
    which parameters of theirs they call and do nothing else with (`types.calling`), `kept` which of them, and
    `hooks` which exported fields (`T.F`), goroutines of the package call later (`types.keeping`), `guarded` under which lock
    it touches its exported maps, fields (`T.F`) and variables (`V`) (`types.guarding`).
    """

    path: str
    name: str = ""
    types: dict[str, TypeDecl] = field(default_factory=dict)
    functions: dict[str, FunctionDecl] = field(default_factory=dict)
    variables: dict[str, VariableDecl] = field(default_factory=dict)
    variants: dict[str, list[TypeDecl]] = field(default_factory=dict)
    touched: dict[str, tuple[Touched, ...]] = field(default_factory=dict)
    called: dict[str, tuple[Called, ...]] = field(default_factory=dict)
    kept: dict[str, tuple[Started, ...]] = field(default_factory=dict)
    hooks: dict[str, Started] = field(default_factory=dict)
    guarded: dict[str, Guarding] = field(default_factory=dict)


def placeless(types: PackageTypes) -> PackageTypes:
    """The declarations without places and comments, which every edit moves, and without what is said of bodies."""
    return PackageTypes(
        types.path,
        types.name,
        {name: _without_place(one) for name, one in types.types.items()},
        dict(types.functions),
        {name: replace(one, path="", at=(0, 0)) for name, one in types.variables.items()},
        {name: [_without_place(one) for one in variants] for name, variants in types.variants.items()},
    )


def exported(types: PackageTypes) -> PackageTypes:
    """The declarations as other packages see them: without places, and without functions and variables of its own.

    So an edit that only moves code, or adds a function for the package itself, leaves a package's facts as they were. Types
    that aren't exported stay, for what is exported may lead to them, and so do variables that exported functions touch.
    """
    found = placeless(types)
    found.touched, found.called = types.touched, types.called
    found.kept, found.hooks, found.guarded = types.kept, types.hooks, types.guarded
    found.functions = {name: one for name, one in found.functions.items() if name[:1].isupper()}
    reached = {one.variable.rpartition(".")[2] for touches in found.touched.values() for one in touches}
    found.variables = {name: one for name, one in found.variables.items() if name[:1].isupper() or name in reached}
    return found


def _without_place(declaration: TypeDecl) -> TypeDecl:
    return replace(declaration, doc="", path="", at=(0, 0), fields_at={})
