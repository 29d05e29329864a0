"""The references that autorefs puts links in place of, read faster.

It reads the attributes of each by Python's HTML parser, in each build, as it does so when all pages
are known: a second for twenty thousand. What mkdocstrings and autorefs write has one plain form.
"""

import re
from dataclasses import dataclass
from types import MethodType
from typing import Any

from mkdocs.plugins import PluginCollection
from mkdocs_autorefs import AutorefsPlugin
from mkdocs_autorefs._internal import references

from docs_tools.plugins.cache.upstream import is_known

__all__ = ["read_attributes", "save_references"]

_ATTRIBUTE = r' ([a-z][a-z-]*)(?:="([^"&<>]*)")?'
_EACH = re.compile(_ATTRIBUTE)
_PLAIN = re.compile(rf"<a(?:{_ATTRIBUTE})+>")


def read_attributes(tag: str) -> dict[str, str | None] | None:
    """The attributes of a start tag.

    Args:
        tag: The tag, of a link.

    Returns:
        What autorefs' own parser finds; nothing where the tag isn't of the plain form.
    """
    if not _PLAIN.fullmatch(tag):
        return None
    return {found[1]: found[2] for found in _EACH.finditer(tag)}


def save_references(plugins: PluginCollection, plugin: AutorefsPlugin) -> None:
    """Has a plugin read references faster, if its parser is the known one.

    Args:
        plugins: All plugins, whose handlers run in their order.
        plugin: The plugin.
    """
    if not is_known("autorefs: reads", getattr(references, "_HTMLAttrsParser", None)):
        return
    handlers = plugins.events["env"]
    for at, handler in enumerate(handlers):
        if isinstance(handler, MethodType) and handler.__self__ is plugin:
            handlers[at] = faster = _Handler(handler)
            if origin := plugins._event_origins.get(handler):  # named in messages of what it does
                plugins._event_origins[faster] = origin


class _Parser(references._HTMLAttrsParser):
    """autorefs' parser for what isn't of the plain form."""

    def parse(self, html: str) -> references._AutorefsAttrs:
        found = read_attributes(html)
        return super().parse(html) if found is None else references._AutorefsAttrs(found)


@dataclass(frozen=True)
class _Handler:
    """The plugin's `on_env`, with another parser while it runs."""

    original: Any

    @property
    def __self__(self) -> Any:
        """Whose method it is, as of a method."""
        return self.original.__self__

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        own = references._html_attrs_parser
        references._html_attrs_parser = _Parser()  # type: ignore[no-untyped-call]
        try:
            return self.original(*arguments, **options)
        finally:
            references._html_attrs_parser = own
