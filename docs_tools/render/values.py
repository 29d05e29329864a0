"""Single values of the data, by the path that prose quotes them with."""

from collections.abc import Iterator

from docs_tools.model.facts import Facts
from docs_tools.model.labels import Labels
from docs_tools.model.people import Maintainers
from docs_tools.model.release import Job, Milestone, ReleaseProcess
from docs_tools.render.duration import render_duration
from docs_tools.render.text import cell, literal

__all__ = ["render_values"]


def render_values(facts: Facts) -> dict[str, str]:
    """Every value that can be quoted, as inline Markdown.

    Args:
        facts: What the data files say; a file that isn't there adds nothing.

    Returns:
        The values by path: `release.total`, `release.ID.duration`, `labels.NAME.usage`, …
    """
    values: dict[str, str] = {}
    if facts.maintainers:
        values.update(_of_people(facts.maintainers))
    if facts.labels:
        values.update(_of_labels(facts.labels))
    if facts.release:
        values.update(_of_release(facts.release))
    if facts.layers and facts.layers.newest:
        values["layers.newest"] = literal(facts.layers.newest)
    return values


def _of_people(people: Maintainers) -> Iterator[tuple[str, str]]:
    yield "maintainers.active", str(len(people.active))
    yield "maintainers.emeritus", str(len(people.emeritus))
    if project := people.project:
        yield "project.name", cell(project.name)
        yield "project.branch", literal(project.branch)
        if project.repository:
            repository = literal(project.repository)
            yield "project.repository", repository
            yield "project.url", f"https://github.com/{repository}"


def _of_labels(labels: Labels) -> Iterator[tuple[str, str]]:
    yield "labels.count", str(len(labels.labels))
    for label in labels.labels:
        yield f"labels.{label.name}.usage", cell(label.usage)
        if label.notes:
            yield f"labels.{label.name}.notes", cell(label.notes)


def _of_release(process: ReleaseProcess) -> Iterator[tuple[str, str]]:
    jobs = [job for section in process.sections for job in section.jobs]
    schedule = process.schedule
    yield "release.title", cell(process.title)
    yield "release.total", render_duration(schedule.total)
    yield "release.sections", str(len(process.sections))
    yield "release.jobs", str(len(jobs))
    yield "release.milestones", str(len(process.milestones))
    if estimate := process.estimate:
        least, most = render_duration(estimate.least), render_duration(estimate.most)
        number, _, unit = least.rpartition(" ")
        same = unit == most.rpartition(" ")[2] and " " not in number
        yield "release.estimate", f"{number if same else least} to {most}"
        yield "release.estimate.least", least
        yield "release.estimate.most", most
    items: list[Job | Milestone] = [*jobs, *process.milestones]
    for item in items:
        slot = schedule[item.id]
        yield f"release.{item.id}.name", cell(item.name)
        yield f"release.{item.id}.duration", render_duration(slot.end - slot.start)
        yield f"release.{item.id}.start", render_duration(slot.start)
        yield f"release.{item.id}.end", render_duration(slot.end)
