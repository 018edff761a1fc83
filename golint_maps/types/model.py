"""Go's types as plain data, as far as syntax can tell them.

`UNKNOWN` is a type like any other: an expression whose type can't be found is not a map, and nothing is reported of it.
Named types are references by import path and name; `golint_maps.types.world` resolves them to their declarations.

There is one object for each type, so that equal types are identical: types are keys of many tables, and a type may be as
long as a signature or a struct.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from golint_maps.record import record

if TYPE_CHECKING:
    _Unique = type
else:

    class _Unique(type):
        """The metaclass of classes of which no two instances have the same fields."""

        def __init__(cls, *arguments: Any) -> None:
            super().__init__(*arguments)
            cls._known: dict[tuple[Any, ...], Any] = {}

        def __call__(cls, *values: Any, **named: Any) -> Any:
            if not named:
                try:
                    return cls._known[values]
                except KeyError:
                    pass
            declared = fields(cls)
            whole = list(values)
            for one in declared[len(values) :]:
                given = named.pop(one.name, one.default)
                if given is MISSING:
                    raise TypeError(f"{cls.__name__} needs a value for {one.name!r}")
                whole.append(given)
            if named or len(whole) > len(declared):
                raise TypeError(f"{cls.__name__} has the fields {[one.name for one in declared]}")
            made = cls._known.get(tuple(whole))
            if made is None:
                made = cls._known[tuple(whole)] = super().__call__(*whole)
            return cls._known.setdefault(values, made) if len(whole) > len(values) and values else made


class _Once(metaclass=_Unique):
    """Base of what there is once only: equality is identity, also after pickling and copying."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple([getattr(self, one.name) for one in fields(self)])  # type: ignore[arg-type]


@record(frozen=True, slots=True, eq=False)
class Type(_Once):
    """Base of all types."""


@record(frozen=True, slots=True, eq=False)
class Unknown(Type):
    """A type that can't be found."""


UNKNOWN: Type = Unknown()


@record(frozen=True, slots=True, eq=False)
class Basic(Type):
    """A predeclared type: `int`, `string`, `error`, `any`, `untyped int`, …"""

    name: str


@record(frozen=True, slots=True, eq=False)
class Named(Type):
    """A declared type: `package` is the import path, `arguments` those of a generic instance."""

    package: str
    name: str
    arguments: tuple[Type, ...] = ()

    @property
    def qualified(self) -> str:
        """`path/to/pkg.Name`, without type arguments."""
        return f"{self.package}.{self.name}"


@record(frozen=True, slots=True, eq=False)
class TypeParam(Type):
    """A type parameter; `constraint` is its core type where it has one (`~map[K]V`), else `UNKNOWN`."""

    name: str
    constraint: Type = UNKNOWN


@record(frozen=True, slots=True, eq=False)
class Pointer(Type):
    """`*T`."""

    element: Type


def qualified_name_of(type_: Type | None) -> str:
    """The qualified name of a declared type, or of the one that a pointer leads to; "" for all others."""
    bare = type_.element if isinstance(type_, Pointer) else type_
    return bare.qualified if isinstance(bare, Named) else ""


@record(frozen=True, slots=True, eq=False)
class Map(Type):
    """`map[K]V`."""

    key: Type
    value: Type


@record(frozen=True, slots=True, eq=False)
class Slice(Type):
    """`[]T`."""

    element: Type


@record(frozen=True, slots=True, eq=False)
class Array(Type):
    """`[N]T`; `length` as written."""

    element: Type
    length: str = ""


@record(frozen=True, slots=True, eq=False)
class Chan(Type):
    """`chan T`; `direction` is "both", "send" or "receive"."""

    element: Type
    direction: str = "both"


@record(frozen=True, slots=True, eq=False)
class Func(Type):
    """A signature. The last parameter of a variadic one is a `Slice`."""

    params: tuple[Type, ...] = ()
    results: tuple[Type, ...] = ()
    variadic: bool = False


@record(frozen=True, slots=True, eq=False)
class StructField(_Once):
    """A field; the name of an embedded one is the bare name of its type."""

    name: str
    type: Type
    embedded: bool = False


@record(frozen=True, slots=True, eq=False)
class Struct(Type):
    """A struct type."""

    fields: tuple[StructField, ...] = ()


@record(frozen=True, slots=True, eq=False)
class Interface(Type):
    """An interface: `methods` are (name, signature), `embeds` the embedded interfaces, `union` its type terms."""

    methods: tuple[tuple[str, Func], ...] = ()
    embeds: tuple[Type, ...] = ()
    union: tuple[Type, ...] = ()


# The two ways in which the interface without methods is written.
EMPTY_INTERFACE = (Basic("any"), Interface())


@record(frozen=True, slots=True, eq=False)
class Tuple(Type):
    """The results of a call that has several."""

    items: tuple[Type, ...] = ()
