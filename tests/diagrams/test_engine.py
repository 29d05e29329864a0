"""Mermaid without a browser draws what it is given, always the same, and faster than mermaidx."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from docs_tools.diagrams import MermaidError
from docs_tools.diagrams.engine import Mermaid, mermaid
from docs_tools.diagrams.reading import reading_of
from docs_tools.render.flowchart import render_flowchart
from docs_tools.render.gantt import render_gantt
from tests.diagrams.kinds import KINDS
from tests.diagrams.processes import release
from tests.size import LONG

COMPARED = list(KINDS) if LONG else ["flowchart", "sequence", "er", "git", "architecture"]
CODES = {
    "flowchart": 'flowchart TB\n subgraph s ["{0}"]\n a["{0}"] -- "{0}" --> b("{0}")\n end',
    "class": 'classDiagram\n class A["x"] {{\n  say {0}\n }}\n A <|-- B : {0}',
    "gantt": "gantt\n dateFormat YYYY-MM-DD\n title {0}\n section {0}\n {0} :a, 2024-01-01, 3d",
    "sequence": "sequenceDiagram\n participant A as {0}\n A->>A: {0}\n Note over A: {0}",
    "pie": 'pie\n title {0}\n "{0}" : 3',
    "mindmap": "mindmap\n {0}",
}


class Plain(Mermaid):
    """Mermaid as mermaidx runs it."""

    scripts = ("read.js",)


@pytest.fixture(scope="module")
def plain() -> Plain:
    return Plain()


def texts(svg: str) -> list[str]:
    """The text of every element, with what stands in it."""
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter()]


@pytest.mark.parametrize("kind", COMPARED)
def test_what_makes_it_faster_changes_nothing(plain: Plain, kind: str) -> None:
    assert mermaid().draw(KINDS[kind]) == plain.draw(KINDS[kind])


@pytest.mark.parametrize("render", [render_gantt, render_flowchart][: 1 + LONG])
def test_what_makes_it_faster_changes_nothing_in_the_release_process(
    plain: Plain, render: Callable[..., str]
) -> None:
    source = render(release())
    assert mermaid().draw(source) == plain.draw(source)


def test_a_diagram_is_drawn_the_same_after_another() -> None:
    first = mermaid().draw(KINDS["git"])
    mermaid().draw(KINDS["sequence"])
    assert mermaid().draw(KINDS["git"]) == first


def test_a_drawing_does_not_know_the_day() -> None:
    svg, _ = mermaid().draw(KINDS["gantt"])
    assert 'class="today"' not in svg
    assert len(re.findall(r'<rect id="my-svg-[abcd]"', svg)) == 4


@pytest.mark.parametrize("kind", CODES)
def test_entity_codes_are_shown_as_what_they_stand_for(kind: str) -> None:
    svg, _ = mermaid().draw(CODES[kind].format("q #40;x#41; #quot;#lt;b#gt;#35;40#59;#9829;"))
    assert sum('q (x) "<b>#40;♥' in text for text in texts(svg)) > CODES[kind].count("{0}")


def test_a_code_is_as_wide_as_what_it_stands_for() -> None:
    coded, _ = mermaid().draw('flowchart TB\n a["#73;#73;#73;"]')
    written, _ = mermaid().draw('flowchart TB\n a["III"]')
    assert coded == written


def test_a_colour_is_no_entity_code() -> None:
    source = (
        "flowchart TB\n a[x#eta;] --> b\n style a fill:#abc,stroke:#eee;\n linkStyle 0 stroke:#def"
    )
    svg, raw = mermaid().draw(source)
    assert 'style="fill:#abc !important;stroke:#eee !important"' in svg
    assert reading_of(raw).nodes[0] == ("a", "xη")


def test_characters_of_private_use_stay_what_they_are() -> None:
    svg, raw = mermaid().draw('flowchart TB\n a["\ue000 #40; \ue001"]')
    assert reading_of(raw).nodes == (("a", "\ue000 ( \ue001"),)
    assert "\ue000 ( \ue001" in texts(svg)


def test_an_error_shows_the_codes_as_they_are_written() -> None:
    with pytest.raises(MermaidError, match=re.escape("a[#40;x --> b")):
        mermaid().draw("flowchart TB\n a[#40;x --> b")


def test_a_kind_that_is_not_there_is_named() -> None:
    with pytest.raises(MermaidError, match=r"No diagram type detected .* for text: zenuml"):
        mermaid().draw("zenuml\n  A.method()")
