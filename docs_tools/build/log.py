"""What MkDocs says while it builds, kept to be shown at the end.

MkDocs counts warnings with a handler of its own on the logger `mkdocs`; a level set on that logger,
as its `-q` does, hides them from the count (mkdocs#3991). So the level stays and handlers filter.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docs_tools.build.messages import diagnose
from docs_tools.errors import Diagnostic

if TYPE_CHECKING:
    from docs_tools.build.project import Project

__all__ = ["CapturedLog", "capture_log"]


class CapturedLog(logging.Handler):
    """Keeps the warnings and errors of a build.

    Args:
        project: The project that is built.
    """

    def __init__(self, project: "Project") -> None:
        super().__init__(logging.WARNING)
        self.project = project
        self._messages: list[str] = []
        self._diagnostics: list[Diagnostic] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record's message, or the diagnostics that a plugin of ours gave with it."""
        if diagnostics := getattr(record, "diagnostics", None):
            self._diagnostics += diagnostics
        else:
            self._messages.append(record.getMessage())

    def problems(self, *, told: str = "") -> list[Diagnostic]:
        """What was said as diagnostics, each once.

        Args:
            told: A message to leave out, as who asks tells it in a better way.
        """
        messages = [message for message in self._messages if not told or message != told]
        return list(dict.fromkeys([*diagnose(messages, self.project), *self._diagnostics]))


@contextmanager
def capture_log(project: "Project") -> Iterator[CapturedLog]:
    """Collects what the loggers `mkdocs` and below it say, from INFO on.

    Args:
        project: The project that is built.
    """
    logger = logging.getLogger("mkdocs")
    handler = CapturedLog(project)
    level = logger.level
    logger.addHandler(handler)
    if logger.getEffectiveLevel() > logging.INFO:
        logger.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
