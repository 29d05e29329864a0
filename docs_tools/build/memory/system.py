"""Hearing of what code asks the system for.

Python tells an audit hook of every file that is opened and every folder that is listed
(https://docs.python.org/3/library/audit_events.html). It doesn't tell of questions whether there is
a file, where the process is, nor of environment variables: for as long as somebody listens, what
answers these in `os` is wrapped.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple, Protocol

__all__ = ["Asker", "Listener", "asker", "hearing", "unwatched"]

_EVENTS = frozenset(
    {"open", "os.listdir", "os.scandir", "subprocess.Popen", "os.system", "os.exec",
     "os.posix_spawn", "os.spawn", "os.fork", "socket.connect", "socket.getaddrinfo",
     "socket.gethostbyname", "urllib.Request", "sqlite3.connect", "os.mkdir", "os.rmdir",
     "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.utime", "os.chmod"}
)  # fmt: skip


class Listener(Protocol):
    """What is told."""

    def saw(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit event."""

    def saw_stat(self, path: Any, *, whole: bool) -> None:
        """Somebody asked what the system says of a file: the whole, or what it may be used for."""

    def saw_folder(self) -> None:
        """Somebody asked for the working folder."""

    def saw_variable(self, name: object) -> None:
        """Somebody asked for an environment variable."""

    def saw_environment(self) -> None:
        """Somebody went through all environment variables."""


class Asker(NamedTuple):
    """Who asked.

    Attributes:
        package: The top-level package whose code it is.
        module: Its module.
        through: The functions of the standard library that it asked through, innermost first.
        imports: Whether it asked by importing.
        packages: The top-level packages of all code that has led there.
    """

    package: str
    module: str
    through: tuple[str, ...]
    imports: bool
    packages: frozenset[str]


class _State:
    """Of this process: an audit hook can't be taken away again."""

    listener: Listener | None = None
    installed = False


class _Here(threading.local):
    """Of this thread: whether it asks for the listener."""

    inside = False


_here = _Here()


@contextmanager
def hearing(listener: Listener) -> Iterator[Listener | None]:
    """Tells a listener what the body asks for; a second one takes over until it is done.

    Yields:
        The one that was told before, and will be again.
    """
    if not _State.installed:
        _State.installed = True
        sys.addaudithook(_hook)
    previous, _State.listener = _State.listener, listener
    try:
        if previous is None:
            with _wrapped():
                yield previous
        else:
            yield previous
    finally:
        _State.listener = previous


@contextmanager
def unwatched() -> Iterator[None]:
    """Lets the body ask without being heard: somebody else answers for what it asks for."""
    inside, _here.inside = _here.inside, True
    try:
        yield
    finally:
        _here.inside = inside


def asker(above: FrameType | None = None) -> Asker:
    """Who asks for something right now: the nearest code that isn't the standard library's.

    Args:
        above: The frame that listens: what has led to it doesn't ask.
    """
    frame: FrameType | None = sys._getframe(1)
    through: list[str] = []
    packages: set[str] = set()
    nearest, imports = "", False
    while frame is not None and frame is not above:
        module = str(frame.f_globals.get("__name__", ""))
        package = module.partition(".")[0]
        if package not in sys.stdlib_module_names and not module.startswith(__package__):
            nearest = nearest if packages else module
            packages.add(package)
        elif not packages:
            imports = imports or package in ("importlib", "_frozen_importlib")
            if package in sys.stdlib_module_names:
                through.append(frame.f_code.co_name)
        frame = frame.f_back
    found = nearest.partition(".")[0]
    return Asker(found, nearest, tuple(through), imports, frozenset(packages))


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _State.listener is not None and event in _EVENTS:
        _tell(lambda listener: listener.saw(event, arguments))


def _tell(what: Callable[[Listener], None]) -> None:
    """Tells the listener, unless it is its own question."""
    listener = _State.listener
    if listener is None or _here.inside:
        return
    _here.inside = True
    try:
        what(listener)
    finally:
        _here.inside = False


@contextmanager
def _wrapped() -> Iterator[None]:
    """Wraps what raises no audit event, for as long as the body runs."""
    names = {"stat": True, "lstat": True, "access": False}
    originals = {name: getattr(os, name) for name in names}
    folder, variables = os.getcwd, os.environ.__class__

    def getcwd() -> str:
        _tell(lambda listener: listener.saw_folder())
        return folder()

    try:
        for name, original in originals.items():
            setattr(os, name, _telling(original, whole=names[name]))
        os.getcwd = getcwd
        os.environ.__class__ = _Variables
        yield
    finally:
        os.environ.__class__ = variables
        os.getcwd = folder
        for name, original in originals.items():
            setattr(os, name, original)


def _telling(original: Callable[..., Any], *, whole: bool) -> Callable[..., Any]:
    def told(path: Any, *arguments: Any, **options: Any) -> Any:
        if not options.get("dir_fd"):
            _tell(lambda listener: listener.saw_stat(path, whole=whole))
        return original(path, *arguments, **options)

    return told


class _Variables(os._Environ):  # type: ignore[type-arg]
    """The environment variables, telling who asks."""

    def __getitem__(self, key: Any) -> Any:
        _tell(lambda listener: listener.saw_variable(key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        _tell(lambda listener: listener.saw_variable(key))
        return super().__contains__(key)

    def __iter__(self) -> Any:
        _tell(lambda listener: listener.saw_environment())
        return super().__iter__()
