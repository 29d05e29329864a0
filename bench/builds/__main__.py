"""`python -m bench.builds`: measures, keeps the results, and writes the performance page."""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.builds.growth import measure_counts
from bench.builds.hotfix import measure_hotfix
from bench.builds.machine import describe, today
from bench.builds.measure import BUILDS, Bench
from bench.builds.process import Failed
from bench.builds.record import Record, Results
from bench.builds.serve import measure_serve
from bench.builds.subject import Copies, Subject, generated, own
from bench.report_page import write_page
from bench.sites.repository import COMMIT_TIME

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "user-guide" / "performance.md"
LARGE = "1000+100"  # by hand: it takes more than an hour
SUBJECTS: dict[str, tuple[Callable[[], Subject], tuple[str, ...]]] = {
    "own": (own, tuple(BUILDS)),
    "40+20": (partial(generated, 40, 20), tuple(BUILDS)),
    "40+240": (partial(generated, 40, 240), ("hotfix",)),
    "100+20": (partial(generated, 100, 20), ("edit", "counts")),
    "400+60": (partial(generated, 400, 60), (*BUILDS, "serve")),
    LARGE: (partial(generated, 1000, 100), (*BUILDS, "counts", "memory")),
}
"""The sites, and what is measured on each."""
WHATS = tuple(dict.fromkeys(what for _, whats in SUBJECTS.values() for what in whats))


def main() -> None:
    """Measures what is asked for; by default all but the largest site."""
    options = _options()
    results = Results.load(options.results)
    if not options.report:
        for name in chosen(options.site, options.pages):
            _measure_site(name, options, results)
    write_page(options.page, results)
    if any(record.same is False for record in results.records):
        raise SystemExit("some builds differ from plain MkDocs, see above or the page")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.builds", description=__doc__)
    parser.add_argument("--site", action="append", choices=SUBJECTS, metavar="SITE",
                        help=f"one of {', '.join(SUBJECTS)}; may be given again")  # fmt: skip
    parser.add_argument("--pages", action="append", type=int, metavar="N",
                        help="the sites of so many pages")  # fmt: skip
    parser.add_argument("--only", action="append", choices=WHATS, metavar="WHAT",
                        help=f"one of {', '.join(WHATS)}; may be given again")  # fmt: skip
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured")
    parser.add_argument("--folder", type=Path, help="where the sites are built, and kept")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the page")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results are kept")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    return parser.parse_args()


def _measure_site(name: str, options: argparse.Namespace, results: Results) -> None:
    """Measures what is asked for on one site; a run that is stopped keeps what it has."""
    make, whats = SUBJECTS[name]
    machine = {**describe(), "date": today()}
    with _folder(options.folder) as folder:
        bench = Bench(_copies(make(), folder / name), options.runs)
        for what in whats:
            if not options.only or what in options.only:
                print(f"{name}: {what}", flush=True)
                records = measure(bench, what)
                results.take(records, machine)
                results.save(options.results)
                _tell(records)


def chosen(sites: list[str] | None, pages: list[int] | None) -> list[str]:
    """The sites to measure."""
    if not sites and not pages:
        return [name for name in SUBJECTS if name != LARGE]
    sizes = {f"{number}" for number in pages or ()}
    found = [n for n in SUBJECTS if n in (sites or ()) or n.partition("+")[0] in sizes]
    if not found:
        raise SystemExit(f"there is no site of {', '.join(sizes)} pages: {', '.join(SUBJECTS)}")
    return found


def measure(bench: Bench, what: str) -> list[Record]:
    """Measures one thing on one site."""
    special = {
        "hotfix": measure_hotfix,
        "serve": measure_serve,
        "counts": measure_counts,
        "memory": Bench.memory,
    }
    try:
        return special[what](bench) if what in special else bench.builds(what)
    except Failed as failed:
        raise SystemExit(f"error: {failed}") from None


def _copies(subject: Subject, folder: Path) -> Copies:
    # one day for all, or the sitemap differs
    environment = {"SOURCE_DATE_EPOCH": str(COMMIT_TIME), "NO_MKDOCS_2_WARNING": "1"}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Copies(subject, folder, environment)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="docs_tools-bench-") as folder:
        yield Path(folder)


def _tell(records: list[Record]) -> None:
    for record in records:
        told = [f"  {record.who:40}"]
        for seconds, what in ((record.seconds, "s"), (record.cpu, "s of processors")):
            if seconds:
                told.append(" ".join(f"{value:.2f}" for value in seconds) + f" {what}")
        if most := record.tree or max(record.memory, default=0):
            told.append(f"{most / 1024:.0f} MB")
        if record.same is not None:
            told.append("same" if record.same else "DIFFERS")
        told += [f"{count} {name}" for name, count in record.counts.items()]
        print(", ".join(told), flush=True)


if __name__ == "__main__":
    main()
