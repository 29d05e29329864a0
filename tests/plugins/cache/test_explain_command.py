"""`docs_tools build --explain` says of each page why it was built again."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.cache.builds import PAGES, Site
from tests.project import Result, TinyProject


@pytest.fixture
def site(empty_site: Site) -> Site:
    base = [str(empty_site.root)]
    empty_site.settings["markdown_extensions"] = [{"pymdownx.snippets": {"base_path": base}}]
    empty_site.create()
    empty_site.append("docs/p3.md", '\n--8<-- "examples/a.py"\n')
    empty_site.write("examples/a.py", "print(1)\n")
    built(empty_site)
    return empty_site


def run(site: Site, *arguments: str) -> Result:
    site.write_settings()
    return TinyProject(site.root).docs_tools("build", "--no-strict", *arguments)


def built(site: Site, *arguments: str) -> list[str]:
    result = run(site, *arguments)
    assert result.status == 0, result.err
    assert result.err == ""
    return result.out.splitlines()


def explained(site: Site) -> list[str]:
    first, *lines = built(site, "--explain")
    assert first == f"built {site.root / 'site'}"
    return [line.removeprefix("  ") for line in lines]


def test_a_snippet_that_changed_is_named(site: Site) -> None:
    site.write("examples/a.py", "print(2)\n")
    assert explained(site) == ["p3.md: rebuilt: includes snippet examples/a.py, changed"]


def test_all_pages_are_explained_in_their_order(site: Site) -> None:
    site.append("docs/p5.md")
    site.write("docs/p1.md", "# Other title\n\n## Code\n")
    lines = explained(site)
    assert lines == sorted(lines)
    assert len(lines) == PAGES
    assert "p1.md: rebuilt: its text changed" in lines
    assert "p2.md: only its template: navigation or titles changed" in lines


def test_nothing_to_explain_is_said(site: Site) -> None:
    assert explained(site) == ["no page had to be built again"]


def test_without_the_option_nothing_is_said(site: Site) -> None:
    site.append("docs/p5.md")
    assert built(site) == [f"built {site.root / 'site'}"]
    assert built(site, "--quiet", "--explain") == []


def test_a_site_without_the_plugin_says_so(site: Site) -> None:
    site.settings["plugins"] = []
    assert explained(site) == [
        "every page was built: nothing is remembered without the plugin docs_tools/cache"
    ]
    assert json_of(site, "--explain")["rebuilt"] is None


def json_of(site: Site, *arguments: str) -> Any:
    result = run(site, "--json", *arguments)
    assert result.status == 0, result.err
    return result.json


def test_the_same_as_json(site: Site) -> None:
    site.append("docs/p5.md")
    assert json_of(site, "--explain") == {
        "site_dir": str(site.root / "site"),
        "arns": {},
        "warnings": [],
        "rebuilt": {"p5.md": "rebuilt: its text changed"},
    }
    assert json_of(site, "--explain")["rebuilt"] == {}
    assert "rebuilt" not in json_of(site)


def test_a_warning_is_told_again_and_strict_fails_again(site: Site) -> None:
    site.append("docs/p5.md", "\n[broken](missing.md)\n")
    for _ in range(2):
        result = run(site)
        assert result.status == 0
        assert "docs/p5.md" in result.err
        assert "missing.md" in result.err
    for _ in range(2):
        result = run(site, "--strict")
        assert result.status == 1
        assert "missing.md" in result.err


def test_data_files_of_the_handbook_are_named(empty_site: Site) -> None:
    site = empty_site
    site.settings["plugins"] = [{"docs_tools/handbook": {"data": "facts"}}, "docs_tools/cache"]
    people = "active:\n  - {{name: {}, github: ann}}\n"
    site.write("facts/maintainers.yml", people.format("Ann"))
    site.create()
    site.append("docs/p3.md", "\n<!-- docs_tools/maintainers -->\n")
    built(site)
    assert explained(site) == ["no page had to be built again"]
    site.write("facts/maintainers.yml", people.format("Anna"))
    assert explained(site) == ["p3.md: rebuilt: shows the data file maintainers.yml, changed"]
    assert "Anna" in (site.root / "site/p3/index.html").read_text()


def test_another_work_tree_is_served_by_what_was_built_in_the_first(
    site: Site, tmp_path: Path
) -> None:
    site.settings["markdown_extensions"] = [{"pymdownx.snippets": {"base_path": ["."]}}]
    other = Site(tmp_path / "other", site.settings)
    shutil.copytree(site.root, other.root)
    built(site)
    assert explained(other) == ["no page had to be built again"]
    page = "site/p3/index.html"
    assert (other.root / page).read_bytes() == (site.root / page).read_bytes()
