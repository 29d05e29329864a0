"""Whatever the data holds, a directive stands for what it promises and leaves the page whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.facts import Facts
from docs_tools.model.labels import Label, Labels
from docs_tools.model.people import Maintainer, Maintainers, Project
from docs_tools.model.release import ReleaseProcess
from docs_tools.render.values import render_values
from tests.markdown.site import Site
from tests.render.hostile import (
    CONFIGS,
    EXTENSIONS,
    Page,
    check_harmless,
    check_shape,
    labels,
    on_one_line,
    processes,
    texts,
)
from tests.size import examples

AROUND = ["{}", "- item\n\n    {}\n", "> {}", "!!! note\n\n    {}\n", '=== "Tab"\n\n    {}\n']
OTHERS = frozenset({"ul", "li", "blockquote", "div", "input", "label", "details", "summary", "pre"})
OWN = {"data-tabs", "checked", "id", "name", "type", "for", "class"}
pages = st.sampled_from(AROUND)
people = st.lists(st.tuples(texts, st.none() | texts), min_size=1, max_size=3).map(
    lambda rows: Maintainers(
        project=Project(name=rows[0][0], repository="owner/repo", branch=rows[-1][0]),
        active=tuple(
            Maintainer(name=name, github=f"a{i}", affiliation=affiliation)
            for i, (name, affiliation) in enumerate(rows)
        ),
    )
)


def convert(facts: Facts, source: str) -> Page:
    """A page of a site with all extensions, in which nothing is wrong and nothing smuggled in."""
    site = Site(facts, EXTENSIONS["site"], configs=CONFIGS)
    page = Page(site.convert(source))
    assert site.extension.problems == []
    for tag, attributes in page.elements:
        if tag in OTHERS:
            for name in OWN:
                attributes.pop(name, None)
    check_harmless(page, "site", OTHERS)
    return page


def quote(text: str) -> str:
    """Text in quotes, as YAML in a comment takes it."""
    plain = all(char.isprintable() for char in text) and not {"\\", '"', ">"} & set(text)
    if plain:
        return f'"{text}"'
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


@settings(max_examples=examples(60))
@given(st.lists(labels, min_size=1, max_size=3), pages)
def test_a_table_of_labels_has_a_row_for_each(found: list[Label], around: str) -> None:
    facts = Facts("docs/data", labels=Labels(labels=tuple(found)))

    page = convert(facts, around.replace("{}", "<!-- docs_tools/labels -->"))

    check_shape(page, len(found), 3)
    assert [row[0] for row in page.rows[1:]] == [on_one_line(label.name) for label in found]


@settings(max_examples=examples(60))
@given(people, pages)
def test_a_table_of_people_has_a_row_for_each(found: Maintainers, around: str) -> None:
    page = convert(
        Facts("docs/data", maintainers=found),
        around.replace("{}", "<!-- docs_tools/maintainers -->"),
    )

    check_shape(page, len(found.active), 3)
    assert [row[1] for row in page.rows[1:]] == [person.github for person in found.active]


@pytest.mark.parametrize("directive", ["gantt", "flowchart"])
@settings(max_examples=examples(20))
@given(process=processes(), around=pages)
def test_a_diagram_is_read_by_mermaid_and_its_table_has_a_row_for_each_step(
    directive: str, process: ReleaseProcess, around: str
) -> None:
    facts = Facts("docs/data", release=process)

    page = convert(facts, around.replace("{}", f"<!-- docs_tools/{directive} -->"))

    check_shape(page, len(process.steps), 6)
    assert [tag for tag, _ in page.elements].count("pre") == 1


@settings(max_examples=examples(60))
@given(st.lists(labels, min_size=1, max_size=2), people, processes())
def test_a_fact_stands_for_a_piece_of_its_sentence_and_no_more(
    found: list[Label], team: Maintainers, process: ReleaseProcess
) -> None:
    facts = Facts(
        "docs/data", maintainers=team, labels=Labels(labels=tuple(found)), release=process
    )
    values = render_values(facts)
    chosen = [path for path in values if not path.endswith((".start", ".end", ".duration"))]

    for path in chosen:
        fact = f"<!-- docs_tools/fact {{ path: {quote(path)} }} -->"
        page = convert(facts, f"A {fact} Z\n\n| a | b |\n| - | - |\n| {fact} | Z |\n\nEnd.\n")

        check_shape(page, 1, 2)
        tags = [tag for tag, _ in page.elements]
        assert tags.count("p") == 2
        shown = page.rows[1][0]
        assert page.text.startswith(f"A {shown} Z")
        assert page.text.endswith("End.")
        assert page.rows[1][1] == "Z"


@settings(max_examples=examples(60))
@given(labels)
def test_a_label_is_found_and_shown_by_its_very_name(label: Label) -> None:
    facts = Facts("docs/data", labels=Labels(labels=(label,)))

    page = convert(facts, f"A <!-- docs_tools/labels {{ name: {quote(label.name)} }} --> Z")

    assert page.text == f"A {on_one_line(label.name)} Z"
