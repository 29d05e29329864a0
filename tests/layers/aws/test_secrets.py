"""What nobody may read: credentials, tokens, signed addresses, and what AWS says of the caller."""

import logging
import traceback
from collections.abc import Callable

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.aws import (
    Session,
    find_parameters,
    find_versions,
    open_session,
    verify_versions,
)
from tests.aws.server import SECRETS, AwsServer
from tests.aws.weather import SIGNED
from tests.layers.aws import layers

NAME = "Tiny-python312-x86_64"
HIDDEN = [*SECRETS.values(), "hunter2", "SECRETUSER", "SIGNEDTOKEN", "X-Amz-", SIGNED]
TWO = layers("eu-west-1", "us-east-1")


def list_(session: Session) -> object:
    return find_versions(session, TWO, "3.4.0", excused=["us-east-1"])


def verify(session: Session) -> object:
    return verify_versions(session, TWO, "3.3.0", excused=["us-east-1"])


def parameters(session: Session) -> object:
    return find_parameters(session, "/tiny", TWO, "3.4.0", excused=["us-east-1"])


def everything(ask: Callable[[Session], object], caplog: pytest.LogCaptureFixture) -> str:
    """All that a user may get to see, whatever level is asked for."""
    caplog.clear()
    with caplog.at_level(logging.DEBUG, "mkdocs.docs_tools"):
        try:
            session = open_session()
            seen = [repr(session), repr(ask(session))]
        except DocsToolsError as error:
            seen = [str(error), repr(error), *traceback.format_exception(error)]
            seen += [str(problem.to_json()) for problem in error.diagnostics]
    ours = [record for record in caplog.records if "docs_tools" in record.name]
    return "\n".join([*seen, *(record.getMessage() for record in ours)])


def publish(aws: AwsServer) -> None:
    for region in ("eu-west-1", "us-east-1"):
        aws.publish(region, NAME, "Tiny 3.4.0")
        aws.put_parameter(region, "/tiny", "hunter2")
    aws.faults.throttle_first = 1


@pytest.mark.parametrize("ask", [list_, verify, parameters])
def test_nothing_that_is_secret_is_shown(
    aws: AwsServer, caplog: pytest.LogCaptureFixture, ask: Callable[[Session], object]
) -> None:
    publish(aws)

    text = everything(ask, caplog)

    assert aws.throttled == 1
    assert "eu-west-1" in text
    assert [secret for secret in HIDDEN if secret in text] == []


@pytest.mark.parametrize(
    "code",
    [
        "AccessDeniedException",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
        "ExpiredTokenException",
        "RequestExpired",
        "InvalidParameterValueException",
    ],
)
def test_nothing_that_is_secret_is_shown_of_a_refusal(
    aws: AwsServer, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    publish(aws)
    aws.faults.deny = {"eu-west-1": code}

    text = everything(list_, caplog)

    assert code in text
    assert [secret for secret in HIDDEN if secret in text] == []


def test_the_debug_log_tells_what_was_asked(
    aws: AwsServer, caplog: pytest.LogCaptureFixture
) -> None:
    aws.publish("eu-west-1", NAME, "Tiny 3.4.0")

    assert f"lambda:ListLayerVersions {NAME} in eu-west-1: 1" in everything(list_, caplog)
    assert f"{NAME}:1: there" in everything(verify, caplog)


def test_the_password_of_an_endpoint_is_not_shown(
    aws: AwsServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://me:hunter2@127.0.0.1:1")

    text = everything(list_, caplog)

    assert "not reachable (nobody answers at the endpoint) in eu-west-1" in text
    assert "hunter2" not in text
