"""Where a Markdown file has comments for us, as GitHub reads it.

What is code, raw HTML or a comment is not for us to guess: markdown-it-py, which follows CommonMark
and GitHub's tables, reads the file with a number in each comment, and tells where each number went.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain, count
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docs_tools.markdown.syntax import DIRECTIVE

__all__ = ["Comment", "Place", "find_comments"]

# on the lines of a comment stand the marks of the quote around it
_OPEN = re.compile(r"<!--(?=[ \t]*(?:[\r\n][ \t>]*)*docs_tools/)")
# as HTML ends comments; one without an end takes all that follows
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->|.*)", re.DOTALL)
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?=[ \t]*(?:#|[^\s:][^:\r\n]*:\s))"
    r"(?:(?!(?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z))[^\r\n]*(?:\r\n?|\n))*"
    r"(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)"
)
# GitHub makes a link of an address that is written out; such a sign at its end isn't part of it
_BARE = re.compile(r"(?:https?://|www\.)[^\s<]*(?<![?!.,:*_~)'\"])\Z", re.IGNORECASE)
_DEFINITION = re.compile(r"[ \t]*\[[^\[\]]+\]:[ \t]*\S*\Z")
_LINK = re.compile(r"\]\(")
_TAG = re.compile(r"<[A-Za-z][^<>]*\Z")
_DEEPEST = 100
"""How deep lists and quotes may nest; what is deeper is left alone."""


class Place(Enum):
    """What a comment stands in."""

    BLOCK = "alone on its lines"
    SENTENCE = "in inline Markdown"
    HTML = "in a line that began with a comment: the rest of it is raw HTML"
    ADDRESS = "in the address or the title of a link, or in an image: it is no comment there"


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

    Front matter has none: to GitHub it isn't Markdown.

    Args:
        text: The Markdown text, without a byte order mark.
    """
    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    starts = [match.start() for match in _OPEN.finditer(text, body)]
    if not starts:
        return []
    mark = next(char for char in map(chr, range(0xE000, 0xF8FF)) if char not in text)
    numbers = count()
    marked = _OPEN.sub(lambda _: f"<!--{mark}{next(numbers)}{mark}", text[body:])
    engine = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    found = {}
    definitions: dict[str, Any] = {}
    reader = _Reader(mark)
    tokens = engine.parse(marked, definitions)
    for seen in chain(reader.read(tokens), reader.read_definitions(definitions)):
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
                yield from self._inline(token)

    def read_definitions(self, env: Mapping[str, Any]) -> Iterator[_Seen]:
        """What stands in the definitions of links, which are no tokens."""
        known = env.get("references", {})
        for definition in chain(known.values(), env.get("duplicate_refs", ())):
            yield from self._address([definition["href"], definition["title"]])

    def _inline(self, inline: Token) -> Iterator[_Seen]:
        homes = [next(self._homes)]
        at = links = 0
        before = ""
        for token in inline.children or []:
            image = token.type == "image"
            yield from self._address([*token.attrs.values(), token.content if image else ""])
            links += token.nesting * token.type.startswith("link_")
            if token.nesting > 0:
                homes.append(next(self._homes))
            elif token.nesting < 0:
                homes.pop()
            elif token.type == "html_inline" and (opened := self._opened.match(token.content)):
                at = inline.content.find(opened[0], at)
                bare = not links and _BARE.search(before)
                inside = bare or _in_link(inline.content, at)
                place = Place.ADDRESS if inside else Place.SENTENCE
                yield from self._comment(token.content, place, homes[-1])
            elif token.type == "text":
                for number in self._number.findall(token.content):
                    yield _Seen(int(number), None, Place.SENTENCE, homes[-1])
            before = token.content if token.type == "text" else ""

    def _address(self, values: Iterable[object]) -> Iterator[_Seen]:
        for value in values:
            for number in self._number.findall(unquote(str(value))):
                yield _Seen(int(number), None, Place.ADDRESS, 0)

    def _html(self, content: str, home: int) -> Iterator[_Seen]:
        """Comments of raw HTML that begins with one: it ends on the line where that one ends."""
        block = content.strip()
        if not block.startswith("<!--"):
            return
        own = next(self._homes)
        behind = 0
        for comment in _COMMENT.finditer(block):
            if comment[0] == block:
                yield from self._comment(block, Place.BLOCK, home)
            else:
                between = block[behind : comment.start()]
                inside = _TAG.search(between) or _in_link(block, comment.start())
                place = Place.ADDRESS if inside else Place.HTML
                yield from self._comment(comment[0], place, own)
            behind = comment.end()

    def _comment(self, html: str, place: Place, home: int) -> Iterator[_Seen]:
        """The comment, if it is one for us."""
        if opened := self._opened.match(html):
            match = DIRECTIVE.fullmatch(self._number.sub("", html))
            yield _Seen(int(opened[1]), match, place, home)


def _in_link(text: str, at: int) -> bool:
    """Whether the address of a link is written before a place, and goes on there."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    _, bracket, address = line.rpartition("](<")
    if _DEFINITION.match(line) or (bracket and ">" not in address):
        return True
    # an address has no space
    word = "" if line[-1:].isspace() else "".join(line.rsplit(None, 1)[-1:])
    return any(_goes_on(word[match.end() :]) for match in _LINK.finditer(word))


def _goes_on(address: str) -> bool:
    """Whether the parentheses of an address aren't closed yet."""
    depth = 1
    for char in address:
        depth += (char == "(") - (char == ")")
        if not depth:
            return False
    return True
