"""Many calls, few at a time."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from docs_tools.aws.faults import Fault, explain
from docs_tools.aws.parallel import run_parallel
from docs_tools.layers.aws.answers import Progress

__all__ = ["Task", "gather"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


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

    A region that can't be asked at all isn't asked again. Ctrl-C ends it at once.

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
    closed: dict[str, Fault] = {}  # regions that can't be asked
    calls = [partial(_ask, task, closed) for task in tasks]
    with closing(run_parallel(calls, jobs)) as answered:  # however this ends, the threads do too
        for index, answer in answered:
            answers[index] = answer
            done += 1
            if progress:
                progress(done, len(tasks))
    return [answer for answer in answers if answer is not None]


def _ask(task: Task[T], closed: dict[str, Fault]) -> T | Fault:
    """The answer, or why there is none; regions that can't be asked become closed."""
    if task.region in closed:
        return closed[task.region]
    try:
        return task.call()
    except Exception as error:
        fault = explain(error)
    if fault.everywhere:
        closed[task.region] = fault
    return fault
