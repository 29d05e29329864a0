"""One change of what is published that builds nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from docs_tools.build import Project
from docs_tools.build.workspace import workspace
from docs_tools.git import find_git
from docs_tools.publish.branch.objects import Objects
from docs_tools.publish.branch.refs import DocsBranch
from docs_tools.publish.branch.transact import Change, Landed, transact
from docs_tools.publish.outcome import next_commands
from docs_tools.publish.settings import PublishSettings

__all__ = ["Edit", "Edited", "edit"]


class Edit(Change, Protocol):
    """A change that builds nothing."""

    @property
    def action(self) -> str:
        """What the commit's message calls the change."""

    @property
    def needs_history(self) -> bool:
        """Whether older commits are read, which a shallow clone lacks."""

    @property
    def details(self) -> Mapping[str, object]:
        """What there is to tell of what was done, as JSON."""


@dataclass(frozen=True)
class Edited:
    """What a change did, or with `dry_run` would do.

    Attributes:
        change: The change that was asked for.
        branch: The docs branch.
        landed: What became of it.
        dry_run: Whether nothing was written.
        next: The commands that come next.
    """

    change: Edit
    branch: str
    landed: Landed
    dry_run: bool
    next: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The outcome as one JSON document."""
        landed = self.landed
        return {
            "action": self.change.action,
            **self.change.details,
            "change": self.change.subject,
            "branch": self.branch,
            "commit": landed.commit,
            "changed": bool(landed.paths),
            "pushed": landed.pushed,
            "dry_run": self.dry_run,
            "paths": landed.paths.to_json(),
            "notices": list(landed.notices),
            "next": list(self.next),
        }


def edit(
    project: Project,
    change: Edit,
    *,
    push: bool | None = None,
    dry_run: bool = False,
    go_ahead: str = "without --dry-run",
) -> Edited:
    """Makes a change on the docs branch.

    Args:
        project: The project.
        change: What to change.
        push: Whether to push; as the configuration says if it isn't said.
        dry_run: Whether to stop before anything is written.
        go_ahead: How to run the same command so that it writes.

    Raises:
        DocsToolsError: The change can't be made; nothing was written, here or on the remote.
    """
    git = find_git(project.folder)
    settings = PublishSettings.of(project.load())
    branch = DocsBranch(git, settings)
    if not dry_run:
        branch.check_writable()
    if change.needs_history:
        branch.deepen()
    with workspace(git) as folder:
        objects = Objects(git, folder)
        landed = transact(
            branch,
            change,
            objects.quarantined(folder / "objects") if dry_run else objects,
            push=settings.push if push is None else push,
            dry_run=dry_run,
        )
    steps = tuple(next_commands(branch, landed.paths, dry_run=dry_run, go_ahead=go_ahead))
    return Edited(change, settings.branch, landed, dry_run, steps)
