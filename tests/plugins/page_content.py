"""What a page shows from data, read from its HTML whatever the theme around it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
CHIPS = {"docs_tools-fact", "docs_tools-label"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    parts: list["Element | str"] = field(default_factory=list)

    def find(self, *tags: str) -> Iterator["Element"]:
        """All elements within of these tags, in their order."""
        for part in self.parts:
            if isinstance(part, Element):
                if part.tag in tags:
                    yield part
                yield from part.find(*tags)

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    @property
    def text(self) -> str:
        """What can be read, without styles; blanks count as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in ("style", "script"):
                yield from part._texts()


@dataclass
class Content:
    """Everything in the order of the page."""

    tables: list[list[list[str]]]
    diagrams: list[tuple[str, str, str]]
    details: list[str]
    chips: list[tuple[str, str]]

    @property
    def facts(self) -> list[str]:
        return [text for kind, text in self.chips if kind == "docs_tools-fact"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self._open[-1].parts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self._open) - 1, 0, -1) if self._open[i].tag == tag), None)
        if at is not None:
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def read_content(html: str) -> Content:
    """The tables, diagrams and facts of a page's article."""
    reader = _Reader()
    reader.feed(html)
    article = next(reader.root.find("article"))
    figures = [f for f in article.find("figure") if "docs_tools-diagram" in f.classes]
    return Content(
        tables=[
            [[cell.text for cell in row.find("th", "td")] for row in table.find("tr")]
            for table in article.find("table")
        ],
        diagrams=[(_first(f, "title"), _first(f, "desc"), f.text) for f in figures],
        details=[details.text for details in article.find("details")],
        chips=[(kind, span.text) for span in article.find("span") for kind in CHIPS & span.classes],
    )


def _first(element: Element, tag: str) -> str:
    return next(element.find(tag)).text
