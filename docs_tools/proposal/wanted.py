"""What a pull request shall bring."""

from dataclasses import dataclass
from pathlib import Path

from docs_tools.layers.numbers import Numbers
from docs_tools.model.layers import LayerRelease, Layers, LayerSet

__all__ = ["LayerNumbers"]


@dataclass(frozen=True)
class LayerNumbers:
    """What a pull request shall bring.

    Attributes:
        version: The release that it is about, or the source that stands for one.
        folder: The project's folder, where globs start from.
        globs: The files.
        keep: Those of them that keep their numbers.
        layers: What the data file here says, or shall say.
        data_file: The data file here.
        source: The numbers of the files where they aren't those of the data file; it stays as it
            is then.
        newest: Whether files get the numbers of the newest release, and not those of `version`.
        origin: Where numbers come from that the data file here may not have, in a few words.
        placeholder_region: The region whose numbers placeholders for regions get.
        strict: Whether a glob that stands for nothing is an error, as one that a person typed is.
        allow_lower: Whether a number may become smaller.
    """

    version: str
    folder: Path
    globs: tuple[str, ...]
    keep: tuple[str, ...] = ()
    layers: Layers | None = None
    data_file: Path | None = None
    source: LayerSet | None = None
    newest: bool = False
    origin: str | None = None
    placeholder_region: str | None = None
    strict: bool = False
    allow_lower: bool = False

    @property
    def releases(self) -> tuple[LayerRelease, ...]:
        """What the data file shall say of the release."""
        if self.layers is None or self.source is not None:
            return ()
        return tuple(r for r in self.layers.releases if r.version == self.version)

    def chosen(self, data: Layers | None) -> LayerSet | None:
        """The release whose numbers files get, or `None` where there is none.

        Args:
            data: What the data file says.
        """
        if self.source is not None or data is None:
            return self.source
        version = data.newest if self.newest else self.version
        return data.select(version, self.version) if version else None

    def numbers(self, data: Layers | None) -> Numbers:
        """The numbers that files get.

        Args:
            data: What the data file says.

        Raises:
            DocsToolsError: The release isn't in the region for placeholders.
        """
        return Numbers.of(self.chosen(data), data, self.placeholder_region)
