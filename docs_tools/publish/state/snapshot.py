"""What is published at one moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.event import Event
from docs_tools.publish.state.objects import Objects
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.versions.list import Versions

__all__ = ["Snapshot", "same_content"]


@dataclass(frozen=True)
class Snapshot:
    """A state of a docs branch or a bucket.

    Attributes:
        objects: The object database that it is read from.
        settings: Where the project publishes.
        commit: What names the state: a commit, or the revision of a bucket; `None` where nothing is
            published yet.
        root: The tree that holds the versions, or `None` where there is none.
        levels: What the folders from the top to the versions hold, the top first.
        versions: The list of versions.
        events: Finds what was done to a version, the newest first.
    """

    objects: Objects
    settings: PublishSettings
    commit: str | None
    root: str | None
    levels: tuple[Mapping[str, Entry], ...]
    versions: Versions
    events: Callable[[str], list[Event]]

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
