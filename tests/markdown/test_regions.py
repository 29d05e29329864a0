"""What `docs_tools render` wrote into a file that becomes part of a page is written anew there."""

import re

import pytest

from docs_tools.markdown.context import Context
from docs_tools.markdown.fill import fill
from docs_tools.model.facts import Facts, load_facts
from tests.markdown.site import Site

LABELS = "<!-- docs_tools/labels -->"
GANTT = "<!-- docs_tools/gantt -->"
TOTAL = "<!-- docs_tools/fact { path: release.total } -->"
BUG = "<!-- docs_tools/labels { name: bug } -->"
END = "<!-- docs_tools/end -->"
OLD = "| old |\n| --- |\n| old |"
FILLED = f"{LABELS}\n\n{OLD}\n\n{END}"
DRAWN = (
    f"{GANTT}\n\n```mermaid\ngantt\n    Old :old, after nothing, 1m\n```\n\n"
    f"<details>\n<summary>Old table</summary>\n\n{OLD}\n\n</details>\n\n{END}"
)
STRAY = "this end has no directive before it\n    take it out"


def indent(text: str, by: str = "    ") -> str:
    return "\n".join(f"{by}{line}" if line else line for line in text.split("\n"))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("data")
    (folder / "labels.yml").write_text("labels:\n  - {name: bug, usage: Broken}\n")
    (folder / "release.yml").write_text(
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build, duration: 8s}\n"
    )
    return load_facts(folder, "docs/data")


def outline(html: str) -> str:
    """The HTML with a word for each table, chart and chip of today's data."""
    html = re.sub(r"<table>(?:(?!</table>).)*Broken.*?</table>", "LABELS", html, flags=re.DOTALL)
    html = re.sub(r"<table>(?:(?!</table>).)*Build.*?</table>", "JOBS", html, flags=re.DOTALL)
    html = re.sub(r'<pre class="mermaid">.*?Build :.*?</pre>', "CHART", html, flags=re.DOTALL)
    html = html.replace('<span class="docs_tools-fact">8 s</span>', "TOTAL")
    return re.sub(r"\s*\n\s*", "", html)


AS_TABLE = "<details><summary>As a table</summary>JOBS</details>"


@pytest.mark.parametrize(
    ("page", "html"),
    [
        (f"a\n\n{FILLED}\n\nb", "<p>a</p>LABELS<p>b</p>"),
        (f"a\n\n{DRAWN}\n\nb", f"<p>a</p>CHART{AS_TABLE}<p>b</p>"),
        (f"a\n{LABELS}\nold\n{END}\nb", "<p>a</p>LABELS<p>b</p>"),
        (f"{LABELS}\n{END}", "LABELS"),
        (f"{LABELS}\n\n- old\n\n    old\n\n# old\n\n    old\n\n{END}", "LABELS"),
        (f"{FILLED}\n\n{FILLED}\n\n{DRAWN}", f"LABELSLABELSCHART{AS_TABLE}"),
        (f"{LABELS}\n\nkept\n\n{FILLED}", "LABELS<p>kept</p>LABELS"),
        (f"> {indent(FILLED, '> ')[2:]}\n>\n> b", "<blockquote>LABELS<p>b</p></blockquote>"),
        (
            f"- a\n\n{indent(FILLED)}\n\n    b\n\n- c\n\n{indent(DRAWN)}\n\n    d\n",
            f"<ul><li><p>a</p>LABELS<p>b</p></li><li><p>c</p>CHART{AS_TABLE}<p>d</p></li></ul>",
        ),
        (
            f"1. a\n\n    - b\n\n{indent(FILLED, '        ')}\n\n        c\n\n2. d",
            "<ol><li><p>a</p><ul><li><p>b</p>LABELS<p>c</p></li></ul></li><li><p>d</p></li></ol>",
        ),
        (f"- a\n    {LABELS}\n    old\n    {END}\n- b", "<ul><li>aLABELS</li><li>b</li></ul>"),
        (f"in {TOTAL}9 s{END}.", "<p>in TOTAL.</p>"),
        (f"{TOTAL}{END} or {TOTAL}*9* `s` [l](m)\nold{END}", "<p>TOTAL or TOTAL</p>"),
        (f"{TOTAL}<b>9 s</b>{END} b", "<p>TOTAL b</p>"),
        (f"# In {TOTAL}9 s{END}", "In TOTAL</h1>"),
        (f"- {TOTAL}9 s{END}\n- b", "<ul><li>TOTAL</li><li>b</li></ul>"),
        (f"| a |\n| - |\n| {TOTAL}9 s{END} |", "<td>TOTAL</td>"),
        (f"*{TOTAL}9 s{END}* **{TOTAL}{END}**", "<p><em>TOTAL</em> <strong>TOTAL</strong></p>"),
    ],
)
def test_what_stands_up_to_the_end_is_dropped(engine: Site, page: str, html: str) -> None:
    found = outline(engine.convert(page))

    assert found.endswith(html) if html.endswith("</h1>") else html in found
    assert "old" not in found
    assert found.startswith("<h1") or found == html or "<td>" in html
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    ("page", "html"),
    [
        (f"!!! note\n\n{indent(DRAWN)}\n\n    b\n\nc", f"CHART{AS_TABLE}<p>b</p></div><p>c</p>"),
        (f"??? note\n\n{indent(FILLED)}\n\n    b\n\nc", "LABELS<p>b</p></details><p>c</p>"),
        (f'=== "One"\n\n{indent(FILLED)}\n\n    b\n\nc', "LABELS<p>b</p></div></div><p>c</p>"),
        (f"a\n:   b\n\n{indent(FILLED)}\n\n    c\n\nd", "<p>b</p>LABELS<p>c</p></dd></dl><p>d</p>"),
        (f"a[^1]\n\n[^1]: b\n\n{indent(FILLED)}\n\n    c", "<p>b</p>LABELS<p>c&#160;"),
        (f'<div markdown="1">\n\n{DRAWN}\n\nb\n\n</div>', f"<div>CHART{AS_TABLE}<p>b</p></div>"),
    ],
)
def test_so_it_is_in_the_blocks_of_other_extensions(site: Site, page: str, html: str) -> None:
    found = outline(site.convert(page))

    assert html in found
    assert "old" not in found
    assert site.extension.problems == []


@pytest.mark.parametrize(
    "page",
    [
        f"One.\n\n{LABELS}\n\nTwo in {TOTAL}, {BUG}.\n\n{GANTT}\n\nThree.\n",
        f"- one\n\n    {LABELS}\n\n    two\n\n- three {TOTAL}\n",
        f"> {LABELS}\n>\n> one\n",
        f"# In {TOTAL}\n\n1. one\n\n    {GANTT}\n\n2. two\n",
    ],
)
def test_a_page_is_the_same_before_and_after_render_filled_it(
    engine: Site, facts: Facts, page: str
) -> None:
    filled = fill(page, Context.of_newest(facts, plain=True), "page.md")

    assert filled.count(END) == page.count("<!-- docs_tools/")
    assert engine.convert(filled) == engine.convert(page)
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (f"a\n\n{END}\n\nb", 3),
        (f"a {END} b", 1),
        (f"{FILLED}\n\n{END}", 9),
        (f"{LABELS}\n\nin {TOTAL}9 s{END}\n\n{END}", 5),
        (f"- {LABELS}\n\n    old\n\n{END}\n\nb", 5),
        (f"{LABELS}\n\nb {END}", 3),
        (f"in {TOTAL}\n\n{END}", 3),
        (f"[a]({END})", 1),
    ],
)
def test_an_end_that_ends_nothing_is_reported(engine: Site, page: str, line: int) -> None:
    column = page.splitlines()[line - 1].index("<!--") + 1
    assert engine.problems(page) == [f"docs/page.md:{line}:{column}: {STRAY}"]


@pytest.mark.parametrize(
    "code",
    [f"It ends with `{END}`.", f"```\n{END}\n```", f"Text.\n\n    {END}\n"],
)
def test_an_end_in_code_ends_nothing(engine: Site, code: str) -> None:
    for page in (f"{LABELS}\n\nkept\n\n{code}\n\nkept", f"in {TOTAL}, kept\n\n{code}\n\nkept"):
        html = engine.convert(page)

        assert html.count("kept") == 2
        assert "&lt;!-- docs_tools/end --&gt;" in html
    assert engine.extension.problems == []


def test_an_end_in_code_ends_nothing_in_a_list_item(site: Site) -> None:
    html = site.convert(f"- {LABELS}\n\n    kept, up to `{END}`\n\n    kept\n")

    assert html.count("kept") == 2
    assert site.extension.problems == []


def test_a_region_that_is_left_open_takes_nothing_of_the_page_before(engine: Site) -> None:
    engine.convert(f"- {LABELS}\n\n    old\n\n{END}")
    engine.extension.problems.clear()

    assert "<p>b</p>" in engine.convert("- a\n\n    b\n")
    assert engine.extension.problems == []
