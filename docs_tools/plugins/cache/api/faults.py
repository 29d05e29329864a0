"""Faults in docstrings that griffe tells of: on the first page that shows the docstring."""

import logging
import re
from collections.abc import Iterable

from docs_tools.build.memory.digest import digest_text

__all__ = ["Faults"]

_OF_DOCSTRING = re.compile(r".+:\d+: ")


class Faults(logging.Filter):
    """Lets each fault pass once in a build, as griffe parses each docstring once.

    Pages that show a docstring with faults parse it again, so that a page that is remembered knows
    of its faults, whether or not another page has told of them when it was made. Whether one has is
    what its messages depend on.

    Attributes:
        told: The faults that pages have told of by now, as digests.
        seen: The faults of the page that is converted, as digests.
    """

    def __init__(self) -> None:
        super().__init__()
        self._logger = logging.getLogger("mkdocs.plugins.griffe")  # as mkdocstrings has it
        self.told: set[str] = set()
        self.seen: dict[str, None] = {}

    def begin(self) -> None:
        """A page is converted now."""
        self.seen = {}
        self._logger.addFilter(self)

    def end(self) -> dict[str, str]:
        """The page was converted.

        Returns:
            The faults in it, as digests, and for each what `state` said before.
        """
        self._logger.removeFilter(self)
        found = {fault: self.state(fault) for fault in self.seen}
        self.take(found)
        return found

    def take(self, faults: Iterable[str]) -> None:
        """A page has told of faults, or is taken from memory."""
        self.told.update(faults)

    def state(self, fault: str) -> str:
        """Whether a page is the first to tell of a fault."""
        return "told before" if fault in self.told else "told here"

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message passes."""
        text = record.getMessage()
        if record.levelno < logging.INFO or not _OF_DOCSTRING.match(text):
            return True
        fault = digest_text(text)
        self.seen[fault] = None
        return fault not in self.told
