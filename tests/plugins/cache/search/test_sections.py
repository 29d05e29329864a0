"""Sections are those that Material's own parser finds, case by case."""

import sys
from types import FrameType
from typing import Any

import pytest

from docs_tools.plugins.cache.search.markup import Strange
from docs_tools.plugins.cache.search.sections import read_sections
from tests.plugins.cache.search.pages import by_material, own_pages


@pytest.mark.parametrize("source", own_pages())
def test_pages_of_this_project_are_read_as_material_does(source: str) -> None:
    html = own_pages()[source]
    found = read_sections(html)
    assert found == by_material(html)
    assert any(section.title for section in found)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>a</p><h2 id=b>c</h2><p>d</p>", id="a preface"),
        pytest.param("<h1 id=a>b</h1>c<h2 id=d>e</h2>f", id="no preface before an h1"),
        pytest.param("<h1 id=a>b</h1><h2>c</h2>d", id="a heading without an id is text"),
        pytest.param("<h2 id=a>b</h2>c<h2>d</h2>", id="unless one of its level is open"),
        pytest.param("<h2 id=a></h2>b", id="no title"),
        pytest.param("<h2 id=a>&#1;</h2>b", id="an empty title"),
        pytest.param("<h2 id=a>b<a class=headerlink>c</a></h2>", id="a permalink"),
        pytest.param("<div><h2 id=a>b</h2>c</div>d", id="back to the section around"),
        pytest.param("<div><h1 id=a>b</h1>c</div>d", id="nothing to go back to"),
        pytest.param(
            "<b><h2 id=a>b</h2></b><i><b><u><h2 id=c>d</h2></u>e</b></i>", id="not back to one left"
        ),
        pytest.param("<p>a</p><p> </p><ul> <li></li></ul>", id="empty but not first"),
        pytest.param("<p> </p><ul> <li></li></ul>b", id="empty"),
        pytest.param("<pre> <code> </code> <b> </b></pre>a<b> </b> <b> </b>", id="blanks"),
        pytest.param("<div data-search-exclude>a<div>b</div>c</div>d", id="left out by name"),
        pytest.param("<p data-search-exclude>a<h2 id=b data-search-exclude>c</h2></p>", id="both"),
        pytest.param("<a class=headerlink data-search-exclude><a></a><h2 id=b>c</h2></a>", id="a"),
        pytest.param("<svg><style>a</style><title>b</title></svg>c", id="a picture"),
        pytest.param("<hx>a<p>b</p></hx>", id="an element that is called as the preface"),
        pytest.param("<p>a</b></p></p>b<br></br>", id="ends without a start"),
        pytest.param("a &lt;b&gt; &amp;amp; &quot;c&quot; > d", id="references"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_material_does_with(html: str) -> None:
    quoted = html.replace("=headerlink", '="headerlink"')
    assert read_sections(quoted) == by_material(quoted)


def test_a_page_on_which_material_fails_is_left_to_it() -> None:
    html = "<div data-search-exclude><p><div>a</div></p></div>"
    with pytest.raises(ValueError, match="'<p>' is not in list"):
        by_material(html)
    with pytest.raises(Strange):
        read_sections(html)


class Calls:
    """How many functions are called, Python's own included."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> "Calls":
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: Any) -> None:
        sys.setprofile(None)

    def _note(self, _: FrameType, kind: str, __: Any) -> None:
        self.count += kind.endswith("call")


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("<b><p>a</p>", id="never closed"),
        pytest.param("<p>", id="nothing but starts"),
        pytest.param("<div><h2 id='a'>b</h2>c</div>", id="sections within"),
        pytest.param("<div data-search-exclude>a</div>", id="left out"),
        pytest.param("<p></p><sub> </sub>", id="empty"),
        pytest.param("<pre><code> </code> ", id="blanks"),
    ],
)
def test_work_grows_with_the_page_and_not_faster(part: str) -> None:
    def work(times: int) -> int:
        with Calls() as calls:
            read_sections(part * times)
        return calls.count

    once = work(200)
    assert work(2000) <= 11 * once
