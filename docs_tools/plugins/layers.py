"""`docs_tools/layers`: the layer numbers of the version that is built."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as opts
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.layers import Insertion, Numbers, choose_layers
from docs_tools.layers.check import check_files
from docs_tools.layers.find_files import Globs
from docs_tools.layers.in_files import plan_insertion
from docs_tools.layers.keep import find_kept
from docs_tools.layers.markdown import LayersExtension
from docs_tools.layers.references import find_references
from docs_tools.layers.settings import LayerSettings
from docs_tools.layers.verdict import Verdict
from docs_tools.model.facts import load_fact
from docs_tools.model.layers import Layers, LayerSet
from docs_tools.model.version import release_key
from docs_tools.plugins.place import (
    name_from_project,
    page_name,
    plugin_errors,
    project_folder,
    shown,
)
from docs_tools.render.layers_json import render_layers_json

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

__all__ = ["LayersConfig", "LayersPlugin"]

_FOR_MACHINES = "layers.json"

log = get_plugin_logger("docs_tools/layers")


class LayersConfig(Config):
    """Options of `docs_tools/layers`."""

    # MkDocs drops the underscore: the attribute `data` is its own
    data_ = opts.Optional(opts.Type(str))
    """File with the layers, from the folder of `mkdocs.yml`; the handbook's by default."""

    source = opts.Optional(opts.Type(str))
    """File or folder of ARNs, text or outputs of `cdk deploy`, that wins over the data file."""

    insert = opts.Optional(opts.ListOfItems(opts.Type(str)))
    """Globs of files whose ARNs are kept current: pages, examples; `docs_dir` by default."""

    keep = opts.ListOfItems(opts.Type(str), default=[])
    """Globs of files that keep their numbers, such as a changelog or an upgrade guide."""

    complete = opts.ListOfItems(opts.Type(str), default=[])
    """Globs of files that must show every ARN of the release; `check` sees to it."""

    placeholder_region = opts.Optional(opts.Type(str))
    """Region whose numbers placeholders for regions get, where regions have different ones."""

    version = opts.Optional(opts.Type(str))
    """Release whose numbers are inserted; the one that is built by default, else the newest."""


class LayersPlugin(BasePlugin[LayersConfig]):
    """Inserts layer numbers into ARNs that are written in pages and snippets."""

    def __init__(self) -> None:
        super().__init__()
        self.layers: LayerSet | None = None
        self.notice: str | None = None
        self.broken = False
        # where problems go instead of stopping the build, for a check
        self.findings: list[Diagnostic] | None = None
        self._inserted: dict[str, list[Insertion]] = {}

    @event_priority(50)  # behind the handbook, whose data it takes
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Finds out the numbers."""
        self._handbook: Any = config.plugins.get("docs_tools/handbook")
        self._inserted, self.notice = {}, None
        # mike names the version that it builds in the environment
        version = self.config.version or os.environ.get("MIKE_DOCS_VERSION") or None
        source = project_folder(config) / self.config.source if self.config.source else None
        file = self._data_file(config)
        data: Layers | None = None
        self.broken = True
        with plugin_errors(self.findings):
            data, self.broken = self._load(file, config), False
        self.layers = choose_layers(data, shown(file, config), version, None)
        if source:
            with plugin_errors(self.findings):  # a check goes on with the numbers of the data
                self.layers = choose_layers(data, shown(file, config), version, source)
        if self.layers is None and data is not None and version and release_key(version):
            known = ", ".join(data.versions) or "none"
            self.notice = (
                f"{shown(file, config)} has no layer numbers for {version} (it has: {known})"
            )
            log.info(self.notice)
        elif source and self.layers and self.layers.kept:
            kept, first = len(self.layers.kept), self.layers.kept[0].arn
            self.notice = (
                f"{shown(source, config)} has no number for {kept} of the layers: they keep that"
                f" of {shown(file, config)}, such as {first}"
            )
        with plugin_errors():
            docs = name_from_project(Path(config.docs_dir), config)
            self._settings = LayerSettings.of(self.config, docs)
            self._asked, self._keep = Globs(self._settings.insert), Globs(self._settings.keep)
            self._numbers = Numbers.of(self.layers, data, self._settings.placeholder_region)
        self._extension = LayersExtension(self._numbers)
        config.markdown_extensions.append(self._extension)  # type: ignore[arg-type]
        if self.findings is not None and not self.broken:
            folder = project_folder(config)
            self.findings += check_files(folder, self._settings, self.layers, data).problems
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Inserts numbers into files that aren't pages, and adds `layers.json` for machines."""
        if self.layers is None:
            return files
        for file in list(files):
            path = file.abs_src_path
            if not path or file.is_documentation_page():
                continue
            name = name_from_project(Path(path), config)
            if self._asked.match(name) and not self._keep.match(name):
                self._insert_into(file, shown(Path(path), config))
        if files.get_file_from_path(_FOR_MACHINES) is None:
            content = render_layers_json(self.layers)
            files.append(File.generated(config, _FOR_MACHINES, content=content))
        return files

    @event_priority(-100)  # last: the text that the Markdown extension will see
    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Keeps what the page before got, and begins the next."""
        self._collect()
        self._file, self._name = page.file, page_name(page.file, config)
        path = page.file.abs_src_path
        kept = path is not None and self._keep.match(name_from_project(Path(path), config))
        # in the text that the extension sees, such a comment may be a snippet's
        self._extension.keeps = kept or find_kept(page.file.content_string).whole

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> None:
        """Keeps what the last page got."""
        self._collect()

    def on_serve(
        self, server: "LiveReloadServer", /, *, config: MkDocsConfig, builder: Any
    ) -> "LiveReloadServer":
        """Watches where the numbers are."""
        own = [self.config.source] if self.config.source else []
        for path in (self._data_file(config), *(project_folder(config) / file for file in own)):
            if path.exists():
                server.watch(str(path))
        return server

    @property
    def inserted(self) -> dict[str, tuple[Insertion, ...]]:
        """The ARNs that carry the version's numbers, by page, directives' included."""
        pages = {page: list(arns) for page, arns in self._inserted.items()}
        if self._handbook:
            for page, arns in self._handbook.shown.items():
                pages.setdefault(page, []).extend(Insertion(str(arn)) for arn in arns)
        return {page: tuple(pages[page]) for page in sorted(pages)}

    def _data_file(self, config: MkDocsConfig) -> Path:
        if self.config.data_:
            return project_folder(config) / self.config.data_
        folder = self._handbook.folder if self._handbook else Path(config.docs_dir) / "data"
        return Path(folder) / "layers.yml"

    def _load(self, file: Path, config: MkDocsConfig) -> Layers | None:
        """The layers; from the handbook where it has read this very file."""
        if self._handbook and file == self._handbook.folder / "layers.yml":
            layers: Layers | None = self._handbook.facts.layers
            return layers
        if self.config.data_ and not self.config.source and not file.is_file():
            hint = "name the file that describes the layers: `docs_tools/layers: {data: FILE}`"
            raise DocsToolsError(f"there is no {shown(file, config)}", hint=hint)
        return load_fact(Layers, file, shown(file, config)) if file.is_file() else None

    def _insert_into(self, file: File, name: str) -> None:
        """Gives a file that is copied as it stands its numbers."""
        planned = plan_insertion([(name, file.content_bytes)], self._numbers, allow_lower=True)
        for problem in planned.problems:
            log.warning(str(problem), extra={"diagnostics": [problem]})
        for change in planned.changes:
            self._inserted.setdefault(file.src_uri, []).extend(change.insertions)
        for change in planned.changed:
            file.content_bytes = change.after

    def _collect(self) -> None:
        extension = self._extension
        if extension.inserted:
            self._inserted.setdefault(self._file.src_uri, []).extend(extension.inserted)
        for arn, verdict in dict(extension.ambiguous).items():
            for problem in _ambiguous(arn, verdict, self._name, self._file.content_string):
                log.warning(str(problem), extra={"diagnostics": [problem]})
        extension.inserted, extension.ambiguous = [], []


def _ambiguous(arn: str, verdict: Verdict, name: str, text: str) -> Iterator[Diagnostic]:
    """What is wrong with an ARN that gets no number, at each place where the page has it."""
    places = [reference.start for reference in find_references(text) if str(reference) == arn]
    for place in places:
        line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
        yield Diagnostic(verdict.fault, name, line, column, verdict.hint)
    if not places:
        message = f"{verdict.fault} (in a file that the page includes)"
        yield Diagnostic(message, name, hint=verdict.hint)
