"""Labels as a Markdown table."""

from docs_tools.model.labels import Labels
from docs_tools.render.text import cell, table

__all__ = ["render_labels"]


def render_labels(labels: Labels) -> str:
    """A table of the listed labels: name, usage and notes."""
    rows = [
        [cell(f"**{_name(label.name)}**"), cell(label.usage), cell(label.notes or "")]
        for label in labels.labels
        if label.listed
    ]
    return table(["Label", "Usage", "Notes"], rows)


def _name(name: str) -> str:
    """A label's name is no Markdown: what would mark it up is escaped."""
    return "".join(f"\\{char}" if char in "\\*_[]{}()#+!~^=:" else char for char in name)
