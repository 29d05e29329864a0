"""git's hash of a file, found without git, so that only what is new is handed to it.

git names a file by a hash of its length and its content, as it is stored: nothing is converted.
https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
"""

import hashlib
import os
from pathlib import Path
from typing import Any, NamedTuple

from docs_tools.errors import DocsToolsError

__all__ = ["Sums", "algorithm_of", "blob_hash", "changed_meanwhile", "sums_of"]

_PIECE = 1 << 20  # bytes of a file in memory


class Sums(NamedTuple):
    """Two hashes of a file, in hexadecimal digits.

    Attributes:
        blob: git's.
        sha256: The SHA-256 of the content alone.
    """

    blob: str
    sha256: str


def algorithm_of(hash: str) -> str:
    """The algorithm of a repository, as hashlib calls it, by one of its hashes."""
    return "sha1" if len(hash) == 40 else "sha256"


def blob_hash(content: bytes, algorithm: str) -> str:
    """git's hash of a file.

    Args:
        content: What is in it.
        algorithm: The repository's: `sha1` or `sha256`.
    """
    found = _blob(len(content), algorithm)
    found.update(content)
    return str(found.hexdigest())


def sums_of(path: str, algorithm: str) -> Sums:
    """Both hashes of a file, which is read once, a piece at a time.

    Args:
        path: The file.
        algorithm: The repository's: `sha1` or `sha256`.

    Raises:
        OSError: It can't be read.
        DocsToolsError: Somebody wrote to it meanwhile.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
        size = os.fstat(file.fileno()).st_size
        blob, content = _blob(size, algorithm), hashlib.sha256()
        left = size
        while piece := file.read(_PIECE):
            left -= len(piece)
            blob.update(piece)
            content.update(piece)
    if left:
        raise changed_meanwhile(path)
    return Sums(blob.hexdigest(), content.hexdigest())


def changed_meanwhile(path: str | Path) -> DocsToolsError:
    """The fault where a file isn't what it was a moment ago."""
    return DocsToolsError(
        f"{path} was written to while it was read",
        hint="run the command again when nothing writes there",
    )


def _blob(size: int, algorithm: str) -> Any:
    """The beginning of git's hash; what it is of follows."""
    return hashlib.new(algorithm, b"blob %d\0" % size, usedforsecurity=False)
