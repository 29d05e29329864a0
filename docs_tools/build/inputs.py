"""What a build of a project reads."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.build.project import Project

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["build_inputs"]


def build_inputs(project: Project, config: "MkDocsConfig") -> list[Path]:
    """The files and folders that a build reads, as far as the configuration names them.

    Those are the configuration and what it inherits, the docs, theme overrides, hooks, what is
    watched, data, layer numbers, snippets, and the sources of the API reference.
    """
    source = project.settings("layers").get("source")
    named: list[Any] = [
        project.config_file,
        *project.parents,
        config.docs_dir,
        *config.theme.dirs,
        *config.hooks,
        *config.watch,
        *_snippets(config),
        project.data_folder(),
        project.data_file("layers"),
        *([source] if source else []),
        *_api_sources(project),
        *_handler_paths(config),
    ]
    return [project.folder / str(path) for path in named]


def _snippets(config: "MkDocsConfig") -> list[str]:
    if "pymdownx.snippets" not in config.markdown_extensions:
        return []
    base = (config.mdx_configs.get("pymdownx.snippets") or {}).get("base_path", ["."])
    return [os.fspath(path) for path in (base if isinstance(base, list | tuple) else [base])]


def _api_sources(project: Project) -> list[Path]:
    """The folders of the packages documented, not the whole folder that holds them."""
    settings = project.settings("api")
    paths = settings.get("paths") or [".", "src"]
    return [
        found
        for package in settings.get("packages") or []
        for path in paths
        for suffix in ("", ".py")
        if (found := project.folder / str(path) / f"{package.replace('.', '/')}{suffix}").exists()
    ]


def _handler_paths(config: "MkDocsConfig") -> list[str]:
    """Where a listed mkdocstrings looks for Python sources, if the project says so itself."""
    plugin: Any = config.plugins.get("mkdocstrings")
    handlers = (plugin.config.get("handlers") or {}) if plugin else {}
    paths = (handlers.get("python") or {}).get("paths") or []
    return [str(path) for path in paths if str(path) not in (".", "src")]
