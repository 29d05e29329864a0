"""YAML text becomes plain data, and each value knows where it stands."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.model.document import KeyPath, Place, format_path, parse_document

TEXT = """\
# a comment
labels:
  - name: bug
    color: d73a4a
  - {name: docs, "usage": 'Pages'}
"""

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="ascii")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcdef-", min_size=1), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("labels",), Place(2, 1)),
        (("labels", 0), Place(3, 5)),
        (("labels", 0, "color"), Place(4, 5, "d73a4a")),
        (("labels", 1, "usage"), Place(5, 18, "Pages")),
    ],
)
def test_a_value_stands_where_its_key_does(path: KeyPath, place: Place) -> None:
    assert parse_document(TEXT, "labels.yml").places[path] == place


def test_what_is_not_there_is_diagnosed_at_what_stands_round_it() -> None:
    document = parse_document(TEXT, "labels.yml")

    problem = document.diagnose(("labels", 0, "usage"), "is missing", "write it")

    assert str(problem) == "labels.yml:3:5: labels[0].usage: is missing\n    write it"


def test_places_count_from_where_the_text_begins_in_its_file() -> None:
    document = parse_document("{id: x,\n name: y}", "page.md", line=7, column=20)

    assert document.places[("id",)] == Place(7, 21, "x")
    assert document.places[("name",)] == Place(8, 2, "y")


def test_a_place_says_what_was_written_where_yaml_reads_a_number() -> None:
    document = parse_document("version: 1.10", "layers.yml")

    assert document.data == {"version": 1.1}
    assert document.text_at(("version",)) == "1.10"
    assert document.text_at(("release",)) is None


def test_a_date_stays_text() -> None:
    assert parse_document("version: 2024-02-30", "f.yml").data == {"version": "2024-02-30"}


def test_the_first_of_two_equal_keys_is_kept_and_the_second_reported() -> None:
    document = parse_document("a:\n  b: 1\n  b: 2\n", "f.yml")

    assert document.data == {"a": {"b": 1}}
    assert [str(problem) for problem in document.problems] == [
        "f.yml:3:3: a.b: this key stands twice (first on line 2)\n    keep one of the two"
    ]


def test_a_key_that_is_no_word_is_reported_and_the_rest_kept() -> None:
    document = parse_document("? [a, b]\n: 1\nc: 2\n", "f.yml")

    assert document.data == {"c": 2}
    assert [str(problem) for problem in document.problems] == [
        "f.yml:1:3: a key must be a plain word"
    ]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_empty_text_holds_nothing(text: str) -> None:
    assert parse_document(text, "f.yml").data is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a:\n\tb: 1", "f.yml:2:1: a tab in the indentation"),
        ("a: {b: 1\n\t}c", "f.yml:2:1: a tab in the indentation"),
        ("a: *b", "f.yml:1:4: found undefined alias"),
        ("a: &b [*b]", "f.yml:1:4: an alias makes this document endless"),
        ("a: 1\n--- b", "f.yml:2:1: but found another document"),
        ("a: !!bool maybe", "f.yml:1:4: not a value: 'maybe'"),
        ('a: !!int ""', "f.yml:1:4: not a value: string index out of range"),
        ("a: !!python/name:os.system", "f.yml:1:4: could not determine a constructor"),
        ("a: \x07", "f.yml: not YAML: unacceptable character"),
        ("a: " + "9" * 5000, "f.yml:1:4: not a value: Exceeds the limit"),
        ("[" * 100_000, "f.yml:1:101: nested too deeply"),
        ("- " * 100_000, "f.yml:1:201: nested too deeply"),
    ],
)
def test_text_that_is_no_document_is_refused_at_its_place(text: str, problem: str) -> None:
    with pytest.raises(DocsToolsError) as caught:
        parse_document(text, "f.yml")

    assert str(caught.value).startswith(problem)
    assert str(caught.value).endswith("f.yml can't be read")


def test_an_alias_that_is_not_endless_stands_for_its_value_at_both_places() -> None:
    document = parse_document("a: &x [1]\nb: *x\n", "f.yml")

    assert document.data == {"a": [1], "b": [1]}
    assert document.places[("b",)] == Place(2, 1)


@settings(deadline=None)
@given(plain)
def test_data_is_what_yaml_says_it_is(data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)

    document = parse_document(text, "f.yml")

    assert document.data == data
    assert document.problems == []


@settings(deadline=None)
@given(plain)
def test_every_value_has_a_place_inside_the_text(data: object) -> None:
    text = yaml.safe_dump({"all": data}, allow_unicode=True)
    lines = text.split("\n")

    places = parse_document(text, "f.yml").places

    assert ("all",) in places
    for place in places.values():
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


def test_a_path_reads_as_in_code() -> None:
    assert format_path(("labels", 3, "color")) == "labels[3].color"
    assert format_path((0, "name")) == "[0].name"
    assert format_path(()) == ""
