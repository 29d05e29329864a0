"""Where a build's sources come from: this checkout, or a commit in a temporary work tree."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docs_tools.build.project import Project, find_project
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.git import Git, GitError, check_ref

__all__ = ["check_clean", "project_at"]


@contextmanager
def project_at(project: Project, git: Git, ref: str) -> Iterator[Project]:
    """The project as a commit has it, in a temporary work tree.

    Args:
        project: The project in this checkout.
        git: Git at the top of the checkout.
        ref: A tag, branch or commit.

    Yields:
        The project there.

    Raises:
        MalformedNameError: That can't be a ref.
        DocsToolsError: There is no such ref, or it has no such project.
    """
    with _checkout(git, ref) as tree:
        relative = project.config_file.relative_to(git.folder.resolve())
        if not (tree / relative).is_file():
            raise DocsToolsError(f'there is no {relative} at "{ref}"')
        yield find_project(tree / relative, tree)


@contextmanager
def _checkout(git: Git, ref: str) -> Iterator[Path]:
    """A temporary work tree of a commit, removed whatever happens."""
    commit = git.commit(check_ref(ref))
    if commit is None:
        hint = "fetch it first: git fetch --tags"
        raise DocsToolsError(f'there is no tag, branch or commit "{ref}"', hint=hint)
    parent = Path(tempfile.mkdtemp(prefix="docs_tools-"))
    tree = parent / "tree"
    try:
        git.output("worktree", "add", "--detach", "--quiet", str(tree), commit)
        yield tree
    finally:
        shutil.rmtree(parent, ignore_errors=True)
        git.ok("worktree", "prune")


def check_clean(git: Git, inputs: Iterable[Path]) -> None:
    """Fails where what is built differs from the commit that it would be said to come from.

    Args:
        git: Git at the top of the checkout.
        inputs: Files and folders that the build reads; those outside the checkout don't count.

    Raises:
        DocsToolsError: Lists the files that aren't committed.
    """
    top = git.folder.resolve()
    inside = {p.relative_to(top) for path in inputs if (p := path.resolve()).is_relative_to(top)}
    if not inside:
        return
    paths = [f":(literal,top){path.as_posix()}" if str(path) != "." else ":/" for path in inside]
    try:
        status = git.with_env({"GIT_OPTIONAL_LOCKS": "0"}).text(
            "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", *paths
        )
    except GitError as error:
        raise DocsToolsError("git can't tell what is committed", hint=error.output) from error
    states = {"??": "not committed yet", " D": "deleted", "D ": "deleted"}
    dirty = [
        Diagnostic(states.get(entry[:2], "changed since the commit"), entry[3:])
        for entry in status.split("\0")
        if entry
    ]
    if dirty:
        raise DocsToolsError(
            "there are uncommitted changes in what would be built",
            hint="commit or stash them, or build the working tree as it is: --allow-dirty",
            diagnostics=dirty,
        )
