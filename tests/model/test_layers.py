"""Layers stand for a layer version in each region, for each runtime and architecture."""

import pytest

from docs_tools.model.arn import LayerArn
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import Layers, LayerVersion

TEXT = """
layers:
  - id: v2
    name: PythonV2{architecture}
    account: "017000801446"
    architectures: {x86_64: "", arm64: -Arm64}
    regions: [eu-west-1, ca-west-1]
    exclude:
      - {architectures: [arm64], regions: [ca-west-1]}
  - id: v3
    name: PythonV3-{runtime}-{architecture}
    account: "017000801446"
    accounts: {us-gov-west-1: "165093116878"}
    architectures: [x86_64]
    runtimes: {python3.9: python39, python3.10: python310}
    regions: [eu-west-1, us-gov-west-1]
releases:
  - {version: "2.9.0", layer: v2, number: 38}
  - {version: "3.0.0a1", layer: v3, number: 1}
  - {version: "2.10.0", layer: v2, number: 40}
  - {version: "2.10.0", layer: v3, number: 2}
"""


@pytest.fixture
def layers() -> Layers:
    return validate(Layers, parse_document(TEXT, "layers.yml"))


def test_a_release_has_a_layer_version_for_each_architecture_runtime_and_region(
    layers: Layers,
) -> None:
    chosen = layers.select("2.10.0", "layers.yml")

    assert chosen is not None
    assert [(str(v.arn), v.architecture, v.runtime) for v in chosen.layers] == [
        ("arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2:40", "x86_64", None),
        ("arn:aws:lambda:ca-west-1:017000801446:layer:PythonV2:40", "x86_64", None),
        ("arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2-Arm64:40", "arm64", None),
        (
            "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV3-python39-x86_64:2",
            "x86_64",
            "python3.9",
        ),
        (
            "arn:aws-us-gov:lambda:us-gov-west-1:165093116878:layer:PythonV3-python39-x86_64:2",
            "x86_64",
            "python3.9",
        ),
        (
            "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV3-python310-x86_64:2",
            "x86_64",
            "python3.10",
        ),
        (
            "arn:aws-us-gov:lambda:us-gov-west-1:165093116878:layer:PythonV3-python310-x86_64:2",
            "x86_64",
            "python3.10",
        ),
    ]


def test_a_release_without_numbers_has_no_layers(layers: Layers) -> None:
    assert layers.select("2.11.0", "layers.yml") is None


def test_versions_stand_once_in_the_order_of_the_file(layers: Layers) -> None:
    assert layers.versions == ("2.9.0", "3.0.0a1", "2.10.0")


def test_the_newest_is_the_highest_release_and_no_pre_release(layers: Layers) -> None:
    assert layers.newest == "2.10.0"


def test_the_newest_of_pre_releases_is_the_first_in_the_file() -> None:
    text = TEXT[: TEXT.index("releases:")] + (
        "releases:\n"
        '  - {version: "3.0.0a2", layer: v3, number: 2}\n'
        '  - {version: "3.0.0a1", layer: v3, number: 1}\n'
    )

    assert validate(Layers, parse_document(text, "layers.yml")).newest == "3.0.0a2"


def test_no_release_means_no_newest() -> None:
    text = TEXT[: TEXT.index("releases:")]

    assert validate(Layers, parse_document(text, "layers.yml")).newest is None


def test_a_layer_version_is_described_by_its_name(layers: Layers) -> None:
    arn = LayerArn.parse("arn:aws:lambda:eu-west-1:017000801446:layer:PythonV3-python310-x86_64:9")

    assert layers.describe(arn) == LayerVersion(arn, "x86_64", "python3.10")


def test_a_strangers_layer_version_is_not_described(layers: Layers) -> None:
    arn = LayerArn.parse("arn:aws:lambda:eu-west-1:999999999999:layer:PythonV2:9")

    assert layers.describe(arn) == LayerVersion(arn)
