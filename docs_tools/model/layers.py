"""Which Lambda layers there are, and their number for each release (`layers.yml`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs_tools.model.arn import LayerArn
from docs_tools.model.fields import Fact, Problem
from docs_tools.model.layer import Exclusion, Layer, LayerVersion, Slot
from docs_tools.model.layer_lag import Lag, find_lags
from docs_tools.model.layer_laws import find_falls
from docs_tools.model.layer_release import LayerException, LayerRelease
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.model.version import newest_release

__all__ = [
    "Exclusion",
    "Lag",
    "Layer",
    "LayerException",
    "LayerRelease",
    "LayerSet",
    "LayerVersion",
    "Layers",
    "Slot",
]


@dataclass(frozen=True)
class LayerSet:
    """The layer versions of one release.

    Attributes:
        version: The release.
        layers: Its layer versions, in the order to show them.
        source: Where the numbers come from, as the user would name it.
        kept: Those that the source doesn't name: their numbers are the data file's.
    """

    version: str
    layers: tuple[LayerVersion, ...]
    source: str
    kept: tuple[LayerVersion, ...] = ()


class Layers(Fact):
    """`layers.yml`: layers, and their number for each release."""

    layers: tuple[Layer, ...]
    """The layers."""

    releases: tuple[LayerRelease, ...] = ()
    """The releases; one line for each layer of a release."""

    def check(self) -> Iterator[Problem]:
        """Layers are whole, ids unique, and releases right by themselves and by each other."""
        layers: dict[str, Layer] = {}
        for i, layer in enumerate(self.layers):
            if layer.id in layers:
                yield Problem(("layers", i, "id"), f'the id "{layer.id}" is taken')
            layers.setdefault(layer.id, layer)
            yield from (problem.below("layers", i) for problem in layer.check())
        yield from self._check_releases(layers)
        for layer in layers.values():
            own = [(i, r) for i, r in enumerate(self.releases) if r.layer == layer.id]
            yield from (fall.problem.below("releases") for fall in find_falls(layer, own))

    def _check_releases(self, layers: dict[str, Layer]) -> Iterator[Problem]:
        seen: set[tuple[str, str]] = set()
        slots = {id: tuple(layer.slots()) for id, layer in layers.items()}
        for i, release in enumerate(self.releases):
            if release.layer in layers:
                problems = release.check_exceptions(layers[release.layer], slots[release.layer])
                yield from (problem.below("releases", i) for problem in problems)
            else:
                near = find_nearest(release.layer, layers)
                hint = f"did you mean {near}?" if near else f"there is: {list_some(sorted(layers))}"
                message = f'no layer has the id "{release.layer}"'
                yield Problem(("releases", i, "layer"), message, hint)
            if (release.version, release.layer) in seen:
                message = f'"{release.version}" has a number for this layer already'
                yield Problem(("releases", i, "version"), message)
            seen.add((release.version, release.layer))

    @property
    def versions(self) -> tuple[str, ...]:
        """The releases that have numbers, in the file's order."""
        return tuple(dict.fromkeys(release.version for release in self.releases))

    @property
    def newest(self) -> str | None:
        """The newest release that has numbers."""
        return newest_release(self.versions) or next(iter(self.versions), None)

    def expand(self, release: LayerRelease) -> Iterator[LayerVersion]:
        """The exact layer versions of a release of a layer, exceptions included."""
        for layer in self.layers:
            if layer.id == release.layer:
                yield from release.expand(layer)

    def select(self, version: str, source: str) -> LayerSet | None:
        """The layer versions of a release, or `None` where the file has none for it."""
        chosen = [release for release in self.releases if release.version == version]
        if not chosen:
            return None
        return LayerSet(version, tuple(v for r in chosen for v in self.expand(r)), source)

    def lags(self, version: str) -> tuple[Lag, ...]:
        """Where a release isn't, though its layer or one of the same name is elsewhere."""
        return find_lags(self.layers, self.releases, version)

    def find(self, arn: LayerArn) -> tuple[Layer, Slot] | None:
        """The layer that an ARN is of and what it is for, or `None` for a stranger's."""
        for layer in self.layers:
            if slot := layer.find(arn):
                return layer, slot
        return None

    def describe(self, arn: LayerArn) -> LayerVersion:
        """What a layer version is for, told from its name."""
        found = self.find(arn)
        return (
            LayerVersion(arn, found[1].architecture, found[1].runtime)
            if found
            else LayerVersion(arn)
        )
