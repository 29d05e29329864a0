"""What is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs_tools.errors import Diagnostic, DocsToolsError, MalformedNameError
from docs_tools.model.layers import Layer, LayerRelease, Layers
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.model.version import check_name

__all__ = ["Request"]


@dataclass(frozen=True)
class Request:
    """What is fetched, with the names that messages use.

    Attributes:
        data: What the data file says.
        file: The data file.
        version: The release.
        source: Where its ARNs come from.
        excused: Regions that may be missing.
        regions: The regions to look at; all if there is none.
        layers: The ids of the layers that must be there; whichever are, if there is none.
        allow_lower: Whether the release's number may be lower than the data has it.
    """

    data: Layers
    file: str
    version: str
    source: str
    excused: frozenset[str]
    regions: frozenset[str]
    layers: frozenset[str]
    allow_lower: bool

    @property
    def asked(self) -> list[Layer]:
        """The layers to look for."""
        return [layer for layer in self.data.layers if not self.layers or layer.id in self.layers]

    def find_old(self, layer: Layer) -> LayerRelease | None:
        """What the data has of the release already."""
        wanted = (self.version, layer.id)
        return next((r for r in self.data.releases if (r.version, r.layer) == wanted), None)

    def check_names(self) -> None:
        """Layers and regions are those of the data.

        Raises:
            DocsToolsError: One isn't, or the version can't be one.
        """
        if fault := check_name(self.version, "version"):
            raise MalformedNameError(fault)
        if problems := [*self._find_unknown()]:
            raise DocsToolsError(f"{self.version} can't be fetched", diagnostics=problems)

    def _find_unknown(self) -> Iterator[Diagnostic]:
        ids = [layer.id for layer in self.data.layers]
        for name in sorted(self.layers.difference(ids)):
            near = find_nearest(name, ids)
            hint = f"did you mean {near}?" if near else f"there is: {list_some(ids)}"
            yield Diagnostic(f'no layer has the id "{name}"', self.file, hint=hint)
        regions = dict.fromkeys(region for layer in self.data.layers for region in layer.regions)
        for name in sorted((self.regions | self.excused).difference(regions)):
            near = find_nearest(name, regions)
            hint = f"did you mean {near}?" if near else f"there is: {list_some(regions)}"
            yield Diagnostic(f'no layer is in a region "{name}"', self.file, hint=hint)
