"""The sections of a page as Material's search plugin finds them, without what that costs.

Material's `Parser` asks at each tag and text what all open elements are, which takes the longer the
deeper a page is nested: ever longer where a tag isn't closed. Here they are counted. What it does
is kept to the letter, oddities included. Elements are told apart by their names only: leaving out a
`div` leaves out what is in any open `div`, up to the next end of one.
"""

from collections import defaultdict
from collections.abc import Iterable
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
        title: The heading as HTML; `None` where there is nothing, so that the page's title counts.
        text: The text as HTML.
    """

    id: str | None
    title: str | None
    text: str

    @classmethod
    def of(cls, id: str | None, title: Iterable[str], text: Iterable[str]) -> "Section":
        """A section of the pieces that Material has; a title of empty pieces is one."""
        pieces = list(title)
        return cls(id, "".join(pieces) if pieces else None, "".join(text))


_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input"}
_VOID |= {"link", "meta", "param", "source", "track", "wbr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NEVER = {"object", "script", "style"}
_KEPT = {"p", "code", "pre", "li", "ol", "ul", "sub", "sup"}
_PREFACE = "hx"  # the name of what has no heading, and of any element that is called so


class _Parts(list[str]):
    """Pieces of HTML, and where in them each tag was first opened."""

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[str, int] = {}  # -1 for what is known to stay

    def open(self, name: str) -> None:
        """Adds the beginning of an element."""
        self._first.setdefault(name, len(self))
        self.append(f"<{name}>")

    def close(self, name: str) -> None:
        """Ends an element, or takes it out where only blanks follow the *first* of its name.

        Raises:
            Strange: There is none of that name; Material fails then.
        """
        first = self._first.get(name)
        if first is None:
            raise Strange
        if first >= 0 and all(self[at].isspace() for at in range(first + 1, len(self))):
            del self[first:], self._first[name]
            return
        # its end stands behind it from now on, so it is never the last: no need to look again
        self._first[name] = -1
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
        self._section = _Section(_PREFACE, 0)  # not among the sections before it is needed
        self._alive: list[_Section] = []  # sections that may be gone on with
        self._context: list[str] = []  # the open elements
        self._open: defaultdict[str, int] = defaultdict(int)  # how many of each name
        self._permalinks: list[int] = []  # how deep each open one is
        self._skip = set(_NEVER)
        self._skipped = 0  # how many of the open elements are to be skipped

    def start(self, tag: Tag) -> None:
        """Material's `handle_starttag`."""
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
            if kind == "headerlink" and name == "a":
                self._permalinks.append(len(self._context))
            if kind == "linenodiv" or "data-search-exclude" in attributes:
                self._exclude(name)
                return
        if name in _KEPT and not self._skipped:
            self._parts().open(name)

    def end(self, name: str) -> None:
        """Material's `handle_endtag`."""
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
        """Material's `handle_data`."""
        if self._skipped:
            return
        blank = data.isspace()
        preformatted = self._open["pre"]
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
        """Goes on with the last section that isn't deeper, if there is one."""
        for section in reversed(self._alive):
            if section.depth <= depth:
                self._section.depth = inf
                self._section = section
                break
        while self._alive[-1].depth == inf:  # the one that is gone on with isn't
            self._alive.pop()

    def _exclude(self, name: str) -> None:
        if name not in self._skip:
            self._skip.add(name)
            self._skipped += self._open[name]


def read_sections(html: str) -> list[Section]:
    """The sections of a page that can be found, as Material's `Parser` gives them.

    Args:
        html: The page's content.

    Raises:
        Strange: It has to be read by Material's parser.
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
        Section.of(section.id, section.title, section.text)
        for section in reader.sections
        if not section.excluded
    ]
