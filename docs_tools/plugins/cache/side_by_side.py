"""Pages made by several processes: children remember them, and the parent finds them so.

MkDocs goes through the pages in order and in one process. Where many have to be made, children make
those from the end on; when MkDocs gets there, they are remembered. What a child prepared otherwise
than the parent, such as with another text, isn't found: the parent makes it itself.
"""

import mmap
from collections.abc import Callable, Collection, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from docs_tools.build.memory.spread import Ahead
from docs_tools.plugins.cache.known_plugins import has_foreign_hooks

__all__ = ["SideBySide"]

_ENOUGH = 4  # pages that had to be made, before it looks as if many will


class SideBySide:
    """Takes one step of a build, such as the conversion, in several processes, once it pays.

    Args:
        config: The configuration.
        processes: How many may work at once, this one included.
        events: Events of a page that a child runs as well, without `on_`.
        counters: How much this process has made, by what is counted. A child may make more than
            the parent asks for, or find it remembered.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        processes: int,
        events: Collection[str],
        counters: Sequence[Callable[[], int]],
    ) -> None:
        self._processes = 1 if has_foreign_hooks(config, events) else processes
        self._counters = counters
        self._missed = 0
        self._ahead: Ahead | None = None
        self._places: dict[str, int] = {}
        self._made: mmap.mmap | None = None

    def missed(
        self, page: Page, pages: Callable[[], Sequence[File]], work: Callable[[File], None]
    ) -> None:
        """Is told that a page has to be made; starts the children when it is one of many.

        Args:
            page: The page.
            pages: Gives all pages, in the order of the build.
            work: What a child does with a page.
        """
        self._missed += 1
        if self._missed != _ENOUGH or self._processes < 2:
            return
        rest = _behind(page, pages())
        if not rest:
            return
        # a byte for each page and counter, which parent and children share
        made = self._made = mmap.mmap(-1, len(rest) * len(self._counters))

        def noted(place: int) -> None:
            before = [count() for count in self._counters]
            work(rest[place])
            for number, count in enumerate(self._counters):
                made[place * len(before) + number] = count() != before[number]

        self._ahead = Ahead.start(len(rest), noted, self._processes)
        if self._ahead:
            self._places = {file.src_uri: place for place, file in enumerate(rest)}

    def made(self, page: Page) -> bool:
        """Whether a child has taken care of a page; waits where one is at it."""
        place = self._places.get(page.file.src_uri)
        return self._ahead is not None and place is not None and self._ahead.take(place)

    def finish(self) -> None:
        """Ends the children; also where the build has failed."""
        if self._ahead:
            self._ahead.finish()

    def made_by_children(self, counter: int = 0) -> set[str]:
        """The pages for which a counter has grown in a child, by their sources.

        Args:
            counter: Which, by its place.
        """
        if self._made is None:
            return set()
        each = len(self._counters)
        return {name for name, place in self._places.items() if self._made[place * each + counter]}


def _behind(page: Page, pages: Sequence[File]) -> Sequence[File]:
    """The pages that MkDocs comes to after one."""
    for place, file in enumerate(pages):
        if file is page.file:
            return pages[place + 1 :]
    return ()
