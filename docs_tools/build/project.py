"""A MkDocs project: its configuration file, and what of it is needed before MkDocs loads it."""

import copy
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.build.failure import explain
from docs_tools.build.log import capture_log
from docs_tools.build.plugin_settings import HANDBOOK, PluginSettings, options_of, parse
from docs_tools.build.surroundings import working_in
from docs_tools.errors import DocsToolsError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["CONFIG_NAMES", "Project", "config_in", "find_project"]

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""What MkDocs looks for where it is told no file."""


@dataclass(frozen=True)
class Project:
    """A project's configuration file.

    Attributes:
        config_file: Its absolute path; not resolved, as it may be a link.
        plugins: The plugins that it lists.
        docs_dir: The folder of the pages.
        parents: The files that it inherits from.
        custom_dir: The theme's folder of overrides, where it names one.
        site_dir: Where the site goes.
    """

    config_file: Path
    plugins: PluginSettings
    docs_dir: Path
    parents: tuple[Path, ...] = ()
    custom_dir: Path | None = None
    site_dir: Path = Path("site")

    @property
    def folder(self) -> Path:
        """The folder that relative paths of the configuration start from."""
        return self.config_file.parent

    @property
    def cache(self) -> Path:
        """The folder of what a build remembers: that of the checkout, whatever ref is built."""
        return self.folder / ".cache/docs_tools"

    def settings(self, plugin: str) -> dict[str, Any]:
        """The options of one of our plugins as they stand in the file; none if it isn't listed."""
        return options_of(self.plugins, f"docs_tools/{plugin}") or {}

    def data_file(self, name: str) -> Path:
        """A data file: beside the handbook's, or where the plugin's own option says."""
        own = self.settings(name).get("data")
        return self.folder / str(own) if own else self.data_folder() / f"{name}.yml"

    def data_folder(self, plugins: PluginSettings | None = None) -> Path:
        """The handbook's folder of data files, as these plugins or the project's own say."""
        listed = self.plugins if plugins is None else plugins
        folder = (options_of(listed, HANDBOOK) or {}).get("data")
        return self.folder / str(folder) if folder else self.docs_dir / "data"

    def name_of(self, path: Path) -> str:
        """A path as the user would name it: from the project's folder where it is below."""
        relative = os.path.relpath(self.folder / path, self.folder)
        return str(path) if relative.startswith("..") else Path(relative).as_posix()

    def load(self, plugins: PluginSettings | None = None, **settings: Any) -> "MkDocsConfig":
        """Loads the configuration with MkDocs.

        Args:
            plugins: The plugins to use; those of the file if none are given.
            **settings: Settings of MkDocs that override the file's.

        Raises:
            DocsToolsError: The configuration isn't valid.
        """
        from mkdocs.config import load_config

        from docs_tools.build.composed import composing_once

        listed = [{name: options} for name, options in plugins or self.plugins]
        with working_in(self.folder), capture_log(self) as log, composing_once():
            try:
                return load_config(str(self.config_file), plugins=copy.deepcopy(listed), **settings)
            except (Exception, SystemExit) as error:
                message = f"{self.config_file.name} isn't valid"
                raise explain(error, log, message) from error


def config_in(folder: Path) -> Path | None:
    """The configuration file that a folder has, if any."""
    return next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)


def find_project(config_file: Path | None, folder: Path) -> Project:
    """The project of a configuration file, or of a folder.

    Args:
        config_file: The file, where the user names one.
        folder: Where to look for `mkdocs.yml` otherwise.

    Raises:
        DocsToolsError: There is no such file, or it is no YAML mapping.
    """
    if config_file is None:
        found = config_in(folder)
        if found is None:
            hint = "go to the project's folder, or name the file: -f PATH/mkdocs.yml"
            raise DocsToolsError(f"there is no mkdocs.yml in {folder}", hint=hint)
        config_file = found
    elif not config_file.is_file():
        raise DocsToolsError(f"there is no {config_file}", hint="name the project's mkdocs.yml")
    config_file = config_file.parent.resolve() / config_file.name
    raw = _read(config_file)
    docs_dir = config_file.parent / str(raw.get("docs_dir") or "docs")
    plugins = parse(raw.get("plugins"), config_file)
    theme = raw.get("theme")
    custom_dir = theme.get("custom_dir") if isinstance(theme, dict) else None
    return Project(
        config_file,
        plugins,
        docs_dir,
        _parents(config_file),
        config_file.parent / str(custom_dir) if custom_dir else None,
        config_file.parent / str(raw.get("site_dir") or "site"),
    )


def _read(config_file: Path) -> dict[str, Any]:
    """The configuration with what it inherits, as MkDocs reads it."""
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import MkDocsException
    from mkdocs.utils.yaml import yaml_load

    from docs_tools.build.composed import loader_of

    config = MkDocsConfig(config_file_path=str(config_file))
    try:
        with config_file.open("rb") as file:
            raw = yaml_load(file, loader_of(config))
    except RecursionError as error:
        raise DocsToolsError(f"{config_file} inherits from itself") from error
    except (MkDocsException, OSError, ImportError, ValueError) as error:
        hint = str(error).removeprefix(
            "MkDocs encountered an error parsing the configuration file: "
        )
        raise DocsToolsError(f"{config_file} can't be read", hint=hint) from error
    if not isinstance(raw, dict):
        raise DocsToolsError(f"{config_file} is not a mapping", hint="begin with `site_name: …`")
    return raw


def _parents(config_file: Path) -> tuple[Path, ...]:
    """The chain of `INHERIT`, which `_read` has followed already: it ends."""
    import yaml
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.yaml import get_yaml_loader

    content = config_file.read_bytes()
    # YAML can also write a word with a backslash, or in UTF-16
    if not any(sign in content for sign in (b"INHERIT", b"\\", b"\0")):
        return ()  # to read a long file once more takes a while
    loader = get_yaml_loader(config=MkDocsConfig(config_file_path=str(config_file)))
    raw = yaml.load(content, loader) or {}  # noqa: S506 - MkDocs' own loader
    parent = raw.get("INHERIT")
    if not parent:
        return ()
    path = Path(os.path.abspath(config_file.parent / str(parent)))  # noqa: PTH100 - keeps links
    return (path, *_parents(path))
