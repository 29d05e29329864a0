"""A project as a git repository, with a bare one beside it to push to."""

import os
import subprocess
from pathlib import Path

__all__ = ["COMMIT_TIME", "commit", "git", "make_repository"]

COMMIT_TIME = 1_760_000_000
"""Seconds since 1970: the same commit whenever it is made."""

_WHO = {
    f"GIT_{who}_{key}": value
    for who in ("AUTHOR", "COMMITTER")
    for key, value in (
        ("NAME", "Bench"),
        ("EMAIL", "bench@example.com"),
        ("DATE", f"{COMMIT_TIME} +0000"),
    )
}


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder.

    Returns:
        What it printed.
    """
    # neither the machine's settings nor a person's: a hook or a signature would count as ours
    environment = {
        **os.environ,
        **_WHO,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def make_repository(folder: Path) -> Path:
    """Commits a project and pushes it.

    Args:
        folder: The project.

    Returns:
        The bare repository, which is `origin`: beside the folder, with `.git` behind its name.
    """
    remote = folder.with_name(f"{folder.name}.git")
    git(folder.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Bench")
    git(folder, "config", "user.email", "bench@example.com")
    git(folder, "remote", "add", "origin", str(remote))
    commit(folder, "docs: first")
    git(folder, "push", "--quiet", "--set-upstream", "origin", "main")
    return remote


def commit(folder: Path, message: str) -> None:
    """Commits all that changed."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
