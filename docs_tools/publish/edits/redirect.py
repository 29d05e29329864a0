"""The page at the root that leads to the default version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from docs_tools.errors import DocsToolsError
from docs_tools.publish.edits.meanwhile import check_unchanged, find_version
from docs_tools.publish.edits.version_edit import check_folder
from docs_tools.publish.state.aliases import redirect_page
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.redirect import default_of
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["SetDefault"]

_PAGE = "index.html"


@dataclass(frozen=True)
class SetDefault:
    """Has the root lead to a version or an alias; with `None` to nothing any more.

    Attributes:
        name: The version or alias.
    """

    name: str | None

    action: ClassVar[str] = "default"
    needs_history: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        """The first line of the commit's message."""
        if self.name is None:
            return "Removed the default version"
        return f"Set default version to {self.name}"

    @property
    def trailers(self) -> Mapping[str, str]:
        """What the commit's message says for tools."""
        return {"Docs-Action": self.action}

    @property
    def details(self) -> Mapping[str, object]:
        """What there is to tell of what was done."""
        return {"default": self.name}

    def apply(self, draft: Draft, planned: Snapshot) -> None:
        """Writes the page, or removes it.

        Raises:
            DocsToolsError: There is no such version, the page at the root is no redirect, or
                somebody else had it lead elsewhere meanwhile.
        """
        before, settings = draft.before, draft.before.settings
        page = redirect_page(settings, self.name) if self.name is not None else None
        now, wanted = default_of(before) or "none", self.name or "none"
        if _PAGE in before.entries and now == "none":
            raise DocsToolsError(
                f"{settings.path(_PAGE)} on {settings.place} is no redirect to a version: it was "
                "left as it is",
                hint="remove it there first, if it may go",
            )
        if self.name is None and _PAGE not in before.entries:
            if not list(before.versions):
                raise DocsToolsError(f"nothing is published on {settings.place}")
            return
        check_unchanged("the default version", default_of(planned) or "none", now, wanted)
        if self.name is None or page is None:
            draft.put(_PAGE, None)
            return
        version = find_version(self.name, before, planned).version
        check_folder(version, before)
        draft.put_file(_PAGE, page)
