"""Watching what a page's template shows: in the Jinja environment of one build.

A template sees the whole site: other pages, plugins, the day. What pages usually show of it is
compared once for all pages; what is seldom shown is noticed here when it is.
"""

from collections.abc import Callable
from typing import Any

import jinja2
from jinja2.runtime import Context
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

__all__ = ["SeenByTemplate", "watch_environment"]

_OF_OTHERS = frozenset({"content", "markdown", "toc"})
_DAYS = frozenset({"update_date"})
_TIME = "build_date_utc"
_KNOWN_MODULES = ("jinja2.", "mkdocs.", "markupsafe", "builtins", "gettext", "babel.")


class SeenByTemplate:
    """What the template of one page has shown.

    Attributes:
        page: The page; none for a static template.
        doubt: Why the result can't be remembered, if so.
        time: Whether it shows the time of the build.
        days: Whether it shows the day that a page is of.
        uncertain: The names in its context whose values can't be compared, and why.
    """

    def __init__(self, page: Page | None, uncertain: dict[str, str]) -> None:
        self.page = page
        self.doubt: str | None = None
        self.time = False
        self.days = False
        self.uncertain = uncertain

    def doubts(self, why: str) -> None:
        """Notes why the result can't be remembered."""
        self.doubt = self.doubt or why


def watch_environment(env: jinja2.Environment, seen: Callable[[], SeenByTemplate | None]) -> None:
    """Has an environment tell what templates ask for.

    Args:
        env: The environment; it works as before.
        seen: What is told, while the template of a page is rendered.
    """
    foreign_globals = {name for name, value in env.globals.items() if not _is_known(value)}

    class Asked(env.context_class):  # type: ignore[name-defined, misc]
        def resolve_or_missing(self, key: str) -> Any:
            if (now := seen()) is not None:
                _asked_for_name(now, key, foreign_globals)
            return super().resolve_or_missing(key)

    env.context_class = Asked
    attribute, item = env.getattr, env.getitem

    def getattr_(obj: Any, name: str) -> Any:
        if name in _OF_OTHERS or name in _DAYS or isinstance(obj, BasePlugin):
            _asked_for_attribute(seen(), obj, name)
        return attribute(obj, name)

    def getitem(obj: Any, name: Any) -> Any:
        if isinstance(name, str) and isinstance(obj, (Page, BasePlugin)):
            _asked_for_attribute(seen(), obj, name)
        return item(obj, name)

    env.getattr = getattr_  # type: ignore[method-assign]
    env.getitem = getitem  # type: ignore[method-assign]
    for kind in ("filters", "tests"):
        functions = getattr(env, kind)
        foreign = {name for name, value in functions.items() if not _is_known(value)}
        setattr(env, kind, _Functions(functions, foreign | {"random"}, seen))


def _asked_for_name(now: SeenByTemplate, key: str, foreign: set[str]) -> None:
    if key == _TIME:
        now.time = True
    elif key in now.uncertain:
        now.doubts(f"shows `{key}`, {now.uncertain[key]}")
    elif key in foreign:
        now.doubts(f"uses `{key}`, which a plugin gives to templates")


def _asked_for_attribute(now: SeenByTemplate | None, obj: Any, name: str) -> None:
    if now is None:
        return
    if isinstance(obj, BasePlugin):
        if name != "config":
            now.doubts(f"shows `{name}` of the plugin {type(obj).__name__}")
    elif isinstance(obj, Page):
        if name in _DAYS:
            now.days = True
        elif name in _OF_OTHERS and obj is not now.page:
            now.doubts("shows what stands on other pages")


class _Functions(dict[str, Any]):
    """Filters or tests that tell which of the foreign ones are used."""

    def __init__(
        self, functions: dict[str, Any], foreign: set[str], seen: Callable[[], SeenByTemplate | None]
    ) -> None:
        super().__init__(functions)
        self._foreign = foreign
        self._seen = seen

    def __getitem__(self, name: str) -> Any:
        if name in self._foreign and (now := self._seen()) is not None:
            now.doubts(f"uses `{name}`, which can't be told to do the same each time")
        return super().__getitem__(name)


def _is_known(value: Any) -> bool:
    """Whether something in the environment is Jinja's or MkDocs' own."""
    module = getattr(value, "__module__", None) or type(value).__module__
    return module in ("jinja2", "mkdocs") or module.startswith(_KNOWN_MODULES)
