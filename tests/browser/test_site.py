"""The site as readers see it."""

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = ["", "user-guide/", "maintainers/", "maintainers/labels/", "maintainers/releasing/",
         "maintainers/layers/", "user-guide/hotfix/", "api/docs_tools/model/schedule/"]  # fmt: skip


def watched(page: Page) -> tuple[list[str], list[str]]:
    """The addresses asked for, and what the console complained of, from now on."""
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return requests, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_asks_another_origin_complains_or_scrolls_sideways(
    site: str, published: str, browser: Browser, scheme: str, width: int
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    requests, complaints = watched(page)
    for path in PAGES:
        page.goto(site + path, wait_until="networkidle")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, path
    assert complaints == []
    assert [url for url in requests if not url.startswith((published, "data:", "blob:"))] == []
    page.close()


def test_the_gantt_chart_is_drawn_from_the_sites_own_script(site: str, browser: Browser) -> None:
    page = browser.new_page()
    requests, _ = watched(page)
    page.goto(site + "maintainers/releasing/", wait_until="networkidle")
    page.wait_for_selector("div.mermaid")
    box = page.locator("div.mermaid").first.bounding_box()
    assert box
    assert box["height"] > 300
    assert site + "assets/docs_tools/mermaid.js" in requests
    page.close()


@pytest.mark.parametrize(("version", "shown"), [("1.0.0", True), ("2.0.0", False)])
def test_an_old_version_says_so_and_leads_to_the_newest(
    published: str, browser: Browser, version: str, shown: bool
) -> None:
    page = browser.new_page()
    _, complaints = watched(page)
    page.goto(f"{published}{version}/maintainers/labels/", wait_until="networkidle")
    banner = page.get_by_text("You are reading the documentation of an older version.")
    assert banner.is_visible() == shown
    link = page.locator("[data-md-component=outdated] a").evaluate("a => a.href")
    assert link == published
    assert complaints == []
    page.close()


def test_a_page_without_a_diagram_loads_no_mermaid(site: str, browser: Browser) -> None:
    page = browser.new_page()
    requests, _ = watched(page)
    page.goto(site + "maintainers/labels/", wait_until="networkidle")
    assert not [url for url in requests if "mermaid" in url]
    page.close()


def test_real_mermaid_resolves_the_schedule_that_was_computed(site: str, browser: Browser) -> None:
    """Every task starts and ends where Python says, by Mermaid's own database."""
    from docs_tools.model.facts import load_facts
    from docs_tools.render.gantt import render_gantt
    from tests.demo import ROOT

    process = load_facts(ROOT / "docs/data", "docs/data").release
    assert process
    page = browser.new_page()
    page.goto(site + "maintainers/releasing/", wait_until="networkidle")
    tasks = page.evaluate(
        """async text => {
            const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
            const day = new Date(); day.setHours(0, 0, 0, 0);
            return diagram.db.getTasks().map(t => [t.id, (t.startTime - day) / 1000,
                (t.endTime - day) / 1000, t.task]);
        }""",
        render_gantt(process, "release"),
    )
    schedule = process.schedule
    assert {id: (start, end) for id, start, end, _ in tasks} == {
        f"release-{id}": (schedule[id].start, schedule[id].end) for id in schedule
    }
    page.close()
