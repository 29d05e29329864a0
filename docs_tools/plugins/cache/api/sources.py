"""The files that griffe reads for a package, found as it finds them."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from griffe import ModuleFinder, NamespacePackage

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import digest_text
from docs_tools.build.memory.watch import installed_folders, is_below

__all__ = ["PackageFiles", "Sources"]


@dataclass(frozen=True)
class PackageFiles:
    """The files of a top-level package.

    Attributes:
        name: Its import name.
        files: Its module files and their digests, by their paths from the project's folder; none
            where it is installed, as the packages' versions tell of it.
        installed: Whether it is installed, or a part of Python.
    """

    name: str
    files: dict[str, str | None]
    installed: bool

    @cached_property
    def digest(self) -> str:
        """The digest of all its files, their places included."""
        return digest_text(json.dumps([self.name, self.installed, self.files]))

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is the project's own and of Python sources alone.

        A stub changes the module beside it, and others that this one imports from; compiled
        modules are imported to be read.
        """
        return (
            not self.installed
            and bool(self.files)
            and all(path.endswith(".py") for path in self.files)
        )

    def below(self, path: str) -> str:
        """The digest of a file, or of all files of a folder."""
        inside = path + "/"
        found = [[f, d] for f, d in self.files.items() if f == path or f.startswith(inside)]
        return digest_text(json.dumps(found))


class Sources:
    """Finds packages in the folders where mkdocstrings looks for them.

    Args:
        contents: What files hold now.
        paths: The folders, the first first.
    """

    def __init__(self, contents: Contents, paths: Sequence[str]) -> None:
        self.contents = contents
        self._paths = paths
        self._finder: ModuleFinder | None = None
        self._known: dict[str, PackageFiles] = {}

    def of(self, package: str) -> PackageFiles:
        """The files of a package, as they were when it was first asked for."""
        if package not in self._known:
            self._known[package] = self._find(package)
        return self._known[package]

    def file(self, name: str) -> str | None:
        """The digest of a file as it was when its package was first asked for, or as it is."""
        known = (one.files[name] for one in self._known.values() if name in one.files)
        return next(known, None) or self.contents.of_file(name)

    def again(self) -> "Sources":
        """The same, looking at everything afresh."""
        return Sources(Contents(self.contents.root), self._paths)

    def name(self, path: Path) -> str:
        """How dependencies call a file: from the project's folder, as other work trees do."""
        return Path(os.path.relpath(path, self.contents.root)).as_posix()

    def _find(self, package: str) -> PackageFiles:
        if self._finder is None:
            self._finder = ModuleFinder(search_paths=self._paths)
        roots = [*self._roots(package), *self._roots(f"{package}-stubs")]
        own = [root for root in roots if not is_below(str(root), installed_folders())]
        files = {self.name(file): self.contents.of_file(str(file)) for file in _files(own)}
        # where a package is in no folder, Python may have it built in
        return PackageFiles(package, dict(sorted(files.items())), installed=not own)

    def _roots(self, package: str) -> list[Path]:
        """The folders of a package, or its file."""
        finder = self._finder
        assert finder is not None  # noqa: S101 - set by the one that asks
        try:
            found = finder.find_package(package)
        except ModuleNotFoundError:
            return []
        if isinstance(found, NamespacePackage):
            return found.path
        if found.path.stem == "__init__":
            return [found.path.parent]
        return [found.path, *([found.stubs] if found.stubs else [])]


def _files(roots: Iterable[Path]) -> Iterator[Path]:
    """The files below that griffe takes for modules."""
    for root in roots:
        if root.is_file():
            yield root
        for folder, folders, names in os.walk(root, followlinks=True):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in names:
                if os.path.splitext(name)[1] in ModuleFinder.extensions_set:  # noqa: PTH122
                    yield Path(folder, name)
