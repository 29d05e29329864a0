"""Where a Markdown file has comments for us, as GitHub reads it.

What is code, raw HTML or a comment is not for us to guess: markdown-it-py, which follows CommonMark
and GitHub's tables, reads the file with a number in each comment, and tells where each number went.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docs_tools.markdown.syntax import DIRECTIVE

__all__ = ["Comment", "Place", "find_comments"]

_OPEN = re.compile(r"<!--(?=[ \t]*docs_tools/)")
# as HTML ends comments; one without an end takes all that follows
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->|.*)", re.DOTALL)
_DEEPEST = 100
"""How deep lists and quotes may nest; what is deeper is left alone."""


class Place(Enum):
    """What a comment stands in."""

    BLOCK = "alone on its lines"
    SENTENCE = "in inline Markdown"
    HTML = "in a line that began with a comment: the rest of it is raw HTML"


@dataclass(frozen=True)
class Comment:
    """A comment that begins with `docs_tools/`.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends in the text.
        match: What `DIRECTIVE` matched, free of the prefixes of quotes and lists; `None` where it
            isn't read as a comment and readers see it, or see nothing of what follows.
        place: What it stands in.
        home: Two comments with the same home stand in the same list item, cell, sentence, …
    """

    start: int
    end: int
    match: re.Match[str] | None
    place: Place
    home: int

    @property
    def name(self) -> str:
        """What stands behind `docs_tools/`."""
        return str(self.match["name"]) if self.match else ""


def find_comments(text: str) -> list[Comment]:
    """The comments for us in their order, without those in code, raw HTML and other comments.

    Args:
        text: The Markdown text, without a byte order mark.
    """
    starts = [match.start() for match in _OPEN.finditer(text)]
    if not starts:
        return []
    mark = next(char for char in map(chr, range(0xE000, 0xF8FF)) if char not in text)
    numbers = count()
    marked = _OPEN.sub(lambda _: f"<!--{mark}{next(numbers)}{mark}", text)
    engine = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    found = {}
    for seen in _Reader(mark).read(engine.parse(marked)):
        start = starts[seen.number]
        if not seen.match and text[start - 1 : start] == "\\":
            continue  # escaped: it is meant to be seen
        end = text.index("-->", start) + 3 if seen.match else start
        found[start] = Comment(start, end, seen.match, seen.place, seen.home)
    return [found[start] for start in sorted(found)]


@dataclass(frozen=True)
class _Seen:
    number: int
    match: re.Match[str] | None
    place: Place
    home: int


class _Reader:
    """Finds the numbered comments among tokens."""

    def __init__(self, mark: str) -> None:
        self._number = re.compile(f"{mark}([0-9]+){mark}")
        self._opened = re.compile(f"<!--{self._number.pattern}")
        self._homes = count()

    def read(self, tokens: list[Token]) -> Iterator[_Seen]:
        homes = [next(self._homes)]
        for token in tokens:
            if token.nesting > 0:
                homes.append(next(self._homes))
            elif token.nesting < 0:
                homes.pop()
            elif token.type == "html_block":
                yield from self._html(token.content, homes[-1])
            elif token.type == "inline":
                yield from self.read(token.children or [])
            elif token.type == "html_inline":
                yield from self._comment(token.content, Place.SENTENCE, homes[-1])
            elif token.type == "text":
                for number in self._number.findall(token.content):
                    yield _Seen(int(number), None, Place.SENTENCE, homes[-1])

    def _html(self, content: str, home: int) -> Iterator[_Seen]:
        """Comments of raw HTML that begins with one: it ends on the line where that one ends."""
        block = content.strip()
        if not block.startswith("<!--"):
            return
        own = next(self._homes)
        for comment in _COMMENT.findall(block):
            if comment == block:
                yield from self._comment(comment, Place.BLOCK, home)
            else:
                yield from self._comment(comment, Place.HTML, own)

    def _comment(self, html: str, place: Place, home: int) -> Iterator[_Seen]:
        """The comment, if it is one for us."""
        if opened := self._opened.match(html):
            match = DIRECTIVE.fullmatch(self._number.sub("", html))
            yield _Seen(int(opened[1]), match, place, home)
