"""`docs_tools/layers`: the layer numbers of the version that is built."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as opts
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docs_tools.errors import Diagnostic
from docs_tools.layers import Insertion, Numbers, choose_layers
from docs_tools.layers.markdown import LayersExtension
from docs_tools.model.facts import load_fact
from docs_tools.model.layers import Layers, LayerSet
from docs_tools.model.version import release_key
from docs_tools.plugins.place import page_name, plugin_errors, project_folder, shown

__all__ = ["LayersConfig", "LayersPlugin"]

log = get_plugin_logger("docs_tools/layers")


class LayersConfig(Config):
    """Options of `docs_tools/layers`."""

    # MkDocs drops the underscore: the attribute `data` is its own
    data_ = opts.Optional(opts.Type(str))
    """File with the layers, from the folder of `mkdocs.yml`; the handbook's by default."""

    source = opts.Optional(opts.Type(str))
    """Text file with an ARN a line, or a folder of such files, that wins over the data file."""

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
        self._extension = LayersExtension(Numbers.of(self.layers))
        config.markdown_extensions.append(self._extension)  # type: ignore[arg-type]
        return config

    @event_priority(-100)  # last: the text that the Markdown extension will see
    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Keeps what the page before got, and begins the next."""
        self._collect()
        self._file, self._name = page.file, page_name(page.file, config)

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> None:
        """Keeps what the last page got."""
        self._collect()

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
        return load_fact(Layers, file, shown(file, config)) if file.is_file() else None

    def _collect(self) -> None:
        extension = self._extension
        if extension.inserted:
            self._inserted.setdefault(self._file.src_uri, []).extend(extension.inserted)
        for arn in dict.fromkeys(extension.ambiguous):
            for problem in _ambiguous(arn, self._name, self._file.content_string):
                log.warning(str(problem), extra={"diagnostics": [problem]})
        extension.inserted, extension.ambiguous = [], []


def _ambiguous(arn: str, name: str, text: str) -> Iterator[Diagnostic]:
    """What is wrong with an ARN that gets no number, at each place where the page has it."""
    message = f"{arn} stands for regions with different numbers"
    hint = "write one region, or show them with the layers directive"
    pattern = re.compile(re.escape(arn) + r"(?![\w-])")
    lines = [(pattern.search(line), number) for number, line in enumerate(text.split("\n"), 1)]
    if places := [(number, match.start() + 1) for match, number in lines if match]:
        yield from (Diagnostic(message, name, *place, hint) for place in places)
    else:
        yield Diagnostic(f"{message} (in a file that the page includes)", name, hint=hint)
