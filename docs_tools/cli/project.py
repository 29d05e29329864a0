"""The project that a command is about, and what it says while it works."""

import logging
import sys
from pathlib import Path

from docs_tools.build import Project, find_project
from docs_tools.cli.options import config_file, verbosity

__all__ = ["current_project", "show_log"]


def current_project() -> Project:
    """The project of `-f`, or of the current folder.

    Raises:
        DocsToolsError: There is none.
    """
    show_log()
    return find_project(config_file(), Path.cwd())


def show_log() -> None:
    """Shows what MkDocs and its plugins say, on standard error, with `-v` only.

    The logger's level stays at INFO: MkDocs counts warnings there, and `--strict` rests on it.
    """
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    if verbosity() > 0:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)-7s %(message)s"))
        logger.addHandler(handler)
