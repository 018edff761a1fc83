"""A rule's page (Markdown) for a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

import click

_HEADING = re.compile(r"#+\s+(.*)")
_ITEM = re.compile(r"(\s*)([-*]|\d+\.)\s+")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_SPACE = "\0"  # stands for a space within `code`, where lines must not break

Paint = Callable[..., str]


def render_page(markdown: str, *, color: bool, width: int) -> str:
    """The page with paragraphs and lists filled to `width` cells, code indented, and headings (if `color`) in bold."""
    paint: Paint = click.style if color else (lambda text, **_style: text)
    blocks = (_block(block, width, paint) for block in _blocks(markdown))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Code blocks, headings, and paragraphs or lists, each as its lines."""
    block: list[str] = []
    fenced = False
    for line in markdown.splitlines():
        fence = line.lstrip().startswith("```")
        if fenced:
            block.append(line)
            if fence:
                yield block
                block, fenced = [], False
        elif fence or _HEADING.match(line) or not line.strip():
            if block:
                yield block
            block = [line] if fence else []
            fenced = fence
            if _HEADING.match(line):
                yield [line]
        else:
            block.append(line)
    if block:
        yield block


def _block(lines: list[str], width: int, paint: Paint) -> Iterator[str]:
    if lines[0].lstrip().startswith("```"):
        for line in lines[1:]:
            if not line.lstrip().startswith("```"):
                yield "    " + paint(line.expandtabs(4), fg="cyan") if line.strip() else ""
    elif heading := _HEADING.match(lines[0]):
        yield paint(heading[1], bold=True)
    elif lines[0].lstrip().startswith("|") or lines[0].startswith("    "):
        yield from lines
    else:
        for item in _items(lines):
            yield from _filled(item, width, paint)


def _items(lines: list[str]) -> Iterator[str]:
    """The items of a list, or the one paragraph, each as one line."""
    item = ""
    for line in lines:
        if _ITEM.match(line) and item:
            yield item
            item = line
        else:
            item = f"{item} {line.strip()}" if item else line
    yield item


def _filled(text: str, width: int, paint: Paint) -> Iterator[str]:
    bullet = _ITEM.match(text)
    indent = " " * len(bullet[0]) if bullet else ""
    text = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", text)
    text = _CODE.sub(lambda code: code[0].replace(" ", _SPACE), text)
    filled = textwrap.wrap(
        text, max(width, 40), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    for line in filled:
        line = _CODE.sub(lambda code: paint(code[0], fg="cyan"), line)
        yield _BOLD.sub(lambda bold: paint(bold[1], bold=True), line).replace(_SPACE, " ")
