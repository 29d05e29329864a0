"""A MkDocs project: its configuration file, its plugins, and another commit's with today's.

MkDocs replaces lists where a file inherits, drops `search` where plugins are passed bare, and
empties the list it is given: so the plugin list is read as it stands, laid over and passed whole.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.errors import DocsToolsError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["PluginSettings", "Project", "find_project", "overlay"]

PluginSettings = dict[str, dict[str, Any]]
"""The plugins in order: name -> options."""

_NAMES = ("mkdocs.yml", "mkdocs.yaml")
_OWN = "docs_tools/"
_HANDBOOK = "docs_tools/handbook"


@dataclass(frozen=True)
class Project:
    """A project's configuration file.

    Attributes:
        config_file: Its absolute path.
        folder: The folder it is in.
        plugins: The plugins that it lists.
    """

    config_file: Path
    plugins: PluginSettings

    @property
    def folder(self) -> Path:
        """The folder that relative paths of the configuration start from."""
        return self.config_file.parent

    def settings(self, plugin: str) -> dict[str, Any]:
        """The options of one of our plugins as they stand in the file; none if it isn't listed."""
        return self.plugins.get(_OWN + plugin, {})

    def data_file(self, name: str) -> Path:
        """A data file: beside the handbook's, or where the plugin's own option says."""
        own = self.settings(name).get("data")
        if own:
            return self.folder / str(own)
        return self.data_folder() / f"{name}.yml"

    def data_folder(self) -> Path:
        """The handbook's folder of data files."""
        folder = self.settings("handbook").get("data")
        return self.folder / str(folder) if folder else self._docs_dir() / "data"

    def load(self, plugins: PluginSettings | None = None, **settings: Any) -> "MkDocsConfig":
        """Loads the configuration with MkDocs.

        Args:
            plugins: The plugins to use; those of the file if none are given.
            **settings: Settings of MkDocs that override the file's.

        Raises:
            DocsToolsError: The configuration isn't valid.
        """
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        from docs_tools.build.log import capture_log

        merged = [{name: options} for name, options in (plugins or self.plugins).items()]
        with capture_log() as log:
            try:
                return load_config(str(self.config_file), plugins=copy.deepcopy(merged), **settings)
            except (MkDocsException, SystemExit) as error:
                problems = log.problems(str(error))
                message = f"{self.config_file.name} isn't valid"
                raise DocsToolsError(message, diagnostics=problems) from error

    def _docs_dir(self) -> Path:
        return self.folder / str(_read(self.config_file).get("docs_dir", "docs"))


def find_project(config_file: Path | None, folder: Path) -> Project:
    """The project of a configuration file, or of a folder.

    Args:
        config_file: The file, where the user names one.
        folder: Where to look for `mkdocs.yml` otherwise.

    Raises:
        DocsToolsError: There is no such file, or it is no YAML mapping.
    """
    if config_file is None:
        found = next((folder / name for name in _NAMES if (folder / name).is_file()), None)
        if found is None:
            hint = "go to the project's folder, or name the file: -f PATH/mkdocs.yml"
            raise DocsToolsError(f"there is no mkdocs.yml in {folder}", hint=hint)
        config_file = found
    elif not config_file.is_file():
        raise DocsToolsError(f"there is no {config_file}", hint="name the project's mkdocs.yml")
    config_file = config_file.resolve()
    return Project(config_file, _plugins(_read(config_file).get("plugins")))


def overlay(there: Project, here: Project) -> PluginSettings:
    """A ref's plugins with the `docs_tools/*` settings of the checkout laid over them.

    A tag can't hold what was deployed after it, so layer numbers come from the checkout; and an old
    one may not know our plugins at all: then the handbook is left out where its data isn't there.

    Args:
        there: The project as the ref has it.
        here: The project in the checkout.
    """
    own = {n: dict(options) for n, options in here.plugins.items() if n.startswith(_OWN)}
    layers = own.get(_OWN + "layers")
    if layers is not None:
        for option in ("data", "source"):
            if layers.get(option):
                layers[option] = str(here.folder / str(layers[option]))
    plugins = {**there.plugins, **own}
    data = Project(there.config_file, plugins).data_folder()
    if _HANDBOOK not in there.plugins and not data.is_dir():
        plugins.pop(_HANDBOOK, None)
    return plugins


def _read(config_file: Path) -> dict[str, Any]:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import MkDocsException
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    config = MkDocsConfig(config_file_path=str(config_file))
    try:
        with config_file.open("rb") as file:
            raw = yaml_load(file, get_yaml_loader(config=config))
    except (MkDocsException, OSError, ImportError) as error:
        hint = str(error).removeprefix(
            "MkDocs encountered an error parsing the configuration file: "
        )
        raise DocsToolsError(f"{config_file} can't be read", hint=hint) from error
    if not isinstance(raw, dict):
        raise DocsToolsError(f"{config_file} is not a mapping", hint="begin with `site_name: …`")
    return raw


def _plugins(raw: Any) -> PluginSettings:
    if raw is None:
        return {"search": {}}  # MkDocs' own default
    if isinstance(raw, Mapping):
        return {str(name): dict(options or {}) for name, options in raw.items()}
    plugins: PluginSettings = {}
    for entry in raw:
        pairs = entry.items() if isinstance(entry, Mapping) else [(entry, None)]
        for name, options in pairs:
            plugins[str(name)] = dict(options or {})
    return plugins
