"""What is published."""

from dataclasses import dataclass

from docs_tools.build import Project
from docs_tools.git import find_git
from docs_tools.publish.branch import DocsBranch
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions import VersionEntry

__all__ = ["Listing", "list_versions"]


@dataclass(frozen=True)
class Listing:
    """The published versions in the file's order, and a word on where they were read."""

    entries: tuple[VersionEntry, ...]
    branch: str
    notice: str | None


def list_versions(project: Project) -> Listing:
    """Reads the versions from the docs branch, here or on the remote, whichever is newer.

    Raises:
        DocsToolsError: There is no repository, or the list on the branch is broken.
    """
    git = find_git(project.folder)
    branch = DocsBranch(git, PublishSettings.of(project.load()))
    branch.update(only_read=True)
    return Listing(tuple(branch.versions()), branch.settings.branch, branch.notice)
