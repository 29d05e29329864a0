"""What files and folders hold now, as digests: each is read again only where it was changed."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docs_tools.build.memory.digest import digest_bytes, digest_text

__all__ = ["Contents"]

_State = tuple[int, int, int, int, int] | None
_LEFT_OUT = (".git", "__pycache__")
_CODE = (".py", ".so", ".pyd")
_SETTLED = 2_000_000_000  # nanoseconds; the times that systems give are as coarse as that


@dataclass
class Contents:
    """The digests of files and listings.

    A hook may write a file for one page and again for the next, so a digest is good for as long as
    the system says that nobody wrote; of what was written just now, it can't say.

    Attributes:
        root: Where relative paths start: the project's folder.
    """

    root: Path
    _files: dict[str, tuple[_State, str | None]] = field(default_factory=dict)
    _listings: dict[str, tuple[_State, str | None]] = field(default_factory=dict)

    def of_file(self, path: str) -> str | None:
        """The digest of what a file holds; `None` where there is no file to read.

        Args:
            path: The file, absolute or from the root.
        """
        return self._remembered(self._files, path, _read)

    def of_listing(self, path: str) -> str | None:
        """The digest of the names in a folder; `None` where there is none.

        Args:
            path: The folder, absolute or from the root.
        """
        return self._remembered(self._listings, path, _list)

    def of_modules(self, path: str) -> str | None:
        """The digest of the names that can be imported from a folder; `None` where there is none.

        Args:
            path: The folder, absolute or from the root.
        """
        place = os.path.join(self.root, path)  # noqa: PTH118
        try:
            with os.scandir(place) as found:
                names = sorted(entry.name for entry in found if _is_module(entry))
        except (OSError, ValueError):
            return None
        return digest_text(*names)

    def of_tree(self, path: str) -> str | None:
        """The digest of all files below a folder, names and contents; `None` where there is none.

        What Python compiled, and what version control keeps, doesn't count.
        """
        top = os.path.join(self.root, path)  # noqa: PTH118
        if not os.path.isdir(top):  # noqa: PTH112
            return None
        rows = (
            f"{os.path.relpath(file, top)}\0{self.of_file(file)}\0"
            for file in _files_below(top, frozenset())
        )
        return digest_bytes(*(row.encode("utf-8", "surrogateescape") for row in rows))

    def _remembered(
        self,
        known: dict[str, tuple[_State, str | None]],
        path: str,
        read: Callable[[str], str | None],
    ) -> str | None:
        place = os.path.join(self.root, path)  # noqa: PTH118 - many
        state = _state(place)
        found = known.get(path)
        if found is not None and found[0] == state:
            return found[1]
        settled = state is None or time.time_ns() - max(state[:2]) > _SETTLED
        digest = read(place) if state else None
        if settled:
            known[path] = state, digest
        return digest

    def kind(self, path: str) -> str:
        """What is there: `file`, `folder`, or nothing."""
        place = os.path.join(self.root, path)  # noqa: PTH118
        return "folder" if os.path.isdir(place) else "file" if os.path.exists(place) else ""  # noqa: PTH110, PTH112


def _state(path: str) -> _State:
    """What the system says of a file; nothing where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - many
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev


def _files_below(folder: str, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """All files below a folder, also behind links, which whoever opens a file follows too."""
    state = _state(folder)
    if state is None or state[3:] in above:  # a link to a folder that it is in
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name not in _LEFT_OUT and os.path.isdir(entry.path):  # noqa: PTH112 - many
            yield from _files_below(entry.path, above | {state[3:]})
        elif entry.name not in _LEFT_OUT:
            yield entry.path


def _is_module(entry: os.DirEntry[str]) -> bool:
    start = os.path.join(entry.path, "__init__.py")  # noqa: PTH118
    return entry.name.endswith(_CODE) or os.path.exists(start)  # noqa: PTH110


def _read(path: str) -> str | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return digest_bytes(file.read())
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
    return digest_bytes(content)
