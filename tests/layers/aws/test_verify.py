"""Layer versions of the data, asked for one by one: `lambda:GetLayerVersion`."""

import pytest

from docs_tools.layers.aws import open_session, verify_versions
from docs_tools.model.layers import LayerVersion
from tests.aws.server import AwsServer
from tests.layers.aws import ACCOUNT, layers

NAME = "Tiny-python312-x86_64"
REFUSED = (
    "    correct the number, or let everybody read it: aws lambda add-layer-version-permission"
)


def findings(
    versions: list[LayerVersion], release: str | None = "3.4.0", excused: tuple[str, ...] = ()
) -> list[str]:
    verified = verify_versions(open_session(), versions, release, excused=excused)
    return [str(finding) for finding in verified.findings]


def test_a_layer_version_that_is_there_and_of_the_release_is_fine(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.3.0", "Tiny [Python 3.12] version 3.4.0")

    verified = verify_versions(open_session(), layers("eu-west-1", number=2), "3.4.0")

    assert verified.findings == ()
    assert verified.notices == ()
    (call,) = aws.calls
    assert call.action == "lambda:GetLayerVersion"
    layer = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:{NAME}"
    assert call.resource == f"/2018-10-31/layers/{layer}/versions/2"


def test_a_number_that_is_not_there_is_found(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")

    assert findings(layers("eu-west-1", "us-east-1", number=2)) == [
        f"arn:aws:lambda:{region}:{ACCOUNT}:layer:{NAME}:2 isn't there\n    correct the number"
        for region in ("eu-west-1", "us-east-1")
    ]


def test_a_description_of_another_release_is_found(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.3.0")

    assert findings(layers("eu-west-1")) == [
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:{NAME}:1 is 3.3.0 by its description,"
        ' not 3.4.0: "Tiny 3.3.0"\n    correct the number in the data'
    ]
    assert findings(layers("eu-west-1"), None) == []


@pytest.mark.parametrize("description", [None, "", "Tiny, for Python 3.12"])
def test_a_description_without_a_release_says_nothing(
    aws: AwsServer, description: str | None
) -> None:
    aws.publish("eu-west-1", NAME, description)

    assert findings(layers("eu-west-1")) == []


def test_a_layer_version_that_aws_refuses_is_not_there_or_not_public(aws: AwsServer) -> None:
    both = layers("eu-west-1", architectures=("x86_64", "arm64"))
    for layer in both:
        aws.publish("eu-west-1", layer.arn.name, "Tiny 3.4.0")
    aws.faults.deny_resource = {"arm64": "AccessDeniedException"}

    assert findings(both) == [
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:Tiny-python312-arm64:1 is denied"
        f" (AccessDeniedException): it isn't there, or isn't public\n{REFUSED}"
    ]


def test_one_layer_version_of_a_region_that_is_refused_is_told_by_its_arn(aws: AwsServer) -> None:
    aws.faults.deny = {"eu-west-1": "AccessDeniedException"}

    (finding,) = findings(layers("eu-west-1", number=7))

    assert finding.startswith(f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:{NAME}:7 is denied")


def test_regions_that_refuse_everything_are_told_once(aws: AwsServer) -> None:
    aws.faults.deny = dict.fromkeys(["eu-west-1", "eu-west-2"], "AccessDeniedException")
    many = layers("eu-west-1", "eu-west-2", "us-east-1", architectures=("x86_64", "arm64"))
    for layer in many:
        aws.publish(layer.arn.region, layer.arn.name, "Tiny 3.4.0")

    assert findings(many) == [
        "lambda:GetLayerVersion: every layer version is denied (AccessDeniedException)"
        " in eu-west-1, eu-west-2\n"
        "    see whether they are there and public, and allow lambda:GetLayerVersion,"
        " or do without: --excuse-region eu-west-1 --excuse-region eu-west-2"
    ]


def test_a_region_without_an_answer_hides_no_finding_elsewhere(
    aws: AwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    aws.faults.deny = {"me-south-1": "UnrecognizedClientException"}
    aws.faults.drop = {"sa-east-1"}

    found = findings(layers("eu-west-1", "me-south-1", "sa-east-1"))

    assert [finding.split("\n")[0] for finding in found] == [
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:{NAME}:1 isn't there",
        "lambda:GetLayerVersion: not enabled, or the credentials aren't for it"
        " (UnrecognizedClientException) in me-south-1",
        "lambda:GetLayerVersion: not reachable (the connection was lost) in sa-east-1",
    ]


@pytest.mark.parametrize("code", ["AccessDeniedException", "UnrecognizedClientException"])
def test_an_excused_region_is_a_notice(aws: AwsServer, code: str) -> None:
    aws.publish("us-east-1", NAME, "Tiny 3.4.0")
    aws.faults.deny = {"eu-west-1": code}

    verified = verify_versions(
        open_session(), layers("eu-west-1", "us-east-1"), "3.4.0", excused=["eu-west-1"]
    )

    assert verified.findings == ()
    (notice,) = verified.notices
    assert notice.startswith("excused: lambda:GetLayerVersion: ")
    assert notice.endswith(f"({code}) in eu-west-1")


def test_an_answer_of_another_layer_version_is_found(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")
    aws.faults.rewrite = {f"{NAME}:1": f"{NAME}:2"}

    arn = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:{NAME}"
    assert findings(layers("eu-west-1")) == [f"asked for {arn}:1, AWS answers {arn}:2"]
