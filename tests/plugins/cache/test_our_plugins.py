"""Our own plugins' pages depend on the data files and numbers that they show, and count ARNs."""

from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from docs_tools.diagrams import CACHE_VARIABLE
from tests.plugins.cache.builds import files
from tests.project import ARN, CONFIG, FILES, TinyProject

PEOPLE = "active:\n  - {{name: {}, github: ann}}\n"
LAYERS = FILES["facts/layers.yml"]
PAGES = {
    "docs/index.md": "# Home\n\nNothing is shown.\n",
    "docs/people.md": "# People\n\n<!-- docs_tools/maintainers -->\n",
    "docs/layers.md": "# Layers\n\n<!-- docs_tools/layers -->\n",
    "docs/arns.md": f"# ARNs\n\n`{ARN}:1` and `{ARN}:2`\n",
    "docs/quote.md": "# Quote\n\n<!-- docs_tools/fact { path: maintainers.active } --> people.\n",
}


@pytest.fixture
def project(project: TinyProject) -> TinyProject:
    """A project with pages that show people, layers and ARNs, built once."""
    (project.folder / "docs/page.md").unlink()
    for path, text in PAGES.items():
        project.write(path, text)
    project.write("facts/maintainers.yml", PEOPLE.format("Ann"))
    plugins = [line for line in CONFIG.splitlines() if "api" not in line and "publish" not in line]
    project.write("mkdocs.yml", "\n".join([*plugins, "  - docs_tools/cache\n"]))
    project.env[CACHE_VARIABLE] = str(project.folder.parent / "cache")
    project.env["SOURCE_DATE_EPOCH"] = "0"
    build(project)
    return project


def build(project: TinyProject, *arguments: str) -> Any:
    result = project.docs_tools("build", "--json", "--explain", *arguments)
    assert result.status == 0, result.err
    return result.json


def build_checked(project: TinyProject) -> Any:
    """Builds, and the site and the ARNs are those of a build from nothing."""
    found = build(project)
    with TemporaryDirectory() as folder:
        other = TinyProject(project.folder, {**project.env, CACHE_VARIABLE: folder})
        plain = build(other, "-d", str(project.folder / "plain"))
    assert found["arns"] == plain["arns"]
    assert files(project.folder / "site") == files(project.folder / "plain")
    return found


def rebuilt(found: Mapping[str, Any]) -> dict[str, str]:
    return {page: why for page, why in found["rebuilt"].items() if why.startswith("rebuilt")}


def test_nothing_changed(project: TinyProject) -> None:
    found = build_checked(project)
    assert found["rebuilt"] == {}
    assert found["arns"]["arns.md"] == [f"{ARN}:20", f"{ARN}:20"]
    assert found["arns"]["layers.md"], "what directives have shown is counted too"


def test_a_data_file_rebuilds_the_pages_that_show_it(project: TinyProject) -> None:
    project.write("facts/maintainers.yml", PEOPLE.format("Anna"))
    why = "rebuilt: shows the data file maintainers.yml, changed"
    assert rebuilt(build_checked(project)) == {"people.md": why, "quote.md": why}
    assert "Anna" in (project.folder / "site/people.html").read_text()
    project.write("facts/maintainers.yml", PEOPLE.format("Ann"))
    assert build_checked(project)["rebuilt"] == {}


def test_new_numbers_rebuild_the_pages_that_hold_arns(project: TinyProject) -> None:
    newer = "  - {version: '3.0.0', layer: tiny, number: 30}\n"
    project.write("facts/layers.yml", LAYERS + newer)
    found = build_checked(project)
    assert set(rebuilt(found)) == {"arns.md", "layers.md", "quote.md"}
    assert rebuilt(found)["arns.md"] == "rebuilt: shows layer numbers, changed"
    assert found["arns"]["arns.md"] == [f"{ARN}:30", f"{ARN}:30"]


def test_a_page_keeps_its_numbers_where_it_says_so(project: TinyProject) -> None:
    text = PAGES["docs/arns.md"]
    keep = "<!-- docs_tools: keep-file -->"
    for mark, arns in ((keep, 0), ("", 2), (keep, 0)):
        project.write("docs/arns.md", f"{mark}\n{text}")
        found = build_checked(project)
        assert len(found["arns"].get("arns.md", ())) == arns
        assert (f"{ARN}:20" in (project.folder / "site/arns.html").read_text()) == bool(arns)
    assert build_checked(project)["rebuilt"] == {}


def test_another_page_with_arns_leaves_the_first_alone(project: TinyProject) -> None:
    project.write("docs/more.md", f"# More\n\n`{ARN}:7`\n")
    found = build_checked(project)
    assert set(rebuilt(found)) == {"more.md"}
    assert found["arns"]["more.md"] == [f"{ARN}:20"]
    assert found["arns"]["arns.md"] == [f"{ARN}:20", f"{ARN}:20"]


def test_a_directive_that_is_wrong_fails_each_time(project: TinyProject) -> None:
    project.write("docs/people.md", "# People\n\n<!-- docs_tools/maintainer -->\n")
    said = set()
    for _ in range(2):
        result = project.docs_tools("build")
        assert result.status == 1
        said.add(result.err)
    assert len(said) == 1
    assert "people.md" in said.pop()
    project.write("docs/people.md", PAGES["docs/people.md"])
    assert build_checked(project)["rebuilt"] == {}
