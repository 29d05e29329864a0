"""What is logged while a page is converted: kept, so that it is said again when it is not.

A warning that isn't repeated would let `--strict` pass a site that it fails today.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["as_json", "kept_messages", "said_again"]

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_LOGGERS = ("", "mkdocs")  # those that have handlers: the root, and the one of MkDocs


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def kept_messages() -> Iterator[list[logging.LogRecord]]:
    """Holds back what the body logs, from the level of information on, however quiet the build is.

    Yields:
        The records. They are passed on when the body ends.
    """
    keep = _Keep()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(one, one.handlers, one.level, one.propagate, one.filters) for one in loggers]
    for one in loggers:
        one.handlers, one.filters = [keep], []
        one.setLevel(min(one.getEffectiveLevel(), logging.INFO))
        one.propagate = False
    try:
        yield keep.records
    finally:
        for one, handlers, level, propagate, filters in before:
            one.handlers, one.propagate, one.filters = handlers, propagate, filters
            one.setLevel(level)
        for record in keep.records:
            logger = logging.getLogger(record.name)
            if logger.isEnabledFor(record.levelno):
                logger.callHandlers(record)  # its filters have let it pass already


def as_json(records: Iterable[logging.LogRecord]) -> list[list[Any]] | None:
    """Messages for `said_again`; `None` where one carries more than its text."""
    rows: list[list[Any]] = []
    for record in records:
        if record.levelno < logging.INFO:
            continue
        if not _STANDARD.issuperset(record.__dict__) or record.exc_info:
            return None
        rows.append([record.name, record.levelno, record.getMessage()])
    return rows


def said_again(rows: Iterable[Any]) -> None:
    """Logs messages again.

    Args:
        rows: As `as_json` gave them.
    """
    for name, level, message in rows:
        logger = logging.getLogger(name)
        if logger.isEnabledFor(level):
            logger.handle(logging.LogRecord(name, level, __file__, 0, message, None, None))
