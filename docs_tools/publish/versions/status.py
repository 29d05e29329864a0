"""What readers are told of a version: whether it is current, and which is the newest."""

from collections.abc import Iterable
from enum import StrEnum

from packaging.version import InvalidVersion, Version

from docs_tools.model.version import release_key
from docs_tools.publish.versions.entry import VersionEntry

__all__ = ["State", "is_release", "newest", "parse_number", "state_of"]


class State(StrEnum):
    """What a version is to its readers."""

    CURRENT = "current"
    OUTDATED = "outdated"
    PRERELEASE = "prerelease"
    EOL = "eol"


def parse_number(name: str) -> Version | None:
    """The number that a version's name is, with or without a `v`, or `None` for one like `dev`."""
    try:
        return Version(name)
    except InvalidVersion:
        return None


def is_release(entry: VersionEntry) -> bool:
    """Whether a version is a release by its number, and not marked as a pre-release."""
    return release_key(entry.version) is not None and entry.mark != State.PRERELEASE


def newest(versions: Iterable[VersionEntry]) -> VersionEntry | None:
    """The highest release that readers are to be led to, or `None` where there is none.

    It is neither hidden nor marked as a pre-release; one at its end of life counts only where no
    other is left.
    """
    candidates = [
        (entry.mark != State.EOL, key, entry.version, entry)
        for entry in versions
        if (key := release_key(entry.version)) and is_release(entry) and not entry.hidden
    ]
    return max(candidates, key=lambda candidate: candidate[:3])[3] if candidates else None


def state_of(entry: VersionEntry, newest: VersionEntry | None) -> State:
    """What readers are told of a version.

    Args:
        entry: The version.
        newest: The newest release, as `newest` finds it.
    """
    if entry.mark:
        return State(entry.mark)
    number = parse_number(entry.version)
    if number and number.is_prerelease:
        return State.PRERELEASE
    latest = release_key(newest.version) if newest else None
    return State.OUTDATED if number and latest and number < latest else State.CURRENT
