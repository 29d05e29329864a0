"""What Mermaid leaves hard to read in a drawing, whatever its colours are."""

import math
import re

__all__ = ["mend"]

_GROUP_TITLE = re.compile(
    r'(?P<before><g class="cluster[ "][^>]*><rect\b[^>]*\sx="(?P<x>[-\d.]+)"[^>]*>'
    r'<g class="cluster-label[^>]*\stransform="translate\()[-\d.]+'
)
_TICK = re.compile(
    r'(?P<before><g class="tick"[^>]*\stransform="translate\((?P<x>[-\d.]+),[^>]*>'
    r"<line\b[^>]*>)<text\b[^>]*>(?P<label>[^<]*)</text>"
)
_CHARACTER = 6.2  # the width of one on an axis, at most


def mend(svg: str) -> str:
    """The drawing with titles that no line goes through, and dates that stand side by side."""
    # an arrow comes in from above in the middle
    svg = _GROUP_TITLE.sub(lambda group: f"{group['before']}{float(group['x']) + 5}", svg)
    return _thinned(svg)


def _thinned(svg: str) -> str:
    """Leaves the dates out for which there is no room, and those that are there already."""
    last, taken, said = -math.inf, -math.inf, ""

    def keep(tick: re.Match[str]) -> str:
        nonlocal last, taken, said
        x, label = float(tick["x"]), tick["label"]
        if x < last:  # another axis
            taken, said = -math.inf, ""
        last, half = x, len(label) * _CHARACTER / 2
        if label == said or x - half < taken:
            return tick["before"]
        taken, said = x + half, label
        return tick[0]

    return _TICK.sub(keep, svg)
