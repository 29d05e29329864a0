"""The release process as a Mermaid gantt chart.

Every task carries its start and its length in whole seconds, as computed by the schedule, so that
Mermaid resolves nothing by itself: its `after` chains, decimals and duplicate ids go wrong without
a word (https://mermaid.js.org/syntax/gantt.html; mermaid#6531 and the notes in the decisions).
"""

import re

from docs_tools.model.release import Job, Milestone, ReleaseProcess
from docs_tools.model.schedule import Schedule

__all__ = ["render_gantt"]

_DAY = 24 * 3600
_KEYWORD = re.compile(
    r"\s*(?:title|section|includes|excludes|todaymarker|dateformat|axisformat|tickinterval|weekday"
    r"|weekend|inclusiveenddates|topaxis|gantt|click|call|href|acctitle|accdescr|\d)",
    re.IGNORECASE,
)


def render_gantt(process: ReleaseProcess, prefix: str = "release") -> str:
    """The process as a chart that begins at 00:00.

    A milestone stands in the section of the last thing that it waits for.

    Args:
        process: The process.
        prefix: Goes before every id, which must be unique among the charts of a page.

    Raises:
        ValueError: The process takes a day or longer: Mermaid would wrap its times at midnight.
    """
    schedule = process.schedule
    if schedule.total >= _DAY:
        raise ValueError("the process takes a day or longer: too long for a chart of hours")
    waiting = _milestones_by_section(process, schedule)
    lines = [
        "gantt",
        f"    title {_text(process.title)}",
        "    dateFormat HH:mm:ss",
        "    axisFormat %H:%M",
        "    todayMarker off",
    ]
    lines += [_milestone(m, schedule, prefix) for m in waiting.get(-1, ())]
    for i, section in enumerate(process.sections):
        lines += ["", f"    section {_text(section.name)}"]
        lines += [_job(job, schedule, prefix) for job in section.jobs]
        lines += [_milestone(m, schedule, prefix) for m in waiting.get(i, ())]
    return "\n".join(lines)


def _milestones_by_section(
    process: ReleaseProcess, schedule: Schedule
) -> dict[int, list[Milestone]]:
    """The milestones of each section by its index; -1 stands before the first."""
    home = {job.id: i for i, section in enumerate(process.sections) for job in section.jobs}
    pending = {milestone.id: milestone for milestone in process.milestones}
    result: dict[int, list[Milestone]] = {}
    for id in schedule:
        if id in pending:
            last = max(pending[id].after, key=lambda other: schedule[other].end, default=None)
            home[id] = home.get(last, -1) if last else -1
            result.setdefault(home[id], []).append(pending[id])
    return result


def _job(job: Job, schedule: Schedule, prefix: str) -> str:
    slot = schedule[job.id]
    length = slot.end - slot.start
    return f"    {_text(job.name)} :active, {prefix}-{job.id}, {_clock(slot.start)}, {length}s"


def _milestone(milestone: Milestone, schedule: Schedule, prefix: str) -> str:
    start = _clock(schedule[milestone.id].start)
    return f"    {_text(milestone.name)} :milestone, {prefix}-{milestone.id}, {start}, 0s"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _text(text: str) -> str:
    """A name in Mermaid's terms: what its lexer would take for syntax becomes an entity code."""
    text = " ".join(text.split())
    text = re.sub(r"[;:%<>]|#(?=\w+;)", lambda match: f"#{ord(match[0])};", text)
    if _KEYWORD.match(text):
        text = f"#{ord(text[0])};{text[1:]}"
    return text
