"""Mermaid fences of a page: where they are diagrams, where code, and what is wrong in them."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from docs_tools.diagrams import CACHE_VARIABLE, Drawings, find_faults
from docs_tools.errors import DocsToolsError
from docs_tools.markdown import DirectivesExtension
from docs_tools.model.facts import Facts, load_facts
from tests.markdown.site import FENCED, SITE, Site
from tests.project import CONFIG, TinyProject

SOURCE = "flowchart LR\n    a[one] --> b[two]"
FENCE = f"```mermaid\n{SOURCE}\n```"
GANTT = "<!-- docs_tools/gantt { id: release } -->"
FLOWCHART = "<!-- docs_tools/flowchart -->"
TOTAL = "<!-- docs_tools/fact { path: release.total } -->"
SHOWN = r'<pre class="mermaid">[^<]*flowchart LR\n +a\[one\] --&gt; b\[two\]</pre><details>'
SUPERFENCES: Any = import_module("pymdownx.superfences")

WRONG = {
    "syntax": ("flowchart LR\n    a -->", "Mermaid can't read this diagram: "),
    "unresolved": ("gantt\n    dateFormat HH:mm\n    A :a, after zz, 1m", '"zz"'),
    "no length": ("gantt\n    dateFormat HH:mm\n    A :a, 10:00, 0s", "of no length"),
    "one id": (
        "gantt\n    dateFormat HH:mm\n    A :a, 10:00, 1m\n    B :a, 11:00, 1m",
        'the id "a" is taken',
    ),
}


def indent(text: str, by: str = "    ") -> str:
    return "\n".join(f"{by}{line}" for line in text.split("\n"))


def fence(source: str, ticks: str = "```", header: str = "mermaid") -> str:
    return f"{ticks}{header}\n{source}\n{ticks}"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("data")
    (folder / "release.yml").write_text(
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build, duration: 8s}\n"
    )
    return load_facts(folder, "docs/data")


class Page(HTMLParser):
    """The ids of a page, and what refers to one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.figures: list[str] = []
        self.references: set[str] = set(re.findall(r"url\(#([^)]+)\)", html))
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "figure":
            self.figures.append(attributes["id"])
        for name in ("aria-labelledby", "aria-describedby"):
            self.references.update(attributes.get(name, "").split())


@pytest.mark.parametrize("ticks", ["```", "````", "~~~", "~~~~~"])
@pytest.mark.parametrize("header", ["mermaid", " mermaid", "{.mermaid}", '{ .mermaid title="x" }'])
def test_a_fence_is_a_diagram_with_the_same_facts_one_click_away(
    engine: Site, ticks: str, header: str
) -> None:
    html = engine.convert(f"One.\n\n{fence(SOURCE, ticks, header)}\n\nTwo.")

    assert re.fullmatch(
        rf"<p>One.</p>\s*{SHOWN}<summary>As a table</summary><table>.*</table></details>"
        r"\s*<p>Two.</p>",
        html,
        re.DOTALL,
    )
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    "header", ['mermaid title="x"', 'mermaid linenums="1" hl_lines="2"', "{ #own .mermaid .wide }"]
)
def test_superfences_headers_are_nothing_to_a_diagram(site: Site, header: str) -> None:
    assert re.search(SHOWN, site.convert(fence(SOURCE, header=header)))


@pytest.mark.parametrize(
    "fences",
    [
        [],
        [{"name": "mermaid", "class": "mermaid", "format": SUPERFENCES.fence_code_format}],
        [{"name": "mermaid", "class": "mermaid", "format": SUPERFENCES.fence_div_format}],
        [{"name": "other", "class": "other", "format": SUPERFENCES.fence_code_format}],
        [{"name": "*", "class": "any", "format": SUPERFENCES.fence_code_format}],
    ],
    ids=["none", "as Material documents it", "div", "another", "any"],
)
def test_a_fence_is_taken_whatever_the_site_has_set_for_it(
    facts: Facts, fences: list[dict[str, Any]]
) -> None:
    site = Site(facts, SITE, configs={"pymdownx.superfences": {"custom_fences": fences}})

    for _ in range(2):
        html = site.convert(f"{FENCE}\n\n{fence('x = 1', header='other')}")
        assert len(re.findall(SHOWN, html)) == 1
        assert html.count('class="mermaid"') == 1
        assert "x = 1" in re.sub("<[^>]*>", "", html).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("page", "around"),
    [
        (f"- one\n\n{indent(FENCE)}\n\n- two", rf"<li>\s*<p>one</p>\s*{SHOWN}.*</li>\s*<li>"),
        (f"- one\n\n    - two\n\n{indent(FENCE, '        ')}", rf"<p>two</p>\s*{SHOWN}.*</li>"),
        (f"1. one\n{indent(FENCE)}\n2. two", rf"<li>one\s*{SHOWN}.*</li>\s*<li>two"),
        (f"!!! note\n\n{indent(FENCE)}", rf'<div class="admonition note">.*{SHOWN}.*</div>'),
        (f"??? note\n\n{indent(FENCE)}", rf'<details class="note">.*{SHOWN}.*</details>'),
        (f'=== "One"\n\n{indent(FENCE)}', rf'<div class="tabbed-content">\s*{SHOWN}.*</div>'),
        (f"term\n:   is\n\n{indent(FENCE)}", rf"<dd>\s*<p>is</p>\s*{SHOWN}.*</dd>"),
        (f"a[^1]\n\n[^1]: is\n\n{indent(FENCE)}", rf'<div class="footnote">.*{SHOWN}.*</li>'),
        (indent(FENCE, "> "), rf"<blockquote>\s*{SHOWN}.*</blockquote>"),
        (f"> q\n>\n{indent(FENCE, '> ')}", rf"<blockquote>\s*<p>q</p>\s*{SHOWN}.*</blockquote>"),
        (f'<div markdown="1">\n\n{FENCE}\n\n</div>', rf"<div>\s*{SHOWN}.*</div>"),
        (f"# Title\n{FENCE}", rf"</h1>\s*{SHOWN}"),
    ],
)
def test_a_fence_is_a_diagram_wherever_a_block_may_stand(
    site: Site, page: str, around: str
) -> None:
    html = site.convert(page)

    assert re.search(around, html, re.DOTALL), html
    assert html.count('class="mermaid"') == 1
    assert "<p></p>" not in html
    assert site.extension.problems == []


@pytest.mark.parametrize("source", [SOURCE, "no diagram at all"])
@pytest.mark.parametrize(
    "example",
    [
        "````markdown\n{}\n````",
        "~~~~\n{}\n~~~~",
        "````\nText.\n\n{}\n\n{}\n````",
        "Text:\n\n    {}\n",
        "Text:\n\n    before\n\n    {}\n\n    after\n",
    ],
)
def test_a_fence_that_is_shown_as_code_is_neither_drawn_nor_checked(
    engine: Site, example: str, source: str
) -> None:
    inner = fence(source)
    if "    {}" in example:
        inner = indent(inner).lstrip()

    html = engine.convert(example.replace("{}", inner))

    assert "mermaid" in html
    assert 'class="mermaid"' not in html
    assert source in unescape(re.sub("<[^>]*>", "", html)).replace("        ", "    ")
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    "page", ["`` ```mermaid ``", "```python\nmermaid\n```", "mermaid\n\n    x"]
)
def test_other_code_stays_code(engine: Site, page: str) -> None:
    assert 'class="mermaid"' not in engine.convert(page)


@pytest.mark.parametrize("fault", WRONG)
@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("{}", [1]),
        ("# Title\n\n{}\n", [3]),
        ("{}\n\nText.\n\n{}\n", [1, -1]),
        ("````markdown\n{}\n````\n\n{}\n", [-1]),
        ("~~~\n{}\n~~~\n\n{}\n\n{}\n", [-2, -1]),
        ("```\nText.\n```\n\n{}\n", [-1]),
        ("Text:\n\n{4}\n\nText.\n\n{}\n", [-1]),
        ("{}\n\n" + FENCE + "\n\n{}", [1, -1]),
    ],
)
def test_what_is_wrong_is_reported_with_the_line_of_its_very_fence(
    engine: Site, page: str, lines: list[int], fault: str
) -> None:
    source, said = WRONG[fault]
    wrong = fence(source)
    text = page.replace("{}", wrong).replace("{4}", indent(wrong))
    starts = [m.start() for m in re.finditer("^```mermaid", text, re.M) if m[0]]
    starts = [start for start in starts if text.startswith(wrong, start)]

    found = engine.problems(text)

    # -1 is the last of these fences, 1 the first line
    expected = [text.count("\n", 0, starts[line]) + 1 if line < 0 else line for line in lines]
    assert [problem.split(" ")[0] for problem in found] == [
        f"docs/page.md:{line}:1:" for line in expected
    ]
    assert all(said in problem for problem in found)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("- one\n\n{}\n", 3),
        ("!!! note\n\n{}\n", 3),
        ('=== "One"\n\n{}\n', 3),
        ("Code:\n\n{}\n\n1. one\n\n{}\n", 0),
    ],
)
def test_a_fault_in_an_indented_fence_has_its_line(site: Site, page: str, line: int) -> None:
    source, _ = WRONG["unresolved"]
    text = page.replace("{}", indent(fence(source)))
    line = line or text[: text.rindex("```mermaid")].count("\n") + 1

    (problem,) = site.problems(text)

    assert problem.startswith(f"docs/page.md:{line}:5: ")


def test_a_fault_in_a_quoted_fence_has_its_line(site: Site) -> None:
    source, _ = WRONG["syntax"]

    (problem,) = site.problems(f"Text.\n\n> q\n>\n{indent(fence(source), '> ')}\n")

    assert problem.startswith("docs/page.md:5:3: ")


def test_the_line_counts_what_stands_before_the_text_in_the_file(engine: Site) -> None:
    text = f"---\ntitle: x\n---\n{fence(WRONG['syntax'][0])}\n"

    (problem,) = engine.problems(text)

    assert problem.startswith("docs/page.md:4:1: ")


def test_all_that_is_wrong_on_a_page_is_reported(engine: Site) -> None:
    page = "\n\n".join(fence(source) for source, _ in WRONG.values())

    found = engine.problems(f"{page}\n\n<!-- docs_tools/gant -->\n")

    assert sorted(int(problem.split(":")[1]) for problem in found) == [1, 6, 12, 18, 25]


def test_a_fault_in_an_included_file_is_said_to_stand_in_one(facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text(fence(WRONG["unresolved"][0]))
    site = Site(facts, SITE, configs={"pymdownx.snippets": {"base_path": [str(tmp_path)]}})

    (problem,) = site.problems('Text.\n\n--8<-- "part.md"\n')

    assert problem.startswith("docs/page.md: ")
    assert "(in a file that the page includes)" in problem


def test_a_process_that_can_not_be_a_chart_is_reported_at_its_directive(tmp_path: Path) -> None:
    (tmp_path / "release.yml").write_text(
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build, duration: 900h}\n"
    )
    site = Site(load_facts(tmp_path, "docs/data"), FENCED)

    (problem,) = site.problems(f"Text.\n\n{GANTT}\n\n{FLOWCHART}\n")

    assert problem.startswith("docs/page.md:3:1: docs_tools/gantt: the process takes a month")


def test_another_way_to_show_diagrams_is_refused() -> None:
    with pytest.raises(DocsToolsError, match='diagrams can\'t be "png"') as caught:
        DirectivesExtension(diagrams="png")
    assert caught.value.hint == "write drawn or client"


def test_readers_draw_a_diagram_from_its_escaped_source(engine: Site) -> None:
    html = engine.convert(fence("flowchart LR\n    a[\"1 < 2 & 'x'\"] --> b"))

    (source,) = re.findall(r'<pre class="mermaid">(.*?)</pre>', html, re.DOTALL)
    assert "a[\"1 &lt; 2 &amp; 'x'\"] --&gt; b" in source
    init, _, rest = unescape(source).partition("\n")
    assert re.fullmatch(r"%%\{init: \{.*\}\}%%", init)
    assert rest == "flowchart LR\n    a[\"1 < 2 & 'x'\"] --> b"


@pytest.mark.parametrize("extensions", [FENCED, SITE], ids=["markdown", "pymdownx"])
def test_a_diagram_is_drawn_into_the_page(facts: Facts, extensions: list[str]) -> None:
    site = Site(facts, extensions, diagrams="drawn")

    html = site.convert(f"One.\n\n{FENCE}\n\n{GANTT}\n\nTwo.")

    assert re.match(
        r'<p>One.</p>\s*<figure class="docs_tools-diagram" id="diagram-[0-9a-f]{8}"[^>]*><svg ',
        html,
    )
    assert re.search(r"</svg></figure>\s*<details>\s*<summary>As a table</summary>\s*<table>", html)
    assert html.endswith("<p>Two.</p>")
    assert html.count("<figure") == html.count("<svg") == html.count("<details>") == 2
    assert "mermaid" not in re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert "<script" not in html


def test_no_two_diagrams_of_a_page_share_an_id(facts: Facts) -> None:
    site = Site(facts, SITE, diagrams="drawn")

    page = Page(
        site.convert("\n\n".join([FENCE, FENCE, FLOWCHART, "- x\n\n    " + FLOWCHART, FENCE]))
    )

    assert [id for id, times in Counter(page.ids).items() if times > 1] == []
    one, _, two, *_ = page.figures
    assert page.figures == [one, f"{one}-2", two, f"{two}-2", f"{one}-3"]
    assert page.references <= set(page.ids)
    assert page.references


def test_a_diagram_has_the_same_id_on_every_page(facts: Facts) -> None:
    site = Site(facts, SITE, diagrams="drawn")

    one, two = (Page(site.convert(text)) for text in (FENCE, f"Text.\n\n{FENCE}"))

    assert one.figures == two.figures


def test_a_diagram_that_is_known_is_not_drawn_again(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CACHE_VARIABLE)

    def build(page: str) -> tuple[str, dict[str, int]]:
        html = Site(facts, SITE, diagrams="drawn", root=tmp_path).convert(page)
        cache = tmp_path / ".cache/docs_tools/diagrams"
        return html, {path.name: path.stat().st_mtime_ns for path in cache.glob("*.json")}

    first, drawn = build(f"{FENCE}\n\n{FENCE}")
    assert len(drawn) == 1
    assert build(f"{FENCE}\n\n{FENCE}") == (first, drawn)
    _, more = build(f"{FENCE}\n\n{FENCE.replace('two', 'three')}")
    assert len(more) == 2
    assert drawn.items() <= more.items()


@pytest.mark.parametrize("settings", ["", "markdown_extensions: [pymdownx.superfences]\n"])
def test_diagrams_and_directives_in_docstrings_do_not_disturb_their_page(
    project: TinyProject, settings: str
) -> None:
    docstring = f"Runs.\n\n{FENCE}\n\nIt takes {TOTAL}.\n\n{FLOWCHART}"
    functions = [
        f'\n\ndef {name}() -> None:\n    """{indent(docstring).lstrip()}\n    """\n'
        for name in ("run", "stop")
    ]
    project.write("tiny/core.py", f'"""The core.\n\n{FENCE}\n"""\n' + "".join(functions))
    project.write(
        "docs/page.md",
        f"# Page\n\n{FENCE}\n\n::: tiny.core\n\n{FENCE}\n\nIn {TOTAL} `{TOTAL}`\n\n{FLOWCHART}\n",
    )
    project.write(
        "facts/release.yml",
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build, duration: 8s}\n",
    )
    project.write("mkdocs.yml", CONFIG + settings)

    result = project.docs_tools("build")

    assert result.status == 0, result.err
    for file, fences, directives in (("reference/tiny/core.html", 3, 2), ("page.html", 5, 3)):
        html = (project.folder / "site" / file).read_text("utf-8")
        page = Page(html)
        assert [id for id, times in Counter(page.ids).items() if times > 1] == []
        assert len(page.figures) == fences + directives
        assert len({id[:16] for id in page.figures}) == 2
        assert page.references <= set(page.ids)
        assert html.count('<span class="docs_tools-fact">8 s</span>') == directives
        assert "\x02" not in html
    assert f"<code>{TOTAL.replace('<', '&lt;').replace('>', '&gt;')}</code>" in html


def test_a_fault_in_a_docstring_fails_the_build(project: TinyProject) -> None:
    wrong = indent(fence(WRONG["unresolved"][0]))
    project.write("tiny/core.py", f'def run() -> None:\n    """Runs.\n\n{wrong}\n    """\n')

    result = project.docs_tools("build")

    assert result.status == 1
    assert '"zz"' in result.err
    assert "tiny/core" in result.err
    assert "Traceback" not in result.err


GOLDEN = Path(__file__).parent.parent / "golden" / "directives"


def test_mermaid_reads_every_diagram_of_the_golden_pages() -> None:
    drawings = Drawings()
    count = 0
    for page in GOLDEN.glob("*/*/expected.md"):
        for source in re.findall(r"^```mermaid\n(.*?)\n```$", page.read_text("utf-8"), re.M | re.S):
            assert list(find_faults(drawings.read(source))) == [], page
            count += 1
    assert count >= 8
