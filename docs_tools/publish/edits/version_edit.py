"""What all changes of one version have in common."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from docs_tools.errors import DocsToolsError
from docs_tools.publish.edits.meanwhile import find_version
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.versions.list import VersionEntry

__all__ = ["VersionEdit", "check_folder"]


@dataclass
class VersionEdit:
    """A change of one version.

    Attributes:
        name: The version, or one of its aliases.
        version: The version, or the name until it is known what that stands for.
        action: What the commit's message calls the change.
        needs_history: Whether older commits are read, which a shallow clone lacks.
    """

    name: str
    version: str = field(init=False)
    action: ClassVar[str]
    needs_history: ClassVar[bool] = False

    def __post_init__(self) -> None:
        self.version = self.name

    @property
    def trailers(self) -> Mapping[str, str]:
        """What the commit's message says for tools."""
        return {"Docs-Action": self.action, "Docs-Version": self.version}

    @property
    def details(self) -> Mapping[str, object]:
        """What there is to tell of what was done."""
        return {"version": self.version}

    def _find(self, draft: Draft, planned: Snapshot) -> tuple[VersionEntry, VersionEntry]:
        """The version's entry now, and when the change was asked for.

        Raises:
            DocsToolsError: There is no such version, or not the same any more.
        """
        found = find_version(self.name, draft.before, planned)
        self.version = found.version
        return found, planned.versions.require(found.version)


def check_folder(version: str, before: Snapshot) -> None:
    """Fails where a version of the list has no folder for a name to lead to.

    Raises:
        DocsToolsError: With how to publish it.
    """
    if before.folder(version) is None:
        publish = shlex.join(["docs_tools", "publish", "--version", version])
        raise DocsToolsError(
            f"{version} is in the list, but has no folder on {before.settings.place}",
            hint=f"publish it: {publish}",
        )
