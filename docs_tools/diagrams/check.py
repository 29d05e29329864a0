"""What Mermaid accepts although it is wrong."""

import re
from collections.abc import Iterator

from docs_tools.diagrams.reading import Reading, Task

__all__ = ["find_faults"]

# https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/gantt/ganttDb.js
_REFERENCE = re.compile(r"^(?:after|until)\s+(?P<ids>[\d\w\- ]+)")


def find_faults(reading: Reading) -> Iterator[str]:
    """The faults of a gantt chart that Mermaid draws without a word.

    An unknown id behind `after` stands for today at midnight, a duration that can't be read has no
    length, and of two tasks with one id the last wins.
    """
    seen: set[str] = set()
    known = {task.id for task in reading.tasks}
    for task in reading.tasks:
        if task.id in seen:
            yield f'"{task.name}": the id "{task.id}" is taken by another task'
        seen.add(task.id)
        unknown = list(_unknown(task, known))
        for word, id in unknown:
            yield f'"{task.name}": no task has the id "{id}" that stands behind "{word}"'
        if unknown:
            continue
        if task.start is None or task.end is None:
            yield f'"{task.name}": Mermaid finds no time for it; tasks may wait for each other'
        elif task.start >= task.end and not task.point:
            yield (
                f'"{task.name}": a task of no length ("{task.ends}"); write such as 8s, 2.2m or 1h,'
                " or make it a milestone"
            )


def _unknown(task: Task, known: set[str]) -> Iterator[tuple[str, str]]:
    for text in (task.starts, task.ends):
        match = _REFERENCE.match(text.strip())
        for id in match["ids"].split() if match else ():
            if id not in known:
                yield text.split()[0], id
