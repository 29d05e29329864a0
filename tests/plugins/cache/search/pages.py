"""Pages for the search index: well-formed, mangled, and those of this project."""

import re
from functools import cache
from importlib import import_module
from typing import Any

import markdown
from hypothesis import strategies as st
from mkdocs.contrib.search.search_index import ContentParser

from docs_tools.plugins.cache.search.outline import Heading, Outline
from docs_tools.plugins.cache.search.sections import Section
from tests.demo import ROOT

material: Any = import_module("material.plugins.search.plugin")  # without types

EXTENSIONS: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("abbr", "admonition", "attr_list", "def_list", "footnotes")},
    **{name: {} for name in ("md_in_html", "tables", "pymdownx.details", "pymdownx.inlinehilite")},
    "pymdownx.highlight": {"anchor_linenums": True, "linenums": True},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "toc": {"permalink": True},
}


def by_material(html: str) -> list[Section]:
    """What Material's own parser finds."""
    parser = material.Parser()
    parser.feed(html)
    parser.close()
    return [
        Section(one.id, "".join(one.title) if one.title else None, "".join(one.text))
        for one in parser.data
        if not one.is_excluded()
    ]


def by_mkdocs(html: str) -> Outline:
    """What MkDocs' own parser finds."""
    parser = ContentParser()
    parser.feed(html)
    parser.close()
    headings = [Heading(one.id, one.title, " ".join(one.text)) for one in parser.data]
    return Outline(parser.stripped_html, headings)


@cache
def own_pages() -> dict[str, str]:
    """This project's pages by their sources, as HTML, without what plugins put in."""
    made = markdown.Markdown(extensions=[*EXTENSIONS], extension_configs=EXTENSIONS)
    found = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        made.reset()
        found[path.name] = made.convert(path.read_text("utf-8"))
    return found


VOID = ("br", "hr", "img", "input", "wbr")
NAMES = (
    *("p", "p", "code", "pre", "li", "ol", "ul", "sub", "sup", "div", "div", "span", "span"),
    *("a", "a", "b", "em", "table", "td", "details", "object", "hx", "svg", "linearGradient"),
)
HEADINGS = ("h1", "h2", "h2", "h3", "h6")
ATTRIBUTES = (
    *(' class="headerlink"', ' class="linenodiv"', " data-search-exclude", ' class="n"'),
    *(' data-search-exclude=""', ' href="#a?b&amp;c"', " hidden", " title='\"&lt;b&gt;\"'"),
    *(" CLASS='linenodiv'", ' class="x" class="headerlink"', "\n\tid='s'", " data-x=1", ' id=""'),
)
TEXTS = (
    *(" ", "\n", "  \n ", "one", "two words", "a\nb", " x ", "\r\n", "x\r\ny", "\t", "\x0b"),
    *("\x1c", "&amp;", "&lt;p&gt;", "&quot;", "&para;", "&nbsp;", "&#160;", "\u2003", "\u200b"),
    *("é🎉", "&#1;", "&#0;", "&#xd800;", "&amp", "a & b", "&notit;", "&copy=1", "&", "a > b"),
    *("-->", "]]>"),
)
COMMENTS = ("<!-- one -->", "<!---->", "<!-- <p>&amp;</p> > -->", "<!--\n- a\n- b\n-->")
WHOLE = (
    *("<style>a > b {}</style>", "<script></script>", "<script>one()</script>", "<br/>", "<p/>"),
    *("<title>a &amp; b</title>", "<textarea>x</textarea>", '<iframe src="x"></iframe>'),
    *('<h2 id="e"/>', "</br>", "<STYLE>x</style >", '<path d="M0 0z"/>', "<hr />"),
)
ODD = (
    *("<", "</", "</>", "</ p>", "<3", "< p>", "<p", '<a href="', "<a href='x>", "\x00", "<br/ >"),
    *("<!doctype html>", "<!>", "<?php a ?>", "<![CDATA[ a ]]>", "<![if a]>", "<!ELEMENT a>"),
    *("<!-->", "<!--->", "<!-- a -- b -->", "<!-- a --!> b -->", "<!-- a -- >", "<!-- a"),
    *("<!--a--->", "</p x>", "</p >", "</p\x0b>", "<p\x0b>", "<p\xa0>", "<b/>", "<é>", "</é>"),
    *("<plaintext>", "<style>a<b</style>", "<style>&amp;</style>"),
    *("<script>if (a<b && c) '</p>'</script>", "<style>", "<script>", "<title>a<b>c</title>"),
    *("<textarea>a<p>b</textarea>", "<textarea>", "<iframe>a&amp;b</iframe>", "<xmp><p></xmp>"),
    *("<noscript><p></noscript>", "<script/>", "<title/>", "<style><!-- a --></style>"),
    *("<style>a</ style>", "<style>a</style >", "<ſtyle>", "<style>a</ſtyle>b</style>"),
    *("<svg><style>a&gt;b</style><title>c</title></svg>", '<h2 id="a&amp;b">', '<h2 id="a&copy">'),
    *("<h2 id=a>", "<h2 id=a/>", "<h2 id = 'a'>", "<h2 id>", '<h2 id="a" id="b">', '<h2 ID="A">'),
    *('<h2 id="a"class="b">', '<h2 /id="a">', "<h2\xa0id='a'>", '<h2\x0bid="a">'),
    *('<h2\x1cid="a">', "<h2 id=\"'a'\">", "<h2 id='\"'>", '<h2 =id="a">'),
    *('<div data-search-exclude title=">">', '<div title="<">', "<div a==b>", "<div a=b=c>"),
    *("<div a=`b`>", "<a class=headerlink>", '<a class=">" class="headerlink">'),
    *('<div class="linenodiv" ">', "<div é>", '<a title="<!-- x -->">', "<p <!-- x -->>"),
    *("<div \x00>", '<div a="\x00">', "</p\x00>", "<a b/c=d>"),
)


def _tagged(name: str, attributes: str, content: str) -> str:
    return f"<{name}{attributes}>{content}</{name}>"


def _inside(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Elements with others in them, headings as often as all else."""
    attributes = st.lists(st.sampled_from(ATTRIBUTES), max_size=2).map("".join)
    id = st.sampled_from((' id="a"', ' id="b"', " id='c'", ""))
    content = st.lists(inside, max_size=4).map("".join)
    plain = st.builds(_tagged, st.sampled_from(NAMES), attributes, content)
    named = st.tuples(id, st.just("") | attributes).map("".join)
    return plain | st.builds(_tagged, st.sampled_from(HEADINGS), named, content)


_LEAVES = st.one_of(
    *(st.sampled_from(TEXTS),) * 3,
    st.sampled_from(COMMENTS),
    st.sampled_from(WHOLE),
    st.builds("<{}{}>".format, st.sampled_from(VOID), st.sampled_from(("", *ATTRIBUTES))),
)

well_formed = st.lists(st.recursive(_LEAVES, _inside, max_leaves=15), max_size=4).map("".join)
"""Pages as Markdown makes them, with the elements that search plugins look at."""

_TOKEN = re.compile(r"<[^>]*>|[^<]+|<")


def _mangle(html: str, edits: list[tuple[str, float, str]]) -> str:
    tokens = _TOKEN.findall(html)
    for edit, where, odd in edits:
        at = int(where * len(tokens))
        if edit == "add":
            tokens.insert(at, odd)
        elif tokens[at:]:
            tokens[at] = {"drop": "", "twice": tokens[at] * 2, "cut": tokens[at][:-1]}[edit]
    return "".join(tokens)


_EDITS = st.tuples(
    st.sampled_from(("drop", "twice", "add", "cut")),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(ODD) | st.sampled_from(TEXTS),
)

mangled = st.builds(_mangle, well_formed, st.lists(_EDITS, min_size=1, max_size=4))
"""The same with tags left out, doubled, cut off, and odd ones put in."""
