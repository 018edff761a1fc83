"""What all rewrites of source text have in common: lines, indentation, comments, names and types as they are written.

A rewrite starts from a span of the intermediate form and looks at the bytes around it. Each question here has a cautious
answer: where it is not certain that a rewrite keeps comments and the format of gofmt, it is not made.
"""

from __future__ import annotations

import re

from golint_maps.finding import Edit, Location
from golint_maps.flow import ir
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import operands, parts
from golint_maps.syntax.imports import addition, imports_of
from golint_maps.types.model import Array, Basic, Chan, Interface, Map, Named, Pointer, Slice, Struct, Type, TypeParam

_COMMENT = re.compile(rb"//|/\*")


class Text:
    """The text of the file of one function, for rewrites inside of that function."""

    def __init__(self, function: ir.Function, package: PackageFlow) -> None:
        """`function` is the function whose code is to be rewritten."""
        self.function = function
        self.package = package
        self.path = function.path
        self.bytes = package.files[function.path].text

    def of(self, span: ir.Where) -> str:
        """What is written at a span."""
        return self.bytes[slice(*span)].decode("utf-8", "replace")

    def edit(self, span: ir.Where, text: str) -> Edit:
        """Replace a span by `text`."""
        return Edit(Location(self.path, *span), text)

    def has_comment(self, span: ir.Where) -> bool:
        """Whether a comment may be inside of a span (a string that looks like one counts)."""
        return _COMMENT.search(self.bytes[slice(*span)]) is not None

    def lines(self, span: ir.Where) -> tuple[int, int]:
        """The whole lines that a span lies on, with the last line's end."""
        end = self.bytes.find(b"\n", max(span[1] - 1, span[0]))
        return self.bytes.rfind(b"\n", 0, span[0]) + 1, end + 1 if end >= 0 else len(self.bytes)

    def indent(self, at: int) -> str:
        """The white space before the first token of the line of an offset."""
        start = self.bytes.rfind(b"\n", 0, at) + 1
        line = self.bytes[start:at]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode("ascii", "replace")

    def stands_alone(self, span: ir.Where) -> bool:
        """Whether nothing else stands on the lines of a span, not even a comment."""
        start, end = self.lines(span)
        return not self.bytes[start : span[0]].strip() and not self.bytes[span[1] : end].strip()

    def keeps_columns(self, span: ir.Where) -> bool:
        """Whether a change of the span's length moves no comment that gofmt has aligned with those of other lines."""
        start, end = self.lines(span)
        rest = self.bytes[span[1] : end]
        if not _COMMENT.search(rest):
            return True
        before = self.bytes[self.bytes.rfind(b"\n", 0, max(start - 1, 0)) + 1 : start]
        after = self.bytes[end : self.bytes.find(b"\n", end) + 1 or len(self.bytes)]
        spaced = rest.startswith(b" //") or re.match(rb"[^/ ]+ //", rest) is not None
        return spaced and not any(_COMMENT.search(line.lstrip()[1:]) for line in (before, after))

    def removal(self, span: ir.Where) -> Edit:
        """Take out the lines of a span, and the blank line that would be left over behind or between."""
        start, end = self.lines(span)
        before = self.bytes[:start].rstrip(b" \t\r\n")
        blank = self.bytes[len(before) : start].count(b"\n") > 1
        following = re.compile(rb"[ \t]*\r?\n").match(self.bytes, end)
        if following and (blank or before.endswith((b"{", b":", b"("))):
            end = following.end()
        return self.edit((start, end), "")

    def statement(self, span: ir.Where) -> tuple[int, int]:
        """The line of a span without its indentation and end: the statement, where it stands alone on the line."""
        start, end = self.lines(span)
        line = self.bytes[start:end]
        return start + len(line) - len(line.lstrip()), start + len(line.rstrip())

    def imported(self, path: str) -> tuple[str, tuple[Edit, ...]] | None:
        """The name of a package of the standard library here, with the edit that imports it; None where it can't be."""
        own = self.package.types
        name = path.rpartition("/")[2]
        if name in own.functions or name in own.variables or name in own.types:
            return None
        known = addition(self.bytes, path)
        if known is None:
            return None
        name, change = known
        return name, () if change is None else (self.edit(change[:2], change[2]),)

    def is_free(self, name: str) -> bool:
        """Whether no variable of the function and of those around it has this name, nor anything of the package."""
        own = self.package.types
        if name in own.functions or name in own.variables or name in own.types or self._is_local(name):
            return False
        return all(one.name != name for one in imports_of(self.bytes))

    def is_builtin(self, name: str) -> bool:
        """Whether a predeclared name means here what it means everywhere."""
        return self.is_free(name)

    def spelled(self, type_: Type) -> str:
        """A type as it is written here; "" where that isn't certain."""
        if isinstance(type_, (Basic, TypeParam)):
            predeclared = isinstance(type_, TypeParam) or self.is_builtin(type_.name)
            return type_.name if type_.name.isidentifier() and predeclared else ""
        if isinstance(type_, Named):
            return self._named(type_)
        if isinstance(type_, Map):
            key, value = self.spelled(type_.key), self.spelled(type_.value)
            return f"map[{key}]{value}" if key and value else ""
        if isinstance(type_, (Pointer, Slice, Array, Chan)):
            inner = self.spelled(type_.element)
            if isinstance(type_, Chan):
                sign = {"both": "chan ", "send": "chan<- ", "receive": "<-chan "}.get(type_.direction, "")
                inner = f"({inner})" if inner.startswith("<-") else inner
            elif isinstance(type_, Array):
                sign = f"[{type_.length}]" if type_.length.isdigit() else ""
            else:
                sign = "*" if isinstance(type_, Pointer) else "[]"
            return sign + inner if sign and inner else ""
        if type_ == Struct():
            return "struct{}"
        return "interface{}" if type_ == Interface() else ""

    def _named(self, type_: Named) -> str:
        arguments = [self.spelled(one) for one in type_.arguments]
        if not type_.name.isidentifier() or not all(arguments):
            return ""
        name = f"{type_.name}[{', '.join(arguments)}]" if arguments else type_.name
        if type_.package == self.package.types.path:
            return "" if self._is_local(type_.name) else name
        known = next((one for one in imports_of(self.bytes) if one.path == type_.package), None)
        if known is None or not known.name.isidentifier() or known.name == "_" or self._is_local(known.name):
            return ""
        # The name of a package is only guessed from its path: that it is used in the file is the proof.
        if re.search(rb"\b%s\." % re.escape(known.name.encode()), self.bytes) is None:
            return ""
        return f"{known.name}.{name}" if type_.name[:1].isupper() else ""

    def _is_local(self, name: str) -> bool:
        outer = self.function
        while outer.parent is not None:
            outer = outer.parent
        for function in ir.with_literals(outer):
            own = [*function.params, *function.results, *([function.receiver] if function.receiver else [])]
            if any(one.name == name for one in own):
                return True
            for op in ir.walk(function.body) if function.body is not None else ():
                for value in operands(op):
                    if any(isinstance(part, ir.Local) and part.variable.name == name for part in parts(value)):
                        return True
        return False


def is_plain(value: ir.Value) -> bool:
    """Whether evaluating it once or again makes no difference: variables and fields alone."""
    return all(
        isinstance(part, (ir.Local, ir.Global, ir.Field)) or (isinstance(part, ir.Unary) and part.op == "*")
        for part in parts(value)
    )


def has_no_effect(value: ir.Value) -> bool:
    """Whether evaluating it, or not, makes no difference but memory: literals, `new`, `make`, variables."""
    wanted = (ir.Local, ir.Global, ir.Constant, ir.Composite, ir.New, ir.Make, ir.Nil, ir.Field)
    return all(isinstance(part, wanted) or (isinstance(part, ir.Unary) and part.op == "&") for part in parts(value))
