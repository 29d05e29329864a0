"""`docs_tools/api`: a page of the API reference for each public module, through mkdocstrings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as opts
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.plugins.modules import Module, find_modules, find_syntax_error, nav_of
from docs_tools.plugins.place import plugin_errors, project_folder

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

__all__ = ["ApiConfig", "ApiPlugin"]

log = get_plugin_logger("docs_tools/api")

_MKDOCSTRINGS = "mkdocstrings"


class ApiConfig(Config):
    """Options of `docs_tools/api`."""

    packages = opts.ListOfItems(opts.Type(str), default=[])
    """Packages or modules to document, by their import names."""

    path = opts.Type(str, default="api")
    """Folder of the pages in the site."""

    paths = opts.ListOfItems(opts.Type(str), default=[".", "src"])
    """Folders that hold the packages, from the folder of `mkdocs.yml`."""

    title = opts.Type(str, default="API reference")
    """Title of the section in the navigation, where `nav` doesn't place it."""


class ApiPlugin(BasePlugin[ApiConfig]):
    """Makes a virtual page for each public module; nothing is written into the docs folder."""

    findings: list[Diagnostic] | None = None
    """Where problems go instead of stopping the build, for a check."""

    @event_priority(100)  # before mkdocstrings', which reads its configuration in on_config
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Finds the modules, and has mkdocstrings read them statically from their folders."""
        self._modules: list[Module] = []
        self._root = project_folder(config)
        with plugin_errors(self.findings):
            _check_path(self.config.path)
            modules = self._find(project_folder(config))
            if modules:
                handler = _python_handler(config)
                found = list(dict.fromkeys(str(module.folder) for module in modules))
                handler["paths"] = [*found, *(handler.get("paths") or ["."])]
            self._modules = modules
        return config

    @event_priority(50)  # early, so that plugins which look at pages and navigation see these
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Adds a page for each module, and puts them into a navigation that is written out."""
        for module in self._modules:
            uri = module.page(self.config.path)
            if uri not in files.src_uris:
                files.append(File.generated(config, uri, content=_page(module)))
        if config.nav is not None and self._modules:
            pages = nav_of(self._modules, self.config.path)
            config.nav = _place(config.nav, self.config.path.strip("/"), pages)
            if not _holds(config.nav, pages):
                config.nav = [*config.nav, {self.config.title: pages}]
        return files

    def on_build_error(self, *, error: Exception) -> None:
        """Names the sources that aren't Python: mkdocstrings says only that it found no module."""
        problems = [
            Diagnostic(f"not Python: {fault.msg}", self._name(module), fault.lineno, fault.offset)
            for module in self._modules
            if (fault := find_syntax_error(module))
        ]
        if self.findings is not None:
            self.findings += problems
        elif problems:
            log.error("%s", problems[0], extra={"diagnostics": problems})

    def _name(self, module: Module) -> str:
        return Path(os.path.relpath(module.file, self._root)).as_posix()

    def on_serve(
        self, server: "LiveReloadServer", /, *, config: MkDocsConfig, builder: Any
    ) -> "LiveReloadServer":
        """Watches the sources."""
        for source in {str(module.root) for module in self._modules}:
            server.watch(source)
        return server

    def _find(self, root: Path) -> list[Module]:
        folders = [root / path for path in self.config.paths]
        modules: list[Module] = []
        for package in self.config.packages:
            with plugin_errors(self.findings):
                modules += find_modules([package], folders)
        return modules


def _page(module: Module) -> str:
    # an import would run the code, and may find an installed copy instead of these sources
    options = "    options:\n      allow_inspection: false\n"
    return f"# `{module.name}`\n\n::: {module.name}\n{options}"


def _check_path(path: str) -> None:
    if not path.strip("/") or any(part in ("", ".", "..") for part in path.strip("/").split("/")):
        raise DocsToolsError(
            f'docs_tools/api: path: "{path}" is no folder of the site', hint="write such as api"
        )


def _python_handler(config: MkDocsConfig) -> dict[str, Any]:
    """The options of mkdocstrings' Python handler; brings the plugin if it isn't listed."""
    plugin: Any = config.plugins.get(_MKDOCSTRINGS)
    if plugin is None:
        from mkdocstrings import MkdocstringsPlugin

        plugin = MkdocstringsPlugin()
        plugin.load_config({}, config_file_path=config.config_file_path)
        # setting it registers its events, which MkDocs then runs as those of a listed plugin
        config.plugins[_MKDOCSTRINGS] = plugin
    if not plugin.config.get("enabled", True):
        raise DocsToolsError(
            "docs_tools/api needs mkdocstrings, which is switched off",
            hint="take `enabled: false` away, or docs_tools/api",
        )
    # a key that stands there without a value is None
    handlers = plugin.config["handlers"] = dict(plugin.config.get("handlers") or {})
    handler: dict[str, Any] = {**(handlers.get("python") or {})}
    handler["options"] = dict(handler.get("options") or {})
    handlers["python"] = handler
    return handler


def _place(nav: Any, wanted: str, pages: list[Any]) -> Any:
    """The navigation with the pages in the place of `Title: api/`."""
    if isinstance(nav, list):
        return [_place(item, wanted, pages) for item in nav]
    if isinstance(nav, dict):
        return {title: _place(value, wanted, pages) for title, value in nav.items()}
    return pages if isinstance(nav, str) and nav.rstrip("/") == wanted else nav


def _holds(nav: Any, pages: list[Any]) -> bool:
    if nav is pages:
        return True
    values = nav if isinstance(nav, list) else nav.values() if isinstance(nav, dict) else ()
    return any(_holds(value, pages) for value in values)
