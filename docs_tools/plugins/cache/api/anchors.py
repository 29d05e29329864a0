"""What pages register with autorefs while they are converted, repeated when they are not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs.structure.pages import Page
from mkdocs_autorefs import AutorefsPlugin

__all__ = ["Anchors"]


class Anchors:
    """Notes anchors as they are registered, in their order: the first of a name counts.

    Args:
        plugin: The plugin of autorefs.
    """

    def __init__(self, plugin: AutorefsPlugin) -> None:
        self.plugin = plugin
        self._register = plugin.register_anchor
        self._register_url = plugin.register_url
        plugin.register_anchor = self._anchor  # type: ignore[method-assign]
        plugin.register_url = self._url  # type: ignore[method-assign]
        self._page: Page | None = None
        self._quiet = False
        self.events: list[list[Any]] = []
        self.doubt: str | None = None

    def begin(self, page: Page) -> None:
        """A page is converted now."""
        self._page, self._quiet, self.events, self.doubt = page, False, [], None

    def end(self) -> list[list[Any]]:
        """What was registered for the page."""
        self._page = None
        return self.events

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Notes nothing: who registers meanwhile is noted himself."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def note(self, event: list[Any]) -> None:
        """Notes something, if a page is converted."""
        if self._page is not None and not self._quiet:
            self.events.append(event)

    def repeat(self, page: Page, event: list[Any]) -> None:
        """Registers something again."""
        if event[0] == "anchor":
            identifier, anchor, title, primary = event[1:]
            self._register(page, identifier, anchor, title=title, primary=primary)
        else:
            self._register_url(*event[1:])

    def _anchor(
        self,
        page: Page,
        identifier: str,
        anchor: str | None = None,
        *,
        title: str | None = None,
        primary: bool = True,
    ) -> None:
        if self._page is not None and page is not self._page:
            self.doubt = "registers an anchor of another page"
        # a title may be text of a kind that Markdown knows more of
        self.note(["anchor", identifier, anchor, None if title is None else str(title), primary])
        self._register(page, identifier, anchor, title=title, primary=primary)

    def _url(self, identifier: str, url: str) -> None:
        self.note(["url", identifier, url])
        self._register_url(identifier, url)
