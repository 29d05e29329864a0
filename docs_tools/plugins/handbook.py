"""`docs_tools/handbook`: data files and the directives that show them."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as opts
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docs_tools.errors import Diagnostic, DocsToolsError, count_problems
from docs_tools.layers import choose_layers
from docs_tools.markdown import Context, DirectivesExtension
from docs_tools.markdown.syntax import Source
from docs_tools.model.arn import LayerArn
from docs_tools.model.facts import DATA_FILES, Facts, read_facts
from docs_tools.plugins.chooser import ChooserScript
from docs_tools.plugins.listed import take_out_listed
from docs_tools.plugins.mermaid import MermaidScript
from docs_tools.plugins.place import plugin_errors, project_folder, shown

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

__all__ = ["HandbookConfig", "HandbookPlugin"]

log = get_plugin_logger("docs_tools/handbook")


class HandbookConfig(Config):
    """Options of `docs_tools/handbook`."""

    # MkDocs drops the underscore: the attribute `data` is its own
    data_ = opts.Optional(opts.Type(str))
    """Folder of the data files, from the folder of `mkdocs.yml`; `data` in the docs by default."""

    diagrams = opts.Choice(("drawn", "client"), default="drawn")
    """Whether diagrams are `drawn` at build time, or by the reader's browser: `client`."""


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Reads the data files and expands directives in every page."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path()
        self.facts = Facts("")
        self.shown: dict[str, list[LayerArn]] = {}
        self.context = Context(self.facts)
        # where problems go instead of stopping the build, for a check
        self.findings: list[Diagnostic] | None = None
        self._faults: list[Diagnostic] = []
        self._problems: list[Diagnostic] = []
        self._page = ""

    @event_priority(60)  # before our layers plugin, which takes the layers from here
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads all data; its problems are kept until those of the pages are known too."""
        own = self.config.data_
        self.folder = project_folder(config) / own if own else Path(config.docs_dir) / "data"
        name = shown(self.folder, config)
        self.facts, self._faults = Facts(name, broken=frozenset(DATA_FILES)), []
        with plugin_errors(self.findings):
            self.facts, self._faults = read_facts(self.folder, name)
        self.shown, self._problems, self._page = {}, [], ""
        self.context = Context(self.facts, root=project_folder(config))
        self._directives = DirectivesExtension(self.context, diagrams=self.config.diagrams)
        self._mermaid, self._chooser = MermaidScript(), ChooserScript()
        for problem in take_out_listed(config, self.folder, self.config.diagrams):
            log.warning(str(problem), extra={"diagnostics": [problem]})
        config.markdown_extensions.append(self._directives)  # type: ignore[arg-type]
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Takes the numbers that are built, and leaves data files and schemas out of the site."""
        layers: Any = config.plugins.get("docs_tools/layers")
        if layers:
            self.context.layers, missing = layers.layers, layers.notice
            self.context.layers_missing = missing or ""
            if layers.broken:
                broken = self.facts.broken | {"layers"}
                self.context.facts = self.facts = replace(self.facts, broken=broken)
        else:
            data, version = f"{self.facts.folder}/layers.yml", os.environ.get("MIKE_DOCS_VERSION")
            self.context.layers = choose_layers(self.facts.layers, data, version or None, None)
            if self.facts.layers and version:
                self.context.layers_missing = f"{data} has no layer numbers for {version}"
        data_files = {self.folder / f"{stem}.yml" for stem in DATA_FILES}
        data_files |= {self.folder / "schema" / f"{stem}.json" for stem in DATA_FILES}
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
        self._directives.source = Source(
            shown(Path(path), config) if path else page.file.src_uri, text
        )

    @event_priority(-100)  # last: what other plugins warn of is shown with our problems
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> None:
        """Stops the build where data or a directive is wrong: no page is written yet."""
        self._collect()
        with plugin_errors(self.findings):
            if found := self._take_problems():
                raise found

    def on_build_error(self, *, error: Exception) -> None:
        """Tells what was found before something else stopped the build."""
        if self._page:
            self._collect()
        if found := self._take_problems():
            if self.findings is None:
                log.error("found before:\n%s", found, extra={"diagnostics": found.diagnostics})
            else:
                self.findings += found.diagnostics

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Gives a page with a diagram what draws it, and a chooser what makes it work."""
        return self._chooser.add(self._mermaid.add(output, page), page)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Copies what pages need besides into the site."""
        self._mermaid.copy(Path(config.site_dir))
        self._chooser.copy(Path(config.site_dir))

    def on_serve(
        self, server: "LiveReloadServer", /, *, config: MkDocsConfig, builder: Any
    ) -> "LiveReloadServer":
        """Watches the data folder, and what directives have shown besides."""
        for path in (self.folder, *sorted(self.context.sources)):
            server.watch(str(path))
        return server

    def _take_problems(self) -> DocsToolsError | None:
        """What is wrong in data and directives, told once."""
        faults, problems = self._faults, self._problems
        self._faults, self._problems = [], []
        counts = [count_problems(faults, "in the data files")] if faults else []
        if problems:
            counts.append(count_problems(problems, "in the pages"))
        found = [*faults, *problems]
        return DocsToolsError(", ".join(counts), diagnostics=found) if found else None

    def _collect(self) -> None:
        """Keeps what the page before showed and got wrong."""
        self._problems += sorted(self._directives.problems, key=lambda problem: problem.line or 0)
        self._directives.problems.clear()
        if self.context.shown:
            self.shown.setdefault(self._page, []).extend(self.context.shown)
            self.context.shown.clear()
