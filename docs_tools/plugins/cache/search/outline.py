"""A page's texts and headings as MkDocs' own search plugin finds them."""

from typing import NamedTuple

from docs_tools.plugins.cache.search.markup import tokens

__all__ = ["Heading", "Outline", "read_outline"]

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Heading(NamedTuple):
    """A heading and what follows it.

    Attributes:
        id: Its anchor, if it has one.
        title: The last of its texts.
        text: The text up to the next heading.
    """

    id: str | None
    title: str | None
    text: str


class Outline(NamedTuple):
    """What can be found on a page.

    Attributes:
        text: All of its text.
        headings: Its headings in their order.
    """

    text: str
    headings: list[Heading]


def read_outline(html: str) -> Outline:
    """The texts of a page, as MkDocs' `ContentParser` gives them.

    Args:
        html: The page's content.

    Raises:
        Strange: It has to be read by MkDocs' parser.
    """
    texts: list[str] = []
    found: list[tuple[str | None, list[str], list[str]]] = []
    in_heading = False
    for tag, text in tokens(html):
        if tag.name in _HEADINGS:
            if tag.opens:
                found.append((tag.attributes.get("id"), [], []))
            in_heading = not tag.closes
        if text is not None:
            texts.append(text)
            if found:
                _, titles, own = found[-1]
                titles.append(text) if in_heading else own.append(text.rstrip("\n"))
    headings = [
        Heading(id, titles[-1] if titles else None, " ".join(own)) for id, titles, own in found
    ]
    return Outline("\n".join(texts), headings)
