"""The site as readers see it."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watch import Watched

pytestmark = pytest.mark.browser

PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_asks_another_origin_complains_scrolls_sideways_or_repeats_an_id(
    site: str, published: str, pages: list[str], browser: Browser, width: int, part: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="light")
    watched, faults = Watched(page), {}
    schemes: list[Literal["dark", "light"]] = ["dark", "light"]
    for i, path in enumerate(pages[part::PARTS]):
        page.goto(site + path, wait_until="load")
        found = watched.faults()
        page.emulate_media(color_scheme=schemes[i % 2])  # the other, for the next page too
        if found := found + watched.faults():
            faults[path] = found
    page.wait_for_load_state("networkidle")
    page.close()

    assert faults == {}
    assert watched.complaints == []
    assert watched.elsewhere(published) == []
    assert len(watched.requests) > len(pages) // PARTS
    # diagrams are drawn: no page needs a script for them
    assert [url for url in watched.requests if url.endswith("mermaid.js")] == []


@pytest.mark.parametrize(("version", "shown"), [("1.0.0", 1), ("2.0.0", 0)])
def test_an_old_version_says_so_once_and_leads_to_the_newest(
    published: str, browser: Browser, version: str, shown: int
) -> None:
    page = browser.new_page()
    watched = Watched(page)
    page.goto(f"{published}{version}/maintainers/labels/", wait_until="networkidle")
    banner = page.get_by_role("note", name="About this version")
    expect(banner).to_have_count(shown)
    # the theme's own has nothing to say
    expect(page.locator("[data-md-component=outdated]")).to_have_text("")
    if shown:
        expect(banner).to_contain_text("1.0.0, an older version.")
        link = banner.get_by_role("link", name="Read this page in the newest release, 2.0.0")
        assert link.evaluate("a => a.href") == f"{published}2.0.0/maintainers/labels/"
    assert watched.complaints == []
    page.close()


def test_every_page_of_the_navigation_is_visited(pages: list[str]) -> None:
    assert {"", "maintainers/releasing/", "contributing/", "api/docs_tools/model/schedule/"} < {
        *pages
    }
    assert len(pages) > 100
