"""What griffe has read: the packages of the handler's collection, in the order of their reading."""

import gc
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from griffe import Module, Object
from mkdocstrings_handlers.python import PythonHandler

from docs_tools.build.memory.digest import digest_text
from docs_tools.plugins.cache.api.facts import aliases_in
from docs_tools.plugins.cache.api.faults import held_back, say
from docs_tools.plugins.cache.api.journal import Journal
from docs_tools.plugins.cache.api.options import ReadOptions
from docs_tools.plugins.cache.api.sources import PackageFiles, Sources
from docs_tools.plugins.cache.api.tree import Tree, objects_in

__all__ = ["Library", "LibrarySight", "Read"]


@dataclass(frozen=True)
class Read:
    """That a package is read.

    Attributes:
        package: Its import name.
        options: How.
        brings: The top-level modules that come with it, itself included.
    """

    package: str
    options: ReadOptions
    brings: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing but its own sources is read."""
        return self.options.is_plain and self.brings == (self.package,)

    @property
    def row(self) -> list[Any]:
        """As JSON."""
        return [self.package, self.options.text, list(self.brings)]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "Read":
        """As `row` gave it."""
        return cls(row[0], ReadOptions(row[1]), tuple(row[2]))


class Library:
    """Has a handler read packages.

    Attributes:
        handler: The handler.
        sources: Where packages are found.
        journal: What notes which names are asked for; not while packages are read.
        collect: The handler's own method.
        reads: What was read.
        aliases: Other paths of objects that are known from reading, by the objects' own.
        messages: What griffe has said of each package.
        moved: Whether a source was changed while it was read.
        imported: A module of the project's own that was imported to be read, and ran for that.
    """

    def __init__(self, handler: PythonHandler, sources: Sources) -> None:
        """Stands by a handler.

        Args:
            handler: The handler.
            sources: Where packages are found.
        """
        self.handler = handler
        self.sources = sources
        self.journal = Journal()
        self.collect = handler.collect
        self.reads: list[Read] = []
        self.aliases: dict[str, list[str]] = {}
        self.messages: dict[str, list[logging.LogRecord]] = {}
        self.moved = False
        self.imported: str | None = None
        self._extended: set[str] = set()

    @property
    def modules(self) -> dict[str, Module]:
        """The top-level modules by their names."""
        modules: dict[str, Module] = self._collection.members
        return modules

    @property
    def tree(self) -> Tree:
        """What there is."""
        return Tree(self.modules)

    @property
    def faults(self) -> dict[str, str]:
        """The digest of what griffe has said of each package, of those with faults."""
        return {
            package: digest_text(*(record.getMessage() for record in records))
            for package, records in self.messages.items()
            if records
        }

    @property
    def _collection(self) -> Any:
        return self.handler._modules_collection  # the handler's only one

    def has(self, path: str) -> bool:
        """Whether a path's package is read."""
        return path.partition(".")[0] in self.modules

    def inherited(self, path: str) -> Any:
        """What stands at a path, inherited members included: finding them changes what is known.

        Raises:
            KeyError: There is nothing.
            AliasResolutionError: An import on the way leads nowhere.
        """
        return self._collection[path]

    def lines(self, module: Module) -> Sequence[str]:
        """The source of a module, as griffe has read it."""
        path = module._filepath  # `filepath` raises where there is none
        lines = self.handler._lines_collection  # the handler's only one
        return lines[path] if isinstance(path, Path) and path in lines else []

    def is_plain(self, reads: Sequence[Read]) -> bool:
        """Whether all that is read are Python sources of the project's own."""
        return all(read.is_plain and self.sources.of(read.package).is_plain for read in reads)

    def files_of(self, reads: Sequence[Read]) -> list[PackageFiles]:
        """The files of all packages that are read."""
        return [self.sources.of(name) for read in reads for name in read.brings]

    def bring(self, wanted: Sequence[Read], *, quietly: bool = False) -> None:
        """Has read what is wanted, in this order, and nothing else.

        What griffe has to say of it is kept in `messages`.

        Args:
            wanted: What to read.
            quietly: Whether not to say either why it can't be read.

        Raises:
            CollectionError: A package isn't there.
            GriffeError: It can't be read.
        """
        if len(self.reads) > len(wanted) or not all(map(self._same, self.reads, wanted)):
            # something was read for its facts that the page turned out to read differently
            self.modules.clear()
            self.reads.clear()
            self.aliases.clear()
            self._extended.clear()
            self.messages.clear()
            self.imported = None
        for read in wanted[len(self.reads) :]:
            self._read(read, quietly=quietly)

    def forget(self, paths: Sequence[str]) -> None:
        """Has docstrings parsed once more by the next page that shows them.

        Args:
            paths: The paths of their objects.
        """
        for path in set(paths) - self._extended:
            found = self.tree.meant(self.tree.at(path))[1]
            if found is not None and found.docstring:
                vars(found.docstring).pop("parsed", None)

    def _same(self, real: Read, wanted: Read) -> bool:
        """Whether a package was read as it should have been."""
        if real.package != wanted.package or real.options.docstrings != wanted.options.docstrings:
            return False
        if real.options == wanted.options:
            return True
        plain = self.is_plain([real]) and wanted.options.is_plain  # then nothing is imported
        return plain and real.options.without_running() == wanted.options.without_running()

    def _read(self, read: Read, *, quietly: bool) -> None:
        before, known = set(self.modules), aliases_in(list(self.modules.values()))
        files = [self.sources.of(read.package)]
        messages: list[logging.LogRecord] = []
        try:
            with held_back(messages), self.journal.paused(), _no_garbage():
                self.collect(read.package, self.handler.get_options(read.options.values))
        except Exception:
            if not quietly:
                say(messages)
            raise
        self.messages[read.package] = messages
        brings = sorted(set(self.modules) - before - {read.package})
        again = self.sources.again()
        files += map(self.sources.of, brings)
        self.moved |= any(again.of(one.name).digest != one.digest for one in files)
        self.reads.append(Read(read.package, read.options, (read.package, *brings)))
        own = {one.name for one in files if not one.installed}
        for one in objects_in(self.modules[name] for name in (read.package, *brings)):
            if one.docstring and "parsed" in vars(one.docstring):
                self._extended.add(one.path)  # an extension has put something into it
            if one.analysis == "dynamic" and one.path.partition(".")[0] in own:
                self.imported = one.path
        for path, aliases in aliases_in(list(self.modules.values())).items():
            if found := set(aliases) - set(known.get(path, ())):
                self.aliases[path] = sorted({*self.aliases.get(path, ()), *found})


class LibrarySight:
    """What facts about packages of plain sources are made from.

    Attributes:
        tree: What griffe has read.
        files: The files of each package.
        everything: The digest of all of them.
    """

    def __init__(self, library: Library) -> None:
        """Takes what there is by now.

        Args:
            library: What griffe has read.
        """
        self._library = library
        self.tree = library.tree
        self.files = {one.name: one for one in library.files_of(library.reads)}
        self.everything = digest_text(*(one.digest for one in self.files.values()))

    def name(self, module: Module) -> str:
        """What dependencies call the file of a module; nothing where it is a folder."""
        path = module._filepath  # `filepath` raises where there is none
        return self._library.sources.name(path) if isinstance(path, Path) else ""

    def lines(self, module: Module) -> Sequence[str]:
        """The source of a module."""
        return self._library.lines(module)

    def below(self, found: Object) -> str:
        """The digest of the source of an object's module; of a package, of all in it."""
        name = self.name(found.module)
        if not name:
            return self.everything
        if found.is_module and found.module.is_init_module:
            name = name.rpartition("/")[0]
        return self.files[found.package.path].below(name)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Collects none while all that is made is kept: looking for it takes a fifth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
