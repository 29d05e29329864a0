"""Zensical, which runs Markdown extensions and no plugins, shows what MkDocs shows."""

import os
import re
import shutil
import subprocess
from itertools import chain
from pathlib import Path

import pytest

from tests.demo import ROOT
from tests.plugins.page_content import Content, read_content
from tests.project import BIN, TinyProject

ZENSICAL = str(BIN / "zensical")
HEADING = "\n## Zensical\n"
CONFIG = """\
site_name: Tiny
watch: [facts]
markdown_extensions:
  - docs_tools: {data: facts}
"""


@pytest.fixture
def tiny(project: TinyProject) -> TinyProject:
    """The small project with nothing but the extension."""
    project.write("mkdocs.yml", CONFIG)
    return project


def page(project: TinyProject, name: str) -> str:
    return (project.folder / "site" / name).read_text("utf-8")


def test_every_table_diagram_and_fact_of_this_site_is_as_in_mkdocs(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "site", "*.egg-info")
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=ignored)
    sites = build_with_both(copy, tmp_path)
    pages = [path.relative_to(copy / "docs") for path in (copy / "docs").rglob("*.md")]
    mkdocs, zensical = (
        {path.as_posix(): read_content(address(site, path).read_text("utf-8")) for path in pages}
        for site in sites
    )
    for name in mkdocs:
        assert zensical[name] == mkdocs[name], name

    # both could be wrong alike
    assert "26 min" in zensical["maintainers/releasing.md"].facts
    assert ["Leandro Damascena", "leandrodamascena", "Amazon"] in chain.from_iterable(
        zensical["maintainers/index.md"].tables
    )
    titles = {title for title, _, _ in zensical["maintainers/releasing.md"].diagrams}
    assert any("elease" in title for title in titles), titles
    assert ("docs_tools-label", "bug") in zensical["maintainers/triage.md"].chips
    assert count(zensical, "tables") > 40
    assert count(zensical, "diagrams") >= 3
    assert count(zensical, "details") >= 3
    assert count(zensical, "chips") > 80


def count(pages: dict[str, Content], kind: str) -> int:
    return sum(len(getattr(page, kind)) for page in pages.values())


def address(site: Path, path: Path) -> Path:
    at_folder = path.parent if path.stem == "index" else path.with_suffix("")
    return site / at_folder / "index.html"


def build_with_both(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The folders of the two sites."""
    site = tmp_path / "mkdocs"
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    for command in ([str(BIN / "mkdocs"), "build", "-d", str(site)], [ZENSICAL, "build"]):
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return site, folder / "site"


def test_all_that_is_wrong_on_a_page_is_shown_with_its_lines(tiny: TinyProject) -> None:
    tiny.write("docs/page.md", "---\ntitle: x\n---\n# A\n\n<!-- docs_tools/layer -->\n\n"
               "# B\n\nIn <!-- docs_tools/fact { path: releas } -->.\n")  # fmt: skip
    result = tiny.run(ZENSICAL, "build")
    assert result.status == 1
    said = result.out + result.err
    assert (
        'docs/page.md:6:1: no directive "docs_tools/layer"\n    did you mean docs_tools/layers?\n'
        "docs/page.md:10:4: docs_tools/fact: "
    ) in said
    assert "2 problems in the page" in said


def test_paths_start_where_the_configuration_is(tiny: TinyProject, tmp_path: Path) -> None:
    tiny.write("docs/page.md", "# Page\n\n<!-- docs_tools/tree { path: tiny } -->\n")
    result = TinyProject(tmp_path).run(ZENSICAL, "build", "-f", str(tiny.folder / "mkdocs.yml"))
    assert result.status == 0, result.out + result.err
    assert '<a href="https://github.com/ann">ann</a>' in page(tiny, "index.html")
    assert "core.py" in page(tiny, "page/index.html")


def test_changed_data_makes_a_watching_page_again(tiny: TinyProject) -> None:
    assert tiny.run(ZENSICAL, "build").status == 0
    assert "ann</a>" in page(tiny, "index.html")
    tiny.write("facts/maintainers.yml", "active:\n  - {name: Bea, github: bea}\n")
    os.utime(tiny.folder / "facts/maintainers.yml", (0, 0))  # Zensical counts in seconds
    assert tiny.run(ZENSICAL, "build").status == 0
    assert "bea</a>" in page(tiny, "index.html")


def test_the_example_of_the_user_guide_builds_with_both(tiny: TinyProject) -> None:
    tiny.write("mkdocs.yml", guide("yaml"))
    for file in (tiny.folder / "facts").iterdir():
        tiny.write(f"docs/data/{file.name}", file.read_text("utf-8"))
    tiny.write("docs/page.md", "# Page\n\n```mermaid\nflowchart LR\n  a --> b\n```\n")
    for command in (["mkdocs", "build", "--strict", "--clean"], [ZENSICAL, "build"]):
        shutil.rmtree(tiny.folder / "site", ignore_errors=True)
        result = tiny.run(*command)
        assert result.status == 0, result.out + result.err
        assert "ann</a>" in page(tiny, "index.html")
        assert 'class="docs_tools-diagram"' in page(tiny, "page/index.html")
        assert not (tiny.folder / "site/data").exists()


def test_a_mistake_is_shown_as_the_user_guide_says(tiny: TinyProject) -> None:
    tiny.write("docs/index.md", "# A\n\nB\n\nC\n<!-- docs_tools/lables -->\n")
    result = tiny.run(ZENSICAL, "build")
    assert result.status == 1
    assert guide("text") in result.out + result.err


def guide(language: str) -> str:
    """The example of a language in the user guide's section on Zensical."""
    texts = [path.read_text("utf-8") for path in (ROOT / "docs/user-guide").glob("*.md")]
    (section,) = (text.partition(HEADING)[2] for text in texts if HEADING in text)
    example = re.search(rf"```{language}[^\n]*\n(.*?)```", section, re.DOTALL)
    assert example, language
    return example[1]
