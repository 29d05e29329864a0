"""Directives as they stand in Markdown: `<!-- docs_tools/NAME { option: value } -->`."""

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["DIRECTIVE", "Source", "find_diagram", "find_directive"]

DIRECTIVE = re.compile(
    r"<!--\s*docs_tools/(?P<name>[\w-]*)(?P<options>(?:(?!-->).)*?)[ \t]*-->", re.DOTALL
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


Position = tuple[int, int]
"""Line and column, counted from 1."""


def find_directive(text: str, directive: str, occurrence: int) -> Position | None:
    """Where a directive's n-th occurrence (from 0) outside fenced code stands.

    Returns:
        Its position, or `None` where the directive comes from elsewhere, such as a snippet.
    """
    found = _directives(text).get(directive, ())
    return found[occurrence] if occurrence < len(found) else None


def find_diagram(
    text: str, source: str, occurrence: int, *, indented: bool = True
) -> Position | None:
    """Where the n-th fence (from 0) that holds this Mermaid source stands.

    Args:
        text: The page.
        source: The Mermaid source.
        occurrence: Which of the fences with this source it is, from 0.
        indented: Whether fences with something before them count.

    Returns:
        Its position, or `None` where the fence comes from elsewhere.
    """
    wanted = _bare(source)
    found = [
        _position(text, match.end("before"))
        for match in _FENCED.finditer(text)
        if _MERMAID.match(match["header"]) and _bare(match["source"]) == wanted
        if indented or not match["before"]
    ]
    return found[occurrence] if occurrence < len(found) else None


def _bare(source: str) -> list[str]:
    """The lines of a source without what may stand before and behind them."""
    return [line.strip(" \t>") for line in source.strip().splitlines()]


def _position(text: str, at: int) -> Position:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@lru_cache(maxsize=1)
def _directives(text: str) -> dict[str, list[Position]]:
    """Where each directive outside fenced code stands; a page with many faults asks for each."""
    fences = _fenced_lines(text)
    found: dict[str, list[Position]] = {}
    for match in DIRECTIVE.finditer(text):
        position = _position(text, match.start())
        if position[0] not in fences:
            found.setdefault(match[0], []).append(position)
    return found


def _fenced_lines(text: str) -> set[int]:
    fenced: set[int] = set()
    for match in _FENCED.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        fenced.update(range(first, first + match[0].count("\n") + 1))
    return fenced
