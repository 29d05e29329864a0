"""What frozen pages say of their version today, and where an address that leads nowhere leads."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from mkdocs.config import load_config
from playwright.sync_api import Browser, Locator, Page, Route, expect

from docs_tools.build.site import run_build
from docs_tools.plugins.live import add_status_script
from docs_tools.publish.root import root_files
from docs_tools.publish.versions.list import Versions
from tests.browser.conftest import served
from tests.browser.watch import Watched
from tests.publish.published import entry, project, versions

pytestmark = pytest.mark.browser

PUBLISHED = (
    entry("2.1.0rc1", "next"),
    entry("2.0.0", "latest"),
    entry("1.9.0", "old"),
    entry("1.0.0", title="1.0.0 (LTS)", docs_tools={"status": "eol"}),
)
EVERYWHERE = ("index.html", "guide/index.html", "guide/flat.html")
GONE = "guide/gone/index.html"
# the icon keeps the browser from asking for one
BODY = """<!doctype html><html lang=en><head><title>x</title><link rel=icon href="data:,"></head>
<body><h1>Page</h1></body></html>"""


@dataclass
class Branch:
    """A docs branch with pages that are never written again."""

    folder: Path
    address: str

    def publish(self, *folders: str, version: str | None = None) -> None:
        """Writes a version's pages; all but the newest have one more."""
        for folder in folders:
            for path in EVERYWHERE if folder in ("2.0.0", "latest") else (*EVERYWHERE, GONE):
                file = self.folder / folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(add_status_script(BODY, path, version or folder))

    def list(self, listed: Versions, **settings: Any) -> None:
        """Writes what is beside the versions."""
        made = root_files(listed, project(**{"canonical_version": "latest", **settings}), bool)
        for name, content in made.items():
            (self.folder / name).write_bytes(content)


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """Four versions below `/lib/` of a host that shows its 404 page."""
    with served(tmp_path) as host:
        made = Branch(tmp_path / "lib", f"{host}lib/")
        made.publish("2.1.0rc1", "2.0.0", "1.9.0", "1.0.0")
        made.publish("latest", version="2.0.0")
        made.publish("old", version="1.9.0")
        made.list(versions(*PUBLISHED))
        (tmp_path / "404.html").symlink_to("lib/404.html")
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that remembers nothing."""
    page = browser.new_page(viewport={"width": 1100, "height": 500})
    yield page
    page.close()


def banner(page: Page) -> Locator:
    """What the banner says, its link included."""
    return page.get_by_role("note", name="About this version").locator("p")


def says(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


# what is said


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.9.0", "This is the documentation of 1.9.0, an older version."),
        ("2.1.0rc1", "This is the documentation of 2.1.0rc1, a pre-release."),
        ("1.0.0", "This is the documentation of 1.0.0 (LTS), which has reached its end of life."),
    ],
)
def test_a_version_says_what_it_is_and_leads_to_the_same_page_of_the_newest(
    branch: Branch, page: Page, version: str, said: str
) -> None:
    watched = Watched(page)
    page.goto(f"{branch.address}{version}/guide/#part")
    expect(banner(page)).to_have_text(f"{said} Read this page in the newest release, 2.0.0")
    page.get_by_role("link").click()
    page.wait_for_url(f"{branch.address}latest/guide/#part")
    assert watched.complaints == []
    assert watched.elsewhere(branch.address) == []


def test_the_newest_and_a_version_that_is_listed_no_more_say_nothing(
    branch: Branch, page: Page
) -> None:
    branch.publish("0.1.0", "constructor", "__proto__")
    watched = Watched(page)
    folders = ("2.0.0", "latest", "0.1.0", "constructor", "__proto__")
    for folder in folders:
        page.goto(f"{branch.address}{folder}/guide/")
        assert page.evaluate("window.docsStatus.newest.version") == "2.0.0"
        expect(page.locator("docs-status")).to_have_count(0)
    assert watched.complaints == []
    # a page and the script, once: nothing is looked up
    assert len(watched.requests) == len({*watched.requests}) + len(folders) - 1


def test_frozen_pages_say_something_else_when_the_file_beside_them_changes(
    branch: Branch, browser: Browser
) -> None:
    frozen = {path: path.read_bytes() for path in branch.folder.rglob("*/*.html")}
    reader = browser.new_page()
    reader.goto(f"{branch.address}1.9.0/")
    expect(banner(reader)).to_have_text(
        says("1.9.0, an older version. Go to the newest release, 2")
    )
    reader.goto(f"{branch.address}2.0.0/")
    expect(banner(reader)).to_have_count(0)
    reader.close()

    branch.publish("3.0.0")
    branch.list(versions(entry("3.0.0"), *PUBLISHED).mark("1.9.0", "eol"))
    later = browser.new_page()
    later.goto(f"{branch.address}1.9.0/")
    expect(banner(later)).to_have_text(says("its end of life. Go to the newest release, 3.0.0"))
    later.goto(f"{branch.address}2.0.0/")
    expect(banner(later)).to_have_text(says("2.0.0, an older version. Go to the newest release, 3"))
    later.close()
    for path, content in frozen.items():
        assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("only", "said"),
    [
        (entry("2.1.0rc1"), "This is the documentation of 2.1.0rc1, a pre-release."),
        (
            PUBLISHED[3],
            "This is the documentation of 1.0.0 (LTS), which has reached its end of life.",
        ),
    ],
)
def test_where_there_is_no_better_release_there_is_no_link(
    branch: Branch, page: Page, only: Any, said: str
) -> None:
    branch.list(versions(only))
    page.goto(f"{branch.address}{only['version']}/guide/")
    expect(banner(page)).to_have_text(said)
    expect(page.get_by_role("link")).to_have_count(0)


def test_the_link_leads_to_the_same_page_or_home(branch: Branch, page: Page) -> None:
    leads = {
        "1.9.0/guide/": "latest/guide/",
        "1.9.0/guide/index.html": "latest/guide/index.html",
        "1.9.0/guide/flat.html": "latest/guide/flat.html",
        "old/guide/flat.html": "latest/guide/flat.html",
        "1.9.0/guide/gone/": "latest/",
        "1.9.0/": "latest/",
        "1.9.0/index.html": "latest/",
    }
    for path, target in leads.items():
        asks = path.count("/") > 1
        if asks:
            with page.expect_response(lambda response: response.request.method == "HEAD"):
                page.goto(branch.address + path)
        else:
            page.goto(branch.address + path)
        link = page.get_by_role("link")
        text = "Go to" if target == "latest/" else "Read this page in"
        expect(link).to_have_text(f"{text} the newest release, 2.0.0")
        assert link.evaluate("a => a.href") == branch.address + target, path


def test_the_link_follows_where_the_reader_goes_on_the_page(branch: Branch, page: Page) -> None:
    page.goto(f"{branch.address}1.9.0/guide/")
    expect(banner(page)).to_have_text(says("Read this page"))
    page.evaluate("location.hash = 'later'")
    expect(page.get_by_role("link")).to_have_attribute(
        "href", f"{branch.address}latest/guide/#later"
    )


def test_the_link_follows_where_material_changes_pages_without_loading_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    monkeypatch.setenv("MIKE_DOCS_VERSION", "1.9.0")
    (tmp_path / "docs").mkdir()
    for name, text in {"index": "[b](b.md)", "b": "[c](c.md)", "c": "c"}.items():
        (tmp_path / f"docs/{name}.md").write_text(f"# {name}\n\n{text}\n")
    with served(tmp_path / "lib") as host:
        settings = {
            "site_name": "x",
            "site_url": host,
            "site_dir": str(tmp_path / "lib/1.9.0"),
            "theme": {"name": "material", "font": False, "features": ["navigation.instant"]},
            "plugins": ["docs_tools/publish"],
            "extra": {"version": {"provider": "mike"}},
        }
        (tmp_path / "mkdocs.yml").write_text(json.dumps(settings))
        run_build(load_config(str(tmp_path / "mkdocs.yml")))
        branch = Branch(tmp_path / "lib", host)
        branch.list(versions(*PUBLISHED), site_url=host)
        (branch.folder / "versions.json").write_text(versions(*PUBLISHED).dumps())
        (branch.folder / "latest/b").mkdir(parents=True)
        (branch.folder / "latest/b/index.html").write_text(BODY)
        page = browser.new_page()
        page.goto(f"{host}1.9.0/")
        page.evaluate("window.loadedOnce = true")
        link = page.locator("docs-status a")
        for text, leads in {"b": f"{host}latest/b/", "c": f"{host}latest/"}.items():
            page.locator("article").get_by_role("link", name=text, exact=True).click()
            page.wait_for_url(f"{host}1.9.0/{text}/")
            expect(link).to_have_attribute("href", leads)
            expect(page.locator("docs-status")).to_have_count(1)
        # an answer that comes when the reader is on another page already is not heard
        held: list[Route] = []
        page.route(f"{host}latest/b/", lambda route: held.append(route))
        menu = page.locator(".md-nav--primary")
        with page.expect_request(f"{host}latest/b/"):
            menu.get_by_role("link", name="b", exact=True).click()
        with page.expect_response(f"{host}latest/c/"):
            menu.get_by_role("link", name="c", exact=True).click()
        with page.expect_response(f"{host}latest/b/"):
            held[0].continue_()
        page.evaluate("fetch('.', {cache: 'no-store'}).then((r) => r.text())")  # behind that answer
        expect(link).to_have_attribute("href", f"{host}latest/")
        assert page.evaluate("window.loadedOnce") is True
        page.close()
    assert os.environ["MIKE_DOCS_VERSION"] == "1.9.0"


# names and titles are text that somebody wrote


def test_hostile_names_and_titles_are_shown_as_they_are_and_do_nothing(
    branch: Branch, page: Page
) -> None:
    title = "</script><img src=x onerror=hit()>"
    name = "\"'><img src=x onerror=hit()>"
    eol = {"status": "eol"}
    branch.publish(name)
    branch.list(
        versions(
            entry("2.0.0", "latest", title=title),
            entry("1.9.0", title=title),
            entry(name, title="${hit()}`", docs_tools=eol),
        )
    )
    watched = Watched(page)
    page.add_init_script("window.hit = () => { window.wasHit = true; }")
    for path in ("1.9.0/guide/", f"{quote(name)}/guide/", "1.9.0/none/"):
        page.goto(branch.address + path)
        link = page.get_by_role("link", name="newest release")
        expect(link).to_have_text(says(f"the newest release, {title}"))
        assert page.evaluate("window.wasHit") is None, path
        expect(page.locator("img")).to_have_count(0)
    assert page.get_by_role("listitem").all_inner_texts() == [title, title, "${hit()}`"]
    page.get_by_role("link", name="${hit()}`").click()
    page.wait_for_url(f"{branch.address}{quote(name)}/")
    expect(banner(page)).to_have_text(says("the documentation of ${hit()}`, which"))
    assert not [url for url in watched.requests if url.endswith("/x")]


# how it looks


COLOURS = """(element) => {
    const shown = (e) => getComputedStyle(e).backgroundColor;
    let back = element;
    while (shown(back) === "rgba(0, 0, 0, 0)" && back.parentElement) back = back.parentElement;
    return [getComputedStyle(element).color, shown(back)];
}"""


def contrast(colours: list[str]) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted(map(luminance, colours))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("width", [1100, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_readable_fits_and_shows_the_focus(
    branch: Branch, browser: Browser, width: int, scheme: Any
) -> None:
    long = "2.0.0-" + "long" * 30
    branch.list(versions(*(e | {"title": long} for e in PUBLISHED)))
    page = browser.new_page(viewport={"width": width, "height": 500}, color_scheme=scheme)
    watched = Watched(page)
    for path in ("1.9.0/", "2.1.0rc1/", "1.0.0/", "1.9.0/none/"):
        page.goto(branch.address + path)
        expect(page.get_by_role("link", name="newest release")).to_be_visible()
        found = page.locator("docs-status p, docs-status a, main :is(h1, h2, p, a)")
        ratios = [contrast(element.evaluate(COLOURS)) for element in found.all()]
        assert len(ratios) > 1
        assert min(ratios) >= 4.5, path
        assert watched.faults() == []
        page.keyboard.press("Tab")
        link = page.get_by_role("link").first
        expect(link).to_be_focused()
        style = link.evaluate(
            "a => [getComputedStyle(a).outlineStyle, a.matches(':focus-visible')]"
        )
        assert style == ["solid", True]
    page.close()


def test_paper_does_not_carry_what_is_true_today(branch: Branch, page: Page) -> None:
    page.goto(f"{branch.address}1.9.0/")
    expect(page.get_by_role("note")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("docs-status")).to_be_hidden()


# addresses that lead nowhere


@pytest.mark.parametrize("site_url", ["https://docs.example.com/lib/", None])
def test_an_address_that_leads_nowhere_is_shown_the_versions_and_the_same_page_if_it_is_there(
    branch: Branch, page: Page, site_url: str | None
) -> None:
    branch.list(versions(*PUBLISHED), site_url=site_url)
    leads = {
        "1.9.0/guide/flat.html/": "latest/",
        "2.0.0/guide/gone/": "latest/",
        "1.0.0/typo/guide/": "latest/",
        "0.1.0/guide/flat.html#part": "latest/guide/flat.html#part",  # deleted
        "guide/flat.html": "latest/guide/flat.html",  # from before there were versions
        "guide/": "latest/guide/",
        "nothing": "latest/",
    }
    for path, target in leads.items():
        answer = page.goto(branch.address + path)
        assert answer
        assert answer.status == 404
        offer = page.get_by_role("status").get_by_role("link")
        text = "Go to" if target == "latest/" else "Read this page in"
        expect(offer).to_have_text(f"{text} the newest release, 2.0.0")
        assert offer.evaluate("a => a.href") == branch.address + target, path
        listed = page.get_by_role("listitem").get_by_role("link")
        assert listed.evaluate_all("all => all.map((a) => a.href)") == [
            f"{branch.address}{version}/" for version in ("2.1.0rc1", "2.0.0", "1.9.0", "1.0.0")
        ]


def test_the_page_of_a_release_that_lost_a_page_is_offered_where_the_newest_has_it(
    branch: Branch, page: Page
) -> None:
    (branch.folder / "1.9.0/guide/flat.html").unlink()
    page.goto(f"{branch.address}1.9.0/guide/flat.html")
    page.get_by_role("link", name="Read this page in the newest release, 2.0.0").click()
    page.wait_for_url(f"{branch.address}latest/guide/flat.html")


@pytest.mark.parametrize("site_url", ["https://docs.example.com/lib/", None])
def test_the_page_at_the_top_leads_below_the_prefix(
    tmp_path: Path, page: Page, site_url: str | None
) -> None:
    top = "lib/" if site_url else ""
    with served(tmp_path) as host:
        branch = Branch(tmp_path / top / "py", f"{host}{top}py/")
        branch.publish("2.0.0", "latest", version="2.0.0")
        branch.list(versions(*PUBLISHED), prefix="py", site_url=site_url)
        (tmp_path / "404.html").symlink_to(branch.folder / "404.html")
        for path in ("guide/flat.html", "py/guide/flat.html", "py/0.1.0/guide/flat.html"):
            page.goto(host + top + path)
            offer = page.get_by_role("link", name="Read this page in the newest release, 2.0.0")
            expect(offer).to_have_attribute("href", f"{branch.address}latest/guide/flat.html")


def test_an_address_can_not_have_the_page_ask_another_host(branch: Branch, page: Page) -> None:
    branch.list(versions(*PUBLISHED), site_url=None)
    host = branch.address.removesuffix("lib/")
    watched = Watched(page)
    paths = (
        "/elsewhere.example/1.9.0/guide/x",
        "/elsewhere.example/x",
        "//x/2.0.0/",
        "/lib/1.9.0/x",
    )
    for path in paths:
        page.goto(host + path, wait_until="networkidle")
        links = page.get_by_role("link").evaluate_all("all => all.map((a) => a.href)")
        assert [link for link in links if not link.startswith(host)] == []
    assert watched.elsewhere(host) == []


def test_without_scripts_the_versions_are_listed_all_the_same(
    branch: Branch, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{branch.address}1.9.0/none/")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    page.get_by_role("link", name="2.0.0", exact=True).click()
    page.wait_for_url(f"{branch.address}2.0.0/")
    context.close()
