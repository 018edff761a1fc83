"""All packages that are known while one package is analysed, and the questions that types answer across them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar, cast

from golint_maps.record import record
from golint_maps.types.declarations import MethodDecl, PackageTypes, TypeDecl, VariableDecl
from golint_maps.types.hints import NO_HINTS, TypeHints
from golint_maps.types.model import (
    UNKNOWN,
    Array,
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

T = TypeVar("T")

# Promotion through embedded fields and chains of named types are cut here: real code has three, cycles have no end.
_DEPTH = 8

# Methods that tell something about a type to code which does not name them.
TELLING = frozenset((
    "Lock", "Unlock", "Close", "Stop", "Shutdown", "Start", "Run", "Cancel", "Wait",
    "String", "Error", "Format", "GoString", "MarshalJSON", "MarshalText", "LogValue",
))  # fmt: skip


# A question to a `World`, by the name of its method and the arguments; questions with their answers.
Question = tuple[Any, ...]
Questions = dict[Question, object]


@record(frozen=True, slots=True)
class Hop:
    """One step of a field selection: the field, the qualified named type that declares it ("" if anonymous), its type."""

    name: str
    owner: str
    type: Type


@record(frozen=True, slots=True)
class FoundMethod:
    """A method found on a type: the embedded fields to go through, the declaring type and the declaration."""

    hops: tuple[Hop, ...]
    owner: Named | None
    declaration: MethodDecl


class World:
    """Resolves names and types across the packages of a run and the standard library.

    `packages` maps import paths to declarations; `fallback` is asked for those that are missing (the standard library's
    table) and returns None for unknown ones. `hints` is what is known of types beside their
    declarations.
    """

    def __init__(
        self,
        packages: Mapping[str, PackageTypes],
        fallback: Callable[[str], PackageTypes | None] | None = None,
        hints: TypeHints = NO_HINTS,
    ) -> None:
        self.hints = hints
        self._packages = packages
        self._fallback = fallback
        self._underlying: dict[Type, Type] = {}
        self._unaliased: dict[Named, Type] = {}
        self._fields: dict[tuple[Type, str], tuple[Hop, ...] | None] = {}
        self._methods: dict[tuple[Type, str], FoundMethod | None] = {}
        self._method_names: dict[Type, frozenset[str]] = {}
        self._found: dict[str, PackageTypes | None] = {}
        self._told: dict[tuple[Callable[[Type, World], object], Type], object] = {}

    def noting(self) -> AbstractContextManager[Questions]:
        """What is asked from now on about types; here nobody wants to know: see `golint_maps.types.noted`."""
        return nullcontext({})

    def told(self, find: Callable[[Type, World], T], type_: Type) -> T:
        """What `find` tells of a type in this world; it is remembered, and is one question to whoever takes notes."""
        key = (find, type_)
        if key not in self._told:
            self._told[key] = find(type_, self)
        return cast("T", self._told[key])

    def package(self, path: str) -> PackageTypes | None:
        """The declarations of a package, or None where it is unknown."""
        try:
            return self._found[path]
        except KeyError:
            found = self._found[path] = self._find_package(path)
            return found

    def _find_package(self, path: str) -> PackageTypes | None:
        found = self._packages.get(path)
        if found is None and self._fallback is not None:
            found = self._fallback(path)
        return found

    def in_run(self, qualified: str) -> bool:
        """Whether a qualified type (`path/to/pkg.Type`) is declared in the checked code, rather than in a library."""
        package = qualified.rpartition(".")[0]
        # The name of a type declared inside a function holds dots of its own.
        while package and package not in self._packages and "@" in qualified:
            package = package.rpartition(".")[0]
        return package in self._packages

    def declaration(self, named: Named) -> TypeDecl | None:
        """The declaration of a named type."""
        package = self.package(named.package)
        return package.types.get(named.name) if package else None

    def variable(self, package: str, name: str) -> VariableDecl | None:
        """The declaration of a package variable or constant."""
        found = self.package(package)
        return found.variables.get(name) if found else None

    def underlying(self, type_: Type) -> Type:
        """The structural type behind names, aliases and type parameters; `UNKNOWN` where the declaration is missing."""
        kind = type(type_)
        if kind is not Named and kind is not TypeParam:
            return type_
        cached = self._underlying.get(type_)
        if cached is not None:
            return cached
        result: Type = type_
        for _ in range(_DEPTH):
            if isinstance(result, Named):
                declaration = self.declaration(result)
                if declaration is None:
                    result = Map(UNKNOWN, UNKNOWN) if result.qualified in self.hints.maps else UNKNOWN
                    break
                result = substitute(
                    declaration.underlying, dict(zip(declaration.parameters, result.arguments, strict=False))
                )
            elif isinstance(result, TypeParam):
                result = result.constraint
            else:
                break
        else:
            result = UNKNOWN
        self._underlying[type_] = result
        return result

    def unalias(self, type_: Type) -> Type:
        """The named type that an alias stands for; other types unchanged."""
        if not isinstance(type_, Named):
            return type_
        known = self._unaliased.get(type_)
        if known is None:
            known = self._unaliased[type_] = self._find_unaliased(type_)
        return known

    def _find_unaliased(self, type_: Type) -> Type:
        for _ in range(_DEPTH):
            if not isinstance(type_, Named):
                break
            declaration = self.declaration(type_)
            if declaration is None or not declaration.alias:
                break
            type_ = substitute(declaration.underlying, dict(zip(declaration.parameters, type_.arguments, strict=False)))
        return type_

    def map_type(self, type_: Type) -> Map | None:
        """The map type behind `type_`, also through a name or a type parameter; None where it is no map."""
        if type(type_) is Named or type(type_) is TypeParam:
            type_ = self.underlying(type_)
        return type_ if isinstance(type_, Map) else None

    def deref(self, type_: Type) -> Type:
        """The type that a pointer points to (also a named pointer type); other types unchanged."""
        if isinstance(type_, Pointer):
            return type_.element
        under = self.underlying(type_)
        return under.element if isinstance(under, Pointer) else type_

    def named(self, type_: Type) -> Named | None:
        """The named type of a value or of what it points to."""
        type_ = self.unalias(type_)
        if isinstance(type_, Pointer):
            type_ = self.unalias(type_.element)
        return type_ if isinstance(type_, Named) else None

    def field(self, type_: Type, name: str) -> tuple[Hop, ...] | None:
        """The selection `x.name` for an x of this type, promotion spelled out hop by hop; None if there is no field."""
        key = (type_, name)
        if key not in self._fields:
            self._fields[key] = self._find_field(type_, name)
        return self._fields[key]

    def _find_field(self, type_: Type, name: str) -> tuple[Hop, ...] | None:
        level: list[tuple[tuple[Hop, ...], Type]] = [((), type_)]
        seen: set[Type] = set()
        for _ in range(_DEPTH):
            deeper: list[tuple[tuple[Hop, ...], Type]] = []
            for hops, current in level:
                base = self.unalias(self.deref(self.unalias(current)))
                if base in seen:
                    continue
                seen.add(base)
                owner = base.qualified if isinstance(base, Named) else ""
                struct = self.underlying(base)
                if not isinstance(struct, Struct):
                    continue
                for one in struct.fields:
                    if one.name == name:
                        return (*hops, Hop(name, owner, one.type))
                    if one.embedded:
                        deeper.append(((*hops, Hop(one.name, owner, one.type)), one.type))
            if not deeper:
                return None
            level = deeper
        return None

    def method(self, type_: Type, name: str) -> FoundMethod | None:
        """The method `name` of a type, also promoted and of interfaces; None if there is none."""
        key = (type_, name)
        if key not in self._methods:
            self._methods[key] = self._find_method(type_, name)
        return self._methods[key]

    def _find_method(self, type_: Type, name: str) -> FoundMethod | None:
        level: list[tuple[tuple[Hop, ...], Type]] = [((), type_)]
        seen: set[Type] = set()
        for _ in range(_DEPTH):
            deeper: list[tuple[tuple[Hop, ...], Type]] = []
            for hops, current in level:
                base = self.unalias(self.deref(self.unalias(current)))
                if base in seen:
                    continue
                seen.add(base)
                owner = base if isinstance(base, Named) else None
                if owner is not None:
                    declaration = self.declaration(owner)
                    if declaration is not None and name in declaration.methods:
                        method = declaration.methods[name]
                        bindings = dict(zip(declaration.parameters, owner.arguments, strict=False))
                        signature = substitute(method.signature, bindings)
                        assert isinstance(signature, Func)
                        return FoundMethod(hops, owner, MethodDecl(signature, method.pointer))
                under = self.underlying(base)
                if isinstance(under, Interface):
                    for method_name, signature in under.methods:
                        if method_name == name:
                            return FoundMethod(hops, owner, MethodDecl(signature, False))
                    deeper.extend((hops, embedded) for embedded in under.embeds)
                elif isinstance(under, Struct):
                    for one in under.fields:
                        if one.embedded:
                            deeper.append(
                                ((*hops, Hop(one.name, owner.qualified if owner else "", one.type)), one.type)
                            )
            if not deeper:
                return None
            level = deeper
        return None

    def tells(self, type_: Type) -> frozenset[str]:
        """Which methods of TELLING a named type or interface has, embedded ones included."""
        return self.method_names(type_) & TELLING

    def method_names(self, type_: Type) -> frozenset[str]:
        """The names of the methods of a named type or interface, embedded ones included."""
        known = self._method_names.get(type_)
        if known is None:
            known = self._method_names[type_] = self._find_method_names(type_)
        return known

    def _find_method_names(self, type_: Type) -> frozenset[str]:
        names: set[str] = set()
        level, seen = [type_], set[Type]()
        for _ in range(_DEPTH):
            deeper: list[Type] = []
            for current in level:
                base = self.unalias(self.deref(self.unalias(current)))
                if base in seen:
                    continue
                seen.add(base)
                if isinstance(base, Named):
                    declaration = self.declaration(base)
                    if declaration is not None:
                        names.update(declaration.methods)
                under = self.underlying(base)
                if isinstance(under, Interface):
                    names.update(method for method, _ in under.methods)
                    deeper.extend(under.embeds)
                elif isinstance(under, Struct):
                    deeper.extend(one.type for one in under.fields if one.embedded)
            level = deeper
        return frozenset(names)


def substitute(type_: Type, bindings: Mapping[str, Type]) -> Type:
    """The type with its type parameters replaced by what they are bound to (unbound ones stay)."""
    if not bindings:
        return type_
    if isinstance(type_, TypeParam):
        return bindings.get(type_.name, type_)
    if isinstance(type_, Named):
        if not type_.arguments:
            return type_
        return Named(type_.package, type_.name, tuple(substitute(argument, bindings) for argument in type_.arguments))
    if isinstance(type_, Pointer):
        return Pointer(substitute(type_.element, bindings))
    if isinstance(type_, Map):
        return Map(substitute(type_.key, bindings), substitute(type_.value, bindings))
    if isinstance(type_, Slice):
        return Slice(substitute(type_.element, bindings))
    if isinstance(type_, Array):
        return Array(substitute(type_.element, bindings), type_.length)
    if isinstance(type_, Chan):
        return Chan(substitute(type_.element, bindings), type_.direction)
    if isinstance(type_, Func):
        return Func(
            tuple(substitute(one, bindings) for one in type_.params),
            tuple(substitute(one, bindings) for one in type_.results),
            type_.variadic,
        )
    if isinstance(type_, Struct):
        return Struct(tuple(StructField(f.name, substitute(f.type, bindings), f.embedded) for f in type_.fields))
    if isinstance(type_, Interface):
        methods = ((name, substitute(signature, bindings)) for name, signature in type_.methods)
        return Interface(
            tuple((name, signature) for name, signature in methods if isinstance(signature, Func)),
            tuple(substitute(one, bindings) for one in type_.embeds),
            tuple(substitute(one, bindings) for one in type_.union),
        )
    if isinstance(type_, Tuple):
        return Tuple(tuple(substitute(one, bindings) for one in type_.items))
    return type_


def bind(
    parameter: Type,
    argument: Type,
    names: frozenset[str],
    bindings: dict[str, Type],
    underlying: Callable[[Type], Type] = lambda type_: type_,
) -> None:
    """Infer type arguments: match a parameter's type against an argument's, first match wins.

    `names` are the type parameters to bind, `bindings` takes what is found. With `underlying` (of a `World`), named
    types match structural ones, as `http.Header` matches `map[K]V`.
    """
    if isinstance(argument, Named) and isinstance(parameter, (Map, Pointer, Slice, Array, Chan, Func)):
        argument = underlying(argument)
    if isinstance(parameter, TypeParam):
        if parameter.name in names and argument != UNKNOWN:
            bindings.setdefault(parameter.name, argument)
            if not isinstance(parameter.constraint, Named):  # those are interfaces
                bind(parameter.constraint, argument, names, bindings, underlying)
    elif isinstance(parameter, Map) and isinstance(argument, Map):
        bind(parameter.key, argument.key, names, bindings, underlying)
        bind(parameter.value, argument.value, names, bindings, underlying)
    elif isinstance(parameter, (Pointer, Slice, Array, Chan)) and type(parameter) is type(argument):
        bind(parameter.element, argument.element, names, bindings, underlying)
    elif isinstance(parameter, Named) and isinstance(argument, Named) and parameter.name == argument.name:
        for inner, outer in zip(parameter.arguments, argument.arguments, strict=False):
            bind(inner, outer, names, bindings, underlying)
    elif isinstance(parameter, Func) and isinstance(argument, Func):
        for inner, outer in zip(parameter.params + parameter.results, argument.params + argument.results, strict=False):
            bind(inner, outer, names, bindings, underlying)
