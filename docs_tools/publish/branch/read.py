"""What is on the docs branch at one commit."""

from collections.abc import Mapping
from functools import partial

from docs_tools.publish.branch.history import history
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.event import Event
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.versions.list import Versions

__all__ = ["read_commit"]


def read_commit(objects: GitObjects, settings: PublishSettings, commit: str | None) -> Snapshot:
    """Reads a commit of the docs branch; `None` stands for one without files.

    Raises:
        DocsToolsError: The list of versions is broken.
    """
    levels: list[Mapping[str, Entry]] = [objects.entries(commit) if commit else {}]
    for part in settings.prefix.split("/") if settings.prefix else ():
        folder = levels[-1].get(part)
        levels.append(objects.entries(folder.hash) if folder and folder.is_folder else {})
    listed = levels[-1].get("versions.json")
    file = settings.where("versions.json")
    versions = Versions.loads(objects.read(listed.hash), file) if listed else Versions()
    events = partial(_events, objects, settings, commit)
    return Snapshot(
        objects,
        settings,
        commit,
        f"{commit}:{settings.prefix}" if levels[-1] else None,
        tuple(levels),
        versions,
        events,
    )


def _events(
    objects: GitObjects, settings: PublishSettings, commit: str | None, version: str
) -> list[Event]:
    return history(objects, settings, commit, version) if commit else []
