"""One build of a site with MkDocs, strict where it is to be published."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.build.log import capture_log
from docs_tools.build.project import PluginSettings, Project
from docs_tools.errors import Diagnostic, DocsToolsError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["BuildOptions", "BuiltSite", "build_site"]


@dataclass(frozen=True)
class BuildOptions:
    """How to build.

    Attributes:
        version: The version that the site is published as; mike's name for it in plugins is
            `MIKE_DOCS_VERSION`.
        layers: Where layer numbers come from instead of the data file.
        layers_data: The data file that holds them, where it isn't the built commit's own.
        epoch: Seconds for `SOURCE_DATE_EPOCH`, so that a build doesn't depend on its day.
        strict: Whether a warning fails the build.
    """

    version: str | None = None
    layers: Path | None = None
    layers_data: Path | None = None
    epoch: str | None = None
    strict: bool = True


@dataclass(frozen=True)
class BuiltSite:
    """What a build left.

    Attributes:
        folder: The site.
        arns: The ARNs inserted, by the page that they stand in.
        layers_notice: Why no layer numbers were inserted, where the data had none for the version.
        use_directory_urls: Whether pages are folders with an index.
        warnings: What MkDocs warned of, where the build wasn't strict.
    """

    folder: Path
    arns: Mapping[str, tuple[Any, ...]]
    layers_notice: str | None
    use_directory_urls: bool
    warnings: tuple[Diagnostic, ...] = ()


def build_site(
    project: Project, plugins: PluginSettings, site_dir: Path, options: BuildOptions
) -> BuiltSite:
    """Builds a site.

    Args:
        project: The project; its folder is where relative paths start.
        plugins: The plugins to use with their options.
        site_dir: Where the site goes.
        options: How to build.

    Raises:
        DocsToolsError: The build failed or, where it is strict, warned: with all that it said.
    """
    config = project.load(
        _with_layers(plugins, options), site_dir=str(site_dir), strict=options.strict
    )
    variables = {"MIKE_DOCS_VERSION": options.version, "SOURCE_DATE_EPOCH": options.epoch}
    with _environment(variables), capture_log() as log:
        try:
            _build(config)
        except Exception as error:
            raise _explain(error, log.problems(str(error))) from error
        except SystemExit as error:  # MkDocs' Abort
            raise _explain(error, log.problems(str(error))) from error
        warnings = tuple(log.problems())
    layers: Any = config.plugins.get("docs_tools/layers")
    return BuiltSite(
        folder=site_dir,
        arns=layers.inserted if layers else {},
        layers_notice=layers.notice if layers else None,
        use_directory_urls=config.use_directory_urls,
        warnings=warnings,
    )


def _with_layers(plugins: PluginSettings, options: BuildOptions) -> PluginSettings:
    """The plugins with the layers plugin told what to insert."""
    name = "docs_tools/layers"
    if name not in plugins and not options.layers:
        return dict(plugins)
    told: dict[str, Any] = {}
    if options.layers:
        told["source"] = str(options.layers.resolve())
    if options.layers_data:
        told["data"] = str(options.layers_data)
    return {**plugins, name: {**plugins.get(name, {}), **told}}


def _build(config: "MkDocsConfig") -> None:
    from mkdocs.commands.build import build

    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def _explain(error: BaseException, said: list[Diagnostic]) -> DocsToolsError:
    """Our own error if one is behind MkDocs' abort, else what MkDocs said."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DocsToolsError):
            return cause
        cause = cause.__cause__ or cause.__context__
    from mkdocs.exceptions import MkDocsException

    if not isinstance(error, MkDocsException | SystemExit):
        raise error  # a plugin's bug, or ours: not to be dressed up as bad input
    return DocsToolsError("the site was not built", diagnostics=said)


@contextmanager
def _environment(variables: Mapping[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update({name: value for name, value in variables.items() if value is not None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
