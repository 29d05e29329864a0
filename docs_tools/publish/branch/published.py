"""The docs branch to be read: the newest state of here and the remote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from docs_tools.errors import Diagnostic
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.branch.origins import arrivals
from docs_tools.publish.branch.read import read_commit
from docs_tools.publish.branch.refs import DocsBranch
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.published import Arrived
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["PublishedBranch", "read_branch"]


@dataclass(frozen=True)
class PublishedBranch:
    """What is published on the docs branch.

    Attributes:
        branch: The docs branch.
        objects: The database that it is read from.
        snapshot: Its newest state.
        problems: What is wrong with it beside its versions: a branch lands whole or not at all.
    """

    branch: DocsBranch
    objects: GitObjects
    snapshot: Snapshot
    problems: tuple[Diagnostic, ...] = ()

    @property
    def notice(self) -> str | None:
        """What there is to know of where it was read, such as an unreachable remote."""
        return self.branch.notice

    def arrived(self, versions: Collection[str]) -> Mapping[str, Arrived]:
        """How the files of some versions came: from the commits that brought them."""
        if not versions or not self.snapshot.commit:
            return {}
        self.branch.deepen()
        found = arrivals(self.objects, self.branch.settings, self.snapshot.commit, versions)
        return {
            version: Arrived(
                arrival.commit.time, arrival.commit.built_from or arrival.commit.deployed
            )
            for version, arrival in found.items()
        }

    def robbed(self, versions: Collection[str]) -> set[str]:
        """Which of the versions without a manifest had one, and lost it to neither mike nor us."""
        if not versions or not self.snapshot.commit:
            return set()
        self.branch.deepen()
        found = arrivals(self.objects, self.branch.settings, self.snapshot.commit, versions)
        by_hand = {
            version: arrival.before
            for version, arrival in found.items()
            # a rollback brings back what mike had published, too
            if arrival.before and not arrival.commit.deployed and not arrival.commit.action
        }
        hashes = self.objects.hashes([f"{tree}:{MANIFEST}" for tree in by_hand.values()])
        return {version for version, hash_ in zip(by_hand, hashes, strict=True) if hash_}


def read_branch(branch: DocsBranch, *, history: bool = False) -> PublishedBranch:
    """Reads the docs branch, here or on the remote, whichever is newer.

    Args:
        branch: The docs branch.
        history: Whether older commits are asked for, which a shallow clone lacks.

    Raises:
        DocsToolsError: The list on the branch is broken.
    """
    branch.update()
    if branch.diverged:
        branch.notice = (
            f"{branch.settings.branch} here and {branch.there} have each gone their own way: this "
            f"is {branch.there}; the next command that writes puts them together"
        )
    if history:
        branch.deepen()
    objects = GitObjects(branch.git)
    return PublishedBranch(branch, objects, read_commit(objects, branch.settings, branch.head))
