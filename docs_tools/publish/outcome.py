"""What a publish did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What was done, or with `dry_run` what would be.

    Attributes:
        verb: `publish` or `hotfix`.
        version: The version.
        aliases: Its aliases.
        built_from: The commit that was built; with `+` where uncommitted changes were in it.
        branch: The docs branch.
        commit: The branch's newest commit now.
        changed: Whether there was anything to publish.
        pushed: Whether the remote was brought up to date.
        dry_run: Whether nothing was written.
        pages: Pages of the version that were added, changed and removed.
        paths: All paths of the branch that were added, changed and removed.
        arns: The layer ARNs inserted, by page: the ARN, and the number that stood there before.
        notices: What else there is to know.
        next: The commands that come next.
    """

    verb: str
    version: str
    aliases: tuple[str, ...]
    built_from: str
    branch: str
    commit: str | None
    changed: bool
    pushed: bool
    dry_run: bool
    pages: Mapping[str, list[str]]
    paths: Mapping[str, list[str]]
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
            "paths": dict(self.paths),
            "arns": {"count": len(arns), "inserted": arns},
            "notices": list(self.notices),
            "next": list(self.next),
        }
