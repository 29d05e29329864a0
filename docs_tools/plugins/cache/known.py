"""What stands for MkDocs' own objects in a digest."""

from typing import Any

from markdown import Extension
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.localization import parse_locale
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

__all__ = ["engine_object"]

_LOCALE = type(parse_locale("en"))


def engine_object(value: object) -> Any:  # noqa: PLR0911 - a table
    """What stands for an object of MkDocs; `None` for anything else.

    Pages and what belongs to the whole site stand for themselves: what they say is compared once,
    for all pages.
    """
    if isinstance(value, Page):
        return ["page", value.file.src_uri]
    if isinstance(value, File):
        return ["file", value.src_uri, value.dest_uri, value.url, value.inclusion.name]
    if isinstance(value, (Files, Navigation, MkDocsConfig)):
        return ["the site's", type(value).__name__]
    if isinstance(value, (Section, Link)):
        return [type(value).__name__, value.title, getattr(value, "url", None)]
    if isinstance(value, PluginCollection):
        return [[name, plugin.config] for name, plugin in value.items()]
    if isinstance(value, BasePlugin):
        return ["plugin", type(value).__module__, type(value).__qualname__]
    if isinstance(value, (Config, Theme)):
        return dict(value.items())
    if isinstance(value, Extension):
        return ["extension", type(value).__module__, type(value).__qualname__]
    return str(value) if isinstance(value, _LOCALE) else None
