"""What pages of all projects may hold."""

from typing import Any

from tests.plugins.cache.equality.state import Call, Name, Page

__all__ = ["BLOCKS", "DOT", "EXTENSIONS", "FRONTS", "PAGES", "PYMDOWNX", "SETTINGS", "WIDE"]

DOT = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)
"""A picture of one pixel."""

WIDE = DOT[:6] + bytes.fromhex("0700") + DOT[8:]
"""One that says it is seven pixels wide."""

EXTENSIONS: dict[str, Any] = {
    "admonition": {},
    "attr_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True},
}
PYMDOWNX: dict[str, Any] = {
    "abbr": {},
    "pymdownx.details": {},
    "pymdownx.highlight": {},
    "pymdownx.snippets": {"base_path": [".", "snippets"]},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}

PAGES = {
    "docs/index.md": Page(("# Home", "Begin [here](a.md).")),
    "docs/a.md": Page(("# First", "## Section", "Words and [more](sub/b.md#section).")),
    "docs/sub/b.md": Page(("# Second", "## Section", "```python\nimport os\n```")),
    "docs/sub/c.md": Page(("Without a heading, back to [the first](../a.md).",), {"tags": ["x"]}),
}

# what Material's search reads, odd HTML included
_HTML = [
    "a < b & c &amp; d &nbsp; &lt;e&gt; <",
    "<p>one<p>two",
    "<b>never closed",
    "<div data-search-exclude>not found <div>inner</div> and then</div>",
    '<h2 id="raw">Raw <code>h2</code></h2>',
    "<!-- a comment -- of sorts -->",
    '<script>if (1 < 2) { document.title = "<p>"; }</script>',
    '<svg viewBox="0 0 1 1"><title>T</title><path d="M0 0"/></svg>',
    '<a id="anchor"></a> an anchor, <br/> and <img src="img/dot.gif">',
    "<details><summary>More</summary>\n\nin *there*\n\n</details>",
    "</div> closed too often </span>",
]

BLOCKS = [
    "Plain text.",
    "# Another title",
    "# *Marked* `title` & more",
    "## Section",
    "## Other",
    "### Deeper { #deeper }",
    "[a link](a.md) and [an anchor](sub/b.md#section) and [another](sub/b.md#other)",
    "[gone](gone.md) and [no anchor](a.md#nowhere) and [absolute](/a/) and [odd](?x)",
    "[new](new.md) and [new anchor](new.md#section)",
    "[here](#section) and [above](#anchor) and [up](../index.md)",
    "![dot](img/dot.gif) ![gone](img/gone.gif) [file](file.txt)",
    "```python\ndef f(x: int) -> str:\n    return f'{x}'\n```",
    '```yaml title="a" hl_lines="1" linenums="3"\na: [1, 2]\nb: null\n```',
    "| a | b |\n| - | - |\n| `x` | [c](sub/c.md) |",
    "!!! note\n    A note with `code`.\n\n    - and\n    - a list",
    "Text[^1] and HTML.\n\n[^1]: A footnote to [a](a.md#section).",
    "*[HTML]: a language",
    "Täglich 日本 🎉 \u2028 \u00a0 “quotes”",
    "1. one\n2. two\n\n    and `more`",
    "Wörter{ .big title='t' }\n\n[TOC]",
    *_HTML,
]

FRONTS: dict[str, list[Any]] = {
    "title": ["A title", "Ä & <b>", "2", None],
    "description": ["What it is", None],
    "hide": [["toc"], ["navigation", "toc"], None],
    "template": ["special.html", "missing.html", None],
    "search": [{"exclude": True}, {"boost": 2}, None],
    "status": ["new", "deprecated", None],
    "icon": ["material/heart", None],
    "subtitle": ["Below", None],
    "tags": [["x"], ["y", "x"], None],
    "made": [["a", {"b": 1}], None],
    "date": ["2024-01-01", None],
}

SETTINGS: dict[tuple[str, ...], list[Any]] = {
    ("site_name",): ["Site", "Another & name"],
    ("site_url",): ["https://example.com/docs/", "https://example.org/", None],
    ("site_author",): ["Ann", None],
    ("repo_url",): ["https://github.com/ann/site", None],
    ("edit_uri",): ["edit/main/docs/", None],
    ("copyright",): ["(c) Ann", None],
    ("use_directory_urls",): [True, False],
    ("strict",): [True, False],
    ("validation",): [
        {"anchors": "warn", "absolute_links": "warn"},
        {"links": {"not_found": "info", "unrecognized_links": "warn"}, "omitted_files": "warn"},
        {"links": {"absolute_links": "relative_to_docs"}},
        None,
    ],
    ("exclude_docs",): ["a.md", None],
    ("not_in_nav",): ["sub/", None],
    ("extra",): [{"shown": "one"}, {"shown": ["two", {"x": 1}]}, None],
    ("nav",): [
        None,
        [{"Home": "index.md"}, {"A": "a.md"}, {"Sub": ["sub/b.md", {"C": "sub/c.md"}]}],
        [{"C": "sub/c.md"}, "a.md", "index.md", {"Out": "https://example.com"}],
        ["index.md", {"Other": "a.md"}, "gone.md", "new.md"],
    ],
    ("markdown_extensions", "toc"): [
        {"permalink": True},
        {"permalink": "¶", "toc_depth": 2},
        {"slugify": Name("markdown.extensions.toc.slugify_unicode")},
        {"slugify": Call("pymdownx.slugs.slugify", {"case": "lower"}), "permalink": True},
        {"baselevel": 2, "title": "On this page"},
    ],
    ("markdown_extensions", "footnotes"): [{"BACKLINK_TEXT": "up"}, {}, None],
    ("markdown_extensions", "sane_lists"): [{}, None],
    ("extra_css",): [["extra.css"], None],
    ("extra_javascript",): [["extra.js"], [{"path": "extra.mjs", "type": "module"}], None],
}
