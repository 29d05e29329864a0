"""mkdocstrings' handler for Python, with all who stand by it."""

import re
from typing import Any

from griffe import Alias, Module
from mkdocstrings import Handlers
from mkdocstrings_handlers.python import PythonHandler

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.store import Store
from docs_tools.plugins.cache.api.aliases import Aliases
from docs_tools.plugins.cache.api.faults import Faults
from docs_tools.plugins.cache.api.library import Library, Read
from docs_tools.plugins.cache.api.reading import Collected, Reading
from docs_tools.plugins.cache.api.settings import are_known, has_other_templates, templates_doubt
from docs_tools.plugins.cache.api.shown import Shown
from docs_tools.plugins.cache.api.sources import Sources

__all__ = ["Python"]

_UNPACK = re.compile(r"\bUnpack\b")


class Python:
    """The handler for Python.

    Attributes:
        handler: The handler.
        reading: What it reads.
        aliases: Under which other paths objects are known.
        shown: What templates display.
        faults: What is wrong in docstrings.
    """

    def __init__(
        self, handler: PythonHandler, handlers: Handlers, contents: Contents, store: Store
    ) -> None:
        """Stands by a handler.

        Args:
            handler: The handler.
            handlers: All handlers, with what they have in common.
            contents: What files hold.
            store: Where facts about packages are kept.
        """
        self.handler = handler
        library = Library(handler, Sources(contents, handler._paths))  # where it looks
        self.faults = Faults()
        self.reading = Reading(library, store, self.faults)
        self.aliases = Aliases(self.reading, handlers._tool_config)  # as the plugin does
        self.shown = Shown(handler)
        self._templates_doubt = templates_doubt(handlers)
        self._looks_at_displayed = are_known() and not has_other_templates(handlers)
        self._before: tuple[list[Read], list[list[Any]]] = ([], [])

    @property
    def is_noting(self) -> bool:
        """Whether a page is converted that has asked for the handler."""
        return self.reading.page is not None

    @property
    def before(self) -> tuple[list[Read], list[list[Any]]]:
        """What the page found read, and which docstrings parsed differently."""
        return self._before

    def begin(self) -> None:
        """A page asks for the handler."""
        self._before = list(self.reading.reads), list(self.reading.differing)
        self.reading.page = Collected()
        self.reading.library.journal.start()
        self.faults.begin()
        self.aliases.noted = {}
        self.shown.clear()

    def end(self) -> Collected:
        """The page was converted.

        Returns:
            What it has asked for.
        """
        self.reading.library.journal.stop()
        collected = self.reading.page or Collected()
        collected.meant = self.aliases.noted or {}
        collected.faults = self.faults.end()
        self.reading.page = self.aliases.noted = None
        self.shown.displayed += [found for _, found in collected.objects]
        self.aliases.mean(collected.meant)
        return collected

    def doubt(self, collected: Collected) -> str | None:
        """Why a page can't be remembered, if so."""
        reads, library = self.reading.reads, self.reading.library
        doubts = (
            collected.doubt,
            self._templates_doubt,
            *(read.options.doubt for read in reads),
            "a source changed while it was read" if library.moved else None,
            f"{library.imported} is imported to be read" if library.imported else None,
        )
        return next(filter(None, doubts), None)

    def modules(self, collected: Collected) -> list[Module] | None:
        """The modules that a page displays; nothing where it may show something of all."""
        library = self.reading.library
        plain = len(collected.reads) == 1 and library.is_plain(self.reading.reads)
        if not plain or not self._looks_at_displayed:
            return None
        found = self.shown.modules(library.tree)
        for identifier, _ in collected.objects:
            for step in library.tree.steps(identifier):
                if isinstance(step, Alias) and step.parent is not None:
                    found[step.parent.module.path] = step.parent.module
        modules = list(found.values())
        # griffe puts the keys of a dictionary's type from elsewhere among a function's parameters
        unpacks = any(_UNPACK.search(line) for one in modules for line in library.lines(one))
        return None if unpacks else modules
