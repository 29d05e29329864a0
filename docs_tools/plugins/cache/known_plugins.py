"""Plugins whose hooks are known to look at pages, and to change none but the one they are given."""

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig

__all__ = ["has_foreign_hooks"]

_KNOWN = (
    "docs_tools.",
    "material.plugins.meta.",
    "material.plugins.offline.",
    "material.plugins.search.",
    "material.plugins.tags.",
    "material.plugins.typeset.",
    "mike.",
    "mkdocs.contrib.",
    "mkdocs_autorefs.",
    "mkdocstrings.",
)


def has_foreign_hooks(config: MkDocsConfig, events: Iterable[str]) -> bool:
    """Whether any other plugin, or a hook, is called at some events.

    Args:
        config: The configuration with its plugins.
        events: The events, without `on_`.
    """
    for event in events:
        for method in config.plugins.events[event]:
            owner = type(getattr(method, "__self__", None))
            if not f"{owner.__module__}.".startswith(_KNOWN):
                return True
    return False
