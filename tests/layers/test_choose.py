"""A build gets its own release's numbers, or none: never another release's."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers import choose_layers
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import Layers, LayerSet

TEXT = """
layers:
  - id: v2
    name: PythonV2{architecture}
    account: "017000801446"
    architectures: {x86_64: "", arm64: -Arm64}
    regions: [us-east-1, eu-west-1]
releases:
  - {version: "2.9.0", layer: v2, number: 38}
  - {version: "2.10.0", layer: v2, number: 40}
"""


@pytest.fixture
def data() -> Layers:
    return validate(Layers, parse_document(TEXT, "layers.yml"))


def numbers_of(layers: LayerSet | None) -> set[int]:
    return {layer.arn.number for layer in layers.layers} if layers else set()


def test_a_release_gets_its_own_numbers(data: Layers) -> None:
    chosen = choose_layers(data, "docs/data/layers.yml", "2.9.0", None)

    assert chosen is not None
    assert (chosen.version, chosen.source) == ("2.9.0", "docs/data/layers.yml")
    assert numbers_of(chosen) == {38}


@pytest.mark.parametrize("version", ["2.11.0", "2.8.0", "v2.10.0", "3"])
def test_a_release_that_the_data_does_not_know_gets_none(data: Layers, version: str) -> None:
    assert choose_layers(data, "layers.yml", version, None) is None


@pytest.mark.parametrize("version", [None, "dev", "latest", "3.0.0a1", "2.11.0rc1"])
def test_what_is_no_release_shows_the_newest(data: Layers, version: str | None) -> None:
    chosen = choose_layers(data, "layers.yml", version, None)

    assert chosen is not None
    assert chosen.version == "2.10.0"
    assert numbers_of(chosen) == {40}


def test_a_pre_release_with_numbers_of_its_own_gets_them() -> None:
    text = TEXT + '  - {version: "3.0.0a1", layer: v2, number: 41}\n'
    data = validate(Layers, parse_document(text, "layers.yml"))

    assert numbers_of(choose_layers(data, "layers.yml", "3.0.0a1", None)) == {41}


def test_without_data_there_are_no_numbers() -> None:
    assert choose_layers(None, "layers.yml", "2.10.0", None) is None


def test_data_without_releases_has_no_numbers() -> None:
    text = TEXT[: TEXT.index("releases:")]
    data = validate(Layers, parse_document(text, "layers.yml"))

    assert choose_layers(data, "layers.yml", None, None) is None


def test_a_source_wins_over_the_data_and_is_described_by_it(data: Layers, tmp_path: Path) -> None:
    source = tmp_path / "arns.txt"
    source.write_text(
        "arn:aws:lambda:us-east-1:017000801446:layer:PythonV2:99\n"
        "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2:99\n"
        "arn:aws:lambda:us-east-1:017000801446:layer:PythonV2-Arm64:98\n"
        "arn:aws:lambda:us-east-1:999999999999:layer:Other:1\n"
    )

    chosen = choose_layers(data, "layers.yml", "2.10.0", source)

    assert chosen is not None
    assert (chosen.version, chosen.source) == ("2.10.0", str(source))
    assert [
        (layer.architecture, layer.arn.region, layer.arn.number) for layer in chosen.layers
    ] == [
        ("x86_64", "us-east-1", 99),
        ("x86_64", "eu-west-1", 99),
        ("arm64", "us-east-1", 98),
        ("arm64", "eu-west-1", 40),
        (None, "us-east-1", 1),
    ]
    assert [str(layer.arn) for layer in chosen.kept] == [
        "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2-Arm64:40"
    ]


@pytest.mark.parametrize(
    ("version", "with_data", "chosen"),
    [
        ("2.11.0", True, "2.11.0"),
        ("2.10.0", True, "2.10.0"),
        (None, True, "2.10.0"),
        (None, False, "unreleased"),
    ],
)
def test_numbers_from_a_source_belong_to_the_version_that_is_built(
    data: Layers, tmp_path: Path, version: str | None, with_data: bool, chosen: str
) -> None:
    source = tmp_path / "arns.txt"
    source.write_text("arn:aws:lambda:us-east-1:017000801446:layer:PythonV2:99\n")

    layers = choose_layers(data if with_data else None, "layers.yml", version, source)

    assert layers is not None
    assert layers.version == chosen
    assert next(v.arn.number for v in layers.layers if v not in layers.kept) == 99


def test_a_source_that_can_not_be_used_is_no_reason_to_fall_back(
    data: Layers, tmp_path: Path
) -> None:
    with pytest.raises(DocsToolsError, match="there is no"):
        choose_layers(data, "layers.yml", "2.10.0", tmp_path / "arns.txt")


EXCEPTIONS = """\
  - version: "2.11.0"
    layer: v2
    number: 41
    exceptions:
      - {architectures: [arm64], regions: [eu-west-1]}
      - {architectures: [arm64], number: 42}
"""


def test_a_release_has_each_number_that_its_exceptions_say_and_none_where_it_is_not() -> None:
    data = validate(Layers, parse_document(TEXT + EXCEPTIONS, "layers.yml"))

    chosen = choose_layers(data, "layers.yml", "2.11.0", None)

    assert chosen is not None
    assert [(*v.slot, v.arn.number) for v in chosen.layers] == [
        ("x86_64", None, "us-east-1", 41),
        ("x86_64", None, "eu-west-1", 41),
        ("arm64", None, "us-east-1", 42),
    ]


def test_a_source_brings_what_the_data_has_no_number_for(tmp_path: Path) -> None:
    data = validate(Layers, parse_document(TEXT + EXCEPTIONS, "layers.yml"))
    source = tmp_path / "arns.txt"
    source.write_text("arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2-Arm64:43\n")

    chosen = choose_layers(data, "layers.yml", "2.11.0", source)

    assert chosen is not None
    assert [(*v.slot, v.arn.number) for v in chosen.layers] == [
        ("x86_64", None, "us-east-1", 41),
        ("x86_64", None, "eu-west-1", 41),
        ("arm64", None, "us-east-1", 42),
        ("arm64", None, "eu-west-1", 43),
    ]
    assert chosen.kept == chosen.layers[:3]
