"""Material's search plugin, spared from looking for what no page has."""

from dataclasses import dataclass
from types import MethodType
from typing import Any

from mkdocs.plugins import PluginCollection
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docs_tools.plugins.cache.upstream import is_known

__all__ = ["save_search"]

_MARK = "data-search-"


@dataclass(frozen=True)
class _Handler:
    """The plugin's `on_page_context`, which takes marks for the search out of a page's HTML.

    How it looks for them, at each character, takes half as long as reading the page does here.
    """

    original: Any

    @property
    def __self__(self) -> Any:
        """Whose method it is, as of a method."""
        return self.original.__self__

    def __call__(self, context: Any, *, page: Page, config: Any, nav: Navigation) -> Any:
        plugin = self.__self__
        if not plugin.config.enabled or page.content is None or _MARK in page.content:
            return self.original(context, page=page, config=config, nav=nav)
        return plugin.search_index.add_entry_from_context(page)


def save_search(plugins: PluginCollection, plugin: object) -> None:
    """Puts a shorter handler in the place of a plugin's, if that is the known one.

    Args:
        plugins: All plugins, whose handlers run in their order.
        plugin: The search plugin, Material's or another.
    """
    handlers = plugins.events["page_context"]
    for at, handler in enumerate(handlers):
        if not isinstance(handler, MethodType) or handler.__self__ is not plugin:
            continue
        if is_known("material: shows", handler.__func__):
            handlers[at] = shorter = _Handler(handler)
            if origin := plugins._event_origins.get(handler):  # named in messages of what it does
                plugins._event_origins[shorter] = origin
