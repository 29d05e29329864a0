"""The type of a file by its ending.

Python's own `mimetypes` also reads what the system has installed, so that the same site would get
other types on another machine. Names are those of https://www.iana.org/assignments/media-types/.
"""

import posixpath

__all__ = ["CONTENT_TYPES", "content_type_of", "is_compressed"]

_UTF_8 = "; charset=utf-8"
_UNKNOWN = "application/octet-stream"

CONTENT_TYPES = {
    # text: the charset is said, as browsers guess otherwise
    **dict.fromkeys([".html", ".htm"], f"text/html{_UTF_8}"),
    ".css": f"text/css{_UTF_8}",
    ".csv": f"text/csv{_UTF_8}",
    **dict.fromkeys([".js", ".mjs"], f"text/javascript{_UTF_8}"),  # RFC 9239
    **dict.fromkeys([".json", ".map", ".ipynb"], f"application/json{_UTF_8}"),
    ".jsonld": f"application/ld+json{_UTF_8}",
    ".geojson": f"application/geo+json{_UTF_8}",
    ".webmanifest": f"application/manifest+json{_UTF_8}",
    **dict.fromkeys([".md", ".markdown"], f"text/markdown{_UTF_8}"),
    **dict.fromkeys([".txt", ".log", ".rst", ".toml", ".ini", ".cfg"], f"text/plain{_UTF_8}"),
    **dict.fromkeys([".py", ".pyi", ".sh", ".ts", ".tf", ".diff"], f"text/plain{_UTF_8}"),
    **dict.fromkeys([".yaml", ".yml"], f"application/yaml{_UTF_8}"),  # RFC 9512
    **dict.fromkeys([".xml", ".xsl"], f"application/xml{_UTF_8}"),
    ".xhtml": f"application/xhtml+xml{_UTF_8}",
    ".rss": f"application/rss+xml{_UTF_8}",
    ".atom": f"application/atom+xml{_UTF_8}",
    ".svg": f"image/svg+xml{_UTF_8}",
    ".vtt": f"text/vtt{_UTF_8}",
    # images
    ".apng": "image/apng",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    **dict.fromkeys([".jpg", ".jpeg"], "image/jpeg"),
    ".png": "image/png",
    ".webp": "image/webp",
    # fonts: RFC 8081
    ".eot": "application/vnd.ms-fontobject",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    # sound and pictures that move
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    # what is taken along. A .gz is no encoding here: a sitemap.xml.gz is fetched as it is
    ".7z": "application/x-7z-compressed",
    ".bz2": "application/x-bzip2",
    **dict.fromkeys([".gz", ".tgz"], "application/gzip"),
    ".inv": _UNKNOWN,  # Sphinx' inventory: a line of text, and deflate behind it
    ".pdf": "application/pdf",
    ".tar": "application/x-tar",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".xz": "application/x-xz",
    ".zip": "application/zip",
    ".zst": "application/zstd",
}
"""The type of each ending."""

_COMPRESSED = {
    *("application/gzip", "application/pdf", "application/zip", "application/zstd"),
    *("application/x-7z-compressed", "application/x-bzip2", "application/x-xz"),
    *("audio/mp4", "audio/mpeg", "audio/ogg", "video/mp4", "video/webm"),
    *("font/woff", "font/woff2"),
    *("image/apng", "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"),
}


def content_type_of(path: str) -> str:
    """The type of a file, with the charset where it is text."""
    return CONTENT_TYPES.get(posixpath.splitext(path)[1].lower(), _UNKNOWN)


def is_compressed(content_type: str) -> bool:
    """Whether files of a type can't be made smaller by gzip."""
    return content_type in _COMPRESSED
