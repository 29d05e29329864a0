"""What others did between the moment a change was asked for and the moment it is made."""

from docs_tools.errors import DocsToolsError
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.versions.list import VersionEntry

__all__ = ["check_unchanged", "find_version"]

_AGAIN = "look at what is there now; to change it all the same, run the command again"


def find_version(name: str, before: Snapshot, planned: Snapshot) -> VersionEntry:
    """The version that a name stands for, as it did when the change was asked for.

    Args:
        name: A version or an alias.
        before: The branch as it is now.
        planned: The branch as it was then.

    Raises:
        DocsToolsError: There is none, or by now it is gone or another one.
    """
    meant = planned.versions.require(name)
    found = before.versions.find(name)
    if found is None:
        raise DocsToolsError(
            f"{name} was deleted meanwhile by somebody else: nothing was changed",
            hint="what is published: docs_tools versions list",
        )
    if found.version != meant.version:
        raise DocsToolsError(
            f"{name} was {meant.version} when this was asked for, and is {found.version} by now: "
            "nothing was changed",
            hint=_AGAIN,
        )
    return found


def check_unchanged(what: str, planned: str, now: str, wanted: str) -> None:
    """Fails where somebody else changed the same thing in another way.

    Args:
        what: What it is, for people, such as `the title of 1.0.0`.
        planned: What it was when the change was asked for.
        now: What it is now.
        wanted: What it shall be.

    Raises:
        DocsToolsError: It is neither what it was nor what it shall be.
    """
    if now not in (planned, wanted):
        raise DocsToolsError(
            f'{what} was changed meanwhile by somebody else, to "{now}": that stands, nothing was '
            "changed",
            hint=_AGAIN,
        )
