"""The measurements: builds of all kinds, in turns, and what they made compared."""

from collections.abc import Sequence
from pathlib import Path

from bench.builds.compare import differing_files
from bench.builds.contestants import (
    MIKE,
    OURS,
    OURS_IN_MKDOCS,
    PLAIN,
    VERSION,
    ZENSICAL,
    Contestant,
)
from bench.builds.process import Measured, run
from bench.builds.record import Record
from bench.builds.subject import Copies

__all__ = ["BUILDS", "Bench", "note"]

BUILDS: dict[str, tuple[Contestant, ...]] = {
    "cold": (PLAIN, OURS, OURS_IN_MKDOCS, MIKE, ZENSICAL),
    "warm": (PLAIN, OURS, OURS_IN_MKDOCS, ZENSICAL),
    "edit": (PLAIN, OURS, OURS_IN_MKDOCS, MIKE, ZENSICAL),
    "module": (PLAIN, OURS, OURS_IN_MKDOCS, ZENSICAL),
}
"""Who takes part in which measurement; the first is what the others are compared with."""


class Bench:
    """One site on which things are measured.

    Args:
        copies: The site, once for each contestant.
        runs: How often each is measured.
    """

    def __init__(self, copies: Copies, runs: int) -> None:
        self.copies, self.runs = copies, runs
        self.log = copies.folder / "log.txt"
        self._warm: set[Contestant] = set()

    def build(self, contestant: Contestant, *, tree: bool = False) -> Measured:
        """Runs a contestant once."""
        folder = self.copies.of(contestant.copy)
        version = self.copies.subject.version
        command = [version if part == VERSION else part for part in contestant.command]
        return run(command, folder, self.copies.environment, self.log, tree=tree)

    def site(self, contestant: Contestant) -> Path:
        """What a contestant wrote."""
        return self.copies.of(contestant.copy) / str(contestant.site)

    def builds(self, what: str) -> list[Record]:
        """Measures builds in turns: A B C, A B C and so on.

        Args:
            what: One of `BUILDS`.
        """
        contestants = BUILDS[what]
        records = {c.name: self.record(what, c) for c in contestants}
        self._warm_up(contestants)
        for _ in range(self.runs):
            if what in ("edit", "module"):
                self.copies.edit("page" if what == "edit" else "module")
            for contestant in contestants:
                if what == "cold":
                    contestant.forget(self.copies.of(contestant.copy))
                note(records[contestant.name], self.build(contestant))
            self.compare(records, contestants)
        return list(records.values())

    def _warm_up(self, contestants: Sequence[Contestant]) -> None:
        """Runs each once, uncounted: what is compiled or read at first is no one's cost."""
        for contestant in contestants:
            if contestant not in self._warm:
                self.build(contestant)
                self._warm.add(contestant)

    def compare(self, records: dict[str, Record], contestants: Sequence[Contestant]) -> None:
        """Sees whether ours made what plain MkDocs made, to the last byte."""
        for contestant in (OURS, OURS_IN_MKDOCS):
            if contestant not in contestants:
                continue
            found = differing_files(self.site(PLAIN), self.site(contestant))
            record = records[contestant.name]
            record.same = record.same is not False and not found
            for name in found[:5]:
                print(f"  {contestant.name}: {name} differs", flush=True)

    def record(self, what: str, contestant: Contestant) -> Record:
        """An empty record."""
        return Record(self.copies.subject.name, what, contestant.name)

    def memory(self) -> list[Record]:
        """Memory of all processes of a cold build and of one after an edit.

        Looking at them costs time, so these runs aren't timed.
        """
        records = []
        for what in ("cold", "edit"):
            if what == "edit":
                self.copies.edit("page")
            for contestant in (PLAIN, OURS):
                if what == "cold":
                    contestant.forget(self.copies.of(contestant.copy))
                measured = self.build(contestant, tree=True)
                record = self.record(f"memory {what}", contestant)
                record.memory, record.tree = [measured.memory], measured.tree
                records.append(record)
        return records


def note(record: Record, measured: Measured) -> None:
    """Adds a run."""
    record.seconds.append(measured.seconds)
    record.memory.append(measured.memory)
    record.cpu.append(measured.cpu)
