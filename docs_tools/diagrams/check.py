"""What Mermaid accepts although it is wrong."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docs_tools.diagrams.reading import Reading, Task

__all__ = ["Fault", "find_faults"]

# https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/gantt/ganttDb.js
_REFERENCE = re.compile(r"(?P<word>after|until)\s+(?P<ids>.*)", re.DOTALL)
_ID = re.compile(r"[\w-]+", re.ASCII)
_LENGTH_HINT = "write such as 8s, 2.2m or 1h, or make it a milestone"
_TIME_HINT = "its tasks wait for each other, or stand in a long chain above what they wait for"


class Fault(NamedTuple):
    """What is wrong with a diagram.

    Attributes:
        message: What is wrong.
        hint: The mend, if there is one to name.
    """

    message: str
    hint: str | None = None


def find_faults(reading: Reading) -> Iterator[Fault]:
    """The faults of a gantt chart that Mermaid draws without a word.

    An unknown id behind `after` stands for today at midnight, a duration that can't be read has no
    length, and of two tasks with one id the last wins.
    """
    seen: set[str] = set()
    known = {task.id for task in reading.tasks}
    for task in reading.tasks:
        if task.id in seen:
            yield Fault(f'"{task.name}": the id "{task.id}" is taken by another task')
        seen.add(task.id)
        unknown = list(_unknown(task, known))
        yield from unknown
        if not unknown:
            yield from _times(task)


def _unknown(task: Task, known: set[str]) -> Iterator[Fault]:
    for text in (task.starts, task.ends):
        match = _REFERENCE.match(text.strip())
        if match is None:
            continue
        where = f'behind "{match["word"]}"'
        for id in match["ids"].split():
            if not _ID.fullmatch(id):
                hint = "an id that others wait for has letters, digits, - and _ only"
                yield Fault(f'"{task.name}": Mermaid can\'t read the id "{id}" {where}', hint)
            elif id not in known:
                yield Fault(f'"{task.name}": no task has the id "{id}" that stands {where}')


def _times(task: Task) -> Iterator[Fault]:
    if task.start is None or task.end is None:
        yield Fault(f'"{task.name}": Mermaid finds no time for it', _TIME_HINT)
    elif task.start > task.end:
        yield Fault(f'"{task.name}": it ends before it starts ("{task.ends}")')
    elif task.start == task.end and not task.point:
        yield Fault(f'"{task.name}": a task of no length ("{task.ends}")', _LENGTH_HINT)
