"""Maintainers as Markdown tables."""

from collections.abc import Iterable

from docs_tools.model.people import Maintainer
from docs_tools.render.text import cell, table

__all__ = ["render_maintainers"]


def render_maintainers(people: Iterable[Maintainer]) -> str:
    """A table of people: name, GitHub id with a link to the profile, affiliation."""
    rows = [
        [
            cell(person.name),
            f"[{person.github}](https://github.com/{person.github})",
            cell(person.affiliation or ""),
        ]
        for person in people
    ]
    if not rows:
        return "Nobody yet."
    return table(["Maintainer", "GitHub ID", "Affiliation"], rows)
