"""`docs_tools/handbook`: data files and the directives that show them."""

import os
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as opts
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.layers import choose_layers
from docs_tools.markdown import Context, DirectivesExtension
from docs_tools.markdown.syntax import Source
from docs_tools.model.arn import LayerArn
from docs_tools.model.facts import DATA_FILES, Facts, load_facts
from docs_tools.plugins.mermaid import MermaidScript
from docs_tools.plugins.place import plugin_errors, project_folder, shown

__all__ = ["HandbookConfig", "HandbookPlugin"]


class HandbookConfig(Config):
    """Options of `docs_tools/handbook`."""

    # MkDocs drops the underscore: the attribute `data` is its own
    data_ = opts.Optional(opts.Type(str))
    """Folder of the data files, from the folder of `mkdocs.yml`; `data` in the docs by default."""


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Reads the data files and expands directives in every page."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path()
        self.facts = Facts("")
        self.shown: dict[str, list[LayerArn]] = {}
        self._problems: list[Diagnostic] = []

    @event_priority(60)  # before our layers plugin, which takes the layers from here
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads all data, so that every problem of every file is shown before anything else."""
        own = self.config.data_
        self.folder = project_folder(config) / own if own else Path(config.docs_dir) / "data"
        with plugin_errors():
            self.facts = load_facts(self.folder, shown(self.folder, config))
        self.shown, self._problems = {}, []
        self._context = Context(self.facts)
        self._extension = DirectivesExtension(self._context)
        self._mermaid = MermaidScript()
        config.markdown_extensions.append(self._extension)  # type: ignore[arg-type]
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Takes the numbers that are built, and leaves the data files out of the site."""
        layers: Any = config.plugins.get("docs_tools/layers")
        if layers:
            self._context.layers, missing = layers.layers, layers.notice
            self._context.layers_missing = missing or ""
        else:
            data, version = f"{self.facts.folder}/layers.yml", os.environ.get("MIKE_DOCS_VERSION")
            self._context.layers = choose_layers(self.facts.layers, data, version or None, None)
            if self.facts.layers and version:
                self._context.layers_missing = f"{data} has no layer numbers for {version}"
        data_files = {self.folder / f"{stem}.yml" for stem in DATA_FILES}
        for file in list(files):
            if file.abs_src_path and Path(file.abs_src_path) in data_files:
                files.remove(file)
        return files

    @event_priority(-100)  # last: the text that the Markdown extension will see
    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Tells the extension which page comes next."""
        self._collect()
        self._page = page.file.src_uri
        path = page.file.abs_src_path
        text = Path(path).read_text("utf-8-sig", "replace") if path else page.file.content_string
        self._extension.source = Source(
            shown(Path(path), config) if path else page.file.src_uri, text
        )

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> None:
        """Stops the build where a directive is wrong: no page is written yet."""
        self._collect()
        if self._problems:
            problems, self._problems = self._problems, []
            count = f"{len(problems)} directive{'s are' if len(problems) > 1 else ' is'} wrong"
            with plugin_errors():
                raise DocsToolsError(count, diagnostics=problems)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Gives a page with a diagram what draws it."""
        return self._mermaid.add(output, page)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Copies what draws diagrams beside the pages."""
        self._mermaid.copy(Path(config.site_dir))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watches the data folder where it lies outside the docs."""
        server.watch(str(self.folder))
        return server

    def _collect(self) -> None:
        """Keeps what the page before showed and got wrong."""
        self._problems += sorted(self._extension.problems, key=lambda problem: problem.line or 0)
        self._extension.problems.clear()
        if self._context.shown:
            self.shown.setdefault(self._page, []).extend(self._context.shown)
            self._context.shown.clear()
