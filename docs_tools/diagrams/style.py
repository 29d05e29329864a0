"""How diagrams look: readable in a light and in a dark scheme, without a script.

The colours are those of the page, by CSS variables, with tints that let its background through;
Mermaid's own themes are made for one background each, and compute with colours, so that a variable
can't stand in them. Kinds of diagram without rules here keep Mermaid's colours on white paper.
"""

import json
from typing import Any

__all__ = ["CLIENT_INIT", "CONFIG", "needs_paper"]

_TEXT = "var(--md-default-fg-color,currentColor)"
_PAGE = "var(--md-default-bg-color,Canvas)"
_LINE = "#8b90a0"  # reads as a line on white and on slate

_SHARED = f"""
&{{font-family:inherit}}
&[aria-roledescription^=gantt],&[aria-roledescription^=flowchart],&[aria-roledescription^=class]
{{fill:{_TEXT};color:{_TEXT}}}
"""
_GANTT = f"""
&[aria-roledescription=gantt] text{{fill:{_TEXT}!important}}
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
.node rect,.node circle,.node ellipse,.node polygon,.node path
{{fill:#5b7cfa1f!important;stroke:#5b7cfa!important}}
.node .label text,.node text,.nodeLabel,.label text,.cluster-label text,.edgeLabel text,
.classTitle,.edgeTerminals text{{fill:{_TEXT}!important;color:{_TEXT}!important}}
.node.critical rect,.node.critical path{{fill:#f2732024!important;stroke:#f27320!important}}
.cluster rect{{fill:#8b90a014!important;stroke:{_LINE}!important}}
.edgeLabel rect,.edgeLabel .background,.labelBkg{{fill:{_PAGE}!important;opacity:1!important}}
.edgePath path,.flowchart-link,.relation,.edgePaths path{{stroke:{_LINE}!important}}
.divider path,.divider line{{stroke:#5b7cfa!important}}
.arrowMarkerPath,.arrowheadPath{{fill:{_LINE}!important;stroke:{_LINE}!important}}
.marker.extension path,.marker.dependency path,.marker.composition path
{{stroke:{_LINE}!important}}
.marker.extension path{{fill:none!important}}
.marker.composition path,.marker.dependency path{{fill:{_LINE}!important}}
"""
_CSS = "".join(_SHARED.splitlines() + _GANTT.splitlines() + _GRAPH.splitlines())

CONFIG: dict[str, Any] = {
    "themeCSS": _CSS,
    "fontFamily": "sans-serif",
    # real text scales and prints, and needs no style sheet of the page to stay in its box
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False},
    "class": {"htmlLabels": False},
    # a chart has no width of its own: that of a text column
    "gantt": {"useWidth": 720, "fontSize": 12, "sectionFontSize": 12, "leftPadding": 96},
    # else lines of the same diagram differ from run to run
    "handDrawnSeed": 1,
}
"""Mermaid's configuration: https://mermaid.js.org/config/schema-docs/config.html"""

CLIENT_INIT = f"%%{{init: {json.dumps({'themeCSS': _CSS})}}}%%\n"
"""What stands before a diagram that the browser draws, so that it has the same colours."""

_OWN = ("gantt", "flowchart", "class")


def needs_paper(kind: str) -> bool:
    """Whether a kind of diagram keeps Mermaid's own colours, which are made for white."""
    return not kind.startswith(_OWN)
