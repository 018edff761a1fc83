"""The standard library's table, its generator, and the encoding of types and declarations."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from golint_maps.project.package import GoFile, Module, Package
from golint_maps.types import codec, generate_stdlib, stdlib
from golint_maps.types.declarations import FunctionDecl, MethodDecl, PackageTypes, TypeDecl, VariableDecl
from golint_maps.types.model import (
    UNKNOWN,
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    StructField,
    Tuple,
    Type,
    TypeParam,
)
from golint_maps.types.world import World, bind, substitute

STRING, INT, ERROR, ANY = Basic("string"), Basic("int"), Basic("error"), Basic("any")


# --- the encoding -----------------------------------------------------------------------------------------------------

# Paths may hold undecodable bytes as surrogate escapes.
texts = st.text(st.characters(codec="utf-8") | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF), max_size=6)
names = texts.filter(bool)
leaves = st.just(UNKNOWN) | st.builds(Basic, names) | st.builds(Named, texts, names) | st.builds(TypeParam, names)


def tuples(of: st.SearchStrategy[Type]) -> st.SearchStrategy[tuple[Type, ...]]:
    return st.lists(of, max_size=3).map(tuple)


def signatures(of: st.SearchStrategy[Type]) -> st.SearchStrategy[Func]:
    return st.builds(Func, tuples(of), tuples(of), st.booleans())


def composites(of: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    methods = st.lists(st.tuples(names, signatures(of)), max_size=2).map(tuple)
    fields = st.lists(st.builds(StructField, texts, of, st.booleans()), max_size=3).map(tuple)
    return st.one_of(
        st.builds(Named, texts, names, tuples(of)),
        st.builds(TypeParam, names, of),
        st.builds(Pointer, of),
        st.builds(Map, of, of),
        st.builds(Slice, of),
        st.builds(Array, of, texts),
        st.builds(Chan, of, st.sampled_from(["both", "send", "receive"])),
        signatures(of),
        st.builds(Struct, fields),
        st.builds(Interface, methods, tuples(of), tuples(of)),
        st.builds(Tuple, tuples(of)),
    )


types = st.recursive(leaves, composites, max_leaves=8)
spans = st.tuples(st.integers(0, 9), st.integers(0, 9))
type_parameters = st.lists(names, max_size=2).map(tuple)
methods = st.dictionaries(names, st.builds(MethodDecl, signatures(leaves), st.booleans()), max_size=2)
type_declarations = st.builds(
    TypeDecl,
    names,
    types,
    type_parameters,
    st.booleans(),
    methods,
    st.dictionaries(names, names, max_size=2),
    texts,
    texts,
    spans,
    st.dictionaries(names, spans, max_size=2),
)
functions = st.builds(FunctionDecl, names, signatures(types), type_parameters)
variables = st.builds(VariableDecl, names, types, st.booleans(), texts, texts, spans)


def tables(of: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.lists(of, max_size=3).map(lambda items: {item.name: item for item in items})  # type: ignore[attr-defined]


packages = st.builds(
    PackageTypes,
    texts,
    texts,
    tables(type_declarations),
    tables(functions),
    tables(variables),
    st.dictionaries(names, st.lists(type_declarations, max_size=2), max_size=2),
)


def through_json(data: object) -> object:
    return json.loads(json.dumps(data))


@given(types)
def test_types_survive_json(type_: Type) -> None:
    assert codec.decode_type(through_json(codec.encode_type(type_))) == type_


@given(packages)
def test_packages_survive_json(package: PackageTypes) -> None:
    decoded = codec.decode_package(through_json(codec.encode_package(package)))
    assert decoded == package
    assert [list(decoded.types), list(decoded.variables)] == [list(package.types), list(package.variables)]


def test_types_are_compact() -> None:
    assert codec.encode_type(Map(STRING, Slice(Named("net", "Conn")))) == ["m", "string", ["s", ["n", "net", "Conn"]]]
    assert codec.encode_type(Func()) == ["f"]


@pytest.mark.parametrize("data", [["x"], [], ["m", "string"], 7, {"m": 1}, ["f", 3]])
def test_what_is_no_type_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not an encoded type"):
        codec.decode_type(data)


@pytest.mark.parametrize("data", [None, [], [codec.VERSION + 1, "p", "p", [], [], [], []], [codec.VERSION, "p"]])
def test_other_versions_and_shapes_are_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not an encoded package"):
        codec.decode_package(data)


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world() -> World:
    return World({}, stdlib.package)


def declared(path: str) -> PackageTypes:
    found = stdlib.package(path)
    assert found is not None
    return found


def results(world: World, type_: Type, method: str) -> tuple[Type, ...]:
    found = world.method(type_, method)
    assert found is not None
    return found.declaration.signature.results


def call(path: str, function: str, *arguments: Type) -> tuple[Type, ...]:
    declaration = declared(path).functions[function]
    bindings: dict[str, Type] = {}
    for parameter, argument in zip(declaration.signature.params, arguments, strict=True):
        bind(parameter, argument, frozenset(declaration.parameters), bindings)
    return tuple(substitute(one, bindings) for one in declaration.signature.results)


def test_unknown_packages_are_none() -> None:
    for path in ("example.com/x", "META", "", "../net", "net/http/", "builtin", "cmd/go"):
        assert stdlib.package(path) is None


def test_a_package_is_decoded_once() -> None:
    assert stdlib.package("net/http") is stdlib.package("net/http")


def test_the_version_is_known() -> None:
    assert stdlib.GO_VERSION.startswith("go1.")
    with pytest.raises(AttributeError):
        stdlib.GO_VERSIONS  # noqa: B018


def test_the_table_is_small() -> None:
    assert Path(stdlib.__file__).with_name(stdlib.TABLE).stat().st_size < 600_000


def test_every_package_decodes_and_has_declarations() -> None:
    assert len(stdlib.paths()) > 150
    for path in stdlib.paths():
        package = declared(path)
        assert package.path == path
        assert package.name
        # Two packages are imported for their effect only.
        empty = not (package.types or package.functions or package.variables)
        assert empty == (path in ("runtime/race", "time/tzdata"))


@pytest.mark.parametrize(
    ("path", "name"),
    [("net/http", "Header"), ("net/url", "Values"), ("net/textproto", "MIMEHeader"), ("net/mail", "Header")],
)
def test_named_maps_are_maps(world: World, path: str, name: str) -> None:
    assert world.map_type(Named(path, name)) == Map(STRING, Slice(STRING))


def test_fields_and_results_of_a_request(world: World) -> None:
    request = Pointer(Named("net/http", "Request"))
    header = world.field(request, "Header")
    assert header is not None
    assert (header[-1].owner, header[-1].type) == ("net/http.Request", Named("net/http", "Header"))
    url = world.field(request, "URL")
    assert url is not None
    assert results(world, url[-1].type, "Query") == (Named("net/url", "Values"),)


def test_locks_keep_their_methods_and_their_look(world: World) -> None:
    for name in ("Mutex", "RWMutex"):
        found = world.method(Named("sync", name), "Lock")
        assert found is not None
        assert found.declaration.pointer
        struct = world.underlying(Named("sync", name))
        assert isinstance(struct, Struct)
        assert struct.fields


def test_an_embedded_lock_promotes_its_methods(world: World) -> None:
    lock = Named("sync", "RWMutex")
    found = world.method(Struct((StructField("RWMutex", lock, embedded=True),)), "RLock")
    assert found is not None
    assert found.owner == lock
    assert [hop.name for hop in found.hops] == ["RWMutex"]


def test_unexported_fields_stay_where_they_hold_a_lock(world: World) -> None:
    kept = world.underlying(Named("expvar", "Map"))
    assert isinstance(kept, Struct)
    assert {one.name: one.type for one in kept.fields} == {
        "m": Named("sync", "Map"),
        "keysMu": Named("sync", "RWMutex"),
    }
    list_ = world.underlying(Named("container/list", "List"))
    assert list_ == Struct(())


def test_methods_come_through_unexported_embedded_types(world: World) -> None:
    assert world.method(Pointer(Named("os", "File")), "Close") is not None
    assert world.method(Named("testing", "B"), "Cleanup") is not None  # declared on the unexported `common`


def test_sync_map(world: World) -> None:
    sync_map = Pointer(Named("sync", "Map"))
    assert {"Load", "Store", "LoadOrStore", "LoadAndDelete", "Delete", "Range", "Swap"} < world.method_names(sync_map)
    assert results(world, sync_map, "LoadOrStore") == (ANY, Basic("bool"))
    assert results(world, Named("expvar", "Map"), "Get") == (Named("expvar", "Var"),)


def test_generic_types_substitute(world: World) -> None:
    config = Named("example.com/app", "Config")
    pointer = Named("sync/atomic", "Pointer", (config,))
    assert results(world, pointer, "Load") == (Pointer(config),)


def test_generic_functions_bind() -> None:
    peers = Map(STRING, Pointer(Named("example.com/app", "Peer")))
    assert call("maps", "Clone", peers) == (peers,)
    assert call("maps", "Clone", Named("net/http", "Header")) == (Named("net/http", "Header"),)
    assert call("maps", "Keys", peers) == (Named("iter", "Seq", (STRING,)),)
    assert call("slices", "Sorted", Named("iter", "Seq", (STRING,))) == (Slice(STRING),)
    assert call("maps", "Collect", Named("iter", "Seq2", (STRING, INT))) == (Map(STRING, INT),)


def test_variables_have_inferred_types() -> None:
    assert declared("net/http").variables["DefaultClient"].type == Pointer(Named("net/http", "Client"))
    assert declared("os").variables["Args"].type == Slice(STRING)
    assert declared("io").variables["EOF"].type == ERROR


def test_constants_repeat_the_type_of_their_group() -> None:
    variables = declared("time").variables
    assert variables["Saturday"] == VariableDecl("Saturday", Named("time", "Weekday"), constant=True)
    assert declared("log").variables["Ltime"].type == INT  # 1 << iota, repeated without type and value


def test_results_of_functions() -> None:
    assert declared("os").functions["Environ"].signature == Func((), (Slice(STRING),))
    assert declared("fmt").functions["Printf"].signature == Func((STRING, Slice(ANY)), (INT, ERROR), variadic=True)
    assert declared("container/list").functions["New"].signature.results == (Pointer(Named("container/list", "List")),)


def test_aliases_are_aliases(world: World) -> None:
    assert world.unalias(Named("os", "FileMode")) == Named("io/fs", "FileMode")


def test_unsafe_is_not_what_its_documentation_declares(world: World) -> None:
    assert list(declared("unsafe").types) == ["Pointer"]
    pointer = Named("unsafe", "Pointer")
    assert world.deref(pointer) == pointer
    assert declared("unsafe").functions["Sizeof"].signature.results == (Basic("uintptr"),)


def test_references_are_resolved(world: World) -> None:
    """Whatever the table refers to is in the table: nothing that leads to a lock or to a map is cut off."""

    def references(data: object) -> set[tuple[str, str]]:
        if not isinstance(data, list):
            return set()
        found = set().union(*map(references, data)) if data else set()
        if len(data) >= 3 and data[0] == "n" and isinstance(data[1], str) and isinstance(data[2], str):
            found.add((data[1], data[2]))
        return found

    missing = set()
    for path in stdlib.paths():
        for package, name in references(codec.encode_package(declared(path))):
            if world.declaration(Named(package, name)) is None:
                missing.add(f"{path}: {package}.{name}")
    # The method's own type parameter (Go 1.27), which no declaration can hold yet.
    assert missing <= {"math/rand/v2: math/rand/v2.Int"}


# --- what the standard library taught about reading declarations ------------------------------------------------------


def read(*files: str) -> PackageTypes:
    texts = tuple(GoFile(f"{index}.go", b"package p\n" + text.encode(), "p", ()) for index, text in enumerate(files))
    return generate_stdlib.read_package(Package("p", "p", "p", texts, Module("", "", (1, 27))), {})


def test_constraints_name_later_parameters() -> None:
    clone = read("func Clone[M ~map[K]V, K comparable, V any](m M) M { return m }").functions["Clone"]
    assert clone.signature.params == (TypeParam("M", Map(TypeParam("K"), TypeParam("V"))),)


@pytest.mark.parametrize("order", [1, -1])
def test_methods_name_type_parameters_as_they_like_in_any_file(order: int) -> None:
    files = [
        "func (s *Set[_, W]) Has(w W) {}\nfunc (s *Set[A, B]) All() map[A]B { return nil }",
        "type Set[K comparable, V any] struct{}",
    ][::order]
    declaration = read(*files).types["Set"]
    assert declaration.parameters == ("K", "V")
    bound = {"K": STRING, "V": INT}
    assert substitute(declaration.methods["All"].signature, bound) == Func((), (Map(STRING, INT),))
    assert substitute(declaration.methods["Has"].signature, bound) == Func((INT,))


def test_a_local_type_is_embedded_under_its_own_name() -> None:
    declared_types = read("func f() { type inner struct{ m map[int]int }; type outer struct{ inner } }").types
    fields = [one.name for type_ in declared_types.values() for one in getattr(type_.underlying, "fields", ())]
    assert fields == ["m", "inner"]


def test_generic_interfaces_substitute() -> None:
    own = read(
        "type Store[K comparable] interface { Load(k K) map[K]int; Keys[K] }\ntype Keys[T any] interface { All() []T }"
    )
    world = World({"p": own}, stdlib.package)
    store = Named("p", "Store", (STRING,))
    assert results(world, store, "Load") == (Map(STRING, INT),)
    assert results(world, store, "All") == (Slice(STRING),)


def test_named_maps_bind_through_their_underlying_type(world: World) -> None:
    bindings: dict[str, Type] = {}
    keys = declared("maps").functions["Keys"]
    header = Named("net/http", "Header")
    bind(keys.signature.params[0], header, frozenset(keys.parameters), bindings, world.underlying)
    assert bindings == {"Map": header, "K": STRING, "V": Slice(STRING)}


# --- the generator ----------------------------------------------------------------------------------------------------

SYNC = """package sync
type Mutex struct { state int32 }
func (m *Mutex) Lock() {}
func (m *Mutex) Unlock() {}
"""
INTERNAL = """package hidden
import "sync"
type State struct { mu sync.Mutex; Peers map[string]int; other map[string]bool }
func (s *State) Reset() {}
type Unused struct{}
"""
PUBLIC = """package shop
import (
	"shop/internal/hidden"
	"sync"
)
type Cart struct {
	*base
	hidden.State
	Items map[string]int
	secret map[string]int
	mu    sync.Mutex
	slots [4]slot
	next  *sync.Mutex
}
type base struct { Owner string; note string }
func (b *base) Name() string { return b.Owner }
func (b *base) hide() {}
type slot struct { lock sync.Mutex }
type lonely struct{}
type Shape interface { Area() float64; sealed() }
var Default = &Cart{}
var private = 1
const Limit int64 = 3
func Open(names ...string) (*Cart, error) { type local struct{}; type Local struct{}; return nil, nil }
func open() {}
"""


@pytest.fixture(scope="module")
def selected() -> dict[str, PackageTypes]:
    known: dict[str, PackageTypes] = {}
    for path, text in (("sync", SYNC), ("shop/internal/hidden", INTERNAL), ("shop", PUBLIC)):
        name = path.rpartition("/")[2]
        package = Package(path, name, path, (GoFile("a.go", text.encode(), name, ()),), Module("", "", (1, 27)))
        known[path] = generate_stdlib.read_package(package, known)
    return generate_stdlib.select(known)


def test_only_what_others_see_is_selected(selected: dict[str, PackageTypes]) -> None:
    shop = selected["shop"]
    assert sorted(shop.types) == ["Cart", "Shape", "base", "slot"]
    assert shop.functions == {
        "Open": FunctionDecl("Open", Func((Slice(STRING),), (Pointer(Named("shop", "Cart")), ERROR), variadic=True))
    }
    assert shop.variables == {
        "Default": VariableDecl("Default", Pointer(Named("shop", "Cart"))),
        "Limit": VariableDecl("Limit", Basic("int64"), constant=True),
    }
    assert list(shop.types["base"].methods) == ["Name"]
    assert shop.types["Shape"].underlying == Interface((("Area", Func((), (Basic("float64"),))),))


def test_of_fields_the_exported_embedded_and_locking_ones_are_selected(selected: dict[str, PackageTypes]) -> None:
    cart = selected["shop"].types["Cart"].underlying
    assert isinstance(cart, Struct)
    assert [one.name for one in cart.fields] == ["base", "State", "Items", "mu", "slots"]
    assert [one.embedded for one in cart.fields] == [True, True, False, False, False]


def test_internal_types_are_selected_where_public_ones_lead_to_them(selected: dict[str, PackageTypes]) -> None:
    hidden = selected["shop/internal/hidden"]
    assert list(hidden.types) == ["State"]
    state = hidden.types["State"].underlying
    assert isinstance(state, Struct)
    assert [one.name for one in state.fields] == ["mu", "Peers"]


def test_selected_declarations_carry_no_positions(selected: dict[str, PackageTypes]) -> None:
    for package in selected.values():
        for declaration in package.types.values():
            assert (declaration.path, declaration.at, declaration.fields_at) == ("", (0, 0), {})


def test_the_same_declarations_give_the_same_bytes(selected: dict[str, PackageTypes], tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    generate_stdlib.write(selected, "go1.99", one)
    generate_stdlib.write(dict(reversed(selected.items())), "go1.99", other)
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.namelist() == ["META.json", "shop.json", "shop/internal/hidden.json", "sync.json"]
        assert json.loads(archive.read("META.json")) == {"go": "go1.99", "codec": codec.VERSION}
        assert codec.decode_package(json.loads(archive.read("shop.json"))) == selected["shop"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("net/http", True), ("internal/abi", False), ("net/http/internal", False), ("vendor/x", False), ("cmd/go", False)],
)
def test_public_paths(path: str, expected: bool) -> None:
    assert generate_stdlib.public(path) is expected


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = CliRunner().invoke(generate_stdlib.main, [])
    assert result.exit_code == 2
    assert "--goroot" in result.output
