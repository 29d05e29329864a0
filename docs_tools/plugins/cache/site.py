"""What all pages of a site depend on."""

import os
from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from docs_tools.build.memory.code import installed_packages, local_code
from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import Uncertain, digest_of
from docs_tools.build.memory.watch import installed_folders, is_below
from docs_tools.plugins.cache.companions import Companion
from docs_tools.plugins.cache.convert import is_debugging
from docs_tools.plugins.cache.known import engine_object

__all__ = ["code_parts", "conversion_parts", "template_parts", "theme_folders"]

# where things are, how they are watched and which files are in the site: the pages, files and
# plugins that follow from these are compared themselves
_NOT_SHOWN = frozenset(
    {"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "strict", "hooks",
     "exclude_docs", "draft_docs", "not_in_nav", "validation"}
)  # fmt: skip


def code_parts(config: MkDocsConfig, contents: Contents) -> dict[str, str]:
    """The code that makes pages."""
    hooks: Any = config.hooks  # a mapping by name where there are any, otherwise an empty list
    modules = tuple(hooks.values()) if hooks else ()
    return {
        "installed packages": digest_of(list(installed_packages())),
        "local code": digest_of(local_code(contents.root, modules)),
    }


def conversion_parts(config: MkDocsConfig, companions: Sequence[Companion]) -> dict[str, str]:
    """What converting a page depends on, besides code and the extensions' settings.

    Raises:
        Uncertain: Something of it can't be compared.
    """
    parts = {
        "validation": digest_of(config.validation, engine_object),
        "the level of messages": str(is_debugging()),
    }
    for companion in companions:
        signature = companion.signature()
        if signature is not None:
            parts[f"settings of {companion.name}"] = digest_of(signature, engine_object)
    return parts


def template_parts(config: MkDocsConfig, contents: Contents) -> dict[str, str]:
    """What templates depend on, besides code, navigation and the page itself.

    Raises:
        Uncertain: Something of it can't be compared.
    """
    parts = {"theme files": digest_of([contents.of_tree(path) for path in theme_folders(config)])}
    for name, value in config.items():
        if name not in _NOT_SHOWN:
            try:
                parts[f"{name} in mkdocs.yml"] = digest_of(value, engine_object)
            except Uncertain as uncertain:
                raise Uncertain(f"{name} in mkdocs.yml holds {uncertain}") from None
    return parts


def theme_folders(config: MkDocsConfig) -> list[str]:
    """The folders of templates that are not installed."""
    folders = (os.path.abspath(path) for path in config.theme.dirs)  # noqa: PTH100
    return [path for path in folders if not is_below(path, installed_folders())]
