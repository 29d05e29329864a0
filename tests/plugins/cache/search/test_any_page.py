"""Whatever a page holds, it is read as the search plugins' own parsers do, or left to them."""

from collections.abc import Callable
from typing import Any

from hypothesis import event, given, settings

from docs_tools.plugins.cache.search.markup import Strange
from docs_tools.plugins.cache.search.outline import read_outline
from docs_tools.plugins.cache.search.sections import read_sections
from tests.plugins.cache.search.pages import by_material, by_mkdocs, mangled, well_formed
from tests.size import examples


def attempt(read: Callable[[str], Any], html: str) -> Any:
    """What is found, or nothing where that fails or is left to another parser."""
    try:
        return read(html)
    except (AssertionError, Strange, ValueError):
        return None


@settings(max_examples=examples(200))
@given(well_formed)
def test_well_formed_pages_are_read_as_upstream(html: str) -> None:
    # Material fails on some, and on no other may be given up
    assert attempt(read_sections, html) == attempt(by_material, html)
    assert read_outline(html) == by_mkdocs(html)


@settings(max_examples=examples(200))
@given(mangled)
def test_mangled_pages_are_read_as_upstream_or_left_to_it(html: str) -> None:
    for read, upstream in ((read_sections, by_material), (read_outline, by_mkdocs)):
        found = attempt(read, html)
        event(f"{read.__name__}: {'left to upstream' if found is None else 'read'}")
        if found is not None:
            assert found == attempt(upstream, html)
