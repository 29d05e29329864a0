"""What files and folders hold now, as digests: each is read once in a build."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from docs_tools.build.memory.digest import DIGEST_SIZE

__all__ = ["Contents"]


@dataclass
class Contents:
    """The digests of files and listings.

    Attributes:
        root: Where relative paths start: the project's folder.
    """

    root: Path
    _files: dict[str, str | None] = field(default_factory=dict)
    _listings: dict[str, str | None] = field(default_factory=dict)

    def of_file(self, path: str) -> str | None:
        """The digest of what a file holds; `None` where there is no file to read.

        Args:
            path: The file, absolute or from the root.
        """
        if path not in self._files:
            self._files[path] = _read(os.path.join(self.root, path))  # noqa: PTH118 - many
        return self._files[path]

    def of_listing(self, path: str) -> str | None:
        """The digest of the names in a folder; `None` where there is none.

        Args:
            path: The folder, absolute or from the root.
        """
        if path not in self._listings:
            self._listings[path] = _list(os.path.join(self.root, path))  # noqa: PTH118
        return self._listings[path]

    def of_tree(self, path: str) -> str | None:
        """The digest of all files below a folder, names and contents; `None` where there is none.

        What Python compiled, and what version control keeps, doesn't count.
        """
        top = os.path.join(self.root, path)  # noqa: PTH118
        if not os.path.isdir(top):  # noqa: PTH112
            return None
        made = hashlib.blake2b(digest_size=DIGEST_SIZE)
        for parent, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name not in (".git", "__pycache__"))
            for name in sorted(names):
                file = os.path.join(parent, name)  # noqa: PTH118
                content = self.of_file(file)
                made.update(f"{os.path.relpath(file, top)}\0{content}\0".encode(errors="replace"))
        return made.hexdigest()

    def kind(self, path: str) -> str:
        """What is there: `file`, `folder`, or nothing."""
        place = os.path.join(self.root, path)  # noqa: PTH118
        return "folder" if os.path.isdir(place) else "file" if os.path.exists(place) else ""  # noqa: PTH110, PTH112


def _read(path: str) -> str | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return hashlib.blake2b(file.read(), digest_size=DIGEST_SIZE).hexdigest()
    except (OSError, ValueError):
        return None


def _list(path: str) -> str | None:
    try:
        with os.scandir(path) as found:
            names = sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in found)
    except (OSError, ValueError):
        return None
    names = [name for name in names if name != "__pycache__/"]
    content = "\0".join(names).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(content, digest_size=DIGEST_SIZE).hexdigest()
