"""What has to be right before anything is published."""

from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git, mask_credentials
from docs_tools.publish.settings import PublishSettings

__all__ = ["check_identity", "check_names", "check_not_checked_out"]


def check_names(git: Git, settings: PublishSettings) -> None:
    """Fails where the branch or the remote has a name that git would take for something else.

    Raises:
        DocsToolsError: Such as for an address in place of a remote's name.
    """
    try:
        # git also takes what stands for a branch, such as @{-1}, and prints what it stands for
        named = git.text("check-ref-format", "--branch", settings.branch)
    except DocsToolsError:
        named = None
    if named != settings.branch:
        raise DocsToolsError(
            f'remote_branch: "{settings.branch}" is no name for a branch',
            hint="mend it in mkdocs.yml",
        )
    if not git.ok("check-ref-format", f"refs/remotes/{settings.remote}/{settings.branch}"):
        raise DocsToolsError(
            f'remote_name: "{mask_credentials(settings.remote)}" is no name of a remote',
            hint="write the name of one that `git remote` lists, such as origin",
        )


def check_identity(git: Git) -> None:
    """Fails where git knows no name or e-mail address for a commit.

    Raises:
        DocsToolsError: With the commands that tell it.
    """
    if not git.ok("var", "GIT_COMMITTER_IDENT"):
        raise DocsToolsError(
            "git does not know who you are, so it can't commit",
            hint="tell it, then run the command again:\n"
            '    git config --global user.name "Your Name"\n'
            '    git config --global user.email "you@example.com"',
        )


def check_not_checked_out(git: Git, branch: str) -> None:
    """Fails where a work tree shows the docs branch: it would become stale under the user's eyes.

    Raises:
        DocsToolsError: With the work tree.
    """
    for block in git.text("worktree", "list", "--porcelain").split("\n\n"):
        lines = block.split("\n")
        if f"branch refs/heads/{branch}" in lines:
            place = lines[0].removeprefix("worktree ")
            gone = not Path(place).exists()
            raise DocsToolsError(
                f"{branch} is checked out in {place}: nothing was changed",
                hint="that folder is gone; have git forget it: git worktree prune"
                if gone
                else "check out another branch there: what you see there would become stale",
            )
