"""The files of a theme, listed without those that no site copies.

MkDocs lists all templates of the theme and drops those whose names begin with a dot; Material has
fourteen thousand icons in such a folder, which take longer than a page does.
"""

import os
from collections.abc import Callable
from typing import Any

import jinja2
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

__all__ = ["list_faster"]

_HIDDEN = (".a", ".a/b.svg")


def list_faster(theme: Theme) -> None:
    """Has the environments of a theme leave out hidden folders where nobody asks for them."""
    original = theme.get_env

    def get_env() -> jinja2.Environment:
        env = original()
        list_all = env.list_templates

        def list_templates(
            extensions: Any = None, filter_func: Callable[[str], bool] | None = None
        ) -> list[str]:
            loader = env.loader
            if (
                type(loader) is not jinja2.FileSystemLoader
                or extensions is not None
                or filter_func is None
                # another may ask for one of them
                or getattr(filter_func, "__module__", "") != Files.__module__
                or any(map(filter_func, _HIDDEN))
            ):
                return list_all(extensions, filter_func)
            return [name for name in _names(loader) if filter_func(name)]

        env.list_templates = list_templates  # type: ignore[method-assign]
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


def _names(loader: jinja2.FileSystemLoader) -> list[str]:
    """What the loader lists, in its order, but what is hidden at the top of its folders."""
    found: set[str] = set()
    for top in loader.searchpath:
        for parent, folders, files in os.walk(top, followlinks=loader.followlinks):
            if parent == str(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
            inside = os.path.relpath(parent, top).replace(os.sep, "/")
            start = "" if inside == "." else f"{inside}/"
            found.update(start + name for name in files)
    return sorted(found)
