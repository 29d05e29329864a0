"""Has CloudFront forget what its caches hold of paths."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from docs_tools.aws.faults import explain
from docs_tools.aws.session import Session
from docs_tools.errors import DocsToolsError

__all__ = ["Invalidation", "UnderWayError", "cloudfront_client", "invalidate"]

CREATE, GET = "cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"

# CloudFront is one service for all regions; who has none in the settings needs one to ask it:
# https://docs.aws.amazon.com/general/latest/gr/cf_region.html
_REGION = "us-east-1"

# An invalidation takes about a minute; others may be under way that use up the limits.
PAUSES = (5, 10, 20, 40, 60, 60, 60)

POLL_SECONDS = 10
POLLS = 90

_BUSY = "TooManyInvalidationsInProgress"
_MISSING = "NoSuchDistribution"

_CREDENTIALS = "look at AWS_PROFILE and the other AWS_… variables, and at ~/.aws/config"


@dataclass(frozen=True)
class Invalidation:
    """What CloudFront was asked to forget.

    Attributes:
        id: Its id at CloudFront.
        paths: The paths, percent-encoded.
        status: `InProgress` or `Completed`, as CloudFront says.
    """

    id: str
    paths: tuple[str, ...]
    status: str


class UnderWayError(DocsToolsError):
    """CloudFront is at it, but that it is done can't be told: nothing has to be done again."""


def cloudfront_client(session: Session) -> Any:
    """A client of CloudFront.

    Raises:
        DocsToolsError: The user's settings can't be used.
    """
    region = session.region or _REGION
    return session.clients("cloudfront", {region}, 1)[region]


def invalidate(client: Any, distribution: str, paths: Sequence[str], *, wait: bool) -> Invalidation:
    """Creates an invalidation.

    botocore sends a request again that got no answer, and here one is sent again that found the
    limits used up: all have the same `CallerReference`, by which CloudFront knows them for one. The
    next run has another, or CloudFront would take its request for done.

    Args:
        client: A client of CloudFront.
        distribution: The id of the distribution.
        paths: The paths, percent-encoded; at least one.
        wait: Whether to wait until all caches have forgotten them.

    Raises:
        UnderWayError: It can't be waited for, or takes too long.
        DocsToolsError: CloudFront refuses, or is not to be reached.
    """
    batch = {
        "Paths": {"Quantity": len(paths), "Items": list(paths)},
        "CallerReference": f"docs_tools-{uuid4()}",
    }
    answer = _create(client, distribution, batch)
    created, status = str(answer["Id"]), str(answer["Status"])
    if wait and status != "Completed":
        _wait(client, distribution, created)
        status = "Completed"
    return Invalidation(created, tuple(paths), status)


def _create(client: Any, distribution: str, batch: dict[str, Any]) -> dict[str, Any]:
    """Creates it, after a pause where too many are under way."""
    for pause in (*PAUSES, None):
        try:
            answer = client.create_invalidation(
                DistributionId=distribution, InvalidationBatch=batch
            )
        except Exception as error:  # botocore's; any other one is raised again
            if _code(error) != _BUSY or pause is None:
                raise _explained(error, distribution, CREATE) from None
        else:
            return dict(answer["Invalidation"])
        time.sleep(pause)
    raise AssertionError  # the last round returns or raises


def _wait(client: Any, distribution: str, invalidation: str) -> None:
    """Asks until it is done.

    Raises:
        UnderWayError: It may not be asked for, or takes longer than it ever should.
    """
    from botocore.exceptions import ClientError, WaiterError

    waiter = client.get_waiter("invalidation_completed")
    try:
        waiter.wait(
            DistributionId=distribution,
            Id=invalidation,
            WaiterConfig={"Delay": POLL_SECONDS, "MaxAttempts": POLLS},
        )
    except WaiterError as error:
        answer = error.last_response
        if "Error" not in answer:
            minutes = POLL_SECONDS * POLLS // 60
            raise UnderWayError(
                f"the invalidation {invalidation} is still under way after {minutes} minutes",
                hint="CloudFront goes on with it; nothing has to be done again",
            ) from None
        cause: Exception = ClientError(answer, "GetInvalidation")
    except Exception as error:  # botocore's; any other one is raised again
        cause = error
    else:
        return
    try:
        refused = _explained(cause, distribution, GET)
    except DocsToolsError as error:
        refused = error
    raise UnderWayError(
        f"the invalidation {invalidation} is under way, but can't be waited for: {refused.message}",
        hint=refused.hint,
    )


def _code(error: Exception) -> str | None:
    """AWS's code for a refusal; an error without an answer has none."""
    from botocore.exceptions import ClientError

    if not isinstance(error, ClientError):
        return None
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def _explained(error: Exception, distribution: str, action: str) -> DocsToolsError:
    """What went wrong, and the mend.

    Raises:
        DocsToolsError: No other call would do better, such as with credentials that have expired.
        Exception: The error itself, where it is none of botocore's.
    """
    code = _code(error)
    if code == _MISSING:
        return DocsToolsError(
            f"there is no CloudFront distribution {distribution} in the account of the credentials",
            hint="set `distribution` in mkdocs.yml to the id that the console shows, or use the "
            "credentials of its account",
        )
    if code == _BUSY:
        return DocsToolsError(
            f"too many invalidations of the distribution {distribution} are under way ({code})",
            hint="try again in some minutes",
        )
    fault = explain(error)
    reason, mend = fault.reason, fault.mend
    if fault.denied:
        mend = f"allow {action} on the distribution"
    elif fault.everywhere and code:  # AWS answers, so it is no matter of the region
        reason, mend = f"the credentials aren't for it ({code})", _CREDENTIALS
    elif code == "InvalidArgument":
        mend = "have everything forgotten: docs_tools s3 invalidate"
    elif not fault.everywhere:
        mend = "try again in a minute"
    return DocsToolsError(
        f"CloudFront did not take the request for the distribution {distribution}: {reason}",
        hint=mend,
    )
