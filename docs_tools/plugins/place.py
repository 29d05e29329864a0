"""Where a plugin's paths are, and how its errors reach MkDocs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from docs_tools.errors import DocsToolsError

__all__ = ["plugin_errors", "project_folder", "shown"]


def project_folder(config: MkDocsConfig) -> Path:
    """The folder of `mkdocs.yml`, where relative paths start."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def shown(path: Path, config: MkDocsConfig) -> str:
    """A path as the author would name it: from the folder of `mkdocs.yml` where it is below."""
    relative = os.path.relpath(path, project_folder(config))
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


@contextmanager
def plugin_errors() -> Iterator[None]:
    """Lets MkDocs stop the build with our message and without a traceback."""
    try:
        yield
    except DocsToolsError as error:
        raise PluginError(str(error)) from error
