"""How unchangeable objects are declared: the small ones of types and flow, of which an analysis makes millions, and all others.

For the type checker they are frozen dataclasses. At run time nothing enforces it: the `__init__` of a frozen dataclass
takes three times as long as that of a plain one, and making values is a good part of what lowering does. And to make the
class itself takes half as long, which every start of the program has to wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass, fields
    from reprlib import recursive_repr

    def record(*, frozen: bool, eq: bool = True, **further: bool):
        """`dataclass` with the same arguments, except that what is frozen is so by convention only."""
        plain = dataclass(eq=eq, unsafe_hash=frozen and eq, repr=False, **further)

        def decorate(class_: type) -> type:
            made = plain(class_)
            if "__repr__" not in vars(class_):
                made.__repr__ = _repr
            return made

        return decorate

    @recursive_repr()
    def _repr(self: object) -> str:
        """That of a dataclass, which is the same code for all."""
        shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
        return f"{type(self).__qualname__}({shown})"
