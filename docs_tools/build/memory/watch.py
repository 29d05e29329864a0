"""Watching what code asks the system for: files, folders, environment variables, programs.

What a foreign extension depends on can't be known, but it can be seen.
"""

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import source_from_cache
from pathlib import Path
from types import FrameType
from typing import Any

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.system import Asker, asker, hearing, unwatched

__all__ = [
    "Seen",
    "Watcher",
    "installed_folders",
    "is_below",
    "kept_files",
    "unwatched",
    "value_of",
]

_FILE, _LISTING, _KIND, _VARIABLE, _FOLDER = "file", "listing", "kind", "variable", "folder"
_SNIPPET, _MODULES = "snippet", "modules"
_FILES = frozenset({_FILE, _SNIPPET})
_SNIPPETS = "pymdownx.snippets"  # whose files are called so where it is told why a page was made
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK = ("socket.", "urllib.")
# with those of their arguments that name what they change
_CHANGES = {
    "os.mkdir": slice(1), "os.rmdir": slice(1), "os.remove": slice(1), "os.rename": slice(2),
    "os.link": slice(1, 2), "os.symlink": slice(1, 2), "os.truncate": slice(1),
    "os.utime": slice(1), "os.chmod": slice(1),
}  # fmt: skip
_COMPILED = "__pycache__"
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_SYSTEM = ("/dev/", "/proc/", "/sys/")
# functions that ask the system for all that it knows of a file, and say less
_QUESTIONS = frozenset(
    {"exists", "lexists", "isfile", "isdir", "islink", "ismount", "samefile", "realpath",
     "_joinrealpath", "is_file", "is_dir", "is_symlink", "is_mount", "resolve", "walk", "iglob",
     "_iglob", "glob", "rglob"}
)  # fmt: skip

_KEPT: dict[str, dict[str, str | None]] = {}


@dataclass
class Seen:
    """What was asked for.

    Attributes:
        depends: The values that answers had, by names such as `file:examples/a.py`.
        doubt: Why what was made can't be remembered, if so.
    """

    depends: dict[str, str | None] = field(default_factory=dict)
    doubt: str | None = None


@dataclass
class Watcher:
    """Watches pieces of a build.

    Attributes:
        contents: What files hold in this build.
        ignored: Folders that say nothing of a page, such as that of what is remembered.
        made: The folder of the site: what is written there counts, as what a page reads does not.
        exact: Top-level packages that open a file each time that they need it. Others may keep
            what they read for the pages that follow, so those depend on it too.
        answered: Top-level packages whose reading somebody else answers for.
        variables: Environment variables that say nothing of a page.
    """

    contents: Contents
    ignored: tuple[str, ...] = ()
    made: str = ""
    exact: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    _seen: Seen | None = None
    _kept_before: dict[str, str | None] = field(default_factory=dict)
    _above: FrameType | None = None

    @contextmanager
    def watching(self) -> Iterator[Seen]:
        """Watches what the body asks for; what it has seen is complete at its end."""
        before = self._seen, self._kept_before, self._above
        kept = dict(_kept(self.contents.root))
        seen = Seen(dict(kept))
        variables = dict(os.environ.__dict__["_data"])  # without asking for them
        try:
            with hearing(self) as outer:
                if isinstance(outer, Watcher):
                    outer._doubts("makes another page")
                # what the caller was called by doesn't ask
                self._seen, self._kept_before, self._above = seen, kept, sys._getframe(2)
                yield seen
        finally:
            self._seen, self._kept_before, self._above = before
        if variables != os.environ.__dict__["_data"]:
            seen.doubt = seen.doubt or "changes an environment variable"
        with unwatched():
            self._recheck(seen, kept)

    def saw(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit event while this watches."""
        if event == "open":
            self._saw_open(*arguments[:3])
        elif event in _LISTINGS:
            path = arguments[0] if arguments[0] is not None else "."
            who = self._asker()
            if event == "os.scandir" and not who.through and who.package not in self.answered:
                self._doubts_of(path, "asks for more than the names in {}")
            self._saw_path(_MODULES if who.imports else _LISTING, path)
        elif event in _CHANGES:
            self._saw_change(arguments[_CHANGES[event]])
        elif event == "sqlite3.connect":
            self._doubts("opens a database")
        elif event.startswith(_NETWORK):
            self._doubts("asks the network while it is made")
        else:
            self._doubts("runs a program while it is made")

    def saw_stat(self, path: Any, *, whole: bool) -> None:
        """Somebody asked whether there is a file, of what kind, how large or from when."""
        self._saw_path(_KIND, path)
        who = self._asker()
        if not whole or who.imports or not _QUESTIONS.isdisjoint(who.through):
            return
        if who.package not in self.answered:
            self._doubts_of(path, "asks for the size or the time of {}")

    def saw_folder(self) -> None:
        """Somebody asked for the working folder, and not only to find a file."""
        through = self._asker().through
        if not through or "cwd" in through:
            self._depends(f"{_FOLDER}:")

    def saw_variable(self, name: object) -> None:
        """Somebody asked for an environment variable."""
        if isinstance(name, str) and name not in self.variables:
            self._depends(f"{_VARIABLE}:{name}")

    def saw_environment(self) -> None:
        """Somebody went through all environment variables."""
        if self._asker().package not in self.answered:
            self._doubts("asks for all environment variables")

    def _saw_open(self, path: Any, mode: Any, flags: Any) -> None:
        writes = (isinstance(flags, int) and flags & _WRITES) or (
            isinstance(mode, str) and any(letter in mode for letter in "wax+")
        )
        if not writes:
            self._saw_path(_SNIPPET if self._asker().module == _SNIPPETS else _FILE, path)
        elif self._asker().package not in self.answered:
            self._doubts_of(path, "writes {} while it is made")

    def _saw_change(self, paths: tuple[Any, ...]) -> None:
        if self._asker().package not in self.answered:
            for path in paths:
                self._doubts_of(path, "changes {} while it is made")

    def _saw_path(self, what: str, path: Any) -> None:
        name = self._name(path)
        if name is None:
            return
        if self.made and is_below(os.path.join(self.contents.root, name), (self.made,)):  # noqa: PTH118
            return
        self._depends(f"{what}:{name}")

    def _depends(self, dependency: str) -> None:
        """Notes what is asked for, with the value that it has now."""
        seen, who = self._seen, self._asker()
        if seen is None or who.package in self.answered:
            return
        value = value_of(dependency, self.contents)
        known = seen.depends.get(dependency, value)
        if known != value and known != self._kept_before.get(dependency):
            what, _, name = dependency.partition(":")
            if what == _VARIABLE:  # the page sets it itself, for a while
                return
            self._doubts(f"{name} changed while the page was made")
        seen.depends[dependency] = value
        if who.imports or not who.packages <= self.exact:
            _kept(self.contents.root).setdefault(dependency, value)

    def _asker(self) -> Asker:
        return asker(self._above)

    def _name(self, path: Any) -> str | None:
        """How dependencies call a path; `None` for what a page doesn't depend on."""
        if isinstance(path, int):
            return None
        with suppress(TypeError, ValueError):
            place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - many
            if place.endswith(".pyc"):
                with suppress(ValueError, NotImplementedError):
                    place = source_from_cache(place)
            if "\0" in place or place.startswith(_SYSTEM):
                return None
            if is_below(place, (*installed_folders(), *self.ignored)):
                return None
            return _from(self.contents.root, place)
        return None

    def _doubts(self, why: str) -> None:
        if self._seen and self._seen.doubt is None:
            self._seen.doubt = why

    def _doubts_of(self, path: Any, why: str) -> None:
        """Doubts because of a path that isn't where Python keeps what it compiles."""
        if self._name(path) is not None:
            place = os.fsdecode(path)
            if _COMPILED not in (os.path.basename(place), os.path.basename(os.path.dirname(place))):  # noqa: PTH119, PTH120
                self._doubts(why.format(place))

    def _recheck(self, seen: Seen, kept: dict[str, str | None]) -> None:
        """Doubts what was edited while it was read: half of one text, half of the other."""
        # a copy: another thread, such as one that serves the site, may still be telling
        for name, value in list(seen.depends.items()):
            what, _, path = name.partition(":")
            if what in (*_FILES, _LISTING, _MODULES) and value_of(name, self.contents) != value:
                old = name in kept and kept[name] == value
                when = "since it was read" if old else "while the page was made"
                seen.doubt = seen.doubt or f"{path} changed {when}"


def value_of(name: str, contents: Contents) -> str | None:
    """The value that a dependency has now.

    Args:
        name: Its name, as `Seen` gives it.
        contents: What files hold.
    """
    what, _, path = name.partition(":")
    if what in _FILES:
        return contents.of_file(path)
    if what == _LISTING:
        return contents.of_listing(path)
    if what == _MODULES:
        return contents.of_modules(path)
    if what == _KIND:
        return contents.kind(path)
    if what == _FOLDER:
        return os.getcwd()  # noqa: PTH109 - as it was asked for
    return os.environ.get(path) if what == _VARIABLE else None


def _kept(root: Path) -> dict[str, str | None]:
    """What was read by code of this process that may have kept it, with the values of that time."""
    return _KEPT.setdefault(str(root), {})


def kept_files(root: Path) -> frozenset[str]:
    """The files, absolute, that code of this process read while pages were made, and may keep."""
    names = (name.partition(":") for name in list(_kept(root)))  # other threads add to it
    return frozenset(os.path.normpath(root / path) for what, _, path in names if what in _FILES)


@cache
def installed_folders() -> tuple[str, ...]:
    """The folders of what is installed: the versions of the packages tell what is in them."""
    paths = sysconfig.get_paths()
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    found = {os.path.abspath(paths[name]) for name in names}  # noqa: PTH100
    found |= {os.path.abspath(path) for path in sys.path if path.endswith(("-packages", ".zip"))}  # noqa: PTH100
    return tuple(sorted(found | {os.path.realpath(path) for path in found}))


def is_below(path: str, folders: tuple[str, ...]) -> bool:
    """Whether a path is one of the folders or in one."""
    return any(path.startswith(folder + os.sep) or path == folder for folder in folders)


def _from(root: Path, path: str) -> str:
    """From the project's folder where that is near, so that other work trees know the path."""
    relative = os.path.relpath(path, root)
    far = os.pardir + os.sep + os.pardir + os.sep + os.pardir
    return path if relative.startswith(far) else relative
