"""The layer versions of a release: `lambda:ListLayerVersions` in every region."""

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.aws import Found, find_versions, open_session
from tests.aws.server import AwsServer
from tests.layers.aws import ACCOUNT, layers

NAME = "Tiny-python312-x86_64"
TWO = layers("eu-west-1", "us-east-1")


def arn(region: str, number: int) -> str:
    return f"arn:aws:lambda:{region}:{ACCOUNT}:layer:{NAME}:{number}"


def found(result: Found) -> list[str]:
    return [str(arn) for arn in result.arns]


def problem_of(*regions: str, version: str = "3.4.0", excused: tuple[str, ...] = ()) -> str:
    with pytest.raises(DocsToolsError) as caught:
        find_versions(open_session(), layers(*regions), version, excused=excused)
    return str(caught.value)


def test_the_number_whose_description_names_the_release_is_found(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.3.0", "Tiny 3.4.0", "Tiny 3.4.0a1", "Tiny 13.4.0")
    aws.publish("us-east-1", NAME, "Tiny 3.4.0", None, "")

    result = find_versions(open_session(), TWO, "3.4.0")

    assert found(result) == [arn("eu-west-1", 2), arn("us-east-1", 1)]
    assert result.notices == ()
    assert aws.actions == {"lambda:ListLayerVersions"}
    assert len(aws.calls) == 2


def test_a_layer_is_asked_for_once_whatever_numbers_the_data_has(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")

    result = find_versions(
        open_session(), [*layers("eu-west-1", number=3), *layers("eu-west-1", number=4)], "3.4.0"
    )

    assert found(result) == [arn("eu-west-1", 1)]
    assert len(aws.calls) == 1


def test_all_pages_are_read(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, *(f"Tiny 3.{n}.0" for n in range(7)))
    aws.faults.page = 3

    result = find_versions(open_session(), layers("eu-west-1"), "3.0.0")

    assert found(result) == [arn("eu-west-1", 1)]
    assert len(aws.calls) == 3


def test_of_several_the_newest_is_taken_and_that_is_told(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0", "Tiny 3.3.1", "Tiny 3.4.0 again")
    aws.publish("us-east-1", NAME, "Tiny 3.4.0", "Tiny 3.3.1", "Tiny 3.4.0 again")

    result = find_versions(open_session(), TWO, "3.4.0")

    assert found(result) == [arn("eu-west-1", 3), arn("us-east-1", 3)]
    assert result.notices == (f"{NAME}: 1 and 3 name 3.4.0 in eu-west-1, us-east-1; 3 is taken",)


def test_what_aws_does_not_have_is_left_out(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.3.0")

    assert find_versions(open_session(), TWO, "3.4.0") == Found(())
    assert find_versions(open_session(), [], "3.4.0") == Found(())


def test_layers_of_another_account_than_the_credentials_are_an_error(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")
    aws.publish("us-east-1", NAME, "Tiny 3.3.0")

    foreign = layers("eu-west-1", "us-east-1", account="999999999999")
    with pytest.raises(DocsToolsError) as caught:
        find_versions(open_session(), foreign, "3.4.0")

    assert str(caught.value) == (
        f"the credentials are of account {ACCOUNT}, the data says 999999999999"
        " in eu-west-1, us-east-1\n"
        "    use those of 999999999999, such as with AWS_PROFILE, or correct the data\n"
        "AWS doesn't tell all numbers of 3.4.0"
    )


def test_every_region_without_an_answer_is_told_with_reason_and_mend(
    aws: AwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    aws.faults.deny = {
        "eu-west-1": "AccessDeniedException",
        "eu-west-2": "AccessDeniedException",
        "me-south-1": "UnrecognizedClientException",
        "ap-east-1": "OptInRequired",
    }
    aws.faults.drop = {"sa-east-1"}

    text = problem_of(*aws.faults.deny, "sa-east-1", "us-east-1")

    assert text == (
        "lambda:ListLayerVersions: not enabled, or the credentials aren't for it (OptInRequired)"
        " in ap-east-1\n"
        "    enable the region in the account, or do without: --excuse-region ap-east-1\n"
        "lambda:ListLayerVersions: denied (AccessDeniedException) in eu-west-1, eu-west-2\n"
        "    allow lambda:ListLayerVersions there, or do without:"
        " --excuse-region eu-west-1 --excuse-region eu-west-2\n"
        "lambda:ListLayerVersions: not enabled, or the credentials aren't for it"
        " (UnrecognizedClientException) in me-south-1\n"
        "    enable the region in the account, or do without: --excuse-region me-south-1\n"
        "lambda:ListLayerVersions: not reachable (the connection was lost) in sa-east-1\n"
        "    check the network, the proxy and AWS_ENDPOINT_URL, or do without:"
        " --excuse-region sa-east-1\n"
        "AWS doesn't tell all numbers of 3.4.0"
    )


@pytest.mark.parametrize(
    "code", ["InvalidClientTokenId", "AuthFailure", "SignatureDoesNotMatch", "AccessDenied"]
)
def test_a_region_that_is_excused_is_a_notice(aws: AwsServer, code: str) -> None:
    aws.publish("us-east-1", NAME, "Tiny 3.4.0")
    aws.faults.deny = {"eu-west-1": code}

    result = find_versions(open_session(), TWO, "3.4.0", excused=["eu-west-1"])

    assert found(result) == [arn("us-east-1", 1)]
    (notice,) = result.notices
    assert notice.startswith("excused: lambda:ListLayerVersions: ")
    assert f"({code}) in eu-west-1" in notice


def test_an_excused_region_that_answers_is_used(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")

    result = find_versions(open_session(), TWO, "3.4.0", excused=["eu-west-1"])

    assert found(result) == [arn("eu-west-1", 1)]
    assert result.notices == ()


def test_where_no_region_answers_the_credentials_are_suspected(aws: AwsServer) -> None:
    aws.faults.deny = dict.fromkeys(["eu-west-1", "us-east-1"], "UnrecognizedClientException")

    text = problem_of("eu-west-1", "us-east-1")

    assert "--excuse-region" not in text
    assert "aws sts get-caller-identity tells whose credentials these are" in text


def test_a_region_that_is_not_enabled_is_not_asked_for_each_layer(aws: AwsServer) -> None:
    aws.faults.deny = {"eu-west-1": "UnrecognizedClientException"}
    many = layers("eu-west-1", "us-east-1", runtimes=tuple(f"python3.{n}" for n in range(9, 15)))

    find_versions(open_session(), many, "3.4.0", jobs=1, excused=["eu-west-1"])

    assert [call.region for call in aws.calls].count("eu-west-1") == 1
    assert [call.region for call in aws.calls].count("us-east-1") == 6


def test_an_answer_that_names_another_layer_is_not_believed(aws: AwsServer) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")
    aws.publish("us-east-1", NAME, "Tiny 3.4.0")
    aws.faults.rewrite = {
        f":lambda:us-east-1:{ACCOUNT}:layer:{NAME}": ":lambda:us-east-1:layer",
        f":lambda:eu-west-1:{ACCOUNT}:layer:{NAME}": f":lambda:eu-west-1:{ACCOUNT}:layer:Other",
    }

    text = problem_of("eu-west-1", "us-east-1")

    assert f"in eu-west-1 was asked for {NAME} and answers arn:aws:lambda:eu-west-1:" in text
    assert "lambda:ListLayerVersions in us-east-1: not a layer version ARN" in text
