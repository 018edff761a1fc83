"""How objects that are little more than their fields are declared: the small ones of types and flow, of which an analysis
makes millions, and all others.

For the type checker they are dataclasses. At run time there are two differences. Nothing enforces that the frozen ones are:
their `__init__` would take three times as long, and making values is a good part of what lowering does. And the methods of
a class are compiled when the first of its objects needs them: that of all classes takes a quarter of a short run, most of
which never have an object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import MISSING, dataclass, fields
    from reprlib import recursive_repr

    def record(*, frozen: bool = False, eq: bool = True, order: bool = False, slots: bool = False):
        """`dataclass` with the same arguments, except that what is frozen is so by convention only."""
        plain = dataclass(init=False, eq=order, repr=False, order=order, slots=slots)

        def decorate(class_: type) -> type:
            own = set(vars(class_))
            made = plain(class_)
            made.__init__ = _once("__init__", _init_of, made)
            if eq and "__eq__" not in own:
                made.__eq__ = _once("__eq__", _eq_of, made)
            if eq and "__hash__" not in own:
                made.__hash__ = _once("__hash__", _hash_of, made) if frozen else None
            if "__repr__" not in own:
                made.__repr__ = _repr
            return made

        return decorate

    def _once(name, code_of, class_):
        """The method of that name of a class, which puts the compiled one in its place when it is called."""

        def method(*arguments, **named):
            found = {}
            source, known = code_of(class_)
            exec(source, known, found)
            compiled = found[name]
            compiled.__qualname__ = f"{class_.__qualname__}.{name}"
            setattr(class_, name, compiled)
            return compiled(*arguments, **named)

        return method

    def _init_of(class_):
        """The text of `__init__`, and the values that it mentions."""
        known = {"_missing": MISSING}
        before, after, body = [], [], []
        for one in fields(class_):
            given, value = one.name, one.name
            if one.default is not MISSING:
                known[f"_default_{one.name}"] = one.default
                given = f"{one.name}=_default_{one.name}"
            elif one.default_factory is not MISSING:
                known[f"_make_{one.name}"] = one.default_factory
                given = f"{one.name}=_missing"
                value = f"_make_{one.name}() if {one.name} is _missing else {one.name}"
            if one.init:
                (after if one.kw_only else before).append(given)
            elif one.default_factory is not MISSING:
                value = f"_make_{one.name}()"
            elif one.default is not MISSING:
                value = f"_default_{one.name}"
            else:
                continue
            body.append(f" self.{one.name} = {value}")
        if hasattr(class_, "__post_init__"):
            body.append(" self.__post_init__()")
        arguments = ", ".join(["self", *before, *(["*", *after] if after else [])])
        return "\n".join([f"def __init__({arguments}):", *(body or [" pass"])]), known

    def _eq_of(class_):
        mine, other = (_tuple_of(class_, name) for name in ("self", "other"))
        same = f" return {mine} == {other} if other.__class__ is self.__class__ else NotImplemented"
        return f"def __eq__(self, other):\n{same}", {}

    def _hash_of(class_):
        return f"def __hash__(self):\n return hash({_tuple_of(class_, 'self')})", {}

    def _tuple_of(class_, name: str) -> str:
        """The text of a tuple of what counts when two objects are compared."""
        return f"({''.join(f'{name}.{one.name}, ' for one in fields(class_) if one.compare)})"

    @recursive_repr()
    def _repr(self: object) -> str:
        """That of a dataclass, which is the same code for all."""
        shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
        return f"{type(self).__qualname__}({shown})"
