"""Writing a version to the docs branch: ours beside mike's, on the same prebuilt site, in one run.

Nothing is built, so that only the writer counts. mike's is its own `commands.deploy` and
`commands.alias`, in a process of its own as ours; git processes are counted in a run for itself,
with the objects that are new in the repository after it: files, trees and the commit.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

RUNS = 3
SIZES = (100, 1000)  # files
TASKS = (
    "deploy with an alias",
    "again, nothing changed",
    "again, one file changed",
    "a further alias",
)
OURS = [sys.executable, "-m", "docs_tools"]
MIKE = """
import sys
from contextlib import suppress
from mike import commands, git_utils, mkdocs_utils
from mike.commands import AliasType
cfg = mkdocs_utils.load_config("mkdocs.yml")
cfg["site_dir"] = sys.argv[2]
if sys.argv[1] == "deploy":
    with (
        suppress(git_utils.GitEmptyCommit),
        commands.deploy(cfg, "1.0", aliases=["latest"], alias_type=AliasType.copy),
    ):
        pass
else:
    commands.alias(cfg, "1.0", ["stable"], alias_type=AliasType.copy)
"""
CONFIG = "site_name: Bench\nplugins: [{mike: {alias_type: copy}}, docs_tools/publish]\n"


class Cost(NamedTuple):
    """What one command took: seconds, git processes and new objects."""

    seconds: float
    processes: int
    objects: int


def main() -> None:
    """Prints the table."""
    print("| files | what | mike | ours | ratio | git processes of mike | ours | objects | ours |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in SIZES:
        for what in TASKS:
            row(size, what)


def row(size: int, what: str) -> None:
    """Prints a line: medians of seconds, and what is counted in the last run."""
    costs: dict[str, list[Cost]] = {"mike": [], "ours": []}
    for run in range(RUNS + 1):
        for name, found in costs.items():
            with tempfile.TemporaryDirectory(prefix="docs_tools-bench-") as folder:
                found.append(measure(Path(folder), size, what, name, counted=run == RUNS))
    mike, ours = (statistics.median(cost.seconds for cost in costs[name][:-1]) for name in costs)
    theirs, own = costs["mike"][-1], costs["ours"][-1]
    print(
        f"| {size} | {what} | {mike:.2f} s | {ours:.2f} s | {ours / mike:.2f} "
        f"| {theirs.processes} | {own.processes} | {theirs.objects} | {own.objects} |",
        flush=True,
    )


def measure(folder: Path, size: int, what: str, name: str, *, counted: bool) -> Cost:
    """What one command costs in a new repository; processes are counted only where that is said."""
    site, project = folder / "site", folder / "project"
    for number in range(size):
        page = site / f"part{number % 50}" / f"page{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<html><head></head><body><p>{number}</p>{'text ' * 800}</body></html>")
    project.mkdir()
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_text("# Bench\n")
    (project / "mkdocs.yml").write_text(CONFIG)
    environment = {
        **os.environ,
        **{f"GIT_{who}_{key}": "bench@example.com" for who in ("AUTHOR", "COMMITTER")
           for key in ("NAME", "EMAIL")},
    }  # fmt: skip
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run(["git", *command], cwd=project, env=environment, check=True)

    deploy, alias = commands(name, site)
    if what != "deploy with an alias":
        subprocess.run(deploy, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    if what == "again, one file changed":
        (site / "part0" / "page0.html").write_text("<html><head></head><body>new</body></html>")
    log = folder / "calls"
    if counted:
        environment["PATH"] = f"{wrapper(folder, log)}{os.pathsep}{environment['PATH']}"
    before = objects(project)
    start = time.perf_counter()
    command = alias if what == "a further alias" else deploy
    subprocess.run(command, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    processes = len(log.read_text().splitlines()) if counted else 0
    return Cost(seconds, processes, objects(project) - before)


def objects(project: Path) -> int:
    """How many objects a repository has, loose or in packs."""
    command = ["git", "count-objects", "-v"]
    done = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    found = dict(line.split(": ") for line in done.stdout.splitlines())
    return int(found["count"]) + int(found["in-pack"])


def commands(name: str, site: Path) -> tuple[list[str], list[str]]:
    """How each writes a version with an alias, and gives it a further alias."""
    if name == "mike":
        run = [sys.executable, "-c", MIKE]
        return [*run, "deploy", str(site)], [*run, "alias", str(site)]
    publish = [*OURS, "publish", "--version", "1.0", "latest", "--site-dir", str(site)]
    return publish, [*OURS, "versions", "alias", "1.0", "stable"]


def wrapper(folder: Path, log: Path) -> Path:
    """A folder with a `git` that notes each call."""
    place = folder / "bin"
    place.mkdir()
    script = place / "git"
    script.write_text(f'#!/bin/sh\necho "$1" >> {log}\nexec {shutil.which("git")} "$@"\n')
    script.chmod(0o755)
    return place


if __name__ == "__main__":
    main()
