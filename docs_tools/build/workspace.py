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
    _remove_folder(folder, _MARK)
    with suppress(DocsToolsError, OSError):  # the repository is gone, or never had a work tree
        for entry in (_common_folder(git) / "worktrees").iterdir():
            # `git worktree remove` refuses one that git was killed in the middle of making
            with suppress(OSError):
                if _work_tree(entry).is_relative_to(folder):
                    _remove_folder(entry, "gitdir")


def _remove_folder(folder: Path, last: str) -> None:
    """Removes a folder, and last in it the file that tells whose it is.

    Killed in the middle of that, a run leaves what the next one still knows.
    """
    with suppress(OSError, ValueError):  # a path that a hand wrote may hold a zero byte
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif not path.name.startswith(last):
                path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _work_tree(entry: Path) -> Path:
    """The `.git` of the work tree that git keeps an entry of.

    https://git-scm.com/docs/gitrepository-layout, `worktrees/<id>/gitdir`
    """
    text = os.fsdecode((entry / "gitdir").read_bytes()).rstrip("\n")
    return Path(os.path.normpath(entry / text))  # newer versions of git can make it relative


def _common_folder(git: Git) -> Path:
    """Git's folder of the repository, the same for all its work trees."""
    return (git.folder / git.text("rev-parse", "--git-common-dir")).resolve()


@contextmanager
def _alone(runs: Path) -> Iterator[None]:
    """Keeps other runs away for a moment: no file is seen that its run hasn't locked yet."""
    lock = os.open(runs.with_name("lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _register(runs: Path, id: str, folder: Path) -> int | None:
    """Names a run's folder in the repository; the descriptor holds the lock.

    `None` where there are no locks, or the repository can't be written: then nothing is swept.
    """
    if fcntl is None:
        return None
    lock = None
    try:
        runs.mkdir(parents=True, exist_ok=True)
        with _alone(runs):
            lock = os.open(runs / id, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(lock, os.fsencode(folder))
    except OSError:
        if lock is not None:
            os.close(lock)
            (runs / id).unlink(missing_ok=True)
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
    with _alone(file.parent):
        # what is no plain file was not put there by a run: neither followed nor waited for
        lock = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where the run lives
        content = os.read(lock, 4096)
        folder = Path(os.fsdecode(content))
        if _is_run(folder, file.name):
            remove(git, folder)
            gone = not folder.exists()
        else:
            gone = not content  # killed before it named its folder, it had none
        if gone:
            file.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _is_run(folder: Path, id: str) -> bool:
    """Whether a path is that of the folder that a run made, be it there or not."""
    if not folder.is_absolute() or folder.name != f"{_PREFIX}{id}" or ".." in folder.parts:
        return False
    if "\0" in str(folder):  # no path at all
        return False
    if not os.path.lexists(folder):
        return True
    if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid != os.geteuid():
        return False
    # killed before it got its mark, it is empty
    return (folder / f"{_MARK}{id}").is_file() or not any(folder.iterdir())
