"""The pull request itself."""

from dataclasses import dataclass

from docs_tools.errors import printable
from docs_tools.git import Git
from docs_tools.github import GitHub, Proposal, local_blobs, propose
from docs_tools.proposal.edit import Edit
from docs_tools.proposal.names import branch_of, title_of
from docs_tools.proposal.wanted import LayerNumbers

__all__ = ["Proposed", "propose_numbers"]


@dataclass(frozen=True)
class Proposed:
    """What was proposed.

    Attributes:
        proposal: What became of the pull request.
        notices: What else there is to know.
    """

    proposal: Proposal
    notices: tuple[str, ...]


def propose_numbers(
    github: GitHub, git: Git, wanted: LayerNumbers, *, dry_run: bool = False
) -> Proposed:
    """Opens a pull request with a release's numbers, or brings the one that is open up to date.

    Args:
        github: The repository on GitHub.
        git: The repository here, at the top of its work tree.
        wanted: What the pull request shall bring.
        dry_run: Whether to write nothing.

    Raises:
        DocsToolsError: A number can't be inserted, or GitHub refuses.
    """
    edit = Edit(git.folder, wanted)
    branch, title = branch_of(wanted.version), title_of(wanted.version)
    origin = f"\n\nThe numbers come from {printable(wanted.origin)}." if wanted.origin else ""
    proposal = propose(
        github,
        branch,
        title=title,
        message=f"{title}{origin}",
        body=edit.describe,
        edit=edit.contents,
        blobs=local_blobs(git),
        dry_run=dry_run,
    )
    notices = edit.notices
    if proposal.replaced:
        left = f"the branch {branch} was left over, and began anew; it was at {proposal.replaced}"
        notices = (left, *notices)
    return Proposed(proposal, notices)
