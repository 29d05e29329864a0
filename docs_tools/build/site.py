"""One build of a site with MkDocs, strict where it is to be published."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.build.failure import explain
from docs_tools.build.log import capture_log
from docs_tools.build.plugin_settings import (
    CACHE,
    HANDBOOK,
    LAYERS,
    PUBLISH,
    PluginSettings,
    options_of,
    with_options,
)
from docs_tools.build.project import Project
from docs_tools.build.surroundings import environment, working_in
from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.errors import Diagnostic

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["BuildOptions", "BuiltSite", "build_site", "run_build"]


@dataclass(frozen=True)
class BuildOptions:
    """How to build.

    Attributes:
        version: The version that the site is published as; mike's name for it in plugins is
            `MIKE_DOCS_VERSION`.
        layers: Where layer numbers come from before the data file.
        layers_data: The data file that holds them, where it isn't the built commit's own.
        epoch: Seconds for `SOURCE_DATE_EPOCH`, so that a build doesn't depend on its day.
        strict: Whether a warning fails the build.
        cache: Where drawings are remembered, if not in the folder of the project that is built.
    """

    version: str | None = None
    layers: Path | None = None
    layers_data: Path | None = None
    epoch: str | None = None
    strict: bool = True
    cache: Path | None = None


@dataclass(frozen=True)
class BuiltSite:
    """What a build left.

    Attributes:
        folder: The site.
        arns: The ARNs inserted, by the page that they stand in.
        layers_notice: Why layer numbers are missing, where they are.
        config: The configuration that it was built with.
        lacking: The pages that the canonical version lacks.
        warnings: What MkDocs warned of, where the build wasn't strict.
        explained: Why each page was made again that was, by its source; `None` where nothing is
            remembered.
    """

    folder: Path
    config: "MkDocsConfig"
    arns: Mapping[str, tuple[Any, ...]]
    layers_notice: str | None
    lacking: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    explained: Mapping[str, str] | None = None


def build_site(
    project: Project, plugins: PluginSettings, site_dir: Path, options: BuildOptions
) -> BuiltSite:
    """Builds a site.

    Args:
        project: The project; its folder is where relative paths start.
        plugins: The plugins to use with their options.
        site_dir: Where the site goes, absolute.
        options: How to build.

    Raises:
        DocsToolsError: The build failed or, where it is strict, warned: with all that it said.
    """
    told = _with_layers(plugins, options)
    variables = {"MIKE_DOCS_VERSION": options.version, "SOURCE_DATE_EPOCH": options.epoch}
    if options.cache and CACHE_VARIABLE not in os.environ:
        variables[CACHE_VARIABLE] = str(options.cache)
    with environment(variables), working_in(project.folder), capture_log(project) as log:
        config = project.load(told, site_dir=str(site_dir), strict=options.strict)
        try:
            run_build(config)
        except (Exception, SystemExit) as error:  # MkDocs' Abort is a SystemExit
            raise explain(error, log, "the site was not built") from error
        warnings = tuple(log.problems())
    layers: Any = config.plugins.get(LAYERS)
    publish: Any = config.plugins.get(PUBLISH)
    cache: Any = config.plugins.get(CACHE)
    return BuiltSite(
        folder=site_dir,
        config=config,
        arns=layers.inserted if layers else {},
        layers_notice=layers.notice if layers else None,
        lacking=tuple(publish.missing) if publish else (),
        warnings=warnings,
        explained=cache.explained if cache else None,
    )


def _with_layers(plugins: PluginSettings, options: BuildOptions) -> PluginSettings:
    """The plugins with the layers plugin told what to insert.

    A version that is published with a handbook gets its numbers even where the plugin isn't listed:
    the directive shows them.
    """
    listed = options_of(plugins, LAYERS) is not None
    published = options.version is not None and options_of(plugins, HANDBOOK) is not None
    if not (listed or published or options.layers):
        return plugins
    told: dict[str, Any] = {}
    if options.layers:
        told["source"] = str(options.layers.resolve())
    if options.layers_data:
        told["data"] = str(options.layers_data)
    return with_options(plugins, LAYERS, told)


def run_build(config: "MkDocsConfig") -> None:
    """Builds with MkDocs as its command does; an error comes out as MkDocs raised it."""
    from mkdocs.commands.build import build

    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
