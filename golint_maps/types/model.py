"""Go's types as plain data, as far as syntax can tell them.

`UNKNOWN` is a type like any other: an expression whose type can't be found is not a map, and nothing is reported of it.
Named types are references by import path and name; `golint_maps.types.world` resolves them to their declarations.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Type:
    """Base of all types."""


@dataclass(frozen=True, slots=True)
class Unknown(Type):
    """A type that can't be found."""


UNKNOWN: Type = Unknown()


@dataclass(frozen=True, slots=True)
class Basic(Type):
    """A predeclared type: `int`, `string`, `error`, `any`, `untyped int`, …"""

    name: str


@dataclass(frozen=True, slots=True)
class Named(Type):
    """A declared type: `package` is the import path, `arguments` those of a generic instance."""

    package: str
    name: str
    arguments: tuple[Type, ...] = ()

    @property
    def qualified(self) -> str:
        """`path/to/pkg.Name`, without type arguments."""
        return f"{self.package}.{self.name}"


@dataclass(frozen=True, slots=True)
class TypeParam(Type):
    """A type parameter; `constraint` is its core type where it has one (`~map[K]V`), else `UNKNOWN`."""

    name: str
    constraint: Type = UNKNOWN


@dataclass(frozen=True, slots=True)
class Pointer(Type):
    """`*T`."""

    element: Type


@dataclass(frozen=True, slots=True)
class Map(Type):
    """`map[K]V`."""

    key: Type
    value: Type


@dataclass(frozen=True, slots=True)
class Slice(Type):
    """`[]T`."""

    element: Type


@dataclass(frozen=True, slots=True)
class Array(Type):
    """`[N]T`; `length` as written."""

    element: Type
    length: str = ""


@dataclass(frozen=True, slots=True)
class Chan(Type):
    """`chan T`; `direction` is "both", "send" or "receive"."""

    element: Type
    direction: str = "both"


@dataclass(frozen=True, slots=True)
class Func(Type):
    """A signature. The last parameter of a variadic one is a `Slice`."""

    params: tuple[Type, ...] = ()
    results: tuple[Type, ...] = ()
    variadic: bool = False


@dataclass(frozen=True, slots=True)
class StructField:
    """A field; the name of an embedded one is the bare name of its type."""

    name: str
    type: Type
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Struct(Type):
    """A struct type."""

    fields: tuple[StructField, ...] = ()


@dataclass(frozen=True, slots=True)
class Interface(Type):
    """An interface: `methods` are (name, signature), `embeds` the embedded interfaces, `union` its type terms."""

    methods: tuple[tuple[str, Func], ...] = ()
    embeds: tuple[Type, ...] = ()
    union: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Tuple(Type):
    """The results of a call that has several."""

    items: tuple[Type, ...] = ()
