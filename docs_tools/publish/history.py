"""What was published as a version over time."""

from dataclasses import dataclass

from docs_tools.build import Project
from docs_tools.errors import DocsToolsError
from docs_tools.publish.reading import read_published
from docs_tools.publish.state.event import Event
from docs_tools.publish.versions.names import check_version

__all__ = ["History", "history_of"]


@dataclass(frozen=True)
class History:
    """What was done to a version.

    Attributes:
        version: The version.
        events: The changes of it, the newest first.
        notice: What there is to know of where it was read.
    """

    version: str
    events: tuple[Event, ...]
    notice: str | None


def history_of(project: Project, name: str, target: str | None = None) -> History:
    """What was done to a version, which may be deleted by now.

    Args:
        project: The project.
        name: The version, or an alias.
        target: Where, if the project publishes in several places; the first of them by default.

    Raises:
        DocsToolsError: Nothing was ever published as that version.
    """
    check_version(name)
    published = read_published(project, target, history=True)
    snapshot = published.snapshot
    known = snapshot.versions.find(name)
    version = known.version if known else name
    found = snapshot.events(version)
    if not found:
        snapshot.versions.require(name)  # names what is there
        raise DocsToolsError(f"nothing is known of {version}")  # such as in a cut history
    return History(version, tuple(found), published.notice)
