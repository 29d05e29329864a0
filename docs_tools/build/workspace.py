"""A run's own temporary folder, gone when the run ends; the next run removes what a kill left.

Each run has a file in the repository, `docs_tools/runs/ID` in git's common folder, that names its
folder. The file is locked for as long as the process lives: a lock ends with its process, however
that ends, and an id that is used again, such as a process', means nothing.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git

try:
    import fcntl
except ImportError:  # not POSIX: nobody can tell a dead run from a living one, so none is swept
    fcntl = None  # type: ignore[assignment]

__all__ = ["remove", "workspace"]

_ID = re.compile(r"[0-9a-f]{32}")
_PREFIX = "docs_tools-"
_MARK = ".docs_tools-run-"
"""How a file in a run's folder begins that is named by its id: a path alone isn't believed."""


@contextmanager
def workspace(git: Git) -> Iterator[Path]:
    """A temporary folder for one run, removed with the work trees in it whatever happens.

    What an earlier run left that was killed goes first.

    Args:
        git: Git in the repository.

    Yields:
        The folder: absolute, without links, and for this user only.
    """
    runs = _common_folder(git) / "docs_tools" / "runs"
    _sweep(git, runs)
    id = uuid4().hex
    folder = Path(tempfile.gettempdir()).resolve() / f"{_PREFIX}{id}"
    # registered before it is there: a kill in between leaves nothing that nobody knows of
    lock = _register(runs, id, folder)
    try:
        folder.mkdir(mode=0o700)
        (folder / f"{_MARK}{id}").touch()
        yield folder
    finally:
        remove(git, folder)
        if lock is not None:
            if not folder.exists():
                (runs / id).unlink(missing_ok=True)
            os.close(lock)


def remove(git: Git, folder: Path) -> None:
    """Removes a folder with all work trees that are, or were, in it; never fails.

    Args:
        git: Git in the repository.
        folder: The folder, absolute and without links.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for tree in _work_trees(git):
        if tree.is_relative_to(folder):
            # twice: git keeps a work tree locked while it makes it, and was killed there
            git.ok("worktree", "remove", "--force", "--force", str(tree))


def _work_trees(git: Git) -> list[Path]:
    """The paths of the repository's work trees, whether they are there or not."""
    try:
        lines = git.text("worktree", "list", "--porcelain").split("\n")
    except DocsToolsError:  # the repository itself is gone
        return []
    return [Path(line.removeprefix("worktree ")) for line in lines if line.startswith("worktree ")]


def _common_folder(git: Git) -> Path:
    """Git's folder of the repository, the same for all its work trees."""
    return (git.folder / git.text("rev-parse", "--git-common-dir")).resolve()


def _register(runs: Path, id: str, folder: Path) -> int | None:
    """Names a run's folder in the repository; the descriptor holds the lock.

    `None` where there are no locks, or the repository can't be written: then nothing is swept.
    """
    if fcntl is None:
        return None
    hidden, lock = runs / f".{id}", None
    try:
        runs.mkdir(parents=True, exist_ok=True)
        lock = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.write(lock, os.fsencode(folder))
        # under its own name once it is locked: no sweep may find it free
        hidden.rename(runs / id)
    except OSError:
        if lock is not None:
            os.close(lock)
            hidden.unlink(missing_ok=True)
        return None
    return lock


def _sweep(git: Git, runs: Path) -> None:
    """Removes what runs left that were killed; never fails."""
    if fcntl is None:
        return
    with suppress(OSError):  # there were no runs yet
        for file in sorted(runs.iterdir()):
            if _ID.fullmatch(file.name):
                with suppress(OSError):
                    _sweep_run(git, file)


def _sweep_run(git: Git, file: Path) -> None:
    """Removes what the run of a registry file left, unless it lives."""
    # what is no plain file was not put there by a run: neither followed nor waited for
    lock = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where the run lives
        folder = Path(os.fsdecode(os.read(lock, 4096)))
        if _is_run(folder, file.name):
            remove(git, folder)
            if not folder.exists():
                file.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _is_run(folder: Path, id: str) -> bool:
    """Whether a path is that of the folder that a run made, be it there or not."""
    if not folder.is_absolute() or folder.name != f"{_PREFIX}{id}" or ".." in folder.parts:
        return False
    if not os.path.lexists(folder):
        return True
    if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid != os.geteuid():
        return False
    # killed before it got its mark, it is empty
    return (folder / f"{_MARK}{id}").is_file() or not any(folder.iterdir())
