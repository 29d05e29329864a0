"""A folder as it is on disk: what a figure of it can show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath, PureWindowsPath

from docs_tools.errors import DocsToolsError

__all__ = ["Entry", "load_folder"]

# what tools leave behind: it differs from machine to machine
_LEFTOVERS = (".*", "__pycache__", "*.pyc", "*.egg-info", "node_modules")


@dataclass(frozen=True)
class Entry:
    """A file or a folder.

    Attributes:
        name: Its name; the folder that was asked for has its whole path.
        is_folder: Whether it is a folder. A link is none, wherever it leads.
        entries: What is in a folder, as deep as was asked for, by name.
    """

    name: str
    is_folder: bool = False
    entries: tuple["Entry", ...] = ()


def load_folder(root: Path, path: str, depth: int = 1, exclude: Sequence[str] = ()) -> Entry:
    """Reads a folder; the same on every system.

    Hidden entries and what tools leave behind are left out, and folders that hold nothing else:
    git knows nothing of them.

    Args:
        root: The project's folder, which the folder must lie in.
        path: The folder, from there.
        depth: How deep to go: 1 for what lies in the folder itself.
        exclude: Patterns of what to leave out, such as `*.md` or `build/*.py`, each for a name or
            a path from the folder.

    Raises:
        DocsToolsError: There is no such folder, it lies outside, or it can't be read.
    """
    try:
        folder = _inside(root, path)
        shown = folder.relative_to(root.resolve()).as_posix()
        return Entry(shown, True, tuple(_entries(folder, PurePosixPath(), depth, exclude)))
    except (OSError, RuntimeError) as error:  # the latter where links lead in a circle
        reason = getattr(error, "strerror", None) or error
        raise DocsToolsError(f'"{path}" can\'t be read: {reason}') from error


def _inside(root: Path, path: str) -> Path:
    hint = "write a path from the folder of the configuration, such as src"
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor or "\0" in path:
        raise DocsToolsError(f'"{path}" is no path within the project', hint=hint)
    root = root.resolve()
    folder = (root / path).resolve()
    if not folder.is_relative_to(root):
        raise DocsToolsError(f'"{path}" lies outside the project', hint=hint)
    if not folder.is_dir():
        parent = folder.parent
        there = sorted(p.name for p in parent.iterdir() if p.is_dir()) if parent.is_dir() else []
        near = get_close_matches(folder.name, there, 1)
        mend = (parent / near[0]).relative_to(root).as_posix() if near else ""
        raise DocsToolsError(
            f'"{path}" is a file' if folder.is_file() else f'there is no folder "{path}"',
            hint=f"did you mean {mend}?" if near else hint,
        )
    return folder


def _entries(
    folder: Path, at: PurePosixPath, depth: int, exclude: Sequence[str]
) -> Iterator[Entry]:
    # systems list a folder in orders of their own
    for path in sorted(folder.iterdir(), key=lambda path: (path.name.casefold(), path.name)):
        here = at / path.name
        if _is_left_out(here, exclude):
            continue
        if path.is_symlink() or not path.is_dir():
            yield Entry(path.name)
        elif depth > 1:
            if entries := tuple(_entries(path, here, depth - 1, exclude)):
                yield Entry(path.name, True, entries)
        elif any(_entries(path, here, 1, exclude)):
            yield Entry(path.name, True)


def _is_left_out(path: PurePosixPath, exclude: Sequence[str]) -> bool:
    if any(fnmatchcase(path.name, pattern) for pattern in _LEFTOVERS):
        return True
    names = (path.name, str(path))
    return any(fnmatchcase(name, glob.rstrip("/")) for name in names for glob in exclude)
