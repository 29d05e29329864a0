"""What is published, version by version: where it comes from and how large it is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from docs_tools.build import Project
from docs_tools.publish.manifest.manifest import MANIFEST, Manifest, read_manifest
from docs_tools.publish.published import Arrived, Published
from docs_tools.publish.reading import read_published
from docs_tools.publish.state.redirect import default_of
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.versions.list import VersionEntry
from docs_tools.publish.versions.status import State, newest, state_of

__all__ = ["ListedVersion", "Listing", "list_versions"]


@dataclass(frozen=True)
class ListedVersion:
    """A published version.

    Attributes:
        entry: Its entry in the list.
        state: What readers are told of it.
        default: Whether the root leads to it, by its name or an alias.
        date: When the commit that it was built from was made, or else when it was published; in
            ISO 8601. `None` where it has no files.
        built_from: The commit that it was built from, with `+` where uncommitted changes were in
            it; `None` where nobody knows.
        pages: How many pages it has.
        size: How large its files are, in bytes.
    """

    entry: VersionEntry
    state: State
    default: bool
    date: str | None
    built_from: str | None
    pages: int
    size: int

    def to_json(self) -> dict[str, object]:
        """The version as a JSON object: its entry, and what is known beside."""
        return {
            **self.entry.to_json(),
            "state": str(self.state),
            "hidden": self.entry.hidden,
            "default": self.default,
            "date": self.date,
            "built_from": self.built_from,
            "pages": self.pages,
            "size": self.size,
        }


@dataclass(frozen=True)
class Listing:
    """The published versions in the order of the list.

    Attributes:
        versions: The versions.
        default: The version or alias that the root leads to.
        branch: What to call the docs branch or the bucket.
        notice: What there is to know of where it was read.
    """

    versions: tuple[ListedVersion, ...]
    default: str | None
    branch: str
    notice: str | None


def list_versions(project: Project, target: str | None = None) -> Listing:
    """Reads the versions from the docs branch, here or on the remote, or from a bucket.

    Args:
        project: The project.
        target: Where, if the project publishes in several places; the first of them by default.

    Raises:
        DocsToolsError: There is no repository or bucket, or the list is broken.
    """
    published = read_published(project, target)
    snapshot, default = published.snapshot, default_of(published.snapshot)
    entries = list(snapshot.versions)
    manifests = _manifests(snapshot, entries)
    arrived = _arrivals(published, entries, manifests)
    sizes = _sizes(snapshot) if entries else {}
    latest = newest(entries)

    def listed(entry: VersionEntry) -> ListedVersion:
        version, found = entry.version, sizes.get(entry.version, {})
        date, source = _origin(manifests.get(version), arrived.get(version))
        return ListedVersion(
            entry,
            state_of(entry, latest),
            default in (version, *entry.aliases),
            date,
            source,
            pages=sum(path.endswith(".html") for path in found),
            size=sum(found.values()),
        )

    return Listing(tuple(map(listed, entries)), default, snapshot.settings.place, published.notice)


def _manifests(snapshot: Snapshot, entries: list[VersionEntry]) -> dict[str, Manifest]:
    """The manifests of the versions that have one which can be read."""
    names = [entry.version for entry in entries if snapshot.folder(entry.version)]
    if not names or not snapshot.root:
        return {}
    paths = [f"{name}/{MANIFEST}" for name in names]
    texts = snapshot.objects.read_paths(snapshot.root, paths)
    found = ((name, read_manifest(text)) for name, text in zip(names, texts, strict=True))
    return {name: manifest for name, manifest in found if manifest}


def _arrivals(
    published: Published, entries: list[VersionEntry], manifests: dict[str, Manifest]
) -> Mapping[str, Arrived]:
    """How the files of those versions came that don't say themselves what they were built from."""
    return published.arrived(
        [
            entry.version
            for entry in entries
            if not ((known := manifests.get(entry.version)) and known.built_from)
        ]
    )


def _sizes(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    """The size of each file by the version and the path in it; nothing for what isn't there."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for path, size in snapshot.objects.sizes(snapshot.root).items() if snapshot.root else ():
        name, slash, rest = path.partition("/")
        if slash:
            found[name][rest] = size
    return found


def _origin(manifest: Manifest | None, arrival: Arrived | None) -> tuple[str | None, str | None]:
    """When and from what a version was built: from its manifest, or how its files came."""
    if manifest and manifest.built_from:
        source = manifest.built_from
        return source.date, source.commit + "+" * source.dirty
    return (arrival.date, arrival.built_from) if arrival else (None, None)
