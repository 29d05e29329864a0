"""The release process as a Mermaid flowchart: what waits for what."""

from docs_tools.model.release import Milestone, ReleaseProcess
from docs_tools.model.schedule import Schedule
from docs_tools.render.duration import render_duration
from docs_tools.render.mermaid import accessible, node_label
from docs_tools.render.process import describe_process, order_items

__all__ = ["render_flowchart"]

# narrow enough for a column of text: https://mermaid.js.org/config/schema-docs/config.html
_LAYOUT = (
    '%%{init: {"flowchart": {"nodeSpacing": 14, "rankSpacing": 26, "padding": 7,'
    ' "wrappingWidth": 130, "subGraphTitleMargin": {"top": 3, "bottom": 16}}}}%%'
)


def render_flowchart(process: ReleaseProcess, direction: str = "TB") -> str:
    """The process as a graph of dependencies, its critical path drawn thicker.

    Args:
        process: The process.
        direction: Where it goes: `TB` or `LR`, as Mermaid names them.
    """
    schedule, steps = process.schedule, process.steps
    number = {id: f"n{i}" for i, id in enumerate(steps)}  # an id may be a keyword, such as `end`
    lines = [
        _LAYOUT,
        f"flowchart {direction}",
        f"    accTitle: {accessible(process.title)}",
        f"    accDescr: {accessible(describe_process(process))}",
    ]
    for i, (section, items) in enumerate(order_items(process)):
        indent = "    " * (1 + bool(section))
        nodes = []
        for item in items:
            if isinstance(item, Milestone):
                nodes.append(f'{indent}{number[item.id]}("{node_label(item.name)}")')
            else:
                label = f"{node_label(item.name)}<br>{render_duration(item.duration)}"
                nodes.append(f'{indent}{number[item.id]}["{label}"]')
        if section and nodes:
            nodes = [f'    subgraph s{i} ["{node_label(section)}"]', *nodes, "    end"]
        lines += nodes
    for id, step in steps.items():
        for other in step.after:
            waits = _waits(schedule, other, id)
            lines.append(f"    {number[other]} {'==>' if waits else '-->'} {number[id]}")
    critical = ",".join(number[id] for id in steps if id in schedule.critical)
    return "\n".join(
        [*lines, "    classDef critical stroke-width:3px", f"    class {critical} critical"]
    )


def _waits(schedule: Schedule, first: str, second: str) -> bool:
    """Whether an edge lies on the critical path."""
    return {first, second} <= schedule.critical and schedule[first].end == schedule[second].start
