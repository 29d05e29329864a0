"""Version names: which are releases, and which of them is the newest."""

import re
from collections.abc import Iterable

from packaging.version import InvalidVersion, Version

from docs_tools.model.form import BLANK

__all__ = ["NAME", "check_name", "is_release", "newest_release", "release_key"]

_UNFIT = r"\x00-\x1f\x7f:\\/"

NAME = rf"(?!-|\.\.?$)[^{_UNFIT}{BLANK}](?:[^{_UNFIT}]*[^{_UNFIT}{BLANK}])?"
"""What a version or alias looks like."""


_RESERVED = frozenset(
    {
        *(".git", ".nojekyll", "cname", "404.html", "index.html", "versions.json"),
        *("docs-manifest.json", "docs-status.js", "robots.txt", "sitemap.xml", "sitemap.xml.gz"),
    }
)
"""What is a file of its own at the root of the branch, on any system: capitals don't count."""


def check_name(name: str, kind: str) -> str | None:
    """What makes a text unfit as a version or alias, or `None` where it is fit.

    The rules are mike's (`VersionInfo._check_version`), and two of our own: a name that starts
    with `-` reads as an option, and one with control characters or a `:` can't be a path in git.

    Args:
        name: The name.
        kind: What it names, such as `version` or `alias`.
    """
    article = "an" if kind[:1] in "aeiou" else "a"
    if not name:
        return f"the {kind} is empty"
    if name in (".", "..") or re.search(r"[\\/]", name):
        return f'not {article} {kind}: "{name}"; a name may not be ".", ".." or hold a slash'
    if name.startswith("-"):
        return f'not {article} {kind}: "{name}"; a name may not start with "-"'
    if not re.fullmatch(NAME, name):
        return (
            f"not {article} {kind}: {name!r}; "
            "a name holds no control character or colon, nor a space at its ends"
        )
    if name.lower() in _RESERVED:
        return f'not {article} {kind}: "{name}" has a meaning of its own at the root of the branch'
    return None


def release_key(name: str) -> Version | None:
    """The place of a release among releases, or `None` for a pre-release or a name like `dev`.

    A leading `v` doesn't count, so that `v3` stands above `1.0`.
    """
    try:
        version = Version(name)
    except InvalidVersion:
        return None
    return None if version.is_prerelease else version


def is_release(name: str) -> bool:
    """Whether a name is that of one release, a pre-release too, and not one like `dev`."""
    try:
        Version(name)
    except InvalidVersion:
        return False
    return True


def newest_release(names: Iterable[str]) -> str | None:
    """The highest version that is no pre-release, or `None` where there is none."""
    releases = [(key, name) for name in names if (key := release_key(name))]
    return max(releases)[1] if releases else None
