"""The number that a release's layer got, and where it is another one."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Annotated

from packaging.version import InvalidVersion
from packaging.version import Version as ParsedVersion
from pydantic import AfterValidator, Field

from docs_tools.model.fields import Fact, Problem
from docs_tools.model.form import Form
from docs_tools.model.layer import Exclusion, Layer, LayerVersion, Slot
from docs_tools.model.version import NAME, check_name

__all__ = ["LayerException", "LayerRelease", "parse_version"]


def _check_version(name: str) -> str:
    if fault := check_name(name, "version"):  # such as a name with a meaning of its own
        raise ValueError(fault)
    return name


Version = Annotated[
    str,
    Form(NAME, "a version", "a release, in quotes", lambda name: check_name(name, "version")),
    AfterValidator(_check_version),
]
Number = Annotated[int, Field(strict=True, ge=1, le=999_999_999)]


def parse_version(name: str) -> ParsedVersion | None:
    """The place of a release or pre-release among others, or `None` for a name like `dev`."""
    try:
        return ParsedVersion(name)
    except InvalidVersion:
        return None


class LayerException(Exclusion):
    """Where a release has another number, or none: what matches all that is given here."""

    number: Number | None = None
    """The number there; if none is given, the release isn't there."""


class LayerRelease(Fact):
    """The number that a release's layer got."""

    version: Version
    """The release, quoted."""

    layer: str
    """The id of the layer."""

    number: Number
    """The layer's version number."""

    exceptions: tuple[LayerException, ...] = ()
    """Where it is another one; the first that matches counts."""

    def exception_at(self, slot: Slot) -> int | None:
        """The index of the exception that counts for a layer version, if there is one."""
        for i, exception in enumerate(self.exceptions):
            if exception.matches(slot.region, slot.architecture, slot.runtime):
                return i
        return None

    def number_at(self, slot: Slot) -> int | None:
        """The number of a layer version, or `None` where the release isn't there."""
        found = self.exception_at(slot)
        return self.number if found is None else self.exceptions[found].number

    def expand(self, layer: Layer) -> Iterator[LayerVersion]:
        """The layer versions of this release, each with its own number."""
        for version in layer.expand(self.number):
            number = self.number_at(version.slot) if self.exceptions else self.number
            if number == self.number:
                yield version
            elif number is not None:
                yield replace(version, arn=replace(version.arn, number=number))

    def check_exceptions(self, layer: Layer, slots: Collection[Slot]) -> Iterator[Problem]:
        """Each exception names what the layer has, and counts somewhere.

        Args:
            layer: The layer.
            slots: What the layer has layer versions for.
        """
        rest = set(slots) if self.exceptions else set()
        for i, exception in enumerate(self.exceptions):
            unknown = [problem.below("exceptions", i) for problem in exception.check_names(layer)]
            matched = {s for s in rest if exception.matches(s.region, s.architecture, s.runtime)}
            rest -= matched
            if unknown:
                yield from unknown
            elif not matched:
                yield self._explain_idle(i, slots)

    def _explain_idle(self, index: int, slots: Collection[Slot]) -> Problem:
        """Why an exception counts nowhere."""
        idle = self.exceptions[index]
        matched = [s for s in slots if idle.matches(s.region, s.architecture, s.runtime)]
        if not matched:
            message = f'matches nothing: layer "{self.layer}" has no layer version there'
            return Problem(("exceptions", index), message, "take it out; `exclude` leaves it out")
        first = sorted({i for slot in matched if (i := self.exception_at(slot)) is not None})
        before = " and ".join(f"exceptions[{i}]" for i in first)
        message = f"counts nowhere: all that it matches is taken by {before}"
        hint = "the first that matches counts: put the narrower one first, or take this one out"
        return Problem(("exceptions", index), message, hint)
