"""The change that `publish` and `hotfix` make: a version's folder, its title and its aliases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docs_tools.errors import DocsToolsError
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.snapshot import Snapshot, same_content
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.versions.list import Versions

__all__ = ["PutVersion", "deployed"]


def deployed(
    versions: Versions, request: HotfixRequest, *, update_aliases: bool | None = None
) -> Versions:
    """The list of versions after a publish or a hotfix.

    Args:
        versions: The list before.
        request: What was asked for; a hotfix leaves title and aliases as they are.
        update_aliases: Whether aliases may be taken, if not as the request says.

    Raises:
        DocsToolsError: A name is taken.
    """
    if not isinstance(request, PublishRequest):
        return versions.deploy(request.version)
    update = request.update_aliases if update_aliases is None else update_aliases
    return versions.deploy(request.version, request.title, request.aliases, update_aliases=update)


@dataclass(frozen=True)
class PutVersion:
    """Puts a site that was built into a version's place.

    Attributes:
        request: What was asked for.
        last_change: Tells who changed a path last.
        folder: The site with its manifest.
        subject: The first line of the commit's message.
        trailers: What the message says for tools.
    """

    request: HotfixRequest
    last_change: Callable[[str], str]
    folder: Entry
    subject: str
    trailers: Mapping[str, str]

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Puts the version on a draft.

        Raises:
            DocsToolsError: Somebody else published another site as this version meanwhile, or a
                name was taken.
        """
        version, before = self.request.version, draft.before
        there = self._there(before)
        same = same_content(before.objects, there, self.folder)
        if not same and there != self._there(planned):
            raise self._overwritten(before)
        if not same:
            draft.check_free(version)
            draft.put(version, self.folder)
        draft.refresh(version)
        # what was free when this was asked for is decided by who publishes later: that is us
        overtaken = before.commit != planned.commit
        draft.versions = deployed(
            draft.versions, self.request, update_aliases=True if overtaken else None
        )
        if overtaken:
            self._tell(draft, planned)

    def _there(self, snapshot: Snapshot) -> Entry | None:
        """What is published as the version; at an alias stands another one's folder."""
        version = self.request.version
        return None if snapshot.versions.by_alias(version) else snapshot.folder(version)

    def _overwritten(self, before: Snapshot) -> DocsToolsError:
        version = self.request.version
        if self._there(before) is None:
            what, who = "was deleted", before.settings.path("versions.json")
        else:
            what, who = "was published", before.settings.path(version)
        return DocsToolsError(
            f"{version} {what} meanwhile by somebody else: theirs stands, nothing was changed\n"
            f"    {self.last_change(who)}",
            hint="look at what is there now; to put yours over it, run the command again",
        )

    def _tell(self, draft: Draft, planned: Snapshot) -> None:
        """Says what others did meanwhile, and which alias was decided how."""
        version, before = self.request.version, draft.before
        names = dict.fromkeys(
            entry.version
            for one, two in ((before.versions, planned), (planned.versions, before))
            for entry in one
            if two.versions.get(entry.version) != entry
            or two.folder(entry.version) != before.folder(entry.version)
        )
        names.pop(version, None)
        if names:
            draft.notices.append(f"kept what others published meanwhile: {', '.join(names)}")
        wanted = self.request.aliases if isinstance(self.request, PublishRequest) else ()
        for name in (version, *wanted):
            owner, known = before.versions.by_alias(name), planned.versions.by_alias(name)
            if owner and owner != known and owner.version != version:
                now = "a version" if name == version else f"{version}'s"
                draft.notices.append(
                    f'"{name}" was given to {owner.version} meanwhile; it is {now} now'
                )
        kept = planned.versions.get(version)
        for alias in kept.aliases if kept else ():
            owner = draft.versions.by_alias(alias)
            if owner and owner.version != version:
                draft.notices.append(f'"{alias}" was moved to {owner.version} meanwhile, and stays')
