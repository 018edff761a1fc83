"""Types and declarations as JSON: nested lists, versioned, for the standard library's table and for cached facts.

A type is null (unknown), a string (predeclared), or a list that starts with its kind's letter: `["m", key, value]`.
A declaration is a list of its attributes in the order of its class, without the last ones where they are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from golint_maps.types.declarations import FunctionDecl, MethodDecl, PackageTypes, Started, TypeDecl, VariableDecl
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
    Unknown,
)

# Goes up with every change of the encoding, of the types or of the declarations.
VERSION = 1

# What `json.dumps` takes; the shape depends on the first element, so that nothing narrower helps.
Data = Any


# --- types ------------------------------------------------------------------------------------------------------------


def encode_type(type_: Type) -> Data:
    """The type as JSON-able data (None, strings, integers, lists)."""
    return _ENCODERS[type(type_)](type_)


def decode_type(data: Data) -> Type:
    """The type that `encode_type` gave `data` for. Raises ValueError for anything else."""
    try:
        return _type(data)
    except _MALFORMED as error:
        raise ValueError(f"not an encoded type: {data!r:.80}") from error


_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def _all(types: Iterable[Type]) -> list[Data]:
    return [_ENCODERS[type(one)](one) for one in types]


def _func(signature: Func) -> list[Data]:
    return _trim(["f", _all(signature.params), _all(signature.results), int(signature.variadic)])


def _field(one: StructField) -> list[Data]:
    return _trim([one.name, encode_type(one.type), int(one.embedded)], keep=2)


def _interface(type_: Interface) -> list[Data]:
    return _trim(
        ["i", [[name, _func(signature)] for name, signature in type_.methods], _all(type_.embeds), _all(type_.union)]
    )


def _trim(items: list[Data], keep: int = 1) -> list[Data]:
    """The list without its empty last items (at least `keep` stay)."""
    while len(items) > keep and not items[-1]:
        items.pop()
    return items


_ENCODERS: dict[type[Type], Callable[[Any], Data]] = {
    Unknown: lambda type_: None,
    Basic: lambda type_: type_.name,
    Named: lambda type_: ["n", type_.package, type_.name, *_all(type_.arguments)],
    TypeParam: lambda type_: _trim(["t", type_.name, encode_type(type_.constraint)], keep=2),
    Pointer: lambda type_: ["p", encode_type(type_.element)],
    Map: lambda type_: ["m", encode_type(type_.key), encode_type(type_.value)],
    Slice: lambda type_: ["s", encode_type(type_.element)],
    Array: lambda type_: ["a", encode_type(type_.element), type_.length],
    Chan: lambda type_: ["c", encode_type(type_.element), type_.direction],
    Func: _func,
    Struct: lambda type_: ["r", *(_field(one) for one in type_.fields)],
    Interface: _interface,
    Tuple: lambda type_: ["u", *_all(type_.items)],
}


def _type(data: Data) -> Type:
    if data is None:
        return UNKNOWN
    if isinstance(data, str):
        return Basic(data)
    return _DECODERS[data[0]](data)


def _types(data: Iterable[Data]) -> tuple[Type, ...]:
    return tuple([_type(one) for one in data])


def _read_func(data: Sequence[Data]) -> Func:
    size = len(data)
    return Func(_types(data[1]) if size > 1 else (), _types(data[2]) if size > 2 else (), size > 3)


def _read_interface(data: Sequence[Data]) -> Interface:
    size = len(data)
    return Interface(
        tuple([(name, _read_func(signature)) for name, signature in data[1]]) if size > 1 else (),
        _types(data[2]) if size > 2 else (),
        _types(data[3]) if size > 3 else (),
    )


_DECODERS: dict[str, Callable[[Sequence[Data]], Type]] = {
    "n": lambda data: Named(data[1], data[2], _types(data[3:])),
    "t": lambda data: TypeParam(data[1], _type(data[2]) if len(data) > 2 else UNKNOWN),
    "p": lambda data: Pointer(_type(data[1])),
    "m": lambda data: Map(_type(data[1]), _type(data[2])),
    "s": lambda data: Slice(_type(data[1])),
    "a": lambda data: Array(_type(data[1]), data[2]),
    "c": lambda data: Chan(_type(data[1]), data[2]),
    "f": _read_func,
    "r": lambda data: Struct(tuple([StructField(one[0], _type(one[1]), len(one) > 2) for one in data[1:]])),
    "i": _read_interface,
    "u": lambda data: Tuple(_types(data[1:])),
}


# --- declarations -----------------------------------------------------------------------------------------------------


def encode_package(package: PackageTypes) -> Data:
    """The declarations of a package as JSON-able data. The keys of its tables must be the declarations' names."""
    return [
        VERSION,
        package.path,
        package.name,
        [_type_declaration(one) for one in package.types.values()],
        [_function_declaration(one) for one in package.functions.values()],
        [_variable_declaration(one) for one in package.variables.values()],
        [[name, *(_type_declaration(one) for one in variants)] for name, variants in package.variants.items()],
    ]


def decode_package(data: Data) -> PackageTypes:
    """The package that `encode_package` gave `data` for. Raises ValueError for other data and for other versions."""
    try:
        version, path, name, types, functions, variables, variants = data
        if version != VERSION:
            raise ValueError(f"version {version!r}, not {VERSION}")
        return PackageTypes(
            path,
            name,
            {one.name: one for one in map(_read_type_declaration, types)},
            {one.name: one for one in map(_read_function_declaration, functions)},
            {one.name: one for one in map(_read_variable_declaration, variables)},
            {variant[0]: [_read_type_declaration(one) for one in variant[1:]] for variant in variants},
        )
    except _MALFORMED as error:
        raise ValueError(f"not an encoded package: {error}") from error


def _type_declaration(one: TypeDecl) -> Data:
    methods = [
        _trim([name, _func(method.signature), int(method.pointer), _starts(method.starts)], keep=3)
        for name, method in one.methods.items()
    ]
    return _trim(
        [
            one.name,
            encode_type(one.underlying),
            list(one.parameters),
            int(one.alias),
            methods,
            one.guards,
            one.doc,
            one.path,
            _span(one.at),
            {name: list(at) for name, at in one.fields_at.items()},
        ]
    )


def _read_type_declaration(data: Sequence[Data]) -> TypeDecl:
    name, underlying, parameters, alias, methods, guards, doc, path, at, fields_at = _pad(data, 10)
    return TypeDecl(
        name,
        _type(underlying or None),
        tuple(parameters or ()),
        bool(alias),
        {data[0]: MethodDecl(_read_func(data[1]), bool(data[2]), _read_starts(data[3:])) for data in methods or ()},
        dict(guards or ()),
        doc or "",
        path or "",
        _read_span(at),
        {field: (start, end) for field, (start, end) in fields_at.items()} if fields_at else {},
    )


def _function_declaration(one: FunctionDecl) -> Data:
    return _trim([one.name, _func(one.signature), list(one.parameters), _starts(one.starts)])


def _read_function_declaration(data: Sequence[Data]) -> FunctionDecl:
    name, signature, parameters = _pad(data[:3], 3)
    return FunctionDecl(name, _read_func(signature), tuple(parameters or ()), _read_starts(data[3:]))


def _starts(starts: tuple[Started, ...]) -> list[list[int]]:
    return [[one.index, int(one.many), int(one.awaited)] for one in starts]


def _read_starts(data: Sequence[Data]) -> tuple[Started, ...]:
    return tuple([Started(index, bool(many), bool(awaited)) for index, many, awaited in data[0]]) if data else ()


def _variable_declaration(one: VariableDecl) -> Data:
    return _trim([one.name, encode_type(one.type), int(one.constant), one.guard, one.path, _span(one.at)])


def _read_variable_declaration(data: Sequence[Data]) -> VariableDecl:
    name, type_, constant, guard, path, at = _pad(data, 6)
    return VariableDecl(name, _type(type_ or None), bool(constant), guard or "", path or "", _read_span(at))


def _span(at: tuple[int, int]) -> list[int]:
    return [] if at == (0, 0) else list(at)


def _read_span(data: Data) -> tuple[int, int]:
    if not data:
        return (0, 0)
    start, end = data
    return (start, end)


_NOTHING: list[Data] = [None] * 10


def _pad(data: Sequence[Data], size: int) -> Sequence[Data]:
    return data if len(data) == size else [*data, *_NOTHING[: size - len(data)]]
