"""JSON of `cdk deploy --outputs-file`, or any other with ARNs in it -> ARNs."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.layers import load_arns
from docs_tools.layers.sources.outputs import read_outputs
from tests.layers.sources.test_text import END, HINT, problems_of, v2
from tests.size import examples

ARM = "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2-Arm64:40"


def outputs(folder: Path, data: object) -> Path:
    file = folder / "outputs.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data, indent=2), "utf-8")
    return file


def test_every_output_that_is_a_layer_version_arn_counts_and_no_other(tmp_path: Path) -> None:
    file = outputs(
        tmp_path,
        {
            "LayerV2Stack": {
                "VersionUsed": "2.20.0",
                "LatestLayerArn": v2(),
                "LatestLayerArm64Arn": ARM,
                "Role": "arn:aws:iam::017000801446:role/layer",
                "Function": "arn:aws:lambda:eu-west-1:017000801446:function:canary",
            },
            "Other": {"Count": 3, "None": None, "Yes": True, "Deep": [[{"x": v2("us-east-1")}]]},
        },
    )

    assert sorted(str(arn) for arn in load_arns(file)) == sorted([v2(), ARM, v2("us-east-1")])


def test_the_published_list_of_layers_is_a_source_too(tmp_path: Path) -> None:
    layers = [{"arn": v2(), "region": "eu-west-1"}, {"arn": ARM, "runtime": "python3.12"}]
    file = outputs(tmp_path, {"version": "2.20.0", "layers": layers})

    assert sorted(str(arn) for arn in load_arns(file)) == sorted([v2(), ARM])


def test_a_malformed_arn_is_named_with_its_line_column_and_key(tmp_path: Path) -> None:
    short = "arn:aws:lambda:eu-west-1:0170008:layer:PythonV2:40"
    bare = "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2"
    file = outputs(tmp_path, {"Stack": {"Good": v2(), "Arn": short, "More": [1, bare]}})

    assert problems_of(file).split("\n") == [
        f'{file}:4:12: Stack.Arn: not a 12-digit account: "0170008" in "{short}"',
        HINT,
        f"{file}:7:7: Stack.More.1: not a layer version ARN (the version number is missing):"
        f' "{bare}"',
        HINT,
        END,
    ]


def test_a_layer_with_two_numbers_is_refused_with_both_places_and_keys(tmp_path: Path) -> None:
    file = outputs(tmp_path, {"A": {"Arn": v2()}, "B": {"Arn": v2(number=41)}})

    assert problems_of(file) == (
        f"{file}:6:12: B.Arn: {v2(number=41)} has number 40 at {file}:3 (A.Arn)\n"
        f"    keep the number that was deployed\n{END}"
    )


def test_a_key_that_stands_twice_hides_nothing(tmp_path: Path) -> None:
    file = outputs(tmp_path, f'{{"Arn": "{v2()}", "Arn": "{v2(number=41)}"}}')

    assert "has number 40" in problems_of(file)


@pytest.mark.parametrize("text", ["{}", "[]", "3", '"text"', '{"Stack": {"Url": "https://x"}}'])
def test_json_without_an_arn_is_refused(tmp_path: Path, text: str) -> None:
    file = outputs(tmp_path, text)

    assert problems_of(file) == f"{file}: holds no layer version ARN\n{END}"


def test_json_that_is_one_string_counts(tmp_path: Path) -> None:
    assert [str(arn) for arn in load_arns(outputs(tmp_path, f'"{v2()}"'))] == [v2()]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{\n  "Arn": \n}', ":3:1: not JSON: Expecting value"),
        ("", ":1:1: not JSON: Expecting value"),
        ("{'Arn': 1}", ":1:2: not JSON: Expecting property name enclosed in double quotes"),
        ("[" * 100_000, ": nests too deep to be read"),
    ],
)
def test_malformed_json_is_refused_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    file = outputs(tmp_path, text)

    assert problems_of(file) == f"{file}{problem}\n{END}"


def test_a_number_of_any_length_does_no_harm(tmp_path: Path) -> None:
    file = outputs(tmp_path, f'{{"n": {"9" * 5000}, "Arn": "{v2()}"}}')

    assert [str(arn) for arn in load_arns(file)] == [v2()]


def test_a_byte_order_mark_makes_no_difference(tmp_path: Path) -> None:
    file = outputs(tmp_path, f'\ufeff{{"Arn": "{v2()}"}}')

    assert [str(arn) for arn in load_arns(file)] == [v2()]


texts = st.text(max_size=5) | st.sampled_from([v2(), ARM, '\\"', "{", "],:", "\n"])
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
documents: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


def arns_in(data: Any, key: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    if isinstance(data, str) and data in (v2(), ARM):
        return [(".".join(key), data)]
    parts: list[tuple[object, object]] = []
    if isinstance(data, dict):
        parts = list(data.items())
    elif isinstance(data, list):
        parts = list(enumerate(data))
    return [found for name, part in parts for found in arns_in(part, (*key, str(name)))]


@given(documents, st.sampled_from([None, 1]), st.booleans())
@settings(max_examples=examples(150))
def test_what_json_reads_is_what_is_found_with_its_key_and_place(
    data: Any, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)

    found = list(read_outputs(text, "x.json"))

    assert [(value.key or "", value.text) for value in found] == arns_in(data)
    lines = text.split("\n")
    for value in found:
        assert lines[value.line - 1][value.column :].startswith(value.text)
