"""A folder as it is on disk: what a figure of it can show."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath, PureWindowsPath

from docs_tools.errors import DocsToolsError
from docs_tools.model.nearest import find_nearest

__all__ = ["Entry", "find_inside", "load_folder"]

_HINT = "write a path from the folder of the configuration, such as src"

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


@dataclass(frozen=True)
class _Choice:
    """What of a folder is shown: all but what tools leave behind, and of that what is chosen."""

    exclude: Sequence[str]
    files: frozenset[str] | None = None
    folders: frozenset[str] = frozenset()

    def shows(self, path: PurePosixPath) -> bool:
        return self.holds(path) and not any(_matches(path, glob) for glob in self.exclude)

    def holds(self, path: PurePosixPath) -> bool:
        if _is_leftover(path.name):
            return False
        return self.files is None or str(path) in self.files or str(path) in self.folders

    def is_foreign(self, path: PurePosixPath) -> bool:
        """Whether a folder is listed as a file is: a repository within the repository."""
        return self.files is not None and str(path) in self.files


def load_folder(
    root: Path,
    path: str,
    depth: int = 1,
    exclude: Sequence[str] = (),
    list_files: Callable[[Path], Collection[str] | None] = lambda _: None,
) -> Entry:
    """Reads a folder; the same on every system.

    Hidden entries and what tools leave behind are left out, and folders that hold nothing else:
    git knows nothing of them.

    Args:
        root: The project's folder, which the folder must lie in.
        path: The folder, from there.
        depth: How deep to go: 1 for what lies in the folder itself.
        exclude: Patterns of what to leave out, such as `*.md` or `build/*.py`, each for a name or
            a path from the folder.
        list_files: Gives the only files to show, by their paths from a folder, as far as they are
            there; `None` for all. A folder in the list is shown without what is in it.

    Raises:
        DocsToolsError: There is no such folder, it lies outside, or it can't be read; a pattern
            matches nothing.
    """
    folder = find_inside(root, path)
    try:
        _check_folder(folder, root.resolve(), path)
        choice = _choose(list_files(folder), exclude)
        _check_patterns(folder, choice)
        shown = folder.relative_to(root.resolve()).as_posix()
        return Entry(shown, True, tuple(_entries(folder, PurePosixPath(), depth, choice)))
    except OSError as error:
        raise DocsToolsError(f'"{path}" can\'t be read: {error.strerror or error}') from error


def find_inside(root: Path, path: str) -> Path:
    """Where a path of the project leads, be anything there or not.

    Args:
        root: The project's folder.
        path: The path from there.

    Raises:
        DocsToolsError: It leads out of the project, or nowhere: a page must not show what
            differs from machine to machine.
    """
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor or "\0" in path:
        raise DocsToolsError(f'"{path}" is no path within the project', hint=_HINT)
    root = root.resolve()
    try:
        found = (root / path).resolve()
    except (OSError, RuntimeError) as error:  # the latter where links lead in a circle
        reason = getattr(error, "strerror", None) or error
        raise DocsToolsError(f'"{path}" can\'t be read: {reason}') from error
    if not found.is_relative_to(root):
        raise DocsToolsError(f'"{path}" lies outside the project', hint=_HINT)
    return found


def _check_folder(folder: Path, root: Path, path: str) -> None:
    if folder.is_dir():
        return
    parent = folder.parent
    if folder.is_file():
        hint = f"write the folder that it is in: {parent.relative_to(root).as_posix()}"
        raise DocsToolsError(f'"{path}" is a file', hint=hint)
    there = sorted(p.name for p in parent.iterdir() if p.is_dir()) if parent.is_dir() else []
    near = find_nearest(folder.name, (name for name in there if not _is_leftover(name)))
    mend = (parent / near).relative_to(root).as_posix() if near else ""
    hint = f"did you mean {mend}?" if near else _HINT
    raise DocsToolsError(f'there is no folder "{path}"', hint=hint)


def _choose(files: Collection[str] | None, exclude: Sequence[str]) -> _Choice:
    if files is None:
        return _Choice(exclude)
    paths = {PurePosixPath(file) for file in files}
    folders = {str(folder) for path in paths for folder in path.parents}
    return _Choice(exclude, frozenset(map(str, paths)), frozenset(folders))


def _check_patterns(folder: Path, choice: _Choice) -> None:
    """Finds a pattern that is out of date, however deep what it matched once may lie."""
    unused = list(choice.exclude)
    names: set[str] = set()
    everything = replace(choice, exclude=())
    walk = _walk(folder, PurePosixPath(), everything) if unused else iter(())
    while unused and (path := next(walk, None)):
        unused = [glob for glob in unused if not _matches(path, glob)]
        names.add(path.name)
    if unused:
        near = find_nearest(unused[0], sorted(names))
        hint = f"did you mean {near}?" if near else "take it out of `exclude`"
        raise DocsToolsError(f'`exclude`: nothing matches "{unused[0]}"', hint=hint)


def _walk(folder: Path, at: PurePosixPath, choice: _Choice) -> Iterator[PurePosixPath]:
    for path in folder.iterdir():
        here = at / path.name
        if choice.shows(here):
            yield here
            if not path.is_symlink() and path.is_dir() and not choice.is_foreign(here):
                yield from _walk(path, here, choice)


def _entries(folder: Path, at: PurePosixPath, depth: int, choice: _Choice) -> Iterator[Entry]:
    # systems list a folder in orders of their own
    for path in sorted(folder.iterdir(), key=lambda path: (path.name.casefold(), path.name)):
        here = at / path.name
        if not choice.shows(here):
            continue
        if path.is_symlink() or not path.is_dir():
            yield Entry(path.name)
        elif choice.is_foreign(here):
            yield Entry(path.name, True)
        elif depth > 1:
            if entries := tuple(_entries(path, here, depth - 1, choice)):
                yield Entry(path.name, True, entries)
        elif any(_entries(path, here, 1, choice)):
            yield Entry(path.name, True)


def _is_leftover(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _LEFTOVERS)


def _matches(path: PurePosixPath, glob: str) -> bool:
    return any(fnmatchcase(name, glob.rstrip("/")) for name in (path.name, str(path)))
