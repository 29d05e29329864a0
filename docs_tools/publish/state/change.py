"""A change of what is published, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Paths
from docs_tools.publish.versions.list import Versions

__all__ = ["Change", "Landed", "Sent"]


class Change(Protocol):
    """A change of what is published."""

    @property
    def subject(self) -> str:
        """What is done, in a line."""

    @property
    def trailers(self) -> Mapping[str, str]:
        """What is done, for tools, by key."""

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Changes a draft; done again on a newer state where somebody was faster.

        Args:
            draft: What is published now, to change.
            planned: What was published when the change was asked for.

        Raises:
            DocsToolsError: The change can't be made on that state.
        """


@dataclass(frozen=True)
class Sent:
    """What went to a bucket.

    Attributes:
        put: How many objects were uploaded, our record and `versions.json` among them.
        copied: How many the bucket copied itself.
        deleted: How many were deleted, because they were due.
        due: Until when what isn't referenced any more stays, and how much that is; `None` where
            there is nothing of it.
        invalidated: The addresses that the CDN was told to forget.
    """

    put: int = 0
    copied: int = 0
    deleted: int = 0
    due: tuple[str, int] | None = None
    invalidated: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """What was sent as a JSON object."""
        return {
            "put": self.put,
            "copied": self.copied,
            "deleted": self.deleted,
            "due": {"until": self.due[0], "objects": self.due[1]} if self.due else None,
            "invalidated": list(self.invalidated),
        }


@dataclass(frozen=True)
class Landed:
    """What a transaction did, or with a dry run would do.

    Attributes:
        before: What was published.
        versions: The list of versions now.
        commit: The branch's newest commit now; `None` in a bucket.
        paths: The files that changed.
        pushed: Whether the remote was brought up to date.
        notices: What had to be decided, and what else there is to know.
        sent: What went to a bucket; `None` on a branch.
    """

    before: Snapshot
    versions: Versions
    commit: str | None
    paths: Paths
    pushed: bool
    notices: tuple[str, ...]
    sent: Sent | None = None
