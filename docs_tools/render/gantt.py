"""The release process as a Mermaid gantt chart.

Every task carries its start and its length in whole seconds, as computed by the schedule, so that
Mermaid resolves nothing by itself: its `after` chains, decimals and duplicate ids go wrong without
a word (https://mermaid.js.org/syntax/gantt.html; the notes in the decisions). The times belong to
a fixed month, in which no country changed its clocks: those of today would jump where one does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from docs_tools.model.release import Job, Milestone, ReleaseProcess
from docs_tools.model.schedule import Schedule
from docs_tools.render.mermaid import accessible, task_name
from docs_tools.render.process import describe_process, order_items

__all__ = ["render_gantt"]

_DAY = 24 * 3600
_MONTH = 31 * _DAY
_FIRST = "2007-01"


def render_gantt(process: ReleaseProcess, prefix: str = "release") -> str:
    """The process as a chart that begins at 00:00, its critical path marked.

    Args:
        process: The process.
        prefix: Goes before every id, which must be unique among the charts of a page.

    Raises:
        ValueError: The process takes a month or longer.
    """
    schedule = process.schedule
    if schedule.total >= _MONTH:
        raise ValueError("the process takes a month or longer: too long for a chart of hours")
    lines = [
        "gantt",
        f"    accTitle: {accessible(process.title)}",
        f"    accDescr: {accessible(describe_process(process))}",
        f"    title {task_name(process.title)}",
        "    dateFormat YYYY-MM-DD HH:mm:ss",
        f"    axisFormat {'%H:%M' if schedule.total < _DAY else '%d %H:%M'}",
        "    todayMarker off",
    ]
    groups = list(order_items(process))
    names = _distinct(task_name(section) for section, _ in groups)
    for name, (_, items) in zip(names, groups, strict=True):
        if name:
            lines += ["", f"    section {name}"]
        lines += [_task(item, schedule, prefix) for item in items]
    return "\n".join(lines)


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Each name once: Mermaid takes sections of one name for one, and puts labels elsewhere."""
    times = Counter({"__proto__": 1})  # every object of JavaScript has it
    for name in names:
        yield _spell(name, times[name])
        times[name] += 1


def _spell(name: str, other: int) -> str:
    """The same name in one of its other spellings: Docs, `#068;ocs`, `#0068;ocs`."""
    if not (name and other):
        return name
    coded = name if re.match(r"#\d+;", name) else f"#{ord(name[0])};{name[1:]}"
    return f"#{'0' * other}{coded[1:]}"


def _task(item: Job | Milestone, schedule: Schedule, prefix: str) -> str:
    slot = schedule[item.id]
    tags = ["crit"] * (item.id in schedule.critical)
    tags += ["milestone" if isinstance(item, Milestone) else "active"]
    fields = [*tags, f"{prefix}-{item.id}", _clock(slot.start), f"{slot.end - slot.start}s"]
    return f"    {task_name(item.name)} :{', '.join(fields)}"


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds % _DAY, 3600)
    return f"{_FIRST}-{seconds // _DAY + 1:02} {hours:02}:{rest // 60:02}:{rest % 60:02}"
