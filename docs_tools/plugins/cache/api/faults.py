"""What griffe finds fault with: in docstrings, and in packages that it reads.

It tells of each fault once in a build: of one in a docstring on the first page that shows it, of
one in a package on the first page that names it. That page may be gone tomorrow. So every page that
shows something with a fault is told of it, the message passes once, and pages depend on whether it
has passed before.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from docs_tools.build.memory.digest import digest_text

__all__ = ["Faults", "held_back", "say"]

_GRIFFE = "mkdocs.plugins.griffe"  # as mkdocstrings has it
_OF_DOCSTRING = re.compile(r".+:\d+: ")


class Faults(logging.Filter):
    """Lets each fault pass once in a build.

    Attributes:
        told: The faults that pages have told of by now, as digests.
        seen: The faults of the page that is converted, as digests.
    """

    def __init__(self) -> None:
        super().__init__()
        self.told: set[str] = set()
        self.seen: dict[str, None] = {}
        self._of_packages: set[str] = set()
        self._is_on = False

    def begin(self) -> None:
        """A page is converted now."""
        self.seen = {}
        self._is_on = True
        logging.getLogger(_GRIFFE).addFilter(self)

    def end(self) -> dict[str, str]:
        """The page was converted.

        Returns:
            The faults in it, as digests, and for each what `state` said before.
        """
        self._is_on = False
        logging.getLogger(_GRIFFE).removeFilter(self)
        found = {fault: self.state(fault) for fault in self.seen}
        self.take(found)
        return found

    def take(self, faults: Iterable[str]) -> None:
        """A page has told of faults, or is taken from memory."""
        self.told.update(faults)

    def state(self, fault: str) -> str:
        """Whether a page is the first to tell of a fault."""
        return "told before" if fault in self.told else "told here"

    def tell(self, records: Iterable[logging.LogRecord]) -> None:
        """A page names a package in which there are faults."""
        for record in records:
            self._of_packages.add(record.getMessage())
            if self._is_on or self.filter(record):
                say([record])
        if not self._is_on:
            self.take(self.seen)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message passes."""
        text = record.getMessage()
        known = text in self._of_packages or _OF_DOCSTRING.match(text)
        if record.levelno < logging.INFO or not known:
            return True
        fault = digest_text(text)
        self.seen[fault] = None
        return fault not in self.told


class _Hold(logging.Filter):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self.records = records

    def filter(self, record: logging.LogRecord) -> bool:
        self.records.append(record)
        return False


@contextmanager
def held_back(records: list[logging.LogRecord]) -> Iterator[None]:
    """Lets no message of griffe pass while the body runs.

    Args:
        records: Where the messages go.
    """
    logger = logging.getLogger(_GRIFFE)
    before, logger.filters = logger.filters, [_Hold(records)]
    try:
        yield
    finally:
        logger.filters = before


def say(records: Iterable[logging.LogRecord]) -> None:
    """Says what was held back."""
    for record in records:
        logger = logging.getLogger(record.name)
        if logger.isEnabledFor(record.levelno):
            logger.handle(record)
