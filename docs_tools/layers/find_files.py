"""The files that globs stand for; a symbolic link is never followed."""

import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

from docs_tools.errors import DocsToolsError

__all__ = ["FoundFiles", "Globs", "find_files", "find_paths"]

_LEFT_OUT = {"node_modules", "__pycache__"}
_WILD = frozenset("*?[")


class Globs:
    """Patterns such as `docs/**/*.md`; one that names a folder stands for all that is below it.

    Args:
        patterns: The patterns, from one folder.

    Raises:
        DocsToolsError: A pattern isn't valid.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(_plain(pattern) for pattern in patterns)
        lines = [f"/{pattern}" for pattern in self.patterns if pattern]
        try:
            self._spec = GitIgnoreSpec.from_lines(lines)
        except (re.error, ValueError) as error:  # such as [z-a]
            raise DocsToolsError(f"a glob isn't valid: {error}") from error

    def match(self, path: str) -> bool:
        """Whether a path is meant, given from the folder of the patterns with `/` between names."""
        # a file or folder may be called so, whatever else the pattern stands for: [a].txt
        called = any(p in ("", path) or path.startswith(f"{p}/") for p in self.patterns)
        return called or self._spec.match_file(path)


@dataclass(frozen=True)
class FoundFiles:
    """What globs stand for.

    Attributes:
        files: The files by name, from the folder of the globs.
        links: The symbolic links among them, which aren't followed.
        named: Those of them that a glob names, or that it leads through.
        unmatched: The globs that stand for nothing.
    """

    files: dict[str, Path]
    links: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    def without(self, folder: Path, patterns: Iterable[str]) -> list[tuple[str, Path]]:
        """The files that other patterns don't stand for, wherever they are.

        Args:
            folder: Where those patterns start from.
            patterns: The patterns.

        Raises:
            DocsToolsError: A pattern isn't valid.
        """
        globs = Globs(patterns)
        named = ((_relative(name, folder), name) for name in self.files)
        return [(name, self.files[name]) for path, name in named if not globs.match(path)]


def find_files(folder: Path, patterns: Iterable[str]) -> FoundFiles:
    """Finds the files below a folder that patterns stand for.

    What is hidden, `node_modules` and `__pycache__` are left out unless a pattern names them.

    Args:
        folder: Where the patterns start from; they may lead out of it by `..`, or be absolute.
        patterns: The patterns.

    Raises:
        DocsToolsError: A pattern isn't valid.
    """
    files: dict[str, Path] = {}
    links: dict[str, bool] = {}
    unmatched: list[str] = []
    for pattern in patterns:
        count = 0
        base, rest = _begin(folder, pattern)
        if _has_link(base, folder):
            links[_name(base, folder)] = True
            continue
        for name, is_link in _candidates(base, rest, _name(base, folder)):
            count += 1
            if is_link:
                links.setdefault(name, False)
            else:
                files[name] = folder / name
        if not count:
            unmatched.append(pattern)
    named = (name for name, is_named in links.items() if is_named)
    return FoundFiles(dict(sorted(files.items())), tuple(links), tuple(named), tuple(unmatched))


def find_paths(
    paths: Collection[str], patterns: Iterable[str], start: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Finds what patterns stand for among the files of a commit, as `find_files` in a folder.

    Args:
        paths: The regular files, from the top of the repository.
        patterns: The patterns.
        start: The folder where they start from, also from the top.

    Returns:
        The files, and the patterns that stand for none.

    Raises:
        DocsToolsError: A pattern isn't valid.
    """
    found: set[str] = set()
    unmatched: list[str] = []
    for pattern in patterns:
        plain = _plain(pattern)
        fixed, rest = (plain, "") if _is_there(paths, start, plain) else _split(plain)
        base = posixpath.normpath(posixpath.join(start, fixed))
        matching = {base} if base in paths and not rest else set(_below(paths, base, rest))
        found |= matching
        if not matching:
            unmatched.append(pattern)
    return tuple(sorted(found)), tuple(unmatched)


def _is_there(paths: Collection[str], start: str, name: str) -> bool:
    """Whether a name is that of a file or folder: each folder on the way to it is one."""
    parts = name.split("/")
    way = [posixpath.normpath(posixpath.join(start, *parts[: n + 1])) for n in range(len(parts))]
    folders = way if way[-1] not in paths else way[:-1]
    return all(f == "." or any(path.startswith(f"{f}/") for path in paths) for f in folders)


def _below(paths: Iterable[str], base: str, rest: str) -> Iterator[str]:
    """The files below a folder that the rest of a pattern stands for."""
    globs, named = Globs([rest]), _named(rest)
    prefix = "" if base == "." else f"{base}/"
    for path in (path for path in paths if path.startswith(prefix)):
        below = path.removeprefix(prefix)
        left_out = any(_is_left_out(part, named) for part in below.split("/"))
        if not left_out and globs.match(below):
            yield path


def _begin(folder: Path, pattern: str) -> tuple[Path, str]:
    """Where the files of a pattern are looked for, and the pattern from there."""
    pattern = _plain(pattern)
    # a file may be called so
    fixed, rest = (pattern, "") if os.path.lexists(folder / pattern) else _split(pattern)
    return Path(os.path.normpath(folder / fixed)), rest


def _candidates(base: Path, rest: str, prefix: str) -> Iterator[tuple[str, bool]]:
    """The files of a pattern, and whether each is a link."""
    if base.is_file() and not rest:
        yield prefix, False
    elif base.is_dir():
        globs = Globs([rest])
        start = "" if prefix == "." else f"{prefix.rstrip('/')}/"
        for name, is_link in _walk(str(base), "", _named(rest)):
            if globs.match(name):
                yield start + name, is_link


def _walk(folder: str, start: str, named: list[str]) -> Iterator[tuple[str, bool]]:
    """Files and links below a folder by name; sockets and the like are none."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = entry.name
        if _is_left_out(name, named):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{start}{name}/", named)
        elif entry.is_symlink() or entry.is_file():
            yield f"{start}{name}", entry.is_symlink()


def _named(rest: str) -> list[str]:
    """The names in a pattern that mean what is left out otherwise."""
    return [part for part in rest.split("/") if part.startswith(".") or part in _LEFT_OUT]


def _is_left_out(name: str, named: Iterable[str]) -> bool:
    hidden = name.startswith(".") or name in _LEFT_OUT
    return hidden and not any(fnmatchcase(name, part) for part in named)


def _has_link(path: Path, folder: Path) -> bool:
    """Whether a link stands between a folder and a path below it."""
    below = path.relative_to(folder).parts if path.is_relative_to(folder) else (path.name,)
    parents = [path, *path.parents][: len(below)]
    return any(parent.is_symlink() for parent in parents)


def _name(path: Path, folder: Path) -> str:
    relative = os.path.relpath(path, folder)
    return str(path) if relative.startswith("..") else PurePosixPath(Path(relative)).as_posix()


def _relative(name: str, folder: Path) -> str:
    """A file's name from the folder of the patterns, also where it is outside."""
    if not Path(name).is_absolute():
        return name
    return PurePosixPath(os.path.relpath(name, folder)).as_posix()


def _plain(pattern: str) -> str:
    pattern = pattern.replace(os.sep, "/")
    while pattern.startswith("./"):
        pattern = pattern[2:]
    return "" if pattern == "." else pattern.rstrip("/")


def _split(pattern: str) -> tuple[str, str]:
    """A pattern's fixed beginning, and the rest from the first name with a wildcard."""
    parts = pattern.split("/")
    at = next((i for i, part in enumerate(parts) if _WILD & set(part)), len(parts))
    return "/".join(parts[:at]) or ("/" if pattern.startswith("/") else "."), "/".join(parts[at:])
