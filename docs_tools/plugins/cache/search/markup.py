"""A page's HTML as tags and texts, where every parser reads them alike.

`html.parser` looks at each tag anew, for it takes everything. What Markdown makes is far from
everything: it can be split at each `<`, and most tags come again and again. What `html.parser`
makes of odd markup differs between versions of Python, and changes with what is mended for
security, so only what they agree on is read here. All else is `Strange`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

__all__ = ["Strange", "Tag", "tokens"]


class Strange(Exception):  # noqa: N818 - no error: another parser reads it
    """Markup that parsers may read in different ways."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands between `<` and `>`.

    Attributes:
        name: The element's, in small letters.
        opens: Whether an element begins.
        closes: Whether one ends; both in `<br/>`, neither in a comment.
        attributes: The last of those with the same name counts; `None` without a value. Only the
            values of `id` and `class` are as a parser tells them: no other is asked for.
    """

    name: str
    opens: bool
    closes: bool
    attributes: Mapping[str, str | None]


_BLANK = r"[ \t\n\r\f]"
_NAME = r"[a-zA-Z][a-zA-Z0-9:_.-]*+"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`/&]++(?!/))"""
_ATTRIBUTE = rf"{_BLANK}++([a-zA-Z_:@][a-zA-Z0-9:_.@-]*+)(?:=({_VALUE}))?+"
_START = re.compile(rf"({_NAME})((?:{_ATTRIBUTE})*+){_BLANK}*+(/?)")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_END = re.compile(rf"/({_NAME}){_BLANK}*+")
_ASKED_FOR = ("id", "class")
# without anything in it that ends a comment for one parser and not for another
_COMMENT = re.compile(r"<!--(?!-?>)(?:[^-]++|-(?!-))*+-->")
_REDUCED = "!"  # all that is left of a comment: the texts on its sides are two
_LITERAL = {"script", "style", "xmp", "iframe", "noembed", "noframes"}
_WHOLE = _LITERAL | {"textarea", "title"}  # to some parsers there are no tags within
_MOST, _LONG = 2_000, 200  # tags that are remembered, and the characters of one that isn't


class _Tags(dict[str, Tag]):
    """Each markup's tag, mostly read once."""

    def __missing__(self, markup: str) -> Tag:
        tag = _read(markup)
        if len(markup) < _LONG:
            if len(self) >= _MOST:
                self.clear()
            self[markup] = tag
        return tag


_TAGS = _Tags()


def tokens(html: str) -> Iterator[tuple[Tag, str | None]]:
    """The tags of a page in their order, each with the text up to the next.

    The first one stands for none, so that the text before all tags comes too: like a comment it
    neither opens nor closes. Where no text is, there is `None`; an empty one is a reference to a
    character that HTML doesn't have.

    Args:
        html: The page's content.

    Raises:
        Strange: At the first markup that isn't read here.
    """
    inside = None
    for piece in f"{_REDUCED}>{_without_comments(html)}".split("<"):
        markup, closed, text = piece.partition(">")
        tag = _TAGS[markup]
        if not closed:
            raise Strange
        if inside is not None:
            if tag.opens or tag.name != inside:
                raise Strange
            inside = None
        elif tag.opens and tag.name in _WHOLE:
            if tag.closes or (tag.name in _LITERAL and "&" in text):
                raise Strange
            inside = tag.name
        yield tag, (unescape(text) if "&" in text else text) if text else None
    if inside is not None:
        raise Strange


def _without_comments(html: str) -> str:
    if "\0" in html:
        raise Strange
    if declarations := html.count("<!"):
        html, comments = _COMMENT.subn(f"<{_REDUCED}>", html)
        if comments != declarations:
            raise Strange
    return html


def _read(markup: str) -> Tag:
    if markup == _REDUCED:
        return Tag("", opens=False, closes=False, attributes={})
    if end := _END.fullmatch(markup):
        return Tag(end[1].lower(), opens=False, closes=True, attributes={})
    start = _START.fullmatch(markup)
    if start is None or start[1].lower() == "plaintext":
        raise Strange
    attributes: dict[str, str | None] = {}
    for name, value in _ATTRIBUTES.findall(start[2]):
        if "&" in value and name.lower() in _ASKED_FOR:
            raise Strange
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        attributes[name.lower()] = bare if value else None
    return Tag(start[1].lower(), opens=True, closes=bool(start[5]), attributes=attributes)
