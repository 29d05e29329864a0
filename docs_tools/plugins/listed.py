"""Our Markdown extension as a site lists it, for engines that run extensions and no plugins."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from docs_tools.errors import Diagnostic
from docs_tools.plugins.place import project_folder, shown

__all__ = ["take_out_listed"]

_NAMES = ("docs_tools", "docs_tools.markdown")
_DEFAULTS = {"data": "docs/data", "diagrams": "drawn"}


def take_out_listed(config: MkDocsConfig, data: Path, diagrams: str) -> list[Diagnostic]:
    """Takes the extension out: beside the plugin's own it would do everything a second time.

    Args:
        config: Where it may be listed.
        data: The plugin's folder of data files.
        diagrams: How the plugin shows diagrams.

    Returns:
        Each option that another engine would go by and the plugin doesn't.
    """
    listed: list[Any] = config.markdown_extensions
    found = [name for name in _NAMES if name in listed]
    listed[:] = [name for name in listed if name not in found]
    problems: list[Diagnostic] = []
    for name in found:
        options = {**_DEFAULTS, **(config.mdx_configs.get(name) or {})}
        ours = {"data": shown(data, config), "diagrams": diagrams}
        if (project_folder(config) / str(options["data"])).resolve() == data.resolve():
            ours["data"] = options["data"]  # the same, spelt otherwise
        problems += [
            _differ(f"{name}: {option} is {options[option]}", value, config)
            for option, value in ours.items()
            if options[option] != value
        ]
    return problems


def _differ(listed: str, ours: str, config: MkDocsConfig) -> Diagnostic:
    message = f"markdown_extensions: {listed}, and for the plugin docs_tools/handbook it is {ours}"
    file = Path(config.config_file_path).name if config.config_file_path else None
    return Diagnostic(message, file, hint="give both the same, so that every engine shows the same")
