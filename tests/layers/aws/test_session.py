"""The session is the user's: profiles, SSO, endpoints and retries are what AWS's tools know."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.aws import find_versions, open_session, partition_of_session
from tests.aws.server import SECRETS, AwsServer
from tests.layers.aws import layers

NAME = "Tiny-python312-x86_64"


def problem() -> str:
    with pytest.raises(DocsToolsError) as caught:
        find_versions(open_session(), layers("eu-west-1"), "3.4.0")
    return str(caught.value)


@pytest.fixture
def config(aws: AwsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration file, and no credentials in the environment."""
    file = tmp_path / "config"
    file.write_text("")
    for name in SECRETS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    return file


def write(config: Path, text: str) -> None:
    config.write_text(textwrap.dedent(text))


def test_a_profile_has_credentials_region_endpoint_and_retries(
    aws: AwsServer, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")
    endpoint = aws.environment["AWS_ENDPOINT_URL"]
    write(
        config,
        f"""\
        [profile layers]
        aws_access_key_id = AKIAIOSFODNN7EXAMPLE
        aws_secret_access_key = wJalrXUtnFEMI
        region = us-gov-west-1
        endpoint_url = {endpoint}
        max_attempts = 1
        retry_mode = adaptive
        """,
    )
    monkeypatch.setenv("AWS_PROFILE", "layers")
    monkeypatch.delenv("AWS_ENDPOINT_URL")

    session = open_session()

    assert len(find_versions(session, layers("eu-west-1"), "3.4.0").arns) == 1
    assert partition_of_session(session) == "aws-us-gov"
    (client,) = session.clients("lambda", {"eu-west-1"}, 3).values()
    assert client.meta.config.retries == {"mode": "adaptive", "total_max_attempts": 1}
    aws.faults.throttle_first = 9
    assert "still too many requests after all attempts (TooManyRequestsException)" in problem()
    assert aws.throttled == 1


ROLE = """\
    [profile user]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI
    region = eu-west-1
    [profile layers]
    role_arn = arn:aws:iam::123456789012:role/reader
    source_profile = user
    region = eu-west-1
    """


def test_a_profile_may_assume_a_role(
    aws: AwsServer, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.publish("us-east-1", NAME, "Tiny 3.4.0")
    write(config, ROLE)
    monkeypatch.setenv("AWS_PROFILE", "layers")

    assert len(find_versions(open_session(), layers("us-east-1"), "3.4.0").arns) == 1
    assert [call.action for call in aws.calls] == ["sts:AssumeRole", "lambda:ListLayerVersions"]


def test_a_role_that_may_not_be_assumed_is_told(
    aws: AwsServer, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.faults.deny = {"eu-west-1": "AccessDenied"}
    write(config, ROLE)
    monkeypatch.setenv("AWS_PROFILE", "layers")

    text = problem()

    assert text.startswith("the AWS credentials can't be had: denied (AccessDenied)\n")
    assert "SECRETUSER" not in text


def test_a_giver_of_credentials_that_is_away_is_told(
    aws: AwsServer, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.faults.drop = {"eu-west-1"}
    write(config, ROLE)
    monkeypatch.setenv("AWS_PROFILE", "layers")

    assert problem().startswith("who gives AWS credentials is not reachable (the connection was")


def test_retries_and_connections_are_enough_where_the_user_says_nothing(aws: AwsServer) -> None:
    (client,) = open_session().clients("lambda", {"eu-west-1"}, 30).values()

    assert client.meta.config.retries == {"mode": "standard", "total_max_attempts": 8}
    assert client.meta.config.max_pool_connections == 30
    assert client.meta.region_name == "eu-west-1"


def test_retries_in_the_environment_are_kept(
    aws: AwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("AWS_RETRY_MODE", "adaptive")

    (client,) = open_session().clients("ssm", {"eu-west-1"}, 1).values()

    assert client.meta.config.retries == {"mode": "adaptive", "total_max_attempts": 2}


@pytest.mark.parametrize(
    ("variables", "partition"),
    [
        ({}, "aws"),
        ({"AWS_DEFAULT_REGION": "cn-north-1"}, "aws-cn"),
        ({"AWS_REGION": "us-gov-east-1"}, "aws-us-gov"),
        ({"AWS_REGION": "cn-north-1", "AWS_DEFAULT_REGION": "eu-west-1"}, "aws"),
    ],
)
def test_the_partition_is_that_of_the_region(
    aws: AwsServer,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    partition: str,
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert partition_of_session(open_session()) == partition


def test_no_credentials_are_told_with_the_mend(config: Path) -> None:
    assert problem() == (
        "there are no AWS credentials\n"
        "    set AWS_PROFILE, or sign in: aws configure, aws sso login"
    )


def test_a_profile_that_is_not_there_is_named(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "layres")

    assert problem() == (
        'there is no AWS profile "layres"\n'
        "    set AWS_PROFILE to one of those that `aws configure list-profiles` shows"
    )


def test_a_part_of_the_credentials_is_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")

    assert problem().startswith("a part of the AWS credentials is missing\n")


def test_an_sso_session_that_nobody_signed_in_to_is_told_with_the_mend(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        config,
        """\
        [profile layers]
        sso_session = company
        sso_account_id = 123456789012
        sso_role_name = reader
        [sso-session company]
        sso_region = eu-west-1
        sso_start_url = https://company.example.com/start
        """,
    )
    monkeypatch.setenv("AWS_PROFILE", "layers")

    assert problem() == (
        "the AWS SSO session has expired, or there is none\n    sign in: aws sso login"
    )


def test_a_program_for_credentials_that_fails_is_told_without_what_it_wrote(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(config, "[profile layers]\ncredential_process = sh -c 'echo hunter2 >&2; exit 1'\n")
    monkeypatch.setenv("AWS_PROFILE", "layers")

    text = problem()

    assert text.startswith("the AWS credentials can't be had\n")
    assert "hunter2" not in text


@pytest.mark.parametrize("code", ["ExpiredTokenException", "ExpiredToken"])
def test_credentials_that_have_expired_end_it(aws: AwsServer, code: str) -> None:
    aws.faults.deny = dict.fromkeys(["eu-west-1"], code)

    assert problem() == (
        f"the AWS credentials have expired ({code})\n"
        "    sign in again: aws sso login, aws login, or set new credentials"
    )


def test_a_clock_that_is_wrong_is_told(aws: AwsServer) -> None:
    aws.faults.deny = {"eu-west-1": "RequestTimeTooSkewed"}

    assert "set this computer's clock" in problem()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_ENDPOINT_URL", "no address"),
        ("AWS_MAX_ATTEMPTS", "many"),
        ("AWS_RETRY_MODE", "wild"),
        ("AWS_CONFIG_FILE", __file__),
    ],
)
def test_settings_that_can_not_be_used_are_told(
    aws: AwsServer, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    text = problem()

    assert text.startswith(("the AWS settings can't be used", "the AWS session can't be used"))
    assert "look at AWS_PROFILE and the other AWS_… variables, and at ~/.aws/config" in text


def test_who_does_not_ask_aws_does_not_wait_for_boto3() -> None:
    code = """
import sys
import docs_tools.layers, docs_tools.layers.aws, docs_tools.cli
try:
    sys.argv = ["docs_tools", "--help"]
    docs_tools.cli.main()
finally:
    print([module for module in sys.modules if module.startswith("boto")])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("Usage:")
    assert done.stdout.endswith("[]\n")
