"""Maintainers as Markdown tables."""

from collections.abc import Iterable, Sequence

from docs_tools.model.people import Maintainer
from docs_tools.render.text import cell, table

__all__ = ["COLUMNS", "render_maintainers"]

COLUMNS = {"name": "Maintainer", "github": "GitHub ID", "affiliation": "Affiliation"}
"""The columns there are, with their headings."""


def render_maintainers(
    people: Iterable[Maintainer], columns: Sequence[str] = tuple(COLUMNS)
) -> str:
    """A table of people: name, GitHub id with a link to the profile, affiliation.

    Args:
        people: The people in the order to show them.
        columns: Which of `COLUMNS`, in the order to show them.
    """
    rows = [[_cell(person, column) for column in columns] for person in people]
    if not rows:
        return "Nobody yet."
    return table([COLUMNS[column] for column in columns], rows)


def _cell(person: Maintainer, column: str) -> str:
    if column == "github":
        return f"[{person.github}](https://github.com/{person.github})"
    return cell(person.name if column == "name" else person.affiliation or "")
