"""What all pages with directives of mkdocstrings depend on, besides the packages that they show."""

import os
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocstrings import Handlers

from docs_tools.build.memory.contents import Contents

__all__ = [
    "are_known",
    "formatter_settings",
    "handler_settings",
    "has_other_templates",
    "place",
    "templates_doubt",
]

_KNOWN = {"griffelib": "2.4", "mkdocstrings-python": "2.0"}
"""The versions whose templates and parsers are known not to show more than `facts` compares."""

_RUFF_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")


@cache
def are_known() -> bool:
    """Whether what pages show of modules that they don't display is known of these versions."""
    return all(_release(package) == known for package, known in _KNOWN.items())


def handler_settings(handlers: Handlers, contents: Contents) -> list[Any]:
    """The settings of the handlers, wherever the project lies."""
    custom = handlers._custom_templates  # the plugin's settings, here and below
    known: dict[str, Any] = {}
    for name, config in handlers._handlers_config.items():
        # inventories are loaded in each build, and only links to them depend on what they hold
        own = {key: value for key, value in (config or {}).items() if key != "inventories"}
        if isinstance(own.get("paths"), list):
            own["paths"] = [_from(contents.root, path) for path in own["paths"]]
        known[name] = own
    return [
        handlers._default,
        _theme(handlers._theme, contents),
        handlers._locale,
        known,
        custom and [_from(contents.root, custom), contents.of_tree(custom)],
    ]


def _theme(name: str, contents: Contents) -> list[Any]:
    """The theme whose templates are used; one of the project's own is called by a path.

    Templates that are read are seen, and those that are only looked for in its folder are not.
    """
    languages = str(Path(name, "languages"))
    return (
        [_from(contents.root, name), contents.of_tree(languages)]
        if Path(name).is_absolute()
        else [name]
    )


def formatter_settings(contents: Contents) -> list[Any]:
    """The settings of what formats long signatures: Black has none here, Ruff looks for files."""
    if find_spec("black") or not find_spec("ruff"):
        return []
    found: list[Any] = []
    here = Path.cwd()
    for folder in (here, *here.parents):
        settings = [(name, _ruff_settings(folder / name)) for name in _RUFF_FILES]
        found += [[_from(here, folder), *one] for one in settings if one[1] is not None]
    own = os.environ.get("XDG_CONFIG_HOME") or str(Path("~/.config").expanduser())
    return found + [contents.of_file(str(Path(own, "ruff", name))) for name in _RUFF_FILES]


def templates_doubt(handlers: Handlers) -> str | None:
    """What other templates may show that isn't compared, if they do."""
    custom = handlers._custom_templates  # the plugin's settings
    for path in Path(custom).rglob("*") if custom else ():
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            if "source_link" in text or "git_info" in text:
                return f"the template {path.name} shows the commit"
    return None


def has_other_templates(handlers: Handlers) -> bool:
    """Whether templates are in use that aren't mkdocstrings' own: they may look at everything."""
    others = entry_points(group="mkdocstrings.python.templates")
    return bool(handlers._custom_templates or others)  # the plugin's settings


def place(root: Path) -> str:
    """Where the project lies from where the build runs: paths of sources are shown from there."""
    here = Path.cwd()
    if root.is_relative_to(here):
        return f"below/{root.relative_to(here).as_posix()}"
    return here.relative_to(root).as_posix() if here.is_relative_to(root) else "elsewhere"


def _ruff_settings(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
        if path.name != "pyproject.toml":
            return text
        settings = tomllib.loads(text)
    except (OSError, ValueError):
        return None
    ruff = settings.get("tool", {}).get("ruff")
    # the oldest Python that the project is for is Ruff's target
    return None if ruff is None else [ruff, settings.get("project", {}).get("requires-python")]


def _release(package: str) -> str:
    try:
        return ".".join(version(package).split(".")[:2])
    except PackageNotFoundError:
        return ""


def _from(root: Path, path: Any) -> str:
    return Path(os.path.relpath(Path(root, str(path)), root)).as_posix()
