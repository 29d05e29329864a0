"""Texts and headings are those that MkDocs' own parser finds, case by case."""

import pytest

from docs_tools.plugins.cache.search.outline import read_outline
from tests.plugins.cache.search.pages import by_mkdocs, own_pages


@pytest.mark.parametrize("source", own_pages())
def test_pages_of_this_project_are_read_as_mkdocs_does(source: str) -> None:
    html = own_pages()[source]
    found = read_outline(html)
    assert found == by_mkdocs(html)
    assert all(heading.title for heading in found.headings)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("a<h2>b</h2>c", id="a heading without an id"),
        pytest.param("<h2 id=a id=b>c <b>d</b></h2>\n\ne\n", id="the last text is the title"),
        pytest.param("<h2 id=a/>b", id="a heading that closes itself"),
        pytest.param("<h2 id='a'/>b", id="the same, quoted"),
        pytest.param("<h2>a<h3>b</h2>c</h3>d", id="overlapping"),
        pytest.param("<h2></h2>&#1;", id="an empty text"),
        pytest.param("<style>a</style>b<!-- c -->d", id="a style is text, a comment is not"),
    ],
)
def test_what_mkdocs_does_with(html: str) -> None:
    found = read_outline(html.replace("id=a/", "id=a /"))
    assert found == by_mkdocs(html.replace("id=a/", "id=a /"))
