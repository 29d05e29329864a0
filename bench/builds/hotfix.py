"""A hotfix of one page beside what has to be run without it."""

import re

from bench.builds.compare import differing_paths, published
from bench.builds.contestants import VERSION, Contestant, program
from bench.builds.measure import Bench, note
from bench.builds.record import Record

__all__ = ["API", "GUIDE", "HOTFIX", "WHOLE", "measure_hotfix"]

_HOTFIX = program("docs_tools", "hotfix", "--version", VERSION, "--push")
_DEPLOY = program("mike", "deploy", "--push", "--update-aliases", VERSION, "latest", "-F")
_API = program("mkdocs", "build", "-f", "api.yml", "-d", "site-api")

HOTFIX = Contestant("docs_tools hotfix", "hotfix", _HOTFIX, None)
WHOLE = Contestant("mike deploy of guide and API", "whole", (*_DEPLOY, "plain.yml"), None)
GUIDE = Contestant("mike deploy of the guide", "parts", (*_DEPLOY, "guide.yml"), None)
API = Contestant("mkdocs build of the API", "parts", _API, "site-api")


def measure_hotfix(bench: Bench) -> list[Record]:
    """Mends a page, commits that and publishes it, each way.

    Without us there are two: one site with the API in it, or the guide and the API as two sites.
    """
    ways = (HOTFIX, WHOLE, GUIDE, API)
    _two_sites(bench)
    records = {way.name: bench.record("hotfix", way) for way in ways}
    for way in (HOTFIX, WHOLE):
        bench.copies.of(way.copy)
    first = program("docs_tools", "publish", "--version", VERSION, "latest", "--push")
    bench.build(Contestant("publish", "hotfix", first, None))
    for way in ways[1:]:
        bench.build(way)
    for _ in range(bench.runs):
        bench.copies.edit("page", committed=True)
        for way in ways:
            note(records[way.name], bench.build(way))
        _compare(bench, records[HOTFIX.name])
    return list(records.values())


def _compare(bench: Bench, record: Record) -> None:
    """Sees whether the same pages are published; our manifest stands beside them."""
    version = bench.copies.subject.version
    ours, mikes = (published(bench.copies.of(way.copy), version) for way in (HOTFIX, WHOLE))
    found = [name for name in differing_paths(ours, mikes) if name in mikes]
    record.same = record.same is not False and not found
    for name in found[:5]:
        print(f"  {record.who}: {name} differs", flush=True)


def _two_sites(bench: Bench) -> None:
    """Writes configurations of a guide without the API, and of the API alone."""
    folder = bench.copies.of("parts")
    text = (folder / "plain.yml").read_text("utf-8")
    navigation = text.index("\nnav:\n")  # the API plugin makes its own
    guide = re.sub(r"^  - (docs_tools/api|\{\"API).*\n", "", text, flags=re.MULTILINE)
    without = re.sub(r"^  - mkdocstrings:\n(?:      .*\n)*", "", guide, flags=re.MULTILINE)
    (folder / "guide.yml").write_text(without, "utf-8")
    api = f"{text[:navigation]}\ndocs_dir: docs-api\n"
    api = re.sub(r"^extra_(css|javascript): .*\n", "", api, flags=re.MULTILINE)
    (folder / "api.yml").write_text(api, "utf-8")
    (folder / "docs-api").mkdir(exist_ok=True)
    (folder / "docs-api" / "index.md").write_text("# API\n", "utf-8")
