"""A site without files: a search plugin as MkDocs sets it up, and pages for its index."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from docs_tools.plugins.cache.search import RememberedSearch

TOC: list[Any] = [
    {"level": 1, "id": "a", "name": "A &amp; B", "children": []},
    {
        "level": 1,
        "id": "b",
        "name": "B",
        "children": [{"level": 2, "id": "c", "name": "C", "children": []}],
    },
]


class Site:
    """Builds, one after another, of a site with a theme and its search plugin."""

    def __init__(self, theme: str = "material", *others: Any, **options: Any) -> None:
        self.config = MkDocsConfig()
        # MkDocs keeps plugins for the next build of `mkdocs serve`: this is another site
        plugins: Any = dict(self.config._schema)["plugins"]
        plugins.plugin_cache.clear()
        self.config.load_dict(
            {
                "site_name": "Tiny",
                "theme": {"name": theme},
                "plugins": [{"search": options}, *others],
                "docs_dir": str(Path(__file__).parent),
            }
        )
        assert self.config.validate() == ([], [])
        self.plugin: Any = next(iter(self.config.plugins.values()))

    def begin(self, search: RememberedSearch | None = None) -> "Site":
        """Begins a build: the index is empty, and may be stood in for."""
        self.config.plugins.on_config(self.config)
        self.config.plugins.on_pre_build(config=self.config)
        if search:
            search.use(self.config)
        return self

    def show(self, content: str | None, meta: dict[str, Any] | None = None) -> Page:
        """Shows a page to the plugin; then it is as the theme shows it."""
        file = File("page.md", self.config.docs_dir, self.config.site_dir, use_directory_urls=True)
        page = Page("Title", file, self.config)
        page.content, page.meta = content, meta or {}
        page.toc = get_toc(TOC)
        nothing: TemplateContext = {}  # type: ignore[typeddict-item]
        nav = Navigation([], [])
        self.config.plugins.on_page_context(nothing, page=page, config=self.config, nav=nav)
        return page

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The entries of the index."""
        index = self.plugin.search_index
        found: list[dict[str, Any]] = vars(index).get("entries") or vars(index).get("_entries")
        return found or []
