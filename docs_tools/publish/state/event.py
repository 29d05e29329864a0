"""What was done to a version over time."""

import json
import re
from dataclasses import dataclass

from docs_tools.publish.versions.entry import VersionEntry, parse_entry

__all__ = ["Event", "VersionState", "entry_in", "is_alias_in"]

_COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True)
class Event:
    """A change of a version.

    Attributes:
        commit: The commit of the docs branch, or the version of the bucket's `versions.json`.
        time: When, in ISO 8601 with the time zone.
        author: Who; empty where nobody wrote it down.
        action: What was done, such as `publish`, `hotfix`, `rollback`, `retitle` or mike's
            `deploy`; `change` where nobody knows what.
        built_from: The commit that the files it brought were built from, where that is known.
        restored: For a rollback, the commit that had brought what it restored.
        tree: The version's folder since then, or `None` where it has none.
        entry: The version's entry in the list since then, or `None` where it has none.
        tree_before: The version's folder before.
        entry_before: The version's entry before.
    """

    commit: str
    time: str
    author: str
    action: str
    built_from: str | None
    restored: str | None
    tree: str | None
    entry: VersionEntry | None
    tree_before: str | None
    entry_before: VersionEntry | None

    @property
    def label(self) -> str:
        """What to call it in a sentence: the commit in short, or when a bucket was changed."""
        return self.commit[:9] if _COMMIT.fullmatch(self.commit) else self.time

    @property
    def brings(self) -> bool:
        """Whether files came with it."""
        return self.tree is not None and self.tree != self.tree_before

    def to_json(self) -> dict[str, object]:
        """The event as a JSON object."""
        return {
            "commit": self.commit,
            "time": self.time,
            "author": self.author,
            "action": self.action,
            "built_from": self.built_from,
            "restored": self.restored,
            "published": self.tree is not None,
            "title": self.entry.title if self.entry else None,
            "aliases": list(self.entry.aliases) if self.entry else [],
        }


@dataclass(frozen=True)
class VersionState:
    """What a version was at a time.

    Attributes:
        tree: Its folder, or `None` where it had none.
        entry: Its entry in the list, or `None` where it had none.
    """

    tree: str | None = None
    entry: VersionEntry | None = None


def is_alias_in(text: bytes | None, name: str) -> bool:
    """Whether a name is an alias in a list of some time, which may have been broken then."""
    try:
        entries = [entry for entry in json.loads(text or b"[]") if isinstance(entry, dict)]
        return any(name in entry.get("aliases", ()) for entry in entries)
    except (ValueError, TypeError, RecursionError):
        return False


def entry_in(text: bytes | None, version: str) -> VersionEntry | None:
    """A version's entry in a list of some time, which may have been broken then."""
    try:
        entries = json.loads(text or b"[]")
        raw = next(entry for entry in entries if entry["version"] == version)
        entry = parse_entry(raw)
    except (ValueError, TypeError, LookupError, StopIteration, RecursionError):
        return None
    sound = isinstance(entry.title, str) and all(isinstance(name, str) for name in entry.aliases)
    return entry if sound else None
