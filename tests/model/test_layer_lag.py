"""Where a release isn't, though its layer or one of the same name is elsewhere."""

from docs_tools.model.layers import Lag, Layers
from tests.model.layer_data import MIXED, read

TWO = """\
layers:
  - id: v3
    name: PythonV3-{architecture}
    account: "017000801446"
    architectures: [x86_64, arm64]
    regions: [eu-west-1, ca-west-1]
  - id: v3-govcloud
    name: PythonV3-{architecture}
    account: "165087284144"
    architectures: [x86_64, arm64]
    regions: [us-gov-east-1, us-gov-west-1]
  - id: v2
    name: PythonV2-{architecture}
    account: "017000801446"
    architectures: [x86_64]
    regions: [eu-west-1]
releases:
"""


def releases(*lines: str) -> Layers:
    return read(TWO + "".join(f"  - {{{line}}}\n" for line in lines))


def summary(lag: Lag) -> tuple[object, ...]:
    return lag.layer, lag.partition, lag.regions, len(lag.slots), lag.instead, lag.numbers


def test_a_layer_of_the_same_name_lags_and_one_of_another_name_does_not() -> None:
    layers = releases(
        'version: "3.2.0", layer: v3, number: 5',
        'version: "3.1.0", layer: v3, number: 4',
        'version: "3.1.0", layer: v3-govcloud, number: 3',
        'version: "3.0.0", layer: v3-govcloud, number: 2',
        'version: "2.20.0", layer: v2, number: 40',
    )

    [lag] = layers.lags("3.2.0")
    assert lag.version == "3.2.0"
    assert summary(lag) == (
        "v3-govcloud", "aws-us-gov", ("us-gov-east-1", "us-gov-west-1"), 4, "3.1.0", (3,),
    )  # fmt: skip
    assert layers.lags("3.1.0") == ()
    assert [lag.layer for lag in layers.lags("3.0.0")] == ["v3"]
    assert layers.lags("2.20.0") == ()
    assert layers.lags("9.9.9") == ()


def test_what_was_never_released_there_has_nothing_instead() -> None:
    layers = releases('version: "3.2.0", layer: v3, number: 5')

    assert [summary(lag)[4:] for lag in layers.lags("3.2.0")] == [(None, ())]


def test_only_a_release_that_is_older_counts_instead_the_newest_of_them() -> None:
    layers = releases(
        'version: "3.9.0", layer: v3-govcloud, number: 9',
        'version: "3.10.0", layer: v3, number: 10',
        'version: "3.10.1a1", layer: v3-govcloud, number: 10',
        'version: "3.11.0", layer: v3-govcloud, number: 11',
        'version: "3.8.0", layer: v3-govcloud, number: 8',
        "version: dev, layer: v3-govcloud, number: 8",
    )

    assert [(lag.instead, lag.numbers) for lag in layers.lags("3.10.0")] == [("3.9.0", (9,))]


def test_regions_of_one_layer_lag_each_with_what_they_have() -> None:
    text = MIXED + (
        "releases:\n"
        "  - version: '3.2.0'\n    layer: v3\n    number: 5\n    exceptions:\n"
        "      - {regions: [us-gov-east-1, us-gov-west-1, cn-north-1]}\n"
        "      - {regions: [ca-west-1], architectures: [arm64]}\n"
        "  - version: '3.1.0'\n    layer: v3\n    number: 4\n    exceptions:\n"
        "      - {regions: [us-gov-east-1], number: 3}\n"
        "      - {regions: [cn-north-1]}\n"
        "  - {version: '3.0.0', layer: v3, number: 2}\n"
    )

    assert [summary(lag) for lag in read(text).lags("3.2.0")] == [
        ("v3", "aws-us-gov", ("us-gov-east-1", "us-gov-west-1"), 8, "3.1.0", (3, 4)),
        ("v3", "aws-cn", ("cn-north-1",), 4, "3.0.0", (2,)),
        ("v3", "aws", ("ca-west-1",), 1, "3.1.0", (4,)),
    ]
