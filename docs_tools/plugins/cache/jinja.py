"""Watching what a page's template shows: in the Jinja environment of one build.

A template sees the whole site: other pages, plugins, the day. What pages usually show of it is
compared once for all pages; what is seldom shown is noticed here when it is.
"""

from collections.abc import Callable
from functools import wraps
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import jinja2
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

from docs_tools.plugins.cache.build_time import BuildTime

__all__ = ["SeenByTemplate", "changed_by_plugin", "watch_environment"]

_OF_OTHERS = frozenset({"content", "markdown", "toc", "present_anchor_ids", "links_to_anchors"})
_DAYS = frozenset({"update_date"})
# of the configuration: what isn't compared, as hardly a theme shows it
_SELDOM = frozenset(
    {"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "strict", "hooks",
     "exclude_docs", "draft_docs", "not_in_nav", "validation"}
)  # fmt: skip
_CHANGES = frozenset(
    {"append", "extend", "insert", "remove", "pop", "popitem", "clear", "sort", "reverse",
     "update", "setdefault", "add", "discard", "__setitem__", "__delitem__", "__setattr__"}
)  # fmt: skip
_KNOWN_MODULES = (
    "jinja2.", "mkdocs.", "markupsafe", "builtins", "gettext", "babel.", "_operator",
)  # fmt: skip


_WATCHED = (Page, BasePlugin, MkDocsConfig, BuildTime)


class SeenByTemplate:
    """What the template of one page has shown.

    Attributes:
        page: The page; none for a static template.
        doubt: Why the result can't be remembered, if so.
        time: Whether it shows the time of the build.
        days: Whether it shows the day that a page is of.
        changes: Whether it changes what other pages may show.
        uncertain: The names in its context whose values can't be compared, and why.
        shared: Collections that outlive the template, by their `id`.
    """

    def __init__(
        self, page: Page | None, uncertain: dict[str, str], shared: Callable[[], frozenset[int]]
    ) -> None:
        self.page = page
        self.shared = shared
        self.doubt: str | None = None
        self.time = False
        self.changes = False
        self.days = False
        self.uncertain = uncertain

    def shows_time(self) -> None:
        """Notes that the time of the build is shown."""
        self.time = True

    def doubts(self, why: str) -> None:
        """Notes why the result can't be remembered."""
        self.doubt = self.doubt or why


def changed_by_plugin(env: jinja2.Environment, folders: list[str]) -> str | None:
    """Why an environment isn't the theme's own any more, if so.

    Args:
        env: The environment.
        folders: The folders of the theme.
    """
    if type(env.loader) is not jinja2.FileSystemLoader or env.loader.searchpath != folders:
        return "a plugin gives the theme other templates"
    own = (
        type(env) is jinja2.Environment
        and env.finalize is None
        and env.undefined is jinja2.Undefined
        and all(_is_known(type(one)) for one in env.extensions.values())
    )
    return None if own else "a plugin changes how templates work"


def watch_environment(env: jinja2.Environment, seen: Callable[[], SeenByTemplate | None]) -> None:
    """Has an environment tell what templates ask for.

    Args:
        env: The environment; it works as before.
        seen: What is told, while the template of a page is rendered.
    """
    foreign_globals = {name for name, value in env.globals.items() if not _is_known(value)}
    foreign_globals.add("lipsum")  # different each time

    class Asked(env.context_class):  # type: ignore[name-defined, misc]
        def resolve_or_missing(self, key: str) -> Any:
            if (now := seen()) is not None:
                _asked_for_name(now, key, foreign_globals)
            return super().resolve_or_missing(key)

        def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's
            if (now := seen()) is not None:
                _called(now, __obj)
            return super().call(__obj, *args, **kwargs)

    env.context_class = Asked
    attribute, item = env.getattr, env.getitem

    def getattr_(obj: Any, name: str) -> Any:
        if isinstance(obj, _WATCHED):
            _asked_for_attribute(seen(), obj, name)
        return attribute(obj, name)

    def getitem(obj: Any, name: Any) -> Any:
        if isinstance(name, str) and isinstance(obj, _WATCHED):
            _asked_for_attribute(seen(), obj, name)
        return item(obj, name)

    env.getattr = getattr_  # type: ignore[method-assign, assignment]
    env.getitem = getitem  # type: ignore[method-assign, assignment]
    _notice(env.filters, seen)
    _notice(env.tests, seen)


def _notice(functions: dict[str, Any], seen: Callable[[], SeenByTemplate | None]) -> None:
    """Has filters or tests tell when they are used, where they may do another thing each time."""
    for name, function in functions.items():
        if name == "random" or not _is_known(function):
            functions[name] = _noticed(name, function, seen)


def _asked_for_name(now: SeenByTemplate, key: str, foreign: set[str]) -> None:
    if key in now.uncertain:
        now.doubts(f"shows `{key}`, {now.uncertain[key]}")
    elif key in foreign:
        now.doubts(f"uses `{key}`, which a plugin gives to templates")


def _asked_for_attribute(now: SeenByTemplate | None, obj: Any, name: str) -> None:
    if now is None:
        return
    if isinstance(obj, BuildTime):
        now.shows_time()
    elif isinstance(obj, BasePlugin):
        if name != "config":
            now.doubts(f"shows `{name}` of the plugin {type(obj).__name__}")
    elif isinstance(obj, Page):
        if name in _DAYS:
            now.days = True
        elif (name in _OF_OTHERS or name.startswith("_")) and obj is not now.page:
            now.doubts("shows what stands on other pages")
    elif name in _SELDOM or name.startswith("_"):
        now.doubts(f"shows `{name}` of the configuration")


def _called(now: SeenByTemplate, function: Any) -> None:
    """A template can change what it shows; then it is no longer the only one that it matters to."""
    owner = getattr(function, "__self__", None)
    if getattr(function, "__name__", "") not in _CHANGES or owner is None:
        return
    if not isinstance(owner, (dict, list, set)) or id(owner) in now.shared():
        now.changes = True
        now.doubts("changes what other pages may show")


def _noticed(
    name: str, function: Callable[..., Any], seen: Callable[[], SeenByTemplate | None]
) -> Callable[..., Any]:
    """A filter or a test that tells when it is used.

    It takes the context, so that Jinja doesn't work it out once and for all while it compiles.
    """
    wants = getattr(getattr(function, "jinja_pass_arg", None), "name", None)

    @jinja2.pass_context
    @wraps(function)
    def noticed(first: Any, *arguments: Any, **options: Any) -> Any:
        if not isinstance(first, Context):  # a plugin's own call
            return function(first, *arguments, **options)
        if (now := seen()) is not None:
            now.doubts(f"uses `{name}`, which can't be told to do the same each time")
        given = {
            "context": (first,),
            "eval_context": (first.eval_ctx,),
            "environment": (first.environment,),
        }
        return function(*given.get(str(wants), ()), *arguments, **options)

    return noticed


def _is_known(value: Any) -> bool:
    """Whether something in the environment is Jinja's or MkDocs' own."""
    if not isinstance(value, (type, FunctionType, MethodType, BuiltinFunctionType)):
        return False  # a value, or an object that may have any state
    module = value.__module__ or ""  # none where a built-in object's method was taken off it
    return module in ("jinja2", "mkdocs") or module.startswith(_KNOWN_MODULES)
