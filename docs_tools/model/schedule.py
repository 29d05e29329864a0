"""When each step of a process starts and ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError as GraphCycleError
from graphlib import TopologicalSorter

__all__ = ["CycleError", "Schedule", "Slot", "Step", "compute_schedule"]


@dataclass(frozen=True)
class Step:
    """Something that takes time: its length in seconds, what it waits for, its earliest start."""

    duration: int
    after: tuple[str, ...] = ()
    earliest: int = 0


@dataclass(frozen=True)
class Slot:
    """Start and end, in seconds from the start of the process."""

    start: int
    end: int


@dataclass(frozen=True)
class Schedule:
    """The slot of each step by its id.

    Attributes:
        slots: When each step starts and ends.
        critical: The steps that the whole waits for: if one takes longer, so does the process.
        order: The ids such that each stands behind all that it waits for.
    """

    slots: Mapping[str, Slot]
    critical: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def __getitem__(self, id: str) -> Slot:
        return self.slots[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.slots)

    @property
    def total(self) -> int:
        """Seconds from the start to the end of the last step."""
        return max((slot.end for slot in self.slots.values()), default=0)


class CycleError(ValueError):
    """Steps wait for each other; `ids` names them in the order of waiting."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(f"these wait for each other: {' -> '.join(ids)}")
        self.ids = ids


def compute_schedule(steps: Mapping[str, Step]) -> Schedule:
    """Starts each step as soon as all that it waits for has ended.

    Args:
        steps: The steps by id, in any order; each `after` names other steps.

    Raises:
        CycleError: There is no order in which the steps can run.
    """
    graph = TopologicalSorter({id: step.after for id, step in steps.items()})
    slots: dict[str, Slot] = {}
    try:
        order = list(graph.static_order())
    except GraphCycleError as error:
        # graphlib lists each step behind one that waits for it, and the first again at the end
        raise CycleError(tuple(reversed(error.args[1]))) from None
    for id in order:
        step = steps[id]
        start = max([step.earliest, *(slots[other].end for other in step.after)])
        slots[id] = Slot(start, start + step.duration)
    found = {id: slots[id] for id in steps}
    return Schedule(found, _critical(steps, slots, order), tuple(order))


def _critical(
    steps: Mapping[str, Step], slots: Mapping[str, Slot], order: list[str]
) -> frozenset[str]:
    """The steps without slack, by the critical path method: the latest end is the earliest."""
    total = max((slot.end for slot in slots.values()), default=0)
    latest = dict.fromkeys(steps, total)
    for id in reversed(order):
        for other in steps[id].after:
            latest[other] = min(latest[other], latest[id] - steps[id].duration)
    return frozenset(id for id in steps if latest[id] == slots[id].end)
