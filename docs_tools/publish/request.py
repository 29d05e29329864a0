"""What is asked for: a version to publish, or one to hotfix."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docs_tools.build import Project

__all__ = ["HotfixRequest", "PublishRequest"]


@dataclass(frozen=True)
class HotfixRequest:
    """What to rebuild.

    Attributes:
        project: The project.
        version: The version.
        ref: The commit to build; HEAD, and its checkout, if none is given. With `site_dir`, the
            commit that the site is said to be built from.
        site_dir: A site that was built elsewhere, to be published as it is.
        layers: A file or folder of layer ARNs.
        push: Whether to push; as the configuration says if it isn't said.
        dry_run: Whether to stop before anything is written.
        allow_dirty: Whether to build the working tree with uncommitted changes in it.
        targets: The names of the places to publish in; all of the configuration if there are none.
        wait: Whether to wait until the CDN has forgotten what it had.
        thorough: Whether to look at each object of a bucket instead of believing what is known.
        progress: Is told how much of an upload is done.
        waiting: Is told for whom the run waits.
    """

    project: Project
    version: str
    ref: str | None = None
    site_dir: Path | None = None
    layers: Path | None = None
    push: bool | None = None
    dry_run: bool = False
    allow_dirty: bool = False
    targets: tuple[str, ...] = ()
    wait: bool = False
    thorough: bool = False
    progress: Callable[[int, int], None] | None = None
    waiting: Callable[[str], None] | None = None


@dataclass(frozen=True)
class PublishRequest(HotfixRequest):
    """What to publish.

    Attributes:
        aliases: Aliases that the version gets beside those it has.
        title: The version's title.
        update_aliases: Whether an alias may be taken from another version.
    """

    aliases: tuple[str, ...] = ()
    title: str | None = None
    update_aliases: bool = False
