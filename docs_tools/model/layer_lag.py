"""Where a release's layers aren't yet, while others are: GovCloud is deployed by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from docs_tools.model.arn import partition_of
from docs_tools.model.layer import Layer, Slot
from docs_tools.model.layer_release import LayerRelease
from docs_tools.model.version import release_key

__all__ = ["Lag", "find_lags"]


@dataclass(frozen=True)
class Lag:
    """Layer versions of one partition that a release isn't in, and what they have instead.

    Attributes:
        layer: The layer's id.
        partition: Such as `aws-us-gov`.
        version: The release that isn't there.
        slots: What the release has no number for.
        instead: The newest older release that is there, or `None` where none is.
        numbers: The numbers that it has there.
    """

    layer: str
    partition: str
    version: str
    slots: tuple[Slot, ...]
    instead: str | None = None
    numbers: tuple[int, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that it is about, in the layer's order."""
        return tuple(dict.fromkeys(slot.region for slot in self.slots))


def find_lags(
    layers: Sequence[Layer], releases: Sequence[LayerRelease], version: str
) -> tuple[Lag, ...]:
    """Finds where a release isn't, though its layer or one of the same name is elsewhere.

    Args:
        layers: The layers; those of one name are one layer deployed in several ways.
        releases: The releases of all of them.
        version: The release.
    """
    chosen = {release.layer: release for release in releases if release.version == version}
    deployed = {layer.name for layer in layers if layer.id in chosen}
    lags: list[Lag] = []
    for layer in layers:
        if layer.name in deployed:
            older = _older(releases, layer, version)
            lags += _find_in_layer(layer, chosen.get(layer.id), older, version)
    return tuple(lags)


def _find_in_layer(
    layer: Layer, release: LayerRelease | None, older: Sequence[LayerRelease], version: str
) -> list[Lag]:
    if release and not release.exceptions:
        return []
    groups: dict[tuple[str, str | None], dict[Slot, int | None]] = {}
    for slot in layer.slots():
        if release is None or release.number_at(slot) is None:
            instead = next((r for r in older if r.number_at(slot) is not None), None)
            older_version = instead.version if instead else None
            group = groups.setdefault((partition_of(slot.region), older_version), {})
            group[slot] = instead.number_at(slot) if instead else None
    return [
        Lag(layer.id, partition, version, tuple(group), instead, tuple(sorted(numbers)))
        for (partition, instead), group in groups.items()
        for numbers in [{number for number in group.values() if number is not None}]
    ]


def _older(releases: Sequence[LayerRelease], layer: Layer, version: str) -> list[LayerRelease]:
    """The older releases of a layer, the newest first; those without an order are left out."""
    limit = release_key(version)
    keyed = [(release_key(r.version), r) for r in releases if r.layer == layer.id]
    older = [(key, r) for key, r in keyed if key and limit and key < limit]
    return [release for _, release in sorted(older, key=lambda pair: pair[0], reverse=True)]
