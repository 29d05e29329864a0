"""Many calls, few at a time."""

import queue
import threading
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

__all__ = ["THREAD", "run_parallel"]

T = TypeVar("T")

THREAD = "ask-aws"
"""What the threads are called that ask."""

_POLL_SECONDS = 0.5


def run_parallel(
    calls: Sequence[Callable[[], T]], jobs: int
) -> Generator[tuple[int, T], None, None]:
    """Runs calls, at most so many at a time, and gives each answer with its call's place.

    Ctrl-C ends it at once: the threads are daemons because an executor's would be waited for, each
    with its retries. Whoever doesn't take all answers closes the generator: no other call begins.

    Args:
        calls: The calls.
        jobs: How many run at a time.

    Raises:
        Exception: What the first call raised that did; those under way are not waited for.
    """
    waiting = iter(enumerate(calls))
    lock = threading.Lock()
    stop = threading.Event()
    answered: queue.SimpleQueue[tuple[int, T | BaseException]] = queue.SimpleQueue()

    def work() -> None:
        while not stop.is_set():
            with lock:
                index, call = next(waiting, (None, None))
            if index is None or call is None:
                return
            answer = _answer(call)
            if isinstance(answer, BaseException):
                stop.set()
            answered.put((index, answer))

    for _ in range(min(max(jobs, 1), len(calls))):
        threading.Thread(target=work, name=THREAD, daemon=True).start()
    try:
        for _ in calls:
            index, answer = _next(answered)
            if isinstance(answer, BaseException):
                raise answer
            yield index, answer
    finally:
        stop.set()


def _answer(call: Callable[[], T]) -> T | BaseException:
    try:
        return call()
    except Exception as error:  # whatever it is, it is told where it was asked for
        return error


def _next(answered: "queue.SimpleQueue[T]") -> T:
    """What comes next; Ctrl-C is heard in between, on Windows too."""
    while True:
        try:
            return answered.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            continue
