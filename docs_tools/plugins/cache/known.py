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
from mkdocs.structure.toc import AnchorLink
from mkdocs.theme import Theme
from pathspec import PathSpec

__all__ = ["engine_object"]

_LOCALE = type(parse_locale("en"))


def engine_object(value: object) -> Any:
    """What stands for an object of MkDocs; `None` for anything else.

    Pages and what belongs to the whole site stand for themselves: what they say is compared once,
    for all pages.
    """
    stands = _part_of_site(value)
    return _part_of_settings(value) if stands is None else stands


def _part_of_site(value: object) -> Any:
    if type(value) is AnchorLink:  # there are many; a plugin may have added something
        return [" ".join(vars(value)), *vars(value).values()]
    if isinstance(value, Page):
        return ["page", value.file.src_uri]
    if isinstance(value, File):
        return ["file", value.src_uri, value.dest_uri, value.url, value.inclusion.name]
    if isinstance(value, (Files, Navigation, MkDocsConfig)):
        return ["the site's", type(value).__name__]
    if isinstance(value, (Section, Link)):
        return [type(value).__name__, value.title, getattr(value, "url", None)]
    return None


def _part_of_settings(value: object) -> Any:
    if isinstance(value, PluginCollection):
        return [[name, _settings(name, plugin)] for name, plugin in value.items()]
    if isinstance(value, BasePlugin):
        return ["plugin", type(value).__module__, type(value).__qualname__]
    if isinstance(value, (Config, Theme)):
        return dict(value.items())
    if isinstance(value, PathSpec):
        return ["patterns", [[one.include, getattr(one, "regex", None)] for one in value.patterns]]
    if isinstance(value, Extension):
        return ["extension", type(value).__module__, type(value).__qualname__]
    return str(value) if isinstance(value, _LOCALE) else None


def _settings(name: str, plugin: object) -> Any:
    """What a theme can show of a plugin; ours says nothing, and where sources lie neither."""
    config = getattr(plugin, "config", None)
    if name == "docs_tools/cache" or config is None:
        return None
    if name != "mkdocstrings":
        return config
    return {key: value for key, value in config.items() if key != "handlers"}
