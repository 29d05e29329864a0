"""Regions that gave no answer: an error that lists them all, or a notice where they are excused."""

from collections.abc import Collection
from dataclasses import dataclass, field

from docs_tools.aws.faults import Fault
from docs_tools.errors import Diagnostic

__all__ = ["Regions"]


@dataclass
class Regions:
    """What became of the regions that were asked.

    Attributes:
        action: The call, as IAM names it.
        asked: Every region asked.
        excused: Regions that may stay without an answer.
    """

    action: str
    asked: Collection[str]
    excused: Collection[str]
    _faults: dict[str, Fault] = field(default_factory=dict)

    def add(self, region: str, fault: Fault) -> None:
        """Remembers why a region gave no answer; the first reason stays."""
        self._faults.setdefault(region, fault)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """A problem for each reason, with all its regions."""
        found = []
        for fault, regions in self._by_fault(excused=False).items():
            mend = fault.mend.format(action=self.action)
            if len(regions) == len(set(self.asked)) > 1:  # then it is hardly the regions' fault
                who = "aws sts get-caller-identity tells whose credentials these are"
                hint = f"{mend}; {who}"
            else:
                flags = " ".join(f"--excuse-region {region}" for region in regions)
                hint = f"{mend}, or do without: {flags}"
            found.append(Diagnostic(self._say(fault, regions), hint=hint))
        return tuple(found)

    @property
    def notices(self) -> tuple[str, ...]:
        """A notice for each reason why excused regions gave no answer."""
        faults = self._by_fault(excused=True)
        return tuple(f"excused: {self._say(fault, names)}" for fault, names in faults.items())

    def _by_fault(self, *, excused: bool) -> dict[Fault, list[str]]:
        groups: dict[Fault, list[str]] = {}
        for region, fault in sorted(self._faults.items()):
            if (region in self.excused) == excused:
                groups.setdefault(fault, []).append(region)
        return groups

    def _say(self, fault: Fault, regions: list[str]) -> str:
        return f"{self.action}: {fault.reason} in {', '.join(regions)}"
