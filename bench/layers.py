"""Layer numbers into 1,000 files of 1,000 lines: `layers insert --dry-run` beside a floor.

The floor is one read and one search of a compiled pattern for each file, as if nothing were to be
found out about what is found. The peer is `sed -E -n` with an expression for each ARN. A tenth of
the files have a table of 300 ARNs, whose numbers all change; the others have none.
"""

import os
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from docs_tools.layers.find_files import find_files
from docs_tools.layers.in_files import plan_files
from docs_tools.layers.numbers import Numbers
from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import LayerSet, LayerVersion

RUNS = 7
FILES = 1000
LINES = 1000
REGIONS = [
    f"{area}-{side}-{number}"
    for area in ("af", "ap", "ca", "eu", "us")
    for side in ("east", "west", "south")
    for number in (1, 2)
]
ARCHITECTURES = ("x86_64", "arm64")
PROSE = "Some words of a page, `code`, [a link](page.md), and {braces: like these} in a line.\n"


def main() -> None:
    """Prints the table."""
    arns = [
        LayerArn("aws", region, "017000801446", f"Layer-python3{minor}-{architecture}", 40)
        for minor in range(9, 14)
        for architecture in ARCHITECTURES
        for region in REGIONS
    ]
    with tempfile.TemporaryDirectory(prefix="docs_tools-bench-") as name:
        folder = Path(name)
        write_files(folder, arns)
        numbers = Numbers.of(LayerSet("1", tuple(map(LayerVersion, arns)), "bench"))
        script = folder / "script.sed"
        script.write_text("".join(f"s/({ours(arn)}):[0-9]+/\\1:{arn.number}/gp\n" for arn in arns))
        print(f"| files of {LINES} lines | what | time | beside the floor |")
        print("| --- | --- | --- | --- |")
        for part, changed in (("docs/prose", 0), ("docs", len(arns) * FILES // 10)):
            base = median(partial(floor, folder / part))
            row(part, "one read and one search each", base, base)
            row(part, "files found", median(partial(find_files, folder, [part])), base)
            found = median(partial(plan, folder, part, numbers, changed))
            row(part, f"layers insert --dry-run, {changed} ARNs", found, base)
        row("docs", f"sed -E -n, {len(arns)} expressions", median(lambda: sed(folder), 1), base)


def write_files(folder: Path, arns: list[LayerArn]) -> None:
    """A tenth of them are tables of ARNs, the rest is prose."""
    table = [f"| {arn.region} | **{ours(arn)}:39**{{: .copyMe}} |\n" for arn in arns]
    texts = {
        "tables": "".join(table) + PROSE * (LINES - len(table)),
        "prose": PROSE * LINES,
    }
    for number in range(FILES):
        part = "prose" if number % 10 else "tables"
        path = folder / "docs" / part / f"part{number % 50}" / f"page{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[part])


def ours(arn: LayerArn) -> str:
    """An ARN without its number."""
    return str(arn).rpartition(":")[0]


def row(part: str, what: str, seconds: float, base: float) -> None:
    """Prints a line."""
    count = FILES if part == "docs" else FILES * 9 // 10
    print(f"| {count} | {what} | {seconds:.3f} s | {seconds / base:.2f} |", flush=True)


def median(run: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of a run, behind one that doesn't count where there are several."""
    times = []
    for _ in range(runs + (runs > 1)):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times[-runs:])


def floor(folder: Path) -> int:
    """Reads each file, and looks for each ARN in it."""
    pattern = re.compile(rb"arn:[a-z-]+:lambda:([a-z0-9-]+):([0-9]+):layer:([A-Za-z0-9_-]+):[0-9]+")
    found = 0
    for path in paths(str(folder)):
        with open(path, "rb") as file:  # noqa: PTH123 - the floor
            found += sum(1 for _ in pattern.finditer(file.read()))
    return found


def paths(folder: str) -> Iterator[str]:
    """The files below a folder."""
    for root, _, names in os.walk(folder):
        yield from (f"{root}/{name}" for name in names)


def plan(folder: Path, part: str, numbers: Numbers, changed: int) -> None:
    """What `layers insert --dry-run` does with the files."""
    found = find_files(folder, [part])
    planned = plan_files(found.files.items(), numbers)
    assert sum(len(change.changed) for change in planned.changed) == changed


def sed(folder: Path) -> None:
    """The same by a substitution for each ARN."""
    found = list(paths(str(folder / "docs")))
    command = ["sed", "-E", "-n", "-f", str(folder / "script.sed"), *found]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
