"""What mkdocstrings registers for its directives, repeated by its own code."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from mkdocs.structure.pages import Page
from mkdocstrings import AutoDocProcessor, BaseHandler, Handlers, MkdocstringsExtension

from docs_tools.plugins.cache.api.anchors import Anchors

__all__ = ["Blocks"]

_NOT_REGISTERED = frozenset({"class", "data-toc-label"})


class Blocks:
    """Notes the headings of directives, and the handlers that make them.

    What is registered for a heading depends on today's aliases of its object, and on what pages
    before have put into the inventory. So headings are noted, and mkdocstrings registers them
    again.

    Args:
        extension: The Markdown extension.
        anchors: What is registered with autorefs.
        before: What is done before headings are registered.
    """

    def __init__(
        self, extension: MkdocstringsExtension, anchors: Anchors, before: Callable[[], None]
    ) -> None:
        self._before = before
        self.handlers: Handlers = extension._handlers  # the plugin's
        self._anchors = anchors
        self._extend = extension.extendMarkdown
        extension.extendMarkdown = self._extended  # type: ignore[method-assign]
        self._processor: AutoDocProcessor | None = None

    def repeat(self, page: Page, event: list[Any]) -> None:
        """Registers the headings of a directive again."""
        _, name, rows = event
        handler: BaseHandler = self.handlers.get_handler(name)
        if self._processor is None:
            plugin = self._anchors.plugin
            self._processor = AutoDocProcessor(Markdown(), handlers=self.handlers, autorefs=plugin)
        headings = handler._headings  # what `_process_headings` takes
        headings.clear()
        for attributes, title in rows:
            heading = Element("h1", attributes)
            heading.text = title
            headings.append(heading)
        self._processor._process_headings(handler, Element("div"))  # the plugin's own

    def _extended(self, md: Markdown) -> None:
        """As the extension's own; what makes directives tells of their headings."""
        self._extend(md)
        processor: Any = md.parser.blockprocessors["mkdocstrings"]
        original = processor._process_headings  # there is no other place

        def process_headings(handler: BaseHandler, element: Element) -> None:
            self._before()
            headings = handler._headings  # what `get_headings` gives, and clears
            rows = [[_registered(one), one.text and str(one.text)] for one in headings]
            self._anchors.note(["headings", handler.name, rows])
            with self._anchors.quiet():
                original(handler, element)

        processor._process_headings = process_headings


def _registered(heading: Element) -> dict[str, str]:
    """The attributes of a heading, without those that only show."""
    return {name: text for name, text in heading.attrib.items() if name not in _NOT_REGISTERED}
