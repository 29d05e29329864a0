"""Deleting the versions that nobody needs any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from docs_tools.errors import DocsToolsError
from docs_tools.model.nearest import list_some
from docs_tools.publish.edits.delete import remove
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.redirect import default_of
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.versions.policy import Decision, Rule, decide

__all__ = ["Prune"]


@dataclass
class Prune:
    """Deletes the versions that no rule keeps.

    Attributes:
        rules: What to keep.
        decisions: Which versions are kept, and why, once that is known.
    """

    rules: tuple[Rule, ...]
    decisions: tuple[Decision, ...] = field(default=(), init=False)

    action: ClassVar[str] = "prune"
    needs_history: ClassVar[bool] = False

    @property
    def removed(self) -> tuple[str, ...]:
        """The versions that go."""
        return tuple(decision.version for decision in self.decisions if not decision.kept)

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        return f"Pruned {list_some(self.removed, 'nothing')}"

    @property
    def trailers(self) -> Mapping[str, str]:
        """What the commit's message says for tools."""
        return {"Docs-Action": self.action}

    @property
    def details(self) -> Mapping[str, object]:
        """What there is to tell of what was done."""
        return {
            "versions": [
                {"version": found.version, "kept": found.kept, "reason": found.reason}
                for found in self.decisions
            ]
        }

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Deletes them; what was published anew meanwhile stays.

        Raises:
            DocsToolsError: Nothing is published, or a rule names a version that isn't there.
        """
        before = draft.before
        if not list(before.versions):
            raise DocsToolsError(f"nothing is published on {before.settings.place}")
        decisions = decide(before.versions, self.rules, default=default_of(before))
        self.decisions = tuple(_unless_anew(found, before, planned) for found in decisions)
        for version in self.removed:
            remove(version, draft)


def _unless_anew(decision: Decision, before: Snapshot, planned: Snapshot) -> Decision:
    version = decision.version
    if decision.kept or before.folder(version) == planned.folder(version):
        return decision
    return Decision(version, True, "published meanwhile by somebody else")
