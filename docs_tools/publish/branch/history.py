"""What was published as a version over time, as the commits of the docs branch have it."""

from collections.abc import Sequence
from dataclasses import replace

from docs_tools.publish.branch.log import Commit, read_log
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.manifest.manifest import MANIFEST, built_from
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.event import Event, VersionState, entry_in, is_alias_in

__all__ = ["history"]


def history(objects: GitObjects, settings: PublishSettings, head: str, version: str) -> list[Event]:
    """The commits that changed a version's files or its entry, the newest first.

    Four git processes, however many commits there are.
    """
    folder, listed = settings.path(version), settings.path("versions.json")
    commits = read_log(objects, head, [folder, listed])
    trees = objects.hashes([f"{commit.hash}:{folder}" for commit in commits])
    lists = objects.read_many([f"{commit.hash}:{listed}" for commit in commits])
    states = [_state(tree, text, version) for tree, text in zip(trees, lists, strict=True)]
    older = [*states[1:], VersionState()]
    events = [
        _event(commit, version, state, before)
        for commit, state, before in zip(commits, states, older, strict=True)
        if state != before
    ]
    return _with_sources(objects, events)


def _state(tree: str | None, text: bytes | None, version: str) -> VersionState:
    """What a version was; where its name was an alias, that is another one's folder."""
    entry = entry_in(text, version)
    return VersionState(tree if entry or not is_alias_in(text, version) else None, entry)


def _event(commit: Commit, version: str, state: VersionState, before: VersionState) -> Event:
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


def _action(commit: Commit, state: VersionState, before: VersionState) -> str:
    """What was done to a version by a commit that doesn't say so."""
    if state.tree != before.tree:
        return "delete" if state.tree is None else "deploy" if commit.deployed else "change"
    if state.entry is None or before.entry is None:
        return "change"
    if state.entry.aliases != before.entry.aliases:
        return "alias"
    return "retitle" if state.entry.title != before.entry.title else "change"


def _with_sources(objects: GitObjects, events: Sequence[Event]) -> list[Event]:
    """The events with the commits built from, read from the manifests where messages lack them."""
    silent = [event for event in events if event.brings and event.built_from is None]
    texts = objects.read_many([f"{event.tree}:{MANIFEST}" for event in silent]) if silent else []
    known = {
        event.commit: replace(event, built_from=built_from(text))
        for event, text in zip(silent, texts, strict=True)
    }
    return [known.get(event.commit, event) for event in events]
