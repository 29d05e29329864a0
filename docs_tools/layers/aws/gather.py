"""Many calls, few at a time."""

import queue
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, TypeVar

from docs_tools.layers.aws.answers import Progress
from docs_tools.layers.aws.faults import Fault, explain

__all__ = ["THREAD", "Task", "gather"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

THREAD = "ask-aws"
"""What the threads are called that ask."""

_POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Task(Generic[T_co]):
    """One call.

    Attributes:
        region: The region that it asks.
        call: Asks, and gives the answer.
    """

    region: str
    call: Callable[[], T_co]


def gather(tasks: Sequence[Task[T]], jobs: int, progress: Progress | None) -> list[T | Fault]:
    """Runs calls, at most so many at a time.

    A region that can't be asked at all isn't asked again. Ctrl-C ends it at once: the threads are
    daemons because an executor's would be waited for, each with its retries.

    Args:
        tasks: The calls.
        jobs: How many run at a time.
        progress: Is told at the start and after each call, in this thread.

    Returns:
        For each task its answer, or why there is none.

    Raises:
        DocsToolsError: No call can do better, such as with credentials that have expired.
    """
    answers: list[T | Fault | None] = [None] * len(tasks)
    done = 0
    if progress:
        progress(done, len(tasks))
    with closing(_run(tasks, jobs)) as answered:  # however this ends, the threads do too
        for index, answer in answered:
            answers[index] = answer
            done += 1
            if progress:
                progress(done, len(tasks))
    return [answer for answer in answers if answer is not None]


def _run(tasks: Sequence[Task[T]], jobs: int) -> Generator[tuple[int, T | Fault], None, None]:
    """The answers as they come, each with its task's place."""
    waiting = iter(enumerate(tasks))
    lock = threading.Lock()
    stop = threading.Event()
    answered: queue.SimpleQueue[tuple[int, T | Fault | BaseException]] = queue.SimpleQueue()
    closed: dict[str, Fault] = {}  # regions that can't be asked

    def work() -> None:
        while not stop.is_set():
            with lock:
                index, task = next(waiting, (None, None))
            if index is None or task is None:
                return
            known = closed.get(task.region)
            answer = known if known else _answer(task, closed)
            if isinstance(answer, BaseException):
                stop.set()
            answered.put((index, answer))

    for _ in range(min(max(jobs, 1), len(tasks))):
        threading.Thread(target=work, name=THREAD, daemon=True).start()
    try:
        for _ in tasks:
            index, answer = _next(answered)
            if isinstance(answer, BaseException):
                raise answer
            yield index, answer
    finally:
        stop.set()


def _answer(task: Task[T], closed: dict[str, Fault]) -> T | Fault | BaseException:
    try:
        return task.call()
    except Exception as error:  # whatever it is, it is told where it was asked for
        try:
            fault = explain(error)
        except Exception as final:
            return final
    if fault.everywhere:
        closed[task.region] = fault
    return fault


def _next(answered: "queue.SimpleQueue[T]") -> T:
    """What comes next; Ctrl-C is heard in between, on Windows too."""
    while True:
        try:
            return answered.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            continue
