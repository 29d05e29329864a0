"""Watching what code asks the system for: files, folders, environment variables, programs.

What a foreign extension depends on can't be known, but it can be seen. Python tells an audit hook
of every file that is opened and every folder that is listed
(https://docs.python.org/3/library/audit_events.html); it doesn't tell of questions whether there is
a file, nor of environment variables, so `os.stat` and `os.environ` are watched as well.
"""

import os
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import source_from_cache
from pathlib import Path
from types import FrameType
from typing import Any

from docs_tools.build.memory.contents import Contents

__all__ = ["Seen", "Watcher", "installed_folders", "is_below", "kept_files", "value_of"]

_FILE, _LISTING, _KIND, _VARIABLE = "file", "listing", "kind", "variable"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"}
_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}
_LISTINGS = {"os.listdir", "os.scandir"}
_SYSTEM = ("/dev/", "/proc/", "/sys/")


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
        ignored: Folders that say nothing of a page: what is remembered, the site itself.
        exact: Top-level packages that open a file each time that they need it. Others may keep
            what they read for the pages that follow, so those depend on it too.
        answered: Top-level packages whose reading somebody else answers for.
        variables: Environment variables that say nothing of a page.
    """

    contents: Contents
    ignored: tuple[str, ...] = ()
    exact: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    _seen: Seen | None = None

    @contextmanager
    def watching(self) -> Iterator[Seen]:
        """Watches what the body asks for; what it has seen is complete at its end."""
        seen = Seen(dict(_kept(self.contents.root)))
        self._seen = seen
        _install()
        previous, _State.watcher = _State.watcher, self
        try:
            with _asked_for(self):
                yield seen
        finally:
            _State.watcher = previous
            self._seen = None
        self._recheck(seen)

    def saw(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit event while this watches."""
        if event == "open":
            self._saw_open(*arguments[:3])
        elif event in _LISTINGS:
            self._saw_path(_LISTING, arguments[0] if arguments[0] is not None else ".")
        elif event in _PROGRAMS:
            self._doubts("runs a program while it is converted")
        elif event in _NETWORK:
            self._doubts("asks the network while it is converted")

    def saw_stat(self, path: Any) -> None:
        """Somebody asked whether there is a file, or of what kind."""
        self._saw_path(_KIND, path)

    def saw_time(self, path: Any) -> None:
        """Somebody asked when a file was changed."""
        if self._name(path) is not None:
            self._doubts("shows when a file was changed")

    def saw_variable(self, name: object) -> None:
        """Somebody asked for an environment variable."""
        if self._seen and isinstance(name, str) and name not in self.variables:
            if _opener()[0] in self.answered:
                return
            dependency = f"{_VARIABLE}:{name}"
            self._seen.depends[dependency] = value_of(dependency, self.contents)

    def saw_environment(self) -> None:
        """Somebody went through all environment variables."""
        if _opener()[0] not in self.answered:
            self._doubts("asks for all environment variables")

    def _saw_open(self, path: Any, mode: Any, flags: Any) -> None:
        writes = (isinstance(flags, int) and flags & _WRITES) or (
            isinstance(mode, str) and any(letter in mode for letter in "wax+")
        )
        if writes:
            if self._name(path) is not None and _opener()[0] not in self.answered:
                self._doubts(f"writes {os.fsdecode(path)} while it is converted")
        else:
            self._saw_path(_FILE, path)

    def _saw_path(self, what: str, path: Any) -> None:
        name = self._name(path)
        if name is None or self._seen is None:
            return
        opener, imports = _opener()
        if opener in self.answered:
            return
        dependency = f"{what}:{name}"
        value = value_of(dependency, self.contents)
        self._seen.depends[dependency] = value
        if imports or opener not in self.exact:
            _kept(self.contents.root).setdefault(dependency, value)

    def _name(self, path: Any) -> str | None:
        """How dependencies call a path; `None` for what a page doesn't depend on."""
        if isinstance(path, int):
            return None
        with suppress(TypeError, ValueError):
            place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - many
            if place.endswith(".pyc"):
                with suppress(ValueError, NotImplementedError):
                    place = source_from_cache(place)
            if place.startswith(_SYSTEM) or is_below(place, (*installed_folders(), *self.ignored)):
                return None
            return _from(self.contents.root, place)
        return None

    def _doubts(self, why: str) -> None:
        if self._seen and self._seen.doubt is None:
            self._seen.doubt = why

    def _recheck(self, seen: Seen) -> None:
        """Doubts what was edited while it was read: half of one text, half of the other."""
        fresh = Contents(self.contents.root)
        for name, value in seen.depends.items():
            if name.startswith((f"{_FILE}:", f"{_LISTING}:")) and value_of(name, fresh) != value:
                path = name.partition(":")[2]
                seen.doubt = seen.doubt or f"{path} changed while the page was converted"


def value_of(name: str, contents: Contents) -> str | None:
    """The value that a dependency has now.

    Args:
        name: Its name, as `Seen` gives it.
        contents: What files hold.
    """
    what, _, path = name.partition(":")
    if what == _FILE:
        return contents.of_file(path)
    if what == _LISTING:
        return contents.of_listing(path)
    if what == _KIND:
        return contents.kind(path)
    return os.environ.get(path) if what == _VARIABLE else None


class _State:
    """Of this process: an audit hook can't be taken away again."""

    watcher: Watcher | None = None
    installed = False
    inside = False
    kept: dict[str, dict[str, str | None]] = {}  # noqa: RUF012 - one for the process


def _kept(root: Path) -> dict[str, str | None]:
    """What was read by code that may have kept it, with the values of that time."""
    return _State.kept.setdefault(str(root), {})


def kept_files(root: Path) -> frozenset[str]:
    """The files, absolute, that code of this process read while pages were made, and may keep."""
    names = (name.partition(":") for name in _kept(root))
    return frozenset(os.path.normpath(root / path) for what, _, path in names if what == _FILE)


def _install() -> None:
    if not _State.installed:
        _State.installed = True
        sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _State.watcher is not None:
        _tell(lambda watcher: watcher.saw(event, arguments))


def _tell(what: Callable[[Watcher], None]) -> None:
    """Tells the watcher, unless it is its own question."""
    if _State.watcher is None or _State.inside:
        return
    _State.inside = True
    try:
        what(_State.watcher)
    finally:
        _State.inside = False


@contextmanager
def _asked_for(watcher: Watcher) -> Iterator[None]:
    """Watches what raises no audit event, for as long as the body runs."""
    functions = {
        (os, "stat"): watcher.saw_stat,
        (os, "lstat"): watcher.saw_stat,
        (os, "access"): watcher.saw_stat,
        (os.path, "getmtime"): watcher.saw_time,
        (os.path, "getctime"): watcher.saw_time,
    }
    originals = {place: getattr(*place) for place in functions}
    variables = os.environ.__class__
    try:
        for place, tell in functions.items():
            setattr(*place, _telling(originals[place], tell))
        os.environ.__class__ = _Variables
        yield
    finally:
        os.environ.__class__ = variables
        for place, original in originals.items():
            setattr(*place, original)


def _telling(original: Callable[..., Any], tell: Callable[[Any], None]) -> Callable[..., Any]:
    def told(path: Any, *arguments: Any, **options: Any) -> Any:
        if not options.get("dir_fd"):
            _tell(lambda _: tell(path))
        return original(path, *arguments, **options)

    return told


class _Variables(os._Environ):  # type: ignore[type-arg]  # noqa: SLF001 - the type of os.environ
    """The environment variables, telling who asks."""

    def __getitem__(self, key: Any) -> Any:
        _tell(lambda watcher: watcher.saw_variable(key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        _tell(lambda watcher: watcher.saw_variable(key))
        return super().__contains__(key)

    def __iter__(self) -> Any:
        _tell(lambda watcher: watcher.saw_environment())
        return super().__iter__()


def _opener() -> tuple[str, bool]:
    """The top-level package of the code that asked, and whether it asked by importing."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - documented in `sys`
    imports = False
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        name = module.partition(".")[0]
        imports = imports or module in ("importlib._bootstrap", "_frozen_importlib")
        if name not in sys.stdlib_module_names and frame.f_globals is not globals():
            return name, imports
        frame = frame.f_back
    return "", imports


@cache
def installed_folders() -> tuple[str, ...]:
    """The folders of what is installed: the versions of the packages tell what is in them."""
    paths = sysconfig.get_paths()
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    found = {os.path.abspath(paths[name]) for name in names}  # noqa: PTH100
    found |= {os.path.abspath(path) for path in sys.path if path.endswith("-packages")}  # noqa: PTH100
    return tuple(sorted(found | {os.path.realpath(path) for path in found}))


def is_below(path: str, folders: tuple[str, ...]) -> bool:
    """Whether a path is one of the folders or in one."""
    return any(path.startswith(folder + os.sep) or path == folder for folder in folders)


def _from(root: Path, path: str) -> str:
    """From the project's folder where that is near, so that other work trees know the path."""
    relative = os.path.relpath(path, root)
    far = os.pardir + os.sep + os.pardir + os.sep + os.pardir
    return path if relative.startswith(far) else relative
