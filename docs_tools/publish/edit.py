"""One change of what is published that builds nothing."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Protocol

from docs_tools.build import Project
from docs_tools.build.workspace import workspace
from docs_tools.git import find_git
from docs_tools.publish.everywhere import Everywhere
from docs_tools.publish.state.change import Change, Landed
from docs_tools.publish.target import Manner
from docs_tools.publish.targets import Attempts, left_out, open_targets

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
        target: The name of the place, `git` for the branch.
        branch: What to call the docs branch or the bucket.
        landed: What became of it.
        dry_run: Whether nothing was written.
        next: The commands that come next.
    """

    change: Edit
    target: str
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
            "target": self.target,
            "branch": self.branch,
            "commit": landed.commit,
            "changed": bool(landed.paths),
            "pushed": landed.pushed,
            "dry_run": self.dry_run,
            "paths": landed.paths.to_json(),
            "notices": list(landed.notices),
            **({"sent": landed.sent.to_json()} if landed.sent else {}),
            "next": list(self.next),
        }


def edit(
    project: Project, change: Edit, manner: Manner | None = None, targets: Sequence[str] = ()
) -> Everywhere[Edited]:
    """Makes a change wherever the project publishes.

    Args:
        project: The project.
        change: What to change.
        manner: How.
        targets: The names of the places; all of the configuration if there are none.

    Raises:
        DocsToolsError: The change can't be made in any; nothing was written, here or there.
    """
    git = find_git(project.folder)
    with workspace(git) as folder:
        manner = replace(manner or Manner(), folder=folder)
        config = project.load()
        attempts = Attempts(open_targets(config, git, targets, manner))
        done = []
        for target in attempts.targets:
            with attempts.at(target):
                # what a change finds out, such as what a name stands for, is of one place
                own = copy(change)
                target.prepare(history=own.needs_history)
                landed = target.land(own, None)
                steps = tuple(target.next_commands(landed.paths))
                place = target.settings.place
                done.append(Edited(own, target.name, place, landed, manner.dry_run, steps))
    return Everywhere(tuple(done), attempts.failures, left_out(config, targets, manner))
