"""Where a plugin's paths are, and how its errors reach MkDocs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from docs_tools.errors import Diagnostic, DocsToolsError

__all__ = ["name_from_project", "page_name", "plugin_errors", "project_folder", "shown"]


def project_folder(config: MkDocsConfig) -> Path:
    """The folder of `mkdocs.yml`, where relative paths start."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def shown(path: Path, config: MkDocsConfig) -> str:
    """A path as the author would name it: from the folder of `mkdocs.yml` where it is below."""
    relative = os.path.relpath(path, project_folder(config))
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def name_from_project(path: Path, config: MkDocsConfig) -> str:
    """A path as globs of the configuration see it, also where it leads out by `..`."""
    return Path(os.path.relpath(path, project_folder(config))).as_posix()


def page_name(file: File, config: MkDocsConfig) -> str:
    """A page as the author would name it; one that a plugin made has its address only."""
    return shown(Path(file.abs_src_path), config) if file.abs_src_path else file.src_uri


@contextmanager
def plugin_errors(findings: list[Diagnostic] | None = None) -> Iterator[None]:
    """Lets MkDocs stop the build with our message and without a traceback.

    Args:
        findings: Where what is wrong goes instead, so that the build goes on: a check gives a
            list, to hear of everything at once.
    """
    try:
        yield
    except DocsToolsError as error:
        if findings is None:
            raise PluginError(str(error)) from error
        findings += error.diagnostics or [Diagnostic(error.message, hint=error.hint)]
