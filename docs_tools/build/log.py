"""What MkDocs says while it builds, kept to be shown at the end.

MkDocs counts warnings with a handler of its own on the logger `mkdocs`; a level set on that logger,
as its `-q` does, hides them from the count (mkdocs#3991). So the level stays and handlers filter.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from docs_tools.errors import Diagnostic

__all__ = ["CapturedLog", "capture_log"]


class CapturedLog(logging.Handler):
    """Keeps the warnings and errors of a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record's message."""
        self.messages.append(record.getMessage())

    def problems(self) -> list[Diagnostic]:
        """The messages as diagnostics, each once."""
        messages = [m for m in dict.fromkeys(self.messages) if not m.startswith("Excluding '")]
        return [Diagnostic(_plain(message)) for message in messages]


@contextmanager
def capture_log() -> Iterator[CapturedLog]:
    """Collects what the loggers `mkdocs` and below it say, from INFO on."""
    logger = logging.getLogger("mkdocs")
    handler = CapturedLog()
    level = logger.level
    logger.addHandler(handler)
    if logger.getEffectiveLevel() > logging.INFO:
        logger.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _plain(message: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", message).strip()
