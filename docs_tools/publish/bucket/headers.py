"""What an object is served with, and when it is sent: both by its path alone.

Paths are those of files in a version's folder, or beside the versions.
"""

import hashlib
import json
import re
import struct
import zlib
from dataclasses import dataclass
from enum import IntEnum

from pathspec import GitIgnoreSpec

from docs_tools.publish.bucket.content_types import CONTENT_TYPES, content_type_of, is_compressed
from docs_tools.publish.bucket.settings import BucketSettings

__all__ = ["HeaderRules", "Headers", "Stage", "encoded", "stage_of"]

IMMUTABLE = "public, max-age=31536000, immutable"
"""For names that change with what the file holds."""

ALWAYS_ASKED = "no-cache"
"""For what tells each page of the versions: it is kept, but asked for each time."""

# A reader sees a hotfix after a minute, with no CDN to tell. After that the browser asks with the
# ETag, which costs a request without a body. No must-revalidate: while the bucket can't be reached,
# a CDN had better show an old page than none.
SHORT = "public, max-age=60"
"""For everything else."""

# as webpack names them for Material: bundle.79ae519e.min.js. Elsewhere eight such characters may
# be a date.
_FINGERPRINT = r"assets/(?:javascripts|stylesheets)/(?:.+/)?[^/]+\.[0-9a-f]{8}\.min\.(?:js|css)"
_BUILT_IN = (
    (rf"{_FINGERPRINT}(?:\.map)?", IMMUTABLE),
    (r"versions\.json|docs-status\.js|\.docs_tools/.+", ALWAYS_ASKED),
)

_PAGES = (".html", ".htm")
# what lists pages: who reads it goes there. Scripts beside search_index.json are loaded by pages.
_INDEX = re.compile(
    r"search/.+\.json|search/search_index\.js|search\.json|sitemap\.xml(?:\.gz)?|objects\.inv"
    r"|docs-manifest\.json|layers\.json|versions\.json|robots\.txt|llms(?:-full)?\.txt"
    r"|(?:feed_\w+|rss|atom|feed)\.xml|feed_\w+\.json"
)


class Stage(IntEnum):
    """In which order objects are sent: what refers to another comes later."""

    ASSETS = 0
    PAGES = 1
    INDEXES = 2


def stage_of(path: str) -> Stage:
    """The stage of a file."""
    if path.lower().endswith(_PAGES):
        return Stage.PAGES
    return Stage.INDEXES if _INDEX.fullmatch(path) else Stage.ASSETS


@dataclass(frozen=True)
class Headers:
    """What an object is served with.

    Attributes:
        content_type: With the charset, where it is text.
        cache_control: How long it may be kept.
        content_encoding: `gzip`, or `None` where it stands as it is.
    """

    content_type: str
    cache_control: str
    content_encoding: str | None


class HeaderRules:
    """The rules of a bucket: the project's own before the built-in ones.

    Args:
        settings: The bucket.

    Attributes:
        digest: Changes when a rule does, and with nothing else.
    """

    def __init__(self, settings: BucketSettings) -> None:
        own = [(rule.match, rule.control) for rule in settings.cache]
        self._own = [(GitIgnoreSpec.from_lines([glob]), control) for glob, control in own]
        self._gzip = GitIgnoreSpec.from_lines(settings.gzip)
        rules = [own, settings.gzip, _BUILT_IN, SHORT, sorted(CONTENT_TYPES.items())]
        self.digest = hashlib.sha256(json.dumps(rules).encode()).hexdigest()

    def of(self, path: str) -> Headers:
        """What a file is served with."""
        content_type = content_type_of(path)
        gzipped = self._gzip.match_file(path) and not is_compressed(content_type)
        return Headers(content_type, self._cache_control(path), "gzip" if gzipped else None)

    def _cache_control(self, path: str) -> str:
        for spec, control in self._own:
            if spec.match_file(path):
                return control
        for pattern, control in _BUILT_IN:
            if re.fullmatch(pattern, path):
                return control
        return SHORT


def encoded(content: bytes, headers: Headers) -> bytes:
    """The bytes that are sent: the same for the same content, on any system and at any time.

    Args:
        content: The file.
        headers: What it is served with.
    """
    if headers.content_encoding is None:
        return content
    # gzip.compress has written different systems into the header from one Python to the next
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(content) + deflate.flush()
    # RFC 1952: no name, no time, compressed best, by an unknown system
    start = b"\x1f\x8b\x08\x00" + struct.pack("<L", 0) + b"\x02\xff"
    return start + body + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
