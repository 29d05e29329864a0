"""How diagrams look: readable in a light and in a dark scheme, without a script.

The colours are those of the page, by CSS variables, with tints that let its background through;
Mermaid's own themes are made for one background each, and compute with colours, so that a variable
can't stand in them. Kinds of diagram without rules here keep Mermaid's colours on white paper, and
some of these are mended.
"""

import json
import re
from typing import Any

__all__ = ["CONFIG", "PAPER", "configure", "for_browser", "needs_paper"]

_TEXT = "var(--md-default-fg-color,currentColor)"
_PAGE = "var(--md-default-bg-color,var(--bs-body-bg,Canvas))"  # Material's, Bootstrap's, any
_LINE = "#8b90a0"  # reads as a line on white and on slate
_INK = "#222"

_SHARED = f"&{{font-family:inherit;fill:{_TEXT};color:{_TEXT}}}"
_GANTT = f"""
&[role] text{{fill:{_TEXT}!important}}
.section{{opacity:1!important;stroke:none;fill:none!important}}
.section0,.section2{{fill:#8b90a01f!important}}
.grid .tick line{{stroke:{_LINE};opacity:.35}}
.grid path{{stroke-width:0}}
.task0,.task1,.task2,.task3,.active0,.active1,.active2,.active3,.done0,.done1,.done2,.done3
{{fill:#5b7cfa47!important;stroke:#5b7cfa!important}}
.crit0,.crit1,.crit2,.crit3,.activeCrit0,.activeCrit1,.activeCrit2,.activeCrit3,
.doneCrit0,.doneCrit1,.doneCrit2,.doneCrit3
{{fill:#f2732047!important;stroke:#f27320!important}}
"""
_GRAPH = f"""
&[role] text,.nodeLabel,.edgeLabel,.cluster-label{{fill:{_TEXT}!important;color:{_TEXT}!important}}
.node rect,.node circle,.node ellipse,.node polygon,.node path
{{fill:#5b7cfa1f!important;stroke:#5b7cfa!important}}
.node.critical rect,.node.critical path{{fill:#f2732024!important;stroke:#f27320!important}}
.cluster rect{{fill:#8b90a014!important;stroke:{_LINE}!important}}
.edgeLabel rect,.edgeLabel .background,.labelBkg{{fill:{_PAGE}!important;opacity:1!important}}
.edgePath path,.flowchart-link,.relation,.edgePaths path{{stroke:{_LINE}!important}}
.divider path,.divider line{{stroke:#5b7cfa!important}}
.label[style*=italic] tspan{{font-style:italic!important}}
.arrowMarkerPath,.arrowheadPath{{fill:{_LINE}!important;stroke:{_LINE}!important}}
.marker path,.marker circle{{stroke:{_LINE}!important}}
.marker.composition path,.marker.dependency path{{fill:{_LINE}!important}}
.marker.extension path,.marker.aggregation path,.marker.lollipop circle{{fill:{_PAGE}!important}}
"""
_OWN = ("gantt", "flowchart", "class")
_CSS = {
    **dict(zip(_OWN, (_SHARED + rules for rules in (_GANTT, _GRAPH, _GRAPH)), strict=True)),
    # Mermaid writes these in the colour of the box, and that beside the middle of the circle
    "journey": f"text.journey-section,text.task{{fill:{_INK}!important}}",
    "mindmap": ".mindmap-node circle~.label text{text-anchor:middle}",
}

_HUES = (225, 150, 40, 280, 10, 190, 95, 325, 55, 255, 130, 20)
_VARIABLES = {
    **{f"cScale{i}": f"hsl({hue}, 75%, 86%)" for i, hue in enumerate(_HUES)},
    **{f"cScaleLabel{i}": _INK for i in range(len(_HUES))},
    **{f"pie{i}": f"hsl({hue}, 75%, 80%)" for i, hue in enumerate(_HUES, 1)},
    **{f"git{i}": f"hsl({hue}, 60%, 68%)" for i, hue in enumerate(_HUES[:8])},
    **{f"gitBranchLabel{i}": _INK for i in range(8)},
    "commitLabelColor": _INK,
    "commitLabelBackground": "#f4f4f4",
    "quadrantPointFill": "#5b7cfa",
    "noteBkgColor": "#e0b0002e",
    "noteBorderColor": "#c79a00",
}

CONFIG: dict[str, Any] = {
    "themeVariables": _VARIABLES,
    "fontFamily": "sans-serif",
    # real text scales and prints, and needs no style sheet of the page to stay in its box
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False},
    "class": {"htmlLabels": False, "hideEmptyMembersBox": True},
    "journey": {"textPlacement": "tspan"},
    "timeline": {"textPlacement": "tspan"},
    # a chart has no width of its own: that of a text column
    "gantt": {"useWidth": 720, "fontSize": 12, "sectionFontSize": 12, "leftPadding": 96},
    # else lines of the same diagram differ from run to run
    "handDrawnSeed": 1,
}
"""Mermaid's configuration for every kind: https://mermaid.js.org/config/schema-docs/config.html"""

PAPER = (
    "background:#fff;color:#333;color-scheme:light;"
    "--md-default-fg-color:#333;--md-default-bg-color:#fff"
)
"""The style of white paper: whatever asks for the page's colours gets those of the paper."""

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


def needs_paper(kind: str) -> bool:
    """Whether a kind of diagram keeps Mermaid's own colours, which are made for white."""
    return not kind.startswith(_OWN)


def configure(kind: str) -> dict[str, Any]:
    """Mermaid's configuration for a kind of diagram."""
    return {**CONFIG, "themeCSS": _css(kind)}


def for_browser(source: str, kind: str) -> str:
    """A diagram for the reader's browser to draw, in the same colours.

    Args:
        source: The diagram as it is written.
        kind: Mermaid's name for its kind.
    """
    css = _css(kind)
    front = _FRONT_MATTER.match(source)
    start = front.end() if front else 0  # Mermaid knows it at the very beginning only
    init = f"%%{{init: {json.dumps({'themeCSS': css})}}}%%\n" if css else ""
    return f"{source[:start]}{init}{source[start:]}"


def _css(kind: str) -> str:
    return next(
        (css.replace("\n", "") for known, css in _CSS.items() if kind.startswith(known)), ""
    )
