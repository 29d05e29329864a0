"""What `docs_tools/publish` does to the pages of a version: its script and its canonical links."""

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from docs_tools.build.canonical import CanonicalPages, canonical_pages, current_canonical
from docs_tools.build.site import run_build
from docs_tools.plugins.canonical import CanonicalLinks
from docs_tools.plugins.live import add_status_script
from tests.project import CONFIG, TinyProject

PAGES = ("index.html", "guide/index.html", "guide/deep/index.html")
SITE = "https://docs.example.com/lib/"
OURS, MIKE = "docs_tools/publish", "mike"

Build = Callable[..., Any]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds three pages as a version, and gives our plugin."""
    for path in ("index.md", "guide/index.md", "guide/deep.md"):
        file = tmp_path / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {path}\n")

    def run(version: str | None, plugins: list[Any] | None = None, **settings: Any) -> Any:
        monkeypatch.delenv("MIKE_DOCS_VERSION", raising=False)
        if version:
            monkeypatch.setenv("MIKE_DOCS_VERSION", version)
        settings = {"site_url": SITE, "theme": {"name": "mkdocs"}, **settings}
        text = json.dumps({"site_name": "x", "plugins": plugins or [OURS], **settings})
        (tmp_path / "mkdocs.yml").write_text(text)
        config = load_config(str(tmp_path / "mkdocs.yml"))
        run_build(config)
        return config.plugins[OURS]

    return run


def canonical(site: Path, path: str) -> str | None:
    found = re.search(r'<link rel="?canonical"? href="?([^">]+)', (site / path).read_text("utf-8"))
    return unescape(found[1]) if found else None


def sitemap(site: Path) -> list[str]:
    return re.findall("<loc>(.*)</loc>", (site / "sitemap.xml").read_text("utf-8"))


def scripts(page: str) -> list[dict[str, str | None]]:
    """Our script tags, as a parser reads them."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "script" and "data-docs-version" in dict(attrs):
                found.append(dict(attrs))

    Reader().feed(page)
    return found


# the script


@pytest.mark.parametrize("theme", ["mkdocs", "material", "readthedocs"])
@pytest.mark.parametrize("directories", [True, False])
def test_each_page_of_a_version_loads_the_script_beside_the_versions(
    build: Build, tmp_path: Path, theme: str, directories: bool
) -> None:
    build("1.9.0", theme={"name": theme}, use_directory_urls=directories)
    site = tmp_path / "site"
    pages = [path for path in site.rglob("*.html") if path != site / "404.html"]
    assert len(pages) >= len(PAGES)
    for path in pages:
        depth = len(path.relative_to(site).parts)
        if path.name == "search.html":  # a template of the theme, and no page
            continue
        assert scripts(path.read_text("utf-8")) == [
            {
                "defer": None,
                "src": "../" * depth + "docs-status.js",
                "data-docs-version": "1.9.0",
            }
        ], path


@pytest.mark.parametrize(
    ("version", "plugins"),
    [(None, [OURS]), ("1.9.0", [{OURS: {"banner": False}}])],
    ids=["no version is built", "switched off"],
)
def test_there_is_no_script_where_none_is_wanted(
    build: Build, tmp_path: Path, version: str | None, plugins: list[Any]
) -> None:
    build(version, plugins)
    assert "docs-status" not in "".join(p.read_text() for p in (tmp_path / "site").rglob("*.html"))


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<html><head><title>x</title></head><body></head></body>", "<html><head><title>x</title>"),
        ("<HTML><HEAD></HEAD ><BODY>", "<HTML><HEAD>"),
        ("<html><head lang=x><title>x</title><body><header>", "<html><head lang=x>"),
    ],
)
def test_the_script_stands_in_the_head_once(page: str, before: str) -> None:
    changed = add_status_script(page, "index.html", "1")
    assert changed.startswith(before + "<script defer ")
    assert changed.count("<script") == 1
    assert changed.replace(changed[len(before) : changed.index("</script>") + 9], "") == page


def test_a_page_without_a_head_stays_as_it_is() -> None:
    page = "<header>x</header>"
    assert add_status_script(page, "index.html", "1") == page


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_version_of_any_name_is_told_to_the_script_as_it_is(version: str) -> None:
    page = add_status_script("<head></head>", "a/b.html", version)
    assert [found["data-docs-version"] for found in scripts(page)] == [version]


# canonical links


ORDERS: dict[str, Callable[[dict[str, str]], list[Any]]] = {
    "alone": lambda mike: [OURS],
    "mike first": lambda mike: [{MIKE: mike}, OURS],
    "mike last": lambda mike: [OURS, {MIKE: mike}],
}


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
@pytest.mark.parametrize("order", ORDERS)
def test_without_a_canonical_version_pages_point_to_themselves(
    build: Build, tmp_path: Path, theme: str, order: str
) -> None:
    build("1.9.0", ORDERS[order]({}), theme={"name": theme})
    own = f"{SITE}1.9.0/"
    wanted = [own, f"{own}guide/", f"{own}guide/deep/"]
    assert [canonical(tmp_path / "site", path) for path in PAGES] == wanted
    assert sorted(sitemap(tmp_path / "site")) == wanted


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
@pytest.mark.parametrize("order", ["mike first", "mike last"])
def test_pages_point_to_the_canonical_version_only_where_it_has_them(
    build: Build, tmp_path: Path, theme: str, order: str
) -> None:
    plugins = ORDERS[order]({"canonical_version": "latest", "deploy_prefix": "py/docs"})
    pages = CanonicalPages("latest", frozenset({"index.html", "guide/index.html"}))
    with canonical_pages(pages):
        plugin = build("1.9.0", plugins, theme={"name": theme})
    site = tmp_path / "site"
    own = f"{SITE}py/docs/1.9.0/"
    assert [canonical(site, path) for path in PAGES] == [
        f"{SITE}py/docs/latest/",
        f"{SITE}py/docs/latest/guide/",
        f"{own}guide/deep/",
    ]
    assert plugin.missing == ["guide/deep/index.html"]
    # the version selector maps it to those of other versions: all of it is of one version
    assert sorted(sitemap(site)) == [own, f"{own}guide/", f"{own}guide/deep/"]
    assert current_canonical() is None


@pytest.mark.parametrize("order", ["mike first", "mike last"])
def test_the_canonical_version_itself_is_known_by_its_name_alone(
    build: Build, tmp_path: Path, order: str
) -> None:
    with canonical_pages(CanonicalPages("latest", None)):
        plugin = build("2.0.0", ORDERS[order]({"canonical_version": "latest"}))
    known = f"{SITE}latest/"
    wanted = [known, f"{known}guide/", f"{known}guide/deep/"]
    assert [canonical(tmp_path / "site", path) for path in PAGES] == wanted
    assert sorted(sitemap(tmp_path / "site")) == wanted
    assert plugin.missing == []


@pytest.mark.parametrize("order", ["mike first", "mike last"])
@pytest.mark.parametrize(
    ("site_url", "prefix", "base"),
    [
        (SITE, "", SITE),
        (SITE, "py", f"{SITE}py/"),
        (f"{SITE}py/", "/py/", f"{SITE}py/"),  # as those who know mike's mistake have it
        ("https://docs.example.com", "a/b", "https://docs.example.com/a/b/"),
    ],
)
def test_a_version_that_mike_builds_keeps_to_the_prefix(
    build: Build, tmp_path: Path, order: str, site_url: str, prefix: str, base: str
) -> None:
    mike = {"canonical_version": "latest", "deploy_prefix": prefix}
    build("1.9.0", ORDERS[order](mike), site_url=site_url, use_directory_urls=False)
    assert canonical(tmp_path / "site", "guide/deep.html") == f"{base}latest/guide/deep.html"
    assert f"{base}latest/guide/deep.html" in sitemap(tmp_path / "site")


def test_the_name_of_a_version_is_quoted_in_addresses(build: Build, tmp_path: Path) -> None:
    build("2 béta#1", ORDERS["mike first"]({}))
    assert canonical(tmp_path / "site", "index.html") == f"{SITE}2%20b%C3%A9ta%231/"


def test_an_address_that_another_plugin_chose_stays(build: Build, tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "def on_page_markdown(markdown, page, **_):\n"
        "    page.canonical_url = 'https://elsewhere.example.com/'\n"
    )
    with canonical_pages(CanonicalPages("latest", frozenset())):
        plugin = build("1.9.0", hooks=[str(hook)])
    assert canonical(tmp_path / "site", "index.html") == "https://elsewhere.example.com/"
    assert plugin.missing == []


@pytest.mark.parametrize("site_url", [None, SITE])
def test_a_build_without_a_version_or_an_address_has_the_links_that_mkdocs_gives(
    build: Build, tmp_path: Path, site_url: str | None
) -> None:
    plugins = ORDERS["mike first"]({"canonical_version": "latest", "deploy_prefix": "py"})
    with canonical_pages(CanonicalPages("latest", frozenset())):
        plugin = build(None if site_url else "1.9.0", plugins, site_url=site_url)
    wanted = f"{site_url}guide/" if site_url else None
    assert canonical(tmp_path / "site", "guide/index.html") == wanted
    assert plugin.missing == []


def test_a_prefix_that_leads_out_of_the_branch_stops_the_build_with_its_reason(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Abort):
        build("1.9.0", ORDERS["mike last"]({"deploy_prefix": "../x"}))
    assert "deploy_prefix: '../x' is no folder of the branch" in caplog.text


names = st.sampled_from(["1.0", "latest", "dev", "2 b"])
files = st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "c.html"])


@given(st.frozensets(files), names, names)
def test_a_link_points_to_a_page_that_is_there(
    there: frozenset[str], version: str, name: str
) -> None:
    links = CanonicalLinks(SITE, version, name, CanonicalPages(name, there))
    own = {"index.html", "a/index.html", "c.html"}
    published = {f"{SITE}{name}/{path}".replace(" ", "%20") for path in there}
    published |= {f"{SITE}{version}/{path}".replace(" ", "%20") for path in own}
    for path in own:
        assert links.link(path, path) in published
    assert set(links.missing) == own - there


# with the real mike


def test_what_mike_deploys_has_the_script_and_addresses_with_the_prefix(
    project: TinyProject,
) -> None:
    mike = "mike: {alias_type: copy, deploy_prefix: py, canonical_version: latest}"
    config = CONFIG.replace("mike: {alias_type: copy}", mike)
    assert config != CONFIG
    project.write("mkdocs.yml", f"{config}site_url: {SITE}\n")
    project.mike("deploy", "1.0.0", "latest")
    for folder in ("1.0.0", "latest"):
        page = project.published(f"py/{folder}/reference/tiny/core.html")
        assert [found["src"] for found in scripts(page)] == ["../../../docs-status.js"]
        assert [found["data-docs-version"] for found in scripts(page)] == ["1.0.0"]
        assert f'href="{SITE}py/latest/reference/tiny/core.html"' in page
