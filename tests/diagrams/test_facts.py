"""What a hand-written diagram says stands beside it, for who can't see it."""

import html
import re
from pathlib import Path

import pytest

from docs_tools.diagrams import Drawings, render_facts
from tests.diagrams.kinds import KINDS

DRAWINGS = Drawings.of(Path())
TABLES = {
    "gantt": [
        [
            ["Section", "Task", "Starts", "Ends"],
            ["Build", "Compile", "2024-01-01 00:00:00", "2024-01-04 00:00:00"],
            ["Build", "Test", "2024-01-04 00:00:00", "2024-01-06 00:00:00"],
            ["Ship", "Upload", "2024-01-06 00:00:00", "2024-01-07 00:00:00"],
            ["Ship", "Shipped", "2024-01-07 00:00:00", "2024-01-07 00:00:00"],
        ]
    ],
    "flowchart": [
        [
            ["From", "To", "Label"],
            ["Start", "Work & rest", "yes"],
            ["Start", "Stop", "no"],
            ["Work & rest", "Done?", ""],
            ["Done?", "Stop", ""],
        ]
    ],
    "class": [
        [
            ["Class", "Members"],
            ["Animal", "+String name, -int age, +move(distance) : bool"],
            ["Duck", ""],
            ["Leg", ""],
            ["Pond", ""],
            ["Flock", ""],
        ],
        [
            ["Class", "Related class", "Label"],
            ["Animal", "Duck", "is a"],
            ["Animal", "Leg", ""],
            ["Duck", "Pond", ""],
            ["Duck", "Flock", ""],
        ],
    ],
}


def facts(source: str) -> str:
    return render_facts(DRAWINGS.read(source), source)


def tables(text: str) -> list[list[list[str]]]:
    """The cells of each table."""
    return [
        [
            [html.unescape(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", table)
        ]
        for table in re.findall(r"<table>(.*?)</table>", text)
    ]


@pytest.mark.parametrize("kind", TABLES)
def test_a_diagram_of_facts_has_them_as_tables(kind: str) -> None:
    text = facts(KINDS[kind])
    assert text.startswith("<details><summary>As a table</summary><table>")
    assert tables(text) == TABLES[kind]


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - TABLES.keys()))
def test_any_other_diagram_is_shown_as_it_is_written(kind: str) -> None:
    text = facts(KINDS[kind])
    assert text.startswith("<details><summary>As text</summary><pre><code>")
    assert html.unescape(text).count(KINDS[kind]) == 1


def test_a_node_that_nothing_leads_to_is_listed() -> None:
    text = facts("flowchart TB\n a[One] --> b[Two]\n c[Three]")
    assert tables(text) == [[["From", "To", "Label"], ["One", "Two", ""]], [["Node"], ["Three"]]]


def test_text_is_no_markup_in_a_table() -> None:
    text = facts('flowchart TB\n a["#lt;script#gt;"] -- "#quot;x#quot; & y" --> b')
    assert "<script" not in text
    assert tables(text)[0][1] == ["<script>", "b", '"x" & y']
