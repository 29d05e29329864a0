"""Which releases the description of a layer version names."""

import re
from collections.abc import Iterator

__all__ = ["names_another_release", "names_release"]

# what stands together, such as v3.4.0 or 3.4.0-rc.1
_WORD = re.compile(r"[\w.+!-]+", re.ASCII)
# a release behind what may stand before it: v, or a name as in my-layer-3.4.0
_NAMED = re.compile(r"(?:[a-z]\w*-)*(?<!pre-)(?<!rc-)(?<!alpha-)(?<!beta-)v?([0-9].*)", re.ASCII)
_RELEASE = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_BOUND = re.compile(r"(?:[<>~^]=?|!=)\s*$")
_LANGUAGE = re.compile(r"(?:python|node(?:\.?js)?|java|ruby|dotnet|\.net|go) ?$", re.IGNORECASE)


def names_release(description: str, version: str) -> bool:
    """Whether a description names this very release.

    `3.4.0` is named by `v3.4.0`, `(3.4.0)` and a sentence that ends in `3.4.0.`, but not by
    `13.4.0`, `3.4.0a1`, `3.4.0-rc.1`, `3.4.0.1` or `3.4.0+x`, nor by a bound such as `>=3.4.0`.
    """
    return _bare(version) in _releases(description)


def names_another_release(description: str, version: str) -> str | None:
    """The release that a description names instead of the one expected.

    Only a number with as many parts as the release, or more, counts: a description may speak of
    Python 3.13 too.
    """
    found = list(_releases(description))
    if _bare(version) in found:
        return None
    parts = max(version.count("."), 1)
    for release in found:
        match = _RELEASE.match(release)
        if match and match[0].count(".") >= parts:
            return release
    return None


def _releases(description: str) -> Iterator[str]:
    """The words that may be a release, bare."""
    for match in _WORD.finditer(description):
        before = description[: match.start()]
        word = match[0].rstrip(".!-")  # what ends a sentence or a clause is no part of it
        if _BOUND.search(before):
            continue
        if word.count(".") == 1 and _LANGUAGE.search(before):  # the language's own version
            continue
        yield _bare(word)


def _bare(word: str) -> str:
    match = _NAMED.fullmatch(word.lower())
    return match[1] if match else word.lower()
