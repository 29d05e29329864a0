"""A release has one number, and others or none where its exceptions say so."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from docs_tools.model.layers import Layer, LayerRelease, Layers
from tests.model.layer_data import LARGE, MIXED, read

RELEASE = """\
releases:
  - version: "3.1.0"
    layer: v3
    number: 3
    exceptions:
      - {regions: [ca-west-1], number: 1}
      - {architectures: [arm64], runtimes: [python3.8], number: 2}
      - {regions: [cn-north-1]}
      - {regions: [us-gov-east-1, us-gov-west-1], architectures: [arm64], number: 9}
"""


@pytest.fixture
def layers() -> Layers:
    return read(MIXED + RELEASE)


def test_each_layer_version_has_the_number_of_the_first_exception_that_matches(
    layers: Layers,
) -> None:
    chosen = layers.select("3.1.0", "layers.yml")

    assert chosen is not None
    assert [(*v.slot, v.arn.number) for v in chosen.layers] == [
        ("x86_64", "python3.8", "eu-west-1", 3),
        ("x86_64", "python3.8", "ca-west-1", 1),
        ("x86_64", "python3.8", "us-gov-east-1", 3),
        ("x86_64", "python3.8", "us-gov-west-1", 3),
        ("x86_64", "python3.12", "eu-west-1", 3),
        ("x86_64", "python3.12", "ca-west-1", 1),
        ("x86_64", "python3.12", "us-gov-east-1", 3),
        ("x86_64", "python3.12", "us-gov-west-1", 3),
        ("arm64", "python3.8", "eu-west-1", 2),
        ("arm64", "python3.8", "us-gov-east-1", 2),
        ("arm64", "python3.8", "us-gov-west-1", 2),
        ("arm64", "python3.8", "cn-north-1", 2),
        ("arm64", "python3.12", "eu-west-1", 3),
        ("arm64", "python3.12", "ca-west-1", 1),
        ("arm64", "python3.12", "us-gov-east-1", 9),
        ("arm64", "python3.12", "us-gov-west-1", 9),
    ]


def test_a_release_expands_to_the_same_layer_versions_by_itself(layers: Layers) -> None:
    chosen = layers.select("3.1.0", "layers.yml")

    assert chosen is not None
    assert tuple(layers.expand(layers.releases[0])) == chosen.layers


def test_a_release_of_an_unknown_layer_expands_to_nothing(layers: Layers) -> None:
    assert list(layers.expand(LayerRelease(version="1", layer="v4", number=1))) == []


def test_the_account_is_that_of_the_region_then_of_the_partition_then_of_the_layer(
    layers: Layers,
) -> None:
    accounts = {v.arn.region: v.arn.account for v in layers.layers[0].expand(1)}

    assert accounts == {
        "eu-west-1": "017000801446",
        "ca-west-1": "017000801446",
        "us-gov-east-1": "165087284144",
        "us-gov-west-1": "165093116878",
        "cn-north-1": "111111111111",
    }


def test_each_arn_of_a_layer_is_found_by_what_it_is_for_and_no_other(layers: Layers) -> None:
    layer = layers.layers[0]
    for version in layer.expand(7):
        assert layers.find(version.arn) == (layer, version.slot)
        assert layers.describe(version.arn) == version
    arn = next(layer.expand(7)).arn
    for part, other in (
        ("region", "eu-west-2"),
        ("region", "us-gov-east-1"),
        ("partition", "aws-cn"),
        ("account", "165087284144"),
        ("name", "PythonV3-python38-arm"),
    ):
        assert layers.find(_with(arn, part, other)) is None
    excluded = _with(_with(arn, "region", "ca-west-1"), "name", "PythonV3-python38-arm64")
    assert layers.find(excluded) is None


def _with(arn: Any, part: str, value: str) -> Any:
    return type(arn)(**{**vars(arn), part: value})


# ---- how much is done for a file of many releases


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often layer versions are looked at."""
    counts: Counter[str] = Counter()

    def count(owner: type, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def counted(*arguments: Any) -> Any:
            counts[name] += 1
            return original(*arguments)

        monkeypatch.setattr(owner, name, counted)

    count(Layer, "excludes")
    count(LayerRelease, "number_at")
    return counts


def test_plain_numbers_of_many_releases_are_compared_without_expanding_them(
    calls: Counter[str],
) -> None:
    lines = (f'  - {{version: "3.{i}.0", layer: v3, number: {i + 1}}}\n' for i in range(50))

    assert len(read(LARGE + "".join(lines)).releases) == 50
    assert calls["number_at"] == 50
    assert calls["excludes"] <= 2 * 290 + 1  # for the file, not for each release


def test_exceptions_of_many_releases_are_compared_where_they_differ_only(
    calls: Counter[str],
) -> None:
    entry = "  - {{version: '3.{}.0', layer: v3, number: {}, exceptions: [{}, {}]}}\n"
    lines = (
        entry.format(
            i, i + 9, f"{{regions: [ca-west-1], number: {i + 1}}}", "{runtimes: [python38]}"
        )
        for i in range(50)
    )

    assert len(read(LARGE + "".join(lines)).releases) == 50
    assert calls["number_at"] == 50 * 4
    assert calls["excludes"] <= 3 * 290
