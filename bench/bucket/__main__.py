"""`python -m bench.bucket`: publishing to S3 beside `aws s3 sync`, on one server, in turns.

Results are kept, and written into the performance page.
"""

import argparse
import tempfile
from pathlib import Path

from bench.bucket.measure import TASKS, measure
from bench.bucket.page import parts
from bench.builds.machine import describe, today
from bench.builds.process import Failed
from bench.builds.record import Results
from bench.report_page import fill

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "bucket" / "results.json"
PAGE = ROOT / "docs" / "user-guide" / "performance.md"


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.bucket", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="how many files the site has")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the page")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results are kept")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    options = parser.parse_args()
    results = Results.load(options.results)
    if not options.report:
        results = _measured(options.files, options.runs)
        results.save(options.results)
    options.page.write_text(fill(options.page.read_text("utf-8"), parts(results)), "utf-8")


def _measured(files: int, runs: int) -> Results:
    machine = {**describe(("docs_tools", "boto3", "awscli", "moto")), "date": today()}
    results = Results()
    with tempfile.TemporaryDirectory(prefix="docs_tools-bench-") as folder:
        try:
            for records in measure(Path(folder), files, runs):
                results.take(records, machine)
                times = [
                    (TASKS[one.what], one.who, one.seconds[-1], one.cpu[-1]) for one in records
                ]
                for told, who, seconds, cpu in times:
                    print(f"{told:40} {who:20} {seconds:6.2f} s, {cpu:6.2f} s of processors")
        except Failed as failed:
            raise SystemExit(f"error: {failed}") from None
    return results


if __name__ == "__main__":
    main()
