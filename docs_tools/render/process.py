"""The release process in words and as a table: what each diagram of it has beside it."""

from collections.abc import Iterator

from docs_tools.model.release import Job, Milestone, ReleaseProcess
from docs_tools.render.duration import render_duration
from docs_tools.render.text import cell, table

__all__ = ["describe_process", "order_items", "render_process_table"]


def order_items(process: ReleaseProcess) -> Iterator[tuple[str, list[Job | Milestone]]]:
    """The sections in order with their jobs and milestones.

    A milestone stands in the section of the last thing that it waits for; one that waits for
    nothing stands before the first section, under no name.
    """
    schedule = process.schedule
    home = {job.id: i for i, section in enumerate(process.sections) for job in section.jobs}
    pending = {milestone.id: milestone for milestone in process.milestones}
    groups: dict[int, list[Job | Milestone]] = {-1: []}
    groups |= {i: list(section.jobs) for i, section in enumerate(process.sections)}
    for id in schedule.order:
        if id in pending:
            last = max(pending[id].after, key=lambda other: schedule[other].end, default=None)
            home[id] = home[last] if last else -1
            groups[home[id]].append(pending[id])
    if groups[-1]:
        yield "", groups[-1]
    for i, section in enumerate(process.sections):
        yield section.name, groups[i]


def describe_process(process: ReleaseProcess) -> str:
    """One sentence about the process, for who can't see its diagram."""
    schedule = process.schedule
    jobs = [job for section in process.sections for job in section.jobs]
    longest = [job.name for job in jobs if job.id in schedule.critical]
    if not longest:  # the end is a milestone that comes later than what it waits for
        longest = [m.name for m in process.milestones if m.id in schedule.critical]
    return (
        f"{_count(len(jobs), 'job')} in {_count(len(process.sections), 'section')}"
        f" and {_count(len(process.milestones), 'milestone')},"
        f" {render_duration(schedule.total)} in all. Critical path: {', '.join(longest)}."
    )


def render_process_table(process: ReleaseProcess) -> str:
    """A row for each job and milestone, in the order of the chart."""
    schedule, steps = process.schedule, process.steps
    names = {item.id: item.name for _, items in order_items(process) for item in items}
    rows = [
        [
            cell(section),
            f"**{cell(item.name)}**" if isinstance(item, Milestone) else cell(item.name),
            _elapsed(schedule[item.id].start, hours=schedule.total >= 3600),
            "" if isinstance(item, Milestone) else render_duration(item.duration),
            cell(", ".join(names[id] for id in steps[item.id].after)),
            "yes" if item.id in schedule.critical else "",
        ]
        for section, items in order_items(process)
        for item in items
    ]
    header = ["Section", "Job or milestone", "Starts at", "Takes", "Waits for", "Critical path"]
    return table(header, rows)


def _elapsed(seconds: int, *, hours: bool) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
