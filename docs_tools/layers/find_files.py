"""The files that globs stand for; a symbolic link is never followed."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

from docs_tools.errors import DocsToolsError

__all__ = ["FoundFiles", "Globs", "find_files"]

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
        return "" in self.patterns or self._spec.match_file(path)


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
        named = [part for part in rest.split("/") if part.startswith(".") or part in _LEFT_OUT]
        for name, is_link in _walk(str(base), "", named):
            if globs.match(name):
                yield start + name, is_link


def _walk(folder: str, start: str, named: list[str]) -> Iterator[tuple[str, bool]]:
    """Files and links below a folder by name; sockets and the like are none."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = entry.name
        hidden = name.startswith(".") or name in _LEFT_OUT
        if hidden and not any(fnmatchcase(name, part) for part in named):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{start}{name}/", named)
        elif entry.is_symlink() or entry.is_file():
            yield f"{start}{name}", entry.is_symlink()


def _has_link(path: Path, folder: Path) -> bool:
    """Whether a link stands between a folder and a path below it."""
    below = path.relative_to(folder).parts if path.is_relative_to(folder) else (path.name,)
    parents = [path, *path.parents][: len(below)]
    return any(parent.is_symlink() for parent in parents)


def _name(path: Path, folder: Path) -> str:
    relative = os.path.relpath(path, folder)
    return str(path) if relative.startswith("..") else PurePosixPath(Path(relative)).as_posix()


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
