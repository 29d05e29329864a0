"""Numbers of single layer versions -> how a release says them: one number and few exceptions."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations, product

from docs_tools.model.layer import Exclusion, Layer, Slot
from docs_tools.model.layer_release import LayerException, LayerRelease

__all__ = ["change_numbers", "describe_numbers", "group_slots"]

_Names = frozenset[str] | None  # of architectures, runtimes or regions; None for all


@dataclass(frozen=True)
class _Box:
    """Layer versions of one value that a few names tell."""

    sides: tuple[_Names, ...]
    value: Hashable
    held: frozenset[Slot]

    @property
    def gain(self) -> float:
        """How many layer versions are told with each name."""
        return len(self.held) / (1 + sum(len(names) for names in self.sides if names))

    def spell(self, layer: Layer) -> dict[str, tuple[str, ...]]:
        """The names in the words of an exception, in the layer's order."""
        kinds = zip(
            ("architectures", "runtimes", "regions"), _sides(layer), self.sides, strict=True
        )
        return {
            kind: tuple(name for name in known if name in names)
            for kind, known, names in kinds
            if names is not None
        }


def describe_numbers(
    layer: Layer, version: str, numbers: Mapping[Slot, int | None]
) -> LayerRelease:
    """Says the numbers of a release by the most frequent one and exceptions, as few as may be.

    Args:
        layer: The layer.
        version: The release.
        numbers: The number of each layer version that the layer has. What is left out or `None` is
            where the release isn't.

    Returns:
        A release that expands to these numbers.

    Raises:
        ValueError: There is no number at all, or one of what the layer doesn't have.
    """
    slots, number = _read(layer, numbers)
    return LayerRelease(
        version=version, layer=layer.id, number=number, exceptions=_except(layer, slots, number)
    )


def change_numbers(
    layer: Layer, release: LayerRelease, numbers: Mapping[Slot, int | None]
) -> LayerRelease:
    """Says other numbers of a release in the words that it has, as far as they do.

    Args:
        layer: The layer.
        release: The release as it is. What it says of the numbers already stays as it says it.
        numbers: The number of each layer version, as for `describe_numbers`.

    Returns:
        A release that expands to these numbers. Exceptions that each still stand for one number
        are those of before, in their order.

    Raises:
        ValueError: There is no number at all, or one of what the layer doesn't have.
    """
    slots, number = _read(layer, numbers, release.number)
    if all(release.number_at(slot) == value for slot, value in slots.items()):
        return release
    kept, rest = _keep(release.exceptions, slots)
    while idle := [exception for exception in kept if exception.number == number]:
        # what one without them matches may be more
        kept, rest = _keep([exception for exception in kept if exception not in idle], slots)
    exceptions = (*kept, *_except(layer, rest, number))
    return release.model_copy(update={"number": number, "exceptions": exceptions})


def _read(
    layer: Layer, numbers: Mapping[Slot, int | None], prefer: int | None = None
) -> tuple[dict[Slot, int | None], int]:
    """The number of each of a layer's layer versions, and the most frequent one.

    Of several it is the preferred one, or else the highest.
    """
    slots = {slot: numbers.get(slot) for slot in layer.slots()}
    counts = Counter(number for number in slots.values() if number is not None)
    if not counts or not slots.keys() >= numbers.keys():
        raise ValueError(f"no number of {layer.id}, or one of what it does not have")
    return slots, max(counts, key=lambda n: (counts[n], n == prefer, n))


def _keep(
    exceptions: Iterable[LayerException], slots: Mapping[Slot, int | None]
) -> tuple[list[LayerException], dict[Slot, int | None]]:
    """The exceptions that stand for one number each, with that; and what they leave over."""
    kept, rest = [], dict(slots)
    for exception in exceptions:
        matched = [s for s in rest if exception.matches(s.region, s.architecture, s.runtime)]
        values = {rest[slot] for slot in matched}
        if len(values) == 1:
            kept.append(exception.model_copy(update={"number": values.pop()}))
            rest = {slot: value for slot, value in rest.items() if slot not in matched}
    return kept, rest


def _except(
    layer: Layer, slots: Mapping[Slot, int | None], number: int
) -> tuple[LayerException, ...]:
    """What says of layer versions that they have another number."""
    boxes = _cover(layer, slots, number)
    words = ({**box.spell(layer), "number": box.value} for box in boxes)
    return tuple(map(LayerException.model_validate, words))


def group_slots(layer: Layer, slots: Collection[Slot]) -> tuple[Exclusion, ...]:
    """Says which layer versions by few architectures, runtimes and regions.

    Args:
        layer: The layer.
        slots: Some of its layer versions, or all.

    Returns:
        What matches these, and of the layer's no other.
    """
    chosen = {slot: slot in slots for slot in layer.slots()}
    return tuple(Exclusion(**box.spell(layer)) for box in _cover(layer, chosen, False))


def _cover(layer: Layer, values: Mapping[Slot, Hashable], usual: Hashable) -> Iterator[_Box]:
    """Boxes that together hold what has another value than usual, each of one value only.

    Of all boxes the one that tells most with the fewest names comes first. What it holds is free
    for those behind it, since the first exception that matches counts.
    """
    rest = dict(values)
    while any(value != usual for value in rest.values()):
        boxes = _join(list(_find_boxes(layer, rest, usual)))
        best = max(box.gain for box in boxes)
        for box in boxes:
            if box.gain == best and box.held <= rest.keys():  # none of it told in this round
                yield box
                for slot in box.held:
                    del rest[slot]


def _find_boxes(layer: Layer, rest: Mapping[Slot, Hashable], usual: Hashable) -> Iterator[_Box]:
    """All boxes of one value that have all names of each kind, or a single one."""
    known = _sides(layer)
    choices: list[list[_Names]] = [[None, *(frozenset([n]) for n in names)] for names in known]
    for sides in product(*choices):
        architectures, runtimes, regions = (
            side or names for side, names in zip(sides, known, strict=True)
        )
        kinds = product(architectures, runtimes or (None,), regions)
        held = [slot for slot in map(Slot._make, kinds) if slot in rest]
        values = {rest[slot] for slot in held}
        if len(values) == 1 and usual not in values:
            yield _Box(sides, values.pop(), frozenset(held))


def _join(boxes: list[_Box]) -> list[_Box]:
    """The boxes, and those made of them by joining what differs in the names of one kind only."""
    joined = {box.sides: box for box in boxes}
    for order in permutations(range(3)):
        found: Iterable[_Box] = boxes
        for axis in order:
            found = _join_axis(found, axis)
            joined |= {box.sides: box for box in found}
    return list(joined.values())


def _join_axis(boxes: Iterable[_Box], axis: int) -> list[_Box]:
    groups: dict[Hashable, list[_Box]] = {}
    for box in boxes:
        others = (*box.sides[:axis], *box.sides[axis + 1 :])
        groups.setdefault((others, box.value, box.sides[axis] is None), []).append(box)
    return [_join_group(group, axis) for group in groups.values()]


def _join_group(group: list[_Box], axis: int) -> _Box:
    names = [side for box in group if (side := box.sides[axis])]
    side = frozenset(chain.from_iterable(names)) if names else None
    sides = (*group[0].sides[:axis], side, *group[0].sides[axis + 1 :])
    return _Box(sides, group[0].value, frozenset(chain.from_iterable(box.held for box in group)))


def _sides(layer: Layer) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    return tuple(layer.architectures), tuple(layer.runtimes), layer.regions
