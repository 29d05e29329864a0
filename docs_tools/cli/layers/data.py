"""What the verbs of `layers` work on: the project's data file, and its settings."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docs_tools.build import Project
from docs_tools.cli.project import current_project
from docs_tools.errors import DocsToolsError
from docs_tools.layers import choose_layers
from docs_tools.layers.settings import LayerSettings

if TYPE_CHECKING:
    from docs_tools.model.layers import Layers, LayerSet

__all__ = ["LayerData"]


@dataclass(frozen=True)
class LayerData:
    """A project, its layers and where its ARNs stand.

    Attributes:
        project: The project.
        file: The data file.
        name: The data file as the user would name it.
    """

    project: Project
    file: Path
    name: str

    @classmethod
    def here(cls) -> "LayerData":
        """The project that the command runs in, or that `-f` names."""
        return cls.of(current_project())

    @classmethod
    def of(cls, project: Project) -> "LayerData":
        """Those of a project."""
        file = project.data_file("layers")
        return cls(project, file, project.name_of(file))

    @cached_property
    def settings(self) -> LayerSettings:
        """The globs of the layers plugin."""
        docs = os.path.relpath(self.project.docs_dir, self.project.folder)
        return LayerSettings.of(self.project.settings("layers"), Path(docs).as_posix())

    @cached_property
    def layers(self) -> "Layers | None":
        """What the data file says, if there is one."""
        from docs_tools.model.facts import load_fact
        from docs_tools.model.layers import Layers

        return load_fact(Layers, self.file, self.name) if self.file.is_file() else None

    @property
    def required(self) -> "Layers":
        """What the data file says.

        Raises:
            DocsToolsError: There is no such file, or it isn't valid.
        """
        if self.layers is None:
            hint = "describe the layers in it: `docs_tools schema layers` says how"
            raise DocsToolsError(f"there is no {self.name}", hint=hint)
        return self.layers

    def release(self, version: str | None) -> "LayerSet":
        """A release's layers: if none is given those that a build shows, else the newest's.

        Raises:
            DocsToolsError: The data file has no such release.
        """
        if version is None:
            options = self.project.settings("layers")
            version = str(options["version"]) if options.get("version") else None
            if options.get("source"):
                source = self.project.folder / str(options["source"])
                if chosen := choose_layers(self.layers, self.name, version, source):
                    return chosen
        data = self.required
        version = version or data.newest
        if version is None:
            hint = "add one: docs_tools layers fetch --version V --from SOURCE"
            raise DocsToolsError(f"{self.name} has no release", hint=hint)
        chosen = data.select(version, self.name)
        if chosen is None:
            hint = f"it has: {', '.join(data.versions) or 'none'}"
            raise DocsToolsError(f'{self.name} has no numbers for "{version}"', hint=hint)
        return chosen

    def globs(self, globs: Iterable[str]) -> tuple[str, ...]:
        """Globs that start from the current folder, as they start from the project's."""
        here, folder = Path.cwd(), self.project.folder
        return tuple(_from(folder, Path(os.path.normpath(here / glob))) for glob in globs)


def _from(folder: Path, path: Path) -> str:
    """A path or glob from a folder, also where a link leads to the folder."""
    if not path.is_relative_to(folder):
        # the outermost of them: a link below the folder is no way into it
        ways = (way for way in (*reversed(path.parents), path) if way.exists())
        way = next((way for way in ways if way.samefile(folder)), None)
        path = folder / path.relative_to(way) if way else path
    return os.path.relpath(path, folder)
