"""A part of a plugin is known by its source, as it is now."""

import functools
from typing import Any

import pytest
from mkdocs.contrib.search import search_index as mkdocs

from docs_tools.plugins.cache.search.engines import Engine, Material, MkDocs
from docs_tools.plugins.cache.upstream import is_known, source_digest
from tests.plugins.cache.search.pages import material


@pytest.mark.parametrize("engine", [Material(material), MkDocs(mkdocs)])
def test_the_installed_plugins_are_known(engine: Engine) -> None:
    assert is_known(f"{engine.name}: adds", *engine.adds)
    assert is_known(f"{engine.name}: reads", *engine.reads)


def test_what_the_installed_theme_does_with_a_page_is_known() -> None:
    assert is_known("material: shows", material.SearchPlugin.on_page_context)


def replaced(self: Any, data: str) -> None:
    self.data.append(data)


@functools.wraps(material.Parser.handle_data)
def wrapped(self: Any, data: str) -> None:
    self.data.append(data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("handle_data", replaced),
        ("handle_data", wrapped),
        ("handle_comment", replaced),
        ("CDATA_CONTENT_ELEMENTS", ("script",)),
        ("handle_data", property(lambda self: replaced)),
    ],
)
def test_a_class_that_was_changed_is_another(
    name: str, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source_digest(material.Parser)
    monkeypatch.setattr(material.Parser, name, value, raising=False)
    assert source_digest(material.Parser) != before


def test_a_collection_of_names_counts_whatever_its_order() -> None:
    assert source_digest({"a", "b"}) == source_digest({"b", "a"})
    assert source_digest({"a", "b"}) != source_digest({"a"})


def test_a_function_whose_source_is_gone_is_not_known() -> None:
    made: dict[str, Any] = {}
    exec("def add(self, page):\n    pass\n", made)
    assert not is_known("material: adds", made["add"])
