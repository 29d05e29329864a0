"""The sites that builds are measured on: the same everywhere, of the wanted size, and sound."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bench.sites import Shape, generate, make_repository, site_files
from bench.sites.repository import git
from tests.project import BIN

SHAPE = Shape(60, 30)


def test_a_site_is_the_same_in_every_process(tmp_path: Path) -> None:
    generate(tmp_path / "here", 5, 5)
    code = "import sys; from pathlib import Path; from bench.sites import generate;"
    code += " generate(Path(sys.argv[1]), 5, 5)"
    for seed in "01":
        there = tmp_path / f"there{seed}"
        root = Path(__file__).parents[2]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", code, str(there)], env=environment, check=True)
        names = {p.relative_to(there) for p in there.rglob("*") if p.is_file()}
        assert names == {Path(name) for name in site_files(Shape(5, 5))}
        for name in names:
            assert (there / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_another_seed_gives_other_text() -> None:
    one, other = (site_files(Shape(5, 5, seed))["docs/index.md"] for seed in (1, 2))
    assert one != other


@pytest.mark.parametrize(("pages", "modules"), [(1, 0), (2, 1), (40, 20), (400, 240), (1000, 100)])
def test_a_site_has_as_many_pages_and_modules_as_asked_for(pages: int, modules: int) -> None:
    shape = Shape(pages, modules)
    paths = [page.path for page in shape.guide]
    assert len({*paths, "index.md"}) == pages
    assert len({page.title for page in shape.guide}) == pages - 1
    assert len({module.path for module in shape.package}) == modules


def test_a_site_that_words_do_not_suffice_for_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 1201 pages, not 1202"):
        _ = Shape(1202, 0).sections
    with pytest.raises(ValueError, match="at most 361 modules, not 362"):
        _ = Shape(1, 362).package


def test_sections_are_of_a_size_that_people_find_their_way_in() -> None:
    for pages in (40, 100, 400, 1000):
        sizes = [len(section.pages) for section in Shape(pages, 0).sections]
        assert 12 <= min(sizes) <= max(sizes) <= 20


def test_the_navigation_names_each_page_once() -> None:
    config = site_files(SHAPE)["mkdocs.yml"]
    nav = yaml.safe_load(config[config.index("\nnav:") :])["nav"]
    found = list(leaves(nav))
    assert sorted(found) == sorted([page.path for page in SHAPE.guide] + ["index.md", "api/"])


def leaves(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    inside = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [leaf for each in inside for leaf in leaves(each)]


def test_all_code_can_be_read_as_python() -> None:
    sources = {n: t for n, t in site_files(SHAPE).items() if n.endswith(".py")}
    assert len(sources) == 30 + 2 * 59
    for name, text in sources.items():
        ast.parse(text, name)


def test_only_the_plugin_makes_the_difference_between_the_two_configurations() -> None:
    files = site_files(SHAPE)
    ours, plain = files["mkdocs.yml"].splitlines(), files["plain.yml"].splitlines()
    assert [line for line in ours if line not in plain] == ["  - docs_tools/cache"]
    assert [line for line in ours if line != "  - docs_tools/cache"] == plain


def test_a_small_site_builds_strict_with_all_that_such_a_page_has(tmp_path: Path) -> None:
    shape = generate(tmp_path / "site", 4, 4)
    make_repository(tmp_path / "site")
    command = [str(BIN / "mkdocs"), "build", "--strict", "-f", "plain.yml"]
    done = subprocess.run(command, cwd=tmp_path / "site", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    site = tmp_path / "site" / "site"
    page = (site / shape.guide[0].path.removesuffix(".md") / "index.html").read_text()
    for what in ('class="admonition', "<details", "tabbed-set", "<table", "footnote", "task-list",
                 'class="hll"', "TABLE_NAME", "autorefs-internal", "#key-features"):  # fmt: skip
        assert what in page
    assert "--8&lt;--" not in page
    assert len(list((site / "api").rglob("*.html"))) == 4


def test_a_repository_has_one_commit_that_its_remote_has(tmp_path: Path) -> None:
    generate(tmp_path / "a", 2, 1)
    generate(tmp_path / "b", 2, 1)
    heads = []
    for name in "ab":
        remote = make_repository(tmp_path / name)
        assert git(tmp_path / name, "status", "--porcelain") == ""
        heads += [git(tmp_path / name, "rev-parse", "HEAD"), git(remote, "rev-parse", "main")]
    assert len(set(heads)) == 1
