"""What a tree of git holds: names and what they stand for, and what differs between two trees."""

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["FILE", "FOLDER", "LINK", "Entry", "Paths", "rows_of"]

FILE, FOLDER, LINK = "100644", "040000", "120000"
"""git's modes of a plain file, a folder and a symbolic link."""


@dataclass(frozen=True)
class Entry:
    """What a name in a tree stands for.

    Attributes:
        mode: git's mode, such as `100644` for a file and `040000` for a folder.
        hash: The hash of its content.
    """

    mode: str
    hash: str

    @classmethod
    def file(cls, hash: str) -> "Entry":
        """A plain file."""
        return cls(FILE, hash)

    @classmethod
    def folder(cls, hash: str) -> "Entry":
        """A folder, by the hash of its tree."""
        return cls(FOLDER, hash)

    @classmethod
    def link(cls, hash: str) -> "Entry":
        """A symbolic link, by the hash of where it leads."""
        return cls(LINK, hash)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.mode == FOLDER

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == LINK


@dataclass(frozen=True)
class Paths:
    """What differs between two trees: the paths of files."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)

    def to_json(self) -> dict[str, list[str]]:
        """The paths as a JSON object."""
        return {
            "added": list(self.added),
            "changed": list(self.changed),
            "removed": list(self.removed),
        }


def rows_of(tree: bytes, length: int) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Mode, name and hash of each entry of a tree as git stores it; a folder's mode is `40000`.

    Args:
        tree: The tree.
        length: The bytes of a hash.
    """
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].partition(b" ")
        at = end + 1 + length
        yield mode, name, tree[end + 1 : at]
