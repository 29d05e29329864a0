"""Under which other paths an object is known, whether or not its package is read in this build."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from griffe import Alias
from markdown import Markdown

from docs_tools.plugins.cache.api.journal import final_path
from docs_tools.plugins.cache.api.reading import Reading

__all__ = ["Aliases"]

_LOST = ""  # an import that leads nowhere


class Aliases:
    """Answers in place of the handler's `get_aliases`.

    mkdocstrings asks when a heading is registered, and again for backlinks when all pages are
    converted. The answer grows with each page that shows an object or imports it.

    Args:
        reading: What is read.
        tool: The configuration of the site.
    """

    def __init__(self, reading: Reading, tool: Any) -> None:
        self._reading = reading
        self._handler = reading.library.handler
        self._tool = tool
        self._answer = self._handler.get_aliases
        self._handler.get_aliases = self.get  # type: ignore[method-assign]
        self._asked: dict[str, dict[str, None]] = {}
        self._meant: dict[str, str | None] = {}
        self.noted: dict[str, str | None] | None = None
        self.repeats = False

    def take(self, asked: Mapping[str, Sequence[str]]) -> None:
        """A page was made, or is taken from memory, that has asked for aliases.

        Args:
            asked: The aliases, by the path of the object that they mean.
        """
        for path, aliases in asked.items():
            self._asked.setdefault(path, {}).update(dict.fromkeys(aliases))

    def mean(self, meant: Mapping[str, str | None]) -> None:
        """What the identifiers of a page mean that is taken from memory, if not themselves."""
        self._meant |= meant

    def get(self, identifier: str) -> tuple[str, ...]:
        """The other paths of an object: its own, that where it is defined, and all aliases."""
        if self.noted is None and not self.repeats:
            self._prepare()
        name, _, parameter = identifier.partition("(")
        if self.noted is not None or self._reading.library.has(name):
            given = dict.fromkeys(self._answer(identifier))
            final = self._final(name) if given else None
            if self.noted is not None and final != name:
                self.noted[name] = final
        else:
            final = self._meant.get(name, name) if self._reading.would_have(name) else None
            given = {} if final is None else {identifier: None}
        others = self._known(final) if final else ()
        suffix = f"({parameter.removesuffix(')')})" if parameter else ""
        return tuple(given | {other + suffix: None for other in others})

    def _known(self, final: str) -> Iterable[str]:
        """The paths of an object that are known, whether or not its package is read."""
        yield final
        yield from self._asked.get(final, ())
        if self.noted is None:  # else all that would be read is read
            yield from self._reading.facts().aliases.get(final, ())

    def _final(self, name: str) -> str | None:
        """The path of the object that an identifier means."""
        found = self._reading.library.tree.at(name)
        if found is None:  # a member that is inherited
            found = self._reading.library.inherited(name)
        path: str | None = final_path(found) if isinstance(found, Alias) else found.path
        return path or _LOST

    def _prepare(self) -> None:
        """Gives the handler what rendering backlinks needs, where it has converted no page."""
        if self._handler._md is None and self._reading.reads:  # as `_update_env`
            self._handler._update_env(Markdown(), config=self._tool)  # as the plugin
