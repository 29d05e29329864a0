"""Labels as a Markdown table."""

from docs_tools.model.labels import Labels
from docs_tools.render.text import cell, literal, table

__all__ = ["render_labels"]


def render_labels(labels: Labels) -> str:
    """A table of the listed labels: name, usage and notes."""
    rows = [
        [f"**{literal(label.name)}**", cell(label.usage), cell(label.notes or "")]
        for label in labels.labels
        if label.listed
    ]
    return table(["Label", "Usage", "Notes"], rows)
