"""`docs_tools/cache`: pages whose inputs did not change are not made again."""

import atexit
import gc
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from mkdocs.config import config_options as opts
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.plugins.cache.session import Counts, Session
from docs_tools.plugins.place import project_folder

__all__ = ["CacheConfig", "CachePlugin"]

log = get_plugin_logger("docs_tools/cache")

_MEGABYTE = 1_000_000


class _Number(opts.Type[int]):
    """A number that isn't negative."""

    def __init__(self, default: int) -> None:
        super().__init__(int, default=default)

    def run_validation(self, value: object) -> int:
        number = super().run_validation(value)
        if isinstance(value, bool) or number < 0:
            raise ValidationError(f"Expected a number from 0 on, but received: {value!r}")
        return number


class CacheConfig(Config):
    """Options of `docs_tools/cache`."""

    always = opts.Optional(opts.PathSpec())
    """Patterns of pages that are made in each build, as in `exclude_docs`: such as one that shows
    the time."""

    limit = _Number(default=2000)
    """Megabytes that are kept; what wasn't used for the longest time goes first."""

    processes = _Number(default=0)
    """Processes that make pages side by side; as many as there are processors by default."""


class CachePlugin(BasePlugin[CacheConfig]):
    """Remembers converted pages, their search entries and their templates' output.

    All hooks of all plugins run as they do without it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        # why each page was made again, and how many were: for `build --explain`, and for tests
        self.explained: Mapping[str, str] = {}
        self.counts = Counts()

    @event_priority(-100)  # last: what other plugins set up is looked at
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Opens the store, and finds out what is known of the other plugins."""
        _end_fast()
        folder = os.environ.get(CACHE_VARIABLE)
        root = project_folder(config).absolute()
        self._session = Session(
            config,
            root,
            Path(folder).absolute() if folder else root / ".cache/docs_tools",
            self.config.limit * _MEGABYTE,
            self.config.processes or _processors(),
        )

    @event_priority(-100)
    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:
        """Lets a page remember what its Markdown was converted to."""
        if self._session and type(page).render is Page.render:
            always = self.config.always
            fresh = always is not None and always.match_file(page.file.src_uri)
            self._session.remember_conversion(page, fresh=fresh)
        return page

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Lets the theme remember what its templates made of pages."""
        if self._session:
            self._session.remember_templates(env, files)
        return env

    @event_priority(100)  # first: what another process has read for the search index is remembered
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Waits for another process that is at this page."""
        if self._session:
            self._session.wait_for(page)
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keeps what the next build is compared with, and drops what is old."""
        if self._session:
            self._session.close()
            self.explained, self.counts = self._session.explained, self._session.counts
            counts = self.counts
            log.info("%d of %d pages converted", counts.converted, counts.pages)
            for page, reason in self.explained.items():
                log.debug("%s: %s", page, reason)
            self._session = None

    def on_build_error(self, *, error: Exception) -> None:
        """Ends what goes on; what was made so far stays remembered."""
        if self._session:
            self._session.give_up()
            self._session = None


@cache  # once in a process
def _end_fast() -> None:
    """Spares Python looking for garbage before it ends, when all memory is given back anyway.

    That takes a tenth of a second, where a build of an edited page takes one.
    """
    atexit.register(gc.freeze)


def _processors() -> int:
    """The processors that this process may use, where the system tells."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
