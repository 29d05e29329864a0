"""Data that wants out of its place, and what a browser sees of a page that shows it."""

import re
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import markdown
from hypothesis import assume
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docs_tools.model.fields import Text
from docs_tools.model.labels import Label
from docs_tools.model.release import Job, Milestone, ReleaseProcess, Section

TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
# what Markdown makes of text, and the attributes that it may set
TAGS = {"tables": {"a", "br", "code", "em", "p", "strong"}}
ATTRIBUTES = {"tables": {"href", "title"}}
# what the other extensions of a site make of it
TAGS["site"] = TAGS["tables"] | {"del", "ins", "kbd", "mark", "path", "span", "sub", "sup", "svg"}
ATTRIBUTES["site"] = ATTRIBUTES["tables"] | {"class", "lang", "rel", "target"}
ATTRIBUTES["site"] |= {"d", "viewbox", "xmlns"}  # of an icon
CHIP = re.compile(
    r"display:inline-block;padding:0 \.6em;border-radius:1em;border:1px solid;font-size:\.85em;"
    r"line-height:1\.6;white-space:nowrap"
    r"(;background-color:#[0-9a-f]{6};color:#(000|fff);border-color:#0003)?"
)

EMOJI: Any = import_module("material.extensions.emoji")
TWEMOJI = "https://cdn.jsdelivr.net/gh/jdecked/twemoji@"
EXTENSIONS = {
    "tables": ["tables"],
    "site": [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
        *("toc", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji"),
        *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark"),
        *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
    ],
}
CONFIGS = {
    "pymdownx.emoji": {"emoji_index": EMOJI.twemoji, "emoji_generator": EMOJI.to_svg},
}
PIECES = [
    *"`|\\[]()<>&{}:;#*_!\"'=/ \n\tax~^+",
    *("``", "\\`", "\\\\", "](", "[x](", "![x](", "javascript:", "JavaScript:", "alert(1)"),
    *("data:text/html,", "vbscript:", "http://a.example/", "mailto:a@b.example", "../page.md"),
    *("<script>", "</script>", "<img src=x onerror=y>", "</td></tr></table>", "<!--", "-->", "|"),
    *("{: onclick=y }", "{ .x }", "{ #x }", "{ style=x }", "){ .x title=y", "{ .x onclick=y }"),
    *("{{ x }}", "{% x %}", "&#106;", "&colon;", "&lt;", "~~~", "```", "---", "++ctrl++"),
    *(":smile:", ":material-heart:", "[^1]", "*[x]: y", "!!! note", "#!python ", "# ", "- "),
    *("<javascript:y>", "<http://a.example>", "</details>", "</summary>"),
    *("\xa0", "\u2028", "\x85", "\u200b", "\u202e", "אב", "العربية", "\ufeff", "🎉"),
    *("<!-- docs_tools/labels -->", "<!-- docs_tools/end -->", "wzxhzdk:0", "klzzwxh:0001"),
]


class Page(HTMLParser):
    """The rows of a table as lists of cells, and all elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.text = ""
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
        self.text += data
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
texts = (hostile | st.text(st.characters(exclude_categories=["Cs", "Cc"]))).filter(accepted)
names = texts.filter(lambda text: len(text) <= 50)
colours = st.none() | st.from_regex("[0-9a-f]{6}", fullmatch=True)
labels = st.builds(Label, name=names, usage=texts, notes=st.none() | texts, color=colours)


def convert(source: str, site: str = "tables") -> Page:
    """The page that a site makes of Markdown, with nothing smuggled in."""
    html = markdown.markdown(
        source,
        extensions=EXTENSIONS[site],
        extension_configs=CONFIGS if site == "site" else {},
    )
    page = Page(html)
    check_harmless(page, site)
    return page


def check_harmless(page: Page, site: str, others: frozenset[str] = frozenset()) -> None:
    """Nothing that text in data has no right to is in a page.

    Args:
        page: The page.
        site: What kind of site it is of.
        others: The elements that the page has besides those of text and tables.
    """
    assert page.comments == []
    for tag, attributes in page.elements:
        own = tag == "span" and attributes.get("class") == "docs_tools-label"
        if tag == "img":  # an emoji, which a site's own settings fetch from somewhere
            assert site == "site"
            assert attributes.pop("class") == "twemoji"
            assert (attributes.pop("src") or "").startswith(TWEMOJI)
            assert len(attributes.pop("alt") or "") <= 8
        else:
            assert tag in TABLE_TAGS | TAGS[site] | others or own
        assert CHIP.fullmatch(attributes.pop("style", "") or "") if own else True
        assert set(attributes) <= ATTRIBUTES[site] | ({"class"} if own else set())
        assert scheme_of(attributes.get("href") or "") in {None, "http", "https", "mailto"}


def scheme_of(link: str) -> str | None:
    """The scheme as a browser sees it: https://url.spec.whatwg.org/#url-parsing."""
    link = re.sub(r"[\t\n\r]", "", link.lstrip("".join(map(chr, range(33)))))
    match = re.match(r"([a-z][a-z0-9+.-]*):", link, re.IGNORECASE)
    return match[1].lower() if match else None


def check_shape(page: Page, rows: int, columns: int) -> None:
    assert [tag for tag, _ in page.elements].count("table") == 1
    # Python-Markdown gives a table without rows an empty one
    assert [len(row) for row in page.rows] == [columns] * (max(rows, 1) + 1)
    assert rows or page.rows[1] == [""] * columns


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@st.composite
def processes(draw: st.DrawFn) -> ReleaseProcess:
    ids = iter(f"i{n}" for n in range(99))
    durations = st.integers(1, 9999).map("{}s".format)
    sections = tuple(
        Section(
            name=draw(texts),
            jobs=tuple(
                Job(id=next(ids), name=name, duration=draw(durations))
                for name in draw(st.lists(texts, max_size=2))
            ),
        )
        for _ in range(draw(st.integers(1, 3)))
    )
    known = [job.id for section in sections for job in section.jobs]
    assume(known)
    milestones = tuple(
        Milestone(
            id=next(ids),
            name=name,
            after=tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True))),
        )
        for name in draw(st.lists(texts, max_size=2))
    )
    return ReleaseProcess(title=draw(texts), sections=sections, milestones=milestones)
