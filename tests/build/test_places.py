"""Where a link stands in a page: found wherever it is, and never in code."""

from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.build.places import find_entry, find_links, find_module, find_reference
from tests.size import examples

PROSE = st.text(alphabet="ab é\U0001f600\n>-*#.")
URL = st.text(alphabet="abc/.#%é-_+?(*$", min_size=1).filter(lambda url: url.strip() == url)
SHAPES = st.sampled_from(["[x]({})", "![]({} 'Title')", "[x]( <{}> )", "[`x`]({})"])
CODE = st.sampled_from(
    [
        "```\n{}\n```",
        "~~~~ md\n{}\n```\n~~~~",
        "- ```\n  {}\n  ```",
        "`{}`",
        "`` ` {} ``",
        "<!-- {}\n-->",
    ]
)


@settings(max_examples=examples(300))
@given(before=PROSE, shape=SHAPES, url=URL, after=PROSE)
def test_a_link_is_found_at_its_line_and_column(
    before: str, shape: str, url: str, after: str
) -> None:
    link = shape.format(url)
    text = f"{before}{link}\n{after}"
    at = len(before) + shape.index("{")
    lines = text[:at].split("\n")
    assert find_links(text, url) == [(len(lines), len(lines[-1]) + 1)]


@settings(max_examples=examples(300))
@given(before=PROSE, code=CODE, url=URL)
def test_a_link_in_code_or_in_a_comment_is_none(before: str, code: str, url: str) -> None:
    text = f"{before}\n\n{code.format(f'[x]({url})')}\n\n[x]({url})\n"
    assert find_links(text, url) == [(text.count("\n"), 5)]


def test_a_fence_that_is_not_closed_hides_nothing() -> None:
    assert find_links("```\n[x](a.md)\n", "a.md") == [(2, 5)]


def test_a_definition_is_the_place_of_all_links_that_use_it() -> None:
    text = "[one][a] and [two][a]\n\n[a]: <a.md> 'A'\n"
    assert find_links(text, "a.md") == [(3, 7)]


def test_a_part_of_an_address_is_another_address() -> None:
    assert find_links("[x](data.md) [x](a.md#b) [x](a.md) [x](a.mdx)\n", "a.md") == [(1, 30)]


def test_an_address_in_html_is_found() -> None:
    text = '<img src=a.png> <a title="a.png" href="a.png">\n'
    assert find_links(text, "a.png") == [(1, 10), (1, 40)]


def test_a_reference_and_a_module_are_found_by_their_whole_name() -> None:
    text = "[x][a.b] [a.b.c][] `[a.b][]`\n\n::: a.b.c\n\n    ::: a.b\n"
    assert find_reference(text, "a.b") == [(1, 5)]
    assert find_reference("[`a.b`][]\n", "a.b") == [(1, 3)]
    assert find_module(text, "a.b") == [(5, 9)]


def test_an_entry_is_looked_for_in_its_own_section_only() -> None:
    text = "a: x.md\nnav: # x.md\n  - x.md\n\n- sub/x.md\n- T: 'x.md'\nb: x.md\n"
    assert find_entry(text, "nav", "x.md") == [(3, 5), (6, 7)]
    assert find_entry(text, "b") == [(7, 1)]
    assert find_entry(text, "c") == []
    assert find_entry("nav: [a.md, x.md]", "nav", "x.md") == [(1, 13)]
