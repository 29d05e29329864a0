"""Directives as they stand in Markdown: `<!-- docs_tools/NAME { option: value } -->`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["DIRECTIVE", "Source", "find_diagram", "find_line"]

DIRECTIVE = re.compile(
    r"<!--[ \t]*docs_tools/(?P<name>[\w-]*)(?P<options>(?:(?!-->).)*?)[ \t]*-->", re.DOTALL
)
"""A directive; its options never cross the end of the comment."""

_FENCED = re.compile(
    r"^(?P<before>[ \t>]*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}(?!~))(?P<header>.*)\n"
    r"(?P<source>(?:.*\n)*?)[ \t>]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_MERMAID = re.compile(r"[ \t]*(?:mermaid\b|\{[ \t]*\.mermaid\b)")


@dataclass(frozen=True)
class Source:
    """The text of a page and where it comes from.

    Attributes:
        file: The page as the user would name it.
        text: Its text as it stands in the file.
    """

    file: str
    text: str


def find_line(text: str, directive: str, occurrence: int) -> int | None:
    """The line, from 1, of a directive's n-th occurrence (from 0) outside fenced code.

    Returns:
        The line, or `None` where the directive comes from elsewhere, such as a snippet.
    """
    lines = [line for line, found in _directives(text) if found == directive]
    return lines[occurrence] if occurrence < len(lines) else None


def find_diagram(text: str, source: str, occurrence: int, *, indented: bool = True) -> int | None:
    """The line, from 1, of the n-th fence (from 0) that holds this Mermaid source.

    Args:
        text: The page.
        source: The Mermaid source.
        occurrence: Which of the fences with this source it is, from 0.
        indented: Whether fences with something before them count.

    Returns:
        The line, or `None` where the fence comes from elsewhere.
    """
    wanted = _bare(source)
    lines = [
        text.count("\n", 0, match.start()) + 1
        for match in _FENCED.finditer(text)
        if _MERMAID.match(match["header"]) and _bare(match["source"]) == wanted
        if indented or not match["before"]
    ]
    return lines[occurrence] if occurrence < len(lines) else None


def _bare(source: str) -> list[str]:
    """The lines of a source without what may stand before and behind them."""
    return [line.strip(" \t>") for line in source.strip().splitlines()]


def _directives(text: str) -> Iterator[tuple[int, str]]:
    fences = _fenced_lines(text)
    for match in DIRECTIVE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if line not in fences:
            yield line, match[0]


def _fenced_lines(text: str) -> set[int]:
    fenced: set[int] = set()
    for match in _FENCED.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        fenced.update(range(first, first + match[0].count("\n") + 1))
    return fenced
