"""The sections of a page as Material's search plugin finds them, without its costs.

Material's `Parser` asks at each tag and text which of all open elements are left out, which grows
with how deep a page is nested: without end where a tag is never closed. Here these are counted.
What it does is kept to the letter, oddities included: elements are told apart by their tags
only, so leaving out a `div` leaves out what is in any open `div`, up to the next end of one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from math import inf
from typing import NamedTuple

from docs_tools.plugins.cache.search.markup import Strange, Tag, tokens

__all__ = ["Section", "read_sections"]


class Section(NamedTuple):
    """What can be found under one heading.

    Attributes:
        id: The heading's anchor; none for what stands before all headings.
        title: The heading as HTML; `None` where nothing was, so that the page's own counts.
        text: The text as HTML.
    """

    id: str | None
    title: str | None
    text: str


_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input"}
_VOID |= {"link", "meta", "param", "source", "track", "wbr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NEVER = {"object", "script", "style"}
_KEPT = {"p", "code", "pre", "li", "ol", "ul", "sub", "sup"}
_PREFACE = "hx"


class _Parts(list[str]):
    """Pieces of HTML, and of each tag the first place where it opens; -1 once it must stay."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, int] = {}

    def open(self, name: str) -> None:
        self.first.setdefault(name, len(self))
        self.append(f"<{name}>")

    def close(self, name: str) -> None:
        """Ends an element, or takes all of it out where nothing follows its *first* tag."""
        if name not in self.first:
            raise Strange  # there Material fails
        first = self.first[name]
        if first >= 0 and all(self[at].isspace() for at in range(first + 1, len(self))):
            del self[first:], self.first[name]
            return
        # what was closed once is never taken out again: the end tag stands behind it
        self.first[name] = -1
        self.append(f"</{name}>")


@dataclass(slots=True)
class _Section:
    tag: str
    depth: float
    id: str | None = None
    excluded: bool = False
    title: _Parts = field(default_factory=_Parts)
    text: _Parts = field(default_factory=_Parts)


class _Reader:
    """What is open, and what was found."""

    def __init__(self) -> None:
        self.sections: list[_Section] = []
        self._alive: list[_Section] = []  # those that may go on
        self._section = _Section(_PREFACE, 0)  # counts once it is among the sections
        self._context: list[str] = []
        self._open: defaultdict[str, int] = defaultdict(int)
        self._permalinks: list[int] = []  # how deep each open one is
        self._skip = set(_NEVER)
        self._skipped = 0  # how many of the open elements are to be skipped

    def start(self, tag: Tag) -> None:
        name = tag.name
        if name in _VOID:
            return
        self._context.append(name)
        self._open[name] += 1
        if name in self._skip:
            self._skipped += 1
        attributes = tag.attributes
        if name in _HEADINGS and "id" in attributes:
            self._enter_heading(tag)
        elif not self.sections:
            self._enter(self._section)
        if attributes:
            kind = attributes.get("class")
            if kind == "linenodiv" or "data-search-exclude" in attributes:
                self._exclude(name)
                return
            if kind == "headerlink" and name == "a":
                self._permalinks.append(len(self._context))
        if name in _KEPT and not self._skipped:
            self._parts().open(name)

    def end(self, name: str) -> None:
        context = self._context
        if not context or context[-1] != name:
            return
        if self._section.depth > len(context):
            self._leave(len(context))
        if self._permalinks and self._permalinks[-1] == len(context):
            self._permalinks.pop()
        context.pop()
        self._open[name] -= 1
        if name in self._skip:
            self._skipped -= 1
            if name not in _NEVER:
                self._skip.remove(name)
                self._skipped -= self._open[name]
        elif name in _KEPT and not self._skipped:
            self._parts().close(name)

    def data(self, data: str) -> None:
        if self._skipped:
            return
        preformatted = self._open["pre"]
        blank = data.isspace()
        if not preformatted:
            data = " " if blank else data.replace("\n", " ")
        if not self.sections:
            self._enter(self._section)
        section = self._section
        if self._open[section.tag]:
            if not self._permalinks:
                section.title.append(escape(data, quote=False))
        elif not blank:
            section.text.append(escape(data, quote=False))
        elif preformatted or not section.text or not section.text[-1].isspace():
            section.text.append(data)

    def _parts(self) -> _Parts:
        section = self._section
        return section.title if self._open[section.tag] else section.text

    def _enter(self, section: _Section) -> None:
        self._section = section
        self.sections.append(section)
        self._alive.append(section)

    def _enter_heading(self, tag: Tag) -> None:
        depth = len(self._context)
        if tag.name != "h1" and not self.sections:
            self._enter(_Section(_PREFACE, depth))
        section = _Section(tag.name, depth, excluded="data-search-exclude" in tag.attributes)
        if self.sections:
            section.id = tag.attributes["id"]
        self._enter(section)

    def _leave(self, depth: int) -> None:
        """Goes back to the last section that isn't deeper, if there is one."""
        for section in reversed(self._alive):
            if section.depth <= depth:
                self._section.depth = inf
                self._section = section
                break
        while self._alive and self._alive[-1].depth == inf:
            self._alive.pop()

    def _exclude(self, name: str) -> None:
        if name not in self._skip:
            self._skip.add(name)
            self._skipped += self._open[name]


def read_sections(html: str) -> list[Section]:
    """The sections of a page that are to be found, as Material's plugin sees them.

    Args:
        html: The page's content.

    Raises:
        Strange: It holds what has to be left to Material's own parser.
    """
    reader = _Reader()
    for tag, text in tokens(html):
        if tag.opens:
            reader.start(tag)
        if tag.closes:
            reader.end(tag.name)
        if text is not None:
            reader.data(text)
    return [
        Section(section.id, "".join(section.title) if section.title else None, "".join(section.text))
        for section in reader.sections
        if not section.excluded
    ]
