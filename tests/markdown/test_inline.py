"""Facts and chips within sentences, and what must stay as it is written."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.facts import Facts, load_facts
from tests.markdown.site import FENCED, SITE, Site
from tests.size import examples

TOTAL = "<!-- docs_tools/fact { path: release.total } -->"
BUG = "<!-- docs_tools/labels { name: bug } -->"
LABELS = "<!-- docs_tools/labels -->"
EIGHT = '<span class="docs_tools-fact">8 s</span>'
CHIP = '<span class="docs_tools-fact"><span class="docs_tools-label">bug</span></span>'


def fact(path: str) -> str:
    return f'<!-- docs_tools/fact {{ path: "{path}" }} -->'


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("data")
    (folder / "labels.yml").write_text(
        "labels:\n"
        "  - {name: bug, usage: Broken, color: d73a4a}\n"
        "  - {name: rich, usage: 'See `a_b`, **bold** [site](https://a.example/c_d_e) and *em*'}\n"
        "  - {name: pipe, usage: 'one | two `x|y`'}\n"
        "  - {name: nested, usage: 'a [b [c]](d.md) e'}\n"
        "  - {name: button, usage: '[go](x.md){ .md-button }'}\n"
        "  - {name: markup, usage: 'say \"hi\" & <b> \\`no\\`'}\n"
        "  - {name: '[x](y) *z* `q`', usage: Odd}\n"
    )
    (folder / "release.yml").write_text(
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        "      - {id: build, name: Build, duration: 8s}\n"
    )
    (folder / "maintainers.yml").write_text(
        "project: {name: A project, repository: owner/a_repo}\n"
        "active:\n  - {name: Ada, github: ada}\n"
    )
    return load_facts(folder, "docs/data")


def plain(html: str) -> str:
    """The HTML without what a chip looks like, and without line ends."""
    html = re.sub(r'(?<=class="docs_tools-label") style="[^"]*"', "", html)
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("page", "html"),
    [
        (f"It takes {TOTAL}.", f"<p>It takes {EIGHT}.</p>"),
        (TOTAL, f"<p>{EIGHT}</p>"),
        (f"{TOTAL}{TOTAL} {BUG}{TOTAL}", f"<p>{EIGHT}{EIGHT} {CHIP}{EIGHT}</p>"),
        (f"one\n{TOTAL}\ntwo", f"<p>one{EIGHT}two</p>"),
        (f"one  \n{BUG}", f"<p>one<br />{CHIP}</p>"),
        (f"({TOTAL})s8{TOTAL}s", f"<p>({EIGHT})s8{EIGHT}s</p>"),
        (f"- in {TOTAL}\n- {BUG}", f"<ul><li>in {EIGHT}</li><li>{CHIP}</li></ul>"),
        (f"> {TOTAL}", f"<blockquote><p>{EIGHT}</p></blockquote>"),
        (f"*{TOTAL}* **a {BUG}**", f"<p><em>{EIGHT}</em> <strong>a {CHIP}</strong></p>"),
        (f"_{TOTAL}_ ***{TOTAL}***", f"<p><em>{EIGHT}</em> <strong><em>{EIGHT}</em></strong></p>"),
        (f"[in {TOTAL}](x.md)", f'<p><a href="x.md">in {EIGHT}</a></p>'),
        (f"[{BUG}][r]\n\n[r]: x.md", f'<p><a href="x.md">{CHIP}</a></p>'),
        (f"a <b>{TOTAL}</b>", f"<p>a <b>{EIGHT}</b></p>"),
        (f"`a` {TOTAL} `b`", f"<p><code>a</code> {EIGHT} <code>b</code></p>"),
        (f"\\`{TOTAL}\\`", f"<p>`{EIGHT}`</p>"),
        (f"two\\\\ {TOTAL}", f"<p>two\\ {EIGHT}</p>"),
        ("<!--docs_tools/fact {path: release.total}--> x", f"<p>{EIGHT} x</p>"),
        ("<!-- docs_tools/fact {\n  path: release.total\n} --> x", f"<p>{EIGHT} x</p>"),
        (
            f"| {TOTAL} | b |\n| - | - |\n| {BUG} | in {TOTAL} |",
            f"<table><thead><tr><th>{EIGHT}</th><th>b</th></tr></thead>"
            f"<tbody><tr><td>{CHIP}</td><td>in {EIGHT}</td></tr></tbody></table>",
        ),
    ],
)
def test_a_directive_within_a_sentence_is_expanded_in_its_place(
    engine: Site, page: str, html: str
) -> None:
    assert plain(engine.convert(page)) == html
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    ("page", "html"),
    [
        (f"a\n:   {TOTAL}", f"<dl><dt>a</dt><dd>{EIGHT}</dd></dl>"),
        (f"{BUG}\n:   b", f"<dl><dt>{CHIP}</dt><dd>b</dd></dl>"),
        (f'!!! note "In {TOTAL}"\n\n    x', f'<p class="admonition-title">In {EIGHT}</p>'),
        (f'??? note "In {TOTAL}"\n\n    x', f"<summary>In {EIGHT}</summary>"),
        (f'=== "In {TOTAL}"\n\n    x', f">In {EIGHT}</label>"),
        (f"a[^1]\n\n[^1]: In {TOTAL}", f"<p>In {EIGHT}&#160;<a"),
        (f'<div markdown="1">\nIn {TOTAL}\n</div>', f"<p>In {EIGHT}</p>"),
        (f"{TOTAL}{{ .big }}", '<p><span class="docs_tools-fact big">8 s</span></p>'),
    ],
)
def test_so_it_is_in_what_other_extensions_make(site: Site, page: str, html: str) -> None:
    assert html in plain(site.convert(page))
    assert site.extension.problems == []


def test_a_heading_has_an_id_and_a_name_from_the_text(site: Site) -> None:
    html = site.convert(
        f"# In {TOTAL}\n\n## A {BUG} and `{LABELS}`\n\n## {fact('labels.rich.usage')}"
    )

    assert f'<h1 id="in-8-s">In {EIGHT}</h1>' in html
    (top,) = site.engine.toc_tokens
    assert (top["id"], top["name"]) == ("in-8-s", "In 8 s")
    chip, rich = top["children"]
    assert (chip["id"], chip["name"]) == (
        "a-bug-and-docs_toolslabels-",
        "A bug and &lt;!-- docs_tools/labels --&gt;",
    )
    assert (rich["id"], rich["name"]) == (
        "see-a_b-bold-site-and-em",
        "See a_b, bold site and em",
    )


@pytest.mark.parametrize(
    ("page", "html"),
    [
        (f"[x](https://a.example/{TOTAL}/)", '<a href="https://a.example/8 s/">x</a>'),
        (f"[x](<{TOTAL}.md>)", '<a href="8 s.md">x</a>'),
        (f'[x](y.md "in {TOTAL}, {BUG}")', '<a href="y.md" title="in 8 s, bug">x</a>'),
        (
            f'![{TOTAL} {BUG}]({TOTAL}.png "{BUG}")',
            '<img alt="8 s bug" src="8 s.png" title="bug" />',
        ),
        (f"[x][r]\n\n[r]: https://a.example/{TOTAL}", '<a href="https://a.example/8 s">x</a>'),
        (f'[r]\n\n[r]: y.md "in {TOTAL}"', '<a href="y.md" title="in 8 s">r</a>'),
        (f"![x][r]\n\n[r]: <{BUG}.png>", '<img alt="x" src="bug.png" />'),
        (
            f"<https://a.example/{TOTAL}>",
            f'<a href="https://a.example/8 s">https://a.example/{EIGHT}</a>',
        ),
        (
            f"[issues]({fact('project.url')}/issues)",
            '<a href="https://github.com/owner/a&#95;repo/issues">issues</a>',
        ),
        (
            f'[x](y.md "{fact("labels.rich.usage")}")',
            '<a href="y.md" title="See a_b, bold site and em">x</a>',
        ),
        (
            f'[x](y.md "{fact("labels.pipe.usage")}")',
            '<a href="y.md" title="one &#124; two x&#124;y">x</a>',
        ),
        (
            f"![{fact('labels.markup.usage')}](y.png)",
            '<img alt="say &quot;hi&quot; &amp; &lt;b&gt; &#96;no&#96;" src="y.png" />',
        ),
    ],
)
def test_a_directive_in_an_attribute_is_text(engine: Site, page: str, html: str) -> None:
    assert plain(engine.convert(page)) == f"<p>{html}</p>"
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    ("label", "html"),
    [
        (
            "rich",
            "See <code>a_b</code>, <strong>bold</strong>"
            ' <a href="https://a.example/c_d_e">site</a> and <em>em</em>',
        ),
        ("pipe", "one &#124; two <code>x&#124;y</code>"),
        ("nested", 'a <a href="d.md">b [c]</a> e'),
        ("markup", 'say "hi" &amp; &lt;b&gt; &#96;no&#96;'),
    ],
)
def test_markdown_in_a_value_works_wherever_the_value_stands(
    engine: Site, label: str, html: str
) -> None:
    value = fact(f"labels.{label}.usage")
    shown = f'<span class="docs_tools-fact">{html}</span>'

    assert plain(engine.convert(f"So: {value}!")) == f"<p>So: {shown}!</p>"
    assert f"<li>{shown}</li>" in engine.convert(f"- {value}")
    assert f"<strong>{shown}</strong>" in engine.convert(f"**{value}**")
    table = engine.convert(f"| a | b |\n| - | - |\n| {value} | {value} |")
    assert f"<td>{shown}</td>\n<td>{shown}</td>\n</tr>" in table


def test_an_attribute_list_in_a_value_works_where_the_site_has_them(site: Site) -> None:
    html = site.convert(f"So: {fact('labels.button.usage')}.")

    assert '<a class="md-button" href="x.md">go</a></span>.' in html


def test_a_link_in_a_value_is_none_within_another_link(engine: Site) -> None:
    html = engine.convert(f"[{fact('labels.nested.usage')}](z.md) {fact('labels.nested.usage')}")

    assert html == (
        '<p><a href="z.md"><span class="docs_tools-fact">a <span>b [c]</span> e</span></a>'
        ' <span class="docs_tools-fact">a <a href="d.md">b [c]</a> e</span></p>'
    )


def test_the_name_of_a_label_is_shown_as_it_is(engine: Site) -> None:
    html = engine.convert('See <!-- docs_tools/labels { name: "[x](y) *z* `q`" } -->.')

    assert unescape(re.sub("<[^>]*>", "", html)) == "See [x](y) *z* `q`."
    assert {"<a", "<em", "<code"}.isdisjoint(re.findall(r"<\w+", html))


def test_a_chip_has_the_colour_of_its_label_and_is_found_whatever_the_case(engine: Site) -> None:
    html = engine.convert("<!-- docs_tools/labels { name: BUG } -->")

    assert re.search(r'style="[^"]*background-color:#d73a4a;color:#[0f]{3};[^"]*">bug<', html)


@pytest.mark.parametrize(
    "code",
    [
        f"`{TOTAL}`",
        f"`` {BUG} ``",
        f"``{TOTAL} ` {LABELS}``",
        f"`a {TOTAL} b {BUG}`",
        '`<!-- docs_tools/labels { name: "a`b" } -->`',
    ],
)
def test_a_directive_in_inline_code_is_shown_as_it_is_written(engine: Site, code: str) -> None:
    for before, after in (("", ""), ("See ", "."), ("**x** `y` ", f" and {TOTAL} `z`"), ("# ", "")):
        html = engine.convert(before + code + after)

        shown = [unescape(text) for text in re.findall("<code>(.*?)</code>", html)]
        assert code.strip("`").strip() in shown
        assert html.count(EIGHT) == after.count(TOTAL)
    assert engine.extension.problems == []


@pytest.mark.parametrize("language", ["python", "html", "yaml", "console", "text", "unknown"])
@pytest.mark.parametrize("code", [LABELS, f"x = 1 {TOTAL} y", f"{BUG}{TOTAL}"])
def test_a_directive_in_highlighted_inline_code_is_shown_as_it_is_written(
    site: Site, language: str, code: str
) -> None:
    html = site.convert(f"See `#!{language} {code}` and ``#!{language} {code} ` x``, {TOTAL}.")

    shown = re.findall(r"<code[^>]*>(.*?)</code>", html)
    assert [unescape(re.sub("<[^>]*>", "", text)) for text in shown] == [code, f"{code} ` x"]
    assert html.count(EIGHT) == 1


@pytest.mark.parametrize(
    "raw",
    [
        f"<div>{TOTAL}</div>",
        f"<div>\n\n{BUG}\n\n</div>",
        f"<pre>\n{LABELS}\n{TOTAL}\n</pre>",
        f"<!--\nnot yet\n\n{BUG}\n{LABELS}\n-->",
    ],
)
def test_a_directive_in_raw_html_stays_a_comment(engine: Site, raw: str) -> None:
    assert engine.convert(raw).strip() == raw.strip()
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    "tag",
    [
        f"<i title='{TOTAL}'>",
        f'<a href="{BUG}" class=x>',
        f'<img alt="{LABELS} {TOTAL}" />',
        f"<!-- not yet: {TOTAL} {LABELS} -->",
    ],
)
def test_a_directive_in_a_tag_of_a_sentence_stays_a_comment(engine: Site, tag: str) -> None:
    assert engine.convert(f"See {tag} and {TOTAL}") == f"<p>See {tag} and {EIGHT}</p>"
    assert engine.extension.problems == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            f"In {fact('release.totl')}",
            ['docs_tools/fact: no fact "release.totl"\n    did you mean release.total?'],
        ),
        (
            f"In {fact('xyz')}",
            [
                'docs_tools/fact: no fact "xyz"\n'
                "    a path begins with one of: maintainers, project, labels, release"
            ],
        ),
        (
            f"In {fact('project.qqqqqqqqqqqqqqq')}",
            [
                'docs_tools/fact: no fact "project.qqqqqqqqqqqqqqq"\n'
                "    there is: project.name, project.branch, project.repository, project.url"
            ],
        ),
        (
            f"In {fact('release.zzzzzzzzzz')}",
            [
                'docs_tools/fact: no fact "release.zzzzzzzzzz"\n'
                "    there is: release.title, release.total, release.sections, release.jobs,"
                " release.milestones, release.build.name, release.build.duration,"
                " release.build.start, release.build.end"
            ],
        ),
        ("In <!-- docs_tools/fact -->", ["docs_tools/fact: path: is missing"]),
        (
            "In <!-- docs_tools/fact { pat: release.total } -->",
            [
                "docs_tools/fact: path: is missing",
                "docs_tools/fact: pat: no such key; did you mean `path`?",
            ],
        ),
        (
            "In <!-- docs_tools/fact release.total -->",
            [
                "options go in braces, not 'release.total'\n    write such as { id: release }",
            ],
        ),
        (
            "In <!-- docs_tools/fcat { path: release.total } -->",
            ['no directive "docs_tools/fcat"\n    did you mean docs_tools/fact?'],
        ),
        (
            "A <!-- docs_tools/labels { name: bgu } -->",
            ['docs_tools/labels: no label "bgu"\n    did you mean "bug"?'],
        ),
        (
            "A <!-- docs_tools/labels { name: bug, group: x } -->",
            ["docs_tools/labels: name and group don't go together\n    take one of them out"],
        ),
        (
            "A <!-- docs_tools/labels { group: x } -->",
            [
                "docs_tools/labels must stand on a line of its own\n"
                "    put the directive between blank lines"
            ],
        ),
        (
            f"A {LABELS}.",
            [
                "docs_tools/labels must stand on a line of its own\n"
                "    put the directive between blank lines"
            ],
        ),
        (
            "[a](<!-- docs_tools/gantt -->)",
            [
                "docs_tools/gantt must stand on a line of its own\n"
                "    put the directive between blank lines"
            ],
        ),
        (
            "[a]\n\n[a]: <!-- docs_tools/gantt -->",
            [
                "docs_tools/gantt must stand on a line of its own\n"
                "    put the directive between blank lines"
            ],
        ),
    ],
)
def test_what_is_wrong_in_a_sentence_is_said_with_its_line(
    engine: Site, text: str, problems: list[str]
) -> None:
    line, column = 3 + text.count("\n"), text.splitlines()[-1].index("<!--") + 1

    found = engine.problems(f"# Title\n\n{text}\n")

    assert found == [f"docs/page.md:{line}:{column}: {problem}" for problem in problems]
    assert "docs_tools/" not in engine.convert(text)


def test_each_of_equal_faults_has_its_own_line(engine: Site) -> None:
    wrong = fact("release.totl")

    found = engine.problems(f"A {wrong}\nb `{wrong}`\n\n- c\n- d {wrong} {wrong}\n")

    assert [problem.split(" ")[0] for problem in found] == [
        "docs/page.md:1:3:",
        "docs/page.md:5:5:",
        f"docs/page.md:5:{len(wrong) + 6}:",
    ]


@pytest.mark.parametrize(
    ("broken", "directive"),
    [
        ("release", TOTAL),
        ("release", fact("release.nothing")),
        ("maintainers", fact("project.name")),
        ("maintainers", fact("maintainers.active")),
        ("labels", BUG),
        ("labels", "<!-- docs_tools/labels { name: nothing } -->"),
        ("labels", fact("labels.bug.usage")),
    ],
)
def test_a_data_file_with_faults_gives_no_more_faults_in_pages(
    facts: Facts, broken: str, directive: str
) -> None:
    missing: dict[str, Any] = {broken: None, "broken": frozenset({broken})}
    site = Site(replace(facts, **missing), SITE)

    assert site.problems(f"In {directive}.") == []
    assert re.sub("<[^>]*>", "", site.convert(f"In {directive}.")) == "In ."


def test_without_data_a_fact_says_that_there_is_none() -> None:
    assert Site(Facts("docs/data"), FENCED).problems(TOTAL) == [
        'docs/page.md:1:1: docs_tools/fact: no fact "release.total"\n'
        "    a path begins with one of: none, as there is no data"
    ]


WORDS = [
    "text",
    "a_b_c",
    "*em*",
    "**bold**",
    "[link](x.md)",
    "![alt](x.png)",
    "<b>raw</b>",
    "&amp;",
]
INLINE = st.sampled_from([*WORDS, TOTAL, BUG, f"[{TOTAL}](x.md)", f"**{BUG}**", f"[x]({TOTAL})"])
IN_CODE = st.sampled_from([TOTAL, BUG, LABELS, "<!-- docs_tools/lables -->", "plain"])
CODE = st.builds("{0}{1}{0}".format, st.sampled_from(["`", "``"]), IN_CODE)
HILITED = st.builds("`#!{} {}`".format, st.sampled_from(["python", "html", "text"]), IN_CODE)
SENTENCES = st.lists(INLINE | CODE | HILITED, min_size=1, max_size=5).map(" ".join)
FENCES = st.builds(
    "{0}{1}\n{2}\n{0}".format,
    st.sampled_from(["```", "~~~~"]),
    st.sampled_from(["", "python", " html"]),
    IN_CODE,
)


def indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in text.split("\n"))


BLOCKS = st.one_of(
    SENTENCES,
    SENTENCES.map("# {}".format),
    SENTENCES.map("> {}".format),
    SENTENCES.map("- {}".format),
    SENTENCES.map("| a | b |\n| - | - |\n| {} | c |".format),
    FENCES,
    st.just(LABELS),
)
# raw HTML is none where it is indented
OUTERMOST = st.one_of(
    IN_CODE.map(lambda code: f"Code:\n\n{indent(code)}\n\nText."),
    IN_CODE.map("<div>\n{}\n</div>".format),
    st.builds(
        "{}\n\n{}\n".format,
        st.sampled_from(["!!! note", '=== "Tab"', "- item", "??? note", "term\n:   item"]),
        BLOCKS.map(indent),
    ),
)


def count_in_code(page: str, directive: str) -> int:
    """How often a directive is written in code: each code of a page begins with it or `#!`."""
    before = r"(?:`(?:#!\w+ )?|(?:```|~~~~) ?\w*\n *|Code:\n\n +)"
    return len(re.findall(before + re.escape(directive), page))


@settings(max_examples=examples(150))
@given(st.lists(BLOCKS | OUTERMOST, min_size=1, max_size=5).map("\n\n".join))
def test_directives_in_code_come_out_as_written_and_no_marker_is_left(
    facts: Facts, page: str
) -> None:
    site = Site(facts, SITE)

    html = site.convert(page)  # looks for markers

    code = re.findall(r"<code[^>]*>(.*?)</code>", html, re.DOTALL)
    shown = unescape(re.sub(r"<[^>]*>", "", "\n".join(code)))
    for directive in (TOTAL, BUG, LABELS, "<!-- docs_tools/lables -->"):
        assert shown.count(directive) == count_in_code(page, directive)
    assert site.extension.problems == []


CHAOS = st.lists(
    st.sampled_from(
        [
            *(TOTAL, BUG, LABELS, "<!-- docs_tools/end -->", "<!-- docs_tools/fcat -->"),
            *(
                "`",
                "``",
                "```\n",
                "```mermaid\npie\n```\n",
                "~~~\n",
                "\n",
                "\n\n",
                "    ",
                "- ",
                "> ",
                "# ",
                "| a |\n|-|\n",
            ),
            *(
                "[",
                "](",
                "]",
                ")",
                "[r]: ",
                "![",
                "<",
                ">",
                "<div>",
                "</div>",
                "<b ",
                "<!-- ",
                "-->",
            ),
            *(
                "*",
                "_",
                "\\",
                "&",
                "!!! note\n",
                "[^1]: ",
                ":   ",
                "{ .x }",
                "#!python ",
                "word",
                " ",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=examples(300))
@given(CHAOS)
def test_no_page_whatever_it_mixes_holds_a_marker(facts: Facts, page: str) -> None:
    for extensions in (FENCED, SITE):
        Site(facts, extensions).convert(page)  # looks for markers
