"""What every build would do again and comes out the same: done once, before builds are forked.

Material has 12,000 icons to list and 80 templates to compile, which takes longer than the rest of
the build of a small site. Only what lies in installed packages is kept: no edit reaches it.
"""

import os
import sysconfig
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import markdown
from jinja2.loaders import FileSystemLoader
from mkdocs.plugins import get_plugins
from mkdocs.theme import Theme

__all__ = ["warm_up"]

PRELOADED = (
    "docs_tools.plugins.api",
    "docs_tools.plugins.handbook",
    "docs_tools.plugins.layers",
    "docs_tools.plugins.publish",
    "markdown.extensions.abbr",
    "markdown.extensions.admonition",
    "markdown.extensions.attr_list",
    "markdown.extensions.codehilite",
    "markdown.extensions.def_list",
    "markdown.extensions.fenced_code",
    "markdown.extensions.footnotes",
    "markdown.extensions.md_in_html",
    "markdown.extensions.meta",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
    "material.extensions.emoji",
    "material.plugins.blog.plugin",
    "material.plugins.group.plugin",
    "material.plugins.info.plugin",
    "material.plugins.meta.plugin",
    "material.plugins.offline.plugin",
    "material.plugins.search.plugin",
    "material.plugins.tags.plugin",
    "mkdocs.commands.build",
    "mkdocs.config.defaults",
    "mkdocs.contrib.search",
    "mkdocs.themes.mkdocs",
    "mkdocstrings_handlers.python",
    "pygments.formatters.html",
    "pygments.lexers.configs",
    "pygments.lexers.data",
    "pygments.lexers.python",
    "pygments.lexers.shell",
    "pygments.styles.default",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.twemoji_db",
)
_LANGUAGES = ("python", "bash", "yaml", "json", "text")
_INSTALLED = tuple(sysconfig.get_path(name) + os.sep for name in ("purelib", "platlib"))


def warm_up() -> None:
    """Imports what builds need, and remembers what they ask of installed themes."""
    for module in PRELOADED:
        import_module(module)
    get_plugins()
    code = "\n\n".join(f"```{language}\nx = 1\n```" for language in _LANGUAGES)
    markdown.markdown(code, extensions=["pymdownx.highlight", "pymdownx.superfences"])
    FileSystemLoader.list_templates = _list_templates  # type: ignore[method-assign]
    environments = [Theme(name=name).get_env() for name in ("material", "mkdocs")]
    compiled = _Compiled(environments[0])
    jinja2.Environment.compile = compiled.method()  # type: ignore[method-assign]
    for environment in environments:
        for name in environment.list_templates(extensions=["html", "xml"]):
            with suppress(jinja2.TemplateAssertionError):  # for a filter that a plugin brings
                environment.get_template(name)


def _list_templates(self: FileSystemLoader) -> list[str]:
    """As Jinja's own, without the hidden files of installed themes: MkDocs takes none of them."""
    found: set[str] = set()
    for folder in self.searchpath:
        installed = folder.startswith(_INSTALLED)
        found |= _list_installed(folder) if installed else _list(folder)
    return sorted(found)


def _list(folder: str, *, hidden: bool = True) -> set[str]:
    found = set()
    for parent, folders, files in os.walk(folder):
        if not hidden:
            folders[:] = [name for name in folders if not name.startswith(".")]
        found |= {Path(parent, name).relative_to(folder).as_posix() for name in files}
    return found


@cache
def _list_installed(folder: str) -> frozenset[str]:
    return frozenset(_list(folder, hidden=False))


class _Compiled:
    """Compiled templates of installed themes.

    What a template is compiled to depends on its text, on the filters that it names and on settings
    of the environment. A hook may add filters, which such a template doesn't know; where it has
    changed anything else, all templates are compiled again.
    """

    def __init__(self, environment: jinja2.Environment) -> None:
        self._filters = dict(environment.filters)
        self._settings = _settings(environment)
        self._known: dict[tuple[str, str | None], CodeType] = {}

    def method(self) -> Callable[..., Any]:
        """What takes the place of `Environment.compile`."""
        original: Callable[..., Any] = jinja2.Environment.compile

        def compile(
            environment: jinja2.Environment,
            source: Any,
            name: str | None = None,
            filename: str | None = None,
            *arguments: bool,
            **options: bool,
        ) -> Any:
            usual = not arguments and not options and (filename or "").startswith(_INSTALLED)
            if not usual or not self._fits(environment):
                return original(environment, source, name, filename, *arguments, **options)
            if (source, filename) not in self._known:
                self._known[source, filename] = original(environment, source, name, filename)
            return self._known[source, filename]

        return compile

    def _fits(self, environment: jinja2.Environment) -> bool:
        filters = environment.filters
        return _settings(environment) == self._settings and all(
            _is_same(filters.get(name), function) for name, function in self._filters.items()
        )


def _is_same(function: object, usual: object) -> bool:
    """Whether a filter is compiled to the same: one that is given the context is only called."""
    given = [getattr(one, "jinja_pass_arg", None) for one in (function, usual)]
    return function is usual or (given[0] is not None and given[0] is given[1])


def _settings(environment: jinja2.Environment) -> dict[str, Any]:
    """What the compiler asks the environment for."""
    plain = {name: value for name, value in vars(environment).items() if _is_plain(value)}
    return {**plain, "finalize": environment.finalize, "extensions": set(environment.extensions)}


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | bool)
