"""Labels as a Markdown table, or one of them as a chip in a sentence."""

from collections.abc import Iterable

from docs_tools.model.labels import Label
from docs_tools.render.text import cell, literal, table

__all__ = ["readable_on", "render_label", "render_labels"]

_CHIP = (
    "display:inline-block;padding:0 .6em;border-radius:1em;border:1px solid;"
    "font-size:.85em;line-height:1.6;white-space:nowrap"
)


def render_labels(labels: Iterable[Label], *, plain: bool = False) -> str:
    """A table of labels: name, usage and notes.

    Args:
        labels: The labels in the order to show them.
        plain: Without the colours, for Markdown that is read where styles are taken out.
    """
    rows = [
        [render_label(label, plain=plain), cell(label.usage), cell(label.notes or "")]
        for label in labels
    ]
    return table(["Label", "Usage", "Notes"], rows)


def render_label(label: Label, *, plain: bool = False) -> str:
    """A label's name as a chip in its colour; without a colour the chip has the text's own.

    The style stands on the element, so that it holds in any theme and without a style sheet.
    """
    name = literal(label.name)
    if plain:
        return f"**{name}**"
    style = _CHIP
    if label.color:
        ink = readable_on(label.color)
        style += f";background-color:#{label.color};color:{ink};border-color:#0003"
    return f'<span class="docs_tools-label" style="{style}">{name}</span>'


def readable_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour of six digits: 4.5:1 at the least.

    The contrast is that of WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (0, 2, 4))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # where both contrasts are the same: (1 + .05) / (l + .05) = (l + .05) / .05
    return "#000" if luminance > 0.179 else "#fff"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
