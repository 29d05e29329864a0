"""What readers see of a page, as lines."""

import re
from html.parser import HTMLParser

__all__ = ["page_text"]

_UNSEEN = frozenset({"script", "style", "template", "head", "svg", "nav", "button"})
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "img", "kbd"),
        *("label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time"),
        *("u", "var", "wbr"),
    }
)
_CELLS = frozenset({"td", "th"})
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    }
)
_PERMALINK = "headerlink"  # Python-Markdown's `toc`: the sign beside each heading
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\S)")


def page_text(html: str) -> list[str]:
    """The text of a page: a line for each sentence, heading, item, row or line of code.

    What stands on every page is left out: its head, and what leads to other pages. Where the page
    says which part of it is its content, only that is taken.

    Args:
        html: The page.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.lines


class _Reader(HTMLParser):
    """Collects lines, and where each stands.

    What is open is a stack of elements; those that need no end tag may be left on it until one
    around them ends.
    """

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []  # their tags
        self._unseen: int | None = None  # how deep what isn't shown begins
        self._content: dict[str, int] = {}  # how deep a part of the page begins, by its kind
        self._text: list[str] = []
        self._lines: list[tuple[frozenset[str], str]] = []

    @property
    def lines(self) -> list[str]:
        """All lines of the part that is the content, however the theme says so."""
        self._end()
        for kind in ("role", "main"):
            if any(kind in kinds for kinds, _ in self._lines):
                return [line for kinds, line in self._lines if kind in kinds]
        return [line for _, line in self._lines]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "body":
            self._unseen = None  # the end tag of the head may be left out
        if tag in _CELLS and self._pending():
            self._text.append(" | ")
        elif tag not in _INLINE and tag not in _CELLS:
            self._end()
        if tag == "img" and found.get("alt"):
            self._add(f"[{found['alt']}]")
        if tag in _VOID:
            return
        depth = len(self._open)
        self._open.append(tag)
        if self._unseen is None and (tag in _UNSEEN or _PERMALINK in (found.get("class") or "")):
            self._unseen = depth
        if found.get("role") == "main":
            self._content.setdefault("role", depth)
        if tag == "main":
            self._content.setdefault("main", depth)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag not in _INLINE and tag not in _CELLS:
            self._end()
        depth = len(self._open) - 1 - self._open[::-1].index(tag)
        del self._open[depth:]
        if self._unseen is not None and self._unseen >= depth:
            self._unseen = None
        self._content = {kind: at for kind, at in self._content.items() if at < depth}

    def handle_data(self, data: str) -> None:
        if "pre" not in self._open:
            self._add(data)
            return
        first, *rest = data.split("\n")
        self._add(first)
        for line in rest:
            self._end()
            self._add(line)

    def _add(self, text: str) -> None:
        if self._unseen is None:
            self._text.append(text)

    def _pending(self) -> bool:
        return bool("".join(self._text).strip())

    def _end(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        flowing = "pre" not in self._open
        lines = _SENTENCE.split(" ".join(text.split())) if flowing else [text.rstrip()]
        kinds = frozenset(self._content)
        self._lines += [(kinds, line) for line in lines if line]
