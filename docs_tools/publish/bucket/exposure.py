"""Whether a bucket lets everybody in. That is said; the bucket is never changed."""

from collections.abc import Callable
from typing import Any

from docs_tools.publish.bucket.settings import BucketSettings

__all__ = ["find_exposure"]

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee
_EVERYBODY = {
    "http://acs.amazonaws.com/groups/global/AllUsers": "everybody",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "everybody with an AWS account",
}


def find_exposure(client: Any, settings: BucketSettings) -> str | None:
    """What to tell of a bucket that is public and isn't meant to be.

    What S3 or the session's permissions keep from us isn't said: a publish doesn't depend on it.

    Args:
        client: boto3's client for S3.
        settings: The bucket.

    Returns:
        A notice, or `None` where the bucket is private, is meant to be public, or nobody can tell.
    """
    if settings.public:
        return None
    owner = {"ExpectedBucketOwner": settings.owner} if settings.owner else {}

    def ask(operation: Callable[..., Any]) -> dict[str, Any]:
        return _ask(operation, {"Bucket": settings.bucket, **owner})

    # S3 itself tells a policy that lets in one distribution only from one for everybody:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    status = ask(client.get_bucket_policy_status).get("PolicyStatus", {})
    by_policy = bool(status.get("IsPublic"))
    granted = _grants(ask(client.get_bucket_acl))
    if not (by_policy or granted):
        return None
    # a bucket without this block isn't public for that: nobody has to be let in
    block = ask(client.get_public_access_block).get("PublicAccessBlockConfiguration", {})
    reasons = []
    if by_policy and not block.get("RestrictPublicBuckets"):
        reasons.append("its policy lets everybody in")
    if not block.get("IgnorePublicAcls"):
        reasons += [f"its access list lets {who} in" for who in granted]
    if not reasons:
        return None
    mend = "block public access and let in CloudFront only, or say that it is meant: public: true"
    return f"the bucket {settings.bucket} is public: {', and '.join(reasons)}; {mend}"


def _grants(acl: dict[str, Any]) -> list[str]:
    """Who of everybody is let in by an access control list."""
    named = (grant.get("Grantee", {}).get("URI") for grant in acl.get("Grants", []))
    return list(dict.fromkeys(_EVERYBODY[uri] for uri in named if uri in _EVERYBODY))


def _ask(operation: Callable[..., Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """An answer of S3; nothing where it has none, or doesn't give it."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        answer: dict[str, Any] = operation(**arguments)
    except (BotoCoreError, ClientError, ResponseParserError):
        return {}
    return answer
