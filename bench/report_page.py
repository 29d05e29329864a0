"""The performance page of the user guide: what `make bench` writes between its markers."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.builds.contestants import MIKE, OURS, PLAIN, ZENSICAL
from bench.builds.record import Record, Results
from bench.report import CONTESTANTS, SITES, Figure, figures, median, ratio, spread
from bench.report_plot import Bar, Group, bars

__all__ = ["fill", "machine_sentence", "parts", "table", "write_page"]

_PART = "(<!-- bench {name} -->\n).*?(<!-- bench end -->)"
_WHATS = {
    "cold": "cold",
    "warm": "nothing changed",
    "edit": "a page edited",
    "module": "a module edited",
    "hotfix": "a page published",
    "serve": "served after an edit",
}


def write_page(path: Path, results: Results) -> None:
    """Writes what was measured into a page; the rest of it stays as it is."""
    path.write_text(fill(path.read_text("utf-8"), parts(results)), "utf-8")


def fill(text: str, parts: Mapping[str, str]) -> str:
    """Replaces what stands between `<!-- bench NAME -->` and `<!-- bench end -->`.

    Args:
        text: The page.
        parts: What shall stand there, by name.

    Raises:
        ValueError: There is no such marker.
    """
    for name, part in parts.items():
        found = re.search(_PART.format(name=re.escape(name)), text, flags=re.DOTALL)
        if not found:
            raise ValueError(f"the page has no <!-- bench {name} --> … <!-- bench end -->")
        text = f"{text[: found.end(1)]}\n{part}\n\n{text[found.start(2) :]}"
    return text


def parts(results: Results) -> dict[str, str]:
    """What the page tells, by the names of its markers."""
    return {
        "machine": _machine(results),
        "plot": _plot(results),
        "wanted": _wanted(figures(results)),
        "times": _times(results),
        "counts": _counts(results),
    }


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; nothing where it would have no rows."""
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _machine(results: Results) -> str:
    """What was measured on; a site that was measured elsewhere is told for itself."""
    told: dict[str, list[str]] = {}
    for site in SITES:
        if site in results.machine:
            told.setdefault(machine_sentence(results.machine[site]), []).append(SITES[site])
    if len(told) == 1:
        return next(iter(told))
    return "\n".join(f"- {'; '.join(sites)}: {text}" for text, sites in told.items())


def machine_sentence(machine: Mapping[str, str]) -> str:
    """What was measured on, and when."""
    hardware = {"processor", "processors", "memory", "system", "date"}
    versions = ", ".join(f"{name} {v}" for name, v in machine.items() if name not in hardware)
    return (
        f"Measured on {machine['date']} with {machine['processors']} processors"
        f" ({machine['processor']}), {machine['memory']} of memory, {machine['system']};"
        f" {versions}."
    )


def _wanted(found: Sequence[Figure]) -> str:
    rows = [
        [
            f.what,
            SITES[f.site],
            f"{'less than' if f.below else 'at most'} {f.wanted:g}",
            " / ".join(f"{value:.2f}" for value in f.measured),
            "yes" if f.reached else "**no**",
        ]
        for f in found
    ]
    return table(["what", "site", "wanted", "measured", "reached"], rows)


def _times(results: Results) -> str:
    rows: list[list[str]] = []
    for site, told in SITES.items():
        for what, name in _WHATS.items():
            records = [r for r in results.records if (r.site, r.what) == (site, what)]
            base = results.find(site, what, PLAIN.name)
            rows += [
                [told, name, record.who, *_measured(record, base)]
                for record in sorted(records, key=_order)
            ]
    return table(["site", "what", "command", "time", "ratio", "memory", "output"], rows)


def _measured(record: Record, base: Record | None) -> list[str]:
    beside = ""
    if base and base is not record:
        least, most = spread(record.seconds, base.seconds)
        beside = f"{ratio(record.seconds, base.seconds):.2f} ({least:.2f} to {most:.2f})"
    memory = f"{max(record.memory) / 1024:.0f} MB" if record.memory else ""
    same = {True: "identical", False: "**differs**", None: ""}[record.same]
    return [f"{median(record.seconds):.2f} s", beside, memory, same]


def _order(record: Record) -> tuple[int, str]:
    known = record.who in CONTESTANTS
    return (CONTESTANTS.index(record.who) if known else len(CONTESTANTS), record.who)


def _counts(results: Results) -> str:
    rows = [
        [SITES[record.site], *(str(record.counts.get(name, "")) for name in names)]
        for record in sorted(results.records, key=lambda r: list(SITES).index(r.site))
        if record.counts and (names := ("converted", "highlighted", "templated", "indexed"))
    ]
    head = ["site", "pages converted", "pieces of code highlighted", "pages templated"]
    return table([*head, "pages read for the search"], rows)


def _plot(results: Results) -> str:
    """Seconds after an edit of a page: what people wait for most often."""
    groups = []
    for site, told in SITES.items():
        found = [results.find(site, "edit", c.name) for c in (PLAIN, MIKE, ZENSICAL, OURS)]
        if found[0]:
            groups.append(Group(told, tuple(_bar(r, found[0]) for r in found if r)))
    svg = bars("Seconds of a build after an edit of one page, by site and by command", groups)
    caption = (
        "A build after an edit of one page: seconds, and the part of <code>mkdocs build</code>"
    )
    return f'<figure data-search-exclude="1">\n{svg}\n<figcaption>{caption}</figcaption>\n</figure>'


def _bar(record: Record, base: Record) -> Bar:
    seconds = median(record.seconds)
    told = f"{seconds:.1f} s"
    if record is not base:
        told += f", {ratio(record.seconds, base.seconds):.2f}"
    return Bar(record.who, seconds, told, ours=record.who == OURS.name)
