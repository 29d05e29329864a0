"""A project of real size: 29 regions, 5 runtimes, 2 architectures and several releases of each."""

import random

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.aws import find_versions, open_session, verify_versions
from docs_tools.model.layers import LayerVersion
from tests.aws.server import AwsServer
from tests.layers.aws import REGIONS, layers
from tests.size import LONG

ALL = layers(
    *REGIONS,
    runtimes=tuple(f"python3.{minor}" for minor in range(9, 14)),
    architectures=("x86_64", "arm64"),
)
# the long run has more than one page of AWS's own size
RELEASES, PAGE = (60, 50) if LONG else (5, 4)


def publish(aws: AwsServer) -> dict[str, list[str]]:
    """Publishes every release of every layer; the ARNs of each, and each layer has its own."""
    arns: dict[str, list[str]] = {f"3.{minor}.0": [] for minor in range(RELEASES)}
    odds = random.Random(5)
    for layer in ALL:
        aws.publish(layer.arn.region, layer.arn.name, *(["0.1.0"] * odds.randrange(3)))
        text = f"Tiny [{layer.architecture} - {layer.runtime}] version"
        published = aws.publish(layer.arn.region, layer.arn.name, *(f"{text} {v}" for v in arns))
        for version, arn in zip(arns, published, strict=True):
            arns[version].append(arn)
    return arns


def test_every_number_is_found_with_throttling_and_a_denied_region(aws: AwsServer) -> None:
    arns = publish(aws)["3.2.0"]
    aws.faults.page = PAGE
    aws.faults.throttle_first = 6
    aws.faults.throttle_every = 29
    aws.faults.deny = {"ca-west-1": "AccessDeniedException"}
    seen: list[tuple[int, int]] = []

    found = find_versions(
        open_session(),
        ALL,
        "3.2.0",
        jobs=6,
        excused=["ca-west-1"],
        progress=lambda done, total: seen.append((done, total)),
    )

    assert len(ALL) == 290
    assert [str(arn) for arn in found.arns] == [arn for arn in arns if ":ca-west-1:" not in arn]
    assert len({arn.number for arn in found.arns}) == 3
    assert found.notices == (
        "excused: lambda:ListLayerVersions: denied (AccessDeniedException) in ca-west-1",
    )
    assert seen == [(done, 290) for done in range(291)]
    assert aws.throttled > 20
    assert 1 < aws.most_in_flight <= 6
    # every page of every layer once, those that were told to come again twice
    asked = [call for call in aws.calls if call.region != "ca-west-1"]
    assert len(asked) >= 280 * 2


def test_the_denied_region_alone_is_the_error_where_nobody_excuses_it(aws: AwsServer) -> None:
    some = [layer for layer in ALL if layer.runtime == "python3.13"]
    aws.faults.deny = {"ca-west-1": "AccessDeniedException"}

    with pytest.raises(DocsToolsError) as caught:
        find_versions(open_session(), some, "3.2.0")

    assert [problem.message for problem in caught.value.diagnostics] == [
        "lambda:ListLayerVersions: denied (AccessDeniedException) in ca-west-1"
    ]


def test_every_layer_version_of_a_release_is_verified(aws: AwsServer) -> None:
    publish(aws)
    session = open_session()
    some = [layer for layer in ALL if layer.runtime == "python3.13"]
    arns = find_versions(session, some, "3.4.0").arns
    aws.reset_calls()
    aws.faults.throttle_every = 29

    verified = verify_versions(session, [LayerVersion(arn) for arn in arns], "3.4.0", jobs=6)

    assert verified.findings == ()
    assert len(arns) == 58
    assert len(aws.calls) == 58 + aws.throttled
    assert aws.actions == {"lambda:GetLayerVersion"}
    assert 1 < aws.most_in_flight <= 6
