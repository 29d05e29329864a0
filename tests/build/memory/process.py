"""Functions in processes of their own, forked from one that runs nothing else.

A test's own process may have threads, such as pytest's workers have; these processes have none.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [f"tests.build.memory.test_{name}" for name in ("spread", "store", "store_together")]
)
NOBODY = 65534


def result_of(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function of a module returns in a process of its own."""
    return results_of((function, *arguments))[0]


def results_of(*calls: tuple[Any, ...]) -> list[Any]:
    """What functions of a module return that run at the same time, each in its own process."""
    ends = []
    for function, *arguments in calls:
        ours, theirs = _FORKS.Pipe()
        process = _FORKS.Process(target=_send, args=(theirs, function, arguments))
        process.start()
        theirs.close()
        ends.append((process, ours))
    try:
        return [end.recv() for _, end in ends]  # EOFError: it failed, and standard error says why
    finally:
        for process, end in ends:
            end.close()
            _end(process)


@contextmanager
def running(function: Callable[..., Any], *arguments: Any) -> Iterator[ForkServerProcess]:
    """A function of a module that runs in a process of its own until the block ends."""
    process = _FORKS.Process(target=function, args=arguments)
    process.start()
    try:
        yield process
    finally:
        _end(process)


def as_anybody() -> None:
    """Gives up a superuser's rights, whom no mode of a file would stop."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _send(pipe: Connection, function: Callable[..., Any], arguments: list[Any]) -> None:
    pipe.send(function(*arguments))


def _end(process: ForkServerProcess) -> None:
    process.kill()
    process.join()
