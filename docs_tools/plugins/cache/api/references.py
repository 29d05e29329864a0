"""The references that autorefs puts links in place of, read faster.

It reads the attributes of each by Python's HTML parser, in each build, as it does so when all pages
are known: a second for twenty thousand. What mkdocstrings and autorefs write has one plain form. By
the same parser it takes the tags off the titles of what they lead to, which are few.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from mkdocs.plugins import PluginCollection
from mkdocs_autorefs import AutorefsPlugin

from docs_tools.plugins.cache.handlers import Shorter, replace_handler
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
    try:  # these are nobody's business: another version may not have them
        own: Any = import_module("mkdocs_autorefs._internal.references")
        parts = own._HTMLAttrsParser, own._HTMLTagStripper
        _ = own._html_attrs_parser, own._html_tag_stripper, own._AutorefsAttrs
    except (ImportError, AttributeError):
        return
    if is_known("autorefs: reads", *parts):
        replace_handler(plugins, "env", plugin, _Handler)


class _Handler(Shorter):
    """The plugin's `on_env`, with other parsers while it runs."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        own: Any = import_module("mkdocs_autorefs._internal.references")
        parser, stripper = own._html_attrs_parser, own._html_tag_stripper
        own._html_attrs_parser = _Parser(parser, own._AutorefsAttrs)
        own._html_tag_stripper = _Stripper(cache(stripper.strip))
        try:
            return self.original(*arguments, **options)
        finally:
            own._html_attrs_parser, own._html_tag_stripper = parser, stripper


_read = lru_cache(4096)(read_attributes)  # most pages refer to the same few things


@dataclass(frozen=True)
class _Parser:
    """Reads the plain form itself, and leaves everything else to autorefs' parser."""

    own: Any
    attributes: Any

    def parse(self, html: str) -> Any:
        found = _read(html)
        return self.own.parse(html) if found is None else self.attributes(found)


@dataclass(frozen=True)
class _Stripper:
    """Takes tags off a title once."""

    strip: Callable[[str], str]
