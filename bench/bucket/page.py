"""What the performance page tells of publishing to S3."""

from collections.abc import Mapping

from bench.bucket.measure import ALL, BYTES, OURS, SYNC, TASKS
from bench.builds.record import Record, Results
from bench.report import median, ratio, spread
from bench.report_page import machine_sentence, table

__all__ = ["parts"]


def parts(results: Results) -> dict[str, str]:
    """What the page tells, by the names of its markers."""
    times, requests = [], []
    for site in results.machine:
        for what, told in TASKS.items():
            base = results.find(site, what, SYNC.name)
            for who in reversed(ALL):
                if record := results.find(site, what, who.name):
                    times.append([told, who.name, *_times(record, base)])
                    requests.append([told, who.name, *_requests(record.counts)])
    seconds = ["least", "median", "most", "time beside sync", "processor beside sync"]
    return {
        "bucket times": table(["what", "command", *seconds], times),
        "bucket requests": table(["what", "command", "requests", "of them", "sent"], requests),
        "bucket machine": "\n".join(map(machine_sentence, results.machine.values()))
        + _runs(results),
    }


def _runs(results: Results) -> str:
    runs = max((len(record.seconds) for record in results.records), default=0)
    return f" Each was run {runs} times."


def _times(record: Record, base: Record | None) -> list[str]:
    values = (min(record.seconds), median(record.seconds), max(record.seconds))
    beside = ["", ""]
    if base and record.who == OURS.name:
        beside = [
            f"{ratio(ours, others):.2f} ({least:.2f} to {most:.2f})"
            for ours, others in ((record.seconds, base.seconds), (record.cpu, base.cpu))
            for least, most in (spread(ours, others),)
        ]
    return [*(f"{value:.2f} s" for value in values), *beside]


def _requests(counts: Mapping[str, int]) -> list[str]:
    kinds = {name: count for name, count in counts.items() if name != BYTES}
    told = ", ".join(f"{count:,} {name}" for name, count in kinds.items())
    return [f"{sum(kinds.values()):,}", told, f"{counts.get(BYTES, 0) / 1000:,.0f} kB"]
