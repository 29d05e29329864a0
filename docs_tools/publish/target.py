"""A place to publish in: a branch or a bucket. Both take the same changes."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docs_tools.publish.manifest.manifest import Manifest
from docs_tools.publish.published import Published
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.site_files import SiteFiles
from docs_tools.publish.state.change import Change, Landed
from docs_tools.publish.state.objects import Objects
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry, Paths

__all__ = ["Manner", "Progress", "Target"]


class Progress(Protocol):
    """Is told how far long work is."""

    def __call__(self, done: int, total: int, /) -> None:
        """So many of so many are done."""


@dataclass(frozen=True)
class Manner:
    """How changes are made.

    Attributes:
        push: Whether anything leaves this machine; as the configuration says if it isn't said.
        dry_run: Whether to stop before anything is written.
        wait: Whether to wait until the CDN has forgotten what it had.
        thorough: Whether to look at each object of a bucket instead of believing what is known.
        folder: Where a run may put things.
        go_ahead: How to run the same command so that it writes.
        progress: Is told how much of an upload is done.
        waiting: Is told for whom the run waits.
    """

    push: bool | None = None
    dry_run: bool = False
    wait: bool = False
    folder: Path | None = None
    go_ahead: str = "without --dry-run"
    progress: Progress | None = None
    waiting: Callable[[str], None] | None = None
    thorough: bool = False


class Target(Protocol):
    """A place to publish in."""

    @property
    def name(self) -> str:
        """What the settings call it, and `--target`."""

    @property
    def settings(self) -> PublishSettings:
        """Where the project publishes, as far as this place goes."""

    @property
    def objects(self) -> Objects:
        """Where files go."""

    def untouched(self) -> AbstractContextManager[None]:
        """Says of a failure within that nothing was changed there."""

    def plan(self) -> Snapshot:
        """What is published, before a build.

        Raises:
            DocsToolsError: It can't be read.
        """

    def check_writable(self) -> None:
        """Fails where nothing could be published, before a build.

        Raises:
            DocsToolsError: Such as without permission.
        """

    def known(self, planned: Snapshot, version: str) -> frozenset[str]:
        """The hashes of files that needn't be written again."""

    def seal(self, files: SiteFiles, manifest: Manifest) -> Entry:
        """The folder of a version: a site with its manifest.

        Raises:
            DocsToolsError: A file isn't what it was when it was read.
        """

    def last_change(self, path: str) -> str:
        """Who changed a path last, and when, as far as that is known."""

    def prepare(self, *, history: bool) -> None:
        """Makes ready for a change that builds nothing.

        Raises:
            DocsToolsError: It can't be made there.
        """

    def land(self, change: Change, planned: Snapshot | None) -> Landed:
        """Makes a change, whole or not at all.

        Raises:
            DocsToolsError: It can't be made.
        """

    def next_commands(self, paths: Paths) -> Iterator[str]:
        """The commands that come after a write."""

    def read(self, *, thorough: bool = False, history: bool = False) -> Published:
        """Reads what is published.

        Args:
            thorough: Whether what is kept is looked at, and not only what is known of it.
            history: Whether older states are asked for.
        """
