"""One pull request that carries layer numbers into hand-written files, and into the data file.

It starts from what is on GitHub and not from this checkout, which may be older or changed.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from docs_tools.errors import DocsToolsError, count_problems
from docs_tools.git import Git
from docs_tools.github import GitHub, Proposal, RepositoryFiles, local_blobs, propose
from docs_tools.layers.data_file import set_releases
from docs_tools.layers.find_files import Globs
from docs_tools.layers.in_files import Planned, plan_insertion
from docs_tools.layers.numbers import Numbers
from docs_tools.model.layers import LayerRelease

__all__ = ["LayerNumbers", "propose_numbers"]


@dataclass(frozen=True)
class LayerNumbers:
    """What a pull request shall bring.

    Attributes:
        version: The release that it is about.
        folder: The project's folder, where globs start from.
        globs: The files.
        keep: Those of them that keep their numbers.
        numbers: What is inserted into them.
        data_file: The data file, if there is one.
        releases: What it shall say of the release.
        allow_lower: Whether a number in a file may become smaller.
    """

    version: str
    folder: Path
    globs: tuple[str, ...]
    keep: tuple[str, ...]
    numbers: Numbers
    data_file: Path | None = None
    releases: tuple[LayerRelease, ...] = ()
    allow_lower: bool = False


def propose_numbers(
    github: GitHub, git: Git, wanted: LayerNumbers, *, dry_run: bool = False
) -> Proposal:
    """Opens a pull request with a release's numbers, or brings the one that is open up to date.

    Args:
        github: The repository on GitHub.
        git: The repository here, at the top of its work tree.
        wanted: What the pull request shall bring.
        dry_run: Whether to write nothing.

    Raises:
        DocsToolsError: A number can't be inserted, or GitHub refuses.
    """
    return propose(
        github,
        f"docs_tools/layers-{wanted.version}",
        title=f"docs(layers): numbers of {wanted.version}",
        message=f"docs(layers): numbers of {wanted.version}",
        body=_BODY.format(version=wanted.version),
        edit=_Edit(git.folder, wanted).edit,
        blobs=local_blobs(git),
        dry_run=dry_run,
    )


_BODY = (
    "The layer versions of {version} are deployed: this puts their numbers into the data file and"
    " into the files whose ARNs are written by hand.\n\nWritten by docs_tools; commits that you add"
    " to this branch stay."
)


class _Edit:
    """The new contents of a commit's files.

    Args:
        top: The top of the work tree, where paths on GitHub start from.
        wanted: What they shall hold.
    """

    def __init__(self, top: Path, wanted: LayerNumbers) -> None:
        self._wanted = wanted
        prefix = os.path.relpath(wanted.folder.resolve(), top.resolve())
        self._globs = Globs(_from_top(prefix, wanted.globs))
        self._keep = Globs(_from_top(prefix, wanted.keep))
        self._data = None
        if wanted.data_file:
            path = os.path.relpath(wanted.data_file.resolve(), top.resolve())
            self._data = PurePosixPath(Path(path)).as_posix()

    def edit(self, files: RepositoryFiles) -> dict[str, bytes]:
        """The files that change.

        Raises:
            DocsToolsError: A number can't be inserted; every problem is in it.
        """
        asked = [
            path for path in files.paths if self._globs.match(path) and not self._keep.match(path)
        ]
        planned = self._plan(files, asked)
        changed = {change.name: change.after for change in planned.changed}
        if self._data in files.paths and self._wanted.releases:
            changed[self._data] = self._with_releases(files.read(self._data), self._data)
        return changed

    def _plan(self, files: RepositoryFiles, asked: list[str]) -> Planned:
        planned = plan_insertion(
            files.read_many(asked),
            self._wanted.numbers,
            allow_lower=self._wanted.allow_lower,
        )
        if planned.problems:
            message = f"{count_problems(planned.problems, 'in the files')} on GitHub"
            raise DocsToolsError(message, diagnostics=planned.problems)
        return planned

    def _with_releases(self, content: bytes, name: str) -> bytes:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DocsToolsError(f"{name} on GitHub is not UTF-8") from error
        return set_releases(text, self._wanted.releases, name).encode("utf-8")


def _from_top(prefix: str, globs: Iterable[str]) -> Iterable[str]:
    """Globs as they start from the top of the work tree; one that leads out of it is dropped."""
    for glob in globs:
        path = PurePosixPath(Path(os.path.normpath(Path(prefix, glob)))).as_posix()
        if not path.startswith(("../", "/")):
            yield path
