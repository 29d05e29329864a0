"""What a publish did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docs_tools.publish.state.change import Sent
from docs_tools.publish.state.tree import Paths

__all__ = ["Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What was done, or with `dry_run` what would be.

    Attributes:
        verb: `publish` or `hotfix`.
        version: The version.
        aliases: Its aliases.
        built_from: The commit that was built; with `+` where uncommitted changes were in it;
            `None` where nobody said for a site that was built elsewhere.
        target: The name of the place, `git` for the branch.
        branch: What to call the docs branch or the bucket.
        commit: The branch's newest commit now; `None` for a bucket.
        changed: Whether there was anything to publish.
        pushed: Whether the remote was brought up to date.
        dry_run: Whether nothing was written.
        pages: Pages of the version that were added, changed and removed.
        paths: All paths that were added, changed and removed: a dry run's are exactly
            those that a run would write on the same state.
        arns: The layer ARNs inserted, by page: the ARN, and the number that stood there before.
        notices: What else there is to know.
        sent: What went to a bucket; `None` for the branch.
        next: The commands that come next.
    """

    verb: str
    version: str
    aliases: tuple[str, ...]
    built_from: str | None
    target: str
    branch: str
    commit: str | None
    changed: bool
    pushed: bool
    dry_run: bool
    pages: Mapping[str, list[str]]
    paths: Paths
    arns: Mapping[str, tuple[Any, ...]]
    notices: tuple[str, ...] = ()
    sent: Sent | None = None
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
            "target": self.target,
            "branch": self.branch,
            "commit": self.commit,
            "changed": self.changed,
            "pushed": self.pushed,
            "dry_run": self.dry_run,
            "pages": dict(self.pages),
            "paths": self.paths.to_json(),
            "arns": {"count": len(arns), "inserted": arns},
            "notices": list(self.notices),
            **({"sent": self.sent.to_json()} if self.sent else {}),
            "next": list(self.next),
        }
