"""What was published as a version over time, as the commits of the docs branch have it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docs_tools.build import Project
from docs_tools.errors import DocsToolsError
from docs_tools.publish.branch.log import Commit, read_log
from docs_tools.publish.branch.objects import Objects
from docs_tools.publish.branch.origins import built_from
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.reading import read_published
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.entry import VersionEntry, parse_entry
from docs_tools.publish.versions.names import check_version

__all__ = ["Event", "History", "history", "history_of"]


@dataclass(frozen=True)
class Event:
    """A commit that changed a version.

    Attributes:
        commit: The commit of the docs branch.
        time: When, in ISO 8601 with the time zone.
        author: Who.
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
class History:
    """What was done to a version.

    Attributes:
        version: The version.
        events: The commits that changed it, the newest first.
        notice: What there is to know of where it was read.
    """

    version: str
    events: tuple[Event, ...]
    notice: str | None


@dataclass(frozen=True)
class _State:
    """What a version was at a commit."""

    tree: str | None = None
    entry: VersionEntry | None = None


def history(objects: Objects, settings: PublishSettings, head: str, version: str) -> list[Event]:
    """The commits that changed a version's files or its entry, the newest first.

    Four git processes, however many commits there are.
    """
    folder, listed = settings.path(version), settings.path("versions.json")
    commits = read_log(objects, head, [folder, listed])
    trees = objects.hashes([f"{commit.hash}:{folder}" for commit in commits])
    lists = objects.read_many([f"{commit.hash}:{listed}" for commit in commits])
    states = [_state(tree, text, version) for tree, text in zip(trees, lists, strict=True)]
    older = [*states[1:], _State()]
    events = [
        _event(commit, version, state, before)
        for commit, state, before in zip(commits, states, older, strict=True)
        if state != before
    ]
    return _with_sources(objects, events)


def history_of(project: Project, name: str) -> History:
    """The same for a version of a project's docs branch, which may be deleted by now.

    Args:
        project: The project.
        name: The version, or an alias.

    Raises:
        DocsToolsError: Nothing was ever published as that version.
    """
    check_version(name)
    published = read_published(project)
    published.branch.deepen()
    snapshot = published.snapshot
    known = snapshot.versions.find(name)
    version = known.version if known else name
    found: list[Event] = []
    if snapshot.commit:
        found = history(snapshot.objects, snapshot.settings, snapshot.commit, version)
    if not found:
        snapshot.versions.require(name)  # names what is there
        raise DocsToolsError(f"nothing is known of {version}")  # such as in a cut history
    return History(version, tuple(found), published.notice)


def _state(tree: str | None, text: bytes | None, version: str) -> _State:
    """What a version was; where its name was an alias, that is another one's folder."""
    entry = _entry(text, version)
    return _State(tree if entry or not _is_alias(version, text) else None, entry)


def _is_alias(name: str, text: bytes | None) -> bool:
    try:
        entries = [entry for entry in json.loads(text or b"[]") if isinstance(entry, dict)]
        return any(name in entry.get("aliases", ()) for entry in entries)
    except (ValueError, TypeError, RecursionError):
        return False


def _entry(text: bytes | None, version: str) -> VersionEntry | None:
    """A version's entry in a list of some time, which may have been broken then."""
    try:
        entries = json.loads(text or b"[]")
        raw = next(entry for entry in entries if entry["version"] == version)
        entry = parse_entry(raw)
    except (ValueError, TypeError, LookupError, StopIteration, RecursionError):
        return None
    sound = isinstance(entry.title, str) and all(isinstance(name, str) for name in entry.aliases)
    return entry if sound else None


def _event(commit: Commit, version: str, state: _State, before: _State) -> Event:
    # a commit that names no version, such as a deletion, is about those whose files it changed
    moved = state.tree != before.tree
    said = commit if commit.version == version or (commit.version is None and moved) else None
    brought = moved and state.tree is not None
    source = (said and said.built_from) or commit.deployed
    return Event(
        commit=commit.hash,
        time=commit.time,
        author=commit.author,
        action=(said and said.action) or _action(commit, state, before),
        built_from=source if brought else None,
        restored=said.restored if said else None,
        tree=state.tree,
        entry=state.entry,
        tree_before=before.tree,
        entry_before=before.entry,
    )


def _action(commit: Commit, state: _State, before: _State) -> str:
    """What was done to a version by a commit that doesn't say so."""
    if state.tree != before.tree:
        return "delete" if state.tree is None else "deploy" if commit.deployed else "change"
    if state.entry is None or before.entry is None:
        return "change"
    if state.entry.aliases != before.entry.aliases:
        return "alias"
    return "retitle" if state.entry.title != before.entry.title else "change"


def _with_sources(objects: Objects, events: Sequence[Event]) -> list[Event]:
    """The events with the commits built from, read from the manifests where messages lack them."""
    silent = [event for event in events if event.brings and event.built_from is None]
    texts = objects.read_many([f"{event.tree}:{MANIFEST}" for event in silent]) if silent else []
    known = {
        event.commit: replace(event, built_from=built_from(text))
        for event, text in zip(silent, texts, strict=True)
    }
    return [known.get(event.commit, event) for event in events]
