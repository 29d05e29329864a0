"""A path of the site <-> a key of the bucket. Nothing that is written or deleted is elsewhere."""

import re

from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.settings import BucketSettings

__all__ = ["key_of", "path_of"]

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
_LONGEST = 1024  # in bytes of UTF-8

# control characters can't stand in S3's XML, nor can the last two; a browser reads \ as /
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ufffe\uffff\ud800-\udfff]")


def key_of(settings: BucketSettings, path: str) -> str:
    """The key of a path.

    Args:
        settings: The bucket.
        path: As on the branch, with `/` between names.

    Raises:
        DocsToolsError: The path leads out of the prefix, can't stand in an address, or is too long.
    """
    if fault := _fault_of(path):
        hint = "rename the file, or leave it out: exclude_docs"
        raise DocsToolsError(f"{path!r} can't go to {settings.place}: {fault}", hint=hint)
    key = f"{settings.prefix}/{path}" if settings.prefix else path
    if (length := len(key.encode())) > _LONGEST:
        message = f"{path} can't go to {settings.place}: its key would have {length} bytes"
        raise DocsToolsError(message, hint=f"S3 takes {_LONGEST}: shorten the name or the prefix")
    return key


def path_of(settings: BucketSettings, key: str) -> str | None:
    """The path of a key.

    Args:
        settings: The bucket.
        key: A key of the bucket, whoever put it there.

    Returns:
        The path; `None` where the key is not below the prefix, or not one that we would write,
        such as the folders that S3's console makes.
    """
    start = f"{settings.prefix}/" if settings.prefix else ""
    path = key.removeprefix(start)
    if not key.startswith(start) or _fault_of(path) or len(key.encode()) > _LONGEST:
        return None
    return path


def _fault_of(path: str) -> str | None:
    """What keeps a path from being one of ours."""
    if any(part in (".", "..") for part in path.split("/")):
        return "it leads elsewhere"
    if "" in path.split("/"):
        return "it has an empty name in it"
    return "such a name can't stand in an address" if _UNFIT.search(path) else None
