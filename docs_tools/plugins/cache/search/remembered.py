"""Search indexes that are made from what was found on a page when it was last read."""

import platform
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docs_tools.build.memory.digest import digest_text
from docs_tools.build.memory.store import Entry, Store
from docs_tools.plugins.cache.search.engines import Engine, engine_of
from docs_tools.plugins.cache.search.markup import Strange
from docs_tools.plugins.cache.search.page_context import save_search
from docs_tools.plugins.cache.upstream import is_known, source_digest

__all__ = ["RememberedSearch"]

_KIND = "search"


@dataclass
class RememberedSearch:
    """Adds pages to the indexes of search plugins, in place of what these do.

    The entries are the plugin's own; what is saved is reading HTML.

    Attributes:
        store: Where it is remembered what was found on a page, by its HTML.
        parsed: How many pages were read.
        by_upstream: How many of those by the plugin's own parser.
        recalled: How many were not read, as they were before.
        doubts: Why a plugin does all by itself, or reads pages by itself.
    """

    store: Store
    parsed: int = 0
    by_upstream: int = 0
    recalled: int = 0
    doubts: list[str] = field(default_factory=list)

    def use(self, config: MkDocsConfig) -> None:
        """Stands in for all search plugins of a site; once their indexes are made, in each build.

        A plugin that isn't known, or in which something was changed, is left alone.
        """
        for name, plugin in config.plugins.items():
            index: Any = getattr(plugin, "search_index", None)
            engine = engine_of(plugin, index)
            if engine is None:
                continue
            if not is_known(f"{engine.name}: adds", *engine.adds):
                self.doubts.append(f"{name}: how it adds pages isn't known, so all are read again")
                continue
            quick = is_known(f"{engine.name}: reads", *engine.reads)
            if not quick:
                self.doubts.append(f"{name}: its parser isn't known, so it reads new pages itself")
            known = _signature(engine, quick=quick)
            index.add_entry_from_context = partial(self._add, engine, index, known, quick)
            save_search(config.plugins, plugin)

    def _add(self, engine: Engine, index: Any, known: str, quick: bool, page: Page) -> None:
        """The index's `add_entry_from_context`."""
        if engine.leaves_out(page):
            return
        html: Any = page.content
        if type(html) is not str:  # what would a subclass do?
            type(index).add_entry_from_context(index, page)
            return
        key = digest_text(known, html)
        found = self._recalled(engine, key)
        if found is None:
            found = self._read(engine, html, quick=quick)
            self.store.put(_KIND, key, Entry({"found": found}))
        engine.enter(index, page, found)

    def _recalled(self, engine: Engine, key: str) -> Any:
        entry = self.store.get(_KIND, key)
        if entry is None:
            return None
        try:
            found = engine.recall(entry.meta["found"])
        except (KeyError, TypeError, ValueError):
            return None
        self.recalled += 1
        return found

    def _read(self, engine: Engine, html: str, *, quick: bool) -> Any:
        self.parsed += 1
        if quick:
            try:
                return engine.read(html)
            except Strange:
                pass
        self.by_upstream += 1
        return engine.read_as_upstream(html)


def _signature(engine: Engine, *, quick: bool) -> str:
    """What a page was read by; Python's own parser differs between versions."""
    return digest_text(
        engine.name, str(quick), source_digest(*engine.reads), platform.python_version(), _ours()
    )


@cache
def _ours() -> str:
    """What reads pages here, as it is in this version."""
    parts = ("engines.py", "markup.py", "outline.py", "sections.py")
    return digest_text(*(files(__package__).joinpath(part).read_text("utf-8") for part in parts))
