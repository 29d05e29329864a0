"""GitHub: which repository it is, the calls that are needed, and one pull request for a change."""

from docs_tools.github.client import GitHub
from docs_tools.github.explain import GitHubError
from docs_tools.github.pull_request import Proposal, propose
from docs_tools.github.repository import Repository, find_repository
from docs_tools.github.repository_files import RepositoryFiles, local_blobs

__all__ = [
    "GitHub",
    "GitHubError",
    "Proposal",
    "Repository",
    "RepositoryFiles",
    "find_repository",
    "local_blobs",
    "propose",
]
