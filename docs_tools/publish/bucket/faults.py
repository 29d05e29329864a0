"""What S3 refuses, said to people; what it wrote itself is never passed on."""

from collections.abc import Iterator
from contextlib import contextmanager

from docs_tools.aws.faults import explain
from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.settings import BucketSettings

__all__ = ["CHECKSUMS", "OvertakenError", "code_of", "refusals"]

CHECKSUMS = frozenset({"BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch"})
"""What arrived isn't what was sent."""

_LOST = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "OperationAborted"})
_GONE = "NoSuchKey"  # of a write: what was to be replaced isn't there any more
_REGION = frozenset(
    {"301", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint"}
)
_DENIED = frozenset({"403", "AccessDenied", "AllAccessDisabled"})


class OvertakenError(Exception):
    """Somebody else wrote in between."""


def code_of(error: Exception) -> str:
    """S3's code of an error, or "" for one that isn't S3's."""
    response = getattr(error, "response", None)
    return str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""


@contextmanager
def refusals(settings: BucketSettings, action: str, what: str) -> Iterator[None]:
    """Says why a request failed.

    Args:
        settings: The bucket.
        action: What IAM calls the request, such as `s3:PutObject`.
        what: What it was about, as the user would name it.

    Raises:
        OvertakenError: Somebody else wrote in between.
        DocsToolsError: It failed otherwise.
    """
    from botocore.exceptions import BotoCoreError, ClientError, FlexibleChecksumError
    from botocore.parsers import ResponseParserError

    try:
        yield
    except FlexibleChecksumError:
        message = f"{what}: what came isn't what the bucket holds (its checksum differs)"
        raise DocsToolsError(message, hint="try again; something in between alters it") from None
    except ClientError as error:
        code = code_of(error)
        if code in _LOST or (code == _GONE and action == "s3:PutObject"):
            raise OvertakenError(what) from None
        raise _refusal(settings, action, what, code, error) from None
    except (BotoCoreError, ResponseParserError) as error:
        fault = explain(error)
        raise DocsToolsError(f"{what}: {fault.reason}", hint=_mend(fault.mend, action)) from None


def _refusal(
    settings: BucketSettings, action: str, what: str, code: str, error: Exception
) -> DocsToolsError:
    if code == "NoSuchBucket":
        return DocsToolsError(
            f"there is no bucket {settings.bucket} ({code})",
            hint="mend `bucket` in mkdocs.yml, or make it: docs_tools s3 template",
        )
    if code in _REGION:
        return DocsToolsError(
            f"{settings.bucket} is in another region ({code})",
            hint="write the bucket's own into mkdocs.yml: `region`",
        )
    if code in CHECKSUMS:
        return DocsToolsError(
            f"{what}: what arrived isn't what was sent ({code}), time and again",
            hint="something between here and the bucket alters it; try from another network",
        )
    if code in _DENIED:
        owner = (
            f"\nand look whether account {settings.owner} owns the bucket: `owner` in mkdocs.yml"
            if settings.owner
            else ""
        )
        # without permission to list, S3 says this of an object that isn't there, too
        more = " and s3:ListBucket" if action == "s3:GetObject" else ""
        return DocsToolsError(f"{what}: denied ({code})", hint=f"allow {action}{more} there{owner}")
    fault = explain(error)
    return DocsToolsError(f"{what}: {fault.reason}", hint=_mend(fault.mend, action))


def _mend(mend: str, action: str) -> str:
    again = "run the same command again: it goes on where this one ended"
    return f"{mend.format(action=action)}\nthen {again}"
