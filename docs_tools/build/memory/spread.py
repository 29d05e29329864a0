"""Work done ahead in forked processes, from the end backwards, while the parent goes forwards.

The parent takes its items in order and in its own time. Its children have a copy of all that it
knew at the fork, and take items from the last one down, until they meet it. What a child makes goes
where the parent looks for it, such as a `Store`: nothing is sent from one to the other.

All that they share is a file in memory: a byte for each item, and the parent's position after them.
Whoever is at an item holds a lock on its byte. Such a lock ends with its process, however that
ends, so a child that was killed costs the parent its item and no more, and nobody waits for it.
"""

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

try:
    import fcntl
except ImportError:  # not POSIX: `start` says no
    fcntl = None  # type: ignore[assignment]

__all__ = ["Ahead"]

_FEWEST = 8
"""Items a child must have in prospect: a fork costs about as much as a page."""

_PATIENCE, _GRACE = 60.0, 1.0
"""Seconds: for a child that is at an item the parent needs, and for one that is asked to end."""

_FREE, _BEGUN, _DONE = b"\0", b"\1", b"\2"
_POSITION = 8  # bytes
_PDEATHSIG = 1  # of `prctl`: the signal at the death of the parent


class Ahead:
    """Items that children work on ahead of their parent.

    Attributes:
        children: The processes that were started and not yet reaped.
    """

    def __init__(self, count: int, shared: int) -> None:
        """Use `start`.

        Args:
            count: How many items there are.
            shared: The file in memory.
        """
        self.children: list[int] = []
        self._count = count
        self._shared = shared
        os.pwrite(shared, _FREE * count, 0)
        self._move(-1)

    @classmethod
    def start(cls, count: int, work: Callable[[int], None], processes: int) -> "Ahead | None":
        """Starts the children.

        Args:
            count: How many items there are, numbered from 0.
            work: What a child does with an item. It may raise, and log: nobody sees either. It
                must leave alone what the parent has open, such as a connection.
            processes: How many may work at once, the parent being one of them.

        Returns:
            What to ask before each item, or `None` where the parent works alone: on another system
            than Linux, where a thread is running that a fork would cut off, or for a few items.
        """
        wanted = min(processes - 1, count // _FEWEST)
        if wanted < 1 or sys.platform != "linux" or not _single_threaded():
            return None
        try:
            ahead = cls(count, os.memfd_create("docs_tools"))
        except OSError:
            return None
        try:
            with suppress(OSError):  # no more processes: with fewer, then
                for _ in range(wanted):
                    ahead._fork(work)
        except BaseException:
            ahead.finish()
            raise
        if ahead.children:
            return ahead
        ahead.finish()
        return None

    def take(self, item: int) -> bool:
        """Whether a child has done an item; where one is at it, waits for it.

        No child begins this item, or one before it, from now on.

        Args:
            item: The number of the item that the parent has come to.

        Returns:
            Whether a child did it. If not, the parent is to do it.
        """
        if self._shared < 0 or not 0 <= item < self._count:
            return False
        self._move(item)
        self._wait_for(item)
        if self._state(item) == _DONE:
            return True
        self._set_state(item, _BEGUN)
        return False

    def finish(self) -> None:
        """Ends the children: asks them, and after a second kills them.

        To be called however the parent's own work ends; a second time does nothing.
        """
        if self._shared < 0:
            return
        self._move(self._count)
        self._reap(_GRACE)
        os.close(self._shared)
        self._shared = -1

    def _wait_for(self, item: int) -> None:
        """Waits until no child is at an item, and kills them all where that takes too long.

        What is stuck may be so for having been forked; then the parent fares better.
        """
        end = time.monotonic() + _PATIENCE
        while not self._lock(item):
            if time.monotonic() > end:
                self._reap(0)
            else:
                time.sleep(0.001)
        self._unlock(item)

    def _reap(self, seconds: float) -> None:
        """Waits for the end of all children, and kills those that live after some seconds."""
        end = time.monotonic() + seconds
        while self.children:
            self.children = [child for child in self.children if _lives(child)]
            if self.children and time.monotonic() > end:
                for child in self.children:  # not reaped, so the number is still its own
                    os.kill(child, signal.SIGKILL)
            if self.children:
                time.sleep(0.001)

    def _fork(self, work: Callable[[int], None]) -> None:
        # a signal between the fork and the child's first words would run the parent's handler
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            parent = os.getpid()
            child = os.fork()
            if child == 0:
                self._live(work, parent, blocked)
            self.children.append(child)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def _live(self, work: Callable[[int], None], parent: int, blocked: set[int]) -> NoReturn:
        """A child's life: nothing of the parent's is told, cleaned up or ended by it."""
        try:
            self.children = []
            _reset_signals()
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            _end_with_parent()
            _silence()
            gc.freeze()  # what is never collected stays in memory that is shared with the parent
            for item in reversed(range(self._count)):
                if os.getppid() == parent:
                    self._try(item, work)
        finally:
            os._exit(0)  # not an exception's way: that leads into what the parent was doing

    def _try(self, item: int, work: Callable[[int], None]) -> None:
        """Works on an item that nobody has begun and the parent has yet to come to."""
        if not self._lock(item):
            return
        try:
            if self._state(item) == _FREE and item > self._position():
                self._set_state(item, _BEGUN)
                with suppress(Exception):  # the parent will meet it too, and tell
                    work(item)
                    self._set_state(item, _DONE)
        finally:
            self._unlock(item)

    def _lock(self, item: int) -> bool:
        try:
            fcntl.lockf(self._shared, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, item)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _unlock(self, item: int) -> None:
        fcntl.lockf(self._shared, fcntl.LOCK_UN, 1, item)

    def _state(self, item: int) -> bytes:
        return os.pread(self._shared, 1, item)

    def _set_state(self, item: int, state: bytes) -> None:
        os.pwrite(self._shared, state, item)

    def _position(self) -> int:
        position = os.pread(self._shared, _POSITION, self._count)
        return int.from_bytes(position, "little", signed=True)

    def _move(self, item: int) -> None:
        position = item.to_bytes(_POSITION, "little", signed=True)
        os.pwrite(self._shared, position, self._count)


def _single_threaded() -> bool:
    """Whether a fork copies all that runs; libraries have threads that Python doesn't know."""
    try:
        return len([*Path("/proc/self/task").iterdir()]) == 1
    except OSError:
        return False


def _lives(child: int) -> bool:
    """Whether a child has not ended; it is reaped if it has."""
    try:
        return os.waitpid(child, os.WNOHANG) == (0, 0)
    except ChildProcessError:  # someone else has reaped it
        return False


def _reset_signals() -> None:
    """Lets signals end the child; one that the parent ignores is still ignored."""
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


def _end_with_parent() -> None:
    """Has the kernel kill the child when its parent dies, however that happens."""
    with suppress(OSError, AttributeError):  # another C library: it ends at its next item
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)


def _silence() -> None:
    """What a child has to say, the parent will say where it uses the result."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    loggers = [logging.getLogger(), *logging.getLogger().manager.loggerDict.values()]
    for logger in loggers:
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers = [logging.NullHandler()]
