"""A figure stands on its own: its ids are its own, and it says what it shows."""

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from docs_tools.diagrams import Drawing, Drawings, render_figure
from docs_tools.render.flowchart import render_flowchart
from tests.diagrams.kinds import KINDS
from tests.diagrams.processes import made

DRAWINGS = Drawings.of(Path())
NAMED = {
    "gantt": "gantt\n accTitle: Own title\n accDescr: Own words\n A :a, 2024-01-01, 1d",
    "flowchart": "flowchart TB\n accTitle: Own title\n accDescr: Own words\n a --> b",
    "sequence": "sequenceDiagram\n accTitle: Own title\n accDescr: Own words\n A->>B: hi",
    "pie": 'pie\n accTitle: Own title\n accDescr: Own words\n "a": 1',
}
HOSTILE = ['id="x" url(#y)', '<b id="z">', 'href="#w"', 'aria-labelledby="v"', "</style><svg>"]
_URL = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")


def figure(source: str, id: str = "one") -> Element:
    """The figure, parsed strictly."""
    return ElementTree.fromstring(render_figure(DRAWINGS.draw(source), id))


def ids(element: Element) -> list[str]:
    return [id for part in element.iter() if (id := part.get("id")) is not None]


def references(element: Element) -> set[str]:
    """Every id that something within refers to."""
    found: set[str] = set()
    for part in element.iter():
        if local(part) == "style":
            found.update(_URL.findall(part.text or ""))
        for name, value in part.attrib.items():
            found.update(_URL.findall(value))
            if name.endswith("href") and value.startswith("#"):
                found.add(value[1:])
            if name in ("aria-labelledby", "aria-describedby"):
                found.update(value.split())
    return found


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_of_each_kind_is_well_formed_and_refers_to_itself_only(kind: str) -> None:
    one, two = figure(KINDS[kind], "one"), figure(KINDS[kind], "two")

    assert local(one) == "figure"
    assert [local(child) for child in one] == ["svg"]
    assert len(ids(one)) == len(set(ids(one)))
    assert all(id == "one" or id.startswith("one-") for id in ids(one))
    assert references(one) <= set(ids(one))
    assert not set(ids(one)) & set(ids(two))
    styles = [part.text or "" for part in one.iter() if local(part) == "style"]
    assert all("my-svg" not in style for style in styles)
    assert "#one-svg" in styles[0]


def test_figures_of_different_diagrams_share_no_ids() -> None:
    found = [set(ids(figure(source, kind))) for kind, source in KINDS.items()]
    assert sum(map(len, found)) == len(set.union(*found))


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_of_each_kind_has_a_title_and_a_description(kind: str) -> None:
    (svg,) = figure(KINDS[kind])
    title, description = svg[0], svg[1]

    assert svg.get("role") == "img"
    assert (local(title), local(description)) == ("title", "desc")
    assert svg.get("aria-labelledby") == title.get("id")
    assert svg.get("aria-describedby") == description.get("id")
    assert title.text
    assert description.text
    assert description.text.startswith("It shows: ")
    assert len(description.text) > len("It shows: nothing.")


@pytest.mark.parametrize("kind", NAMED)
def test_a_diagram_that_names_itself_keeps_its_words(kind: str) -> None:
    (svg,) = figure(NAMED[kind])
    named = {part.get("id"): part.text for part in svg.iter() if part.get("id")}
    assert named[svg.get("aria-labelledby")] == "Own title"
    assert named[svg.get("aria-describedby")] == "Own words"
    assert [part.text for part in svg.iter() if local(part) == "title"] == ["Own title"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    shown = figure(render_flowchart(made((text, [text]))))
    said = ["".join("".join(part.itertext()).split()) for part in shown.iter()]
    wanted = "".join(text.split())
    assert wanted in said  # the section
    assert f"{wanted}5s" in said  # the job
    assert references(shown) <= set(ids(shown))


def test_a_link_to_a_heading_of_the_page_stays_one() -> None:
    shown = figure('flowchart TB\n a --> b\n click a href "#labels"')
    links = [part.attrib for part in shown.iter() if local(part) == "a"]
    assert [value for name, value in links[0].items() if name.endswith("href")] == ["#labels"]


@pytest.mark.parametrize(("width", "least"), [(100, 80), (2000, 1600)])
def test_a_figure_is_never_smaller_than_can_be_read(width: int, least: int) -> None:
    reading = DRAWINGS.read("flowchart TB\n a")
    svg = f'<svg id="my-svg" width="100%" viewBox="-8 -8 {width}.4 50" style="x:y"><g/></svg>'
    (drawn,) = ElementTree.fromstring(render_figure(Drawing(svg, reading, "key"), "one"))
    style = drawn.attrib["style"]
    assert f"max-width:{width}px" in style
    assert f"min-width:{least}px" in style
    assert "width" not in drawn.attrib


@pytest.mark.parametrize(("kind", "paper"), [("flowchart", False), ("pie", True)])
def test_kinds_in_colours_of_their_own_stand_on_white_paper(kind: str, paper: bool) -> None:
    assert ("background:#fff" in figure(KINDS[kind]).attrib["style"]) == paper
