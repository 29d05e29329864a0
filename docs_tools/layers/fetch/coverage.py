"""Whether the ARNs of a source are all those of a layer, or which are missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from docs_tools.model.arn import LayerArn, partition_of
from docs_tools.model.layers import Layer, Layers, Slot

__all__ = ["Coverage", "SortedArns", "cover_layer", "sort_arns"]


@dataclass(frozen=True)
class Coverage:
    """What a source has of a layer. A partition that it has nothing of isn't covered.

    Attributes:
        layer: The layer.
        numbers: The numbers that the source has.
        expected: How many it should have in the partitions that it covers.
        missing: What it lacks there.
        excused: What it lacks there in regions that may be missing.
    """

    layer: Layer
    numbers: Mapping[Slot, int]
    expected: int
    missing: tuple[Slot, ...]
    excused: tuple[Slot, ...]


@dataclass(frozen=True)
class SortedArns:
    """The ARNs of a source, by whose they are.

    Attributes:
        numbers: The numbers of each layer, by its id.
        misplaced: ARNs with the name and account of a layer where the data says it isn't.
        strangers: ARNs of no layer in the data.
        doubles: The ARNs of a layer that has a second number.
    """

    numbers: dict[str, dict[Slot, int]]
    misplaced: tuple[tuple[Layer, LayerArn], ...]
    strangers: tuple[LayerArn, ...]
    doubles: tuple[tuple[LayerArn, LayerArn], ...]


def sort_arns(data: Layers, arns: Iterable[LayerArn]) -> SortedArns:
    """Finds out which layer each ARN is of."""
    numbers: dict[str, dict[Slot, int]] = {layer.id: {} for layer in data.layers}
    misplaced: list[tuple[Layer, LayerArn]] = []
    strangers: list[LayerArn] = []
    doubles: list[tuple[LayerArn, LayerArn]] = []
    seen: dict[tuple[str, str, str, str], LayerArn] = {}
    for arn in arns:
        first = seen.setdefault(arn.layer, arn)
        if first != arn:
            doubles.append((first, arn))
        elif found := data.find(arn):
            numbers[found[0].id][found[1]] = arn.number
        elif layer := _find_namesake(data, arn):
            misplaced.append((layer, arn))
        else:
            strangers.append(arn)
    return SortedArns(numbers, tuple(misplaced), tuple(strangers), tuple(doubles))


def _find_namesake(data: Layers, arn: LayerArn) -> Layer | None:
    """The layer that must be meant by a name and an account; one that is in the region first."""
    named = [
        layer
        for layer in data.layers
        if arn.account in (layer.account, *layer.accounts.values())
        and layer.find_name(arn.name, arn.region)
    ]
    return max(named, key=lambda layer: arn.region in layer.regions, default=None)


def cover_layer(
    layer: Layer,
    numbers: Mapping[Slot, int],
    regions: Collection[str] = (),
    excused: Collection[str] = (),
) -> Coverage:
    """Compares what a source has of a layer with what there is to be had.

    Args:
        layer: The layer.
        numbers: The numbers that the source has.
        regions: The regions to look at; all if none is given.
        excused: Regions that may be missing.
    """
    covered = {partition_of(slot.region) for slot in numbers}
    expected = [
        slot
        for slot in layer.slots()
        if partition_of(slot.region) in covered and (not regions or slot.region in regions)
    ]
    absent = [slot for slot in expected if slot not in numbers]
    return Coverage(
        layer,
        numbers,
        len(expected),
        tuple(slot for slot in absent if slot.region not in excused),
        tuple(slot for slot in absent if slot.region in excused),
    )
