"""Invalidations are created, waited for, and refused in words."""

import time
from typing import Any

import pytest

from docs_tools.aws.session import open_session
from docs_tools.errors import DocsToolsError
from docs_tools.publish.cloudfront import invalidate as module
from docs_tools.publish.cloudfront.invalidate import UnderWayError, cloudfront_client, invalidate
from tests.aws.server import AwsServer


@pytest.fixture
def client(aws: AwsServer) -> Any:
    return cloudfront_client(open_session())


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses take no time."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


@pytest.fixture
def batches(client: Any) -> list[dict[str, Any]]:
    """What is sent."""
    found: list[dict[str, Any]] = []
    client.meta.events.register(
        "provide-client-params.cloudfront.CreateInvalidation",
        lambda params, **_: found.append(params["InvalidationBatch"]),
    )
    return found


def test_it_is_created_and_not_waited_for(aws: AwsServer, client: Any, distribution: str) -> None:
    made = invalidate(client, distribution, ["/a*", "/b"], wait=False)
    assert made.paths == ("/a*", "/b")
    assert made.status == "InProgress"
    assert aws.cloudfront.invalidations[made.id].paths == ["/a*", "/b"]
    assert aws.actions == {module.CREATE}


def test_it_is_waited_for(
    aws: AwsServer, client: Any, distribution: str, pauses: list[float]
) -> None:
    aws.cloudfront.polls = 3
    made = invalidate(client, distribution, ["/*"], wait=True)
    assert made.status == "Completed"
    assert aws.actions == {module.CREATE, module.GET}
    assert pauses == [10, 10]


def test_one_that_takes_too_long_is_told(
    aws: AwsServer, client: Any, distribution: str, pauses: list[float]
) -> None:
    aws.cloudfront.polls = 1_000
    with pytest.raises(UnderWayError, match="is still under way after 15 minutes") as error:
        invalidate(client, distribution, ["/*"], wait=True)
    assert "nothing has to be done again" in str(error.value)
    assert sum(pauses) <= 15 * 60


def test_too_many_are_waited_for_with_growing_pauses_under_one_reference(
    aws: AwsServer, client: Any, distribution: str, batches: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = invalidate(client, distribution, [f"/{n}/*" for n in range(15)], wait=False)
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            client.get_invalidation(DistributionId=distribution, Id=other.id)

    monkeypatch.setattr(time, "sleep", sleep)
    made = invalidate(client, distribution, ["/x*"], wait=False)
    assert made.id != other.id
    assert pauses == [5, 10, 20]
    first, *later = [batch["CallerReference"] for batch in batches]
    assert len(later) == 4
    assert len(set(later)) == 1
    assert first not in later


def test_too_many_for_too_long_are_an_error(
    aws: AwsServer, client: Any, distribution: str, pauses: list[float]
) -> None:
    invalidate(client, distribution, [f"/{n}/*" for n in range(15)], wait=False)
    with pytest.raises(DocsToolsError, match="too many invalidations") as error:
        invalidate(client, distribution, ["/x*"], wait=False)
    assert "try again in some minutes" in str(error.value)
    assert sorted(pauses) == pauses
    assert 60 < sum(pauses) < 600


def test_a_request_without_an_answer_is_sent_again_as_the_same(
    aws: AwsServer, client: Any, distribution: str, batches: list[dict[str, Any]],
    pauses: list[float],
) -> None:  # fmt: skip
    aws.faults.throttle_first = 2
    made = invalidate(client, distribution, ["/x*"], wait=False)
    assert made.status == "InProgress"
    assert aws.throttled == 2
    assert len(batches) == 1


REFUSALS = [
    ((403, "AccessDenied"), "denied (AccessDenied)", f"allow {module.CREATE} on the distribution"),
    ((400, "Throttling"), "still too many requests", "try again in a minute"),
    ((400, "InvalidArgument"), "failed (InvalidArgument)", "docs_tools s3 invalidate"),
    ((403, "InvalidClientTokenId"), "the credentials aren't for it", "look at AWS_PROFILE"),
    ((500, "InternalError"), "failed (InternalError)", "try again in a minute"),
    ((404, "NoSuchDistribution"), "there is no CloudFront distribution", "`distribution` in mkdo"),
    ((403, "ExpiredToken"), "the AWS credentials have expired", "sign in again"),
]


@pytest.mark.parametrize(("refusal", "message", "mend"), REFUSALS, ids=lambda value: str(value))
def test_a_refusal_is_told_in_our_words_with_the_mend(
    aws: AwsServer, client: Any, distribution: str, pauses: list[float],
    refusal: tuple[int, str], message: str, mend: str,
) -> None:  # fmt: skip
    aws.cloudfront.refuse = refusal
    with pytest.raises(DocsToolsError) as error:
        invalidate(client, distribution, ["/x"], wait=False)
    assert message in error.value.message
    assert mend in (error.value.hint or "")
    assert "SECRETUSER" not in str(error.value)


def test_a_distribution_that_is_not_there_is_named(client: Any) -> None:
    with pytest.raises(DocsToolsError, match="no CloudFront distribution EXXX in the account"):
        invalidate(client, "EXXX", ["/x"], wait=False)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("AccessDenied", f"allow {module.GET} on the distribution"),
        ("ExpiredToken", "sign in again: aws sso login, aws login, or set new credentials"),
    ],
)
def test_one_that_may_not_be_waited_for_is_under_way_nevertheless(
    aws: AwsServer, client: Any, distribution: str, monkeypatch: pytest.MonkeyPatch,
    code: str, hint: str,
) -> None:  # fmt: skip
    def refuse(_: float) -> None:
        aws.cloudfront.refuse = (403, code)

    aws.cloudfront.polls = 5
    monkeypatch.setattr(time, "sleep", refuse)
    with pytest.raises(UnderWayError, match="is under way, but can't be waited for") as error:
        invalidate(client, distribution, ["/x"], wait=True)
    assert error.value.hint == hint
    assert "SECRETUSER" not in str(error.value)


def test_a_connection_that_is_lost_while_it_is_waited_for_does_not_take_it_back(
    aws: AwsServer, client: Any, distribution: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_: float) -> None:
        aws.faults.drop = {client.meta.region_name, "us-east-1"}

    aws.cloudfront.polls = 5
    monkeypatch.setattr(time, "sleep", cut)
    with pytest.raises(UnderWayError, match="the connection was lost") as error:
        invalidate(client, distribution, ["/x"], wait=True)
    assert "network" in (error.value.hint or "")


def test_a_connection_that_is_cut_is_told(
    aws: AwsServer, client: Any, distribution: str, pauses: list[float]
) -> None:
    aws.faults.drop = {client.meta.region_name, "us-east-1"}
    with pytest.raises(DocsToolsError, match=r"not reachable \(the connection was lost\)"):
        invalidate(client, distribution, ["/x"], wait=False)


def test_nobody_answers(
    aws: AwsServer, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(DocsToolsError, match="not reachable"):
        invalidate(cloudfront_client(open_session()), "E1", ["/x"], wait=False)


def test_a_bug_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def create_invalidation(self, **_: object) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        invalidate(Broken(), "E1", ["/x"], wait=False)
