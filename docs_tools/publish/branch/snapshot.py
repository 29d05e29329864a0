"""What is on the docs branch at one commit."""

from collections.abc import Mapping
from dataclasses import dataclass

from docs_tools.publish.branch.objects import Entry, Objects
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import Versions

__all__ = ["Snapshot", "same_content"]


@dataclass(frozen=True)
class Snapshot:
    """A commit of the docs branch.

    Attributes:
        objects: The object database that it is read from.
        settings: Where the project publishes.
        commit: The commit, or `None` where nothing is published yet.
        levels: What the folders from the top of the branch to the versions hold, the top first.
        versions: The list of versions.
    """

    objects: Objects
    settings: PublishSettings
    commit: str | None
    levels: tuple[Mapping[str, Entry], ...]
    versions: Versions

    @classmethod
    def read(cls, objects: Objects, settings: PublishSettings, commit: str | None) -> "Snapshot":
        """Reads a commit.

        Raises:
            DocsToolsError: The list of versions is broken.
        """
        levels: list[Mapping[str, Entry]] = [objects.entries(commit) if commit else {}]
        for part in settings.prefix.split("/") if settings.prefix else ():
            folder = levels[-1].get(part)
            levels.append(objects.entries(folder.hash) if folder and folder.is_folder else {})
        listed = levels[-1].get("versions.json")
        file = f"{settings.branch}:{settings.path('versions.json')}"
        versions = Versions.loads(objects.read(listed.hash), file) if listed else Versions()
        return cls(objects, settings, commit, tuple(levels), versions)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """What lies beside the versions: their folders, aliases and the files for all of them."""
        return self.levels[-1]

    def folder(self, version: str) -> Entry | None:
        """A version's folder, or `None` where it has none."""
        entry = self.entries.get(version)
        return entry if entry and entry.is_folder else None


def same_content(objects: Objects, one: Entry | None, other: Entry | None) -> bool:
    """Whether two versions' folders hold the same but for what is noted about their making."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    first, second = (objects.entries(entry.hash) for entry in (one, other))
    first.pop(MANIFEST, None)
    second.pop(MANIFEST, None)
    return first == second
