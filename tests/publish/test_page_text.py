"""What readers see of a page, as lines that can be compared."""

import string
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.publish.page_text import page_text
from tests.size import examples

MATERIAL = """\
<!doctype html><html><head><title>Page - Site</title><style>p {}</style></head><body>
<header><nav>Site <a href="..">Home</a></nav><form>Search</form></header>
<main class="md-main"><div>
  <div class="md-sidebar"><nav><ul><li>Other page</ul></nav></div>
  <article class="md-content__inner md-typeset">%s</article>
  <button type="button">Back to top</button>
</div></main>
<footer>Made with Material</footer><script>let text = "<p>no</p>";</script></body></html>
"""
MKDOCS = """\
<html><head><title>Page</title></head><body><div class="navbar">Site <a>Previous</a></div>
<div class="col-md-9" role="main">%s</div>
<div class="modal">Keyboard Shortcuts</div></body></html>
"""
PLAIN = "<html><head><title>Page</title><body>%s</body></html>"
THEMES = pytest.mark.parametrize("page", [MATERIAL, MKDOCS, PLAIN], ids=["main", "role", "none"])
PARTS = (
    *("nav", "/nav", "p", "/p", "pre", "/pre", "li", "td", "br/", "div", "/div", "main", "/main"),
    *("head", "body", "a", "/a", "x", " y\n"),
)


@THEMES
def test_only_the_content_is_read_whatever_the_theme(page: str) -> None:
    content = '<h1>Title<a class="headerlink" href="#t">¶</a></h1><p>Text with <b>bold</b>.</p>'
    assert page_text(page % content) == ["Title", "Text with bold."]


@THEMES
def test_a_card_in_the_page_does_not_hide_the_rest_of_it(page: str) -> None:
    assert page_text(page % "<p>before</p><article>card</article><p>after</p>") == [
        *("before", "card", "after")
    ]


def test_lines_of_code_keep_their_indentation() -> None:
    code = "<pre><span></span><code>def f():\n    return <b>1</b>\n\n\nf()</code></pre><p>after</p>"
    assert page_text(code) == ["def f():", "    return 1", "f()", "after"]


def test_a_paragraph_is_a_line_for_each_sentence_however_its_source_is_wrapped() -> None:
    wrapped = "<p>One sentence\nhere. Another\n  one! And 1.5 more?\nYes</p>"
    assert page_text(wrapped) == ["One sentence here.", "Another one!", "And 1.5 more?", "Yes"]


def test_a_row_of_a_table_is_a_line() -> None:
    table = "<table><tr><th>A<th>B<tr><td>1</td><td><code>x</code> y</td></tr></table>"
    assert page_text(table) == ["A | B", "1 | x y"]


def test_images_are_what_they_say_and_what_is_not_shown_is_left_out() -> None:
    page = (
        '<p><img src="a.png" alt="A picture"> and <img src="b.png"></p><svg><text>no</text></svg>'
        "<template><p>no</p></template><script>no()</script><ul><li>one<li>two</ul>a&amp;b<br>c"
    )
    assert page_text(page) == ["[A picture] and", "one", "two", "a&b", "c"]


@given(st.lists(st.sampled_from(PARTS)))
@settings(max_examples=examples(50))
def test_any_html_is_read(parts: list[str]) -> None:
    html = "".join(part if part.strip() in {"x", "y"} else f"<{part}>" for part in parts)
    lines = page_text(html)
    assert all(line.strip() and "<" not in line for line in lines)


@given(st.lists(st.text(string.ascii_letters + "&<>é", min_size=1), min_size=1))
@settings(max_examples=examples(50))
def test_every_word_of_a_paragraph_is_there(words: list[str]) -> None:
    (line,) = page_text(f"<p>{escape(' '.join(words))}</p>")
    assert line.split() == words
