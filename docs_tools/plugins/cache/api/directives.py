"""What pages get from directives of mkdocstrings, and what that depends on."""

import json
import re
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from mkdocs.structure.pages import Page
from mkdocstrings import BaseHandler, MkdocstringsExtension
from mkdocstrings_handlers.python import PythonHandler

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import digest_text
from docs_tools.build.memory.store import Store
from docs_tools.build.memory.system import unwatched
from docs_tools.plugins.cache.api.anchors import Anchors
from docs_tools.plugins.cache.api.blocks import Blocks
from docs_tools.plugins.cache.api.journal import can_note
from docs_tools.plugins.cache.api.library import Read
from docs_tools.plugins.cache.api.python import Python
from docs_tools.plugins.cache.api.reading import Collected
from docs_tools.plugins.cache.api.settings import (
    are_known,
    formatter_settings,
    handler_settings,
    place,
)

__all__ = ["Directives"]

_PYTHON = "python"
_BACKLINKS = re.compile(r'<backlinks\s+identifier="([^"]+)"\s+handler="([^"]+)"\s*/?>')


class Directives:
    """Stands by mkdocstrings' Markdown extension.

    Args:
        extension: The extension.
        anchors: What is registered with autorefs.
        contents: What files hold.
        store: Where facts about packages are kept.
    """

    def __init__(
        self, extension: MkdocstringsExtension, anchors: Anchors, contents: Contents, store: Store
    ) -> None:
        self._anchors = anchors
        self._contents = contents
        self._store = store
        self._blocks = Blocks(extension, anchors, self._note_asked)
        self._handlers = self._blocks.handlers
        self._get_handler = self._handlers.get_handler
        self._handlers.get_handler = self.get_handler  # type: ignore[method-assign]
        self._spare: BaseHandler | None = None
        self._python: Python | None = None
        self._page: Page | None = None
        self._used: dict[str, None] = {}
        self._doubt: str | None = None

    def signature(self) -> Any:
        """What pages with directives depend on; nothing makes a page be one beforehand."""
        return [
            handler_settings(self._handlers, self._contents),
            formatter_settings(self._contents),
            are_known(),
        ]

    def get_handler(self, name: str, handler_config: Any = None) -> BaseHandler:
        """As the collection's own."""
        # what the known one looks for are settings
        with unwatched() if name == _PYTHON else nullcontext():
            handler, python = self._handler(name, handler_config)
        if self._page is not None:
            self._used[name] = None
            if python is None:
                self._doubt = f"uses the handler {name} of mkdocstrings"
            elif not python.is_noting:
                python.begin()
        return handler

    def _handler(self, name: str, config: Any = None) -> tuple[BaseHandler, Python | None]:
        seen = self._handlers._handlers  # there is one collection
        if name == _PYTHON and self._spare is not None:
            seen.setdefault(name, self._spare)
        handler: BaseHandler = self._get_handler(name, config)
        return handler, self._stand_by(handler) if name == _PYTHON else None

    def begin(self, page: Page) -> None:
        """The page is converted now."""
        self._page, self._used, self._doubt = page, {}, None
        if self._python is not None and self._python.is_noting:
            self._python.end()  # the page before has failed

    def end(self, page: Page) -> tuple[dict[str, Any], dict[str, str | None], str | None]:
        """The page was converted.

        Returns:
            What happened besides the text, what the page depends on, and why it can't be
            remembered, if so.
        """
        self._page = None
        effects: dict[str, Any] = {"handlers": list(self._used)}
        python = self._python
        if python is None or not python.is_noting:
            return effects, {}, self._doubt
        for identifier, handler in _BACKLINKS.findall(page.content or ""):
            if handler == _PYTHON:
                python.aliases.get(identifier)
        self._note_asked()
        collected = python.end()
        if not collected.objects:
            return effects, {}, self._doubt or collected.doubt
        docstrings = python.shown.docstrings(python.reading.library.tree)
        effects["reads"] = [read.row for read in python.reading.read_for(collected.reads)]
        effects["meant"], effects["docstrings"] = collected.meant, docstrings
        effects["faults"] = list(collected.faults)
        doubt = self._doubt or python.doubt(collected)
        depends = {} if doubt else self._depends(python, collected)
        if collected.faults:
            python.reading.forget(docstrings)
        return effects, depends, doubt

    def repeat(self, page: Page, effects: dict[str, Any]) -> None:
        """Prepares for the events of a page that is taken from memory."""
        for name in effects["handlers"]:
            self.get_handler(name)
        if "reads" in effects and (python := self._known_python()):
            python.reading.take(effects["reads"], effects["docstrings"])
            python.aliases.mean(effects["meant"])
            python.faults.take(effects["faults"])

    def repeat_event(self, page: Page, event: list[Any]) -> None:
        """Repeats one of the events that only this knows."""
        python = self._known_python()
        if python is None:
            return
        if event[0] == "asked":
            python.aliases.take(event[1])
            return
        python.aliases.repeats = True
        try:
            self._blocks.repeat(page, event)
        finally:
            python.aliases.repeats = False

    def value_of(self, what: str, rest: str) -> str | None:
        """The value of a dependency now."""
        if what == "place":
            return place(self._contents.root)
        python = self._known_python()
        if python is None:
            return None
        reading = python.reading
        if what == "source":
            return reading.library.sources.file(rest)
        if what == "package":
            return reading.library.sources.of(rest).digest
        if what == "fault":
            return python.faults.state(rest)
        if what == "reads":
            return _state(json.loads(rest), reading.reads, reading.differing)
        package, _, module = rest.partition(":")
        facts = reading.facts_with(package)
        if facts is None:
            return None
        return facts.faults.get(package) if what == "faults" else facts.names.get(module)

    def _note_asked(self) -> None:
        """Notes the aliases that were asked for up to now."""
        if self._python is not None and self._python.is_noting:
            asked = self._python.reading.library.journal.taken()
            if asked:
                self._anchors.note(["asked", asked])
                self._python.aliases.take(asked)

    def _depends(self, python: Python, collected: Collected) -> dict[str, str | None]:
        library = python.reading.library
        wanted = [[package, digest_text(how.text)] for package, how in collected.reads.items()]
        depends: dict[str, str | None] = {
            f"reads:{json.dumps(wanted)}": _state(wanted, *python.before)
        }
        if any(options.show_source for options in collected.options):
            depends["place:"] = place(self._contents.root)
        depends |= {f"fault:{fault}": state for fault, state in collected.faults.items()}
        modules = python.modules(collected)
        if modules is None:
            own = (one for one in library.files_of(python.reading.reads) if not one.installed)
            return depends | {f"package:{files.name}": files.digest for files in own}
        [package] = collected.reads  # the one that is read by then, after those of pages before
        facts = python.reading.facts()
        # whoever names it first tells of these
        depends[f"faults:{package}"] = facts.faults.get(package)
        for module in modules:
            path = module._filepath  # `filepath` raises where there is none
            if isinstance(path, Path):
                source = library.sources.name(path)
                depends[f"source:{source}"] = library.sources.file(source)
            depends[f"names:{package}:{module.path}"] = facts.names.get(module.path)
        return depends

    def _known_python(self) -> Python | None:
        """The handler for Python; one that no page has asked for is not seen by mkdocstrings."""
        if self._python is None:
            seen = self._handlers._handlers  # there is one collection
            was_seen = _PYTHON in seen
            _, python = self._handler(_PYTHON)
            if not was_seen:
                self._spare = seen.pop(_PYTHON)
            return python
        return self._python

    def _stand_by(self, handler: BaseHandler) -> Python | None:
        """Stands by a handler, if its kind is known."""
        if type(handler) is not PythonHandler or not can_note():
            return None
        if self._python is None or self._python.handler is not handler:
            self._python = Python(handler, self._handlers, self._contents, self._store)
        return self._python


def _state(wanted: Sequence[Sequence[str]], reads: Sequence[Read], differing: Sequence[Any]) -> str:
    """What a page finds read at each of its directives, if it wants packages itself.

    Args:
        wanted: The packages and how it would read them.
        reads: What was read before.
        differing: The docstrings that were read in another way than their packages'.
    """
    rows = [[list(read.brings), digest_text(read.options.text)] for read in reads]
    found: list[Any] = [differing]
    for package, how in wanted:
        if not any(package in row[0] for row in rows):
            rows.append([[package], how])
        found.append([*rows])
    return digest_text(json.dumps(found))
