"""What MkDocs does with a page in each step of a build, for a child that does it ahead.

Up to where the result is remembered: hooks that come after it run in the parent only. The source is
`mkdocs.commands.build`, 1.6.1.
"""

from collections.abc import Callable, Sequence

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

__all__ = ["BEFORE_CONVERSION", "BEFORE_TEMPLATE", "converting", "pages_of", "templating"]

BEFORE_CONVERSION = ("pre_page", "page_read_source", "page_markdown")
BEFORE_TEMPLATE = ("page_context",)
"""Events that come before what is remembered of a step."""


def pages_of(files: Files) -> Sequence[File]:
    """The pages that are published, in the order in which MkDocs goes through them."""
    return files.documentation_pages(inclusion=lambda level: not level.is_excluded())


def converting(config: MkDocsConfig, files: Files) -> Callable[[File], None]:
    """What converts a page, as `_populate_page` does."""

    def convert(file: File) -> None:
        page = file.page or Page(None, file, config)
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=files
        )
        page.render(config, files)
        page.content = page.markdown = None  # the parent has its own

    return convert


def templating(
    config: MkDocsConfig, env: jinja2.Environment, nav: Navigation, pages: Sequence[File]
) -> Callable[[File], None]:
    """What puts a converted page into its template, as `_build_page` does."""

    def show(file: File) -> None:
        page = file.page
        if page is None:
            return
        if config._current_page:  # the one that the parent is at
            config._current_page.active = False
        config._current_page = page
        page.active = True
        try:
            context = get_context(nav, pages, config, page)
            template = env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
            template.render(context)
        finally:
            page.active = False
            config._current_page = None

    return show
