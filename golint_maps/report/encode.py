"""Text from checked code on its way into files for machines: paths, JSON and XML that stay well-formed whatever they hold."""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any
from xml.etree import ElementTree

from golint_maps.report.excerpt import clean

# Valid inside JSON strings, but able to steer a terminal or to reorder what an editor shows.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def below(path: str, folder: str) -> str:
    """A report's path as seen from the top of the repository, which `folder` leads from (`""`, or with `/` at its end)."""
    return posixpath.normpath(folder + path) if folder and not path.startswith("/") else path


def shown_path(path: str, folder: str = "") -> str:
    """A report's path, below `folder` (`""`, or with `/` at its end), as text: bytes that are not UTF-8 are U+FFFD."""
    return below(path, folder).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def to_json(value: Any) -> str:
    """`value` as JSON on one line; characters that steer terminals or turn text around are written as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def element(parent: ElementTree.Element | None, tag: str, **attributes: object) -> ElementTree.Element:
    """A new XML element, below `parent` if there is one; attributes that are None are left out."""
    given = {name: clean(str(value)) for name, value in attributes.items() if value is not None}
    return ElementTree.Element(tag, given) if parent is None else ElementTree.SubElement(parent, tag, given)


def to_xml(root: ElementTree.Element) -> bytes:
    """The XML document (UTF-8) with one element on a line."""
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode("utf-8", "replace")
