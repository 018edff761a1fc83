"""From type syntax to types: what a file's declarations and type expressions mean, given its imports."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from tree_sitter import Node

from golint_maps.syntax import nodes
from golint_maps.syntax.nodes import kind, named
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
    Type,
    TypeParam,
)
from golint_maps.types.starting import started_parameters
from golint_maps.types.world import substitute

_NUMBERS = ("complex64", "complex128", "float32", "float64", "uintptr")
_INTEGERS = tuple(f"{sign}int{size}" for sign in ("", "u") for size in ("", "8", "16", "32", "64"))
PREDECLARED: Mapping[str, Type] = {
    **{name: Basic(name) for name in ("any", "bool", "comparable", "error", "string", *_NUMBERS, *_INTEGERS)},
    "byte": Basic("uint8"),
    "rune": Basic("int32"),
}

_GUARD = re.compile(
    r"\+checklocks:\s*(?:\w+\.)*(\w+)"
    r"|\b(?:guarded|protected|locked|synchroni[sz]ed|covered)\s+by\s+(?:the\s+)?[`'\"]?(?:\w+\.)*(\w+)",
    re.IGNORECASE,
)
_VERSION_SUFFIX = re.compile(r"v[0-9]+")
# Types nested deeper than this are unknown.
_MAX_DEPTH = 100

LocalTypes = Callable[[str], "Type | None"]


def package_name_of(path: str) -> str:
    """The name that an import path most probably declares: its last element, without a version."""
    parts = path.split("/")
    if len(parts) > 1 and _VERSION_SUFFIX.fullmatch(parts[-1]):
        parts.pop()
    last = parts[-1].partition(".v")[0] if parts[0] == "gopkg.in" else parts[-1]
    return last.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "_")


class TypeReader:
    """Reads the type expressions and declarations of one file.

    `package` is the import path of the file's package; `text` its bytes (the original ones: offsets are the same).
    """

    def __init__(self, package: str, text: bytes, root: Node, package_names: Callable[[str], str | None]) -> None:
        self.package = package
        self.text = text
        # One character for each byte, so that nodes can be cut out of it.
        self._characters = text.decode("latin-1")
        # Whether no part of the file is broken.
        self.clean = not root.has_error
        self.imports: dict[str, str] = {}
        self._package_names = package_names
        self._depth = 0
        for child in root.named_children:
            if child.kind_id == _IMPORT_DECLARATION:
                self._read_imports(child)

    def _read_imports(self, node: Node) -> None:
        for child in named(node):
            if child.kind_id == _IMPORT_SPEC_LIST:
                self._read_imports(child)
            elif child.kind_id == _IMPORT_SPEC:
                literal = child.child_by_field_name("path")
                if literal is None:
                    continue
                path = self.slice(literal).strip('"`')
                alias = child.child_by_field_id(nodes.FIELD_NAME)
                name = self.slice(alias) if alias is not None else self._package_names(path) or package_name_of(path)
                if name not in ("_", "."):
                    self.imports[name] = path

    def slice(self, node: Node) -> str:
        """The source text of a node; the same text is one object, since most of it is names that occur again and again."""
        found = self._characters[node.start_byte : node.end_byte]
        return sys.intern(found if found.isascii() else found.encode("latin-1").decode("utf-8", "replace"))

    # --- type expressions ---------------------------------------------------------------------------------------------

    def type_of(self, node: Node | None, local: LocalTypes | None = None) -> Type:
        """The type that a type expression denotes; `local` resolves names declared inside functions and type parameters."""
        if node is None:
            return UNKNOWN
        reader = _TYPE_READERS.get(node.kind_id)
        if reader is None or self._depth > _MAX_DEPTH:
            return UNKNOWN
        self._depth += 1
        try:
            return reader(self, node, local)
        finally:
            self._depth -= 1

    def _identifier(self, node: Node, local: LocalTypes | None) -> Type:
        name = self.slice(node)
        if local is not None:
            found = local(name)
            if found is not None:
                return found
        predeclared = PREDECLARED.get(name)
        if predeclared is not None and name not in self.shadowed:
            return predeclared
        return Named(self.package, name)

    # Names of predeclared types that the package declares itself (`type any interface{…}` in older code).
    shadowed: frozenset[str] = frozenset()

    def _qualified(self, node: Node, local: LocalTypes | None) -> Type:
        package, name = node.child_by_field_id(nodes.FIELD_PACKAGE), node.child_by_field_id(nodes.FIELD_NAME)
        if package is None or name is None:
            return UNKNOWN
        path = self.imports.get(self.slice(package))
        return Named(path, self.slice(name)) if path else UNKNOWN

    def _generic(self, node: Node, local: LocalTypes | None) -> Type:
        base = self.type_of(node.child_by_field_id(nodes.FIELD_TYPE), local)
        arguments = node.child_by_field_id(nodes.FIELD_TYPE_ARGUMENTS)
        if isinstance(base, Named) and arguments is not None:
            return Named(base.package, base.name, tuple(self.type_of(one, local) for one in named(arguments)))
        return base

    def _single(self, node: Node, local: LocalTypes | None) -> Type:
        children = named(node)
        return self.type_of(children[0], local) if len(children) == 1 else UNKNOWN

    def _pointer(self, node: Node, local: LocalTypes | None) -> Type:
        return Pointer(self._single(node, local))

    def _map(self, node: Node, local: LocalTypes | None) -> Type:
        return Map(
            self.type_of(node.child_by_field_id(nodes.FIELD_KEY), local),
            self.type_of(node.child_by_field_id(nodes.FIELD_VALUE), local),
        )

    def _slice(self, node: Node, local: LocalTypes | None) -> Type:
        return Slice(self.type_of(node.child_by_field_id(nodes.FIELD_ELEMENT), local))

    def _array(self, node: Node, local: LocalTypes | None) -> Type:
        length = node.child_by_field_id(nodes.FIELD_LENGTH)
        return Array(
            self.type_of(node.child_by_field_id(nodes.FIELD_ELEMENT), local),
            self.slice(length) if length is not None else "...",
        )

    def _channel(self, node: Node, local: LocalTypes | None) -> Type:
        text = self.slice(node)
        direction = "receive" if text.startswith("<-") else "send" if re.match(r"chan\s*<-", text) else "both"
        return Chan(self.type_of(node.child_by_field_id(nodes.FIELD_VALUE), local), direction)

    def _function(self, node: Node, local: LocalTypes | None) -> Type:
        return self.signature(node, local)

    def _interface(self, node: Node, local: LocalTypes | None) -> Type:
        methods: list[tuple[str, Func]] = []
        embeds: list[Type] = []
        union: list[Type] = []
        for child in named(node):
            if child.kind_id == _METHOD_ELEM:
                name = child.child_by_field_id(nodes.FIELD_NAME)
                if name is not None:
                    methods.append((self.slice(name), self.signature(child, local)))
            elif child.kind_id == _TYPE_ELEM:
                terms = named(child)
                if len(terms) == 1 and terms[0].kind_id != _NEGATED_TYPE:
                    embeds.append(self.type_of(terms[0], local))
                else:
                    union.extend(self.type_of(term, local) for term in terms)
        return Interface(tuple(methods), tuple(embeds), tuple(union)) if methods or embeds or union else Basic("any")

    def _struct(self, node: Node, local: LocalTypes | None) -> Type:
        fields: list[StructField] = []
        for one in self._field_declarations(node):
            type_node = one.child_by_field_id(nodes.FIELD_TYPE)
            names = one.children_by_field_id(nodes.FIELD_NAME)
            type_ = self.type_of(type_node, local)
            if names:
                fields.extend(StructField(self.slice(name), type_) for name in names)
            elif isinstance(type_, Named):
                pointer = any(not child.is_named and child.type == "*" for child in one.children)
                name = type_.name.rpartition(".")[2]  # of a type inside a function without its prefix
                fields.append(StructField(name, Pointer(type_) if pointer else type_, embedded=True))
            elif isinstance(type_, Basic):
                fields.append(StructField(type_.name, type_, embedded=True))
        return Struct(tuple(fields))

    @staticmethod
    def _field_declarations(node: Node) -> list[Node]:
        return [
            one
            for child in node.named_children
            if child.kind_id == _FIELD_DECLARATION_LIST
            for one in child.named_children
            if one.kind_id == _FIELD_DECLARATION
        ]

    def signature(self, node: Node, local: LocalTypes | None) -> Func:
        """The signature of a function type, declaration, literal or interface method."""
        params, variadic = self._parameters(node.child_by_field_id(nodes.FIELD_PARAMETERS), local)
        result = node.child_by_field_id(nodes.FIELD_RESULT)
        if result is None:
            results: tuple[Type, ...] = ()
        elif result.kind_id == _PARAMETER_LIST:
            results, _ = self._parameters(result, local)
        else:
            results = (self.type_of(result, local),)
        return Func(params, results, variadic)

    def _parameters(self, node: Node | None, local: LocalTypes | None) -> tuple[tuple[Type, ...], bool]:
        types: list[Type] = []
        variadic = False
        for one in named(node) if node is not None else []:
            type_ = self.type_of(one.child_by_field_id(nodes.FIELD_TYPE), local)
            if one.kind_id == _VARIADIC:
                type_, variadic = Slice(type_), True
            types.extend([type_] * max(1, len(one.children_by_field_id(nodes.FIELD_NAME))))
        return tuple(types), variadic

    def type_parameters(self, node: Node | None, local: LocalTypes | None = None) -> dict[str, Type]:
        """The type parameters of a declaration by name, with their core types."""
        found: dict[str, Type] = {}

        def lookup(name: str) -> Type | None:
            return found.get(name) or (local(name) if local else None)

        declared = [
            (one, [self.slice(name) for name in one.children_by_field_id(nodes.FIELD_NAME)])
            for one in (named(node) if node is not None else [])
        ]
        for _, names in declared:  # a constraint may name a later parameter: [M ~map[K]V, K comparable, V any]
            found.update((name, TypeParam(name)) for name in names)
        for one, names in declared:
            constraint = one.child_by_field_id(nodes.FIELD_TYPE)
            terms = named(constraint) if constraint is not None else []
            core: Type = UNKNOWN
            if len(terms) == 1:
                term = terms[0]
                core = self.type_of(named(term)[0] if term.kind_id == _NEGATED_TYPE and named(term) else term, lookup)
                if not isinstance(core, (Map, Slice, Chan, Pointer, Func, Named)):
                    core = UNKNOWN
            for name in names:
                found[name] = TypeParam(name, core)
        return found

    # --- declarations -------------------------------------------------------------------------------------------------

    def declarations(self, root: Node, path: str) -> list[Declaration]:
        """The file's declarations, each of which can be added to a package, and again to one that is read anew."""
        found: list[Declaration] = []
        for child in root.named_children:
            number = child.kind_id
            if number == _TYPE_DECLARATION:
                found.extend(one[1] for one in (self._type(spec, path) for spec in named(child)) if one is not None)
            elif number == _FUNCTION_DECLARATION:
                found.extend(self._function_declaration(child))
            elif number == _METHOD_DECLARATION:
                found.extend(self._method(child))
            elif number in (_VAR_DECLARATION, _CONST_DECLARATION):
                found.extend(self._variables(child, path))
        return found

    def declare_type(
        self, spec: Node, into: PackageTypes, path: str, local: LocalTypes | None = None, prefix: str = ""
    ) -> Named | None:
        """Declare one type spec or alias; `prefix` makes the names of types inside functions unique."""
        read = self._type(spec, path, local, prefix)
        if read is None:
            return None
        read[1](into)
        return read[0]

    def _type(
        self, spec: Node, path: str, local: LocalTypes | None = None, prefix: str = ""
    ) -> tuple[Named, Declaration] | None:
        name_node = spec.child_by_field_id(nodes.FIELD_NAME)
        type_node = spec.child_by_field_id(nodes.FIELD_TYPE)
        if name_node is None or type_node is None:
            return None
        name = prefix + self.slice(name_node)
        parameters = self.type_parameters(spec.child_by_field_id(nodes.FIELD_TYPE_PARAMETERS), local)
        this = Named(self.package, name, tuple(parameters.values()))
        bare = self.slice(name_node)

        def lookup(wanted: str) -> Type | None:
            if wanted in parameters:
                return parameters[wanted]
            if prefix and wanted == bare:
                return this
            return local(wanted) if local else None

        read = TypeDecl(
            name,
            self.type_of(type_node, lookup),
            tuple(parameters),
            alias=spec.kind_id == _TYPE_ALIAS,
            path=path,
            at=(name_node.start_byte, name_node.end_byte),
        )
        if type_node.kind_id == _STRUCT_TYPE:
            self._annotate(type_node, read)
        return this, partial(_add_type, read, tuple(parameters.values()))

    def _annotate(self, node: Node, declaration: TypeDecl) -> None:
        """Note where each field stands and which mutex its comments name as its guard."""
        names: list[str] = []
        line_end = -1
        above = ""
        for child in node.named_children:
            if child.kind_id != _FIELD_DECLARATION_LIST:
                continue
            for one in child.named_children:
                if one.kind_id == nodes.COMMENT:
                    guard = _guard_in(self.slice(one))
                    if names and one.start_byte < line_end:
                        declaration.guards.update(dict.fromkeys(names, guard) if guard else {})
                    else:
                        above = guard or above
                elif one.kind_id == _FIELD_DECLARATION:
                    names = [self.slice(name) for name in one.children_by_field_id(nodes.FIELD_NAME)]
                    for name, where in zip(names, one.children_by_field_id(nodes.FIELD_NAME), strict=True):
                        declaration.fields_at[name] = (where.start_byte, where.end_byte)
                    if above:
                        declaration.guards.update(dict.fromkeys(names, above))
                        above = ""
                    newline = self.text.find(b"\n", one.end_byte)
                    line_end = newline if newline >= 0 else len(self.text)

    def _function_declaration(self, node: Node) -> Iterator[Declaration]:
        name = node.child_by_field_id(nodes.FIELD_NAME)
        if name is not None:
            parameters = self.type_parameters(node.child_by_field_id(nodes.FIELD_TYPE_PARAMETERS))
            signature = self.signature(node, parameters.get)
            starts = started_parameters(node, signature, self.text)
            yield partial(_add_function, FunctionDecl(self.slice(name), signature, tuple(parameters), starts))

    def _method(self, node: Node) -> Iterator[Declaration]:
        name = node.child_by_field_id(nodes.FIELD_NAME)
        receiver, parameters = self.receiver(node)
        if name is None or receiver is None:
            return
        pointer = isinstance(receiver, Pointer)
        base = receiver.element if isinstance(receiver, Pointer) else receiver
        if not isinstance(base, Named):
            return

        def read(renaming: Mapping[str, Type]) -> MethodDecl:
            signature = self.signature(node, lambda wanted: renaming.get(wanted) or parameters.get(wanted))
            return MethodDecl(signature, pointer, started_parameters(node, signature, self.text))

        known = None if base.arguments else read({})
        yield partial(_add_method, self.slice(name), base, (lambda _: known) if known is not None else read)

    def receiver(self, node: Node) -> tuple[Type | None, dict[str, Type]]:
        """The receiver type of a method declaration and the type parameters that it brings into scope."""
        receiver = node.child_by_field_id(nodes.FIELD_RECEIVER)
        declared = named(receiver) if receiver is not None else []
        if not declared:
            return None, {}
        type_node = declared[0].child_by_field_id(nodes.FIELD_TYPE)
        parameters: dict[str, Type] = {}
        inner = type_node
        while inner is not None and inner.kind_id in (_POINTER_TYPE, _PARENTHESIZED_TYPE):
            inner = named(inner)[0] if named(inner) else None
        if inner is not None and inner.kind_id == _GENERIC_TYPE:
            arguments = inner.child_by_field_id(nodes.FIELD_TYPE_ARGUMENTS)
            for one in named(arguments) if arguments is not None else []:
                text = self.slice(one)
                parameters[text] = TypeParam(text)
        return self.type_of(type_node, parameters.get), parameters

    def _variables(self, node: Node, path: str) -> Iterator[Declaration]:
        constant = node.kind_id == _CONST_DECLARATION
        repeated: Type = UNKNOWN  # a constant group repeats the type and the values of the spec before
        repeated_values: list[Node] = []
        specs: list[Node] = []
        for child in named(node):
            specs.extend(named(child) if child.kind_id == _VAR_SPEC_LIST else [child])
        for spec in specs:
            type_node = spec.child_by_field_id(nodes.FIELD_TYPE)
            value = spec.child_by_field_id(nodes.FIELD_VALUE)
            type_ = self.type_of(type_node)
            if constant:
                repeated = type_ if type_node is not None or value is not None else repeated
                type_ = repeated
            values = named(value) if value is not None else repeated_values
            if constant:
                repeated_values = values
            names = spec.children_by_field_id(nodes.FIELD_NAME)
            names = [name for name in names if name.is_named]
            for index, name in enumerate(names):
                read = VariableDecl(self.slice(name), type_, constant, path=path, at=(name.start_byte, name.end_byte))
                if read.name == "_":
                    continue
                if not constant:
                    read.guard = self._variable_guard(spec)
                taken: tuple[Node, int] | None = None
                if type_ == UNKNOWN and type_node is None and values:
                    alone = len(values) == 1 and len(names) > 1
                    if alone or index < len(values):
                        taken = values[0 if alone else index], index if alone else -1
                yield partial(_add_variable, read, taken)

    def _variable_guard(self, spec: Node) -> str:
        end = self.text.find(b"\n", spec.end_byte)
        tail = self.text[spec.end_byte : end if end >= 0 else len(self.text)].decode("utf-8", "replace")
        start = self.text.rfind(b"\n", 0, spec.start_byte) + 1
        above = self.text[self.text.rfind(b"\n", 0, max(0, start - 1)) + 1 : start].decode("utf-8", "replace").strip()
        comment = tail.partition("//")[2] or (above[2:] if above.startswith("//") else "")
        return _guard_in(comment)


Pending = tuple[VariableDecl, Node, int]
"""A variable whose type must be inferred, its initial value's node, and which result of it it takes (-1: all of it)."""

Declaration = Callable[[PackageTypes], "Pending | None"]
"""Adds what one declaration declares to a package."""


def _add_type(read: TypeDecl, parameters: tuple[Type, ...], into: PackageTypes) -> None:
    declaration = replace(read, methods={})
    name = read.name
    earlier = into.types.get(name)
    if earlier is None or earlier.path == "":
        if earlier is not None:
            bindings = dict(zip(earlier.parameters, parameters, strict=False))
            for method, known in earlier.methods.items():
                signature = substitute(known.signature, bindings)
                if isinstance(signature, Func):
                    declaration.methods[method] = MethodDecl(signature, known.pointer, known.starts)
        into.types[name] = declaration
    else:
        into.variants.setdefault(name, [earlier]).append(declaration)
        declaration.methods = earlier.methods
        if isinstance(earlier.underlying, Struct) and isinstance(declaration.underlying, Struct):
            names = {one.name for one in earlier.underlying.fields}
            extra = tuple(one for one in declaration.underlying.fields if one.name not in names)
            earlier.underlying = Struct(earlier.underlying.fields + extra)


def _add_function(declaration: FunctionDecl, into: PackageTypes) -> None:
    into.functions.setdefault(declaration.name, declaration)


def _add_method(name: str, base: Named, read: Callable[[Mapping[str, Type]], MethodDecl], into: PackageTypes) -> None:
    declaration = into.types.get(base.name)
    if declaration is None:  # the type is declared in a later file; its declaration keeps these methods
        positions = tuple(str(position) for position, _ in enumerate(base.arguments))
        declaration = into.types[base.name] = TypeDecl(base.name, UNKNOWN, positions)
    # A method names the type parameters as it likes; the declaration's own names are used for substitution.
    renaming: dict[str, Type] = {}
    for written, parameter in zip(base.arguments, declaration.parameters, strict=False):
        if isinstance(written, TypeParam):
            renaming[written.name] = TypeParam(parameter)
    declaration.methods.setdefault(name, read(renaming))


def _add_variable(read: VariableDecl, taken: tuple[Node, int] | None, into: PackageTypes) -> Pending | None:
    declaration = replace(read)
    into.variables.setdefault(declaration.name, declaration)
    return (declaration, *taken) if taken is not None else None


def _guard_in(comment: str) -> str:
    match = _GUARD.search(comment)
    return (match[1] or match[2]) if match else ""


_IMPORT_DECLARATION = kind("import_declaration")
_IMPORT_SPEC_LIST = kind("import_spec_list")
_IMPORT_SPEC = kind("import_spec")
_METHOD_ELEM = kind("method_elem")
_TYPE_ELEM = kind("type_elem")
_NEGATED_TYPE = kind("negated_type")
_FIELD_DECLARATION_LIST = kind("field_declaration_list")
_FIELD_DECLARATION = kind("field_declaration")
_PARAMETER_LIST = kind("parameter_list")
_VARIADIC = kind("variadic_parameter_declaration")
_TYPE_DECLARATION = kind("type_declaration")
_TYPE_ALIAS = kind("type_alias")
_FUNCTION_DECLARATION = kind("function_declaration")
_METHOD_DECLARATION = kind("method_declaration")
_VAR_DECLARATION = kind("var_declaration")
_VAR_SPEC_LIST = kind("var_spec_list")
_CONST_DECLARATION = kind("const_declaration")
_POINTER_TYPE = kind("pointer_type")
_PARENTHESIZED_TYPE = kind("parenthesized_type")
_GENERIC_TYPE = kind("generic_type")
_STRUCT_TYPE = kind("struct_type")

_Reader = Callable[[TypeReader, Node, "LocalTypes | None"], Type]
_TYPE_READERS: dict[int, _Reader] = {
    kind("type_identifier"): TypeReader._identifier,
    kind("identifier"): TypeReader._identifier,
    kind("qualified_type"): TypeReader._qualified,
    kind("generic_type"): TypeReader._generic,
    kind("parenthesized_type"): TypeReader._single,
    kind("type_elem"): TypeReader._single,
    kind("type_constraint"): TypeReader._single,
    kind("negated_type"): TypeReader._single,
    kind("pointer_type"): TypeReader._pointer,
    kind("map_type"): TypeReader._map,
    kind("slice_type"): TypeReader._slice,
    kind("array_type"): TypeReader._array,
    kind("implicit_length_array_type"): TypeReader._array,
    kind("channel_type"): TypeReader._channel,
    kind("function_type"): TypeReader._function,
    kind("interface_type"): TypeReader._interface,
    kind("struct_type"): TypeReader._struct,
}
