"""What a publish did, or would do."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docs_tools.publish.branch.objects import Paths
from docs_tools.publish.branch.refs import DocsBranch

__all__ = ["Outcome", "next_commands"]


@dataclass(frozen=True)
class Outcome:
    """What was done, or with `dry_run` what would be.

    Attributes:
        verb: `publish` or `hotfix`.
        version: The version.
        aliases: Its aliases.
        built_from: The commit that was built; with `+` where uncommitted changes were in it;
            `None` where nobody said for a site that was built elsewhere.
        branch: The docs branch.
        commit: The branch's newest commit now.
        changed: Whether there was anything to publish.
        pushed: Whether the remote was brought up to date.
        dry_run: Whether nothing was written.
        pages: Pages of the version that were added, changed and removed.
        paths: All paths of the branch that were added, changed and removed: a dry run's are exactly
            those that a run would write on the same state.
        arns: The layer ARNs inserted, by page: the ARN, and the number that stood there before.
        notices: What else there is to know.
        next: The commands that come next.
    """

    verb: str
    version: str
    aliases: tuple[str, ...]
    built_from: str | None
    branch: str
    commit: str | None
    changed: bool
    pushed: bool
    dry_run: bool
    pages: Mapping[str, list[str]]
    paths: Paths
    arns: Mapping[str, tuple[Any, ...]]
    notices: tuple[str, ...] = ()
    next: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, object]:
        """The outcome as one JSON document."""
        arns = [
            {"page": page, "arn": insertion.arn, "before": insertion.before}
            for page, insertions in self.arns.items()
            for insertion in insertions
        ]
        return {
            "verb": self.verb,
            "version": self.version,
            "aliases": list(self.aliases),
            "built_from": self.built_from,
            "branch": self.branch,
            "commit": self.commit,
            "changed": self.changed,
            "pushed": self.pushed,
            "dry_run": self.dry_run,
            "pages": dict(self.pages),
            "paths": self.paths.to_json(),
            "arns": {"count": len(arns), "inserted": arns},
            "notices": list(self.notices),
            "next": list(self.next),
        }


def next_commands(
    branch: DocsBranch, paths: Paths, *, dry_run: bool, go_ahead: str = "without --dry-run"
) -> Iterator[str]:
    """The commands that come after a write.

    Args:
        branch: The docs branch.
        paths: What was written, or would be.
        dry_run: Whether nothing was.
        go_ahead: How to run the same command so that it writes.
    """
    if dry_run:
        if paths:
            yield f"the same command {go_ahead}"
    elif branch.unpushed and branch.has_remote:
        yield shlex.join(["git", "push", branch.settings.remote, branch.settings.branch])
