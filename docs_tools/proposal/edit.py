"""The new contents of a commit's files, and what is told of them."""

import os
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from docs_tools.errors import Diagnostic, DocsToolsError, count_problems
from docs_tools.github import RepositoryFiles
from docs_tools.layers.find_files import Globs, find_paths
from docs_tools.layers.in_files import Planned, plan_insertion
from docs_tools.layers.run_insert import notices_of
from docs_tools.model.layers import Layers
from docs_tools.proposal.body import render_body
from docs_tools.proposal.data_text import DataChange, change_data
from docs_tools.proposal.wanted import LayerNumbers

__all__ = ["Edit"]

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class _Plan:
    """What changes in a commit's files."""

    data: DataChange | None
    planned: Planned
    notices: tuple[str, ...]


class Edit:
    """What a pull request does to the files of a commit.

    Args:
        top: The top of the work tree, where paths on GitHub start from.
        wanted: What they shall hold.

    Attributes:
        notices: What there is to know of the commit that was edited last.
    """

    def __init__(self, top: Path, wanted: LayerNumbers) -> None:
        self._wanted = wanted
        self._top = top.resolve()
        self._start = self._from_top(wanted.folder)
        self._globs = {self._relative(glob): glob for glob in wanted.globs}
        self._data = self._from_top(wanted.data_file) if wanted.data_file else None
        self._read: dict[str, bytes] = {}
        self.notices: tuple[str, ...] = ()

    def contents(self, files: RepositoryFiles) -> dict[str, bytes]:
        """The files that change.

        Raises:
            DocsToolsError: A number can't be inserted; every problem is in it.
        """
        plan = self._plan(files)
        if plan.planned.problems:
            raise _refused(plan.planned)
        self.notices = plan.notices
        changed = {self._data: plan.data.content} if self._data and plan.data else {}
        return changed | {change.name: change.after for change in plan.planned.changed}

    def describe(self, files: RepositoryFiles) -> str:
        """The text of the pull request, told of the branch to merge into.

        Raises:
            DocsToolsError: That branch has a higher number already. Other problems may be mended on
                the branch of the pull request.
        """
        plan = self._plan(files)
        changes = [i for change in plan.planned.changed for i in change.changed]
        if not self._wanted.allow_lower and any((i.before or 0) > i.number for i in changes):
            raise _refused(plan.planned)
        layers = plan.data.layers if plan.data else self._wanted.layers
        release = self._wanted.chosen(layers)
        return render_body(
            release.version if release else self._wanted.version,
            origin=None if plan.data and not self._wanted.source else self._wanted.origin,
            data_file=self._data if plan.data else None,
            data_lines=plan.data.lines if plan.data else (),
            files=[change for change in plan.planned.changed if change.changed],
            notices=plan.notices,
        )

    def _plan(self, files: RepositoryFiles) -> _Plan:
        wanted = self._wanted
        asked, unmatched = self._asked(files.paths)
        data = self._change_data(files)
        layers = data.layers if data else wanted.layers
        contents = self._with_data(self._contents(files, asked), data)
        numbers = wanted.numbers(layers)
        planned = plan_insertion(contents, numbers, allow_lower=wanted.allow_lower)
        if wanted.strict:
            missing = tuple(Diagnostic(f"no file on GitHub matches {glob}") for glob in unmatched)
            planned = replace(planned, problems=(*planned.problems, *missing))
        return _Plan(data, planned, self._notices(planned, layers, asked, on_github=bool(data)))

    def _asked(self, paths: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
        found, unmatched = find_paths(paths, self._globs, self._start)
        keep = Globs(map(self._relative, self._wanted.keep))
        kept = {path for path in found if keep.match(posixpath.relpath(path, self._start))}
        return [p for p in found if p not in kept], tuple(self._globs[glob] for glob in unmatched)

    def _change_data(self, files: RepositoryFiles) -> DataChange | None:
        """The data file with the release, if it is on GitHub as a regular file."""
        wanted = self._wanted
        if wanted.layers is None or self._data not in files.paths:
            return None
        content = files.read(self._data)
        return change_data(content, self._data, wanted.releases, allow_lower=wanted.allow_lower)

    def _with_data(
        self, contents: Iterator[tuple[str, bytes]], data: DataChange | None
    ) -> Iterator[tuple[str, bytes]]:
        for path, content in contents:
            yield path, data.content if data and path == self._data else content

    def _contents(self, files: RepositoryFiles, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        """Files and what is in them, each content read once; without ARNs it may be left out."""
        hashes = {path: files.entry(path).sha for path in paths}
        unread = [path for path in paths if hashes[path] not in self._read]
        for path, content in files.read_many(unread):
            matters = b":layer:" in content or content.startswith(_UTF_16)
            self._read[hashes[path]] = content if matters else b""
        for path in paths:
            yield path, self._read[hashes[path]]

    def _notices(
        self, planned: Planned, layers: Layers | None, asked: list[str], *, on_github: bool
    ) -> tuple[str, ...]:
        wanted = self._wanted
        notices: list[str] = []
        if wanted.releases and not on_github:
            name = self._data or "the data file"
            notices.append(f"{name} is no file on GitHub, and so does not get the numbers")
        if not asked and not wanted.strict:
            notices.append(f"no file on GitHub matches {', '.join(wanted.globs) or 'no glob'}")
        if release := wanted.chosen(layers):
            notices += notices_of(planned, release, layers)
        return tuple(notices)

    def _from_top(self, path: Path) -> str:
        return PurePosixPath(os.path.relpath(path.resolve(), self._top)).as_posix()

    def _relative(self, glob: str) -> str:
        """A glob as it starts from the project's folder, also where it is given as absolute."""
        if not Path(glob).is_absolute():
            return glob
        for folder in (self._wanted.folder, self._wanted.folder.resolve()):
            relative = PurePosixPath(os.path.relpath(glob, folder)).as_posix()
            if not posixpath.normpath(posixpath.join(self._start, relative)).startswith("../"):
                return relative
        return glob


def _refused(planned: Planned) -> DocsToolsError:
    message = f"{count_problems(planned.problems, 'in the files')} on GitHub"
    return DocsToolsError(message, diagnostics=planned.problems)
