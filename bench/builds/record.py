"""What was measured, kept in a file between runs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Record", "Results"]


@dataclass
class Record:
    """One contestant in one measurement on one site.

    Attributes:
        site: The site's name.
        what: The measurement.
        who: The contestant.
        seconds: What each run took, in the order of the runs: those of one number belong together.
        memory: Most kilobytes that one process had, in each run.
        cpu: Seconds that processors worked, in each run.
        tree: Most kilobytes that all processes had together, where it was measured.
        same: Whether all that it made equals what plain MkDocs made of the same text; nothing
            where the two can't be equal.
        counts: What was counted, by name.
    """

    site: str
    what: str
    who: str
    seconds: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    tree: int | None = None
    same: bool | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Results:
    """All that was measured, of several runs.

    Attributes:
        machine: What each site was measured on, and when, by the site's name.
        records: What was measured.
    """

    machine: dict[str, dict[str, str]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "Results":
        """Reads what earlier runs left; nothing where there were none."""
        if not path.is_file():
            return cls()
        data: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        return cls(dict(data["machine"]), [Record(**row) for row in data["records"]])

    def save(self, path: Path) -> None:
        """Writes it for the next run."""
        order = sorted(self.records, key=lambda r: (r.site, r.what, r.who))
        rows = ",\n".join("  " + json.dumps(_short(asdict(record))) for record in order)
        machine = json.dumps(dict(sorted(self.machine.items())), indent=1)
        path.write_text(f'{{"machine": {machine},\n"records": [\n{rows}\n]}}\n', "utf-8")

    def take(self, records: Iterable[Record], machine: Mapping[str, str]) -> None:
        """Puts records in the place of earlier ones.

        What was measured on the same site with another machine or other versions goes: it doesn't
        stand beside these.
        """
        for record in records:
            before = {**self.machine.get(record.site, {}), "date": ""}
            if before != {**machine, "date": ""}:
                self.records = [r for r in self.records if r.site != record.site]
            self.machine[record.site] = dict(machine)
            key = (record.site, record.what, record.who)
            self.records = [r for r in self.records if (r.site, r.what, r.who) != key]
            self.records.append(record)

    def find(self, site: str, what: str, who: str) -> Record | None:
        """One contestant in one measurement."""
        found = (r for r in self.records if (r.site, r.what, r.who) == (site, what, who))
        return next(found, None)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("seconds", "cpu"):
        row[name] = [round(value, 3) for value in row[name]]
    return {key: value for key, value in row.items() if value not in (None, [], {})}
