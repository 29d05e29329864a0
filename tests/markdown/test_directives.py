"""Directives are expanded wherever a block may stand, and stay as they are in code."""

import re
from pathlib import Path

import markdown
import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.markdown.directives import DIRECTIVES
from docs_tools.markdown.syntax import DIRECTIVE, Source, find_directive
from docs_tools.model.facts import Facts, load_facts
from tests.markdown.site import FENCED, SITE, Site

LABELS = "<!-- docs_tools/labels -->"
GANTT = "<!-- docs_tools/gantt { id: release } -->"
ALL = ", ".join(f"docs_tools/{name}" for name in DIRECTIVES)
TABLE = ">bug</span>"
DIAGRAM = r'<pre class="mermaid">.*</pre>\s*<details>.*</details>'
SHOWN = "&lt;!-- docs_tools/labels --&gt;"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "labels.yml").write_text(
        "labels:\n  - {name: bug, usage: Broken}\n"
        "  - {name: small, usage: Small, group: size, listed: false}\n"
    )
    (folder / "maintainers.yml").write_text(
        "active:\n  - {name: Ada, github: ada}\nemeritus:\n  - {name: Grace, github: grace}\n"
    )
    (folder / "release.yml").write_text(
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build & sign, duration: 8s}\n"
    )
    (folder / "layers.yml").write_text(
        'layers:\n  - id: v2\n    name: PythonV2\n    account: "017000801446"\n'
        "    architectures: [x86_64]\n    regions: [eu-west-1]\n"
        'releases:\n  - {version: "2.9.0", layer: v2, number: 39}\n'
        '  - {version: "2.10.0", layer: v2, number: 40}\n'
    )
    return folder


@pytest.fixture(scope="module")
def facts(folder: Path) -> Facts:
    return load_facts(folder, "docs/data")


def test_a_directive_becomes_its_table(engine: Site) -> None:
    html = engine.convert(f"Before.\n\n{LABELS}\n\nAfter.")
    html = re.sub(r'<span class="docs_tools-label" style="[^"]*">', "<span>", html)

    assert re.sub(r"\s*\n\s*", "", html) == (
        "<p>Before.</p><table><thead><tr><th>Label</th><th>Usage</th><th>Notes</th></tr></thead>"
        "<tbody><tr><td><span>bug</span></td><td>Broken</td><td></td></tr></tbody></table>"
        "<p>After.</p>"
    )


def test_a_diagram_is_followed_by_the_same_facts_one_click_away(engine: Site) -> None:
    html = engine.convert(GANTT)

    assert re.fullmatch(
        r'<pre class="mermaid">(%%.*\n)?gantt\n    accTitle: Release\n.*'
        r"    Build #38; sign :crit, active, release-build, \d{4}-01-01 00:00:00, 8s</pre>\s*"
        r"<details>\s*<summary>As a table</summary>\s*<table>.*<td>Build &amp; sign</td>.*"
        r"</table>\s*</details>",
        html,
        re.DOTALL,
    )
    assert "<p>" not in html


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_a_flowchart_goes_where_its_option_says(engine: Site, direction: str) -> None:
    html = engine.convert(f"<!-- docs_tools/flowchart {{ direction: {direction} }} -->")

    assert f"flowchart {direction}\n" in html
    assert 'n0["Build #38; sign&lt;br&gt;8 s"]' in html
    assert html.count("<table>") == 1


def test_maintainers_have_the_columns_that_are_asked_for(engine: Site) -> None:
    html = engine.convert("<!-- docs_tools/maintainers { columns: [github, name] } -->")

    assert re.findall("<th>(.*?)</th>", html) == ["GitHub ID", "Maintainer"]
    assert re.findall("<td>(.*?)</td>", html) == ['<a href="https://github.com/ada">ada</a>', "Ada"]


def test_a_group_of_labels_shows_those_too_that_are_not_listed(engine: Site) -> None:
    assert ">small</span>" not in engine.convert(LABELS)
    html = engine.convert("<!-- docs_tools/labels { group: size } -->")
    assert ">small</span>" in html
    assert ">bug</span>" not in html


def test_each_group_of_maintainers_is_shown_by_its_option(engine: Site) -> None:
    assert "Ada" in engine.convert("<!-- docs_tools/maintainers -->")
    html = engine.convert("<!-- docs_tools/maintainers { group: emeritus } -->")
    assert "Grace" in html
    assert "Ada" not in html


@pytest.mark.parametrize(
    ("page", "around"),
    [
        (f"- one\n\n    {LABELS}\n\n- two", r"<li>\s*<p>one</p>\s*<table>.*</table>\s*</li>"),
        (f"1. one\n\n    {LABELS}", r"<ol>\s*<li>\s*<p>one</p>\s*<table>.*</table>\s*</li>"),
        (f"- one\n\n    {GANTT}", rf"<li>\s*<p>one</p>\s*{DIAGRAM}\s*</li>"),
        (f"> {LABELS}", r"<blockquote>\s*<table>.*</table>\s*</blockquote>"),
        (f"> quoted\n>\n> {GANTT}", rf"<blockquote>\s*<p>quoted</p>\s*{DIAGRAM}\s*</blockquote>"),
        (f"!!! note\n\n    {LABELS}", r'<div class="admonition note">.*<table>.*</table>\s*</div>'),
        (f"??? note\n\n    {LABELS}", r'<details class="note">.*<table>.*</table>\s*</details>'),
        (f'=== "One"\n\n    {LABELS}\n', r'<div class="tabbed-.*<table>.*</table>\s*</div>'),
        (f'<div markdown="1">\n\n{LABELS}\n\n</div>', r"<div>\s*<table>.*</table>\s*</div>"),
        (f"line\n{LABELS}\nline", r"<p>line</p>\s*<table>.*</table>\s*<p>line</p>"),
        (f"line\n   {LABELS}", r"<p>line</p>\s*<table>.*</table>"),
        (f"# Title\n{LABELS}", r"<h1.*</h1>\s*<table>.*</table>"),
        (f"{LABELS}\n{GANTT}", rf"<table>.*</table>\s*{DIAGRAM}"),
        (f"  {LABELS}  ", r"<table>.*</table>"),
        ("<!--docs_tools/labels-->", r"<table>.*</table>"),
        ("<!-- docs_tools/gantt {\n  id: x\n} -->", r'<pre class="mermaid">.* x-build,.*</pre>'),
    ],
)
def test_a_directive_is_expanded_wherever_a_block_may_stand(
    site: Site, page: str, around: str
) -> None:
    html = site.convert(page)

    assert re.search(around, html, re.DOTALL), html
    assert "docs_tools/" not in html
    assert "<p></p>" not in html
    assert site.extension.problems == []


@pytest.mark.parametrize(
    "page",
    [
        f"```\n{LABELS}\n```",
        f"~~~\n{LABELS}\n~~~",
        f"````markdown\n```\n{LABELS}\n```\n````",
        f"Write `{LABELS}` there.",
        f"Write `` {LABELS} `` there.",
        f"Text:\n\n    {LABELS}\n",
        f"Text:\n\n    first\n    {LABELS}\n    last\n",
    ],
)
def test_a_directive_in_code_is_shown_as_it_is_written(engine: Site, page: str) -> None:
    html = engine.convert(page)

    code = re.findall(r"<code[^>]*>(.*?)</code>", html, re.DOTALL)
    assert SHOWN in re.sub(r"<[^>]*>", "", "".join(code)), html
    assert TABLE not in html
    assert LABELS not in html
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    "page",
    [
        f"- one\n\n    ```\n    {LABELS}\n    ```\n",
        f"> ```\n> {LABELS}\n> ```\n",
        f"!!! note\n\n    ~~~\n    {LABELS}\n    ~~~\n",
        f"``` {{ .html linenums=1 }}\n{LABELS}\n```",
        f"Write `#!html {LABELS}` there.",
    ],
)
def test_code_inside_other_blocks_stays_code(site: Site, page: str) -> None:
    html = site.convert(page)

    assert SHOWN in re.sub(r"<[^>]*>", "", html), html
    assert TABLE not in html
    assert LABELS not in html


def test_a_directive_in_raw_html_stays_a_comment(engine: Site) -> None:
    html = engine.convert(f"<div>\n{LABELS}\n</div>")

    assert html == f"<div>\n{LABELS}\n</div>"


def test_another_comment_is_left_alone(engine: Site) -> None:
    assert engine.convert("<!-- docs_tools: later -->") == "<!-- docs_tools: later -->"
    assert engine.convert("<!-- more -->") == "<!-- more -->"


def test_a_directive_in_the_text_of_the_data_is_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / "labels.yml").write_text(
        f'labels:\n  - {{name: bug, usage: "{GANTT}", notes: "`{GANTT}`"}}\n'
    )

    html = Site(load_facts(tmp_path, "docs/data"), SITE).convert(LABELS)

    assert "mermaid" not in html
    assert html.count("&lt;") == 2
    assert "<!--" not in html


def test_a_directive_of_a_snippet_is_expanded(facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text(f"Included.\n\n{LABELS}\n")
    site = Site(facts, SITE, configs={"pymdownx.snippets": {"base_path": [str(tmp_path)]}})

    html = site.convert('Before.\n\n--8<-- "part.md"\n')

    assert "<p>Included.</p>" in html
    assert TABLE in html


def test_a_fault_in_a_snippet_is_said_to_stand_in_one(facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("<!-- docs_tools/labels { x: 1 } -->\n")
    site = Site(facts, SITE, configs={"pymdownx.snippets": {"base_path": [str(tmp_path)]}})

    assert site.problems('\n\n--8<-- "part.md"\n') == [
        "docs/page.md: docs_tools/labels: x: no such key; there is: group, name"
        " (in a file that the page includes)"
    ]


@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        (
            "<!-- docs_tools/lables -->",
            'docs/page.md:3:1: no directive "docs_tools/lables"\n'
            "    did you mean docs_tools/labels?",
        ),
        (
            "<!-- docs_tools/xyz -->",
            f'docs/page.md:3:1: no directive "docs_tools/xyz"\n    there is: {ALL}',
        ),
        (
            "<!-- docs_tools/ -->",
            f'docs/page.md:3:1: no directive "docs_tools/"\n    there is: {ALL}',
        ),
        (
            "<!-- docs_tools/gantt { ide: x } -->",
            "docs/page.md:3:1: docs_tools/gantt: ide: no such key; did you mean `id`?",
        ),
        (
            "<!-- docs_tools/gantt { id: 1 } -->",
            'docs/page.md:3:1: docs_tools/gantt: id: 1 is a number here; quote it: "1"',
        ),
        (
            "<!-- docs_tools/gantt { id: x, id: y } -->",
            "docs/page.md:3:1: docs_tools/gantt: id: this key stands twice (first on line 1);"
            " keep one of the two",
        ),
        (
            "<!-- docs_tools/gantt id=x -->",
            "docs/page.md:3:1: options go in braces, not 'id=x'\n    write such as { id: release }",
        ),
        (
            "<!-- docs_tools/gantt { id: x -->",
            "docs/page.md:3:1: options go in braces, not '{ id: x'\n"
            "    write such as { id: release }",
        ),
        (
            '<!-- docs_tools/layers { version: "9.9" } -->',
            'docs/page.md:3:1: docs_tools/layers: docs/data/layers.yml has no numbers for "9.9"\n'
            "    it has: 2.9.0, 2.10.0",
        ),
        (
            "<!-- docs_tools/layers { version: 2.10 } -->",
            'docs/page.md:3:1: docs_tools/layers: version: 2.10 is a number here; quote it: "2.10"',
        ),
        (
            "<!-- docs_tools/maintainers { group: all } -->",
            "docs/page.md:3:1: docs_tools/maintainers: group: input should be"
            " 'active' or 'emeritus'",
        ),
        (
            f"See {LABELS} for more.",
            "docs/page.md:3:5: docs_tools/labels must stand on a line of its own\n"
            "    put the directive between blank lines",
        ),
        (
            f"| a | b |\n| - | - |\n| {LABELS} | c |",
            "docs/page.md:5:3: docs_tools/labels must stand on a line of its own\n"
            "    put the directive between blank lines",
        ),
    ],
)
def test_a_wrong_directive_is_reported_with_its_line_and_its_mend(
    engine: Site, directive: str, problem: str
) -> None:
    assert engine.problems(f"# Title\n\n{directive}\n") == [problem]


def test_every_wrong_directive_of_a_page_is_reported(engine: Site) -> None:
    problems = engine.problems("<!-- docs_tools/a -->\n\n<!-- docs_tools/b -->\n")

    assert [problem.split(": ")[0] for problem in problems] == [
        "docs/page.md:1:1",
        "docs/page.md:3:1",
    ]


def test_the_data_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert Site(load_facts(tmp_path, "docs/data"), FENCED).problems(LABELS) == [
        "docs/page.md:1:1: docs_tools/labels: there is no docs/data/labels.yml to render\n"
        "    write the file, or take the directive out"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "```\n{}\n```",
        "~~~ html\n{}\n~~~",
        "````\n```\n{}\n```\n````",
        "```\n~~~\n{}\n```",
        "    {}",
        "Say `{}`.",
        "```one line```\n\nSay `{}`.",
        "```\n```python\n{}\n```",
    ],
)
def test_a_fault_has_its_own_line_though_the_same_text_stands_in_code_before(
    engine: Site, code: str
) -> None:
    wrong = "<!-- docs_tools/lables -->"
    page = "Text.\n\n" + code.replace("{}", wrong) + "\n\n" + wrong + "\n"

    (problem,) = engine.problems(page)

    assert problem.startswith(f"docs/page.md:{len(page.splitlines())}:1: ")


def test_equal_faults_have_a_line_each(engine: Site) -> None:
    wrong = "<!-- docs_tools/lables -->"

    problems = engine.problems(f"{wrong}\n\n- item\n\n    {wrong}\n\n\n{wrong}\n")

    assert [problem.split(" ")[0] for problem in problems] == [
        "docs/page.md:1:1:",
        "docs/page.md:5:5:",
        "docs/page.md:8:1:",
    ]


def test_a_fault_behind_a_fence_that_never_ends_has_its_line(engine: Site) -> None:
    problems = engine.problems("```\nnot closed\n\n<!-- docs_tools/lables -->\n")

    assert [problem.split(" ")[0] for problem in problems] == ["docs/page.md:4:1:"]


def test_a_line_is_counted_in_the_file_front_matter_included(facts: Facts) -> None:
    site = Site(facts, FENCED)
    body = "# Title\n\n<!-- docs_tools/lables -->\n"
    site.extension.source = Source("docs/page.md", f"---\ntitle: x\n---\n{body}")

    site.engine.reset().convert(body)

    assert [problem.line for problem in site.extension.problems] == [6]


def test_two_pages_of_one_engine_do_not_mix(engine: Site) -> None:
    wrong = "<!-- docs_tools/lables -->"
    first = engine.convert(f"{LABELS}\n\n`{GANTT}`\n\n{wrong}")
    second = engine.convert(f"Text.\n\n{wrong}\n\n{GANTT}\n\n`{LABELS}`")

    assert TABLE in first
    assert "mermaid" not in first
    assert TABLE not in second
    assert "mermaid" in second
    assert SHOWN in second
    assert [problem.line for problem in engine.extension.problems] == [5, 3]
    assert engine.convert("Plain.") == "<p>Plain.</p>"


def test_the_arns_that_a_directive_shows_are_counted(engine: Site) -> None:
    html = engine.convert('<!-- docs_tools/layers { version: "2.9.0" } -->')

    arn = "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2:39"
    assert f"<code>{arn}</code>" in html
    assert [str(shown) for shown in engine.context.shown] == [arn]


def test_a_directive_without_numbers_says_why(engine: Site) -> None:
    engine.context.layers_missing = "docs/data/layers.yml has no layer numbers for 2.11.0"

    assert engine.problems("<!-- docs_tools/layers -->") == [
        "docs/page.md:1:1: docs_tools/layers: docs/data/layers.yml has no layer numbers for 2.11.0"
        "\n    add the release to docs/data/layers.yml"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{LABELS} --> {GANTT}", [LABELS, GANTT]),
        ("<!-- docs_tools/gantt { id: 'a' --> b } -->", ["<!-- docs_tools/gantt { id: 'a' -->"]),
        ("<!-- docs_tools/labels -- > -->", ["<!-- docs_tools/labels -- > -->"]),
        ("<!-- docs_tools/labels", []),
        ("<!-- see docs_tools/labels -->", []),
        ("<!-- docs_tools.labels -->", []),
    ],
)
def test_a_directive_ends_where_its_comment_ends(text: str, found: list[str]) -> None:
    assert [match[0] for match in DIRECTIVE.finditer(text)] == found


def test_a_line_is_that_of_the_occurrence_outside_fences() -> None:
    text = f"{LABELS}\n\n```\n{LABELS}\n```\n{LABELS} {GANTT}\n"

    assert [find_directive(text, LABELS, n) for n in range(3)] == [(1, 1), (6, 1), None]
    assert find_directive(text, GANTT, 0) == (6, 28)


def test_the_extension_alone_reads_the_data_folder(folder: Path) -> None:
    configs = {"docs_tools": {"data": str(folder)}}

    html = markdown.markdown(
        f"{LABELS}\n\n<!-- docs_tools/layers -->",
        extensions=["tables", "docs_tools"],
        extension_configs=configs,
    )

    assert TABLE in html
    assert "layer:PythonV2:40" in html
    assert "layer:PythonV2:39" not in html


def test_the_extension_alone_needs_no_other_extension_for_its_tables(folder: Path) -> None:
    configs = {"docs_tools": {"data": str(folder)}}

    html = markdown.markdown(LABELS, extensions=["docs_tools"], extension_configs=configs)

    assert "<table>" in html


def test_the_extension_alone_reads_no_data_for_a_page_without_directives(tmp_path: Path) -> None:
    configs = {"docs_tools": {"data": str(tmp_path / "none")}}

    html = markdown.markdown("Plain.", extensions=["docs_tools"], extension_configs=configs)

    assert html == "<p>Plain.</p>"


def test_the_extension_alone_raises_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    def convert(text: str, data: Path) -> None:
        configs = {"docs_tools": {"data": str(data)}}
        markdown.markdown(text, extensions=["docs_tools"], extension_configs=configs)

    with pytest.raises(DocsToolsError, match='no directive "docs_tools/lables"'):
        convert("<!-- docs_tools/lables -->", folder)
    with pytest.raises(DocsToolsError, match="there is no data folder"):
        convert(LABELS, tmp_path / "none")
    (tmp_path / "labels.yml").write_text("labels: bug\n")
    with pytest.raises(DocsToolsError, match=r"labels\.yml:1:1: labels: must be a list, not text"):
        convert(LABELS, tmp_path)


@pytest.mark.parametrize(
    "directive",
    ["<!--\ndocs_tools/labels\n-->", "<!--\n\n  docs_tools/labels\n  { group: size }\n-->"],
)
def test_a_directive_may_begin_on_the_line_below_its_comment(engine: Site, directive: str) -> None:
    page = f"One.\n\n{directive}\n\nTwo.\n"

    html = engine.convert(page)

    assert re.search(r"One.*<table>.*small</span>|One.*<table>.*bug</span>", html, re.DOTALL)
    assert "docs_tools/labels" not in html
    wrong = directive.replace("labels", "lables")
    assert find_directive(page.replace(directive, wrong), wrong, 0) == (3, 1)
