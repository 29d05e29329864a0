"""Numbers that a source has otherwise than the data file has them for the same release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docs_tools.layers.fetch.coverage import Coverage
from docs_tools.layers.fetch.request import Request
from docs_tools.layers.where import tell_slots
from docs_tools.model.layers import Layer, Slot

__all__ = ["Change", "find_changes"]


@dataclass(frozen=True)
class Change:
    """Layer versions of one release that get another number.

    Attributes:
        version: The release.
        layer: Their layer.
        old: The number that the data file has.
        new: The number that the source has.
        slots: Which layer versions.
    """

    version: str
    layer: Layer
    old: int
    new: int
    slots: tuple[Slot, ...]

    def __str__(self) -> str:
        where = tell_slots(self.layer, self.slots)
        return f"{self.layer.id} {self.version}: {self.old} -> {self.new} {where}"


def find_changes(request: Request, covered: Iterable[Coverage]) -> Iterator[Change]:
    """Finds the numbers that change; a region that the release newly comes to is no change."""
    for coverage in covered:
        old = request.find_old(coverage.layer)
        changed: dict[tuple[int, int], list[Slot]] = {}
        for slot, new in coverage.numbers.items() if old else ():
            before = old.number_at(slot) if old else None
            if before is not None and before != new:
                changed.setdefault((before, new), []).append(slot)
        for (before, new), slots in changed.items():
            yield Change(request.version, coverage.layer, before, new, tuple(slots))
