"""One build with what is remembered of those before."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

import docs_tools
from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import Uncertain
from docs_tools.build.memory.recall import Recall
from docs_tools.build.memory.store import Store
from docs_tools.build.memory.trace import Trace
from docs_tools.build.memory.watch import Watcher
from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.plugins.cache.companions import Companion, companions_of
from docs_tools.plugins.cache.convert import Conversions
from docs_tools.plugins.cache.foreign import ForeignState
from docs_tools.plugins.cache.search import RememberedSearch
from docs_tools.plugins.cache.shown_site import ShownSite
from docs_tools.plugins.cache.side_by_side import SideBySide
from docs_tools.plugins.cache.site import (
    code_parts,
    conversion_parts,
    template_parts,
    theme_folders,
)
from docs_tools.plugins.cache.steps import BEFORE_CONVERSION, BEFORE_TEMPLATE
from docs_tools.plugins.cache.template import Templates
from docs_tools.plugins.cache.texts import PageTexts
from docs_tools.plugins.cache.theme_files import list_faster

__all__ = ["Counts", "Session"]

# these open a file each time that they need it
_EXACT = frozenset({"docs_tools", "markdown", "mkdocs", "pymdownx"})


@dataclass(frozen=True)
class Counts:
    """How much one build has made.

    Attributes:
        pages: Pages of the site.
        converted: Those that were converted from Markdown, and their code highlighted.
        templated: Those whose template was rendered.
        indexed: Those whose HTML was read for the search index.
    """

    pages: int = 0
    converted: int = 0
    templated: int = 0
    indexed: int = 0


class Session:
    """Remembers the pages of one build.

    Args:
        config: The configuration, as all plugins have set it up.
        root: The project's folder.
        folder: Where things are remembered.
        limit: Bytes that are kept.
        processes: How many may make pages at once.
    """

    def __init__(
        self, config: MkDocsConfig, root: Path, folder: Path, limit: int, processes: int
    ) -> None:
        list_faster(config.theme)
        self._config = config
        self._store = Store(folder, limit)
        self._contents = Contents(root)
        self._companions: list[Companion] = companions_of(config, self._contents)
        # another version of the same site is another site for whoever asks why a page was rebuilt
        built = (Path(config.config_file_path or "").name, os.environ.get("MIKE_DOCS_VERSION"))
        self._trace = Trace(self._store, f"{config.site_name} {built}", self._tell)
        # our own code is compared as a whole
        self._ignored = (str(folder), str(Path(docs_tools.__file__).parent))
        self._search = RememberedSearch(self._store)
        self._search.use(config)
        self._processes = processes
        self._texts = PageTexts()
        self._conversions: Conversions | None = None
        self._templates: Templates | None = None

    def remember_conversion(self, page: Page, *, fresh: bool) -> None:
        """Lets a page remember what its Markdown was converted to.

        Args:
            page: The page, whose Markdown isn't final yet.
            fresh: Whether it is converted in any case.
        """

        def render(config: MkDocsConfig, files: Files) -> None:
            del page.render
            self._conversion().render(page, config, files, fresh=fresh)

        page.render = render  # type: ignore[method-assign]

    def remember_templates(self, env: jinja2.Environment, files: Files) -> None:
        """Lets an environment remember what its templates made of pages."""
        if self._conversions:
            self._conversions.finish()
        parts, doubt = self._code(), None
        try:
            parts = {**parts, **template_parts(self._config, self._contents)}
        except Uncertain as uncertain:
            doubt = f"can't be compared: {uncertain}"
        self._templates = Templates(
            Recall(self._store, "output"),
            Watcher(
                self._contents,
                (*self._ignored, *theme_folders(self._config)),
                self._config.site_dir,
                _EXACT,
            ),
            self._trace,
            parts,
            doubt,
            self._config,
            files,
            ShownSite(self._config, files),
            SideBySide(
                self._config,
                self._processes,
                BEFORE_TEMPLATE,
                [lambda: self.counts.templated, lambda: self.counts.indexed],
            ),
            self._texts,
        )
        self._templates.use(env)

    def wait_for(self, page: Page) -> None:
        """Waits where another process is putting a page into its template."""
        if self._templates:
            self._templates.side_by_side.made(page)

    @property
    def explained(self) -> Mapping[str, str]:
        """What was made again and why, by the page's source."""
        found: dict[str, str] = {}
        for one, what in ((self._templates, "only its template"), (self._conversions, "rebuilt")):
            if one:
                found |= {page: f"{what}: {reason}" for page, reason in one.reasons.items()}
        return found

    @property
    def counts(self) -> Counts:
        """How much was made."""
        made, shown = self._conversions, self._templates
        return Counts(
            pages=len(made.reasons) + made.recalled if made else 0,
            converted=len(made.reasons) if made else 0,
            templated=len(shown.reasons) if shown else 0,
            indexed=self._search.parsed + (len(shown.indexed_by_children) if shown else 0),
        )

    def give_up(self) -> None:
        """Ends the build where it failed; what it has made stays remembered."""
        for step in (self._conversions, self._templates):
            if step:
                step.side_by_side.finish()

    def close(self) -> None:
        """Ends the build."""
        if self._templates:
            self._templates.finish()
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
                self._contents,
                self._ignored,
                self._config.site_dir,
                _EXACT,
                answers,
                frozenset({CACHE_VARIABLE}),
            )
            self._conversions = Conversions(
                Recall(self._store, "page"),
                watcher,
                self._companions,
                self._trace,
                parts,
                SideBySide(
                    self._config,
                    self._processes,
                    BEFORE_CONVERSION,
                    [lambda: self.counts.converted],
                ),
                ForeignState(self._config),
                self._texts,
                doubt,
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
            "snippet": f"includes snippet {rest}",
            "listing": f"lists {rest}",
            "modules": f"imports from {rest}",
            "kind": f"looks for {rest}",
            "variable": f"reads the environment variable {rest}",
            "link": f"links to {rest}",
            "files": "looks at all files of the site",
            "time": "shows the time of the build",
            "days": "shows when pages were changed",
            "folder": "asks for the working folder",
        }
        return str(words.get(what, name))
