"""What S3 tells of an object."""

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

__all__ = ["Got", "Headed", "Listed", "Past"]


@dataclass(frozen=True)
class Got:
    """An object that was read.

    Attributes:
        content: What is in it.
        etag: Names this state of it.
        said: What was said when it was written, by key.
        compressed: Whether the content is a file compressed.
    """

    content: bytes
    etag: str
    said: Mapping[str, str]
    compressed: bool = False

    @property
    def file(self) -> bytes:
        """The file that it was made of."""
        if not self.compressed:
            return self.content
        try:
            return gzip.decompress(self.content)
        except (OSError, EOFError, zlib.error):  # other tools say so of what isn't
            return self.content


@dataclass(frozen=True)
class Listed:
    """An object in a listing.

    Attributes:
        md5: The MD5 of the object, as far as S3 tells it: not where a key of KMS encrypts it.
        size: In bytes.
    """

    md5: str
    size: int


@dataclass(frozen=True)
class Headed:
    """What is known of an object without its content.

    Attributes:
        sha256: The SHA-256 of the file, as S3 checked it; `None` where S3 has none.
        modified: When it was written.
        compressed: Whether the object is the file compressed.
    """

    sha256: str | None
    modified: datetime
    compressed: bool


@dataclass(frozen=True)
class Past:
    """A version of an object.

    Attributes:
        path: The object.
        version: What the bucket calls it.
        modified: When it was written.
        deleted: Whether it says that the object was deleted then.
    """

    path: str
    version: str
    modified: datetime
    deleted: bool
