"""Text from data can't break out of its cell, nor smuggle anything in."""

import re

import markdown
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from docs_tools.model.arn import LayerArn
from docs_tools.model.labels import Label
from docs_tools.model.layers import LayerSet, LayerVersion
from docs_tools.model.people import Maintainer
from docs_tools.model.release import ReleaseProcess
from docs_tools.render.labels import render_labels
from docs_tools.render.layers import render_layers
from docs_tools.render.people import COLUMNS, render_maintainers
from docs_tools.render.process import render_process_table
from docs_tools.render.text import cell, literal, table
from tests.render.hostile import (
    CONFIGS,
    EXTENSIONS,
    TABLE_TAGS,
    TWEMOJI,
    check_shape,
    convert,
    labels,
    on_one_line,
    processes,
    texts,
)
from tests.size import examples

sites = pytest.mark.parametrize("site", EXTENSIONS)


@sites
@settings(max_examples=examples(200))
@given(rows=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=3))
def test_a_table_has_the_rows_and_cells_of_its_data_and_nothing_smuggled_in(
    site: str, rows: list[tuple[str, str, str]]
) -> None:
    source = table(["A", "B", "C"], [[cell(text) for text in row] for row in rows])

    check_shape(convert(source, site), len(rows), 3)


@sites
@settings(max_examples=examples(100))
@given(row=st.lists(texts, min_size=1, max_size=2))
def test_one_cell_is_the_same_whatever_stands_beside_it(site: str, row: list[str]) -> None:
    alone = [convert(table(["A", "B"], [[cell(t), "x"]]), site).rows[1][0] for t in row]

    together = convert(table(["A"] * 2, [[cell(t) for t in [*row, "x"][:2]]]), site).rows[1]

    assert together[: len(row)] == alone


@sites
@settings(max_examples=examples(100))
@given(labels=st.lists(labels, max_size=3), plain=st.booleans())
def test_labels_are_shown_with_their_very_names(
    site: str, labels: list[Label], plain: bool
) -> None:
    page = convert(render_labels(labels, plain=plain), site)

    check_shape(page, len(labels), 3)
    shown = [on_one_line(label.name) for label in labels]
    assert [row[0] for row in page.rows[1:]] == (shown or [""])
    chips = [a.get("class") for _, a in page.elements].count("docs_tools-label")
    assert chips == (0 if plain else len(labels))


@sites
@settings(max_examples=examples(100))
@given(
    people=st.lists(st.tuples(texts, st.none() | texts), min_size=1, max_size=3),
    columns=st.permutations(list(COLUMNS)).flatmap(lambda c: st.sampled_from([c, c[:1], c[:2]])),
)
def test_people_have_a_row_each_and_one_link_to_their_profile(
    site: str, people: list[tuple[str, str | None]], columns: list[str]
) -> None:
    records = [Maintainer(name=n, github="ada-l", affiliation=a) for n, a in people]

    page = convert(render_maintainers(records, columns), site)

    check_shape(page, len(people), len(columns))
    if "github" in columns:
        at = columns.index("github")
        assert [row[at] for row in page.rows[1:]] == ["ada-l"] * len(people)
        links = [attributes.get("href") for _, attributes in page.elements]
        assert links.count("https://github.com/ada-l") >= len(people)


@sites
@settings(max_examples=examples(50))
@given(version=texts, runtime=texts, architecture=texts)
def test_layers_keep_their_arns_whatever_the_release_and_runtime_are_called(
    site: str, version: str, runtime: str, architecture: str
) -> None:
    arn = LayerArn("aws", "eu-west-1", "123456789012", "Name_V2", 7)
    layers = LayerSet(version, (LayerVersion(arn, architecture, runtime),), "layers.yml")

    page = convert(render_layers(layers), site)

    check_shape(page, 1, 2)
    assert page.rows[1] == ["eu-west-1", str(arn)]


@sites
@settings(max_examples=examples(100))
@given(process=processes())
def test_a_process_has_a_row_for_each_job_and_milestone(site: str, process: ReleaseProcess) -> None:
    page = convert(render_process_table(process), site)

    check_shape(page, len(process.steps), 6)
    starts = [process.schedule[id].start for id in process.steps]
    seconds = [row[2].split(":") for row in page.rows[1:]]
    assert sorted(
        sum(int(part) * 60**i for i, part in enumerate(reversed(parts))) for parts in seconds
    ) == sorted(starts)


@sites
@given(words=st.lists(st.from_regex(r"[A-Za-zäßéΩ0-9]+", fullmatch=True), min_size=1, max_size=8))
def test_plain_words_come_out_unchanged(site: str, words: list[str]) -> None:
    text = " ".join(words)

    page = convert(table(["A", "B"], [[cell(text), literal(text)]]), site)

    assert page.rows[1] == [text, text]


@sites
@settings(max_examples=examples(200))
@given(text=texts)
def test_literal_text_comes_out_as_it_is_written(site: str, text: str) -> None:
    page = convert(table(["A", "B"], [["x", literal(text)]]), site)

    assert page.rows[1] == ["x", on_one_line(text)]
    assert {tag for tag, _ in page.elements} <= TABLE_TAGS


@settings(max_examples=examples(300))
@given(texts)
def test_code_comes_out_as_it_is_written(text: str) -> None:
    code = on_one_line(text.replace("`", ""))
    assume(code)

    page = convert(table(["A", "B"], [[cell(f"see `{code}` there"), "x"]]))

    assert page.rows[1] == [f"see {code} there", "x"]
    assert [tag for tag, _ in page.elements if tag not in TABLE_TAGS] == ["code"]


@sites
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and *light*", "<strong>bold</strong> and <em>light</em>"),
        ("see `a_b`", "see <code>a_b</code>"),
        ("``a`b``", "<code>a`b</code>"),
        ("[x](https://a.example/?a=1&b=2)", '<a href="https://a.example/?a=1&amp;b=2">x</a>'),
        ("[x](mailto:a@b.example)", '<a href="mailto:a@b.example">x</a>'),
        ("[x](HTTPS://a.example)", '<a href="HTTPS://a.example">x</a>'),
        ("[x](../page.md#a:b)", '<a href="../page.md#a:b">x</a>'),
        ("[x](page.md)", '<a href="page.md">x</a>'),
        ("a | b", "a &#124; b"),
        ("\\`", "&#96;"),
        ("one\ntwo", "one two"),
        ("{{ x }}", "&#123;&#123; x &#125;&#125;"),
        ("![x](http://a.example/x.png)", '&#33;<a href="http://a.example/x.png">x</a>'),
        ("![x](x.png) ![y](y.png)", '&#33;<a href="x.png">x</a> &#33;<a href="y.png">y</a>'),
        ("so! [x](x.md)", 'so! <a href="x.md">x</a>'),
        ("שלום | مرحبا", "שלום &#124; مرحبا"),
    ],
)
def test_markdown_in_a_cell_works(site: str, text: str, html: str) -> None:
    source = table(["A", "B"], [[cell(text), "x"]])

    assert f"<td>{html}</td>" in markdown.markdown(source, extensions=EXTENSIONS[site])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[x](https://a.b){ .md-button }", '<a class="md-button" href="https://a.b">x</a>'),
        ("[x](y.md){: .a .b-c}", '<a class="a b-c" href="y.md">x</a>'),
        (
            "[x](y){ target=_blank rel=nofollow }",
            '<a href="y" rel="nofollow" target="_blank">x</a>',
        ),
        ('*x*{ title="a b" lang=de }', '<em lang="de" title="a b">x</em>'),
        ("`x`{ .y }", '<code class="y">x</code>'),
        ("go :rocket:", f'go <img alt="🚀" class="twemoji" src="{TWEMOJI}'),
        ("a :material-heart:", 'a <span class="twemoji"><svg xmlns='),
        ("~~x~~ ^^y^^ ==z==", "<del>x</del> <ins>y</ins> <mark>z</mark>"),
    ],
)
def test_attribute_lists_and_emoji_work_where_a_site_has_them(text: str, html: str) -> None:
    source = table(["A", "B"], [[f"{cell(text)} end", "x"]])
    page = markdown.markdown(source, extensions=EXTENSIONS["site"], extension_configs=CONFIGS)

    assert html in page
    assert convert(source, "site").rows[1][0].endswith(" end")


@pytest.mark.parametrize(
    "attributes",
    [
        "onclick=y",
        ".a onclick=y",
        "onclick='y' .a",
        'style="color:red"',
        "#id",
        ".a #id",
        "id=x",
        "data-x=y",
        "href=javascript:y",
        "src=x",
        "colspan=2",
        "markdown=1",
        'title="a" onclick="b"',
        'title="a { .b } c"',
        'title="<b>"',
        "title=a\\ onclick=b",
        ".a\tonclick=b",
        "title='a' onclick='b'",
        "title=x\u2028onclick=b",
    ],
)
@pytest.mark.parametrize("before", ["[x](y.md)", "*x*", "`x`", "**[x](y.md)**", "![x](y.png)", "x"])
@pytest.mark.parametrize("around", ["{{ {} }}", "{{: {}}}", "{{ {}}}", "{{{} }}", "{{ {}\n}}"])
def test_other_attributes_are_shown_as_text(before: str, attributes: str, around: str) -> None:
    text = before + around.format(attributes)

    page = convert(table(["A", "B"], [[cell(text), "x"]]), "site")

    assert {name for _, given in page.elements for name in given} <= {"href", "class"}
    shown = re.sub(r"\s+", " ", page.rows[1][0])
    assert re.sub(r"\W", "", around.format(attributes)) in re.sub(r"\W", "", shown)
    assert "{" in shown


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=y>",
        "<b>x</b>",
        "<!-- x -->",
        "<https://a.example>",
        "<a@b.example>",
        "&lt;b&gt; &#106; &colon;",
        "a\\|b",
        "\\<b>",
        "{% raw %}",
        "<script>alert(1)</script>",
        "<details markdown>",
    ],
)
@sites
def test_html_and_templates_are_shown_as_written(site: str, text: str) -> None:
    page = convert(table(["A", "B"], [[cell(f"x {text} y"), "x"]]), site)

    assert page.rows[1] == [f"x {text} y", "x"]
    assert {tag for tag, _ in page.elements} <= TABLE_TAGS


@sites
@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "  javascript:alert(1)",
        "`javascript:alert(1)`",
        "` javascript:alert(1) `",
        "java`script`:alert(1)",
        "<javascript:alert(1)>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "web\\+foo:x",
        "java&#115;cript:alert(1)",
        "java\\script:alert(1)",
        ":smile:javascript:alert(1)",
    ],
)
def test_a_link_with_another_scheme_leads_nowhere(site: str, target: str) -> None:
    for text in (f"[x]({target})", f"![x]({target})", f"[**x**]({target} 'title')"):
        convert(table(["A", "B"], [[cell(text), "x"]]), site)  # looks at its links


@sites
def test_a_table_without_rows_is_still_a_table(site: str) -> None:
    assert convert(table(["A", "B"], []), site).rows[0] == ["A", "B"]
