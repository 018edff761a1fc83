"""How the small unchangeable objects of types and flow are declared, of which an analysis makes millions.

For the type checker they are frozen dataclasses. At run time nothing enforces it: the `__init__` of a frozen dataclass
takes three times as long as that of a plain one, and making values is a good part of what lowering does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool, slots: bool, eq: bool = True):
        """`dataclass` with the same arguments, except that what is frozen is so by convention only."""
        return dataclass(slots=slots, eq=eq, unsafe_hash=frozen and eq)
