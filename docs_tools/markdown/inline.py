"""Directives within a sentence."""

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from docs_tools.markdown.stash import MARKER, Stash

__all__ = ["DirectivesInText", "FactsInAttributes"]

_CLASS = "docs_tools-fact"
_IN_ATTRIBUTE = re.compile(rf'<span class="{_CLASS}">(.*?)</span>', re.DOTALL)


class DirectivesInText(InlineProcessor):
    """Expands the markers within a sentence; one that stands for blocks is refused there."""

    def __init__(self, stash: Stash, md: Markdown) -> None:
        super().__init__(MARKER.pattern, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        """What the marker stands for, and what of the text it takes the place of."""
        number = int(m[1])
        if not self._stash.is_inline(number):
            self._stash.refuse_block(number)
            return "", m.start(0), m.end(0)
        end = self._stash.end_of(number)
        filled = data.find(end, m.end(0)) if end else -1
        behind = filled + len(end) if end and filled >= 0 else m.end(0)
        element = Element("span", {"class": _CLASS})
        element.text = self._stash.expand(number)
        self._convert(element)
        return element, m.start(0), behind

    def _convert(self, element: Element) -> None:
        """Converts the Markdown of an element with all patterns, and marks it as done.

        A pattern's result is else given to the patterns behind it only: code would be lost.
        """
        inline = self.md.treeprocessors["inline"]
        outer = dict(vars(inline))
        root = Element("div")  # only what is below is converted
        root.append(element)
        inline.run(root)
        vars(inline).clear()
        vars(inline).update(outer)
        for part in element.iter():
            part.text = AtomicString(part.text or "")
            if part is not element:
                part.tail = AtomicString(part.tail or "")


class FactsInAttributes(Treeprocessor):
    """Makes text of the facts in attributes, such as a link's address."""

    def run(self, root: Element) -> None:
        """Puts a fact's text where its element was written out."""
        for element in root.iter():
            for name, value in element.items():
                if _CLASS in value:
                    element.set(name, _IN_ATTRIBUTE.sub(lambda match: _text(match[1]), value))


def _text(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))
