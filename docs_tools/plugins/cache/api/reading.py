"""What mkdocstrings has griffe read in a build, and what it would have, were no page remembered.

A clean build reads a package at the first page that names it, with that page's options, and finds
what names mean among the packages that were read by then. Pages that are taken from memory read
nothing; so what they would have read is kept here, and is caught up with, in the same order and
with the same options, as soon as something has to be read at all.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from griffe import AliasResolutionError, GriffeError
from mkdocstrings import CollectionError

from docs_tools.build.memory.digest import Uncertain, digest_text
from docs_tools.build.memory.store import Entry, Store
from docs_tools.build.memory.system import unwatched
from docs_tools.plugins.cache.api.facts import Facts, facts_of
from docs_tools.plugins.cache.api.faults import Faults
from docs_tools.plugins.cache.api.library import Library, LibrarySight, Read
from docs_tools.plugins.cache.api.options import ReadOptions

__all__ = ["Collected", "Reading"]

_KIND = "api"


@dataclass
class Collected:
    """What a page asked mkdocstrings for.

    Attributes:
        objects: The objects, by the paths that the page names.
        options: The options of each.
        reads: How it would read each package, in the order in which it names them.
        doubt: Why the page can't be remembered, if so.
        meant: What the identifiers mean that it has, where that isn't themselves.
        faults: The faults in its docstrings, and whether it was the first to tell of each.
    """

    objects: list[tuple[str, Any]] = field(default_factory=list)
    options: list[Any] = field(default_factory=list)
    reads: dict[str, ReadOptions] = field(default_factory=dict)
    doubt: str | None = None
    meant: dict[str, str | None] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


class Reading:
    """Stands between mkdocstrings' handler for Python and its directives.

    Attributes:
        library: What has the handler read.
        reads: What would have been read by now.
        differing: The docstrings that were parsed in another way than their packages'.
        shown: The objects whose docstrings would have been parsed by now, but perhaps aren't.
        page: What the page asks for that is converted now.
    """

    def __init__(self, library: Library, store: Store, faults: Faults) -> None:
        """Stands by a handler.

        Args:
            library: What has the handler read.
            store: Where facts are kept that griffe would have to be asked for.
            faults: Who is told of faults in packages.
        """
        self.library = library
        library.handler.collect = self.collect  # type: ignore[method-assign]
        self.reads: list[Read] = []
        self.differing: list[list[Any]] = []
        self.shown: set[str] = set()
        self.page: Collected | None = None
        self._store = store
        self._faults = faults
        self._facts: dict[str, Facts] = {}

    def collect(self, identifier: str, options: Any) -> Any:
        """As the handler's own, after what pages before would have read."""
        if options == {}:  # somebody looks among what was read
            return self.library.collect(identifier, options)
        with unwatched():  # the companion tells what pages depend on
            return self._collect(identifier, options)

    def _collect(self, identifier: str, options: Any) -> Any:
        package = identifier.partition(".")[0]
        try:
            how = ReadOptions.of(options)
        except Uncertain as uncertain:
            self._doubts(str(uncertain))
            return self.library.collect(identifier, options)
        known = next((read for read in self.reads if package in read.brings), None)
        if known is None:
            found = self._read(identifier, package, how, options)
        else:
            self.library.bring(self.reads)
            self._tell(known)
            if how.docstrings != known.options.docstrings:
                self._differs(identifier, how)
            found = self.library.collect(identifier, options)
        if self.page is not None:
            self.page.objects.append((identifier, found))
            self.page.options.append(options)
            self.page.reads.setdefault(package, how)
        return found

    def _read(self, identifier: str, package: str, how: ReadOptions, options: Any) -> Any:
        """Collects from a package that no page before has named."""
        self.library.bring([*self.reads, Read(package, how, (package,))])
        self.reads.append(Read(package, how, self.library.reads[-1].brings))
        self._tell(self.reads[-1])
        try:
            # as the handler does where it has just read the package
            return self.library.inherited(identifier)
        except (KeyError, AliasResolutionError):
            return self.library.collect(identifier, options)

    def _tell(self, read: Read) -> None:
        """Has a page tell of the faults in a package that it names for the first time."""
        if self.page is None or read.package not in self.page.reads:
            self._faults.tell(self.library.messages.get(read.package, ()))

    def take(self, rows: Sequence[Any], shown: Sequence[str]) -> None:
        """A page is taken from memory.

        Args:
            rows: What it would have read.
            shown: The paths of the objects whose docstrings it shows.
        """
        for read in map(Read.from_row, rows):
            if not self.would_have(read.package):
                self.reads.append(read)
        self.shown.update(shown)

    def forget(self, shown: Sequence[str]) -> None:
        """Has docstrings parsed once more by the next page that shows them.

        Args:
            shown: The paths of the objects.
        """
        self.library.forget(shown)
        self.shown.update(shown)

    def would_have(self, path: str) -> bool:
        """Whether a path's package would be read by now."""
        return any(path.partition(".")[0] in read.brings for read in self.reads)

    def read_for(self, packages: Iterable[str]) -> list[Read]:
        """What would have been read for packages by now."""
        return [next(read for read in self.reads if one in read.brings) for one in packages]

    def facts_with(self, package: str) -> Facts | None:
        """What will be known when a page names a package; nothing where it can't be read."""
        if self.would_have(package):
            return self._get(self.reads)
        # how a page will have it read is no matter for facts, as long as nothing is imported
        how = ReadOptions.of(self.library.handler.get_options({})).without_running()
        return self._get([*self.reads, Read(package, how, (package,))])

    def facts(self) -> Facts:
        """What would be known by now."""
        return self._get(self.reads) or Facts()

    def _get(self, reads: Sequence[Read]) -> Facts | None:
        key = self._key(reads)
        if key not in self._facts:
            entry = self._store.get(_KIND, key)
            facts = (Facts.from_meta(entry.meta) if entry else None) or self._make(reads, key)
            if facts is None:
                return None
            self._facts[key] = facts
        return self._facts[key]

    def _key(self, reads: Sequence[Read]) -> str:
        """What facts depend on."""
        rows: list[Any] = []
        for read in reads:
            digests = [files.digest for files in self.library.files_of([read])]
            how = "plain" if self.library.is_plain([read]) else read.options.text
            rows.append([*read.brings, how, *digests])
        return digest_text(json.dumps(rows))

    def _make(self, reads: Sequence[Read], key: str) -> Facts | None:
        """Facts from what griffe reads."""
        library = self.library
        try:
            library.bring(reads, quietly=True)
        except (CollectionError, GriffeError):
            return None
        names: dict[str, str] = {}
        if library.is_plain(library.reads):
            sight = LibrarySight(library)
            names = facts_of([library.modules[name] for name in sight.files], sight)
        facts = Facts(names, dict(library.aliases), library.faults)
        if not library.moved:
            self._store.put(_KIND, key, Entry(facts.meta))
        return facts

    def _differs(self, identifier: str, how: ReadOptions) -> None:
        """A docstring is to be parsed in another way than its package's.

        What was shown before is shown as it was then: griffe parses a docstring once.
        """
        found = self.library.tree.meant(self.library.tree.at(identifier))[1]
        if found is not None and found.docstring and found.path in self.shown:
            _ = found.docstring.parsed
        self.differing.append([identifier, how.docstrings])
        self._doubts(f"has the docstring of {identifier} read in another way than its package's")

    def _doubts(self, why: str) -> None:
        if self.page is not None and self.page.doubt is None:
            self.page.doubt = why
