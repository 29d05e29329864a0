"""Whether what is published is what was published: every file against its version's manifest."""

import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docs_tools.build import Project
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.publish.manifest.manifest import MANIFEST, Manifest, differences
from docs_tools.publish.published import Published
from docs_tools.publish.reading import read_published
from docs_tools.publish.state.redirect import default_of
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.verify_alias import check_alias
from docs_tools.publish.versions.list import VersionEntry

__all__ = ["Verification", "Verified", "verify"]

_DELETE = ("docs_tools", "versions", "delete")


@dataclass(frozen=True)
class Verified:
    """What was found of a version.

    Attributes:
        version: The version.
        files: How many files it has, its manifest left out.
        manifest: Whether it has a manifest; what `mike` published has none.
        problems: What isn't as it was published.
    """

    version: str
    files: int
    manifest: bool
    problems: tuple[Diagnostic, ...]

    def to_json(self) -> dict[str, object]:
        """The findings as a JSON object."""
        return {
            "version": self.version,
            "files": self.files,
            "manifest": self.manifest,
            "problems": [problem.to_json() for problem in self.problems],
        }


@dataclass(frozen=True)
class Verification:
    """What was found where versions are published.

    Attributes:
        branch: What to call the docs branch or the bucket.
        versions: What was found of each version.
        problems: What is wrong beside them; looked for only where all versions are.
        notice: What there is to know of where it was read.
    """

    branch: str
    versions: tuple[Verified, ...]
    problems: tuple[Diagnostic, ...]
    notice: str | None

    @property
    def all_problems(self) -> tuple[Diagnostic, ...]:
        """All problems, those of versions first."""
        return (*(p for version in self.versions for p in version.problems), *self.problems)

    def to_json(self) -> dict[str, object]:
        """The findings as one JSON document."""
        return {
            "branch": self.branch,
            "sound": not self.all_problems,
            "versions": [version.to_json() for version in self.versions],
            "problems": [problem.to_json() for problem in self.problems],
        }


def verify(project: Project, name: str | None = None, target: str | None = None) -> Verification:
    """Compares every file of one version, or of all, with its manifest, and aliases with both.

    Nothing is written. The number of git processes doesn't depend on that of versions or files.

    Args:
        project: The project.
        name: A version or alias; all versions if none is given.
        target: Where to look, if the project publishes in several places.

    Raises:
        DocsToolsError: There is no such version, or the list is broken.
    """
    published = read_published(project, target, thorough=True)
    listed = published.snapshot.versions
    branch = _Branch(published, list(listed) if name is None else [listed.require(name)])
    found = tuple(map(branch.verified, branch.entries))
    beside = tuple(branch.beside()) if name is None else ()
    beside = (*beside, *published.problems) if name is None else beside
    return Verification(published.snapshot.settings.place, found, beside, published.notice)


class _Branch:
    """All that is read to verify some versions: a few git processes for all of them."""

    def __init__(self, published: Published, entries: list[VersionEntry]) -> None:
        self.entries = entries
        self.snapshot = published.snapshot
        self.files = _files(self.snapshot)
        objects = self.snapshot.objects
        names = [entry.version for entry in entries]
        known = [files[MANIFEST].hash for name in names if MANIFEST in (files := self.files[name])]
        self._manifests = dict(zip(known, objects.read_many(known), strict=True)) if known else {}
        self._sums = objects.sums(
            file.hash
            for name in names
            if MANIFEST in self.files[name]
            for file in self.files[name].values()
        )
        self._robbed = published.robbed([n for n in names if MANIFEST not in self.files[n]])

    def verified(self, entry: VersionEntry) -> Verified:
        """What is found of a version."""
        version, files = entry.version, dict(self.files[entry.version])
        if self.snapshot.folder(version) is None:
            return Verified(version, 0, manifest=False, problems=(self._no_folder(version),))
        manifest = files.pop(MANIFEST, None)
        problems = list(self._against(version, manifest, files) if manifest else ())
        if version in self._robbed:
            problems.append(self._lost(version))
        for alias in entry.aliases:
            problems += check_alias(self.snapshot, alias, version, self.files)
        return Verified(version, len(files), manifest is not None, tuple(problems))

    def beside(self) -> Iterator[Diagnostic]:
        """What is wrong with the rest of the branch."""
        default = default_of(self.snapshot)
        if default is not None and self.snapshot.versions.find(default) is None:
            message = f'leads to "{default}", which is not published'
            hint = "have it lead elsewhere: docs_tools versions default NAME"
            yield Diagnostic(message, self._path("index.html"), hint=hint)
        for name, files in self.files.items():
            if MANIFEST in files and self.snapshot.versions.find(name) is None:
                message = "was published, but is not in the list of versions"
                hint = f"delete it: {shlex.join([*_DELETE, name])}"
                yield Diagnostic(message, self._path(name), hint=hint)

    def _against(
        self, version: str, manifest: Entry, files: Mapping[str, Entry]
    ) -> Iterator[Diagnostic]:
        """What of a version isn't as its manifest says."""
        path = self._path(version, MANIFEST)
        text = (self._manifests[manifest.hash] or b"").decode("utf-8", "replace")
        try:
            known = Manifest.loads(text, path)
        except DocsToolsError as error:
            yield from error.diagnostics
            return
        if known.version != version:
            yield Diagnostic(f"is that of {known.version}: this is another version", path)
        # a link in the place of a file is none, whatever it holds
        sums = {
            name: "" if file.is_link else self._sums.get(file.hash, "")
            for name, file in files.items()
        }
        for difference in differences(known, sums):
            yield difference.diagnostic(self._path(version, ""))

    def _no_folder(self, version: str) -> Diagnostic:
        hint = (
            f"publish it again: {shlex.join(['docs_tools', 'publish', '--version', version])}\n"
            f"or take it out of the list: {shlex.join([*_DELETE, version])}"
        )
        message = "is in the list of versions, but has no folder"
        return Diagnostic(message, self._path(version), hint=hint)

    def _lost(self, version: str) -> Diagnostic:
        rollback = shlex.join(["docs_tools", "versions", "rollback", version])
        hint = (
            f"take the version back: {rollback}\n"
            "or publish it anew with docs_tools, if another tool published what is there"
        )
        return Diagnostic(
            "is missing since it was published", self._path(version, MANIFEST), hint=hint
        )

    def _path(self, *parts: str) -> str:
        return self.snapshot.settings.where(*parts)


def _files(snapshot: Snapshot) -> Mapping[str, dict[str, Entry]]:
    """All files of the branch in folders beside the versions, by folder and path in it."""
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    if snapshot.root:
        for path, entry in snapshot.objects.files(snapshot.root).items():
            name, slash, rest = path.partition("/")
            if slash:
                found[name][rest] = entry
    return found
