"""Names for the grammar's node kinds and fields as integers, so that dispatch on them is one dictionary look-up."""

from __future__ import annotations

from tree_sitter import Node

from golint_maps.syntax.parser import LANGUAGE


def kind(name: str, *, named: bool = True) -> int:
    """The kind id of a node kind. Raises LookupError where the grammar has none of that name."""
    number = LANGUAGE.id_for_node_kind(name, named)
    if number is None:
        raise LookupError(f"the Go grammar has no node kind {name!r}")
    return number


def field(name: str) -> int:
    """The field id of a field name. Raises LookupError where the grammar has none of that name."""
    number = LANGUAGE.field_id_for_name(name)
    if number is None:
        raise LookupError(f"the Go grammar has no field {name!r}")
    return number


COMMENT = kind("comment")
IDENTIFIER = kind("identifier")
FIELD_IDENTIFIER = kind("field_identifier")
PACKAGE_IDENTIFIER = kind("package_identifier")
TYPE_IDENTIFIER = kind("type_identifier")

FIELD_NAME = field("name")
FIELD_TYPE = field("type")
FIELD_VALUE = field("value")
FIELD_BODY = field("body")
FIELD_LEFT = field("left")
FIELD_RIGHT = field("right")
FIELD_OPERAND = field("operand")
FIELD_FIELD = field("field")
FIELD_INDEX = field("index")
FIELD_FUNCTION = field("function")
FIELD_ARGUMENTS = field("arguments")
FIELD_OPERATOR = field("operator")
FIELD_RECEIVER = field("receiver")
FIELD_PARAMETERS = field("parameters")
FIELD_TYPE_PARAMETERS = field("type_parameters")
FIELD_TYPE_ARGUMENTS = field("type_arguments")
FIELD_RESULT = field("result")
FIELD_KEY = field("key")
FIELD_ELEMENT = field("element")
FIELD_LENGTH = field("length")
FIELD_PACKAGE = field("package")
FIELD_CONDITION = field("condition")
FIELD_CONSEQUENCE = field("consequence")
FIELD_ALTERNATIVE = field("alternative")
FIELD_INITIALIZER = field("initializer")
FIELD_UPDATE = field("update")
FIELD_LABEL = field("label")
FIELD_ALIAS = field("alias")
FIELD_COMMUNICATION = field("communication")
FIELD_CHANNEL = field("channel")


def parameter_names(parameters: Node | None, text: bytes) -> list[str]:
    """The names in a list of parameters of the file with that `text`, in order; `_` for a parameter without one."""
    names: list[str] = []
    for one in named(parameters) if parameters is not None else ():
        given = one.children_by_field_id(FIELD_NAME)
        names.extend([text[name.start_byte : name.end_byte].decode(errors="replace") for name in given] or ["_"])
    return names


def named(node: Node) -> list[Node]:
    """The named children of a node without comments, in source order."""
    return [child for child in node.named_children if child.kind_id != COMMENT]
