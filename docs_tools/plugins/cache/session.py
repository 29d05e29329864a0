"""One build with what is remembered of those before."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import Uncertain
from docs_tools.build.memory.recall import Recall
from docs_tools.build.memory.store import Store
from docs_tools.build.memory.trace import Trace
from docs_tools.build.memory.watch import Watcher
from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.plugins.cache.companions import Companion, companions_of
from docs_tools.plugins.cache.convert import Conversions
from docs_tools.plugins.cache.site import (
    code_parts,
    conversion_parts,
    template_parts,
    theme_folders,
)
from docs_tools.plugins.cache.template import Templates

__all__ = ["Session"]

# these open a file each time that they need it
_EXACT = frozenset({"docs_tools", "markdown", "mkdocs", "pymdownx"})


class Session:
    """Remembers the pages of one build.

    Args:
        config: The configuration, as all plugins have set it up.
        root: The project's folder.
        folder: Where things are remembered.
        limit: Bytes that are kept.
    """

    def __init__(self, config: MkDocsConfig, root: Path, folder: Path, limit: int) -> None:
        self._config = config
        self._store = Store(folder, limit)
        self._contents = Contents(root)
        self._companions: list[Companion] = companions_of(config, self._contents)
        self._trace = Trace(self._store, config.site_name, self._tell)
        self._ignored = (str(folder), config.site_dir)
        self._conversions: Conversions | None = None
        self._templates: Templates | None = None

    def remember_conversion(self, page: Page, *, fresh: bool) -> None:
        """Lets a page remember what its Markdown was converted to.

        Args:
            page: The page, whose Markdown isn't final yet.
            fresh: Whether it is converted in any case.
        """

        def render(config: MkDocsConfig, files: Files) -> None:
            del page.render  # type: ignore[method-assign]
            self._conversion().render(page, config, files, fresh=fresh)

        page.render = render  # type: ignore[method-assign, assignment]

    def remember_templates(self, env: jinja2.Environment, files: Files) -> None:
        """Lets an environment remember what its templates made of pages."""
        parts, doubt = self._code(), None
        try:
            parts = {**parts, **template_parts(self._config, self._contents)}
        except Uncertain as uncertain:
            doubt = f"can't be compared: {uncertain}"
        self._templates = Templates(
            Recall(self._store, "output"),
            Watcher(self._contents, (*self._ignored, *theme_folders(self._config)), _EXACT),
            self._trace,
            parts,
            doubt,
            self._config,
            files,
        )
        self._templates.use(env)

    @property
    def explained(self) -> Mapping[str, str]:
        """What was made again and why, by the page's source."""
        found: dict[str, str] = {}
        for one, what in ((self._templates, "only its template"), (self._conversions, "rebuilt")):
            if one:
                found |= {page: f"{what}: {reason}" for page, reason in one.reasons.items()}
        return found

    @property
    def summary(self) -> str:
        """What was remembered, in a line."""
        made = self._conversions
        rebuilt = len(made.reasons) if made else 0
        return f"{made.recalled if made else 0} pages remembered, {rebuilt} converted"

    def close(self) -> None:
        """Ends the build."""
        self._trace.save()
        self._store.tidy()

    def _code(self) -> dict[str, str]:
        if not hasattr(self, "_code_parts"):
            self._code_parts = code_parts(self._config, self._contents)
        return self._code_parts

    def _conversion(self) -> Conversions:
        """What converts pages; made at the first page, when no plugin changes settings any more."""
        if self._conversions is None:
            parts, doubt = self._code(), None
            try:
                parts = {**parts, **conversion_parts(self._config, self._companions)}
            except Uncertain as uncertain:
                doubt = f"can't be compared: {uncertain}"
            answers: frozenset[str] = frozenset().union(*(one.answers for one in self._companions))
            watcher = Watcher(
                self._contents, self._ignored, _EXACT, answers, frozenset({CACHE_VARIABLE})
            )
            self._conversions = Conversions(
                Recall(self._store, "page"), watcher, self._companions, self._trace, parts, doubt
            )
        return self._conversions

    def _tell(self, name: str) -> str:
        """A dependency in words."""
        what, _, rest = name.partition(":")
        for companion in self._companions:
            if companion.name == what:
                return companion.tell(rest)
        words: dict[str, Any] = {
            "file": f"reads {rest}",
            "listing": f"lists {rest}",
            "kind": f"looks for {rest}",
            "variable": f"reads the environment variable {rest}",
            "link": f"links to {rest}",
            "files": "looks at all files of the site",
            "date": "shows the day",
        }
        return str(words.get(what, name))
