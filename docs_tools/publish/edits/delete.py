"""Deleting versions and aliases, so that nothing is left that leads nowhere."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.redirect import default_of
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["Delete", "remove"]


@dataclass(frozen=True)
class Delete:
    """Deletes versions and aliases.

    Attributes:
        names: Versions and aliases; a version goes only together with all its aliases.
    """

    names: tuple[str, ...]

    action: ClassVar[str] = "delete"
    needs_history: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        return f"Removed {', '.join(self.names)}"

    @property
    def trailers(self) -> Mapping[str, str]:
        """What the commit's message says for tools."""
        return {"Docs-Action": self.action}

    @property
    def details(self) -> Mapping[str, object]:
        """What there is to tell of what was done."""
        return {"names": list(self.names)}

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Deletes what is named.

        Raises:
            DocsToolsError: Something isn't there, was published anew meanwhile, or something else
                would lead nowhere.
        """
        _check_known(self.names, planned)
        _check_unchanged(self.names, draft.before, planned)
        _check_dangling(self.names, draft.before)
        for name in self.names:
            if not remove(name, draft):
                draft.notices.append(f"{name} was deleted meanwhile by somebody else")


def remove(name: str, draft: Draft) -> bool:
    """Takes a version, an alias, or what is left of one off a draft; whether it was there."""
    if draft.versions.get(name):
        draft.versions = draft.versions.without_version(name)
    elif draft.versions.by_alias(name):
        draft.versions = draft.versions.without_alias(name)
    elif name not in draft.before.entries:
        return False
    draft.put(name, None)
    return True


def _check_known(names: tuple[str, ...], planned: Snapshot) -> None:
    """Fails for what is no version or alias, all of it at once.

    A folder that isn't in the list may go where docs_tools made it; other files are none of ours.
    """
    problems = []
    for name in names:
        if planned.versions.find(name) or _is_left_over(name, planned):
            continue
        if name in planned.entries:
            message = f'"{name}" is on {planned.settings.place}, but is no version of the list'
            problems.append(Diagnostic(message, hint="remove it by hand, if it may go"))
            continue
        try:
            planned.versions.require(name)
        except DocsToolsError as error:
            problems.append(Diagnostic(error.message, hint=error.hint))
    if problems:
        raise DocsToolsError("nothing was deleted", diagnostics=problems)


def _is_left_over(name: str, planned: Snapshot) -> bool:
    folder = planned.folder(name)
    return folder is not None and MANIFEST in planned.objects.entries(folder.hash)


def _check_unchanged(names: tuple[str, ...], before: Snapshot, planned: Snapshot) -> None:
    """What somebody published anew, or moved, is not what was to be deleted."""
    for name in names:
        meant, found = planned.versions.find(name), before.versions.find(name)
        if meant and found and meant.version != found.version:
            raise _changed(f"{name} was given to {found.version}")
        # what an alias leads to may change as it likes
        is_alias = found is not None and found.version != name
        folder = before.folder(name)
        if not is_alias and folder is not None and folder != planned.folder(name):
            raise _changed(f"{name} was published anew")


def _changed(what: str) -> DocsToolsError:
    return DocsToolsError(
        f"{what} meanwhile by somebody else: nothing was deleted",
        hint="look at it; to delete it all the same, run the command again",
    )


def _check_dangling(names: tuple[str, ...], before: Snapshot) -> None:
    """Fails where an alias or the root would lead nowhere."""
    problems = [*_dangling_aliases(names, before)]
    default = default_of(before)
    if default in names:
        hint = (
            "have it lead elsewhere: docs_tools versions default NAME\n"
            "or nowhere: docs_tools versions default --none"
        )
        problems.append(Diagnostic(f"the root leads to {default}, which goes", hint=hint))
    if problems:
        raise DocsToolsError(
            "nothing was deleted: readers would be led nowhere", diagnostics=problems
        )


def _dangling_aliases(names: tuple[str, ...], before: Snapshot) -> Iterator[Diagnostic]:
    for entry in before.versions:
        left = [alias for alias in entry.aliases if alias not in names]
        if entry.version in names and left:
            them = "them" if len(left) > 1 else "it"
            aliases, all_ = shlex.join(left), shlex.join([*names, *left])
            hint = (
                f"give {them} to another version: docs_tools versions alias VERSION {aliases} "
                "--update-aliases\n"
                f"or delete {them} too: docs_tools versions delete {all_}"
            )
            message = f"{', '.join(left)} would lead nowhere: {entry.version} goes"
            yield Diagnostic(message, hint=hint)
