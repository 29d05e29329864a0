"""Changes of a version's entry in the list: aliases, title, whether it is shown, and its mark."""

from dataclasses import dataclass
from typing import ClassVar

from docs_tools.errors import printable
from docs_tools.publish.edits.meanwhile import check_unchanged
from docs_tools.publish.edits.version_edit import VersionEdit, check_folder
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.versions.entry import VersionEntry
from docs_tools.publish.versions.list import Versions
from docs_tools.publish.versions.status import newest

__all__ = ["AddAliases", "Hide", "Mark", "Retitle", "Show"]


@dataclass
class AddAliases(VersionEdit):
    """Gives a version further aliases.

    Attributes:
        aliases: The aliases to give.
        update: Whether they may be taken from other versions.
    """

    aliases: tuple[str, ...]
    update: bool = False

    action = "alias"

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        return f"Added {', '.join(self.aliases)} to {self.version}"

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Gives the aliases, and makes all of the version's aliases anew.

        Raises:
            DocsToolsError: There is no such version, it has no files, or a name is taken.
        """
        self._find(draft, planned)
        version = self.version
        check_folder(version, draft.before)
        draft.refresh(version)
        # what was free when this was asked for is decided by who comes later: that is us
        update = self.update or draft.before.commit != planned.commit
        draft.versions = draft.versions.alias(version, self.aliases, update_aliases=update)
        for alias in self.aliases:
            owner = draft.before.versions.by_alias(alias)
            if owner and owner.version != version:
                draft.notices.append(f'"{alias}" was an alias of {owner.version} before')


@dataclass
class Retitle(VersionEdit):
    """Changes what readers see in the version selector.

    Attributes:
        title: What they shall see.
    """

    title: str

    action = "retitle"

    @property
    def subject(self) -> str:
        """The first line of the commit's message, whatever lines the title has."""
        return f"Set title of {self.version} to {printable(' '.join(self.title.split()))}"

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Changes the title.

        Raises:
            DocsToolsError: There is no such version, or somebody else gave it a title meanwhile.
        """
        entry, meant = self._find(draft, planned)
        check_unchanged(f"the title of {self.version}", meant.title, entry.title, self.title)
        draft.versions = draft.versions.retitle(self.version, self.title)


@dataclass
class Hide(VersionEdit):
    """Takes a version out of the version selector; its pages stay."""

    action = "hide"
    hidden: ClassVar[bool] = True

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        return f"Hid {self.version}"

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Hides or shows the version.

        Raises:
            DocsToolsError: There is no such version.
        """
        self._find(draft, planned)
        draft.versions = draft.versions.hide(self.version, self.hidden)


@dataclass
class Show(Hide):
    """Shows a version in the version selector again."""

    action = "show"
    hidden = False

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        return f"Showed {self.version} again"


@dataclass
class Mark(VersionEdit):
    """Says what a version is worth to readers.

    Attributes:
        mark: `current`, `prerelease` or `eol`.
    """

    mark: str

    action = "mark"

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        return f"Marked {self.version} as {self.mark}"

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Marks the version; the newest needs no mark to be current.

        Raises:
            DocsToolsError: There is no such version, or somebody else marked it meanwhile.
        """
        entry, meant = self._find(draft, planned)
        check_unchanged(f"the mark of {self.version}", _word(meant), _word(entry), wanted=self.mark)
        unmarked = draft.versions.mark(self.version, None)
        if self._needless(unmarked):
            draft.versions = unmarked
        else:
            draft.versions = draft.versions.mark(self.version, self.mark)

    def _needless(self, unmarked: Versions) -> bool:
        """A mark that would keep the newest of today from ever being called outdated."""
        found = newest(unmarked)
        return self.mark == "current" and found is not None and found.version == self.version


def _word(entry: VersionEntry) -> str:
    return entry.mark or "none"
