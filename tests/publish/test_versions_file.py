"""The text of `versions.json`: read without loss, and every fault at its line."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.publish.versions.file import load_entries
from docs_tools.publish.versions.json_document import dump_json, parse_json
from docs_tools.publish.versions.list import Versions
from tests.publish.lists import entries
from tests.size import examples

FILE = "gh-pages:versions.json"


def faults(text: str | bytes) -> list[str]:
    """The problems of a text, each with its line and column, without its mend."""
    with pytest.raises(DocsToolsError) as failure:
        Versions.loads(text, FILE)
    assert failure.value.message == "the list of versions is broken"
    assert failure.value.hint == "mend it by hand on the docs branch; it was left as it is"
    found = [str(problem).splitlines()[0] for problem in failure.value.diagnostics]
    assert all(line.startswith(f"{FILE}:") for line in found)
    return [line.removeprefix(f"{FILE}:") for line in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1: not JSON: the file is empty"]),
        (" \n", ["2:1: not JSON: the file is empty"]),
        (
            '[\n  {"version": "1.0"}\n  {"version": "2.0"}\n]',
            ["3:3: not JSON: Expecting ',' delimiter"],
        ),
        ("[]\n[]", ["2:1: not JSON: Extra data"]),
        ('{"version": "1.0"}', ["1:1: must be a list of versions"]),
        (
            '[\n  "1.0",\n  {"title": "x"}\n]',
            [
                "2:3: [0]: must be an object with a `version`",
                "3:3: [1]: must be an object with a `version`",
            ],
        ),
        ('[\n  {"version": 1.0}\n]', ["2:4: [0].version: must be text"]),
        ('[{"version": "1.0",\n  "title": null}]', ["2:3: [0].title: must be text"]),
        (
            '[{"version": "1.0",\n  "aliases": "latest"}]',
            ["2:3: [0].aliases: must be a list of names"],
        ),
        (
            '[{"version": "1.0", "aliases": [\n  "latest",\n  3]}]',
            ["3:3: [0].aliases[1]: must be a name"],
        ),
        (
            '[\n{"version": "a/b"},\n{"version": "1.0", "aliases": [".git"]}]',
            [
                '2:2: [0].version: not a version: "a/b"; '
                'a name may not be ".", ".." or hold a slash',
                '3:32: [1].aliases[0]: not an alias: ".git" has a meaning of its own '
                "at the root of the branch",
            ],
        ),
        (
            '[\n{"version": "1.0"},\n{"version": "1.0"}]',
            ['3:2: [1].version: "1.0" is there twice (first on line 2)'],
        ),
        (
            '[\n{"version": "1.0", "aliases": ["2.0"]},\n{"version": "2.0"}]',
            ['2:32: [0].aliases[0]: "2.0" is there twice (first on line 3)'],
        ),
        (
            '[{"version": "1.0", "aliases": ["1.0", "x",\n"x"]}]',
            [
                '1:33: [0].aliases[0]: "1.0" is there twice (first on line 1)',
                '2:1: [0].aliases[2]: "x" is there twice (first on line 1)',
            ],
        ),
        (
            '[{"version": "1.0",\n"title": "one",\n"title": "two"}]',
            ["3:1: [0].title: this key stands twice (first on line 2)"],
        ),
        (
            '[{"version": "1.0", "properties": {"a": [{"b": 1,\n"b": 2}]}}]',
            ["2:1: [0].properties.a[0].b: this key stands twice (first on line 1)"],
        ),
        (
            '[{"version": "1.0",\n"size": NaN}, {"version": "2.0", "size":\n[-Infinity]}]',
            ["2:9: not JSON: NaN", "3:2: not JSON: -Infinity"],
        ),
        (
            '[{"version": "a\\ud800"}]',
            ["1:3: [0].version: not a name: 'a\\ud800' holds half a character"],
        ),
        (
            '\ufeff[{"version": "1.0"}]',
            ["1:1: begins with a byte order mark, which JSON does not allow"],
        ),
        (b'[\n{"version": "Z\xfcrich"}]', ["2:15: not UTF-8: byte 0xfc"]),
        (
            '[{"version": "é"},\n"'.encode() + b'\xff"\n' + "é".encode() + b"\xe9",
            ["2:2: not UTF-8: byte 0xff", "3:2: not UTF-8: byte 0xe9"],
        ),
    ],
)
def test_a_fault_is_told_with_its_place(text: str | bytes, expected: list[str]) -> None:
    assert faults(text) == expected
    if isinstance(text, str):
        assert faults(text.encode("utf-8")) == expected


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = """\ufeff[
  {"version": "2.0", "aliases": ["1.0"]},
  {"version": "1.0", "version": "1.1"},
  {"title": 5},
  {"version": "..", "title": [], "aliases": {}}
]
"""
    assert [fault.split(" ")[0] for fault in faults(text)] == [
        *("1:1:", "2:34:", "3:22:", "4:3:", "5:4:", "5:21:", "5:34:")
    ]


def test_what_is_too_deep_is_told_with_its_line_and_not_with_a_traceback() -> None:
    for depth in (101, 100_000):
        text = '[{"version": "1.0", "x":\n' + "[" * depth
        if depth == 101:
            text += "]" * depth + "}]"
        assert faults(text) == ["2:100: nested too deeply"]


def test_each_fault_has_its_mend() -> None:
    text = '[{"version": 1}, {"version": "1.0", "aliases": "x", "aliases": ["1.0"]}, 3]'
    with pytest.raises(DocsToolsError) as failure:
        load_entries(text, FILE)
    assert all(problem.hint for problem in failure.value.diagnostics)


def test_mikes_own_file_is_written_again_byte_by_byte() -> None:
    text = """[
  {
    "version": "1.0",
    "title": "Z\\u00fcrich",
    "aliases": [
      "latest"
    ],
    "properties": {
      "a": {},
      "b": []
    }
  }
]
"""
    assert Versions.loads(text, FILE).dumps() == text
    assert Versions.loads(text.encode(), FILE).dumps() == text
    assert Versions().dumps() == "[]\n"


@pytest.mark.parametrize(
    "number",
    [
        *("1.10", "1e400", "-0", "-0.0", "1E5", "0.1234567890123456789012", "12345678901234567890"),
        *("1e-7", "100000.0", "9" * 5000, "0." + "1" * 400),
    ],
)
def test_a_number_stays_as_it_is_written(number: str) -> None:
    text = f'[\n  {{\n    "version": "1.0",\n    "size": {number}\n  }}\n]\n'
    assert Versions.loads(text, FILE).dumps() == text
    assert Versions.loads(text, FILE).mark("1.0", "eol").mark("1.0", None).dumps() == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)  # fmt: skip


@settings(deadline=None, max_examples=examples(100))
@given(JSON, st.sampled_from([None, 2, "\t\r\n"]), st.booleans())
def test_any_json_is_read_and_written_as_python_does(value: Any, indent: Any, ascii: bool) -> None:
    written = json.dumps(value, indent=indent, ensure_ascii=ascii)
    document = parse_json(written, "x.json")
    assert document.problems == []
    assert dump_json(document.data) == json.dumps(value, indent=2)


@settings(deadline=None, max_examples=examples(100))
@given(JSON)
def test_each_value_has_its_place(value: Any) -> None:
    text = json.dumps(value, indent=2)
    lines = text.splitlines()
    document = parse_json(text, "x.json")
    for path, place in document.places.items():
        found: Any = value
        for part in path:
            found = found[part]
        key = f"{json.dumps(path[-1])}: " if path and isinstance(path[-1], str) else ""
        start = key + json.dumps(found, indent=2).splitlines()[0]
        assert lines[place.line - 1][place.column - 1 :].removesuffix(",") == start


@settings(deadline=None, max_examples=examples(50))
@given(entries())
def test_every_list_comes_out_as_it_went_in(raw: list[dict[str, Any]]) -> None:
    text = json.dumps(raw, indent=2) + "\n"
    assert Versions.loads(text.encode(), FILE).dumps() == text
    assert Versions.loads(json.dumps(raw), FILE).dumps() == text


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("[", "]", "{", "}", ",", ":", '"version"', '"1.0"', '"aliases"', '"title"', "null"),
            *("NaN", "1", "-", "1e9", '"', "\\", "\n", " ", "\ufeff", "é", '"latest"', '"\\ud800"'),
            *('{"version": "1.0"}', '{"version": "2.0", "aliases": ["latest"]}', "\x00"),
        ]
    )
).map("".join)


@settings(deadline=None, max_examples=examples(300))
@given(FRAGMENTS.map(str.encode) | st.binary() | FRAGMENTS.map(lambda text: f"[{text}]".encode()))
@example(b"\xff\xfe[\x00]\x00")
@example(b'["' + b'\\"' * 1000)
def test_any_bytes_are_a_list_or_told_with_the_line_of_their_fault(data: bytes) -> None:
    problems: Sequence[Diagnostic] = ()
    try:
        versions = Versions.loads(data, FILE)
    except DocsToolsError as error:
        problems = error.diagnostics or [Diagnostic("none")]
    else:
        assert json.loads(versions.dumps()) == json.loads(data)
    for problem in problems:
        assert problem.line in range(1, data.count(b"\n") + 2)
