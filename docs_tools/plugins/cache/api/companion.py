"""What is known of autorefs and mkdocstrings: pages register what can be linked to."""

import html
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs_autorefs import AutorefsExtension, AutorefsPlugin

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.store import Store
from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.plugins.cache.api.anchors import Anchors
from docs_tools.plugins.cache.api.references import save_references
from docs_tools.plugins.cache.companions import Observed

__all__ = ["ApiCompanion"]

_MKDOCSTRINGS = "mkdocstrings"


class ApiCompanion:
    """Stands by the extensions of autorefs and mkdocstrings.

    Args:
        anchors: What is registered with autorefs.
        directives: What mkdocstrings shows, if it is used.
        extensions: Their Markdown extensions.
        contents: What files hold.
    """

    name = "api"
    answers: frozenset[str] = frozenset({"griffe"})

    def __init__(
        self, anchors: Anchors, directives: Any, extensions: list[Any], contents: Contents
    ) -> None:
        self._anchors = anchors
        self._directives = directives
        self._extensions = extensions
        self._contents = contents

    @classmethod
    def of(cls, config: MkDocsConfig, contents: Contents) -> "ApiCompanion | None":
        """The companion where autorefs has put its extension into the configuration."""
        extensions: list[Any] = config.markdown_extensions
        own: list[Any] = [one for one in extensions if type(one) is AutorefsExtension]
        if len(own) != 1 or type(own[0].plugin) is not AutorefsPlugin:
            return None
        anchors = Anchors(own[0].plugin)
        save_references(config.plugins, own[0].plugin)
        directives = None
        # griffe and what shows it are not imported for autorefs alone
        if any(type(one).__module__.startswith(_MKDOCSTRINGS) for one in extensions):
            from mkdocstrings import Handlers, MkdocstringsExtension

            from docs_tools.plugins.cache.api.directives import Directives

            found = [one for one in extensions if type(one) is MkdocstringsExtension]
            if len(found) == 1 and type(found[0]._handlers) is Handlers:
                folder = os.environ.get(CACHE_VARIABLE)
                store = Store(Path(folder) if folder else contents.root / ".cache/docs_tools")
                directives = Directives(found[0], anchors, contents, store)
                own += found
        return cls(anchors, directives, own, contents)

    def knows(self, extension: object) -> bool:
        """Whether it is an extension of one of the plugins."""
        return any(extension is own for own in self._extensions)

    def signature(self) -> Any:
        """The settings of the plugins."""
        plugin = self._anchors.plugin
        autorefs = [plugin.scan_toc, plugin.record_backlinks, plugin.legacy_refs]
        return [autorefs, self._directives.signature() if self._directives else None]

    def given(self, page: Page) -> Any:
        """Nothing besides its text."""
        return None

    def begin(self, page: Page) -> None:
        """The page is converted now."""
        self._anchors.begin(page)
        if self._directives:
            self._directives.begin(page)

    def end(self, page: Page) -> Observed:
        """What was registered, and what the page shows."""
        effects: dict[str, Any] = {}
        depends: dict[str, str | None] = {}
        doubt = None
        if self._directives:
            effects, depends, doubt = self._directives.end(page)
        effects["events"] = self._anchors.end()
        if (root := self._root()) in (page.content or ""):
            effects["root"] = root
        return Observed(effects, depends, self._anchors.doubt or doubt)

    def value_of(self, name: str) -> str | None:
        """The value of a dependency now."""
        what, _, rest = name.partition(":")
        return self._directives.value_of(what, rest) if self._directives else None

    def repeat(self, page: Page, effects: Any) -> None:
        """Registers what the page has registered when it was converted."""
        if self._directives:
            self._directives.repeat(page, effects)
        if (root := effects.get("root")) and page.content:
            # where a reference stands is named if it leads nowhere: in this work tree
            page.content = page.content.replace(root, self._root())
        for event in effects["events"]:
            if event[0] in ("anchor", "url"):
                self._anchors.repeat(page, event)
            elif self._directives:
                self._directives.repeat_event(page, event)

    def tell(self, name: str) -> str:
        """A dependency in words."""
        what, _, rest = name.partition(":")
        return {
            "source": f"shows the source {rest}",
            "names": f"shows what {rest.partition(':')[2]} has from other modules",
            "package": f"may show any module of {rest}",
            "reads": "depends on how pages before have its package read",
            "place": "shows where its sources lie",
            "faults": f"tells of faults in {rest}",
            "fault": "tells of a fault in a docstring that another page may have told of",
        }.get(what, name)

    def _root(self) -> str:
        """How references name the project's folder."""
        return f'filepath="{html.escape(str(self._contents.root))}{os.sep}'
