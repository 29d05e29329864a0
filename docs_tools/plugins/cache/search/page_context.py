"""Material's search plugin, spared from looking for what no page has."""

from types import MethodType
from typing import Any

from mkdocs.plugins import PluginCollection
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docs_tools.plugins.cache.handlers import Shorter, replace_handler
from docs_tools.plugins.cache.upstream import is_known

__all__ = ["save_search"]

_MARK = "data-search-"


def save_search(plugins: PluginCollection, plugin: object) -> None:
    """Puts a shorter handler in the place of a plugin's, if that is the known one.

    Args:
        plugins: All plugins, whose handlers run in their order.
        plugin: The search plugin, Material's or another.
    """
    replace_handler(plugins, "page_context", plugin, _shorter)


def _shorter(handler: MethodType) -> Shorter | None:
    return _Handler(handler) if is_known("material: shows", handler.__func__) else None


class _Handler(Shorter):
    """The plugin's `on_page_context`, which takes marks for the search out of a page's HTML.

    How it looks for them, at each character, takes half as long as reading the page does here.
    """

    def __call__(self, context: Any, *, page: Page, config: Any, nav: Navigation) -> Any:
        plugin = self.__self__
        if not plugin.config.enabled or page.content is None or _MARK in page.content:
            return self.original(context, page=page, config=config, nav=nav)
        return plugin.search_index.add_entry_from_context(page)
