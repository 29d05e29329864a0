"""A plot of bars as SVG; it takes its colours from the page that it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Bar", "Group", "bars"]

_WIDTH, _LABELS, _ROW, _GAP, _HEAD = 400, 118, 20, 14, 22
_VALUES = 94  # what is written behind the longest bar
# Material's colours; where the page has none, the text's own
_OURS = "var(--md-primary-fg-color, currentColor)"


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        label: What it stands for.
        value: Its length.
        told: What is written behind it.
        ours: Whether it is shown in the site's colour.
    """

    label: str
    value: float
    told: str
    ours: bool = False


@dataclass(frozen=True)
class Group:
    """Bars that are compared, to a scale of their own."""

    title: str
    bars: tuple[Bar, ...]


def bars(title: str, groups: Sequence[Group]) -> str:
    """A plot as an `<svg>` to stand in a page, in one line a shape and without empty lines.

    Args:
        title: What it shows, for those who can't see it.
        groups: From top to bottom.
    """
    rows: list[str] = []
    top = 0
    for group in groups:
        most = max((bar.value for bar in group.bars), default=0) or 1
        rows.append(_text(0, top + 14, group.title, "start", bold=True))
        top += _HEAD
        for bar in group.bars:
            rows += _bar(bar, top, most)
            top += _ROW
        top += _GAP
    height = max(top - _GAP, 1)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' style="max-width: {_WIDTH * 1.4:.0f}px; width: 100%; font-size: 12px"'
        ' fill="currentColor">'
    )
    return "\n".join([head, f"<title>{escape(title)}</title>", *rows, "</svg>"])


def _bar(bar: Bar, top: int, most: float) -> list[str]:
    width = max(bar.value / most * (_WIDTH - _LABELS - _VALUES), 1)
    paint = f'style="fill: {_OURS}"' if bar.ours else 'opacity="0.35"'
    return [
        _text(_LABELS - 8, top + 14, bar.label, "end", bold=bar.ours),
        f'<rect x="{_LABELS}" y="{top + 3}" width="{width:.1f}" height="{_ROW - 6}" {paint}/>',
        _text(_LABELS + width + 6, top + 14, bar.told, "start", bold=bar.ours),
    ]


def _text(x: float, y: int, text: str, anchor: str, *, bold: bool) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
