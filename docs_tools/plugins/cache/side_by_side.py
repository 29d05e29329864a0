"""Pages converted by several processes: children remember them, and the parent finds them so.

MkDocs goes through the pages in order and in one process. Where many have to be converted, children
convert those from the end on; when MkDocs gets there, they are remembered. What a child prepared
otherwise than the parent, such as with another text, isn't found: the parent converts it itself.
"""

import os
from collections.abc import Callable, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs_tools.build.memory.spread import Ahead
from docs_tools.plugins.cache.known_plugins import has_foreign_hooks

__all__ = ["SideBySide"]

_ENOUGH = 4  # pages that had to be converted, before it looks as if many will
_NUMBER = 4  # bytes
# events of a page before it is converted, which a child runs as well
_BEFORE = ("pre_page", "page_read_source", "page_markdown")


class SideBySide:
    """Converts pages in several processes, once it pays.

    Args:
        config: The configuration.
        processes: How many may work at once, this one included.
    """

    def __init__(self, config: MkDocsConfig, processes: int) -> None:
        self._config = config
        self._processes = 1 if has_foreign_hooks(config, _BEFORE) else processes
        self._missed = 0
        self._ahead: Ahead | None = None
        self._places: dict[str, int] = {}
        self._made_by_children: tuple[int, int] | None = None

    def missed(self, page: Page, files: Files, converted: Callable[[], int]) -> None:
        """Is told that a page has to be converted; starts the children when it is one of many.

        Args:
            page: The page.
            files: The files of the site.
            converted: How many pages this process has converted.
        """
        self._missed += 1
        if self._missed != _ENOUGH or self._processes < 2:
            return
        pages = files.documentation_pages(inclusion=lambda level: not level.is_excluded())
        rest = _behind(page, pages)
        self._made_by_children = os.pipe()
        self._ahead = Ahead.start(len(rest), self._work(rest, files, converted), self._processes)
        if self._ahead:
            self._places = {file.src_uri: place for place, file in enumerate(rest)}

    def made(self, page: Page) -> bool:
        """Whether a child has taken care of a page; waits where one is at it."""
        place = self._places.get(page.file.src_uri)
        return self._ahead is not None and place is not None and self._ahead.take(place)

    def converted(self) -> set[str]:
        """The pages that children had to convert, by their sources; ends the children."""
        if self._ahead:
            self._ahead.finish()
        if self._made_by_children is None:
            return set()
        reader, writer = self._made_by_children
        os.close(writer)
        with os.fdopen(reader, "rb") as file:
            content = file.read()
        self._made_by_children = None
        names = list(self._places)
        numbers = (content[at : at + _NUMBER] for at in range(0, len(content), _NUMBER))
        return {names[int.from_bytes(number, "little")] for number in numbers}

    def finish(self) -> None:
        """Ends the children, also where the build has failed."""
        self.converted()

    def _work(
        self, pages: Sequence[File], files: Files, converted: Callable[[], int]
    ) -> Callable[[int], None]:
        config = self._config

        def work(place: int) -> None:
            file = pages[place]
            page = file.page or Page(None, file, config)
            before = converted()
            page = config.plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = config.plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
            page.render(config, files)
            page.content = page.markdown = None  # the parent has its own
            if converted() != before and self._made_by_children:
                os.write(self._made_by_children[1], place.to_bytes(_NUMBER, "little"))

        return work


def _behind(page: Page, pages: Sequence[File]) -> Sequence[File]:
    """The pages that MkDocs converts after one."""
    for place, file in enumerate(pages):
        if file is page.file:
            return pages[place + 1 :]
    return ()
