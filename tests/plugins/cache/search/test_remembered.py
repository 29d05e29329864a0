"""An index has the same entries whoever reads the pages, and a page is read once."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from mkdocs.contrib.search import search_index as mkdocs

from docs_tools.build.memory.store import Entry, Store
from docs_tools.plugins.cache.search import RememberedSearch
from tests.plugins.cache.search.pages import mangled, material, well_formed
from tests.plugins.cache.search.site import Site
from tests.size import examples

PAGE = '<p>none</p><h1 id="a">One</h1><p>two</p><h2 id="c" >Three</h2><h3 id="d"></h3><p>four</p>'
FAILS = "<div data-search-exclude><p><div>a</div></p></div>"
STRANGE = f"{PAGE}<p>five < six"

meta = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Other", "", 3]),
        "tags": st.sampled_from([["a", 1, None, ["b"]], "a", []]),
        "search": st.sampled_from([{"exclude": True}, {"boost": 2}, {"exclude": False}, None]),
    },
)


@pytest.fixture
def search(tmp_path: Path) -> RememberedSearch:
    """Nothing is remembered yet."""
    return RememberedSearch(Store(tmp_path))


def again(search: RememberedSearch) -> RememberedSearch:
    """What the next build has."""
    return RememberedSearch(search.store)


def outcome(site: Site, content: Any, meta: dict[str, Any] | None = None) -> Any:
    """What becomes of the index and the page, or how that fails."""
    try:
        shown = site.show(content, meta).content
    except (AssertionError, AttributeError, TypeError, ValueError) as error:
        shown = repr(error)
    return shown, list(site.entries)


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    """Sites with either plugin."""
    return [Site(), Site("mkdocs"), Site("mkdocs", indexing="titles")]


@settings(max_examples=examples(100))
@given(pages=st.lists(st.tuples(well_formed | mangled, meta), min_size=1, max_size=2))
def test_entries_are_the_plugins_own(
    sites: list[Site], pages: list[tuple[str, dict[str, Any]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for site in sites:
            site.begin()
            expected = [outcome(site, *page) for page in pages]
            for _ in range(2):
                search = RememberedSearch(Store(Path(folder)))
                site.begin(search)
                assert [outcome(site, *page) for page in pages] == expected
            # nothing is remembered of a page on which the plugin fails
            assert search.parsed == search.by_upstream


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_a_page_is_read_once(search: RememberedSearch, theme: str) -> None:
    site = Site(theme).begin(search)
    site.show(PAGE)
    assert (search.parsed, search.by_upstream, search.recalled) == (1, 0, 0)
    entries = list(site.entries)
    assert len(entries) > 2
    later = again(search)
    site.begin(later).show(PAGE)
    assert (later.parsed, later.recalled) == (0, 1)
    assert site.entries == entries
    site.show(PAGE.replace("two", "zwei"))
    assert (later.parsed, later.recalled) == (1, 1)
    assert "zwei" in str(site.entries)


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_what_only_the_plugin_can_read_is_remembered_too(
    search: RememberedSearch, theme: str
) -> None:
    site = Site(theme).begin()
    expected = outcome(site, STRANGE)
    assert outcome(site.begin(search), STRANGE) == expected
    assert (search.parsed, search.by_upstream) == (1, 1)
    later = again(search)
    assert outcome(site.begin(later), STRANGE) == expected
    assert (later.parsed, later.recalled) == (0, 1)


def test_a_page_that_is_left_out_is_not_read(search: RememberedSearch) -> None:
    site = Site().begin(search)
    site.show(PAGE, {"search": {"exclude": True}})
    assert (search.parsed, search.recalled, site.entries) == (0, 0, [])


def test_what_the_plugin_fails_on_fails_each_time(search: RememberedSearch) -> None:
    site = Site().begin(search)
    for _ in range(2):
        with pytest.raises(ValueError, match="is not in list"):
            site.show(FAILS)
    assert (search.parsed, search.recalled, site.entries) == (2, 0, [])


@pytest.mark.parametrize("content", [None, Markup(PAGE)])
@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_what_is_no_plain_text_is_left_to_the_plugin(
    search: RememberedSearch, theme: str, content: str | None
) -> None:
    site = Site(theme).begin()
    expected = outcome(site, content)
    assert outcome(site.begin(search), content) == expected
    assert (search.parsed, search.recalled) == (0, 0)


@pytest.mark.parametrize(
    "found", [{}, {"found": 3}, {"found": [["a"]]}, {"found": ["", [[]]]}, {"found": None}]
)
@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_an_entry_of_another_form_is_read_again(
    search: RememberedSearch, theme: str, found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(theme).begin()
    expected = outcome(site, PAGE)
    monkeypatch.setattr(search.store, "get", lambda *_: Entry(found))
    assert outcome(site.begin(search), PAGE) == expected
    assert (search.parsed, search.recalled) == (1, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<p>a</p>", id="no marks"),
        pytest.param('<p data-search-exclude="a" data-search-b="c">d</p>', id="marks"),
        pytest.param('a\n data-search-b=""', id="what looks like a mark"),
        pytest.param("<p data-search-exclude>a</p>", id="a mark that stays"),
    ],
)
def test_marks_for_the_search_are_taken_out_of_a_page(
    search: RememberedSearch, content: str
) -> None:
    site = Site().begin()
    expected = outcome(site, content)
    assert outcome(site.begin(search), content) == expected


def test_a_plugin_that_is_turned_off_does_nothing(search: RememberedSearch) -> None:
    site = Site(enabled=False).begin(search)
    assert site.show(PAGE).content == PAGE
    assert not hasattr(site.plugin, "search_index")
    site.plugin.config.enabled = True
    site.begin(search)
    site.plugin.config.enabled = False
    site.show(PAGE)
    assert (search.parsed, site.entries) == (0, [])


def test_handlers_keep_their_order_and_their_names(search: RememberedSearch) -> None:
    site = Site("material", "tags", {"docs_tools/publish": {}})
    plugins = site.config.plugins

    def names() -> list[str]:
        return [plugins._event_origins[handler] for handler in plugins.events["page_context"]]

    before = names()
    assert len(before) > 1
    site.begin(search).begin(search)
    assert names() == before


def test_another_parser_reads_all_pages_and_is_remembered_apart(
    search: RememberedSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site().begin(search)
    site.show(PAGE)
    original = material.Parser.handle_data

    def handle_data(self: Any, data: str) -> None:
        original(self, data.upper())

    monkeypatch.setattr(material.Parser, "handle_data", handle_data)
    for expected in ((1, 1, 0), (0, 0, 1)):
        later = again(search)
        site.begin(later).show(PAGE)
        assert "FOUR" in str(site.entries)
        assert (later.parsed, later.by_upstream, later.recalled) == expected
        assert later.doubts == [
            "material/search: its parser isn't known, so it reads new pages itself"
        ]


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_another_way_to_add_pages_is_left_alone(
    search: RememberedSearch, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(self: Any, page: Any) -> None:
        vars(self).setdefault("entries", []).append(page.content)

    module = material if theme == "material" else mkdocs
    monkeypatch.setattr(module.SearchIndex, "add_entry_from_context", add)
    site = Site(theme).begin(search)
    site.show(PAGE)
    assert vars(site.plugin.search_index)["entries"] == [PAGE]
    assert search.parsed == 0
    assert [doubt.partition(": ")[2] for doubt in search.doubts] == [
        "how it adds pages isn't known, so all are read again"
    ]


def test_an_index_that_something_else_stands_in_for_is_left_alone(
    search: RememberedSearch,
) -> None:
    site = Site().begin()
    seen: list[Any] = []
    site.plugin.search_index.add_entry_from_context = seen.append
    search.use(site.config)
    page = site.show(PAGE)
    assert seen == [page]


def test_a_plugin_made_from_a_known_one_is_left_alone(search: RememberedSearch) -> None:
    site = Site()
    site.plugin.__class__ = type("Other", (material.SearchPlugin,), {})
    site.begin(search).show(PAGE)
    assert site.entries
    assert (search.parsed, search.doubts) == (0, [])


def test_a_site_without_a_search_is_none_of_its_business(search: RememberedSearch) -> None:
    site = Site("material", "tags")
    del site.config.plugins["material/search"]
    site.config.plugins.events["page_context"].clear()
    search.use(site.config)
    assert (search.parsed, search.doubts) == (0, [])
