"""What a hand-written diagram says, as a table for who can't see it."""

import html
from collections.abc import Iterable
from datetime import UTC, datetime

from docs_tools.diagrams.reading import Reading

__all__ = ["render_facts"]

_Rows = list[list[str]]


def render_facts(reading: Reading, source: str) -> str:
    """The same facts one click away, as HTML: tables, or the source of a kind without them.

    Args:
        reading: What Mermaid read.
        source: The diagram as it is written.
    """
    tables = list(_tables(reading))
    body = "".join(_table(header, rows) for header, rows in tables)
    if not tables:
        body = f"<pre><code>{html.escape(source, quote=False)}</code></pre>"
    summary = "As a table" if tables else "As text"
    return f"<details><summary>{summary}</summary>{body}</details>"


def _tables(reading: Reading) -> Iterable[tuple[list[str], _Rows]]:
    if reading.tasks:
        yield (
            ["Section", "Task", "Starts", "Ends"],
            [
                [task.section, task.name, _time(task.start), _time(task.end)]
                for task in reading.tasks
            ],
        )
    names = dict(reading.nodes)
    if reading.edges:
        yield (
            ["From", "To", "Label"],
            [
                [names.get(start, start), names.get(end, end), label]
                for start, end, label in reading.edges
            ],
        )
    linked = {id for start, end, _ in reading.edges for id in (start, end)}
    if alone := [[label] for id, label in reading.nodes if id not in linked]:
        yield ["Node"], alone
    if reading.classes:
        yield (
            ["Class", "Members"],
            [[label, ", ".join(members)] for _, label, members in reading.classes],
        )
    labels = {id: label for id, label, _ in reading.classes}
    if reading.relations:
        yield (
            ["Class", "Related class", "Label"],
            [
                [labels.get(first, first), labels.get(second, second), label]
                for first, second, label in reading.relations
            ],
        )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"  # as it is drawn


def _table(header: list[str], rows: _Rows) -> str:
    head = "".join(f"<th>{html.escape(text)}</th>" for text in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
