"""What search plugins do between a page and the entries of their index, step by step."""

import sys
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from mkdocs.structure.pages import Page

from docs_tools.plugins.cache.search.outline import Heading, Outline, read_outline
from docs_tools.plugins.cache.search.sections import Section, read_sections

__all__ = ["Engine", "engine_of"]


class Engine(Protocol):
    """The steps of one plugin's `add_entry_from_context`.

    Attributes:
        name: What the plugin is called in `upstream`.
    """

    name: ClassVar[str]

    @property
    def adds(self) -> tuple[object, ...]:
        """The parts of the plugin that these steps stand in for."""
        ...

    @property
    def reads(self) -> tuple[object, ...]:
        """The parts that read HTML."""
        ...

    def leaves_out(self, page: Page) -> bool:
        """Whether a page isn't to be found."""
        ...

    def read(self, html: str) -> Any:
        """What can be found on a page, as JSON can hold it.

        Raises:
            Strange: Only the plugin's own parser can tell.
        """
        ...

    def read_as_upstream(self, html: str) -> Any:
        """The same by the plugin's own parser, with whatever it raises."""
        ...

    def recall(self, found: Any) -> Any:
        """What was read, of what JSON made of it."""
        ...

    def enter(self, index: Any, page: Page, found: Any) -> None:
        """Adds what was found on a page to an index."""
        ...


@dataclass(frozen=True)
class Material:
    """Material's plugin: sections of a page.

    Attributes:
        module: Its module, as it is loaded.
    """

    module: Any
    name: ClassVar[str] = "material"

    @property
    def adds(self) -> tuple[object, ...]:
        """The parts between a page and the index."""
        index = self.module.SearchIndex
        methods = index.add_entry_from_context, index.create_entry_for_section
        return *methods, self.module.Section, self.module.Element

    @property
    def reads(self) -> tuple[object, ...]:
        """The parser."""
        return self.module.Parser, self.module.void

    def leaves_out(self, page: Page) -> bool:
        """Whether a page's front matter says so."""
        return bool((page.meta.get("search") or {}).get("exclude"))

    def read(self, html: str) -> list[Section]:
        """A page's sections."""
        return read_sections(html)

    def read_as_upstream(self, html: str) -> list[Section]:
        """A page's sections by the plugin's own parser."""
        parser = self.module.Parser()
        parser.feed(html)
        parser.close()
        return [
            Section.of(section.id, section.title, section.text)
            for section in parser.data
            if not section.is_excluded()
        ]

    def recall(self, found: Any) -> list[Section]:
        """A page's sections, remembered."""
        return [Section(*section) for section in found]

    def enter(self, index: Any, page: Page, found: list[Section]) -> None:
        """Has the plugin make an entry of each section."""
        for one in found:
            section = self.module.Section(self.module.Element("hx"))
            section.id = one.id
            section.title = [] if one.title is None else [one.title]
            section.text = [one.text]
            index.create_entry_for_section(section, page.toc, page.url, page)


@dataclass(frozen=True)
class MkDocs:
    """MkDocs' own plugin, for other themes: all text of a page, and what follows each heading.

    Attributes:
        module: The module of its index, as it is loaded.
    """

    module: Any
    name: ClassVar[str] = "mkdocs"

    @property
    def adds(self) -> tuple[object, ...]:
        """The parts between a page and the index."""
        index = self.module.SearchIndex
        methods = index.add_entry_from_context, index.create_entry_for_section
        return *methods, self.module.ContentSection

    @property
    def reads(self) -> tuple[object, ...]:
        """The parser."""
        return self.module.ContentParser, self.module._HEADER_TAGS

    def leaves_out(self, page: Page) -> bool:
        """No page is left out."""
        return False

    def read(self, html: str) -> Outline:
        """A page's texts."""
        return read_outline(html)

    def read_as_upstream(self, html: str) -> Outline:
        """A page's texts by the plugin's own parser."""
        parser = self.module.ContentParser()
        parser.feed(html)
        parser.close()
        headings = [Heading(one.id, one.title, " ".join(one.text)) for one in parser.data]
        return Outline(parser.stripped_html, headings)

    def recall(self, found: Any) -> Outline:
        """A page's texts, remembered."""
        text, headings = found
        return Outline(text, [Heading(*heading) for heading in headings])

    def enter(self, index: Any, page: Page, found: Outline) -> None:
        """Adds the page, and has the plugin make an entry of each heading that is in its toc."""
        indexing = index.config["indexing"]
        text = found.text.rstrip("\n") if indexing == "full" else ""
        index._add_entry(title=page.title, text=text, loc=page.url)
        if indexing in ("full", "sections"):
            for one in found.headings:
                section = self.module.ContentSection([one.text], one.id, one.title)
                index.create_entry_for_section(section, page.toc, page.url)


_ENGINES: tuple[tuple[str, str, type[Material] | type[MkDocs]], ...] = (
    ("material.plugins.search.plugin", "material.plugins.search.plugin", Material),
    ("mkdocs.contrib.search", "mkdocs.contrib.search.search_index", MkDocs),
)


def engine_of(plugin: object, index: object) -> Engine | None:
    """The steps of a plugin.

    Args:
        plugin: Any plugin.
        index: Its search index, if it has one.

    Returns:
        `None` where either is of another class, or the index was given another way to add pages.
    """
    for place, index_place, engine in _ENGINES:
        if place in sys.modules and type(plugin) is sys.modules[place].SearchPlugin:
            module = sys.modules[index_place]
            own = type(index) is module.SearchIndex and "add_entry_from_context" not in vars(index)
            return engine(module) if own else None
    return None
