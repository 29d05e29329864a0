"""Where a build's sources come from: this checkout, or a commit in a temporary work tree."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docs_tools.build.project import Project, find_project
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.git import Git, GitError, check_ref

__all__ = ["check_clean", "ignored", "project_at", "uncommitted"]


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
        try:
            relative = project.config_file.relative_to(git.folder.resolve())
        except ValueError:
            raise DocsToolsError(f"{project.config_file} is outside {git.folder}") from None
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
        if (tree / ".gitmodules").is_file():
            Git(tree).output("submodule", "update", "--init", "--recursive", "--quiet")
        yield tree
    finally:
        git.ok("worktree", "remove", "--force", str(tree))
        shutil.rmtree(parent, ignore_errors=True)


def uncommitted(git: Git, inputs: Iterable[Path]) -> list[Diagnostic]:
    """The files below what is built that differ from the commit, each with what happened to it.

    Args:
        git: Git at the top of the checkout.
        inputs: Files and folders that the build reads; those outside the checkout don't count.
    """
    states = {"??": "not committed yet", " D": "deleted", "D ": "deleted"}
    return [
        Diagnostic(states.get(state, "changed since the commit"), path)
        for state, path in _status(git, inputs, "--untracked-files=all")
    ]


def ignored(git: Git, docs_dir: Path) -> list[str]:
    """The files of the docs that git ignores: they are built, and no commit holds them."""
    entries = _status(git, [docs_dir], "--ignored=traditional", "--untracked-files=all")
    return [
        path
        for state, path in entries
        if state == "!!" and not any(part.startswith(".") for part in Path(path).parts)
    ]


def check_clean(git: Git, inputs: Iterable[Path]) -> None:
    """Fails where what is built differs from the commit that it would be said to come from.

    Raises:
        DocsToolsError: Lists the files that aren't committed.
    """
    dirty = uncommitted(git, inputs)
    if dirty:
        raise DocsToolsError(
            "there are uncommitted changes in what would be built",
            hint="commit or stash them, or build the working tree as it is: --allow-dirty",
            diagnostics=dirty,
        )


def _status(git: Git, inputs: Iterable[Path], *flags: str) -> list[tuple[str, str]]:
    """State and path of each file below the inputs that `git status` has something to say of."""
    top = git.folder.resolve()
    absolute = {path.parent.resolve() / path.name for path in inputs}
    paths = {p.relative_to(top) for path in absolute for p in (path, path.resolve())
             if p.is_relative_to(top)}  # fmt: skip
    if not paths:
        return []
    specs = [":/" if path == Path() else f":(literal,top){path.as_posix()}" for path in paths]
    try:
        status = git.with_env({"GIT_OPTIONAL_LOCKS": "0"}).output(
            "status", "--porcelain=v1", "-z", "--no-renames", *flags, "--", *sorted(specs)
        )
    except GitError as error:
        raise DocsToolsError("git can't tell what is committed", hint=error.output) from error
    entries = status.decode("utf-8", "surrogateescape").split("\0")
    return [(entry[:2], entry[3:]) for entry in entries if entry]
