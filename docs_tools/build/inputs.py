"""What a build of a project reads."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.build.project import Project

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["build_inputs"]


def build_inputs(project: Project, config: "MkDocsConfig") -> list[Path]:
    """The files and folders that a build reads, as far as the configuration names them.

    Those are the configuration itself, the docs, theme overrides, hooks, what is watched, data,
    snippets, and the sources of the API reference.
    """
    named: list[Any] = [
        project.config_file,
        config.docs_dir,
        *config.theme.dirs,
        *config.hooks,
        *config.watch,
        *_snippets(config),
        project.data_file("layers").parent,
        *_api_sources(project),
    ]
    return [project.folder / str(path) for path in named]


def _snippets(config: "MkDocsConfig") -> list[Any]:
    if "pymdownx.snippets" not in config.markdown_extensions:
        return []
    base = config.mdx_configs.get("pymdownx.snippets", {}).get("base_path", ["."])
    return [base] if isinstance(base, str) else list(base)


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
