"""Today's settings for another commit's project."""

import logging
from pathlib import Path
from typing import Any

from docs_tools.build.plugin_settings import HANDBOOK, PluginSettings, options_of, overlay
from docs_tools.build.project import Project

__all__ = ["laid_over"]

_API = "docs_tools/api"

log = logging.getLogger("mkdocs.docs_tools")


def laid_over(there: Project, here: Project) -> PluginSettings:
    """A ref's plugins with our settings of the checkout, as far as the ref has what they name.

    Where a folder of data or a package isn't there, what the ref itself names is taken; where it
    names nothing, the handbook or the package is left out.

    Args:
        there: The project as the ref has it.
        here: The project in the checkout.
    """
    plugins = overlay(there.plugins, here.plugins, here.folder)
    return _with_packages(_with_data(plugins, there), there)


def _with_data(plugins: PluginSettings, there: Project) -> PluginSettings:
    """The plugins with a handbook that finds its data, or without one."""
    options = options_of(plugins, HANDBOOK)
    if options is None or there.data_folder(plugins).is_dir():
        return plugins
    own = options_of(there.plugins, HANDBOOK)
    if own is None:
        return _replaced(plugins, HANDBOOK, None)
    folder = there.data_folder()
    if folder.resolve().is_relative_to(there.folder.resolve()):
        # git keeps no empty folder; a directive that needs data says so with its line
        folder.mkdir(parents=True, exist_ok=True)
    return _replaced(plugins, HANDBOOK, _options(options, own, "data"))


def _with_packages(plugins: PluginSettings, there: Project) -> PluginSettings:
    """The plugins with the packages that are there, or without an API reference."""
    today = options_of(plugins, _API)
    if today is None or not _packages(today):
        return plugins
    own = options_of(there.plugins, _API) or {}
    for options in (today, _options(today, own, "packages", "paths")):
        found = [name for name in _packages(options) if _is_there(name, options, there.folder)]
        if found:
            break
    if missing := [name for name in _packages(today) if name not in found]:
        log.info("not in the API reference, as the ref lacks it: %s", ", ".join(missing))
    return _replaced(plugins, _API, {**options, "packages": found} if found else None)


def _is_there(package: str, options: dict[str, Any], folder: Path) -> bool:
    sources = [folder / str(path) / package.replace(".", "/")
               for path in options.get("paths") or (".", "src")]  # fmt: skip
    return any(source.is_dir() or source.with_suffix(".py").is_file() for source in sources)


def _packages(options: dict[str, Any]) -> list[str]:
    """The packages, if that is what stands there; MkDocs tells what else does."""
    packages = options.get("packages")
    if isinstance(packages, list) and all(isinstance(name, str) for name in packages):
        return packages
    return []


def _options(today: dict[str, Any], own: dict[str, Any], *names: str) -> dict[str, Any]:
    """Today's options, but some as the ref has them, or as they are by default."""
    kept = {name: value for name, value in today.items() if name not in names}
    return {**kept, **{name: own[name] for name in names if name in own}}


def _replaced(plugins: PluginSettings, name: str, options: dict[str, Any] | None) -> PluginSettings:
    """The plugins with other options for one, or without it."""
    listed = [(n, options if n == name else own) for n, own in plugins]
    return [(n, given) for n, given in listed if given is not None]
