"""Diagrams as readers see them: without a script, in both schemes, under every theme."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from docs_tools.diagrams.codes import Codes
from docs_tools.diagrams.engine import mermaid
from docs_tools.render.flowchart import render_flowchart
from docs_tools.render.gantt import render_gantt
from tests.browser.conftest import once, served
from tests.browser.watch import Watched
from tests.demo import ROOT
from tests.diagrams.kinds import KINDS
from tests.diagrams.processes import made, nasty_names, release
from tests.project import FILES, TinyProject

pytestmark = pytest.mark.browser

CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
RENDERERS = (render_gantt, render_flowchart)
LEAST = 4.5  # https://www.w3.org/TR/WCAG22/#contrast-minimum
FIGURES = "figure.docs_tools-diagram"
THEMES = {
    "material": "{name: material, font: false, palette: ["
    "{media: '(prefers-color-scheme: light)', scheme: default,"
    " toggle: {icon: material/weather-night, name: dark}},"
    "{media: '(prefers-color-scheme: dark)', scheme: slate,"
    " toggle: {icon: material/weather-sunny, name: light}}]}",
    "mkdocs": "{name: mkdocs, highlightjs: false, color_mode: auto}",
    "readthedocs": "{name: readthedocs, highlightjs: false}",
}
# more of what takes one colour after the other
MANY = {
    "pie": "pie\n" + "".join(f' "Slice {i}": {i + 5}\n' for i in range(12)),
    "git": "gitGraph\n commit\n"
    + "".join(f" branch b{i}\n commit id: 'c{i}' tag: 't{i}'\n" for i in range(7)),
    "timeline": "timeline\n"
    + "".join(f" section S{i}\n 20{i:02} : Event {i}\n" for i in range(12)),
    "mindmap": "mindmap\n ((Root))\n" + "".join(f"  Branch {i}\n   Leaf {i}\n" for i in range(12)),
    "journey": "journey\n"
    + "".join(f" section S{i}\n  Do {i}: {i % 6}: Me, You\n" for i in range(8)),
    "kanban": "kanban\n" + "".join(f" c{i}[Column {i}]\n  i{i}[Item {i}]\n" for i in range(8)),
}
DIAGRAMS = {**KINDS, **{f"many in {kind}": source for kind, source in MANY.items()}}
PAGE = "# Kinds\n\n" + "".join(
    f"## {name.title()}\n\n```mermaid\n{source}\n```\n\n" for name, source in DIAGRAMS.items()
)
FENCED = "markdown_extensions: [pymdownx.superfences, toc]\n"


def tiny(folder: Path, theme: str, **options: str) -> TinyProject:
    """A project whose one page holds a diagram of every kind."""
    settings = "".join(f", {name}: {value}" for name, value in options.items())
    config = (
        f"site_name: Tiny\nsite_url: ''\nuse_directory_urls: false\ntheme: {THEMES[theme]}\n"
        f"{FENCED}plugins:\n  - docs_tools/handbook: {{data: facts{settings}}}\n"
    )
    facts = {"facts/maintainers.yml": FILES["facts/maintainers.yml"]}
    return TinyProject(folder).create({"mkdocs.yml": config, "docs/index.md": PAGE, **facts})


def _build_kinds(folder: Path) -> None:
    for theme in THEMES:
        project = tiny(folder / theme / "project", theme)
        result = project.docs_tools("build", "-q", "-d", str(folder / theme / "site"))
        assert result.status == 0, result.err


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with every kind of diagram, in a folder for each theme."""
    with served(once(tmp_path_factory, "kinds", _build_kinds)) as address:
        yield address


def unreadable(page: Page, expected: int) -> list[str]:
    """The texts of the page's diagrams with too little contrast, in either scheme."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.wait_for_function("!document.getAnimations().length")
        texts: list[dict[str, Any]] = page.evaluate(CONTRAST)
        assert len(texts) >= expected
        found += [
            f'{scheme}: "{text["said"]}" in {text["figure"]}: {text["ratio"]:.1f}'
            for text in texts
            if text["ratio"] < LEAST
        ]
    return found


@pytest.fixture(scope="session")
def illustrated(built: Path, pages: list[str]) -> list[str]:
    """The pages of the site with diagrams."""
    site = built / "2.0.0"
    files = {page: site / (f"{page}index.html" if page.endswith("/") or not page else page)
             for page in pages}  # fmt: skip
    found = [page for page, file in files.items() if "docs_tools-diagram" in file.read_text()]
    assert {"maintainers/releasing/", "contributing/"} <= set(found)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_diagram_of_the_site_is_visible_without_a_script(
    site: str, illustrated: list[str], browser: Browser, scheme: str
) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for path in illustrated:
        page.goto(site + path, wait_until="load")
        figures = page.locator(FIGURES)
        assert figures.count() >= 1
        for figure in figures.all():
            drawing = figure.locator(":scope > svg")
            assert drawing.is_visible(), path
            box = drawing.bounding_box()
            assert box
            assert min(box["width"], box["height"]) > 50, path
            assert drawing.locator("text", has_text=re.compile(r"\S")).first.is_visible(), path
    context.close()


def test_every_text_in_the_diagrams_of_the_site_can_be_read(
    site: str, illustrated: list[str], browser: Browser
) -> None:
    page = browser.new_page()
    found = {}
    for path in illustrated:
        page.goto(site + path, wait_until="load")
        if texts := unreadable(page, expected=1):
            found[path] = texts
    page.close()
    assert found == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_in_a_diagram_of_any_kind_can_be_read_under_any_theme(
    kinds: str, browser: Browser, theme: str
) -> None:
    page = browser.new_page()
    watched = Watched(page)
    page.goto(f"{kinds}{theme}/site/index.html", wait_until="load")
    figures = page.locator(FIGURES)
    assert figures.count() == len(DIAGRAMS)
    assert unreadable(page, expected=300) == []
    assert watched.faults() == []
    assert watched.elsewhere(kinds) == []
    assert [url for url in watched.requests if "mermaid" in url] == []
    page.close()


def test_the_measure_of_contrast_finds_what_cannot_be_read(browser: Browser) -> None:
    """Grey on white, black under a veil, and one that is fine: by https://www.w3.org/TR/WCAG22."""
    page = browser.new_page()
    page.set_content(
        "<figure class=docs_tools-diagram><svg width=600 height=100>"
        "<rect width=600 height=100 fill='#fff'/><text x=10 y=50 fill='#777'>grey</text>"
        "<g opacity='.5'><text x=210 y=50 fill='#000'>veiled</text></g>"
        "<rect x=400 width=200 height=100 fill='#000' fill-opacity='.5'/>"
        "<text x=410 y=50 fill='#fff'>white</text></svg></figure>"
    )
    found = {text["said"]: round(text["ratio"], 2) for text in page.evaluate(CONTRAST)}
    page.close()
    # white on rgb(127.5, 127.5, 127.5), and that on white
    assert found == {"grey": 4.48, "veiled": 3.98, "white": 3.98}


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_a_browser_draws_where_the_setting_says_so_with_the_sites_own_script(
    theme: str, tmp_path: Path, browser: Browser
) -> None:
    project = tiny(tmp_path / "tiny", theme, diagrams="client")
    project.write("docs/index.md", f"# One\n\n```mermaid\n{KINDS['gantt']}\n```\n")
    project.write("docs/plain.md", "# No diagram\n")
    result = project.docs_tools("build", "-q")
    assert result.status == 0, result.err

    page = browser.new_page()
    watched = Watched(page)
    with served(project.folder / "site") as address:
        page.goto(f"{address}plain.html", wait_until="networkidle")
        assert [url for url in watched.requests if "mermaid" in url] == []
        page.goto(f"{address}index.html", wait_until="networkidle")
        assert f"{address}assets/docs_tools/mermaid.js" in watched.requests
        assert watched.elsewhere(address) == []
        # MkDocs' own theme complains where it has neither a search nor highlighted code
        assert watched.complaints == [] or theme == "mkdocs"
        # Material draws in a closed shadow
        drawn = page.locator("div.mermaid" if theme == "material" else "pre.mermaid > svg")
        drawn.wait_for()
        box = drawn.bounding_box()
        assert box
        assert box["height"] > 100
        check_readings(page)
    page.close()


def check_readings(page: Page) -> None:
    """Mermaid says the same of a diagram here, in a browser, as where there is none."""
    script = (ROOT / "docs_tools/diagrams/read.js").read_text("utf-8")
    page.evaluate(f"async () => {{ {script}; await mermaid.parse('pie'); }}")
    names = nasty_names(12)
    process = made(*((name, [name]) for name in names))
    charts = (render(each) for each in (release(), process) for render in RENDERERS)
    for source in (*KINDS.values(), *charts):
        found = Codes().facts(json.loads(page.evaluate("text => __docsToolsRead(text)", source)))
        assert found == mermaid().read(source)
