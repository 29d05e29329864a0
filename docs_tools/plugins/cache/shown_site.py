"""What templates show of the site besides their own page: the navigation, and other pages' titles.

It is compared once for all pages. A hook may change it from page to page, though: then it is
compared again, so that a page knows what was there when it was made.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from operator import attrgetter
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from docs_tools.build.memory.digest import Uncertain, digest_of
from docs_tools.plugins.cache.known import engine_object
from docs_tools.plugins.cache.known_plugins import has_foreign_hooks

__all__ = ["ShownSite"]

_EVENTS = ("pre_template", "template_context", "post_template", "page_context", "post_page")
_NOT_COMPARED = frozenset(
    {"parent", "previous_page", "next_page", "file", "render", "update_date", "links_to_anchors",
     "present_anchor_ids", "content", "markdown", "toc", "children", "active", "_Page__active",
     "_Section__active"}
)  # fmt: skip
_OWN = ("meta", "abs_url", "canonical_url", "edit_url", "_title_from_render")
_PLAIN = (str, int, float, bytes, date, time, type(None))


class ShownSite:
    """The site as templates see it.

    Args:
        config: The configuration.
        files: The files of the site.
    """

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config = config
        self._files = files
        self._may_change = has_foreign_hooks(config, _EVENTS)
        self._navigation: Navigation | None = None
        self._digest: str | None = None
        self._state: list[Any] = []

    def digest(self, context: Mapping[str, Any]) -> str:
        """What a template is given of the site.

        Args:
            context: All that it is given.

        Raises:
            Uncertain: Something of it can't be compared.
        """
        navigation = context["nav"]
        self._navigation = self._navigation or navigation
        if navigation is not self._navigation or type(navigation) is not Navigation:
            raise Uncertain("a plugin gives it another navigation")
        if context.get("config") is not self._config:
            raise Uncertain("a plugin gives it another configuration")
        if self._may_change and context.get("pages") != self._files.documentation_pages():
            raise Uncertain("a plugin gives it other pages")
        if self._digest is None or (self._may_change and self._state != self._state_of(navigation)):
            self._digest = self._digest_of(navigation)
            if self._may_change:
                self._state = _copied(self._state_of(navigation))
        return self._digest

    def _digest_of(self, navigation: Navigation) -> str:
        shown = [[page.file, page.title, page.is_homepage, _own(page)] for page in self._pages()]
        return digest_of([_items(navigation.items), navigation.homepage, shown], engine_object)

    def _state_of(self, navigation: Navigation) -> list[Any]:
        """What can change of what is shown: cheaper to compare than to make its digest."""
        pages = [[page.title, *_shown(page), _added(page)] for page in self._pages()]
        return [pages, _sections(navigation.items), id(navigation.homepage)]

    def _pages(self) -> list[Page]:
        pages = (file.page for file in self._files.documentation_pages())
        return [page for page in pages if page is not None]


_shown = attrgetter(*_OWN)


def _added(page: Page) -> dict[str, Any] | None:
    """What a hook has added to a page."""
    names = vars(page).keys() - _NOT_COMPARED - set(_OWN)
    return {name: getattr(page, name) for name in names} or None


def _sections(items: Iterable[Any]) -> list[Any]:
    return [
        [id(item), item.title, _sections(item.children or ())] if item.is_section else id(item)
        for item in items
    ]


def _copied(value: Any) -> Any:
    """The same value, that stays as it is where the original is changed."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if type(value) in (list, tuple, set):
        return type(value)(map(_copied, value))
    return value if isinstance(value, _PLAIN) else object()  # equal to nothing: it may change


def _items(items: Iterable[Any]) -> list[Any]:
    return [
        [type(item).__qualname__, item.title, _own(item), _items(item.children or ())]
        if isinstance(item, Section)
        else [item, _own(item)]
        for item in items
    ]


def _own(item: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(item).items() if name not in _NOT_COMPARED}
