"""The docs branch as a place to publish in."""

import shlex
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from docs_tools.git import Git
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.branch.published import PublishedBranch, read_branch
from docs_tools.publish.branch.reconcile import newest_snapshot
from docs_tools.publish.branch.refs import DocsBranch
from docs_tools.publish.branch.transact import transact
from docs_tools.publish.manifest.manifest import Manifest
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.site_files import SiteFiles, published_files, sealed
from docs_tools.publish.state.change import Change, Landed
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry, Paths
from docs_tools.publish.target import Manner

__all__ = ["BranchTarget"]


@dataclass
class BranchTarget:
    """The docs branch, here and on its remote.

    Attributes:
        git: Git in the project's repository.
        settings: Where the project publishes.
        manner: How a change is made.
        name: What the settings call it.
    """

    git: Git
    settings: PublishSettings
    manner: Manner
    name: str = "git"

    @cached_property
    def branch(self) -> DocsBranch:
        """The docs branch."""
        return DocsBranch(self.git, self.settings)

    @cached_property
    def objects(self) -> GitObjects:
        """Where files go; nothing is left of them after a dry run."""
        folder = self.manner.folder
        objects = GitObjects(self.git, folder)
        if not self.manner.dry_run or folder is None:
            return objects
        return objects.quarantined(folder / "objects")

    @property
    def push(self) -> bool:
        """Whether the remote is brought up to date."""
        return self.settings.push if self.manner.push is None else self.manner.push

    def untouched(self) -> AbstractContextManager[None]:
        """Says of a failure of git, or of the disk, that both sides are as they were."""
        return self.branch.left_alone()

    def plan(self) -> Snapshot:
        """What is published, before a build."""
        with self.untouched():
            remote = self.push and not self.manner.dry_run
            return newest_snapshot(self.branch, self.objects, needs_remote=remote)

    def check_writable(self) -> None:
        """Fails where nothing could be published, before a build."""
        if not self.manner.dry_run:
            self.branch.check_writable()

    def known(self, planned: Snapshot, version: str) -> frozenset[str]:
        """The hashes of files that needn't be written again."""
        return published_files(planned, version)

    def seal(self, files: SiteFiles, manifest: Manifest) -> Entry:
        """The folder of a version: a site with its manifest."""
        with self.untouched():
            return sealed(files, manifest, self.objects)

    def last_change(self, path: str) -> str:
        """Who changed a path last, and when."""
        return self.branch.last_change(path)

    def prepare(self, *, history: bool) -> None:
        """Makes ready for a change that builds nothing.

        Args:
            history: Whether older commits are read, which a shallow clone lacks.
        """
        self.check_writable()
        if history:
            self.branch.deepen()

    def land(self, change: Change, planned: Snapshot | None) -> Landed:
        """Makes a change."""
        return transact(
            self.branch,
            change,
            self.objects,
            push=self.push,
            dry_run=self.manner.dry_run,
            planned=planned,
        )

    def next_commands(self, paths: Paths) -> Iterator[str]:
        """The commands that come after a write."""
        if self.manner.dry_run:
            if paths:
                yield f"the same command {self.manner.go_ahead}"
        elif self.branch.unpushed and self.branch.has_remote:
            yield shlex.join(["git", "push", self.settings.remote, self.settings.branch])

    def read(self, *, thorough: bool = False, history: bool = False) -> PublishedBranch:
        """Reads what is published: git looks at all of it, whether that is asked for or not."""
        return read_branch(self.branch, history=history)
