"""Comments at the declaration of a map that promise one writer for it, or for each of its entries."""

from __future__ import annotations

import re

from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.places import place_key
from golint_maps.syntax.source import comment_above

_ONE_WRITER = re.compile(
    r"\b(?:only\s+(?:one|a\s+single)|single|one)\s+(?:writer|goroutine\s+(?:writes|changes|modifies|stores))\b"
    r"|\bonly\s+(?:ever\s+|be\s+|ever\s+be\s+)?(?:written|changed|modified|updated|stored|touched|accessed)\s+(?:to\s+)?(?:by|from)\s+"
    r"(?:the|one|a|its|this)\b",
    re.IGNORECASE,
)


def has_one_writer(map_: ir.Value, package: PackageFlow) -> bool:
    """Whether the comment above the declaration of a field or package variable says who alone writes it."""
    key = place_key(map_)
    prefix = f"{package.types.path}."
    if key is None or not key.startswith(prefix):
        return False
    owner, _, name = key.removeprefix(prefix).rpartition(".")
    if not owner:
        variable = package.types.variables.get(name)
        return variable is not None and _promises(variable.path, variable.at, package)
    declared = package.types.types.get(owner)
    at = declared.fields_at.get(name) if declared is not None else None
    return declared is not None and at is not None and _promises(declared.path, at, package)


def _promises(path: str, at: tuple[int, int], package: PackageFlow) -> bool:
    file = package.files.get(path)
    return file is not None and _ONE_WRITER.search(comment_above(file.text, at[0])) is not None
