"""Where a build's sources come from: this checkout, or a commit in a temporary work tree."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from docs_tools.build.at_ref import told_of_ref
from docs_tools.build.project import CONFIG_NAMES, Project, config_in, find_project
from docs_tools.build.workspace import remove, workspace
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.git import Git, GitError, check_ref

__all__ = ["check_clean", "epoch_of", "ignored", "project_at", "uncommitted"]


@contextmanager
def project_at(
    project: Project, git: Git, ref: str, folder: Path | None = None
) -> Iterator[Project]:
    """The project as a commit has it, in a temporary work tree.

    Args:
        project: The project in this checkout.
        git: Git at the top of the checkout.
        ref: A tag, branch or commit.
        folder: The run's workspace, which the work tree is made in; if none is given, one of its
            own.

    Yields:
        The project there.

    Raises:
        MalformedNameError: That can't be a ref.
        DocsToolsError: There is no such ref, it can't be checked out, or it has no such project.
    """
    commit = git.commit(check_ref(ref))
    if commit is None:
        hint = "fetch it first: git fetch --tags"
        raise DocsToolsError(f'there is no tag, branch or commit "{ref}"', hint=hint)
    top = git.folder.resolve()
    if not project.config_file.is_relative_to(top):
        raise DocsToolsError(f"{project.config_file} is outside {git.folder}")
    with ExitStack() as stack:
        tree = (folder or stack.enter_context(workspace(git))) / "tree"
        stack.callback(remove, git, tree)
        _check_out(git, ref, commit, tree)
        stack.enter_context(told_of_ref(ref, tree))
        config_file = _config_file(tree / project.config_file.relative_to(top), tree, ref)
        there = find_project(config_file, tree)
        if there.custom_dir and there.custom_dir.resolve().is_relative_to(tree):
            there.custom_dir.mkdir(parents=True, exist_ok=True)  # git keeps no empty folder
        yield there


def _check_out(git: Git, ref: str, commit: str, tree: Path) -> None:
    """Makes a work tree of a commit."""
    # a project's hook is for its people: it may install things, or fail where they aren't
    no_hooks = ("-c", f"core.hooksPath={os.devnull}")
    try:
        git.output(*no_hooks, "worktree", "add", "--detach", "--quiet", str(tree), commit)
    except GitError as error:
        raise DocsToolsError(f'"{ref}" can\'t be checked out', hint=error.output) from error
    if (tree / ".gitmodules").is_file():
        update = ("submodule", "update", "--init", "--recursive", "--quiet")
        try:
            Git(tree).output(*no_hooks, *update)
        except GitError as error:
            message = f'the submodules of "{ref}" can\'t be checked out'
            raise DocsToolsError(message, hint=error.output) from error


def _config_file(wanted: Path, tree: Path, ref: str) -> Path:
    """The project's configuration file there, which may have had MkDocs' other name."""
    if wanted.is_file():
        return wanted
    # any other name stands for another site
    found = config_in(wanted.parent) if wanted.name in CONFIG_NAMES else None
    if found is None:
        raise DocsToolsError(f'there is no {wanted.relative_to(tree)} at "{ref}"')
    return found


def epoch_of(git: Git, commit: str) -> str:
    """When a commit was made, in seconds as `SOURCE_DATE_EPOCH` has them."""
    return git.text("show", "-s", "--no-show-signature", "--format=%ct", commit)


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
