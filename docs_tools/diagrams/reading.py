"""What a diagram says, as Mermaid has read it."""

from dataclasses import dataclass
from typing import Any

__all__ = ["Reading", "Task", "reading_of"]


@dataclass(frozen=True)
class Task:
    """A task of a gantt chart, as Mermaid resolves it.

    Attributes:
        id: Its id, given or made up by Mermaid.
        name: Its name.
        section: The section that it stands in.
        start: Seconds since the epoch in local time; `None` where Mermaid found no time.
        end: Likewise.
        point: It is a point in time: a milestone, or a vertical line.
        starts: How the chart says when it starts, such as `after build`.
        ends: How the chart says when it ends, such as `8s` or `until build`.
    """

    id: str
    name: str
    section: str
    start: float | None
    end: float | None
    point: bool
    starts: str
    ends: str


@dataclass(frozen=True)
class Reading:
    """A diagram's facts. Which of them there are depends on its kind.

    Attributes:
        kind: Mermaid's name for the kind, such as `gantt` or `flowchart-v2`.
        title: What the diagram calls itself.
        description: What it says of itself to who can't see it.
        tasks: The tasks of a gantt chart.
        nodes: Id and label of each node of a flowchart.
        edges: From, to and label of each edge of a flowchart.
        classes: Id, label and members of each class of a class diagram.
        relations: The two classes of each relation, and its label.
    """

    kind: str
    title: str = ""
    description: str = ""
    tasks: tuple[Task, ...] = ()
    nodes: tuple[tuple[str, str], ...] = ()
    edges: tuple[tuple[str, str, str], ...] = ()
    classes: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()


def reading_of(raw: dict[str, Any]) -> Reading:
    """The reading from what `engine.py` gives, or from what was remembered of it."""
    return Reading(
        raw["kind"],
        raw["title"],
        raw["description"],
        tuple(Task(**task) for task in raw["tasks"]),
        tuple((id, label) for id, label in raw["nodes"]),
        tuple((start, end, label) for start, end, label in raw["edges"]),
        tuple((id, label, tuple(members)) for id, label, members in raw["classes"]),
        tuple((first, second, label) for first, second, _, label in raw["relations"]),
    )
