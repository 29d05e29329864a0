"""Text from data can't break out of its cell, nor smuggle anything in."""

import re
from html.parser import HTMLParser
from typing import Any

import markdown
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docs_tools.model.arn import LayerArn
from docs_tools.model.fields import Text
from docs_tools.model.labels import Label, Labels
from docs_tools.model.layers import LayerSet, LayerVersion
from docs_tools.model.people import Maintainer
from docs_tools.render.labels import render_labels
from docs_tools.render.layers import render_layers
from docs_tools.render.people import render_maintainers
from docs_tools.render.text import cell, literal, table
from tests.size import examples

# What Markdown makes of text, and the attributes that it may set
MARKDOWN_TAGS = {"a", "br", "code", "em", "img", "p", "strong"}
HARMLESS = {"alt", "href", "src", "title"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
SITE = ["tables", "attr_list", "md_in_html", "admonition", "def_list", "toc"]
SITE += ["pymdownx.superfences", "pymdownx.highlight", "pymdownx.inlinehilite"]

PIECES = [
    *"`|\\[]()<>&{}:;#*_!\"'=/ \n\tax",
    *("``", "\\`", "\\\\", "](", "[x](", "![x](", "javascript:", "JavaScript:", "alert(1)"),
    *("data:text/html,", "vbscript:", "http://a.example/", "mailto:a@b.example", "../page.md"),
    *("<script>", "</script>", "<img src=x onerror=y>", "</td></tr></table>", "<!--", "-->", "|"),
    *("{: onclick=y }", "{{ x }}", "{% x %}", "&#106;", "&colon;", "&lt;", "~~~", "```", "---"),
    *("<javascript:y>", "<http://a.example>", "\xa0", "\u2028", "\x85", "\u200b", "\x7f"),
]


class Page(HTMLParser):
    """The rows of a table as lists of cells, and all elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in {"th", "td"}:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def accepted(text: str) -> bool:
    try:
        TypeAdapter(Text).validate_python(text)
    except ValidationError:
        return False
    return True


hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
texts = (hostile | st.text()).filter(accepted)


def convert(source: str, extensions: list[str]) -> Page:
    return Page(markdown.markdown(source, extensions=extensions))


def scheme_of(link: str) -> str | None:
    """The scheme as a browser sees it: https://url.spec.whatwg.org/#url-parsing."""
    link = re.sub(r"[\t\n\r]", "", link.lstrip("".join(map(chr, range(33)))))
    match = re.match(r"([a-z][a-z0-9+.-]*):", link, re.IGNORECASE)
    return match[1].lower() if match else None


def check_harmless(page: Page, tags: set[str]) -> None:
    assert page.comments == []
    for tag, attributes in page.elements:
        assert tag in tags
        assert set(attributes) <= HARMLESS
        for name in ("href", "src"):
            assert scheme_of(attributes.get(name) or "") in {None, "http", "https", "mailto"}


def check_shape(page: Page, rows: int, columns: int) -> None:
    assert [tag for tag, _ in page.elements].count("table") == 1
    assert [len(row) for row in page.rows] == [columns] * (rows + 1)


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=3))
def test_a_table_has_the_rows_and_cells_of_its_data_and_nothing_smuggled_in(
    rows: list[tuple[str, str, str]],
) -> None:
    source = table(["A", "B", "C"], [[cell(text) for text in row] for row in rows])

    page = convert(source, ["tables"])

    check_shape(page, len(rows), 3)
    check_harmless(page, TABLE_TAGS | MARKDOWN_TAGS)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(texts, min_size=1, max_size=2))
def test_one_cell_is_the_same_whatever_stands_beside_it(row: list[str]) -> None:
    alone = [convert(table(["A", "B"], [[cell(t), "x"]]), ["tables"]).rows[1][0] for t in row]

    together = convert(table(["A"] * 2, [[cell(t) for t in [*row, "x"][:2]]]), ["tables"]).rows[1]

    assert together[: len(row)] == alone


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.builds(Label, name=texts, usage=texts, notes=st.none() | texts), min_size=1))
def test_labels_are_shown_with_their_very_names(labels: list[Label]) -> None:
    page = convert(render_labels(Labels(labels=tuple(labels))), ["tables"])

    check_shape(page, len(labels), 3)
    check_harmless(page, TABLE_TAGS | MARKDOWN_TAGS)
    assert [row[0] for row in page.rows[1:]] == [" ".join(label.name.split()) for label in labels]


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(st.builds(Label, name=texts, usage=texts, notes=texts), min_size=1, max_size=2))
def test_the_extensions_of_a_site_let_nothing_in_either(labels: list[Label]) -> None:
    page = convert(render_labels(Labels(labels=tuple(labels))), SITE)

    check_shape(page, len(labels), 3)
    for tag, attributes in page.elements:
        assert tag in TABLE_TAGS | MARKDOWN_TAGS | {"span"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert scheme_of(attributes.get(name) or "") in {None, "http", "https", "mailto"}


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
def test_people_have_a_row_each_and_one_link_to_their_profile(
    people: list[tuple[str, str]],
) -> None:
    records = [Maintainer(name=n, github="ada-l", affiliation=a) for n, a in people]

    page = convert(render_maintainers(records), ["tables"])

    check_shape(page, len(people), 3)
    check_harmless(page, TABLE_TAGS | MARKDOWN_TAGS)
    assert [row[1] for row in page.rows[1:]] == ["ada-l"] * len(people)


@settings(max_examples=examples(100), deadline=None)
@given(texts, texts, texts)
def test_layers_keep_their_arns_whatever_the_release_and_runtime_are_called(
    version: str, runtime: str, architecture: str
) -> None:
    arn = LayerArn("aws", "eu-west-1", "123456789012", "Name_V2", 7)
    layers = LayerSet(version, (LayerVersion(arn, architecture, runtime),), "layers.yml")

    page = convert(render_layers(layers), ["tables"])

    check_shape(page, 1, 2)
    check_harmless(page, TABLE_TAGS | MARKDOWN_TAGS)
    assert page.rows[1] == ["eu-west-1", str(arn)]


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[A-Za-zäßéΩ0-9]+", fullmatch=True), min_size=1, max_size=8))
def test_plain_words_come_out_unchanged(words: list[str]) -> None:
    text = " ".join(words)

    page = convert(table(["A", "B"], [[cell(text), literal(text)]]), ["tables"])

    assert page.rows[1] == [text, text]


@settings(max_examples=examples(300), deadline=None)
@given(texts)
def test_literal_text_comes_out_as_it_is_written(text: str) -> None:
    page = convert(table(["A", "B"], [["x", literal(text)]]), ["tables"])

    assert page.rows[1] == ["x", " ".join(text.split())]
    assert {tag for tag, _ in page.elements} <= TABLE_TAGS


@settings(max_examples=examples(300), deadline=None)
@given(texts)
def test_code_comes_out_as_it_is_written(text: str) -> None:
    code = " ".join(text.replace("`", "").split())
    assume(code)

    page = convert(table(["A", "B"], [[cell(f"see `{code}` there"), "x"]]), ["tables"])

    assert page.rows[1] == [f"see {code} there", "x"]
    assert [tag for tag, _ in page.elements if tag not in TABLE_TAGS] == ["code"]


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
    ],
)
def test_markdown_in_a_cell_works(text: str, html: str) -> None:
    page = markdown.markdown(table(["A", "B"], [[cell(text), "x"]]), extensions=["tables"])

    assert f"<td>{html}</td>" in page


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
    ],
)
def test_a_link_with_another_scheme_leads_nowhere(target: str) -> None:
    for text in (f"[x]({target})", f"![x]({target})", f"[**x**]({target} 'title')"):
        check_harmless(
            convert(table(["A", "B"], [[cell(text), "x"]]), ["tables"]),
            TABLE_TAGS | MARKDOWN_TAGS,
        )


def test_a_table_without_rows_is_still_a_table() -> None:
    html: Any = markdown.markdown(table(["A", "B"], []), extensions=["tables"])

    assert Page(html).rows[0] == ["A", "B"]
