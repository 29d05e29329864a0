"""SHA-256 as we write it, in hexadecimal digits, and as S3 does, in base 64."""

import base64
import hashlib
from collections.abc import Mapping

from docs_tools.publish.state.tree import Entry

__all__ = ["from_header", "md5_of", "sha256_of", "to_header", "tree_hash"]


def sha256_of(content: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def md5_of(content: bytes) -> str:
    """The MD5 of some bytes, which S3 lists its objects with."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def to_header(content: bytes) -> str:
    """The SHA-256 of some bytes as S3 wants it."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def from_header(text: str) -> str:
    """The SHA-256 that S3 tells."""
    return base64.b64decode(text).hex()


def tree_hash(files: Mapping[str, Entry]) -> str:
    """The hash of a folder: the same for the same files."""
    rows = "".join(f"{files[path].hash} {path}\0" for path in sorted(files))
    return sha256_of(rows.encode("utf-8", "surrogateescape"))
