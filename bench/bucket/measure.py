"""Both commands on the same site and the same server, in turns."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.bucket.server import Request, Server
from bench.bucket.site import change_page, touch, write_site
from bench.builds.contestants import program
from bench.builds.process import Failed, run
from bench.builds.record import Record
from bench.sites.repository import make_repository

__all__ = ["ALL", "BYTES", "OURS", "SYNC", "TASKS", "Contestant", "check", "measure"]

BYTES = "bytes"
"""What the sizes of all bodies that were sent are counted as."""

TASKS = {
    "first": "first upload",
    "same": "nothing changed, files untouched",
    "same rebuilt": "nothing changed, site built again",
    "page": "a page mended, other files untouched",
    "page rebuilt": "a page mended, site built again",
}
"""What is measured, one after the other on the same bucket."""

_MOST = 3  # requests of a publish without change
_OWN = {"versions.json", ".docs_tools/record.json", "1.0.0/docs-manifest.json"}
_CHANGES = {"PutObject", "CopyObject", "DeleteObject", "DeleteObjects"}


@dataclass(frozen=True)
class Contestant:
    """A command that brings a site into a bucket.

    Attributes:
        name: What it is called in tables.
        bucket: Its bucket.
        command: What is run; SITE stands for the folder of the site.
        first: A command that asks the server once, so that all is compiled and in memory.
    """

    name: str
    bucket: str
    command: tuple[str, ...]
    first: tuple[str, ...]


OURS = Contestant(
    "docs_tools publish",
    "ours",
    program("docs_tools", "publish", "--version", "1.0.0", "--site-dir", "SITE", "--target", "s3"),
    program("docs_tools", "versions", "list", "--target", "s3"),
)
SYNC = Contestant(
    "aws s3 sync",
    "theirs",
    program("aws", "s3", "sync", "SITE", "s3://theirs/1.0.0", "--delete", "--only-show-errors"),
    program("aws", "s3", "ls", "s3://theirs"),
)
ALL = (SYNC, OURS)


def measure(
    folder: Path, files: int, runs: int, contestants: Sequence[Contestant] = ALL
) -> Iterator[list[Record]]:
    """Measures all, and gives what is known after each run.

    Args:
        folder: An empty one.
        files: How many files the site has.
        runs: How often each is measured.
        contestants: Who takes part.

    Raises:
        Failed: A command failed, or more was sent than had to be.
    """
    project = _project(folder / "project")
    found = {
        (what, who.name): Record(str(files), what, who.name)
        for what in TASKS
        for who in contestants
    }
    with Server() as server:
        for number in range(runs):
            site = folder / "site"
            shutil.rmtree(site, ignore_errors=True)
            write_site(site, files)
            server.make_buckets(*(who.bucket for who in contestants))
            turns = contestants[:: -1 if number % 2 else 1]
            for who in turns:
                run(who.first, project, server.environment, folder / "log")
            for step, what in enumerate(TASKS):
                changed = _prepare(site, what, step)
                for who in turns:
                    _measure(folder, server, who, found[what, who.name], changed)
            yield list(found.values())


def check(what: str, requests: Sequence[Request], changed: set[str]) -> None:
    """Fails where a publish of ours sends more than it has to.

    Args:
        what: The task.
        requests: What came in.
        changed: The paths of the site's files that differ.

    Raises:
        Failed: Such as for an unchanged publish that writes.
    """
    written = {one.key for one in requests if one.operation in _CHANGES}
    if what.startswith("same") and (written or len(requests) > _MOST):
        raise Failed(f"{what}: {len(requests)} requests, written: {sorted(written)}")
    more = written - {f"1.0.0/{path}" for path in changed} - _OWN
    if what.startswith("page") and more:
        raise Failed(f"{what}: not only what differs was written: {sorted(more)}")


def _prepare(site: Path, what: str, step: int) -> set[str]:
    """Makes of the site what the task is about; the paths of the files that differ."""
    changed = change_page(site, step) if what.startswith("page") else set()
    if what == "first" or what.endswith("rebuilt"):
        touch(site)
    elif changed:
        touch(site, changed)
    return changed


def _measure(
    folder: Path, server: Server, who: Contestant, record: Record, changed: set[str]
) -> None:
    server.requests()
    command = [str(folder / "site") if word == "SITE" else word for word in who.command]
    took = run(command, folder / "project", server.environment, folder / "log")
    requests = server.requests()
    if who is OURS:
        check(record.what, requests, changed)
    record.seconds.append(took.seconds)
    record.cpu.append(took.cpu)
    record.memory.append(took.memory)
    record.counts = dict(sorted(Counter(one.operation for one in requests).items()))
    record.counts[BYTES] = sum(one.size for one in requests)


def _project(folder: Path) -> Path:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Bench\n")
    (folder / "mkdocs.yml").write_text(
        "site_name: Bench\nsite_url: https://docs.example.com/\nplugins:\n"
        f"  - docs_tools/publish: {{targets: {{s3: {{bucket: {OURS.bucket}}}}}}}\n"
    )
    make_repository(folder)
    return folder
