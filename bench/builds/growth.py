"""What one edit makes again, counted: the same on a small and on a large site."""

import json
import sys
from pathlib import Path

from bench.builds.contestants import OURS_IN_MKDOCS, Contestant
from bench.builds.measure import Bench
from bench.builds.record import Record

__all__ = ["measure_counts"]

_SCRIPT = str(Path(__file__).with_name("counted.py"))


def measure_counts(bench: Bench) -> list[Record]:
    """Edits a page, builds, and counts what is made."""
    result = bench.log.with_name("counts.json")
    command = (sys.executable, _SCRIPT, "mkdocs.yml", str(result))
    counted = Contestant(OURS_IN_MKDOCS.name, OURS_IN_MKDOCS.copy, command)
    bench.build(counted)  # what an earlier build remembered, whatever that was
    bench.copies.edit("page")
    bench.build(counted)
    record = bench.record("counts", counted)
    record.counts = json.loads(result.read_text("utf-8"))
    return [record]
