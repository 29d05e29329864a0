"""A version as it was before its last publish, from the history of the branch, without a build."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docs_tools.errors import DocsToolsError
from docs_tools.publish.edits.version_edit import VersionEdit
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.event import Event
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry

__all__ = ["Rollback"]


@dataclass
class Rollback(VersionEdit):
    """Brings a version's files and title back; its aliases stay, and follow.

    Attributes:
        restored: The publish that had brought what is restored, once that is known.
    """

    restored: Event | None = field(default=None, init=False)

    action = "rollback"
    needs_history = True

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        what = f" to {self.restored.label}" if self.restored else ""
        return f"Rolled back {self.version}{what}"

    @property
    def trailers(self) -> Mapping[str, str]:
        """What the commit's message says for tools."""
        found = self.restored
        said = {
            "Docs-Restored": found.commit if found else None,
            "Docs-Built-From": found.built_from if found else None,
        }
        return {**super().trailers, **{key: value for key, value in said.items() if value}}

    @property
    def details(self) -> Mapping[str, object]:
        """What there is to tell of what was done."""
        found = self.restored
        restored = found and {
            "commit": found.commit,
            "time": found.time,
            "action": found.action,
            "built_from": found.built_from,
        }
        return {**super().details, "restored": restored}

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Restores the version.

        Raises:
            DocsToolsError: It isn't published, was published anew meanwhile, or there is nothing
                before.
        """
        self._find(draft, planned)
        before, version = draft.before, self.version
        look = f"docs_tools versions history {shlex.quote(version)}"
        if before.folder(version) != planned.folder(version):
            raise DocsToolsError(
                f"{version} was published anew meanwhile by somebody else: nothing was rolled back",
                hint=f"look at it: {look}",
            )
        events = before.events(version)
        undone, self.restored = last_publish(events)
        while undone and _is_undone(undone, draft):
            undone, self.restored = last_publish(events[events.index(undone) + 1 :])
        if undone is None or undone.tree_before is None or self.restored is None:
            deleted = ", as it had been deleted" if self.restored else ""
            when = f"its publish of {undone.time}" if undone else "what is there"
            raise DocsToolsError(
                f"there is nothing of {version} before {when}{deleted}",
                hint=f"what was published: {look}",
            )
        draft.put(version, Entry.folder(undone.tree_before))
        if undone.entry_before:
            draft.versions = draft.versions.retitle(version, undone.entry_before.title)


def _is_undone(event: Event, draft: Draft) -> bool:
    """Whether what was before a publish is there now: it brought a title, changed back since."""
    if event.entry is None or event.entry_before is None or event.tree != event.tree_before:
        return False
    return draft.versions.require(event.entry.version).title == event.entry_before.title


def last_publish(events: Sequence[Event]) -> tuple[Event | None, Event | None]:
    """The publish that brought what is there now, and the one before it.

    What a rollback brought back was brought by an older publish: so the next one goes further back.

    Args:
        events: What was done to a version, the newest first.
    """
    publishes = [event for event in events if _is_publish(event)]
    while publishes and (older := _source(publishes)):
        publishes = older
    return next(iter(publishes), None), next(iter(publishes[1:]), None)


def _source(publishes: Sequence[Event]) -> list[Event]:
    """From the publish on that a rollback brought back; nothing where the first is none."""
    rollback, *older = publishes
    if rollback.action != "rollback":
        return []
    for i, event in enumerate(older):
        if event.commit == rollback.restored:
            return older[i:]
    # the branch was rewritten since, and its commits have other hashes
    return next((older[i:] for i, event in enumerate(older) if event.tree == rollback.tree), [])


def _is_publish(event: Event) -> bool:
    """Whether files came or went, or a title came with them; a title of its own is no publish."""
    if event.tree != event.tree_before:
        return True
    before, after = event.entry_before, event.entry
    retitled = before is not None and after is not None and before.title != after.title
    return retitled and event.action in ("publish", "hotfix", "rollback")
