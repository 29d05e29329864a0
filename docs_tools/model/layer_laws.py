"""What holds between the releases of a layer: its number never goes down.

AWS counts a layer's versions up and never gives a number twice. A patch of an old line may be
deployed behind a newer minor, so that not all releases have an order: 2.20.1 may be older or newer
than 2.21.0. But each comes behind the earlier patches of its own line, and behind every X.Y.0 that
is lower.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from packaging.version import Version

from docs_tools.model.fields import Problem
from docs_tools.model.layer import Layer, Slot
from docs_tools.model.layer_release import LayerRelease, parse_version

__all__ = ["Fall", "find_falls"]


@dataclass(frozen=True)
class Fall:
    """A number that is lower than that of an older release.

    Attributes:
        release: The index of the newer release.
        exception: The index of its exception that has the number, if it is one.
        slot: A layer version that shows it, where not all are alike.
        number: The newer release's number.
        older: The older release.
        before: Its number.
    """

    release: int
    exception: int | None
    slot: Slot | None
    number: int
    older: str
    before: int

    @property
    def problem(self) -> Problem:
        """The fall as a problem of the list of releases."""
        inner = () if self.exception is None else ("exceptions", self.exception)
        where = f" in {self.slot.region}" if self.slot else ""
        message = f"{self.number} is lower than the {self.before} of the older {self.older}{where}"
        gone = f", or say where {self.older} isn't" if self.slot else ""
        hint = f"a layer's number never goes down: correct one of the two{gone}"
        return Problem((self.release, *inner, "number"), message, hint)


@dataclass
class _Seen:
    """The newest number of each layer version, and whose it is."""

    lines: dict[tuple[int, ...], dict[Slot, tuple[int, str]]] = field(default_factory=dict)
    minors: dict[Slot, tuple[int, str]] = field(default_factory=dict)

    def find(self, version: Version, slot: Slot) -> tuple[int, str] | None:
        """The highest number that is certainly older."""
        line = self.lines.get(_line(version), {}).get(slot)
        # 3.0.0a1 may be older than 2.20.0
        minor = None if version.is_prerelease else self.minors.get(slot)
        return max((found for found in (line, minor) if found), default=None)

    def add(self, version: Version, slot: Slot, number: int, name: str) -> None:
        self.lines.setdefault(_line(version), {})[slot] = (number, name)
        if version.micro == 0 and not version.is_prerelease:
            self.minors[slot] = (number, name)


def find_falls(layer: Layer, releases: Sequence[tuple[int, LayerRelease]]) -> Iterator[Fall]:
    """Finds where a layer's number goes down from an older to a newer release.

    Args:
        layer: The layer.
        releases: Its releases with their index. Those whose version is no number have no order.
    """
    parsed = [(parse_version(release.version), i, release) for i, release in releases]
    ordered = [(version, i, release) for version, i, release in parsed if version is not None]
    ordered.sort(key=lambda release: release[0])
    slots = _tell_apart(layer, [release for _, release in releases])
    seen = _Seen()
    for version, same in groupby(ordered, key=lambda release: release[0]):
        found = [_Numbers(i, release, slots) for _, i, release in same]
        for numbers in found:
            yield from numbers.compare(version, seen)
        for numbers in found:
            for slot, (number, _) in numbers.by_slot.items():
                seen.add(version, slot, number, numbers.release.version)


class _Numbers:
    """The numbers of one release."""

    def __init__(self, index: int, release: LayerRelease, slots: Sequence[Slot]) -> None:
        self.index = index
        self.release = release
        self.by_slot: dict[Slot, tuple[int, int | None]] = {}
        for slot in slots:
            if (number := release.number_at(slot)) is not None:
                self.by_slot[slot] = (number, release.exception_at(slot))

    def compare(self, version: Version, seen: _Seen) -> Iterator[Fall]:
        told = set()
        for slot, (number, exception) in self.by_slot.items():
            before = seen.find(version, slot)
            if before and number < before[0] and exception not in told:
                told.add(exception)
                shown = slot if len(self.by_slot) > 1 else None
                yield Fall(self.index, exception, shown, number, before[1], before[0])


def _tell_apart(layer: Layer, releases: Sequence[LayerRelease]) -> list[Slot]:
    """One layer version for all those that no exception tells apart: few, most often one."""
    kinds = {(e.architectures, e.runtimes, e.regions): e for r in releases for e in r.exceptions}
    if not kinds:
        return [slot for slot in (next(layer.slots(), None),) if slot]
    found: dict[tuple[bool, ...], Slot] = {}
    for slot in layer.slots():
        matched = tuple(e.matches(slot.region, slot[0], slot[1]) for e in kinds.values())
        found.setdefault(matched, slot)
    return list(found.values())


def _line(version: Version) -> tuple[int, ...]:
    """2.20.1 and 2.20.0 are of one line."""
    return version.epoch, version.major, version.minor
