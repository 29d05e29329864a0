"""Directives within a sentence."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import AUTOLINK_RE, BACKTICK_RE, HTML_RE, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX, AtomicString

from docs_tools.markdown.stash import MARKER, Stash

__all__ = ["DirectivesInCode", "DirectivesInText", "PlainFacts"]

_CLASS = "docs_tools-fact"
_MARKUP = re.compile(r"<[^>]*>")
_RAW = re.compile(HTML_RE, re.DOTALL)
_AUTOLINK = re.compile(AUTOLINK_RE)

_Found = tuple[Element | str | None, int | None, int | None]


class DirectivesInCode(InlineProcessor):
    """Puts the directives of inline code back before it is highlighted: no lexer knows a marker."""

    def __init__(self, stash: Stash, md: Markdown) -> None:
        super().__init__(BACKTICK_RE, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> _Found:
        """What the site's own pattern makes of the code as it is written."""
        code: Any = self.md.inlinePatterns["backtick"]
        found = code.getCompiledRegExp().match(data, m.start(0))
        if not found or not MARKER.search(data, m.start(0)):
            return None, None, None
        node, start, end = code.handleMatch(found, data)
        if node is None or not MARKER.search(data, start, end):
            return None, start, end
        span = data[start:end]
        inner = span[len(span) - len(span.lstrip("`")) : len(span.rstrip("`"))]
        inner = MARKER.sub(lambda marker: self._stash.text(int(marker[1])), inner)
        ticks = "`" * (1 + max(map(len, re.findall("`+", inner)), default=0))
        written = f"{ticks}{inner}{ticks}"
        found = code.getCompiledRegExp().match(written)
        return code.handleMatch(found, written)[0], start, end


class DirectivesInText(InlineProcessor):
    """Expands the markers within a sentence; one that stands for blocks is refused there."""

    def __init__(self, stash: Stash, md: Markdown) -> None:
        super().__init__(MARKER.pattern, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> _Found:
        """What the marker stands for, and what of the text it takes the place of."""
        number = int(m[1])
        if _in_tag(m, data):
            return None, None, None
        if not self._stash.is_inline(number):
            self._stash.refuse_block(number)
            return "", m.start(0), m.end(0)
        end = self._stash.end_of(number)
        filled = data.find(end, m.end(0)) if end else -1
        behind = filled + len(end) if end and filled >= 0 else m.end(0)
        return self._expand(number), m.start(0), behind

    def text(self, number: int) -> str:
        """What a marker stands for, without its elements; HTML may be stashed in it."""
        if self._stash.is_inline(number):
            return "".join(self._expand(number).itertext())
        self._stash.refuse_block(number)
        return ""

    def _expand(self, number: int) -> Element:
        element = Element("span", {"class": _CLASS})
        element.text = self._stash.expand(number)
        self._convert(element)
        return element

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


class PlainFacts(Treeprocessor):
    """Makes text of facts where no markup can stand: in attributes, and of a link in a link."""

    def __init__(self, inline: DirectivesInText, md: Markdown) -> None:
        super().__init__(md)
        self._inline = inline

    def run(self, root: Element) -> None:
        """Expands the markers that were passed over, and drops the tags that facts have stashed."""
        for element in root.iter():
            for name, value in element.items():
                if STX in value:
                    value = MARKER.sub(lambda marker: self._inline.text(int(marker[1])), value)
                    element.set(name, HTML_PLACEHOLDER_RE.sub(self._strip, value))
            if element.tag == "a":
                for link in list(element.iter("a"))[1:]:
                    link.tag = "span"
                    link.attrib.clear()

    def _strip(self, placeholder: re.Match[str]) -> str:
        return _MARKUP.sub("", str(self.md.htmlStash.rawHtmlBlocks[int(placeholder[1])]))


def _in_tag(marker: re.Match[str], data: str) -> bool:
    """Whether a marker stands in an HTML tag or in a comment, which stay as they are written."""
    return "<" in data and any(
        raw.start(0) < marker.start(0) < raw.end(0) and not _AUTOLINK.fullmatch(raw[0])
        for raw in _RAW.finditer(data)
    )
