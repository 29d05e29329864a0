"""What is told of measurements: medians, ratios, and which of the wanted figures were reached."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.builds.contestants import MIKE, OURS, OURS_IN_MKDOCS, PLAIN, ZENSICAL
from bench.builds.hotfix import API, GUIDE, HOTFIX, WHOLE
from bench.builds.record import Record, Results

__all__ = ["CONTESTANTS", "SITES", "Figure", "figures", "median", "ratio", "spread", "together"]

SITES = {
    "own": "this site",
    "40+20": "40 pages, 20 modules",
    "40+240": "40 pages, 240 modules",
    "100+20": "100 pages, 20 modules",
    "400+60": "400 pages, 60 modules",
    "1000+100": "1,000 pages, 100 modules",
}
"""What each site is, in the order of tables."""

_EDIT = {"40+20": 0.25, "400+60": 0.12, "1000+100": 0.08}
_COLD = 0.65
_BUILDS = (OURS.name, OURS_IN_MKDOCS.name)


@dataclass(frozen=True)
class Figure:
    """A figure that is wanted.

    Attributes:
        what: What is measured.
        site: On which site, as `SITES` names it.
        wanted: The most that it may be.
        measured: What it was, by who did it.
        below: Whether it has to be less than that.
    """

    what: str
    site: str
    wanted: float
    measured: tuple[float, ...]
    below: bool = False

    @property
    def reached(self) -> bool:
        """Whether all that was measured is as wanted."""
        return all(m < self.wanted if self.below else m <= self.wanted for m in self.measured)


def median(values: Sequence[float]) -> float:
    """The middle of some values."""
    return statistics.median(values)


def ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """One median by another."""
    return median(ours) / median(others)


def spread(ours: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """The least and the most ratio of runs that belong together."""
    ratios = [mine / other for mine, other in zip(ours, others, strict=True)]
    return min(ratios), max(ratios)


def together(*records: Record) -> list[float]:
    """Seconds of what has to be run one after the other, run by run."""
    return [sum(times) for times in zip(*(record.seconds for record in records), strict=True)]


def figures(results: Results) -> list[Figure]:
    """The wanted figures, as far as they were measured."""
    found: list[Figure | None] = []
    for what, told in (("edit", "an edit of a page"), ("module", "an edit of a module")):
        for site, wanted in _EDIT.items():
            found.append(_builds(results, told, site, what, PLAIN.name, wanted))
    found += _hotfix(results)
    found.append(_serve(results))
    for site in SITES:
        found.append(_builds(results, "a cold build", site, "cold", PLAIN.name, _COLD))
    for what, told in (("edit", "an edit of a page"), ("module", "an edit of a module")):
        for site in SITES:
            beside = f"{told}, beside Zensical"
            found.append(_builds(results, beside, site, what, ZENSICAL.name, 1, below=True))
    found += [_growth(results), *_memory(results)]
    return [figure for figure in found if figure]


def _builds(
    results: Results,
    told: str,
    site: str,
    what: str,
    base: str,
    wanted: float,
    *,
    below: bool = False,
) -> Figure | None:
    """What both ways to build with us take, beside another build of the same site."""
    other = results.find(site, what, base)
    ours = [found for who in _BUILDS if (found := results.find(site, what, who))]
    if not other or not ours:
        return None
    measured = tuple(ratio(record.seconds, other.seconds) for record in ours)
    return Figure(told, site, wanted, measured, below)


def _hotfix(results: Results) -> list[Figure]:
    """A hotfix beside deploying the guide and building the API."""
    found = [results.find("40+240", "hotfix", way.name) for way in (HOTFIX, GUIDE, API, WHOLE)]
    if not all(found):
        return []
    ours, guide, api, whole = (record for record in found if record)
    parts = ratio(ours.seconds, together(guide, api))
    one = ratio(ours.seconds, whole.seconds)
    told = "a hotfix of a page, beside mike"
    return [
        Figure(f"{told}, guide and API two sites", "40+240", 0.10, (parts,)),
        Figure(f"{told}, guide and API one site", "40+240", 0.10, (one,)),
    ]


def _serve(results: Results) -> Figure | None:
    plain, ours = (results.find("400+60", "serve", c.name) for c in (PLAIN, OURS_IN_MKDOCS))
    if not plain or not ours:
        return None
    measured = ratio(ours.seconds, plain.seconds)
    return Figure("`mkdocs serve` after an edit", "400+60", 0.12, (measured,))


def _growth(results: Results) -> Figure | None:
    small, large = ("100+20", "1000+100")
    machines = [{**results.machine.get(site, {}), "date": ""} for site in (small, large)]
    if machines[0] != machines[1]:
        return None
    pairs = [[results.find(site, "edit", who) for site in (small, large)] for who in _BUILDS]
    measured = tuple(ratio(b.seconds, a.seconds) for a, b in pairs if a and b)
    told = "an edit of a page, beside one at 100 pages"
    return Figure(told, large, 3, measured) if measured else None


def _memory(results: Results) -> list[Figure]:
    found = []
    for what, told in (("memory cold", "a cold build"), ("memory edit", "an edit of a page")):
        plain, ours = (results.find("1000+100", what, who.name) for who in (PLAIN, OURS))
        if plain and ours and plain.tree and ours.tree:
            memory = f"memory of {told}"
            found.append(Figure(memory, "1000+100", 1.3, (ours.tree / plain.tree,)))
    return found


CONTESTANTS = (PLAIN.name, OURS.name, OURS_IN_MKDOCS.name, MIKE.name, ZENSICAL.name)
