"""The plugins that a configuration lists, read as they stand, laid over and passed whole.

MkDocs replaces lists where a file inherits, drops `search` where plugins are passed bare, and
empties the list it is given. A plugin may be listed twice, so this is a list and no mapping.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs_tools.errors import DocsToolsError

__all__ = [
    "CACHE",
    "HANDBOOK",
    "LAYERS",
    "PUBLISH",
    "PluginSettings",
    "options_of",
    "overlay",
    "parse",
    "with_options",
]

PluginSettings = list[tuple[str, dict[str, Any]]]
"""The plugins in order: name and options."""

CACHE = "docs_tools/cache"
HANDBOOK = "docs_tools/handbook"
LAYERS = "docs_tools/layers"
PUBLISH = "docs_tools/publish"


def parse(raw: Any, file: Path) -> PluginSettings:
    """The value of `plugins` in a configuration.

    Raises:
        DocsToolsError: It is neither a list nor a mapping of plugins.
    """
    if raw is None:
        return [("search", {})]  # MkDocs' own default
    entries = [{name: options} for name, options in raw.items()] if _is_mapping(raw) else raw
    if not isinstance(entries, list):
        raise _fault(file, "plugins", "must be a list of plugins")
    plugins: PluginSettings = []
    for entry in entries:
        pairs = list(entry.items()) if _is_mapping(entry) else [(entry, None)]
        for name, options in pairs:
            if not isinstance(name, str):
                raise _fault(file, "plugins", f"{name!r} is not a plugin's name")
            if options is not None and not _is_mapping(options):
                raise _fault(file, f"plugins: {name}", "its options must be a mapping")
            plugins.append((name, dict(options or {})))
    return plugins


def options_of(plugins: PluginSettings, name: str) -> dict[str, Any] | None:
    """The options of a plugin, or `None` where it isn't listed."""
    return next((options for listed, options in plugins if listed == name), None)


def with_options(plugins: PluginSettings, name: str, options: Mapping[str, Any]) -> PluginSettings:
    """The plugins with options added to one; it is appended where it isn't listed."""
    if options_of(plugins, name) is None:
        return [*plugins, (name, dict(options))]
    return [(n, {**own, **options}) if n == name else (n, own) for n, own in plugins]


def overlay(there: PluginSettings, here: PluginSettings, folder: Path) -> PluginSettings:
    """A ref's plugins with the `docs_tools/*` settings of the checkout laid over them.

    A tag can't hold what was deployed after it, so layer numbers come from the checkout; and an old
    one may not know our plugins at all.

    Args:
        there: The plugins that the ref lists.
        here: The plugins that the checkout lists.
        folder: The project's folder in the checkout.
    """
    own = [(name, dict(options)) for name, options in here if name.startswith("docs_tools/")]
    for name, options in own:
        for option in ("data", "source"):
            if name == LAYERS and options.get(option):
                options[option] = str(folder / str(options[option]))
    names = {name for name, _ in own}
    return [*((name, options) for name, options in there if name not in names), *own]


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


def _fault(file: Path, where: str, message: str) -> DocsToolsError:
    hint = (
        "write such as\n    plugins:\n      - search\n      - docs_tools/handbook: {data: FOLDER}"
    )
    return DocsToolsError(f"{file.name}: {where}: {message}", hint=hint)
