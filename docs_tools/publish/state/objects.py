"""Where files and folders are kept by their hashes: git's database, or the objects of a bucket."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from docs_tools.publish.state.tree import Entry, Paths

__all__ = ["NO_FILES", "Objects"]

NO_FILES: Mapping[str, Path] = MappingProxyType({})
"""Nothing to put."""


class Objects(Protocol):
    """Files and trees, read and written many at a time.

    A tree is named by a hash, or by what else finds one: what a `Snapshot` calls its root.
    """

    def entries(self, tree: str) -> dict[str, Entry]:
        """What a tree holds at its top: names and what they stand for."""

    def files(self, tree: str) -> dict[str, Entry]:
        """All files of a tree, by path."""

    def kept(self, tree: str) -> Collection[str]:
        """The hashes of a tree's files, if that spares writing them again."""

    def sizes(self, tree: str) -> dict[str, int]:
        """The size of each file of a tree in bytes, by path."""

    def read(self, hash: str) -> bytes:
        """A file's content."""

    def read_many(self, names: Sequence[str]) -> list[bytes | None]:
        """The contents of files by their hashes, or `None` where there is none."""

    def read_paths(self, tree: str, paths: Sequence[str]) -> list[bytes | None]:
        """The contents of files of a tree, or `None` where there is none."""

    def having(self, name: str, trees: Sequence[str]) -> set[str]:
        """Those of many trees that hold something of a name at their top."""

    def sums(self, hashes: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of files by their hashes; what is no file is left out."""

    def hash_of(self, content: bytes) -> str:
        """The hash that a file of this content has, or would have."""

    def write_many(
        self,
        contents: Sequence[bytes],
        *,
        known: Collection[str] = frozenset(),
        files: Mapping[str, Path] = NO_FILES,
    ) -> list[str]:
        """Keeps contents, and files by their hashes; the hashes of the contents."""

    def tree(self, entries: Mapping[str, Entry]) -> str:
        """Makes one level of a tree; its hash."""

    def tree_of(self, files: Mapping[str, Entry]) -> str:
        """Makes a tree with folders from the paths of its files; its hash."""

    def compare(self, before: str | None, after: str) -> Paths:
        """The files that differ between two trees; `None` stands for an empty one."""
