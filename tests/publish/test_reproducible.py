"""The same commit gives the same bytes, whoever builds it, wherever and whenever."""

import gzip
import os
import re
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docs_tools.diagrams import CACHE_VARIABLE
from tests.project import CONFIG, FILES, Result, TinyProject

MATERIAL = (
    CONFIG.replace("{name: mkdocs}", "{name: material, font: false}").replace(
        "plugins:\n", "plugins:\n  - search\n  - mkdocstrings\n"
    )
    + "site_url: https://docs.example.com/\n"
    + "markdown_extensions: [attr_list, pymdownx.superfences, pymdownx.highlight]\n"
)
PROJECT = {
    **FILES,
    "mkdocs.yml": MATERIAL,
    "facts/release.yml": (
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build, duration: 8m}\n"
        "      - {id: test, name: Tests, duration: 30m, after: [build]}\n"
    ),
    "docs/page.md": (
        "# Seite für äöü\n\n<!-- docs_tools/layers -->\n\n<!-- docs_tools/gantt -->\n\n"
        "<!-- docs_tools/flowchart -->\n\n"
        "```mermaid\ngantt\n    dateFormat YYYY-MM-DD HH:mm\n"
        "    section A\n    one :a, 2026-03-08 01:00, 48h\n```\n\n"
        "<!-- docs_tools/class-diagram { class: tiny.core.Runner } -->\n\n"
        "```python\nprint('grün')\n```\n"
    ),
    "tiny/__init__.py": '"""A tiny package: [tiny.core.Runner][]."""\n',
    "tiny/core.py": (
        '"""The core."""\n\n\nclass Base:\n    """A base."""\n\n\n'
        'class Runner(Base):\n    """Runs, très vite."""\n\n'
        '    def run(self, *, fast: bool = False) -> "set[str]":\n        """Runs it."""\n'
    ),
    **{f"tiny/{name}.py": f'"""Module {name}."""\n' for name in ("zeta", "alpha", "middle")},
}


@dataclass(frozen=True)
class Surroundings:
    """Where a project is built: what must not count."""

    folder: str
    env: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    touched: float | None = None  # when all files were written, and in another order


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
PLACES = [
    Surroundings("a", {"PYTHONHASHSEED": "0", "TZ": "Asia/Tokyo", "LANG": "C.UTF-8"}),
    Surroundings("b/c d", {"PYTHONHASHSEED": "1", "TZ": "America/New_York", **ASCII}, 0o077),
    Surroundings("é", {"PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"}, 0o002, 10**9),
]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """A project whose last commit was made some years ago."""
    env = {"GIT_COMMITTER_DATE": "2001-02-03T23:30:00-05:00"}
    project = TinyProject(tmp_path_factory.mktemp("origin") / "project", env)
    project.create(PROJECT)
    project.git("push", "--quiet", "origin", "main")
    return project


def clone(origin: TinyProject, place: Surroundings, tmp_path: Path) -> TinyProject:
    """A checkout with a home, a cache and a temporary directory of its own."""
    folder = tmp_path / place.folder
    project = origin.clone(folder / "clone")
    project.env = dict(origin.env)
    for variable, name in (("HOME", "home"), (CACHE_VARIABLE, "cache"), ("TMPDIR", "tmp")):
        (folder / name).mkdir()
        project.env[variable] = str(folder / name)
    project.env.pop("GIT_COMMITTER_DATE", None)
    project.env.update(place.env)
    if place.touched is not None:
        for file in sorted(project.folder.rglob("[a-z]*.*"), reverse=True):
            if file.is_file() and ".git" not in file.parts:
                content = file.read_bytes()
                file.unlink()  # some disks list files as they were made
                file.write_bytes(content)
                os.utime(file, (place.touched, place.touched))
    return project


def run(project: TinyProject, place: Surroundings, *args: str) -> Result:
    """Our command in a new process: the hash seed is chosen when Python starts."""
    code = (
        f"import os, runpy; os.umask({place.umask}); "
        "runpy.run_module('docs_tools', None, '__main__')"
    )
    return project.run(sys.executable, "-c", code, *args)


def published(origin: TinyProject, place: Surroundings, tmp_path: Path) -> TinyProject:
    project = clone(origin, place, tmp_path)
    result = run(project, place, "publish", "--version", "1.0.0", "latest", "--no-push")
    assert result.status == 0, result.err
    return project


def test_hash_seed_time_zone_folder_language_umask_and_day_do_not_count(
    origin: TinyProject, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(2) as pool:
        projects = list(pool.map(lambda place: published(origin, place, tmp_path), PLACES))
    first, *others = projects
    assert "1.0.0/reference/tiny/alpha.html" in first.tree()
    assert "1.0.0/search/search_index.json" in first.tree()
    assert first.published("1.0.0/page.html").count("<svg") >= 4
    for other in others:
        assert other.tree() == first.tree()  # tells which files differ
        assert other.git("rev-parse", "gh-pages^{tree}") == first.git(
            "rev-parse", "gh-pages^{tree}"
        )


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_site_carries_the_day_of_its_commit(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG + "site_url: https://docs.example.com/\n")
    project.env["GIT_COMMITTER_DATE"] = "2001-02-03T23:30:00-05:00"
    project.commit("some years ago")
    project.git("tag", "old")
    assert project.docs_tools("build").status == 0
    site = project.folder / "site"
    sitemap = (site / "sitemap.xml").read_text()
    assert set(re.findall("<lastmod>(.*?)</lastmod>", sitemap)) == {"2001-02-04"}
    compressed = (site / "sitemap.xml.gz").read_bytes()
    assert int.from_bytes(compressed[4:8], "little") == 981244800  # MTIME of RFC 1952: that day
    assert gzip.decompress(compressed).decode() == sitemap
    built = files(site)
    # nor does it matter what is not committed, and whether it is built from a ref
    project.env["GIT_COMMITTER_DATE"] = "2011-01-01T00:00:00Z"
    project.write("docs/new.md", "# New\n")
    project.commit("later")
    assert project.docs_tools("build", "--ref", "old", "-d", "other").status == 0
    assert files(project.folder / "other") == built


def test_who_says_another_time_gets_it(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG + "site_url: https://docs.example.com/\n")
    result = project.docs_tools("build", env={"SOURCE_DATE_EPOCH": "86400"})
    assert result.status == 0, result.err
    assert "<lastmod>1970-01-02</lastmod>" in (project.folder / "site/sitemap.xml").read_text()


@pytest.mark.parametrize("missing", ["a repository", "a commit"])
def test_a_project_without_a_commit_is_built_all_the_same(tmp_path: Path, missing: str) -> None:
    project = TinyProject(tmp_path / "project")
    for path, text in FILES.items():
        project.write(path, text)
    if missing == "a commit":
        project.git("init", "--quiet")
    result = project.docs_tools("build")
    assert result.status == 0, result.err
    assert (project.folder / "site/index.html").is_file()
