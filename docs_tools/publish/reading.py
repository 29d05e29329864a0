"""The docs branch to be read: the newest state of here and the remote."""

from dataclasses import dataclass

from docs_tools.build import Project
from docs_tools.git import find_git
from docs_tools.publish.branch.objects import Objects
from docs_tools.publish.branch.refs import DocsBranch
from docs_tools.publish.branch.snapshot import Snapshot
from docs_tools.publish.settings import PublishSettings

__all__ = ["Published", "read_published"]


@dataclass(frozen=True)
class Published:
    """What is published.

    Attributes:
        branch: The docs branch.
        snapshot: Its newest state.
    """

    branch: DocsBranch
    snapshot: Snapshot

    @property
    def name(self) -> str:
        """What to call the branch."""
        return self.branch.settings.branch

    @property
    def notice(self) -> str | None:
        """What there is to know of where it was read, such as an unreachable remote."""
        return self.branch.notice


def read_published(project: Project) -> Published:
    """Reads the docs branch, here or on the remote, whichever is newer.

    Raises:
        DocsToolsError: There is no repository, or the list on the branch is broken.
    """
    git = find_git(project.folder)
    branch = DocsBranch(git, PublishSettings.of(project.load()))
    branch.update()
    if branch.diverged:
        branch.notice = (
            f"{branch.settings.branch} here and {branch.there} have each gone their own way: this "
            f"is {branch.there}; the next command that writes puts them together"
        )
    return Published(branch, Snapshot.read(Objects(git), branch.settings, branch.head))
