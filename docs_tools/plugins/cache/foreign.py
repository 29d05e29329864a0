"""Foreign Markdown extensions that are named in the configuration: what their modules keep."""

from collections.abc import Iterable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

from markdown.util import get_installed_extensions
from mkdocs.config.defaults import MkDocsConfig

from docs_tools.build.memory.digest import Uncertain
from docs_tools.build.memory.module_state import package_modules, remembered_calls, state_digest

__all__ = ["ForeignState", "settled"]

_PREVIEW = "material.extensions.preview"
# these keep nothing that a page is made from, but what comes with their packages or is watched
_HARMLESS = frozenset(
    {"docs_tools", "griffe", "markdown", "material", "mkdocs", "mkdocs_autorefs", "mkdocstrings",
     "mkdocstrings_handlers", "pymdownx"}
)  # fmt: skip

_UNSEEN = -1
# how often each function with a cache had to work out something, as far as it was watched
_CALLS: dict[str, int] = {}


class ForeignState:
    """Tells whether foreign extensions keep something from page to page.

    Such as what was read when they were imported, a table that is read once, or a counter.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        names = {name for name in _modules_of(config) if name.partition(".")[0] not in _HARMLESS}
        self._modules: list[ModuleType] = package_modules(names)
        self._doubtful = _remembered_unseen(self._modules)

    def digest(self) -> str:
        """What they keep now.

        Raises:
            Uncertain: Something of it can't be compared.
        """
        if not self._modules:
            return ""
        if self._doubtful:
            raise Uncertain(f"what {self._doubtful} remembers from before the first page")
        found = state_digest(self._modules)
        _CALLS.update(remembered_calls(self._modules))  # what pages asked for was watched
        return found


def _remembered_unseen(modules: list[ModuleType]) -> str | None:
    """A function with a cache that was asked when nobody watched, such as by MkDocs' own check."""
    for name, number in remembered_calls(modules).items():
        if number != _CALLS.setdefault(name, 0):
            _CALLS[name] = _UNSEEN  # for as long as this process lives
        if _CALLS[name] == _UNSEEN:
            return name
    return None


def settled(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of extensions without what one adds to its own for each page, to no effect."""
    found = dict(settings)
    preview = found.get(_PREVIEW)
    if isinstance(preview, dict) and isinstance(preview.get("configurations"), list):
        again = {"sources": preview.get("sources"), "targets": preview.get("targets")}
        rest = [one for one in preview["configurations"] if one != again]
        found[_PREVIEW] = {**preview, "configurations": rest}
    return found


def _modules_of(config: MkDocsConfig) -> Iterator[str]:
    """The modules of extensions that are named, and of functions in their settings."""
    listed: list[Any] = config.markdown_extensions
    known = {}
    if any(isinstance(name, str) and "." not in name for name in listed):
        known = {entry.name: entry.value for entry in get_installed_extensions()}
    for name in listed:
        if isinstance(name, str):
            yield known.get(name, name).partition(":")[0]
    yield from _functions(config.mdx_configs.values())


def _functions(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, (FunctionType, type)):
            yield value.__module__
        elif isinstance(value, dict):
            yield from _functions(value.values())
        elif isinstance(value, (list, tuple)):
            yield from _functions(value)
